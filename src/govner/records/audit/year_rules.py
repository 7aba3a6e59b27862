"""Rules about years: text of another year, the period of the figures, the year a report names as its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from govner.records.audit.genre import is_annual_report, title_paragraph
from govner.records.audit.rules import Check, make_finding
from govner.records.identity.dates import PERIOD, read_number, read_period
from govner.records.schema import Evidence, Finding, Record
from govner.records.source import Paragraph, Source

_YEAR: Final = (
    r"(?P<y>20\s?\d\s?\d|二\s?[〇○零OＯ0]\s?[〇○零OＯ0一二]\s?[〇○零OＯ0一二三四五六七八九])\s?年"
    r"(?!\s?\d|\s?[一二三四五六七八九十]{1,2}\s?月)"
)
# What a report says of its own year, at the beginning of a sentence.
_CLAIM: Final = re.compile(
    rf"{_YEAR}(?P<tail>(?:全年)?度?\s*[，,]?\s*(?:内|里|中)?[，,]?)"
    r"(?P<what>我[局办县市区镇乡院校委厅省街中]|本[局办机单年市县区镇乡院校委厅省街]|全[局县市区镇乡年系省州街]|[共未无没]|收到|受理|主动公开|公开|通过|新收|发布|制发|组织|先后|召开|举办)?"
)
_SENTENCE_START: Final = ("", "。", "；", ";", "！", "!")
# Not a claim on the year: since then, figures of account, goals, comparisons.
_ASIDE: Final = re.compile(
    r"以来|起|至|到\s?20|底|之?前|以后|之后|数字|数据|决算|预算|末|上半年|下半年|第[一二三四]季度|工作要点|方案|计划表?《|《|—|-|~|～"
)
_COMPARISON: Final = re.compile(
    r"同比|[比较][上去]年|[比较]\s?20|增长|增加|下降|减少|上升|相比|持平|去年|往年|上年度?(?!结转)|历年(?:来|相比|同期|平均|最)|今年|本年|近[两三四五]年"
)
_PLAN: Final = re.compile(
    rf"^\W*(?:[（(]?[一二三四五六七八九十\d]{{1,2}}[）)、.．]\s*)?{_YEAR}度?(?:政府信息公开|政务公开|信息公开)?\s?(?:的?主要|重点)?(?:工作)?(?:的)?(?:初步)?(?:思路|打算|计划|安排|展望|设想)"
)
_REPORTING: Final = (
    "PROACTIVE",
    "REQUESTS",
    "LITIGATION",
    "FEES",
    "RESPONSE",
    "SUPERVISION",
    "OVERVIEW",
    "PLATFORM",
    "ORGANIZATION",
    "OTHER",
)
_PERIOD_CUE: Final = re.compile(r"统计|数据|期限|时段|时限|所[列涉]|截[止至]|本报告|区间|起止|口径")
_LOOK_BACK: Final = 12
# 现将我院2014 年度…, but not 2009年以来, nor 2019年《…指南》.
_NAMED_YEAR: Final = re.compile(r"\s?年(?!\s?《|以来|\s?\d)")
_TITLE_YEAR: Final = re.compile(r"20\d\d(?=\s?年)")
_SAID: Final = re.compile(
    r"现[将就把][^。，,；;\d《]{0,16}(?P<y>20\d\d)\s?年[^。；;\d]{0,24}(?:报告|汇报|公布|呈报)如下"
)


def check_other_year(record: Record, source: Source) -> list[Finding]:
    """A sentence reports what was done in another year, or plans for a year that is not the next."""
    title = title_paragraph(source)
    year = record.identity.year
    if year is None or title is None:
        return []
    own = source.evidence(title.start, title.end)
    findings = []
    for paragraph, match, stated in _claims(source):
        near = _surroundings(source, paragraph)
        if stated != year - 1 or str(year) in near:
            continue
        # 2016年公开618条，较2016年的447条增长38%: the first is the slip.
        against_itself = re.compile(rf"[较比]\s?{stated}\s?年").search(
            source.text, paragraph.start + match.end(), paragraph.start + _clause_end(paragraph, match)
        )
        if _COMPARISON.search(near) and not against_itself:
            continue
        passage = source.evidence(paragraph.start + match.start("y"), paragraph.start + _clause_end(paragraph, match))
        findings.append(_other_year(passage, own, stated, year))
    for paragraph in source.paragraphs:
        plan = _PLAN.match(paragraph.text) if paragraph.label in ("PLANS", "PROBLEMS") else None
        stated_year = read_number(plan["y"]) if plan else None
        if plan and stated_year is not None and stated_year != year + 1:
            passage = source.evidence(paragraph.start + plan.start("y"), paragraph.start + plan.end())
            findings.append(_other_year(passage, own, stated_year, year))
    return findings


def check_period(record: Record, source: Source) -> list[Finding]:
    """The period of the figures begins or ends in another year than the report's."""
    title = title_paragraph(source)
    year = record.identity.year
    if year is None or title is None:
        return []
    findings = []
    for match in _stated_periods(source):
        first, last = read_period(match)
        if first is None or last is None:
            continue
        years = int(first[:4]), int(last[:4])
        # Figures since the regulation came into force and school years are meant so.
        if years == (year, year) or (years[1] == year and first[5:] != "01-01"):
            continue
        if years[0] == year and last < f"{year + 1}-03-31":
            continue
        findings.append(
            make_finding(
                "period-outside-year",
                f"The figures are said to be of {first} to {last}, but the report is about {year}.",
                f"统计期限为{first}至{last}，与报告年度{year}年不符。",
                (source.evidence(title.start, title.end), source.evidence(*match.span())),
                stated=None,
            )
        )
    return findings


def check_conflict(record: Record, source: Source) -> list[Finding]:
    """Title, preamble and signature name different years."""
    findings = []
    for conflict in record.identity.conflicts if is_annual_report(source) else ():
        # A period is a rule of its own; what no 年 follows is the year of a document number.
        passages = [
            passage
            for place, passage in enumerate(conflict.evidence)
            if place == 0 or (not PERIOD.search(passage.text) and _NAMED_YEAR.match(source.text, passage.end))
        ]
        if conflict.field == "year" and len(passages) > 1 and not PERIOD.search(passages[0].text):
            values = ", ".join(conflict.values)
            findings.append(
                make_finding(
                    "year-conflict",
                    f"The report names different years as its own: {values}.",
                    f"报告各处写明的年度不一致：{values.replace(', ', '、')}。",
                    passages,
                )
            )
    return findings or _said_conflict(source)


CHECKS: Final[dict[str, Check]] = {
    "year-of-another-report": check_other_year,
    "period-outside-year": check_period,
    "year-conflict": check_conflict,
}


def _said_conflict(source: Source) -> list[Finding]:
    """The preamble says that it reports on another year than the title."""
    title = title_paragraph(source)
    named = _TITLE_YEAR.search(title.text) if title is not None else None
    if title is None or named is None:
        return []
    for paragraph in source.paragraphs:
        match = _SAID.search(paragraph.text) if paragraph.label == "PREAMBLE" else None
        if match is None or match["y"] in title.text:
            continue
        return [
            make_finding(
                "year-conflict",
                f"The report names different years as its own: {named[0]}, {match['y']}.",
                f"报告各处写明的年度不一致：{named[0]}、{match['y']}。",
                (
                    source.evidence(title.start, title.end),
                    source.evidence(paragraph.start + match.start(), paragraph.start + match.end("y")),
                ),
            )
        ]
    return []


def _claims(source: Source) -> Iterator[tuple[Paragraph, re.Match[str], int]]:
    """Beginnings of sentences that name a year and go on with what was done in it."""
    for paragraph in source.paragraphs:
        if paragraph.label not in _REPORTING:
            continue
        for match in _CLAIM.finditer(paragraph.text):
            if paragraph.text[: match.start()].rstrip()[-1:] not in _SENTENCE_START:
                continue
            year = read_number(match["y"])
            behind = paragraph.text[match.end("y") : match.end("y") + 8]
            after = paragraph.start + match.end()
            body = match["what"] or source.mentions_in(after, after + 1, "AGENCY")
            if year is not None and body and not _ASIDE.search(behind):
                yield paragraph, match, year


def _clause_end(paragraph: Paragraph, match: re.Match[str]) -> int:
    stop = re.compile(r"[。；;\n]").search(paragraph.text, match.end())
    return stop.end() if stop else len(paragraph.text)


def _surroundings(source: Source, paragraph: Paragraph) -> str:
    """The paragraph without white space, and the one after it."""
    after = source.paragraph_at(paragraph.end + 2)
    parts = (paragraph, after) if after is not None and after.level == 0 else (paragraph,)
    return "".join("".join(part.text.split()) for part in parts)


def _other_year(passage: Evidence, own: Evidence, stated: int, year: int) -> Finding:
    return make_finding(
        "year-of-another-report",
        f"The text speaks of {stated} where a report on {year} is expected to speak of its own year.",
        f"正文写作{stated}年，与报告年度{year}年不符，疑为沿用其他年度文字。",
        (own, passage),
    )


def _stated_periods(source: Source) -> Iterator[re.Match[str]]:
    for paragraph in source.paragraphs:
        if paragraph.label not in ("PREAMBLE", "OVERVIEW", "META"):
            continue
        for match in PERIOD.finditer(source.text, paragraph.start, paragraph.end):
            start, end = source.sentence_at(match.start())
            # Lines may be broken within a sentence: 数据\n自2018年1月1日至….
            if _PERIOD_CUE.search(source.text, min(start, max(0, match.start() - _LOOK_BACK)), end):
                yield match
