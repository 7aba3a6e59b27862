"""Rules about the outline: sections the national format asks for, empty sections, numbers of headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from govner.records.audit.genre import is_annual_report
from govner.records.audit.outline import Mark, find_marks, is_labelled_row, mark_evidence
from govner.records.audit.rules import Check, make_finding
from govner.records.schema import Finding, Record
from govner.records.source import Source

# The six sections of the national format, with what their headings say at least.
_SECTIONS: Final = (
    ("总体情况", re.compile(r"总体情况|概述|基本情况|总体")),
    ("主动公开政府信息情况", re.compile(r"主动公开")),
    ("收到和处理政府信息公开申请情况", re.compile(r"申请")),
    ("政府信息公开行政复议、行政诉讼情况", re.compile(r"复议|诉讼")),
    ("存在的主要问题及改进情况", re.compile(r"问题|不足|改进")),
    ("其他需要报告的事项", re.compile(r"其[他它](?!处理)|需要(?:报告|说明)")),
)
_NATIONAL_FROM: Final = 2019
_FEWEST_SECTIONS: Final = 5
_FEWEST_SIBLINGS: Final = 3
_LINE: Final = 40
_CN: Final = "零一二三四五六七八九十"
# A heading that reports something is a section of one line: 四、无收费情况. 五、复议诉讼均为0件.
_CONTENT: Final = re.compile(r"[无未没零均已不\d]|[。；;：:，,].")
_NOUN_END: Final = re.compile(
    r"(?:情况|问题|措施|事项|概述|概况|打算|建议|计划|安排|公开|建设|保障|管理|解读|工作|机制|方面|改进|申请|监督|诉讼)$"
)
_TOP_NUMBER: Final = re.compile(r"\s{0,20}[一二三四五六七八九十]{1,2}[、.．，, ]\s{0,20}")
_FIGURE: Final = re.compile(r"^\s*[（(]|\d")
_SENTENCE: Final = re.compile(r"[。；;，,]")
_HEADING: Final = 24
_LABEL_END: Final = " 　。：:；;.．"


class _Step(NamedTuple):
    """Two neighbouring numbers of one list and the one after them."""

    first: Mark
    second: Mark
    following: Mark | None


def check_missing_section(record: Record, source: Source) -> list[Finding]:
    """One of the six sections of the national format has no heading."""
    year = record.identity.year
    if year is None or year < _NATIONAL_FROM or not is_annual_report(source):
        return []
    tops = [mark for mark in find_marks(source, record.tables) if mark.level == 1]
    places = [next((mark for mark in tops if words.search(_words(mark, source))), None) for _, words in _SECTIONS]
    if sum(place is not None for place in places) < _FEWEST_SECTIONS:
        return []
    findings = []
    for number, ((name, words), place) in enumerate(zip(_SECTIONS, places, strict=True)):
        # Its heading may stand there without a number, or with the table on its line.
        if place is not None or any(words.search(line) for line in _loose_headings(source)):
            continue
        before = next((mark for mark in reversed(places[:number]) if mark is not None), None)
        after = next((mark for mark in places[number + 1 :] if mark is not None), None)
        neighbours = [mark_evidence(mark, source) for mark in (before, after) if mark is not None]
        if len(neighbours) == 1 and source.paragraphs:
            last = source.paragraphs[-1]
            neighbours.append(source.evidence(last.start, last.end))
        findings.append(
            make_finding(
                "missing-section",
                f"Of the six sections of the national format, number {number + 1} ({name}) is missing.",
                f"全国统一格式的六个部分中缺少第{_CN[number + 1]}部分“{name}”。",
                neighbours,
            )
        )
    return findings


def check_empty_section(record: Record, source: Source) -> list[Finding]:
    """A heading is followed by the next heading of its level or above."""
    marks = [mark for mark in find_marks(source, record.tables) if mark.level <= 2]
    after = {mark.place: following for mark, following in pairwise(marks)}
    findings = []
    for siblings in _lists(marks, bounded=True):
        empty = [mark for mark in siblings if _is_empty(mark, after.get(mark.place), source)]
        if len(siblings) < _FEWEST_SIBLINGS or 2 * len(empty) > len(siblings):
            continue
        for mark in empty:
            following = source.paragraphs[mark.place + 1]
            heading = mark_evidence(mark, source)
            findings.append(
                make_finding(
                    "empty-section",
                    f"The section “{heading.text}” holds nothing: the next line is another heading.",
                    f"“{heading.text}”部分没有内容，下一行即为另一标题。",
                    (heading, source.evidence(following.start, min(following.end, following.start + 30))),
                )
            )
    return findings


def check_repeated_number(record: Record, source: Source) -> list[Finding]:
    """A heading bears the number of the one before it."""
    return [
        make_finding(
            "heading-number-repeated",
            f"The heading number {source.text[step.second.start : step.second.end].strip()} occurs twice in a row.",
            f"标题序号“{source.text[step.second.start : step.second.end].strip()}”重复出现。",
            (mark_evidence(step.first, source), mark_evidence(step.second, source)),
        )
        for step in _steps(record, source, _repeats)
    ]


def check_skipped_number(record: Record, source: Source) -> list[Finding]:
    """Between two headings a number is left out."""
    findings = []
    for step in _steps(record, source, _skips):
        missing = step.first.number + 1
        loose = _loose_mark(missing, step.first.style).finditer(source.text, step.first.end, step.second.start)
        if any(not is_labelled_row(source.text[match.end() : match.end() + _LINE]) for match in loose):
            continue
        shown = _CN[missing] if missing <= 10 and step.first.style in ("part", "top", "sub") else str(missing)
        before, after = mark_evidence(step.first, source), mark_evidence(step.second, source)
        findings.append(
            make_finding(
                "heading-number-skipped",
                f"After “{before.text}” comes “{after.text}”: number {missing} is left out.",
                f"“{before.text}”之后为“{after.text}”，缺少序号“{shown}”。",
                (before, after),
            )
        )
    return findings


CHECKS: Final[dict[str, Check]] = {
    "missing-section": check_missing_section,
    "empty-section": check_empty_section,
    "heading-number-repeated": check_repeated_number,
    "heading-number-skipped": check_skipped_number,
}


def _repeats(step: _Step) -> bool:
    first, second, following = step.first.number, step.second.number, step.following and step.following.number
    if second == first:
        # After 一、一、 only 三、 tells a slip from a new list.
        return first > 1 or following == 3
    # 一、二、三、二、五、: the second 二 stands for 四.
    return 1 < second < first and following == first + 2


def _skips(step: _Step) -> bool:
    return step.second.number == step.first.number + 2


def _steps(record: Record, source: Source, wanted: Callable[[_Step], bool]) -> Iterator[_Step]:
    """Steps within one list, both of whose numbers begin a paragraph; a slip is not counted twice."""
    for numbers in _lists(find_marks(source, record.tables)):
        slip = False
        for place in range(1, len(numbers)):
            step = _Step(numbers[place - 1], numbers[place], numbers[place + 1] if place + 1 < len(numbers) else None)
            before, slip = slip, _repeats(step)
            if wanted(step) and not (before and not slip):
                yield step


def _lists(marks: list[Mark], bounded: bool = False) -> Iterator[list[Mark]]:
    """Numbers of one style under one parent.

    bounded (bool): A number that does not follow begins a new list.
    """
    running: dict[str, list[Mark]] = {}
    for mark in marks:
        for style in [style for style, numbers in running.items() if numbers[-1].level > mark.level]:
            yield running.pop(style)
        numbers = running.setdefault(mark.style, [])
        if bounded and numbers and mark.number != numbers[-1].number + 1:
            yield numbers
            numbers = running[mark.style] = []
        numbers.append(mark)
    yield from running.values()


def _is_empty(mark: Mark, following: Mark | None, source: Source) -> bool:
    words = _words(mark, source)
    return (
        following is not None
        and following.place == mark.place + 1
        and following.level <= mark.level
        and _has_line(mark, following, source.text)
        and bool(_NOUN_END.search(words))
        and not _CONTENT.search(words)
    )


def _has_line(mark: Mark, following: Mark, text: str) -> bool:
    """Whether a heading has a line of its own; several on one line are a table of contents."""
    line = text.rfind("\n", 0, mark.start) + 1
    return not text[line : mark.start].strip() and "\n" in text[mark.end : following.start]


def _loose_headings(source: Source) -> Iterator[str]:
    """Beginnings of lines that may be headings of the first level: with its number, or short and without figures."""
    for paragraph in source.paragraphs:
        match = _TOP_NUMBER.match(paragraph.text)
        words = paragraph.text[match.end() if match else 0 :][:_HEADING]
        short = len(paragraph.text) < _HEADING and not _SENTENCE.search(words) and not _FIGURE.search(words)
        if (match or short) and not is_labelled_row(words):
            yield words


def _words(mark: Mark, source: Source) -> str:
    return source.text[mark.end : source.paragraphs[mark.place].end].strip(_LABEL_END)


def _loose_mark(number: int, style: str) -> re.Pattern[str]:
    """How else a number may be written: within the line, with other signs."""
    if style in ("digit", "low"):
        signs = r"\s?[、.．,，:：)）\s]" if style == "digit" else r"\s?[)）]"
        return re.compile(rf"(?<!\d){number}{signs}|{chr(ord('①') + number - 1)}")
    word = _CN[number] if number <= 10 else "十" + _CN[number - 10]
    if style == "sub":
        return re.compile(rf"[（(]\s?{word}(?!\w)|(?<!\w){word}\s?[）)]")
    return re.compile(rf"(?<![\w（(]){word}\s?[、.．,，:：\s]|第{word}(?:部分|章|节|[、.．,，:：\s])")
