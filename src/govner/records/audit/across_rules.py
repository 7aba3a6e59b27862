"""Rules about the reports of one body for two years in a row."""

from __future__ import annotations

from typing import Final

from govner.records.audit.rules import YearsCheck, make_finding
from govner.records.national.templates import APPLICANTS
from govner.records.schema import Cell, Finding, Record

_DOCUMENT_ROWS: Final = (("rules", "rules", "规章"), ("normative_documents", "normative documents", "行政规范性文件"))


def check_in_force(previous: Record, current: Record) -> list[Finding]:
    """In force now = in force the year before + issued - repealed; both tables of the edition of 2021."""
    before, now = _cells(previous, "disclosure", "2021"), _cells(current, "disclosure", "2021")
    findings = []
    for row, english, chinese in _DOCUMENT_ROWS:
        cells = [
            before.get((row, "in_force")),
            now.get((row, "issued")),
            now.get((row, "repealed")),
            now.get((row, "in_force")),
        ]
        known = [(cell.value, cell.evidence) for cell in cells if cell is not None and cell.value is not None]
        passages = [passage for _, passage in known if passage is not None]
        if len(passages) < len(cells):
            continue
        old, issued, repealed, new = (value for value, _ in known)
        if old + issued - repealed == new:
            continue
        findings.append(
            make_finding(
                "documents-in-force-balance",
                f"Of {english}, {old} were in force, {issued} were issued and {repealed} repealed; that makes "
                f"{old + issued - repealed}, not {new}.",
                f"{chinese}：上年有效{old}件，本年制发{issued}件、废止{repealed}件，"
                f"应为{old + issued - repealed}件，表中为{new}件。",
                passages,
                previous=old,
                issued=issued,
                repealed=repealed,
                current=new,
            )
        )
    return findings


def check_carried(previous: Record, current: Record) -> list[Finding]:
    """上年结转 is what the report of the year before carried forward, in each column both state."""
    before, now = _cells(previous, "requests"), _cells(current, "requests")
    findings = []
    for column in APPLICANTS:
        out, into = before.get(("carried_out", column.id)), now.get(("carried_in", column.id))
        if out is None or into is None or out.value is None or into.value is None or out.value == into.value:
            continue
        if out.evidence is None or into.evidence is None:
            continue
        findings.append(
            make_finding(
                "carried-between-years",
                f"In the column {column.label}, {out.value} were carried forward the year before, "
                f"but {into.value} carried over.",
                f"“{column.label}”列：上年度报告结转下年{out.value}件，本年度报告上年结转{into.value}件。",
                (out.evidence, into.evidence),
                previous=out.value,
                current=into.value,
            )
        )
    return findings


CHECKS: Final[dict[str, YearsCheck]] = {
    "documents-in-force-balance": check_in_force,
    "carried-between-years": check_carried,
}


def _cells(record: Record, kind: str, edition: str | None = None) -> dict[tuple[str, str], Cell]:
    """The certain cells of the tables of a kind by row and column."""
    return {
        (cell.row, cell.column): cell
        for table in record.tables
        if table.kind == kind and edition in (None, table.edition)
        for cell in table.cells
        if cell.certain
    }
