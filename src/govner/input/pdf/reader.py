"""The text of a PDF: its paragraphs and ruled tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from govner.errors import InputError
from govner.input.joins import glue, join
from govner.input.pdf.lines import TextLine, TextPage, line_text, read_lines
from govner.input.pdf.page import read_pages
from govner.input.pdf.paragraphs import Margins, find_margins, paragraphs
from govner.input.pdf.tables import Row, lines_of

_NO_MARGINS: Final = Margins(0, 0, 0)
# A document of which so much cannot be read, as fonts without Unicode give it, is noted.
_MUCH: Final = 0.2


@dataclass(frozen=True)
class PdfText:
    """The text of a PDF.

    text (str): A paragraph or a row of a table a line; cells are apart by tabs.
    pages (tuple[int, ...]): Where in the text each page begins.
    notes (tuple[str, ...]): What was left out or is doubtful.
    """

    text: str
    pages: tuple[int, ...]
    notes: tuple[str, ...]


class _Part(NamedTuple):
    """A piece of the text and the page it is of; `starts` says that it begins a line."""

    text: str
    page: int
    starts: bool


def read_pdf(data: bytes, path: Path | str, *, most_pages: int = 2000) -> PdfText:
    """Read the text of a PDF.

    Wrapped lines are joined to paragraphs, also over pages; page numbers and running heads and feet are dropped.

    data (bytes): The file.
    path (Path | str): Its name, for errors.
    most_pages (int): How many pages to read at most.
    RETURNS (PdfText): Its text.
    RAISES (InputError): It is no PDF, broken or encrypted, holds no text, or pypdfium2 is missing.
    """
    pages, count = read_pages(data, path, most_pages)
    empty = [number for number, page in enumerate(pages, 1) if not page.words]
    if len(empty) == len(pages):
        raise InputError("holds no text (a scan?); run OCR on it first", path)
    text = ""
    begins: list[int] = []
    parts: list[str] = []
    length = 0
    for part in _parts(read_lines(pages)):
        if part.starts and parts:
            parts.append("\n")
            length += 1
        elif parts:
            parts.append(gap := glue(parts[-1], part.text))
            length += len(gap)
        begins += [length] * (part.page + 1 - len(begins))
        parts.append(part.text)
        length += len(part.text)
    text = "".join(parts)
    begins += [length] * (len(pages) - len(begins))
    notes = []
    if len(pages) < count:
        notes.append(f"only the first {len(pages)} of {count} pages were read")
    if empty:
        shown = ", ".join(map(str, empty[:10])) + (" and more" if len(empty) > 10 else "")
        notes.append(f"no text on page {shown}")
    if sum(char == "\ufffd" or "\ue000" <= char < "\uf900" for char in text) > _MUCH * len(text):
        notes.append("many characters are in fonts without Unicode; run OCR on it")
    return PdfText(text, tuple(begins), tuple(notes))


def _parts(pages: Sequence[TextPage]) -> Iterator[_Part]:
    """The text of a document in pieces."""
    margins = find_margins(pages)
    waiting: list[TextLine] = []
    usual = _NO_MARGINS
    table: list[str] = []
    for number, page in enumerate(pages):
        here = margins.get(round(page.width), usual)
        if here != usual:
            yield from _flow(waiting, usual)
            waiting, usual = [], here
        # The head of a table may be printed again where it goes on.
        again = list(table)
        last = None
        items: list[TextLine | Row] = [*page.lines, *page.rows]
        for item in sorted(items, key=lambda item: item.top):
            if isinstance(item, TextLine):
                waiting.append(item)
                table, again = [], []
                continue
            yield from _flow(waiting, usual)
            waiting = []
            if last is not None and item.table != last:
                table = []
            last = item.table
            row = _row_text(item)
            if again and row == again.pop(0) and any(char.isalpha() for char in row):
                continue
            again = []
            table.append(row)
            yield _Part(row, number, True)
    yield from _flow(waiting, usual)


def _row_text(row: Row) -> str:
    return "\t".join(join(line_text(line.words) for line in lines_of(cell.words)) for cell in row.cells)


def _flow(lines: Sequence[TextLine], margins: Margins) -> Iterator[_Part]:
    """The paragraphs of lines; each line of one is a piece."""
    for paragraph in paragraphs(lines, margins):
        for place, line in enumerate(paragraph):
            yield _Part(line.text, line.page, place == 0)
