"""Find what annotators leave uneven: the same words marked here and not there, what looks like a mention and is none.

Every finding is a question, not an error: the guidelines leave 网站 unmarked where it is only built. What has been
looked at goes into an allow-list with its reason and the number of places, so that a new place shows up again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from govner.corpus.inline import Report
from govner.errors import InputError
from govner.text.files import read_text

KINDS: Final = {
    "labels": "marked with several labels",
    "unmarked": "marked elsewhere, not here",
    "typical": "looks like a mention, unmarked",
}

_DIGITS = "[0-9０-９](?:[0-9０-９,.]{0,30}[0-9０-９])?"
_NUMERAL = (
    f"(?:{_DIGITS}|几十|几百|数[十百千万]|[一二两三四五六七八九十百零〇半][一二两三四五六七八九十百千万零〇]{{0,20}})"
)
_MEASURE = (
    "人次|件次|条次|期次|万元|亿元|大类|部分|方面|条|件|篇|份|个|项|名|位|人|次|场|期|家|部|批|例|宗|起|元|类|种|处|块"
    "|台|封|户|册|页|幅|则|张|本|卷|字(?![号体样])|轮|倍|成|[%％‰]"
)
_NUMBER = re.compile(rf"(?:约|近|超|逾)?{_NUMERAL}")
# What is no count whatever its measure word (guidelines 2.4): ordinals and articles of law, the last part of a range or
# date, the neighbours' links, periods, frequencies, levels.
_BEFORE_NO_COUNT = re.compile(
    r"(?:第[一二三四五六七八九十百千零〇0-9（）()]*|[上下前每无没]|[0-9０-９][.:：/年月-])\s*$"
)
_BEHIND_NO_COUNT = re.compile(
    r"\s{0,20}(?:(?:个|多|余){0,4}\s{0,20}(?:工作日|小时|分钟|日|天|周|月|季度|年|学期|学年)|级|届)"
)
_PATTERNS: Final = (
    re.compile(
        rf"(?:约|近|超|逾)?{_NUMERAL}\s{{0,20}}(?:余|多|几|来)?\s{{0,20}}(?:万|千|亿)?(?:余|多)?\s{{0,20}}(?:{_MEASURE})"
    ),
    re.compile(r"《[^》\n]*》?|[^《\n]{0,8}》"),
    re.compile(
        r"[〔\[［（(【﹝][0-9]{4}[〕\]］）)】﹞]\s{0,20}第?\s{0,20}[0-9]+\s{0,20}号|令第?\s{0,20}[0-9]+\s{0,20}号"
    ),
    re.compile(r"https?://|www\.|[a-zA-Z0-9_.-]{1,64}@[a-zA-Z0-9.-]+|[a-z]{1,40}\.gov\.cn"),
)
# Page furniture has no mentions (2.1) but for the bodies that keep the page.
_KEEPER = re.compile("主办|承办|版权|来源|技术支持|维护|单位")
_CONTEXT = 12
# How far beside a number is looked for what makes it none.
_REACH = 60


@dataclass(frozen=True)
class Place:
    """Where a finding stands: file, line of the file, and the text around it with 【】 about the string."""

    path: Path | None
    line: int
    context: str


@dataclass
class Finding:
    """A string to be looked at.

    kind (str): A key of `KINDS`.
    text (str): The string.
    detail (str): How often it is marked, and as what.
    places (list[Place]): Where it is not marked, or, of kind "labels", where it has a rarer label than elsewhere.
    """

    kind: str
    text: str
    detail: str
    places: list[Place] = field(default_factory=list)


@dataclass(frozen=True)
class Allowed:
    """A line of an allow-list: a finding that has been looked at, its number of places, and why they are right."""

    kind: str
    text: str
    count: int
    reason: str
    line: int


def find_inconsistencies(reports: Iterable[Report]) -> list[Finding]:
    """Compare every string of a corpus with how it is marked elsewhere.

    reports (Iterable[Report]): The corpus.
    RETURNS (list[Finding]): By kind, then by number of places, most first.
    """
    reports = list(reports)
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        for paragraph in report.paragraphs:
            for mention in paragraph.mentions:
                labels[paragraph.text[mention.start : mention.end]][mention.label] += 1
    findings: dict[tuple[str, str], Finding] = {}

    def note(kind: str, text: str, place: Place) -> None:
        if (kind, text) not in findings:
            counts = labels[text].most_common() if text in labels else []
            detail = ", ".join(f"{label} {count}" for label, count in counts)
            findings[kind, text] = Finding(kind, text, detail)
        findings[kind, text].places.append(place)

    marked = [text for text in labels if len(text) > 1]
    known = re.compile("|".join(sorted(map(re.escape, marked), key=len, reverse=True)) or r"(?!)")
    for report in reports:
        for paragraph in report.paragraphs:
            text = paragraph.text
            covered = [False] * len(text)
            for mention in paragraph.mentions:
                covered[mention.start : mention.end] = [True] * (mention.end - mention.start)
                string = text[mention.start : mention.end]
                if mention.label != labels[string].most_common(1)[0][0]:
                    note("labels", string, _place(report, paragraph.line, text, mention.start, mention.end))
            if paragraph.section == "NOISE" and not _KEEPER.search(text):
                continue
            for start, end in _unmarked(known, text, covered):
                if not _is_no_count(text, start, end):
                    note("unmarked", text[start:end], _place(report, paragraph.line, text, start, end))
                    covered[start:end] = [True] * (end - start)
            for pattern in _PATTERNS:
                for start, end in _unmarked(pattern, text, covered):
                    if not _is_no_count(text, start, end):
                        note("typical", text[start:end], _place(report, paragraph.line, text, start, end))
    kinds = list(KINDS)
    return sorted(findings.values(), key=lambda found: (kinds.index(found.kind), -len(found.places), found.text))


def read_allowed(path: Path) -> list[Allowed]:
    """Read an allow-list: lines of kind, string, number of places and reason, with tabs between; `#` begins a comment.

    path (Path): The file.
    RETURNS (list[Allowed]): Its lines.
    RAISES (InputError): A line has another form, or allows what another line allows.
    """
    allowed: dict[tuple[str, str], Allowed] = {}
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 4 or cells[0] not in KINDS or not cells[2].isdigit() or not cells[3].strip():
            raise InputError("needs kind, string, number of places and reason, with tabs between", path, number)
        if (cells[0], cells[1]) in allowed:
            raise InputError(f"allows {cells[0]} {cells[1]!r} a second time; remove one line", path, number)
        allowed[cells[0], cells[1]] = Allowed(cells[0], cells[1], int(cells[2]), cells[3].strip(), number)
    return list(allowed.values())


def unexplained(
    findings: Iterable[Finding], allowed: Iterable[Allowed], path: Path | None = None
) -> Iterator[Finding | InputError]:
    """Findings that an allow-list does not explain, and lines of it that explain nothing any more.

    findings (Iterable[Finding]): As `find_inconsistencies` gives them.
    allowed (Iterable[Allowed]): As `read_allowed` gives them.
    path (Path | None): The allow-list's file, for messages.
    YIELDS (Finding | InputError): A finding whose number of places is not the allowed one; a stale line.
    """
    by_key = {(item.kind, item.text): item for item in allowed}
    for finding in findings:
        item = by_key.pop((finding.kind, finding.text), None)
        if item is None or item.count < len(finding.places):
            yield finding
        elif item.count > len(finding.places):
            yield InputError(
                f"allows {item.count} of {item.kind} {item.text!r}, there are {len(finding.places)}; lower the number",
                path,
                item.line,
            )
    for item in by_key.values():
        yield InputError(f"allows {item.kind} {item.text!r}, which does not occur; remove the line", path, item.line)


def _unmarked(pattern: re.Pattern[str], text: str, covered: list[bool]) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        if not any(covered[match.start() : match.end()]):
            yield match.start(), match.end()


def _is_no_count(text: str, start: int, end: int) -> bool:
    """Whether a number is an ordinal, an article of law, a date, a period, a frequency or a level."""
    if not _NUMBER.match(text[start:end]):
        return False
    return bool(
        _BEFORE_NO_COUNT.search(text[max(0, start - _REACH) : start])
        or _BEHIND_NO_COUNT.match(text[end : end + _REACH])
    )


def _place(report: Report, line: int, text: str, start: int, end: int) -> Place:
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    return Place(report.path, line, f"{before}【{text[start:end]}】{after}")
