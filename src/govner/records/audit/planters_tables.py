"""Plant errors into the cells of the national tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from random import Random
from typing import Final, NamedTuple

from govner.corpus.inline import Report
from govner.records.audit.edits import Planted, locate, other_number, rewrite
from govner.records.national.identities import Place, check_identities
from govner.records.national.reader import read_text_tables
from govner.records.national.templates import APPLICANTS, OUTCOME_ROWS, OUTCOMES
from govner.records.schema import Cell, NationalTable, TableKind

Planter = Callable[[Report, Random], Planted | None]


class _Sum(NamedTuple):
    """Places that add up to others; rows that `may_lack` are left out of a table where they hold nothing."""

    left: tuple[Place, ...]
    right: tuple[Place, ...]
    may_lack: bool = False


_REMEDY_ROWS: Final = ("review", "direct_suit", "suit_after_review")
_REQUEST_ROWS: Final = ("new", "carried_in", *OUTCOME_ROWS, "total", "carried_out")
_APPLICANT_IDS: Final = tuple(column.id for column in APPLICANTS)
_RESULT_IDS: Final = tuple(column.id for column in OUTCOMES)
_SUMS: Final[dict[str, tuple[TableKind, tuple[_Sum, ...]]]] = {
    "requests-column-balance": (
        "requests",
        tuple(
            _Sum((("new", name), ("carried_in", name)), (("total", name), ("carried_out", name)))
            for name in _APPLICANT_IDS
        ),
    ),
    "requests-outcomes-sum": (
        "requests",
        tuple(_Sum(tuple((row, name) for row in OUTCOME_ROWS), (("total", name),), True) for name in _APPLICANT_IDS),
    ),
    "requests-row-sum": (
        "requests",
        tuple(_Sum(tuple((row, name) for name in _APPLICANT_IDS[:-1]), ((row, "total"),)) for row in _REQUEST_ROWS),
    ),
    "remedies-sum": (
        "remedies",
        tuple(_Sum(tuple((row, name) for name in _RESULT_IDS[:-1]), ((row, "total"),)) for row in _REMEDY_ROWS),
    ),
}
# Of the year before, as the table of this year has it: what was carried forward, what was in force.
_CARRIED: Final = tuple((("carried_out", name), ((1, ("carried_in", name)),)) for name in _APPLICANT_IDS)
_IN_FORCE: Final = tuple(
    ((row, "in_force"), ((1, (row, "in_force")), (-1, (row, "issued")), (1, (row, "repealed"))))
    for row in ("rules", "normative_documents")
)


def plant_in_sum(rule: str, report: Report, rng: Random) -> Planted | None:
    """Change one cell of a sum that a table states in full and that holds.

    rule (str): The rule that should find it, which says what sum.
    report (Report): A report; rng (Random): Chooses.
    RETURNS (Planted | None): None if no table adds up or has such a sum.
    """
    kind, sums = _SUMS[rule]
    cells = [
        cell
        for table in read_text_tables(report.text)
        if table.kind == kind and not check_identities(table)
        for cell in _stated(table, sums)
        if _is_number(cell)
    ]
    return _replace(rule, rng.choice(cells), report, rng) if cells else None


def plant_year_before(
    rule: str,
    kind: TableKind,
    shared: tuple[tuple[Place, tuple[tuple[int, Place], ...]], ...],
    report: Report,
    rng: Random,
) -> Planted | None:
    """Make the report of the year before, which agrees with this one but for one cell.

    rule (str): The rule that should find it; kind (str): Of table.
    shared (tuple): Cells of the year before with the cells of this year that they follow from, to add or take off.
    report (Report): This year's report; rng (Random): Chooses.
    RETURNS (Planted | None): This year's report with these cells those of the year before; None without such cells.
    """
    agreed = [pair for table in read_text_tables(report.text) if table.kind == kind for pair in _agreed(table, shared)]
    if not agreed:
        return None
    wrong = rng.choice(agreed)
    changed, first, last = report, 0, 0
    # From the last cell, so that those before stay where they are.
    for cell, value in sorted(agreed, key=lambda pair: -_start(pair[0])):
        words = other_number(str(value), rng) if cell is wrong[0] else str(value)
        place, start = locate(changed, _start(cell))
        moved = len(words) - len(cell.raw)
        changed, here, end = rewrite(changed, place, start, start + len(cell.raw), words)
        first, last = (here, end) if cell is wrong[0] else (first + moved, last + moved)
    return Planted(changed, rule, first, last)


PLANTERS: Final[dict[str, Planter]] = {
    **{rule: partial(plant_in_sum, rule) for rule in _SUMS},
    "carried-between-years": partial(plant_year_before, "carried-between-years", "requests", _CARRIED),
    "documents-in-force-balance": partial(plant_year_before, "documents-in-force-balance", "disclosure", _IN_FORCE),
}


def _stated(table: NationalTable, sums: tuple[_Sum, ...]) -> list[Cell]:
    """The cells of the sums that a table states in full; none of those with rows left out unless all hold."""
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    found: list[Cell] = []
    for one in sums:
        left, right = ([cells[place] for place in places if place in cells] for places in (one.left, one.right))
        if one.may_lack:
            left = [cell for cell in left if cell.evidence is not None or cell.certain]
        together = [*left, *right]
        known = all(any(cell.value is not None for cell in side) for side in (left, right))
        if not known or not all(cell.certain and cell.kind != "other" for cell in together):
            continue
        if _total(left) == _total(right):
            found += together
        elif one.may_lack:
            return []
    return found


def _total(cells: list[Cell]) -> Decimal:
    """What cells add up to; those without a number hold nothing."""
    return sum((cell.value for cell in cells if cell.value is not None), Decimal(0))


def _agreed(
    table: NationalTable, shared: tuple[tuple[Place, tuple[tuple[int, Place], ...]], ...]
) -> Iterator[tuple[Cell, int]]:
    """Cells with what they must be in the year before."""
    cells = {(cell.row, cell.column): cell for cell in table.cells if _is_number(cell)}
    for place, parts in shared:
        if place not in cells or any(other not in cells for _, other in parts):
            continue
        value = sum(sign * int(cells[other].raw) for sign, other in parts)
        if value >= 0:
            yield cells[place], value


def _replace(rule: str, cell: Cell, report: Report, rng: Random) -> Planted:
    place, start = locate(report, _start(cell))
    changed, first, last = rewrite(report, place, start, start + len(cell.raw), other_number(cell.raw, rng))
    return Planted(changed, rule, first, last)


def _start(cell: Cell) -> int:
    return cell.evidence.start if cell.evidence is not None else 0


def _is_number(cell: Cell) -> bool:
    evidence = cell.evidence
    return (
        cell.certain
        and cell.kind == "number"
        and evidence is not None
        and cell.raw == evidence.text
        and cell.raw.isdecimal()
    )
