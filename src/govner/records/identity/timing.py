"""Which year a report is of, the period its figures cover, and when it was signed or published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from govner.records.identity.claims import Title
from govner.records.identity.dates import (
    DATE,
    PERIOD,
    FoundDate,
    find_dates,
    find_years,
    make_iso,
    read_number,
    read_period,
)
from govner.records.schema import Conflict, Evidence
from govner.records.source import Paragraph, Source

# A plan or guide has the year it is for; a report the year it tells of.
_PLAN: Final = re.compile("方案|要点|计划|安排|分工|任务|办法|细则|清单|目录|指南|制度|须知")
_REPORT: Final = re.compile("报告|年报|总结|汇报|小结|去年")
_SCHOOL_YEAR: Final = re.compile(r"20\d\d[-—–~至](?P<y>20\d\d)学?年")
_PERIOD_WORDS: Final = re.compile(
    r"统计|数[据字]|期限|时限|起止|截[至止]|止于|时段|期间|报告期|自.{0,20}(?:起|至|到)|从.{0,20}(?:起|至|到)"
)
_CUTOFF: Final = re.compile(r"(?:截[至止]到?于?|止于|截至)\s?(?:(?=[2２二])|(?P<m>12)\s?月\s?(?P<d>31)\s?日)")
_YEARLESS: Final = re.compile(r"1\s?月\s?1\s?日\s?(?:零时)?起?\s?[,，]?(?:[至到]|止于|—|-|~|～)+\s?12\s?月\s?31\s?日")
_WHOLE_YEAR: Final = re.compile(r"(?:统计|数据|期)[^。；\n]{0,12}?(?P<y>[2２][0０]\s?\d\s?\d)\s?年(?:全年|度)")
_SAID: Final = re.compile(r"(?:现将|现就|现把|公布|报告|总结|汇报|呈报)[^。，,；\n\d《》(（\[〔]{0,16}(?=[2２二])")
# A title that ends so is of a report of this kind.
_OWN_TITLE: Final = re.compile("公开[^《》]{0,16}(?:报告|年报)$")
_LONGEST_TITLE: Final = 300
_CLAUSE_END: Final = re.compile(r"[，,。；;\n]")
_FIELD: Final = re.compile(
    r"(?P<made>成文|生成|发文|制发|印发|签发)?(?P<shown>(?:公开|发布|公布|更新|上网|填报|录入)?)(?:日\s*期|时\s*间)[\s\u3000]*[:：|][\s\u3000]*"
)
_VISIT: Final = re.compile(r"(?:今天|现在|当前时间)(?:是)?[:：]?\s*$|今天[^。\n]{0,4}$")
_SIGNED_REST: Final = re.compile(r"[\s\u3000()（）,，。.\-—_|]|盖章|公章|印章?")


class _Dated(NamedTuple):
    """A date and how directly it says when the report was made: 0 signed, 1 made, 2 shown, 3 printed."""

    rank: int
    date: FoundDate


@dataclass(frozen=True)
class Timing:
    """Year, period and date of a report, with the passages they were read from and those that disagree."""

    year: int | None
    start: str | None
    end: str | None
    published: str | None
    evidence: tuple[Evidence, ...]
    conflicts: tuple[Conflict, ...]


def read_timing(source: Source, title: Title | None) -> Timing:
    """Read the year a report is of, its period and its date.

    source (Source): The report.
    title (Title | None): Its title.
    RETURNS (Timing): The year of the title, else of the period, else of the preamble; else the one the date implies.
    """
    has_plan = title is not None and is_plan(title)
    years: list[tuple[int, Evidence]] = []
    if title is not None and (year := _title_year(title.words)):
        years.append((year, source.evidence(title.start, title.end)))
    opening = [one for one in source.paragraphs if one.start < 2500 and one.label in ("META", "PREAMBLE", "OVERVIEW")]
    period = None if has_plan else _find_period(source, opening, years[0][0] if years else None)
    if period and period[1]:
        years.append((int(period[1][:4]), period[2]))
    if not has_plan:
        years += _said_years(source, opening)
    dated = min(_find_dates(source), default=None)
    published = dated.date if dated else None
    shown = source.evidence(published.start, published.end) if published else None
    if has_plan and not years and published is None:
        years += _meta_years(source)
    is_report = bool(_REPORT.search(title.words if title else source.text[:400]))
    year = years[0][0] if years else _implied_year(published, is_report and not has_plan)
    conflicts = _year_conflicts(years)
    if published and shown and year and not has_plan and int(published.iso[:4]) < year and years:
        conflicts.append(Conflict(field="published", values=(str(year), published.iso), evidence=(years[0][1], shown)))
    evidence = [*(passage for _, passage in years[:1]), *([period[2]] if period else []), *([shown] if shown else [])]
    start, end = period[:2] if period else (None, None)
    return Timing(year, start, end, published.iso if published else None, tuple(evidence), tuple(conflicts))


def _title_year(words: str) -> int | None:
    if span := _SCHOOL_YEAR.search(words):
        return int(span["y"])
    years = find_years(words)
    return years[0][0] if years else None


def is_plan(title: Title) -> bool:
    """Whether a title is that of a plan, a guide or rules rather than of a report."""
    return bool(_PLAN.search(title.words)) and not _REPORT.search(title.words)


def _find_period(
    source: Source, opening: list[Paragraph], year: int | None
) -> tuple[str | None, str | None, Evidence] | None:
    """First and last day of what the report covers, and the passage."""
    for paragraph in opening:
        for match in PERIOD.finditer(paragraph.text):
            start, end = read_period(match)
            before = paragraph.text[max(0, match.start() - 24) : match.end() + 6]
            if start and end and start <= end and _PERIOD_WORDS.search(before):
                return start, end, source.evidence(paragraph.start + match.start(), paragraph.start + match.end())
    for paragraph in opening:
        if paragraph.label != "PREAMBLE":
            continue
        found = _cut_off(paragraph, year)
        if found:
            start, end, first, last = found
            return start, end, source.evidence(paragraph.start + first, paragraph.start + last)
    return None


def _cut_off(paragraph: Paragraph, year: int | None) -> tuple[str | None, str | None, int, int] | None:
    """A period said by its end, as a whole year, or by days of the report's year."""
    text = paragraph.text
    if match := _WHOLE_YEAR.search(text):
        value = read_number(match["y"])
        return f"{value}-01-01", f"{value}-12-31", match.start(), match.end()
    if (match := _YEARLESS.search(text)) and year:
        return f"{year}-01-01", f"{year}-12-31", match.start(), match.end()
    for match in _CUTOFF.finditer(text):
        if match["m"]:
            end = make_iso(year, 12, 31)
            if end:
                return None, end, match.start(), match.end()
            continue
        date = DATE.match(text, match.end())
        if date and (found := find_dates(text, match.end(), date.end())):
            return None, found[0].iso, match.start(), found[0].end
    return None


def _said_years(source: Source, opening: list[Paragraph]) -> list[tuple[int, Evidence]]:
    """The year of 现将我局2016年…情况报告如下; that of a cited title only where there is no other."""
    said: list[tuple[int, Evidence]] = []
    cited: list[tuple[int, Evidence]] = []
    for paragraph in opening:
        if paragraph.label != "PREAMBLE":
            continue
        for match in _SAID.finditer(paragraph.text):
            years = find_years(paragraph.text, match.end(), match.end() + 12)
            # A number in brackets is the year of a circular.
            if years and years[0][1] == match.end() and "年" in paragraph.text[years[0][2] : years[0][2] + 4]:
                year, _, end = years[0]
                passage = source.evidence(paragraph.start + match.start(), paragraph.start + end)
                (cited if _is_cited(paragraph.text, match.start()) else said).append((year, passage))
    return (said or cited)[:1]


def _is_cited(text: str, offset: int) -> bool:
    """Whether an offset lies in a title that is not the report's own: 《关于公布2016年办事指南的通知》."""
    start = max(0, offset - _LONGEST_TITLE)
    opened = text.rfind("《", start, offset)
    if opened <= text.rfind("》", start, offset):
        return False
    closed = text.find("》", offset, offset + _LONGEST_TITLE)
    if closed < 0:
        # A mark that was forgotten: the title ends where its clause does.
        return not _CLAUSE_END.search(text, opened, offset)
    return _OWN_TITLE.search(text, opened, closed) is None


def _meta_years(source: Source) -> list[tuple[int, Evidence]]:
    """The year of a line that dates a plan without a day: (县政府办公室 2018年5月)."""
    for paragraph in source.paragraphs:
        if paragraph.label == "META" and len(paragraph.text) < 60 and (years := find_years(paragraph.text)):
            year, start, end = years[0]
            return [(year, source.evidence(paragraph.start + start, paragraph.start + end))]
    return []


def _find_dates(source: Source) -> Iterator[_Dated]:
    """The dates that say when a report was signed, made, shown or printed."""
    last = source.paragraphs[-14:]
    for paragraph in (*source.paragraphs[:12], *last[-4:]):
        if paragraph.label in ("META", "NOISE"):
            yield from _front_dates(source, paragraph)
    for paragraph in last:
        if len(paragraph.text) > 160:
            continue
        for found in find_dates(source.text, paragraph.start, paragraph.end):
            left = source.text[paragraph.start : found.start] + source.text[found.end : paragraph.end]
            for mention in source.mentions_in(paragraph.start, paragraph.end, "AGENCY"):
                left = left.replace(mention.text, "", 1)
            if not _SIGNED_REST.sub("", left):
                yield _Dated(0, found)
            elif "印发" in left and paragraph.label == "META":
                yield _Dated(3, found)


def _front_dates(source: Source, paragraph: Paragraph) -> Iterator[_Dated]:
    for found in find_dates(source.text, paragraph.start, paragraph.end):
        before = source.text[max(paragraph.start - 20, found.start - 40, 0) : found.start]
        fields = [field for field in _FIELD.finditer(before) if field.end() == len(before)]
        if fields:
            yield _Dated(1 if fields[0]["made"] else 2, found)
        elif not _VISIT.search(before) and not re.search("星期", source.text[found.end : found.end + 8]):
            # A date without a word before it, beside the source or the title.
            yield _Dated(2, found)


def _implied_year(published: FoundDate | None, is_report: bool) -> int | None:
    if published is None:
        return None
    year, month = int(published.iso[:4]), int(published.iso[5:7])
    if not is_report:
        return year
    # Reports are due in the first months of the next year.
    return year - 1 if month <= 3 else year if month == 12 else None


def _year_conflicts(years: list[tuple[int, Evidence]]) -> list[Conflict]:
    values = tuple(dict.fromkeys(str(year) for year, _ in years))
    if len(values) < 2:
        return []
    first = {str(year): passage for year, passage in reversed(years)}
    return [Conflict(field="year", values=values, evidence=tuple(first[value] for value in values))]
