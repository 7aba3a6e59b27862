"""Recognise a heading at the start of a line: its level, its number and its words.

Levels follow the order in which official documents number their parts (GB/T 9704-2012, 7.3.3: 一、 then （一）
then 1. then （1）), with 一是 below them.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

BODY: Final = 0
MAX_LEVEL: Final = 5

_CJK_NUMBER = "[一二三四五六七八九十百〇○零]{1,4}"
_ARABIC = "[0-9０-９]{1,2}"
# 、 and its misprints; an Arabic number with a dot must not be a decimal such as 1.5.
_MARKERS: Final = (
    (1, re.compile(rf"第?(?P<n>{_CJK_NUMBER})(?:\s*(?:、|[.．，,:：](?!\d))|部分[、:： ]?|章\s)\s*")),
    (2, re.compile(rf"[（(]\s*(?P<n>{_CJK_NUMBER})\s*[）)]\s*[、.．]?\s*")),
    (3, re.compile(rf"(?P<n>{_ARABIC})(?:\s*[、．]|\s*\.(?![0-9０-９]))\s*")),
    (4, re.compile(rf"(?:[（(]\s*(?P<n>{_ARABIC})\s*[）)]|(?P<m>{_ARABIC})[）)]|(?P<c>[①-⑳]))\s*[、.．]?\s*")),
    (5, re.compile(rf"(?P<n>{_CJK_NUMBER})(?:是|要)")),
)
_SENTENCE_MARK = re.compile(r"[。；;！？!?]")
_RUN_IN_END = re.compile(r"[。：:；;]|\s{1,}|[.](?!\w)")
_LIST_END = re.compile(r"[，,]")
# Longest heading in characters; longer lines are text that happens to start with a number.
_MAX_LINE, _MAX_RUN_IN = 45, 32
_UNNUMBERED = re.compile(
    r"(?:.{0,18}(?:情况|概述|概况|引言|前言|措施|附表|事项|打算|计划|思路|工作安排|存在的?(?:主要)?问题|总体要求"
    r"|主要任务|重点任务|工作要求|保障措施|组织领导|组织机构|指导思想|工作目标|基本原则))"
)

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}


class Heading(NamedTuple):
    """A heading at the start of a line.

    level (int): 1 (一、) to 5 (一是).
    number (int): The number it bears; 0 for a heading without one.
    start (int): Offset of its words in the line, after the number.
    end (int): End of its words; equal to `start` where a numbered line has no heading words.
    run_in (bool): Text follows on the same line.
    """

    level: int
    number: int
    start: int
    end: int
    run_in: bool


def find_heading(line: str) -> Heading | None:
    """Find the heading a line begins with.

    line (str): One line or part of a line, without line break.
    RETURNS (Heading | None): The heading with offsets into `line`; None for plain text.
    """
    lead = len(line) - len(line.lstrip())
    last = len(line.rstrip())
    for level, marker in _MARKERS:
        match = marker.match(line, lead)
        if match is None:
            continue
        if match.end() >= last and level == MAX_LEVEL:
            continue
        start = min(match.end(), last)
        end = _words_end(line, start, last, level)
        number = _number_value(match.groupdict())
        return Heading(level, number, start, end, end < last and bool(line[end:last].strip("。：:.；; ")))
    words = line[lead:last].rstrip(":：")
    if len(words) >= 2 and _UNNUMBERED.fullmatch(words):
        return Heading(1, 0, lead, lead + len(words), False)
    return None


def _words_end(line: str, start: int, last: int, level: int) -> int:
    """Where the heading's words end: the whole short line, the first clause of a run-in, or nowhere."""
    whole = line[start:last]
    if len(whole) <= _MAX_LINE and not _SENTENCE_MARK.search(whole.rstrip("。；;")) and level < MAX_LEVEL:
        return start + len(whole.rstrip("。：:；;"))
    stop = (_LIST_END if level == MAX_LEVEL else _RUN_IN_END).search(line, start, last)
    if stop and 1 < stop.start() - start <= _MAX_RUN_IN:
        return stop.start()
    return start


def _number_value(groups: dict[str, str | None]) -> int:
    """The value of a heading's number in Chinese or Arabic digits; 0 where it cannot be read."""
    if circled := groups.get("c"):
        return ord(circled) - ord("①") + 1
    source = groups.get("n") or groups.get("m")
    if not source:
        return 0
    if source[0].isdecimal():
        return int(source)
    tens, ten, ones = source.rpartition("十")
    if not ten:
        return _DIGITS.get(source, 0)
    return 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)
