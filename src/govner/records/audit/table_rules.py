"""Rules about the sums inside the national tables (国办公开办函〔2019〕60号, 〔2021〕30号)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Final

from govner.records.audit.memory import remember_last
from govner.records.audit.rules import Check, make_finding
from govner.records.national.identities import IdentityId, Violation, add, check_identities
from govner.records.national.templates import APPLICANTS, OUTCOME_ROWS, TEMPLATES
from govner.records.schema import Evidence, Finding, NationalTable, Record
from govner.records.source import Source

# What is added up and what it should give, in both languages, by identity.
_SAYINGS: Final[dict[str, tuple[str, str]]] = {
    "carried": (
        "In the column {place} new and carried-over requests make {left}, outcomes and carried-forward ones {right}.",
        "“{place}”列：新收与上年结转之和为{left}，总计与结转下年之和为{right}，两者不等。",
    ),
    "outcomes": (
        "In the column {place} the outcomes add up to {left}, their total says {right}.",
        "“{place}”列：各项办理结果之和为{left}，（七）总计为{right}。",
    ),
    "applicants": (
        "In the row {place} the applicants add up to {left}, the total says {right}.",
        "“{place}”行：各类申请人之和为{left}，总计为{right}。",
    ),
    "results": (
        "Of {place}, the results add up to {left}, the total says {right}.",
        "{place}：维持、纠正、其他、未审结之和为{left}，总计为{right}。",
    ),
}
# Columns that must add up before another is said not to.
_HOLDING: Final = 2
_RULES: Final[dict[str, IdentityId]] = {
    "requests-column-balance": "carried",
    "requests-outcomes-sum": "outcomes",
    "requests-row-sum": "applicants",
    "remedies-sum": "results",
}


def check_sums(rule: str, record: Record, source: Source) -> list[Finding]:
    """The sums of one kind that do not hold, in every table of a report.

    rule (str): Id of the rule that is about this kind.
    record, source: The report.
    RETURNS (list[Finding]): One for each column or row.
    """
    return [
        _finding(rule, table, violation)
        for table, violation in _violations(record.tables)
        if violation.id == _RULES[rule]
    ]


CHECKS: Final[dict[str, Check]] = {rule: partial(check_sums, rule) for rule in _RULES}


@remember_last
def _violations(tables: tuple[NationalTable, ...]) -> list[tuple[NationalTable, Violation]]:
    return [(table, violation) for table in tables for violation in (*check_identities(table), *_check_clipped(table))]


def _check_clipped(table: NationalTable) -> Iterator[Violation]:
    """Sums by column of a table that leaves rows out, most often those that hold nothing but zeros.

    That these are zeros shows in the other columns, most of all the last: they add up without them. So one column that
    does not is a slip; more than one are rows that were cut off.
    """
    if table.kind != "requests" or not table.cells:
        return
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    present = {row for row, _ in cells if any(cells[row, column.id].evidence is not None for column in APPLICANTS)}
    outcomes = [row for row in OUTCOME_ROWS if (row, "total") in cells]
    sums: tuple[tuple[IdentityId, list[str], list[str]], ...] = (
        ("carried", ["new", "carried_in"], ["total", "carried_out"]),
        ("outcomes", outcomes, ["total"]),
    )
    for name, left_rows, right_rows in sums:
        kept = [row for row in (*left_rows, *right_rows) if row in present]
        if len(kept) == len(left_rows) + len(right_rows) or "total" not in present:
            continue
        broken: list[Violation] = []
        holding: list[str] = []
        for column in APPLICANTS:
            parts = [cells[row, column.id] for row in kept]
            values = {(cell.row, cell.column): cell.value for cell in parts}
            left = add(values, [(row, column.id) for row in left_rows])
            right = add(values, [(row, column.id) for row in right_rows])
            if left is None or right is None or any(not cell.certain or cell.kind == "other" for cell in parts):
                continue
            if left != right:
                broken.append(Violation(name, column.id, left, right, tuple(parts)))
            elif left:
                holding.append(column.id)
        # Outcomes that exceed their total already do not become less with those that were left out.
        excess = [violation for violation in broken if violation.left > violation.right and name == "outcomes"]
        if len(excess) == 1:
            yield excess[0]
        elif len(broken) == 1 and ("total" in holding or len(holding) >= _HOLDING):
            yield broken[0]


def _finding(rule: str, table: NationalTable, violation: Violation) -> Finding:
    message, message_zh = _SAYINGS[violation.id]
    stated: list[Evidence] = [
        cell.evidence for cell in violation.cells if cell.evidence is not None and cell.kind == "number"
    ]
    filled = {"place": _label(table, violation.place), "left": str(violation.left), "right": str(violation.right)}
    return make_finding(
        rule,
        message.format(**filled),
        message_zh.format(**filled),
        # A sum that lacks all its parts has one passage; the table is the other.
        stated if len(stated) > 1 else (*stated, table.evidence),
        left=Decimal(violation.left),
        right=Decimal(violation.right),
    )


def _label(table: NationalTable, place: str) -> str:
    """The words of the form for the id of a row or a column."""
    rows = TEMPLATES[table.kind, table.edition].rows
    labels = {column.id: column.label for row in rows for column in row.columns} | {row.id: row.label for row in rows}
    # A row and a column can share an id (total, other): only columns of applicants are summed by column.
    columns = {column.id: column.label for row in rows for column in row.columns}
    return (columns if place in columns else labels)[place]
