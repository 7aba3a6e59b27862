"""Read the national tables from HTML, where the cells of a table say which row and column they are of."""

from __future__ import annotations

from collections.abc import Iterator

from govner.input.html.text import Piece
from govner.input.html.tree import parse_page
from govner.input.html.walk import walk
from govner.records.national.layouts import Token, fold, lex, lex_cell, without_holes
from govner.records.national.reader import tables_of
from govner.records.schema import NationalTable


def read_html_tables(html: str) -> tuple[str, tuple[NationalTable, ...]]:
    """Read the national tables of a page.

    html (str): A page or a part of one, also an ill-formed one.
    RETURNS (tuple[str, tuple[NationalTable, ...]]): Its visible text, into which the tables have offsets, a row of a
        table in a line and its cells apart by tabs; and the tables in order.
    RAISES (InputError): lxml is not installed.
    """
    # Numbers one below the other in a cell are none with a space in it.
    page = walk(parse_page(html), cell_break="\n")
    return page.text, tables_of(page.text, list(_tokens(page.text, page.pieces)))


def _tokens(text: str, pieces: list[Piece]) -> Iterator[Token]:
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
