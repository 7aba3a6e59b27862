"""Take the text of a report apart into words, cells and blanks, whatever its layout.

Cells may be kept apart by bars, tabs, line breaks, white space or nothing; this module finds what stands in them, and
the blanks that bars and tabs leave. What white space leaves is decided later, for a row at a time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from govner.records.national.labels import find_labels, is_last
from govner.text.script import simplified_characters

_HAN: Final = "\u3400-\u9fff〇"
# Longest explanation in brackets (in characters) that is passed over.
_LONGEST_ASIDE: Final = 120
_UNIT: Final = "亿元|万元|元|人次|件|项|条|宗|个|起|次|份|部|例"
_TOKEN: Final = re.compile(
    rf"""
    (?P<aside>\([^()|\t\n]{{1,{_LONGEST_ASIDE}}}\))
  | (?P<number>(?:[+-]|(?<![{_HAN}/])[增减][加少]?\ ?)?(?<![A-Za-z0-9.])
      (?:\d{{1,3}}(?:,\d{{3}})+(?![\d,])|\d+)(?:\.\d+)?)(?P<unit>\ ?(?:{_UNIT})(?![{_HAN}]))?
  | (?P<words>[{_HAN}]+)
  | (?P<slash>/+)
  | (?P<dash>-+)
  | (?P<other>\*+)
    """,
    re.VERBOSE,
)
# A number before one of these is a date, an ordinal or a share.
_NOT_A_COUNT: Final = re.compile(r"\s?[年月日号时届页章周%〕]")
_BEFORE_NO_COUNT: Final = re.compile(r"[第〔\[@=_]\s?\Z|[:/-]\Z")
# The outcomes of reviews have no numbers: the one before 结果纠正 is what 结果维持 has (结果维持5、结果纠正1).
_NUMBERING: Final = re.compile(rf"[ \u3000]?[.、]\s*(?=[{_HAN}“\"‘'《])(?!结果[维纠]|其他结果|尚未审结)")
# What stands between brackets and a cell behind them.
_BEFORE_CELL: Final = re.compile(r"[ \u3000\t|]{0,80}[\d/]")
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:\.\d+)?")
# What a page break leaves between the lines of a table.
_PAGE_NUMBER: Final = re.compile(
    r"[ \u3000]{0,20}(?:-{1,20} ?\d{1,3} ?-{1,20}|第 ?\d{1,3} ?页.{0,12}|\d{1,3}/\d{1,3})[ \u3000]{0,20}"
)
_RULE: Final = re.compile(r"\s{0,20}:?-{3,}:?\s{0,20}")
# A number between spaces with another cell or the end of the line behind it, as nearly all in tables are.
_PLAIN: Final = re.compile(r"(?<=\d)(?:[ \u3000\t|]+[\d/\n-]|\n)")
_SPACES: Final = frozenset(" \u3000\t\n|")
# What follows a number in a sentence: a comma or full stop, or a measure word and more words.
_IN_PROSE: Final = re.compile(rf" ?[{_HAN}]{{0,3}}[,。;:]| ?、|[余多万亿]?(?:{_UNIT})[{_HAN}]")
_DELIMITER: Final = re.compile(r"[|\t]")
_DOUBLE: Final = re.compile(r"\|\||\t")
_ODD_BARS: Final = re.compile(r"(?<!\|)(?:\|\|)*\|(?!\|)")
# 无正当理由 and 无法提供 begin labels; 无 alone is what stands in a cell.
_LABEL_WITH_NONE: Final = re.compile(r"\s{0,20}(?:正当|法提)")
_CHINESE: Final = re.compile(f"[{_HAN}]")


class Token(NamedTuple):
    """Words, a cell or a blank, at characters `start` to `end`.

    kind (str): "words", or what a cell holds: "number", "slash", "dash", "other"; "blank" for one with nothing.
    text (str): Folded: half width, simplified script, a number without thousands marks and unit.
    cell (int): Which delimited cell it stands in; -1 outside.
    line (int): In which line or row, where cells are delimited.
    glued (bool): Words follow without a space: a cell so written may be the number of the next label.
    prose (bool): A sentence goes on or ends behind it.
    """

    kind: str
    start: int
    end: int
    text: str
    cell: int = -1
    line: int = -1
    glued: bool = False
    prose: bool = False

    @property
    def value(self) -> Decimal | None:
        """The number of a cell; None where there is none."""
        return Decimal(self.text) if self.kind == "number" else None


def fold(text: str) -> str:
    """Half width, plain dashes, bars and spaces, simplified script; as long as `text`."""
    return text.translate(_folding()) if _foldable().search(text) else text


@cache
def _foldable() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(map(chr, _folding())))}]")


@cache
def _folding() -> dict[int, str]:
    table: dict[int, str] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {ord(char): "-" for char in "—–−‒―﹣－‐‑"}
    table |= {ord(char): "|" for char in "│┃¦︱｜"}
    table |= {ord(char): " " for char in "\u00a0\u2002\u2003\u2009\u200a\u200b\ufeff\r"}
    # Radicals and compatibility characters, which PDFs have for the characters that look the same (⾃然⼈).
    table |= {
        code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFAD9))
    }
    table |= {ord("﹢"): "+", ord("﹙"): "(", ord("﹚"): ")", ord("，"): ","}
    return table | {ord(char): plain for char, plain in simplified_characters().items() if _CHINESE.match(char)}


def lex(text: str, folded: str) -> list[Token]:
    """Take a text apart.

    text (str): The text of a report.
    folded (str): The same by `fold`.
    RETURNS (list[Token]): Its words, cells and blanks in order.
    """
    lines = list(_lines(folded))
    style = _bar_style(folded, lines)
    tokens: list[Token] = []
    cell = 0
    for number, (start, end) in enumerate(lines):
        line = folded[start:end]
        if _PAGE_NUMBER.fullmatch(line):
            following = folded[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
            if not _is_row(tokens, following):
                continue
        if "|" not in line and "\t" not in line:
            tokens.extend(_lex_piece(folded, start, end, -1, -1))
            continue
        if "---" in line and _is_rule(text[start:end]):
            continue
        if line.count("|") // style.bars - style.opens > 1 and not line.strip("| \t\u3000"):
            # An empty row, or what fills one up.
            continue
        row: list[Token] = []
        for first, last in _pieces(folded, start, end, style):
            cell += 1
            row.extend(lex_cell(folded, first, last, cell, start))
        tokens.extend(without_holes(row))
    return tokens


def _is_row(tokens: list[Token], following: str) -> bool:
    """Whether what looks like the number of a page (- 3 -) is the cells of a label before it that has no others."""
    if not tokens or tokens[-1].kind != "words" or not _CHINESE.match(following.strip(" \u3000|(")):
        return False
    words = tokens[-1].text
    labels = find_labels(words)
    return bool(labels) and labels[-1].kind == "disclosure" and is_last(words, labels[-1])


def without_holes(row: list[Token]) -> list[Token]:
    """A row of cells without the blanks before its label: there a label of the rows above reaches down."""
    first = next((place for place, token in enumerate(row) if token.kind != "blank"), None)
    return row[first:] if first is not None and row[first].kind == "words" else row


def lex_cell(folded: str, start: int, end: int, cell: int, line: int) -> Iterator[Token]:
    """The tokens of one cell; a blank for an empty one."""
    piece = folded[start:end]
    stripped = piece.strip()
    if not stripped:
        yield Token("blank", start, start, "", cell, line)
        return
    first = start + len(piece) - len(piece.lstrip())
    last = first + len(stripped)
    if stripped.isdecimal() or _GROUPED.fullmatch(stripped):
        yield Token("number", first, last, stripped.replace(" ", ""), cell, line)
        return
    if stripped in ("无", "空"):
        yield Token("other", first, last, stripped, cell, line)
        return
    tokens = list(_lex_piece(folded, start, end, cell, line))
    if not tokens and not _CHINESE.search(stripped):
        tokens = [Token("other", first, last, stripped, cell, line)]
    yield from tokens


def _lines(folded: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start <= len(folded):
        end = folded.find("\n", start)
        end = len(folded) if end < 0 else end
        if end > start:
            yield start, end
        start = end + 1


def _is_rule(line: str) -> bool:
    """Whether a line is what Markdown has below a header; of hyphens only, since —— may be what stands in cells."""
    return all(_RULE.fullmatch(cell) or not cell.strip() for cell in line.split("|"))


class _Bars(NamedTuple):
    """Whether lines with bars begin and end with one, and how many bars stand between two cells."""

    opens: bool
    closes: bool
    bars: int


def _bar_style(folded: str, lines: list[tuple[int, int]]) -> _Bars:
    """How bars are set in most of the lines that hold anything else."""
    barred = [line for start, end in lines if "|" in (line := folded[start:end].strip()) and line.strip("| \t\u3000")]
    opening = sum(line.startswith("|") for line in barred)
    closing = sum(line.endswith("|") for line in barred)
    double = sum("||" in line and not _ODD_BARS.search(line) for line in barred)
    half = len(barred) / 2
    return _Bars(opening > half, closing > half, 2 if double > half else 1)


def _pieces(folded: str, start: int, end: int, style: _Bars) -> Iterator[tuple[int, int]]:
    """Start and end of the cells of a line with bars or tabs."""
    delimiter = _DOUBLE if style.bars == 2 else _DELIMITER
    borders = [(start, start), *(match.span() for match in delimiter.finditer(folded, start, end)), (end, end)]
    line = folded[start:end].strip(" \u3000")
    first, last = 0, len(borders) - 1
    if line.startswith("|") and style.opens:
        first += 1
    if line.endswith("|") and style.closes and last > first:
        last -= 1
    for place in range(first, last):
        yield borders[place][1], borders[place + 1][0]


def _lex_piece(folded: str, start: int, end: int, cell: int, line: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(folded, start, end):
        kind = match.lastgroup
        if kind == "words":
            if (
                match[0] == "无"
                and _stands_alone(folded, match, start, end)
                and not _LABEL_WITH_NONE.match(folded, match.end())
            ):
                yield Token("other", match.start(), match.end(), "无", cell, line)
            else:
                yield Token("words", match.start(), match.end(), match[0], cell, line)
        elif kind == "aside":
            yield from _lex_aside(folded, match, cell, line)
        elif kind in ("number", "unit"):
            yield from _lex_number(folded, match, start, end, cell, line)
        elif _stands_alone(folded, match, start, end):
            place = match.start()
            # A row of slashes without spaces is as many cells.
            parts = len(match[0]) if kind == "slash" else 1
            for part in range(parts):
                last = place + part + 1 if kind == "slash" else match.end()
                yield Token(str(kind), place + part, last, folded[place + part : last], cell, line)


def _lex_aside(folded: str, match: re.Match[str], cell: int, line: int) -> Iterator[Token]:
    """The words of brackets that hold a header, or the label of the cells behind them (无法提供（本机关不掌握） 1 0 0).

    An explanation or a number of a heading says nothing here.
    """
    if "商业企" in match[0] or "维持" in match[0] or _is_label(folded, match):
        for words in re.finditer(f"[{_HAN}]+", match[0]):
            yield Token("words", match.start() + words.start(), match.start() + words.end(), words[0], cell, line)


def _is_label(folded: str, aside: re.Match[str]) -> bool:
    """Whether brackets hold the label of a row of requests and nothing else, and cells follow."""
    if not _BEFORE_CELL.match(folded, aside.end()):
        return False
    words = aside[0][1:-1]
    labels = find_labels(words)
    return len(labels) == 1 and labels[0].kind == "requests" and not labels[0].start and is_last(words, labels[0])


def _lex_number(folded: str, match: re.Match[str], first: int, limit: int, cell: int, line: int) -> Iterator[Token]:
    start, end = match.span()
    digits = match["number"]
    if digits.isdecimal() and folded[start - 1 : start] in _SPACES and _PLAIN.match(folded, end):
        yield Token("number", start, end, digits, cell, line)
        return
    if _NOT_A_COUNT.match(folded, match.end("number")) or _BEFORE_NO_COUNT.search(folded, max(0, start - 2), start):
        return
    if not match["unit"] and _NUMBERING.match(folded, end):
        # The number of a label; what stands before its digit is a cell that ran into it.
        digits, end = digits[:-1], end - 1
        if not digits[-1:].isdecimal():
            return
    sign = "-" if digits[0] in "-减" else ""
    value = sign + digits.lstrip("+-增减加少 ").replace(",", "")
    follows = folded[end : end + 1] if end < limit else ""
    glued = bool(_CHINESE.match(follows)) and not match["unit"]
    if glued and end - start == 1 and not folded[first:start].strip():
        # The number of a label without its dot.
        return
    yield Token("number", start, end, value, cell, line, glued, bool(_IN_PROSE.match(folded, end)))


def _stands_alone(folded: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether nothing but space, bars or other marks of cells is beside it."""
    before = folded[match.start() - 1] if match.start() > start else " "
    after = folded[match.end()] if match.end() < end else " "
    return not (before.isalnum() or after.isalnum() or before in "<>" or after in "<>")
