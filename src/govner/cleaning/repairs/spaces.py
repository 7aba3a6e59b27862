"""Blanks that a word processor or a PDF put around digits and between Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from govner.cleaning.edits import Edit
from govner.cleaning.plausibility import follows
from govner.cleaning.repairs.torn import torn_words

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff〇"
# A blank that may be one too many.
_CANDIDATE: Final = re.compile(rf" (?<=[{_HAN}0-9%] )(?=[{_HAN}0-9])")
# A blank alone, neither in an indent nor between columns.
_BLANK: Final = r"(?<=[^\s]) (?=[^\s])"
# Rows of a table, whose cells a blank parts: two figures side by side, borders, a unit alone before a figure.
_ROW: Final = re.compile(
    rf"[|｜‖│\t]|(?<=\S)  |(?<=\S)\u3000|[0-9] [-+]?[0-9]|(?:^| )[{_HAN}]{{1,2}} -?[0-9]"
    rf"|(?<=[{_HAN}]{{2}}) [{_HAN}]{{2,}} [{_HAN}]{{2}}"
)
_PROSE: Final = re.compile("[，。；;]|,(?![0-9])")
_NUMERALS: Final = frozenset("一二三四五六七八九十")
# What has a number behind it, be it in a table.
_LEADS: Final = frozenset("第共约近达超逾至到自从于在为计年月每前后")
Row = tuple[int, str]
_NUMBER: Final = re.compile(r"(?<![0-9.,%:/-])[0-9]{1,15}(?:[.,][0-9]{1,6}){0,3}[%％‰]?(?![0-9.,:/-])")
_MEASURE: Final = (
    "年月日号件条次个份篇期项人名家户场章万亿元余多页批处所类部天小时分秒种块位台套张米公里倍级届版起本宗例成"
)
# Words that begin like a measure and are the next cell.
_NO_MEASURE: Final = re.compile(
    "件数|人员|人次数|次数|年度|年初|年末|月报|个人|个别|项目|条例|条款|部门|部分|日常|号码|户籍|份额|名称|名单|家庭|"
    "场所|章程|元旦|页面|批准|处理|处罚|所有|所属|类别|类型|分类|位置|本年|本级|本机|起诉|成立|成员|级别|公开|公告|小计|多次"
)


def repair_spaces(text: str) -> list[Edit]:
    """Plan to leave out blanks inside words and between a number and its words."""
    places: set[int] = set()
    rows: list[Row] = []
    for start, end in _lines(text):
        line = text[start:end]
        apart = _set_apart(line)
        if apart is not None:
            places.update(start + at for at in apart)
        elif not _ROW.search(line):
            places.update(start + at for at in _around_numbers(line))
        rows += [(start + match.start(), match[0]) for match in _ROW_OF_SINGLE.finditer(line)]
    places.update(_in_rows(rows))
    places.update(torn_words(text))
    return [Edit(at, at + 1, "", "space") for at in sorted(places)]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines with blanks that may be too many."""
    end = -1
    for match in _CANDIDATE.finditer(text):
        if match.start() > end:
            end = text.find("\n", match.start())
            end = len(text) if end < 0 else end
            yield text.rfind("\n", 0, match.start()) + 1, end


_TOKEN: Final = re.compile(r"[^\s]+")
# A line whose characters all stand apart: so many of them, and so few longer pieces.
_FEWEST, _LONGER = 6, 0.15
# A row of at least three; its pairs are so likely on average, and what one costs that was never seen.
_ROW_OF_SINGLE: Final = re.compile(rf"(?<![{_HAN}\w])[{_HAN}](?: [{_HAN}]){{2,}}(?![{_HAN}\w])")
_LIKELY, _UNHEARD = -4.5, -12.0


def _set_apart(line: str) -> list[int] | None:
    """The single blanks of a line whose characters all stand apart (政 府 信 息 公 开); None for another line."""
    pieces = _TOKEN.findall(line)
    single = [piece for piece in pieces if len(piece) == 1]
    words = sum(piece > "\u2e80" for piece in single)
    if words < _FEWEST or words < len(single) * 0.5 or len(pieces) - len(single) > _LONGER * len(pieces):
        return None
    return [match.start() for match in re.finditer(_BLANK, line)]


def _in_rows(rows: list[Row]) -> Iterator[int]:
    """The blanks of rows of single characters that make up words."""
    if not rows:
        return
    words = [row[::2] for _, row in rows]
    pairs = [word[at : at + 2] for word in words for at in range(len(word) - 1)]
    lengths = np.array([len(word) - 1 for word in words])
    scores = np.maximum(follows(pairs), np.float32(_UNHEARD))
    means = np.add.reduceat(scores, np.cumsum(lengths) - lengths) / lengths
    for (start, row), mean in zip(rows, means.tolist(), strict=True):
        if mean > _LIKELY:
            yield from range(start + 1, start + len(row), 2)


def _around_numbers(line: str) -> Iterator[int]:
    """Single blanks between numbers and the words that they belong to."""
    prose = _PROSE.search(line) is not None
    indent = len(line) - len(line.lstrip())
    for match in _NUMBER.finditer(line):
        start, end = match.span()
        blank_before = start > 1 and line[start - 1] == " " and _is_word(line[start - 2])
        blank_after = line[end : end + 1] == " " and _is_word(line[end + 1 : end + 2])
        if not blank_before and not blank_after:
            continue
        word = line[end + blank_after : end + 4]
        measured = match[0][-1] in "%％‰" or (word[:1] != "" and word[:1] in _MEASURE and not _NO_MEASURE.match(word))
        # At the beginning of a line a number may be that of a heading.
        if start <= indent and not (measured and word[:1] in "年月"):
            continue
        # Between two words, and not between the label of a cell and the next cell.
        between = prose and blank_before and blank_after and word[0] not in _NUMERALS
        if blank_before and (between or (measured and _belongs(line[start - 2], match[0], blank_after, prose, word))):
            yield start - 1
        if blank_after and (between or measured):
            yield end


def _belongs(before: str, number: str, blank_after: bool, prose: bool, word: str) -> bool:
    """Whether a number belongs to the character before its blank."""
    if before in _LEADS:
        return True
    # What stands before the year of a date may be the body that signs.
    is_date = len(number) == 4 and word[:1] == "年"
    return prose and (blank_after or not is_date)


def _is_word(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char == "〇"
