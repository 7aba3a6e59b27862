"""Plant errors into the figures of the text: parts and wholes, percentages, contradictions, missing numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from random import Random
from typing import Final

from govner.corpus.inline import Mention, Report
from govner.records.audit.edits import LARGEST_STEP, Planted, other_number, rewrite
from govner.records.facts.quantities import Quantity, read_quantity

Planter = Callable[[Report, Random], Planted | None]
_Counted = tuple[int, Mention, Quantity]

_DIGITS: Final = re.compile(r"\d[\d,]*")
# A list that says it is complete, by what stands between the whole and its first part; 其中 does not.
_COMPLETE: Final = re.compile(r"\s{0,20}(?:[（(]含?|[：:]|[，,](?:分别[是为]|包括))[^，,。；;\d]{0,10}")
_STOP: Final = re.compile(r"[。；;\n]")
_CLOSED: Final = re.compile(r"[）)]")
_CHANNEL: Final = re.compile(r"网|微|报|栏|屏|电视|广播|公众号|抖音|平台")
_SHARE: Final = re.compile(r"[，,]\s*占(?:比|总数的?|总量的?|其)?")
_TOTAL: Final = re.compile(r"(?:全年|共|年度?)主动公开[^，。；\d]{0,8}$")
_RECEIVED: Final = re.compile(r"(?:全年|共|我[局县]|本年度?)?(?:收到|受理)(?:政府|信息|公开|申请|依|的|书面)*$")
# A total of several years, of one body or one part.
_LIMITED: Final = re.compile(r"近.{1,2}年|[上去前]一?年|历年|累计|以来|上半年|季度|结转|其中|本级|局机关|复议|诉讼")
_YEAR: Final = re.compile(r"20\d\d")
_AREA: Final = re.compile(r"全[市县区省州盟旗镇乡]|各级")
_PART_OF: Final = re.compile(r"[，,：:（(；;。]?\s{0,20}其中[^，,。；;\d]{0,12}")
_RATE: Final = re.compile(r"(?:公开率|答复率|办结率|满意率|满意度|覆盖率|及时率)(?:均?[为达]|达到)?\s*$")
_GAP: Final = re.compile(r"(?:公开|发布)(?:各类|政府|政务)?信息(?:共|共计)?\s*$")


def plant_itemised(report: Report, rng: Random) -> Planted | None:
    """Change a part of a whole that its parts add up to."""
    found = []
    counts = _counts(report)
    for number, (place, whole, quantity) in enumerate(counts):
        parts: list[Mention] = []
        total = 0
        text = report.paragraphs[place].text
        for other_place, part, other in counts[number + 1 :]:
            gap = text[(parts[-1] if parts else whole).end : part.start] if other_place == place else "。"
            if _STOP.search(gap) or other.unit != quantity.unit or (not parts and not _COMPLETE.fullmatch(gap)):
                break
            # Two on either side, or the one behind the bracket.
            if gap.endswith("各") or (parts and _CLOSED.search(gap)):
                break
            parts.append(part)
            total += int(other.value or 0)
        if len(parts) > 1 and total == quantity.value:
            found += [(place, part, bool(_CHANNEL.search(text, whole.end, parts[-1].start))) for part in parts]
    if not found:
        return None
    place, part, may_overlap = rng.choice(found)
    # What goes through several channels counts in each, so that only too small a sum is wrong.
    return _change("itemised-sum", report, rng, [(place, part)], larger=not may_overlap)


def plant_share(report: Report, rng: Random) -> Planted | None:
    """Change a share that agrees with the two figures before it."""
    found = []
    counts = _counts(report)
    for number in range(2, len(counts)):
        place, share, quantity = counts[number]
        _, part, first = counts[number - 1]
        whole_place, _, second = counts[number - 2]
        text = report.paragraphs[place].text
        if quantity.unit != "%" or whole_place != place or first.unit != second.unit or not second.value:
            continue
        if first.value is None or quantity.value is None or not _SHARE.fullmatch(text[part.end : share.start]):
            continue
        if abs(first.value * 100 / second.value - quantity.value) < 1:
            found.append((place, share))
    return _change("share-of-figures", report, rng, found, rounding=1) if found else _say_share(report, rng)


def plant_growth(report: Report, rng: Random) -> Planted | None:
    """Say behind a total that it grew by a percentage that does not fit."""
    found = _after(report, _TOTAL, "条")
    if not found:
        return None
    place, mention, quantity = rng.choice(found)
    value = int(quantity.value or 0)
    previous = max(1, value * rng.randint(60, 95) // 100)
    wrong = (value / previous - 1) * 100 + rng.choice((-3.1, 2.4, 5.5, 11.2))
    changed, _, end = rewrite(report, place, mention.end, mention.end, f"{previous}条", "COUNT")
    first = end - len(f"{previous}条")
    lead = "，比上年的"
    changed, _, _ = rewrite(changed, place, mention.end, mention.end, lead)
    behind = mention.end + len(lead) + len(f"{previous}条")
    rate = f"{abs(wrong):.1f}%"
    changed, _, _ = rewrite(changed, place, behind, behind, "增长" if wrong > 0 else "下降")
    changed, _, last = rewrite(changed, place, behind + 2, behind + 2, rate, "COUNT")
    return Planted(changed, "growth-rate", first, last)


def plant_contradiction(report: Report, rng: Random) -> Planted | None:
    """Say a total again with another number."""
    found = _received(report)
    targets = _targets(report)
    if not found or not targets:
        return None
    lead, quantity = rng.choice(found)
    number = other_number(str(int(quantity.value or 0)), rng)
    place = rng.choice(targets)
    end = len(report.paragraphs[place].text)
    # What is received is not always accepted.
    verb = "受理" if "受理" in lead else "收到"
    changed, first, _ = rewrite(report, place, end, end, f"{_area(lead)}全年共{verb}政府信息公开申请")
    end = len(changed.paragraphs[place].text)
    changed, _, last = rewrite(changed, place, end, end, f"{number}件", "COUNT")
    end = len(changed.paragraphs[place].text)
    changed, _, _ = rewrite(changed, place, end, end, "。")
    return Planted(changed, "contradictory-figures", first, last)


def plant_zero(report: Report, rng: Random) -> Planted | None:
    """Say that there was no request, though there were some."""
    leads = [lead for lead, quantity in _received(report) if quantity.value]
    targets = _targets(report)
    if not leads or not targets:
        return None
    place = rng.choice(targets)
    end = len(report.paragraphs[place].text)
    words = rng.choice(("本年度未收到政府信息公开申请。", "全年没有收到公民、法人的公开申请。", "年内无信息公开申请。"))
    words = f"{_area(rng.choice(leads))}{words}"
    return Planted(*_at(rewrite(report, place, end, end, words), "zero-contradicted"))


def plant_gap(report: Report, rng: Random) -> Planted | None:
    """Leave out the number of a count."""
    found = _after(report, _GAP, "条")
    if not found:
        return None
    place, mention, _ = rng.choice(found)
    words = rng.choice(("条", " 条", "****条"))
    changed, first, last = rewrite(report, place, mention.start, mention.end, words)
    kept = tuple(one for one in changed.paragraphs[place].mentions if one.start != mention.start)
    paragraphs = list(changed.paragraphs)
    old = paragraphs[place]
    paragraphs[place] = type(old)(old.section, old.text, kept, old.line)
    return Planted(Report(paragraphs, changed.meta, changed.path), "missing-number", first, last)


def plant_impossible(report: Report, rng: Random) -> Planted | None:
    """Raise a rate above 100%."""
    found = [
        (place, mention)
        for place, mention, quantity in _counts(report)
        if quantity.unit == "%"
        and _RATE.search(report.paragraphs[place].text[max(0, mention.start - 20) : mention.start])
    ]
    if not found:
        return None
    place, mention = rng.choice(found)
    words = f"{rng.randint(101, 198)}%"
    return Planted(*_at(rewrite(report, place, mention.start, mention.end, words, "COUNT"), "impossible-value"))


PLANTERS: Final[dict[str, Planter]] = {
    "itemised-sum": plant_itemised,
    "share-of-figures": plant_share,
    "growth-rate": plant_growth,
    "contradictory-figures": plant_contradiction,
    "zero-contradicted": plant_zero,
    "missing-number": plant_gap,
    "impossible-value": plant_impossible,
}


def _counts(report: Report) -> list[_Counted]:
    """Exact counts with the places of their paragraphs."""
    return [
        (place, mention, quantity)
        for place, paragraph in enumerate(report.paragraphs)
        for mention in paragraph.mentions
        if mention.label == "COUNT"
        and (quantity := read_quantity(paragraph.text[mention.start : mention.end])) is not None
        and quantity.bound == "exact"
        and quantity.value is not None
    ]


def _after(report: Report, words: re.Pattern[str], unit: str) -> list[_Counted]:
    """Counts of a unit behind some words, written in digits, in text."""
    return [
        (place, mention, quantity)
        for place, mention, quantity in _counts(report)
        if quantity.unit == unit
        and report.paragraphs[place].section not in ("META", "NOISE", "PLANS")
        and _DIGITS.match(report.paragraphs[place].text, mention.start)
        and words.search(report.paragraphs[place].text[max(0, mention.start - 24) : mention.start])
    ]


def _received(report: Report) -> list[tuple[str, Quantity]]:
    """Totals of requests received in the report's year, each with its sentence up to the figure."""
    found = []
    for place, mention, quantity in _after(report, _RECEIVED, "件"):
        paragraph = report.paragraphs[place]
        lead = _STOP.split(paragraph.text[: mention.start])[-1]
        start = mention.start - len(lead)
        others = any(
            one.label == "AGENCY" and start <= one.start < mention.start and paragraph.text[one.start] not in "我本"
            for one in paragraph.mentions
        )
        years = set(_YEAR.findall(lead)) - {report.meta.get("year", "")}
        if paragraph.section == "REQUESTS" and not others and not years and not _LIMITED.search(lead):
            found.append((lead, quantity))
    return found


def _area(lead: str) -> str:
    """Of what area a figure is said to be."""
    match = _AREA.search(lead)
    return match[0] if match else ""


def _targets(report: Report) -> list[int]:
    """Paragraphs about requests that a sentence can be added to."""
    return [
        place for place, one in enumerate(report.paragraphs) if one.section == "REQUESTS" and one.text.endswith("。")
    ]


def _say_share(report: Report, rng: Random) -> Planted | None:
    """Add a share that does not fit to a part of a whole."""
    counts = _counts(report)
    found = [
        (place, part, second.value * 100 / first.value)
        for (whole_place, whole, first), (place, part, second) in pairwise(counts)
        if whole_place == place
        and first.unit == second.unit != "%"
        and first.value
        and second.value
        and second.value < first.value
        and _PART_OF.fullmatch(report.paragraphs[place].text[whole.end : part.start])
        and not report.paragraphs[place].text[part.end :].lstrip().startswith(("，占", ",占", "（", "("))
    ]
    if not found:
        return None
    place, part, right = rng.choice(found)
    wrong = float(right) + rng.choice(
        [step for step in (-7.3, 4.6, 9.8, -12.5) if 1 < float(right) + step < 99] or [0.9]
    )
    changed, _, _ = rewrite(report, place, part.end, part.end, "，占")
    changed, first_char, last = rewrite(changed, place, part.end + 2, part.end + 2, f"{wrong:.1f}%", "COUNT")
    return Planted(changed, "share-of-figures", first_char, last)


def _change(
    rule: str,
    report: Report,
    rng: Random,
    found: list[tuple[int, Mention]],
    rounding: int = 0,
    larger: bool = True,
) -> Planted | None:
    """Change the number of one of some counts, by more than it may have been rounded, or make it smaller."""
    written = [
        (place, match)
        for place, mention in found
        if (match := _DIGITS.match(report.paragraphs[place].text, mention.start)) is not None
    ]
    if not written:
        return None
    place, match = rng.choice(written)
    value = int(match[0].replace(",", ""))
    near = range(value - rounding, value + (rounding if larger else LARGEST_STEP) + 1)
    words = other_number(match[0], rng, near)
    if words == match[0]:
        return None
    changed, first, last = rewrite(report, place, *match.span(), words)
    return Planted(changed, rule, first, last)


def _at(changed: tuple[Report, int, int], rule: str) -> tuple[Report, str, int, int]:
    return changed[0], rule, changed[1], changed[2]
