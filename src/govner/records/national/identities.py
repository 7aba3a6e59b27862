"""The sums that the cells of a national table must satisfy.

The form itself states the first (本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和); the others follow
from what its totals are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from govner.records.national.templates import APPLICANTS, OUTCOME_ROWS, OUTCOMES
from govner.records.schema import Cell, NationalTable, TableKind

IdentityId = Literal["carried", "outcomes", "applicants", "results"]
Place = tuple[str, str]
_REMEDY_ROWS: Final = ("review", "direct_suit", "suit_after_review")


class Violation(NamedTuple):
    """An identity that does not hold.

    id (str): Of a column "carried" (新收 + 上年结转 = 总计 + 结转下年度) or "outcomes" (they add up to 总计); of a row
        "applicants" (the six applicants add up to 总计) or "results" (the four results add up to 总计).
    place (str): The id of that column or row.
    left, right (Decimal): The two sides.
    cells (tuple[Cell, ...]): Those that were added up, in the order of the form, left side first.
    """

    id: IdentityId
    place: str
    left: Decimal
    right: Decimal
    cells: tuple[Cell, ...]


class _Sum(NamedTuple):
    id: IdentityId
    place: str
    left: Sequence[Place]
    right: Sequence[Place]


def check_identities(table: NationalTable) -> list[Violation]:
    """Find the sums of a table that do not hold.

    A blank, a slash or a dash counts as nothing in a sum; a sum is left out if one of its cells is uncertain or no
    number where something else stands, or if a side has no number at all.

    table (NationalTable): A table as read.
    RETURNS (list[Violation]): What is violated, by columns, then by rows.
    """
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    unsure = {place for place, cell in cells.items() if not cell.certain or cell.kind == "other"}
    values = {place: cell.value for place, cell in cells.items()}
    found = []
    for check in _sums(table.kind, {row for row, _ in cells}):
        if unsure.intersection(check.left) or unsure.intersection(check.right):
            continue
        left, right = add(values, check.left), add(values, check.right)
        if left is not None and right is not None and left != right:
            parts = [cells[place] for place in (*check.left, *check.right) if place in cells]
            found.append(Violation(check.id, check.place, left, right, tuple(parts)))
    return found


def column_sums(kind: TableKind, rows: set[str]) -> list[tuple[Sequence[Place], Sequence[Place]]]:
    """The identities by column of a table with some rows: the places to add up on either side."""
    return [(check.left, check.right) for check in _sums(kind, rows) if check.id in ("carried", "outcomes")]


def count_violations(
    checks: Sequence[tuple[Sequence[Place], Sequence[Place]]], values: Mapping[Place, Decimal | None]
) -> int:
    """How many identities do not hold, of those that both sides have numbers for."""
    sides = [(add(values, left), add(values, right)) for left, right in checks]
    return sum(left != right for left, right in sides if left is not None and right is not None)


def adds_up(numbers: Sequence[Decimal | None]) -> bool:
    """Whether the last is the sum of the others, of which None is nothing; no, if it is None."""
    *parts, total = numbers
    return total is not None and sum(part for part in parts if part is not None) == total


def add(values: Mapping[Place, Decimal | None], places: Sequence[Place]) -> Decimal | None:
    """The sum of what has a number at some places; None if nothing has."""
    known = [value for place in places if (value := values.get(place)) is not None]
    return sum(known, Decimal(0)) if known else None


def _sums(kind: TableKind, rows: set[str]) -> Iterator[_Sum]:
    if kind == "requests":
        outcomes = [row for row in OUTCOME_ROWS if row in rows]
        for column in APPLICANTS:
            name = column.id
            yield _Sum("carried", name, [("new", name), ("carried_in", name)], [("total", name), ("carried_out", name)])
            yield _Sum("outcomes", name, [(row, name) for row in outcomes], [("total", name)])
        for row in ("new", "carried_in", *outcomes, "total", "carried_out"):
            yield _Sum("applicants", row, [(row, column.id) for column in APPLICANTS[:-1]], [(row, "total")])
    elif kind == "remedies":
        for row in _REMEDY_ROWS:
            yield _Sum("results", row, [(row, column.id) for column in OUTCOMES[:-1]], [(row, "total")])
