"""Read the national tables from a PDF: by its ruled tables, else by where the numbers stand on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from govner.errors import InputError
from govner.input.pdf.page import PdfPage, Word, read_pages
from govner.input.pdf.tables import divide, lines_of
from govner.records.national.layouts import Token, fold, lex, lex_cell, without_holes
from govner.records.national.reader import tables_of
from govner.records.schema import NationalTable

_MOST_PAGES: Final = 2000
# How many cells the rows of the tables have; rows of so many numbers show where the columns stand.
_WIDTHS: Final = (15, 7, 5, 3, 2)
# How far a number may stand from its column, in points; those of another table stand elsewhere.
_NEAR: Final = 2.0
_NUMBER: Final = re.compile(r"[+-]?\d[\d,.]*(?:件|项|条|个|万元|元)?|/|-+")


# Numbers may be set flush left, in the middle or flush right of their column.
_EDGES: Final[tuple[Callable[[Word], float], ...]] = (
    lambda word: word.middle,
    lambda word: word.left,
    lambda word: word.right,
)


class _Item(NamedTuple):
    """A line or a row of a page: words or, for a row, its cells as words each; `top` says where it stands."""

    top: float
    words: list[Word]
    cells: list[list[Word]] | None = None


@dataclass
class _Text:
    """The text of a document as it is put together, and what it was taken apart into."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)

    def write(self, words: str) -> tuple[int, int]:
        """Add some text; where it stands."""
        start = self.length
        self.parts.append(words)
        self.length += len(words)
        return start, self.length


def read_pdf_tables(path: Path) -> tuple[str, tuple[NationalTable, ...]]:
    """Read the national tables of a PDF with text in it.

    path (Path): The file.
    RETURNS (tuple[str, tuple[NationalTable, ...]]): Its text, into which the tables have offsets, a line of a page or
        a row of a table in a line, cells apart by tabs; and the tables in order.
    RAISES (InputError): The file is missing or no PDF.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError("no such file; check the path", path) from None
    pages = [_read_page(page) for page in read_pages(data, path, _MOST_PAGES)[0]]
    written = _Text()
    # Columns stand where they stood on the page before.
    aligned = _align([line for lines, _ in pages for line in lines])
    for lines, rows in pages:
        for item in sorted([*rows, *islice(aligned, len(lines))], key=lambda item: item.top):
            _write(item, written)
    text = "".join(written.parts)
    return text, tables_of(text, list(_tokens(text, written.spans)))


def _read_page(page: PdfPage) -> tuple[list[_Item], list[_Item]]:
    """The lines of a page and the rows of its ruled tables. An empty cell over several columns is as many."""
    lines, rows = divide(page.words, page.rules)
    items = []
    for row in rows:
        cells: list[list[Word]] = []
        for cell in row.cells:
            if not cell.carried:
                words = [word for line in lines_of(cell.words) for word in line.words]
                cells.extend([words] * (1 if words else cell.columns))
        items.append(_Item(row.top, [], cells))
    return [_Item(line.top, line.words) for line in lines], items


def _align(lines: Sequence[_Item]) -> Iterator[_Item]:
    """Give lines that lack cells their blanks, by where the numbers of the nearest line that lacks none stand."""
    numbers = [_numbers(line.words) for line in lines]
    full = [place for place, found in enumerate(numbers) if len(found) in _WIDTHS]
    for place, line in enumerate(lines):
        found = numbers[place]
        nearest = sorted((abs(other - place), other) for other in full if len(numbers[other]) > len(found))
        cells = None
        for _, other in nearest[:2] if found else ():
            same = [numbers[known] for known in full if len(numbers[known]) == len(numbers[other])]
            cells = cells or _place(found, same)
        if cells is None:
            yield line
        else:
            label = line.words[: len(line.words) - len(found)]
            yield _Item(line.top, [], [label, *cells] if label else cells)


def _numbers(words: Sequence[Word]) -> list[Word]:
    """The words at the end of a line that may be cells."""
    first = len(words)
    while first and _NUMBER.fullmatch(fold(words[first - 1].text)):
        first -= 1
    return list(words[first:])


def _place(found: Sequence[Word], full: Sequence[Sequence[Word]]) -> list[list[Word]] | None:
    """The numbers of a line by column, blanks between; None if they do not stand exactly in different columns."""
    for edge in _EDGES:
        columns = [median(edge(row[place]) for row in full) for place in range(len(full[0]))]
        cells: list[list[Word]] = [[] for _ in columns]
        for word in found:
            distance, place = min((abs(edge(word) - column), place) for place, column in enumerate(columns))
            if distance > _NEAR or cells[place]:
                break
            cells[place].append(word)
        else:
            return cells
    return None


def _write(item: _Item, written: _Text) -> None:
    """Add a line or a row to the text; spans of `written` are start, end, number of the row (-1 for a line), cell."""
    if item.cells is None:
        start, end = written.write(" ".join(word.text for word in item.words) + "\n")
        written.spans.append((start, end, -1, -1))
        return
    row = len(written.spans)
    for cell in item.cells:
        start, end = written.write(" ".join(word.text for word in cell))
        written.spans.append((start, end, row, len(written.spans)))
        written.write("\t")
    written.write("\n")


def _tokens(text: str, spans: Sequence[tuple[int, int, int, int]]) -> Iterator[Token]:
    folded = fold(text)
    row: list[Token] = []
    for number, (start, end, line, cell) in enumerate(spans):
        if line < 0:
            for token in lex(text[start:end], folded[start:end]):
                yield token._replace(start=token.start + start, end=token.end + start)
            continue
        row.extend(lex_cell(folded, start, end, cell, line))
        if number + 1 == len(spans) or spans[number + 1][2] != line:
            yield from without_holes(row)
            row = []
