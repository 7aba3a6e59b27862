"""Make the cells of a table from what was found in a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from govner.records.national.layouts import Token
from govner.records.national.readings import Reading
from govner.records.schema import Cell, Evidence, maker

_make_evidence: Final = maker(Evidence)
_make_cell: Final = maker(Cell)


def make_cell(text: str, row: str, column: str, token: Token | None, certain: bool = True) -> Cell:
    """The cell of a place of a table from what stands there; None makes it blank."""
    raw, value, kind, evidence = "", None, "blank", None
    if token is not None:
        raw, value, kind = text[token.start : token.end], token.value, token.kind
        evidence = _make_evidence({"start": token.start, "end": token.end, "text": raw})
    return _make_cell(
        {
            "row": row,
            "column": column,
            "raw": raw,
            "value": value,
            "kind": kind,
            "evidence": evidence,
            "certain": certain,
        }
    )


def make_row(
    text: str, row: str, columns: Sequence[str], readings: Sequence[Reading], cells: Sequence[Token]
) -> list[Cell]:
    """The cells of a row from the readings left of it.

    A column in which all of them agree is certain; another, and every column if there is no reading, gets what stands
    in the whole row, without a value.
    """
    if len(readings) == 1:
        return [make_cell(text, row, column, token) for column, token in zip(columns, readings[0], strict=True)]
    whole = cells[0]._replace(end=cells[-1].end, kind="other", text="")
    made = []
    for place, column in enumerate(columns):
        found = {reading[place] for reading in readings}
        agreed = len(found) == 1
        made.append(make_cell(text, row, column, next(iter(found)) if agreed else whole, agreed))
    return made
