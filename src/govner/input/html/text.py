"""The text of a page as it is put together: lines, and rows of cells that know their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
# What is a space of its own width, what is not to be seen, and the control characters that pages mean as
# Windows-1252; characters of the first kind are not run together.
_ODD: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\xa0\xad\u2000-\u200f\u2028-\u202f\u205f-\u2064\ufeff]")
_ODD_CODES: Final = (
    *(*range(0x09), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD),
    *(*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2065), 0xFEFF),
)
_SPACES: Final = (0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F)
_PLAIN: Final[dict[int, str]] = {
    **dict.fromkeys(_ODD_CODES, ""),
    **dict.fromkeys(_SPACES, " "),
    **{code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)},
}
# A number that a list gives its entry, at its beginning.
_NUMBERED: Final = re.compile(
    r"\s{0,9}[(（\[【]?(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})\s?[.．、)）\]】,，]|\s{0,9}[①-⑳]|\s{0,9}第[一二三四五六七八九十0-9]{1,3}[条章节项]"
)


class Piece(NamedTuple):
    """Characters `start` to `end` of the text: plain lines, or one cell of a row of a table.

    row (int): The number of the row; -1 for plain lines.
    columns (int): How many columns the cell spans; 0 for words that a row has outside its cells.
    carried (bool): The cell is one of a row above, reaching down.
    """

    start: int
    end: int
    row: int = -1
    columns: int = 1
    carried: bool = False


# By column: how many rows further a cell reaches down, and which it is.
Reaching = dict[int, tuple[int, Piece]]


class Cell(NamedTuple):
    """A cell of a row and how many columns and rows it spans; words that a row has outside its cells span none."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass
class PageText:
    """The text of a page; words are added to a line, lines to the text or to the cell that is open.

    cell_break (str): What stands for a line break in a cell.
    """

    cell_break: str = " "
    pieces: list[Piece] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _rows: int = 0
    _line: list[str] = field(default_factory=list)
    _after_space: bool = True
    _numbers: list[str] = field(default_factory=list)
    _cell: list[str] | None = None

    @property
    def text(self) -> str:
        """All finished lines."""
        return "".join(self._parts)

    def write(self, words: str) -> None:
        """Add words of a page to the line; white space among them counts as one space, and as none at its beginning."""
        words = _SPACE.sub(" ", words)
        if self._after_space:
            words = words.removeprefix(" ")
        if words:
            self._after_space = words.endswith(" ")
            self._add(words)

    def write_as_is(self, words: str) -> None:
        """Add words whose white space and line breaks the page shows."""
        first, *others = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._add(first)
        for line in others:
            self.end_line()
            self._add(line)

    def number(self, number: str) -> None:
        """Give the words that come next a number, unless they begin with one; "" is none."""
        if number:
            self._numbers.append(number)

    def drop_number(self) -> None:
        """Forget the last number that no words took."""
        if self._numbers:
            self._numbers.pop()

    def _add(self, words: str) -> None:
        if _ODD.search(words):
            words = words.translate(_PLAIN)
        if self._numbers and words.strip():
            if not _NUMBERED.match(words):
                self._line.extend(self._numbers)
            self._numbers.clear()
        self._line.append(words)

    def end_line(self) -> None:
        """End the line; one with nothing in it is none."""
        line = "".join(self._line).rstrip()
        self._line.clear()
        self._after_space = True
        if not line:
            return
        if self._cell is not None:
            self._cell.append(" ".join(line.split()))
            return
        start = self._length
        self._put(line + "\n")
        if self.pieces and self.pieces[-1].row < 0 and self.pieces[-1].end == start:
            self.pieces[-1] = self.pieces[-1]._replace(end=self._length)
        else:
            self.pieces.append(Piece(start, self._length))

    def open_cell(self) -> None:
        """Let lines be those of a cell."""
        self.end_line()
        self._cell = []

    def close_cell(self) -> str:
        """The text of the open cell; lines are again those of the text."""
        self.end_line()
        lines, self._cell = self._cell or [], None
        return self.cell_break.join(lines)

    def add_row(self, cells: Sequence[Cell], reaching: Reaching) -> None:
        """Add a row of a table as a line, its cells apart by tabs.

        Each cell has its place: one that reaches down leaves a blank in the rows below, a blank one over several
        columns is several blanks. A row of blanks alone has pieces, but no line.

        cells (Sequence[Cell]): Its own cells.
        reaching (dict[int, tuple[int, Piece]]): Of the cells above, those that reach down: by column, how many rows
            further and which; it is brought up to date.
        """
        self._rows += 1
        has_line = any(cell.text for cell in cells)
        column, tab = 0, ""
        for cell in cells:
            free = self._carry(reaching, column)
            if has_line:
                self._put(tab + "\t" * (free - column))
            start = self._length
            self._put(cell.text)
            piece = Piece(start, self._length, self._rows, cell.columns)
            self.pieces.append(piece)
            if has_line and not cell.text:
                self._put("\t" * (cell.columns - 1))
            if cell.rows > 1:
                reaching[free] = (cell.rows - 1, piece)
            column, tab = free + cell.columns, "\t"
        self._carry(reaching, column)
        if has_line:
            self._put("\n")

    def _carry(self, reaching: Reaching, column: int) -> int:
        """Add the cells that reach down into the row from a column on; the next free column."""
        while column in reaching:
            rows, piece = reaching[column]
            self.pieces.append(piece._replace(row=self._rows, carried=True))
            if rows > 1:
                reaching[column] = (rows - 1, piece)
            else:
                del reaching[column]
            column += piece.columns
        return column

    def _put(self, words: str) -> None:
        if words:
            self._parts.append(words)
            self._length += len(words)
