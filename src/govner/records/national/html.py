"""Read the national tables from HTML, where the cells of a table say which row and column they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from govner.records.national.layouts import Token, fold, lex, lex_cell, without_holes
from govner.records.national.reader import tables_of
from govner.records.schema import NationalTable

_UNSEEN: Final = frozenset({"script", "style", "noscript", "template", "head", "title", "meta", "link"})
_INLINE: Final = frozenset(
    {
        "a",
        "abbr",
        "b",
        "big",
        "em",
        "font",
        "i",
        "ins",
        "label",
        "o:p",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
    }
)
_CELLS: Final = frozenset({"td", "th"})
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
# Most rows and columns a cell may span; pages have been seen with thousands.
_MOST_ROWS, _MOST_COLUMNS = 100, 30


class _Piece(NamedTuple):
    """Characters `start` to `end` of the text: plain lines, or one cell of a row of a table."""

    start: int
    end: int
    row: int = -1
    columns: int = 1
    carried: bool = False


@dataclass
class _Page:
    """The visible text of a page as it is put together."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    pieces: list[_Piece] = field(default_factory=list)
    rows: int = 0

    def write(self, words: str) -> None:
        """Add some text; a space only after other text, no more than two line breaks."""
        if words.isspace() and "\n" not in words and (not self.parts or self.parts[-1][-1] in " \n\t"):
            return
        if words == "\n" and (not self.parts or self.parts[-1].endswith("\n")):
            return
        if words:
            self.parts.append(words)
            self.length += len(words)


def read_html_tables(html: str) -> tuple[str, tuple[NationalTable, ...]]:
    """Read the national tables of a page.

    html (str): A page or a part of one, also an ill-formed one.
    RETURNS (tuple[str, tuple[NationalTable, ...]]): Its visible text, into which the tables have offsets, a row of a
        table in a line and its cells apart by tabs; and the tables in order.
    """
    page = _Page()
    html = _DECLARATION.sub("", html)
    if not html.strip():
        return "", ()
    try:
        root = document_fromstring(html, parser=HTMLParser(remove_comments=True, remove_pis=True))
    except etree.ParserError:
        return "", ()
    _walk(root, page)
    text = "".join(page.parts)
    return text, tables_of(text, list(_tokens(text, page.pieces)))


def _walk(element: HtmlElement, page: _Page) -> None:
    tag = element.tag
    if not isinstance(tag, str) or tag in _UNSEEN:
        return
    if tag == "table" and element.find(".//table") is None:
        _write_table(element, page)
        return
    if tag not in _INLINE:
        _write_line(page, "\n")
    _write_line(page, _SPACE.sub(" ", element.text or ""))
    for child in element:
        _walk(child, page)
        _write_line(page, _SPACE.sub(" ", child.tail or ""))
    if tag not in _INLINE and tag != "br":
        _write_line(page, "\n")


def _write_line(page: _Page, words: str) -> None:
    """Add text outside tables; what is beside each other is one piece."""
    start = page.length
    page.write(words)
    if page.length == start:
        return
    if page.pieces and page.pieces[-1].row < 0 and page.pieces[-1].end == start:
        page.pieces[-1] = page.pieces[-1]._replace(end=page.length)
    else:
        page.pieces.append(_Piece(start, page.length))


def _write_table(table: HtmlElement, page: _Page) -> None:
    """Add the rows of a table; a cell that reaches down stands in each of its rows."""
    reaching: dict[int, tuple[int, _Piece]] = {}
    _write_line(page, "\n")
    for line in table.iter("tr"):
        column = 0
        page.rows += 1
        for cell in [child for child in line if child.tag in _CELLS]:
            column = _carry(reaching, column, page)
            columns = _span(cell, "colspan", _MOST_COLUMNS)
            start = page.length
            words = "\n".join(" ".join(words.split()) for words in "".join(_lines(cell)).split("\n") if words.strip())
            page.write(words)
            piece = _Piece(start, page.length, page.rows, columns)
            page.pieces.append(piece)
            page.write("\t")
            if (rows := _span(cell, "rowspan", _MOST_ROWS)) > 1:
                reaching[column] = (rows - 1, piece)
            column += columns
        _carry(reaching, column, page)
        page.write("\n")


def _carry(reaching: dict[int, tuple[int, _Piece]], column: int, page: _Page) -> int:
    """Add the cells that reach down into a row from a column on; the next free column."""
    while column in reaching:
        rows, piece = reaching[column]
        page.pieces.append(piece._replace(row=page.rows, carried=True))
        if rows > 1:
            reaching[column] = (rows - 1, piece)
        else:
            del reaching[column]
        column += piece.columns
    return column


def _lines(cell: HtmlElement) -> Iterator[str]:
    """The text of a cell with a line break for each block and <br>."""
    yield _SPACE.sub(" ", cell.text or "")
    for child in cell:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN:
            is_block = child.tag not in _INLINE
            if is_block:
                yield "\n"
            yield from _lines(child)
            if is_block:
                yield "\n"
        yield _SPACE.sub(" ", child.tail or "")


def _span(cell: HtmlElement, name: str, most: int) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), most) if value.isdecimal() else 1


def _tokens(text: str, pieces: list[_Piece]) -> Iterator[Token]:
    folded = fold(text)
    row: list[Token] = []
    for number, piece in enumerate(pieces):
        if piece.row < 0:
            for token in lex(text[piece.start : piece.end], folded[piece.start : piece.end]):
                yield token._replace(start=token.start + piece.start, end=token.end + piece.start)
            continue
        tokens = list(lex_cell(folded, piece.start, piece.end, number, piece.row))
        if tokens and tokens[0].kind == "blank":
            tokens *= piece.columns
        # A label that reaches down stands in its first row alone.
        if tokens and not (piece.carried and tokens[0].kind == "words"):
            row.extend(tokens)
        if number + 1 == len(pieces) or pieces[number + 1].row != piece.row:
            yield from without_holes(row)
            row = []
