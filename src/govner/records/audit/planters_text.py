"""Plant errors into years, dates and headings."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from random import Random
from typing import Final

from govner.corpus.inline import Report
from govner.paragraphs.headings import find_heading
from govner.records.audit.edits import Planted, offset_of, rewrite, with_paragraphs
from govner.records.national.reader import read_text_tables

Planter = Callable[[Report, Random], Planted | None]

_REPORTING: Final = ("PROACTIVE", "REQUESTS", "LITIGATION", "FEES", "PLATFORM", "SUPERVISION")
_OPENING: Final = re.compile(r"\s{0,20}(?P<y>20\d\d)\s?年(?:度)?[，,]?\s{0,20}(?:我[局县市区镇]|全[县市区镇]|本[局机])")
_PERIOD: Final = re.compile(r"(?P<y>20\d\d)年1月1日起?至(?P<z>20\d\d)?年?12月31日")
_DATE: Final = re.compile(r"(?<!\d)(?P<m>1[0-2]|[1-9])月(?P<d>\d{1,2})日")
_SIGNED: Final = re.compile(r"(?P<y>20\d\d)\s?年\s?(?P<m>\d{1,2})\s?月\s?\d{1,2}\s?日\s*$")
_SAID: Final = re.compile(r"现(?:将|公布)[^。《\d]{0,12}(?P<y>20\d\d)年(?!\d)")
_TOP: Final = re.compile(r"\s{0,20}(?P<n>[一二三四五六七八九])、")
# Where the statistical form of 2014 begins, whose rows have numbers of their own.
_FORM: Final = re.compile(r"[^。]{0,40}(?:统\s*计\s*指\s*标|统计表)[^。]*$")
_CN: Final = "零一二三四五六七八九"
_LONGEST_HEADING: Final = 25
_SECTION_WORDS: Final = re.compile(r"总体情况|主动公开政府信息|收到和处理|行政复议|存在的?(?:主要)?问题|其他需要报告")


def plant_other_year(report: Report, rng: Random) -> Planted | None:
    """Put the year before at the beginning of a paragraph."""
    year = _year(report)
    if year is None or not _is_report(report):
        return None
    stated = [
        (place, match)
        for place, paragraph in enumerate(report.paragraphs)
        if paragraph.section in _REPORTING
        and (match := _OPENING.match(paragraph.text))
        and int(match["y"]) == year
        and paragraph.text.count(str(year)) == 1
    ]
    if stated:
        place, match = rng.choice(stated)
        return _planted("year-of-another-report", rewrite(report, place, *match.span("y"), str(year - 1)))
    bare = [
        place
        for place, paragraph in enumerate(report.paragraphs)
        if paragraph.section in ("REQUESTS", "LITIGATION", "FEES")
        and re.match(r"(?:全年|共|未|没有|收到)", paragraph.text)
        and not re.search(r"20\d\d|上年|去年|同比", paragraph.text)
    ]
    if not bare:
        return None
    place = rng.choice(bare)
    return _planted("year-of-another-report", rewrite(report, place, 0, 0, f"{year - 1}年，我局"))


def plant_period(report: Report, rng: Random) -> Planted | None:
    """Put another year into the period of the figures."""
    year = _year(report)
    found = [
        (place, match)
        for place, paragraph in enumerate(report.paragraphs)
        if paragraph.section in ("PREAMBLE", "OVERVIEW") and (match := _PERIOD.search(paragraph.text))
    ]
    if year is None or not found or not _is_report(report):
        return None
    place, match = rng.choice(found)
    words = match[0].replace(str(year), str(year - 1))
    return _planted("period-outside-year", rewrite(report, place, *match.span(), words)) if words != match[0] else None


def plant_date(report: Report, rng: Random) -> Planted | None:
    """Put a day that does not exist."""
    found = [
        (place, match)
        for place, paragraph in enumerate(report.paragraphs)
        for match in _DATE.finditer(paragraph.text)
        if paragraph.section not in ("META", "NOISE")
    ]
    if not found:
        return None
    place, match = rng.choice(found)
    words = rng.choice(("2月30日", "4月31日", "11月31日", "13月5日", "6月32日"))
    return _planted("impossible-date", rewrite(report, place, *match.span(), words))


def plant_early(report: Report, rng: Random) -> Planted | None:
    """Sign a report in the year it is about."""
    return _sign(report, "published-early", lambda year: (str(year), str(rng.randint(1, 9))))


def plant_late(report: Report, rng: Random) -> Planted | None:
    """Sign a report after March."""
    return _sign(report, "published-late", lambda year: (str(year + 1), str(rng.randint(4, 11))))


def plant_conflict(report: Report, rng: Random) -> Planted | None:
    """Name another year in the preamble."""
    year = _year(report)
    found = [
        (place, match)
        for place, paragraph in enumerate(report.paragraphs)
        if paragraph.section == "PREAMBLE" and (match := _SAID.search(paragraph.text)) and int(match["y"]) == year
    ]
    titles = [
        one
        for one in report.paragraphs
        if one.section == "META" and re.search(rf"{year}年.{{0,100}}(?:告|报|结)", one.text)
    ]
    if year is None or not found or not titles or not _is_report(report):
        return None
    place, match = rng.choice(found)
    return _planted("year-conflict", rewrite(report, place, *match.span("y"), str(year - 1)))


def plant_missing_section(report: Report, rng: Random) -> Planted | None:
    """Take out a section of a national report with its heading."""
    tops = [(place, number) for place, number in _tops(report) if _SECTION_WORDS.search(report.paragraphs[place].text)]
    if len(tops) != 6 or int(report.meta.get("year", "0")) < 2019:
        return None
    chosen = rng.randrange(3, 6)
    first = tops[chosen][0]
    last = tops[chosen + 1][0] if chosen + 1 < len(tops) else _signature(report, first)
    kept = [*report.paragraphs[:first], *report.paragraphs[last:]]
    changed = with_paragraphs(report, kept)
    # From the heading before to the one after, or the end.
    start, end = offset_of(changed, tops[chosen - 1][0]), offset_of(changed, min(first + 1, len(kept)))
    return Planted(changed, "missing-section", start, end)


def plant_empty_section(report: Report, rng: Random) -> Planted | None:
    """Take out the text below a heading."""
    tops = _tops(report)
    places = [
        (first, following)
        for (first, number), (following, next_number) in pairwise(tops)
        if following > first + 1
        and next_number == number + 1
        and re.search(r"情况|问题|措施|事项|概述$", report.paragraphs[first].text)
    ]
    if len(tops) < 4 or not places:
        return None
    first, following = rng.choice(places)
    changed = with_paragraphs(report, [*report.paragraphs[: first + 1], *report.paragraphs[following:]])
    start = offset_of(changed, first)
    return Planted(changed, "empty-section", start, start + len(changed.paragraphs[first].text))


def plant_repeated(report: Report, rng: Random) -> Planted | None:
    """Give a heading the number of the one before."""
    return _renumber(report, rng, "heading-number-repeated", -1)


def plant_skipped(report: Report, rng: Random) -> Planted | None:
    """Raise the numbers of a heading and all that follow by one."""
    return _renumber(report, rng, "heading-number-skipped", 1)


PLANTERS: Final[dict[str, Planter]] = {
    "year-of-another-report": plant_other_year,
    "period-outside-year": plant_period,
    "impossible-date": plant_date,
    "published-early": plant_early,
    "published-late": plant_late,
    "year-conflict": plant_conflict,
    "missing-section": plant_missing_section,
    "empty-section": plant_empty_section,
    "heading-number-repeated": plant_repeated,
    "heading-number-skipped": plant_skipped,
}


def _renumber(report: Report, rng: Random, rule: str, step: int) -> Planted | None:
    tops = _tops(report)
    numbers = [number for _, number in tops]
    if len(tops) < 4 or numbers != list(range(1, len(tops) + 1)) or len(tops) > 8:
        return None
    chosen = rng.randrange(1, len(tops))
    changed, first, last = report, 0, 0
    for place, number in tops[chosen:] if step > 0 else tops[chosen : chosen + 1]:
        match = _TOP.match(changed.paragraphs[place].text)
        if match is None:
            return None
        changed, start, end = rewrite(changed, place, *match.span("n"), _CN[number + step])
        first, last = (start, end) if not last else (first, last)
    return Planted(changed, rule, first, last)


def _tops(report: Report) -> list[tuple[int, int]]:
    """Lines that are headings of the first level, with their numbers, outside tables and attachments."""
    tables = read_text_tables(report.text)
    found = []
    for place, paragraph in enumerate(report.paragraphs):
        if _FORM.match(paragraph.text):
            break
        heading = find_heading(paragraph.text)
        match = _TOP.match(paragraph.text)
        start = offset_of(report, place)
        inside = any(table.evidence.start <= start < table.evidence.end for table in tables)
        if heading is None or match is None or heading.run_in or inside or paragraph.section in ("META", "NOISE"):
            continue
        if len(paragraph.text) <= _LONGEST_HEADING and not re.search(r"\d", paragraph.text):
            found.append((place, heading.number))
    return found


def _signature(report: Report, first: int) -> int:
    """Where what is signed begins, after a paragraph; the end without a signature."""
    for place in range(first + 1, len(report.paragraphs)):
        if report.paragraphs[place].section in ("META", "NOISE"):
            return place
    return len(report.paragraphs)


def _sign(report: Report, rule: str, date: Callable[[int], tuple[str, str]]) -> Planted | None:
    year = _year(report)
    signed = [
        (place, match)
        for place, paragraph in enumerate(report.paragraphs)
        if paragraph.section == "META"
        and len(paragraph.text) < 40
        and (match := _SIGNED.search(paragraph.text))
        # Who filled a form in, and when, is not the signature.
        and not re.search(r"日期|时间|电话", paragraph.text)
    ]
    if year is None or len(signed) != 1 or not _is_report(report) or int(signed[0][1]["y"]) != year + 1:
        return None
    place, match = signed[0]
    if place < len(report.paragraphs) // 2:
        return None
    new_year, month = date(year)
    changed, _, last = rewrite(report, place, *match.span("m"), month)
    changed, first, _ = rewrite(changed, place, *match.span("y"), new_year)
    return Planted(changed, rule, first, last)


def _year(report: Report) -> int | None:
    year = report.meta.get("year", "")
    return int(year) if year.isdecimal() else None


def _is_report(report: Report) -> bool:
    return report.meta.get("form") not in ("plan", "guide")


def _planted(rule: str, changed: tuple[Report, int, int]) -> Planted:
    return Planted(changed[0], rule, changed[1], changed[2])
