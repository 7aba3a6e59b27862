"""Rules about dates: those that do not exist, reports published before their period ends or after 31 March."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import Final

from govner.records.audit.genre import is_annual_report, title_paragraph
from govner.records.audit.rules import Check, make_finding
from govner.records.identity.dates import find_dates, read_number
from govner.records.schema import Evidence, Finding, Record
from govner.records.source import Source

# The month is read backwards from 月, which is rarer than digits.
_DAY: Final = re.compile(
    r"月\s?(?P<d>\d{1,2}|[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])\s?[日号](?![\d元])"
)
_MONTH: Final = re.compile(
    r"(?<![\d一二三四五六七八九十.．/-])(?:(?P<y>20\d\d)\s?年\s?)?(?P<m>\d{1,2}|十[一二三四五六七八九]?|[一二三四五六七八九])\s?$"
)
_LOOK_BACK: Final = 12
_LEAP: Final = 2024
_LAST_MONTHS: Final = "-10-01"


def check_impossible_date(record: Record, source: Source) -> list[Finding]:
    """A month after December, or a day its month does not have."""
    findings = []
    for named in _DAY.finditer(source.text):
        match = _MONTH.search(source.text[max(0, named.start() - _LOOK_BACK) : named.start()])
        month, day = read_number(match["m"]) if match else None, read_number(named["d"])
        if match is None or month is None or day is None:
            continue
        # Without a year of its own the date may lie in a leap year.
        year = int(match["y"]) if match["y"] else _LEAP
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            continue
        date = source.evidence(named.start() - len(match[0]), named.end())
        findings.append(
            make_finding(
                "impossible-date",
                f"There is no such date as {date.text}.",
                f"日期“{date.text}”不存在。",
                (date, source.evidence(*source.sentence_at(named.start()))),
            )
        )
    return findings


def check_early(record: Record, source: Source) -> list[Finding]:
    """Published before the period is over."""
    identity = record.identity
    if identity.year is None or identity.published is None or not is_annual_report(source):
        return []
    # Reports are signed in the last weeks of their year too; only a stated end of the period tells a slip there.
    end = identity.period_end or f"{identity.year}{_LAST_MONTHS}"
    if identity.published >= end:
        return []
    last = identity.period_end or f"{identity.year}-12-31"
    return [
        make_finding(
            "published-early",
            f"The report is dated {identity.published}, before the end of its period ({last}).",
            f"报告日期{identity.published}早于统计期末（{last}）。",
            passages,
        )
        for passages in _date_passages(record, source)
    ]


def check_late(record: Record, source: Source) -> list[Finding]:
    """Published after 31 March of the next year."""
    identity = record.identity
    if identity.year is None or identity.published is None or not is_annual_report(source):
        return []
    if identity.published <= f"{identity.year + 1}-03-31":
        return []
    return [
        make_finding(
            "published-late",
            f"The report on {identity.year} is dated {identity.published}, after 31 March {identity.year + 1}.",
            f"{identity.year}年度报告日期为{identity.published}，晚于{identity.year + 1}年3月31日。",
            passages,
        )
        for passages in _date_passages(record, source)
    ]


CHECKS: Final[dict[str, Check]] = {
    "impossible-date": check_impossible_date,
    "published-early": check_early,
    "published-late": check_late,
}


def _date_passages(record: Record, source: Source) -> Iterator[tuple[Evidence, Evidence]]:
    """Where the report's date stands, with the title."""
    title = title_paragraph(source)
    for paragraph in source.paragraphs:
        if title is None or paragraph.label not in ("META", "NOISE"):
            continue
        for found in find_dates(source.text, paragraph.start, paragraph.end):
            if found.iso == record.identity.published:
                yield source.evidence(title.start, title.end), source.evidence(found.start, found.end)
                return
