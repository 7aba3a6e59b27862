"""Rules about arithmetic inside a sentence: parts and their whole, shares, changes from the year before."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Final

from govner.records.audit.intervals import Interval, change, fact_interval, share, stated_interval
from govner.records.audit.lists import find_lists
from govner.records.audit.memory import remember_last
from govner.records.audit.rules import Check, make_finding
from govner.records.schema import Fact, Finding, Record
from govner.records.source import Source

# A share of the whole of its sentence, not of a plan, a budget or a population.
_OF_ALL: Final = re.compile(
    r"[，,、（(]?\s{0,20}(?:约)?占(?:比|到|了)?(?:其|全部|总|全年|所有|收到|申请|受理|公开|政府|信息|主动|数|件|量|的|比例|比|为|达)*\s{0,20}"
)
# 全年公开612条。按载体分：市建委网站387条，占63.2%
_OF_THESE: Final = re.compile(r"\s{0,20}(?:其中|按[^，,：:\d]{1,8}分)[，,：:]?[^，,。；;：:\d]{0,18}$")
_SINCE: Final = r"(?:[上去]一?年(?:度|同期)?|前一年|20\d\d\s?年(?:度)?(?:同期)?)"
_LESS: Final = "减|降|少"
_DIRECTION: Final = r"净?(?P<way>增长|增加|增幅|上升|多出?|增|升|减少|下降|降低|降幅|减幅|少|减|降)(?:了|为|达|到)?"
# Current figure [against that of the year before] [by so many], in percent.
_AGAINST: Final = re.compile(
    rf"[，,、（(]?\s{{0,20}}(?:同比|[比较与]{_SINCE}?(?:相比)?)(?:的|，|,)?\s{{0,20}}(?:[（(]\s{{0,20}})?"
)
_PREVIOUS_AFTER: Final = re.compile(
    r"[）)]?[，,、]?\s{0,20}(?:相比[，,]?\s{0,20}|[，,]\s{0,20})?" + _DIRECTION + r"\s{0,20}"
)
_PREVIOUS_FIRST: Final = re.compile(rf"[，,、]?\s{{0,20}}{_SINCE}(?:为|是|的|有|共|收到|受理|公开|[:：])*\s{{0,20}}")
_COMPARED: Final = re.compile(
    rf"[，,、]?\s{{0,20}}(?:同比|[比较与]{_SINCE}(?:相比|同期)?)(?:的)?[，,]?\s{{0,20}}{_DIRECTION}\s{{0,20}}"
)
_RATE: Final = re.compile(rf"[，,、]?\s{{0,20}}(?:同比)?{_DIRECTION}\s{{0,20}}")
_PERCENT_SIGN: Final = ("%", "％")


def check_itemised(record: Record, source: Source) -> list[Finding]:
    """Parts of which a sentence claims that they are all do not add up to their whole."""
    findings = []
    for listed in find_lists(record.facts, source):
        if not listed.complete:
            continue
        total = sum((part.value for part in listed.parts if part.value is not None), Decimal(0))
        whole = listed.whole.value
        if whole is None or total == whole or (total > whole and listed.may_overlap):
            continue
        shown = "+".join(f"{part.value}" for part in listed.parts)
        findings.append(
            make_finding(
                "itemised-sum",
                f"The parts {shown} add up to {total}, the whole is given as {listed.whole.evidence.text.strip()}.",
                f"分项{shown}之和为{total}，总数写作{listed.whole.evidence.text.strip()}。",
                (listed.whole.evidence, *(part.evidence for part in listed.parts)),
                whole=whole,
                parts=total,
            )
        )
    return findings


def check_share(record: Record, source: Source) -> list[Finding]:
    """A share in percent is not that of the figure before it in a whole of the same sentence."""
    findings = []
    for sentence in _sentences(record):
        for place, fact in enumerate(sentence):
            if not _is_rate(fact) or not place:
                continue
            part = sentence[place - 1]
            between = source.text[part.evidence.end : fact.evidence.start]
            wholes = [one for one in sentence[: place - 1] if _may_hold(one, part)]
            if not _is_figure(part) or not _OF_ALL.fullmatch(between):
                continue
            # The whole may stand anywhere in the paragraph.
            near = [one for one in record.facts if _may_hold(one, part) and _same_paragraph(source, one, part)]
            stated = stated_interval(fact)
            wholes = wholes or _before_sentence(part, near, source)
            wholes = wholes or [one for one in near if _confirmed(one, record, source)]
            if not wholes:
                continue
            if any(share(fact_interval(part), fact_interval(one)).meets(stated) for one in near):
                continue
            whole = wholes[0]
            right = (part.value or Decimal(0)) * 100 / (whole.value or Decimal(1))
            findings.append(
                make_finding(
                    "share-of-figures",
                    f"{part.evidence.text} of {whole.evidence.text} is {right:.2f}%, not {fact.evidence.text}.",
                    f"{part.evidence.text}占{whole.evidence.text}的比例为{right:.2f}%，正文写作{fact.evidence.text}。",
                    (whole.evidence, part.evidence, fact.evidence),
                    part=part.value,
                    whole=whole.value,
                    stated=fact.value,
                )
            )
    return findings


def check_growth(record: Record, source: Source) -> list[Finding]:
    """A change in percent is not that of the two figures it is stated with."""
    findings = []
    for sentence in _sentences(record):
        for place, rate in enumerate(sentence):
            if not _is_rate(rate):
                continue
            compared = _two_years(sentence[max(0, place - 3) : place], rate, source)
            if compared is None:
                continue
            current, previous, figures, way = compared
            if previous.high <= 0:
                continue
            found = change(current, previous)
            grown = found if way > 0 else found.negative()
            if grown.meets(stated_interval(rate)):
                continue
            findings.append(
                make_finding(
                    "growth-rate",
                    f"The figures {_said(figures)} mean a change of {grown.middle():.2f}%, not {rate.evidence.text}.",
                    f"按{_said(figures, '、')}计算，变动幅度为{grown.middle():.2f}%，正文写作{rate.evidence.text}。",
                    (*(fact.evidence for fact in figures), rate.evidence),
                    current=current.middle(),
                    previous=previous.middle(),
                    stated=rate.value,
                )
            )
    return findings


CHECKS: Final[dict[str, Check]] = {
    "itemised-sum": check_itemised,
    "share-of-figures": check_share,
    "growth-rate": check_growth,
}


def _two_years(before: list[Fact], rate: Fact, source: Source) -> tuple[Interval, Interval, list[Fact], int] | None:
    """Figures of this year and the year before, the facts they come from, and 1 for growth or -1 for decline."""
    figures = [fact for fact in before if _is_figure(fact)]
    if len(figures) < 2 or len({fact.unit for fact in figures[-2:]}) > 1:
        return None
    first, second = figures[-2:]
    gap = source.text[first.evidence.end : second.evidence.start]
    tail = source.text[second.evidence.end : rate.evidence.start]
    now, then = fact_interval(first), fact_interval(second)
    # 318条，较去年的275条增长15.6%
    if (_AGAINST.fullmatch(gap) or _PREVIOUS_FIRST.fullmatch(gap)) and (match := _PREVIOUS_AFTER.fullmatch(tail)):
        return now, then, [first, second], _way(match)
    # 906条，比2015年净增211条，增幅30.4%
    if (amount := _COMPARED.fullmatch(gap)) and (match := _RATE.fullmatch(tail)) and _way(amount) == _way(match):
        previous = now.minus(then) if _way(match) > 0 else now.plus(then)
        return now, previous, [first, second], _way(match)
    # 141件，上年同期168件，减少27件，降16.1%
    if len(figures) == 3 and figures[0].unit == first.unit and (match := _RATE.fullmatch(tail)):
        gaps = source.text[figures[0].evidence.end : first.evidence.start], gap
        if (_AGAINST.fullmatch(gaps[0]) or _PREVIOUS_FIRST.fullmatch(gaps[0])) and _PREVIOUS_AFTER.fullmatch(gaps[1]):
            return fact_interval(figures[0]), now, figures, _way(match)
    return None


def _way(match: re.Match[str]) -> int:
    return -1 if re.search(_LESS, match["way"]) else 1


@remember_last
def _sentences(record: Record) -> list[list[Fact]]:
    """The facts of each sentence that states a rate."""
    counted = [fact for fact in record.facts if not fact.is_zero_statement]
    stated = {fact.sentence.start for fact in counted if _is_rate(fact)}
    return [list(facts) for start, facts in groupby(counted, key=lambda fact: fact.sentence.start) if start in stated]


def _is_rate(fact: Fact) -> bool:
    return fact.bound == "exact" and fact.value is not None and fact.evidence.text.rstrip().endswith(_PERCENT_SIGN)


def _is_figure(fact: Fact) -> bool:
    return fact.bound == "exact" and fact.value is not None and fact.unit != "%"


def _may_hold(whole: Fact, part: Fact) -> bool:
    if not _is_figure(whole) or whole.unit != part.unit or whole is part:
        return False
    return whole.value is not None and part.value is not None and whole.value >= part.value > 0


def _confirmed(whole: Fact, record: Record, source: Source) -> bool:
    """Whether another share of the paragraph is one of this whole."""
    facts = record.facts
    return any(
        _is_rate(rate)
        and _may_hold(whole, part)
        and _same_paragraph(source, whole, part)
        and _OF_ALL.fullmatch(source.text, part.evidence.end, rate.evidence.start)
        and share(fact_interval(part), fact_interval(whole)).meets(stated_interval(rate))
        for part, rate in pairwise(facts)
    )


def _before_sentence(part: Fact, near: list[Fact], source: Source) -> list[Fact]:
    """The last figure of the sentence before, where the part's own begins with what makes it a part of that."""
    start = part.sentence.start
    if not _OF_THESE.match(source.text, start, part.evidence.start):
        return []
    before = [one for one in near if one.evidence.end <= start and source.sentence_at(one.evidence.start)[1] == start]
    return before[-1:]


def _same_paragraph(source: Source, first: Fact, second: Fact) -> bool:
    return source.paragraph_at(first.evidence.start) is source.paragraph_at(second.evidence.start)


def _said(facts: list[Fact], mark: str = ", ") -> str:
    return mark.join(fact.evidence.text for fact in facts)
