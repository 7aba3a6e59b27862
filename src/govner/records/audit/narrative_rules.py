"""Rules that compare the text with the national tables."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Final

from govner.records.audit.rules import Check, make_finding
from govner.records.audit.statements import Statement, find_statements
from govner.records.schema import Cell, Finding, Record
from govner.records.source import Source

_RULES: Final = {
    "narrative-requests-received": ("requests_received", "requests received", "收到申请"),
    "narrative-carried-over": ("requests_carried_over", "requests carried over", "上年结转申请"),
    "narrative-answered": ("requests_answered", "requests answered", "办结申请"),
    "narrative-carried-forward": ("requests_carried_forward", "requests carried forward", "结转下年申请"),
    "narrative-reviews": ("reviews", "administrative reviews", "行政复议"),
    "narrative-lawsuits": ("lawsuits", "lawsuits", "行政诉讼"),
}


def check_narrative(rule: str, record: Record, source: Source) -> list[Finding]:
    """A total in the text differs from the table, and no statement of it agrees.

    rule (str): Id of the rule, which says what total.
    record, source: The report.
    RETURNS (list[Finding]): One for each statement that differs.
    """
    if not record.tables:
        return []
    metric, english, chinese = _RULES[rule]
    stated = [one for one in find_statements(record, source) if one.metric == metric and not one.in_form]
    if not stated:
        return []
    tables = _Tables(record)
    accepted = [tables.values(one) for one in stated]
    # Where one statement agrees, the other is about something else or contradicts it in the text.
    if any(one.value in values for one, values in zip(stated, accepted, strict=True)):
        return []
    findings = []
    for one, values in zip(stated, accepted, strict=True):
        cells = tables.cells(one)
        if not values or not cells:
            continue
        value = values[0]
        findings.append(
            make_finding(
                rule,
                f"The text gives {one.value} for {english}, the table {value}.",
                f"正文{chinese}数为{one.value}，表格为{value}。",
                (one.evidence, *(cell.evidence for cell in cells if cell.evidence is not None)),
                text=one.value,
                table=value,
            )
        )
    return findings


CHECKS: Final[dict[str, Check]] = {rule: partial(check_narrative, rule) for rule in _RULES}


class _Tables:
    """Totals of the tables of a report."""

    def __init__(self, record: Record) -> None:
        self._cells = {(cell.row, cell.column): cell for table in record.tables for cell in table.cells}

    def cells(self, statement: Statement) -> list[Cell]:
        """The cells a statement is compared with first."""
        return [cell for place in _PLACES[statement.metric, statement.base] if (cell := self._cell(*place)) is not None]

    def values(self, statement: Statement) -> list[Decimal]:
        """What a statement may say, the plainest first; nothing where the table does not tell."""
        total = self._sum(*_PLACES[statement.metric, statement.base])
        if total is None:
            return []
        if statement.metric == "requests_received":
            # Some count what was carried over among what they received, with a word about it or without.
            carried = self._sum(("carried_in", "total"))
            return [total] if carried is None or statement.base == "new" else [total, total + carried]
        if statement.metric == "requests_answered":
            # Of the new ones alone, those carried over come off.
            carried = self._sum(("carried_in", "total"))
            return [total] if carried is None else [total, total - carried]
        if statement.metric == "lawsuits" and statement.base == "all":
            parts = [self._sum(place) for place in _PLACES["lawsuits", "all"]]
            return [] if None in parts else [total]
        return [total]

    def _cell(self, row: str, column: str) -> Cell | None:
        cell = self._cells.get((row, column))
        return cell if cell is not None and cell.certain and cell.value is not None else None

    def _sum(self, *places: tuple[str, str]) -> Decimal | None:
        values = [cell.value for place in places if (cell := self._cell(*place)) is not None and cell.value is not None]
        return sum(values, Decimal(0)) if values else None


_PLACES: Final = {
    ("requests_received", "all"): (("new", "total"),),
    ("requests_received", "new"): (("new", "total"),),
    ("requests_received", "with carried over"): (("new", "total"),),
    ("requests_carried_over", "all"): (("carried_in", "total"),),
    ("requests_answered", "all"): (("total", "total"),),
    ("requests_carried_forward", "all"): (("carried_out", "total"),),
    ("reviews", "all"): (("review", "total"),),
    ("lawsuits", "all"): (("direct_suit", "total"), ("suit_after_review", "total")),
    ("lawsuits", "direct"): (("direct_suit", "total"),),
    ("lawsuits", "after review"): (("suit_after_review", "total"),),
}
