"""Plant errors into the cells of the national tables, and into what the text says about them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Final

from govner.corpus.inline import Report
from govner.records.audit.edits import Planted, locate, other_number, rewrite
from govner.records.national.identities import check_identities
from govner.records.national.reader import read_text_tables
from govner.records.national.templates import APPLICANTS, OUTCOME_ROWS, OUTCOMES
from govner.records.schema import Cell, NationalTable

Planter = Callable[[Report, Random], Planted | None]

_TOTALS: Final = ("new", "carried_in", "total", "carried_out")
_REMEDY_ROWS: Final = ("review", "direct_suit", "suit_after_review")
_DIGITS: Final = re.compile(r"\d[\d,]*")
# Words before a figure of the text that is the cell's, by rule: rows of the cells and what must stand before.
_SAID: Final = {
    "narrative-requests-received": (
        "requests",
        ("new",),
        re.compile(r"(?:收到|受理|新收|接到|收件)[^，。；\d]{0,14}$"),
    ),
    "narrative-carried-over": ("requests", ("carried_in",), re.compile(r"上年(?:度)?(?:结转|转来)[^，。；\d]{0,8}$")),
    "narrative-answered": ("requests", ("total",), re.compile(r"(?:办结|答复)[^，。；\d]{0,10}$")),
    "narrative-carried-forward": (
        "requests",
        ("carried_out",),
        re.compile(r"结转(?:至)?(?:下年|20\d\d年)[^，。；\d]{0,8}$"),
    ),
    "narrative-reviews": ("remedies", ("review",), re.compile(r"复议[^，。；\d]{0,6}$")),
    "narrative-lawsuits": ("remedies", ("direct_suit",), re.compile(r"(?:诉讼|应诉)[^，。；\d]{0,6}$")),
}


def plant_in_cells(
    rule: str, kind: str, rows: tuple[str, ...], columns: tuple[str, ...], report: Report, rng: Random
) -> Planted | None:
    """Change one cell of a table that adds up.

    rule (str): The rule that should find it; kind (str): Of table; rows, columns (tuple[str, ...]): Of the cell.
    report (Report): A report; rng (Random): Chooses.
    RETURNS (Planted | None): None if no table adds up or has such a cell.
    """
    cells = [
        cell
        for table in read_text_tables(report.text)
        if table.kind == kind and not check_identities(table)
        for cell in table.cells
        if cell.row in rows and cell.column in columns and _is_number(cell)
    ]
    return _change(rule, rng.choice(cells), report, rng) if cells else None


def plant_in_text(rule: str, report: Report, rng: Random) -> Planted | None:
    """Change a figure of the text that agrees with the table.

    rule (str): The rule that should find it.
    report (Report): A report; rng (Random): Chooses.
    RETURNS (Planted | None): None if the text says nothing of the cells, or says it twice.
    """
    kind, rows, words = _SAID[rule]
    tables = [table for table in read_text_tables(report.text) if table.kind == kind]
    totals = {cell.value for table in tables for cell in table.cells if cell.row in rows and cell.column == "total"}
    text = report.text
    found = [
        (mention.start, mention.end)
        for mention in report.mentions()
        if mention.label == "COUNT"
        and not _inside(tables, mention.start)
        and words.search(text[max(0, mention.start - 20) : mention.start])
        and (match := _DIGITS.match(text, mention.start))
        and int(match[0].replace(",", "")) in totals
    ]
    if len(found) != 1:
        return None
    return _replace_digits(rule, found[0][0], report, rng)


def _change(rule: str, cell: Cell, report: Report, rng: Random) -> Planted | None:
    return _replace_digits(rule, cell.evidence.start, report, rng) if cell.evidence is not None else None


def _replace_digits(rule: str, offset: int, report: Report, rng: Random) -> Planted | None:
    place, start = locate(report, offset)
    match = _DIGITS.match(report.paragraphs[place].text, start)
    if match is None:
        return None
    changed, first, last = rewrite(report, place, *match.span(), other_number(match[0], rng))
    return Planted(changed, rule, first, last)


def _is_number(cell: Cell) -> bool:
    return cell.certain and cell.kind == "number" and cell.evidence is not None and cell.evidence.text.isdecimal()


def _inside(tables: list[NationalTable], offset: int) -> bool:
    return any(table.evidence.start <= offset < table.evidence.end for table in tables)


def _cells(rule: str, kind: str, rows: tuple[str, ...], columns: tuple[str, ...]) -> Planter:
    return partial(plant_in_cells, rule, kind, rows, columns)


_COLUMN_IDS: Final = tuple(column.id for column in APPLICANTS)
_RESULT_IDS: Final = tuple(column.id for column in OUTCOMES)
PLANTERS: Final[dict[str, Planter]] = {
    "requests-column-balance": _cells("requests-column-balance", "requests", _TOTALS, _COLUMN_IDS),
    "requests-outcomes-sum": _cells("requests-outcomes-sum", "requests", OUTCOME_ROWS, _COLUMN_IDS),
    "requests-row-sum": _cells("requests-row-sum", "requests", (*_TOTALS, *OUTCOME_ROWS), _COLUMN_IDS),
    "remedies-sum": _cells("remedies-sum", "remedies", _REMEDY_ROWS, _RESULT_IDS),
    "carried-between-years": _cells("carried-between-years", "requests", ("carried_out",), _COLUMN_IDS),
    "documents-in-force-balance": _cells(
        "documents-in-force-balance", "disclosure", ("rules", "normative_documents"), ("in_force",)
    ),
    **{rule: partial(plant_in_text, rule) for rule in _SAID},
}
