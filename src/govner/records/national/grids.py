"""The tables of disclosure and requests: their rows, columns and cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod
from typing import Final

from govner.records.national.cells import make_cell, make_row
from govner.records.national.find import Group, find_groups
from govner.records.national.identities import Place, column_sums, count_violations
from govner.records.national.labels import GROUP, find_columns
from govner.records.national.readings import Choice, Reading, choose, sums
from govner.records.national.runs import Run
from govner.records.national.spacing import Spacing, find_leads
from govner.records.national.templates import APPLICANTS, TEMPLATES, Row
from govner.records.schema import Cell, Evidence, NationalTable, TableEdition, TableKind

_OF_2021: Final = re.compile("制发件|废止件|现行有效件|本年收费金额|逾期不补正|逾期未按收费")
_OF_2019: Final = re.compile("新制作数|新公开数|上一年项目|对外公开总|采购总金额|其他对外管理|采购项目数")
# How far before the first row its header may begin, in characters of its words.
_HEADER: Final = 160
# Most characters of words before the one cell of a row, its header included.
_LONGEST_LABEL: Final = 60
# Fewest rows of a table whose rows have one number each.
_LEAST_ROWS: Final = 4
# Fewest cells of a row that stands for a group.
_LEAST_CELLS: Final = 3
# Rows whose labels other tables have too.
_COMMON_LABELS: Final = frozenset({"total", "otherwise_other"})
# Most combinations of readings of all rows that are tried against the sums by column.
_MOST: Final = 128
_APPLICANT_IDS: Final = tuple(column.id for column in APPLICANTS)


def find_edition(runs: Sequence[Run]) -> TableEdition:
    """Which edition of the form a text has, by the words that only one of them has."""
    new = sum(len(_OF_2021.findall(run.words)) for run in runs)
    old = sum(len(_OF_2019.findall(run.words)) for run in runs)
    return "2019" if old > new else "2021"


def read_grids(
    text: str, runs: Sequence[Run], kind: TableKind, edition: TableEdition, spacing: Spacing
) -> list[NationalTable]:
    """Read all tables of disclosure or of requests in a text.

    text (str): The text of a report.
    runs (Sequence[Run]): Its runs.
    kind (TableKind): "disclosure" or "requests".
    edition (TableEdition): Which edition its words are of.
    spacing (Spacing): What separates its cells.
    RETURNS (list[NationalTable]): The tables in order.
    """
    tables = []
    for group in find_groups(runs, kind):
        if kind == "requests" and _names_totals(runs, group):
            _name_totals(runs, group)
        elif not _is_table(runs, group, kind):
            if (table := _totals_only(text, runs, group, kind, edition)) is not None:
                tables.append(table)
            continue
        own = _edition_of(runs, group, kind, edition)
        tables.append(_Grid(text, runs, group, kind, own, spacing).read())
    return tables


def _is_table(runs: Sequence[Run], group: Group, kind: TableKind) -> bool:
    """Whether enough of the rows have cells as the form has them."""
    rows = [runs[place] for place in group.rows.values()]
    wide = [run for run in rows if len(run.cells) >= 2 or len(run.named) >= 2 or _is_fused(run)]
    if kind == "requests" and group.rows.keys() <= _COMMON_LABELS:
        return False
    if kind == "requests":
        return len(wide) >= 2 or any(len(run.cells) >= 5 for run in wide)
    if wide:
        return len(rows) >= 2
    # Rows of one cell alone: nothing but labels and headers stands between those of a table.
    return len(rows) >= 3 and all(len(run.words) <= _LONGEST_LABEL for run in rows[1:])


def _is_fused(run: Run) -> bool:
    """Whether it is one cell that must be several, or as many digits as a row has cells."""
    text = run.cells[0].text if len(run.cells) == 1 else ""
    return text.isdecimal() and ((len(text) > 1 and text[0] == "0") or len(text) >= len(APPLICANTS))


def _names_totals(runs: Sequence[Run], group: Group) -> bool:
    """Whether a row names its columns, 总计 among them, and the others have one number each: their total."""
    rows = [runs[place] for place in group.rows.values()]
    named = [run for run in rows if run.named]
    return (
        len(rows) >= _LEAST_ROWS
        and len(named) < len(rows)
        and all(run.named or len(run.filled) == 1 for run in rows)
        and any(len(run.named) > 1 and "total" in run.named for run in named)
    )


def _name_totals(runs: Sequence[Run], group: Group) -> None:
    for run in (runs[place] for place in group.rows.values()):
        run.named = run.named or {"total": run.filled[0]}


def _totals_only(
    text: str, runs: Sequence[Run], group: Group, kind: TableKind, edition: TableEdition
) -> NationalTable | None:
    """A table of requests of which only one number of each row is given: its column is not known."""
    if kind != "requests" or len(group.rows) < _LEAST_ROWS:
        return None
    places = sorted(group.rows.values())
    start, end = _extent(runs, places)
    problem = "one number in each row: its column is not given"
    return NationalTable(
        kind=kind,
        edition=_edition_of(runs, group, kind, edition),
        cells=(),
        evidence=Evidence(start=start, end=end, text=text[start:end]),
        problem=problem,
    )


def _edition_of(runs: Sequence[Run], group: Group, kind: TableKind, edition: TableEdition) -> TableEdition:
    """The edition of a table by its rows, or that of the text where they do not tell."""
    rows = set(group.rows) | group.blank
    if kind == "requests":
        if rows & {"late_correction", "late_fee", "otherwise_other"}:
            return "2021"
        if "otherwise" in group.rows and not _has_groups_alone(runs, group):
            return "2019"
    elif rows & {"other_services", "procurement"}:
        return "2019"
    return edition


def _has_groups_alone(runs: Sequence[Run], group: Group) -> bool:
    """Whether groups have cells in place of their rows: 其他处理 is then a group or a row."""
    labels = [
        run.last_label("requests")
        for run in runs[min(group.rows.values()) : max(group.rows.values())]
        if len(run.cells) >= _LEAST_CELLS
    ]
    return any(label is not None and label.row == GROUP for label in labels)


def _extent(runs: Sequence[Run], places: Sequence[int]) -> tuple[int, int]:
    """Start and end of the rows, with the names of the applicants above them where they have such a header."""
    first = runs[places[0]]
    header = first.words.rfind("自然人", max(0, len(first.words) - _HEADER))
    label = first.labels[-1].start if first.labels else 0
    start = first.offset(header if header >= 0 else label)
    return min(start, first.cells[0].start), max(cell.end for place in places for cell in runs[place].cells)


@dataclass
class _Grid:
    text: str
    runs: Sequence[Run]
    group: Group
    kind: TableKind
    edition: TableEdition
    spacing: Spacing
    by_identity: bool = False

    def read(self) -> NationalTable:
        """Read the cells of all rows."""
        template = TEMPLATES[self.kind, self.edition]
        found = {
            row.id: self.runs[place] for row in template.rows if (place := self.group.rows.get(row.id)) is not None
        }
        columns = self._columns(list(found.values()))
        choices = self._choose(template.rows, found, columns)
        if self.kind == "requests":
            choices = self._choose_by_columns(choices, columns)
        cells: list[Cell] = []
        unsure, missing = [], []
        for row in template.rows:
            run = found.get(row.id)
            if run is None:
                blank = row.id in self.group.blank
                if not blank:
                    missing.append(row.label)
                cells.extend(make_cell(self.text, row.id, column.id, None, blank) for column in row.columns)
                continue
            made = self._row_cells(row, run, columns, choices.get(row.id))
            if any(not cell.certain and cell.kind != "blank" for cell in made):
                unsure.append(row.label)
            cells.extend(made)
        start, end = _extent(self.runs, sorted(self.group.rows.values()))
        return NationalTable(
            kind=self.kind,
            edition=self.edition,
            cells=tuple(cells),
            evidence=Evidence(start=start, end=end, text=self.text[start:end]),
            chosen_by_identity=self.by_identity,
            problem=_describe(missing, unsure, len(columns) < len(APPLICANTS) and self.kind == "requests"),
        )

    def _row_cells(self, row: Row, run: Run, columns: Sequence[str], choice: Choice | None) -> list[Cell]:
        names = [column.id for column in row.columns]
        if run.named:
            return [make_cell(self.text, row.id, name, run.named.get(name), name in run.named) for name in names]
        given = list(columns) if self.kind == "requests" else names
        made = make_row(self.text, row.id, given, choice.readings if choice else [], run.cells)
        by_name = {cell.column: cell for cell in made}
        return [by_name.get(name) or make_cell(self.text, row.id, name, None, False) for name in names]

    def _columns(self, rows: Sequence[Run]) -> tuple[str, ...]:
        """The columns of a table of requests in the order of its header; those of the form without one."""
        first = self.runs[min(self.group.rows.values())]
        words = first.words[-_HEADER:]
        place = words.rfind("自然人")
        rows = [run for run in rows if not run.named]
        if place >= 0 and rows:
            found = find_columns(words[place:], "requests")
            known = [column for column in found if column in _APPLICANT_IDS]
            widest = max(len(run.cells) for run in rows)
            if "total" in known and 2 < len(known) < len(_APPLICANT_IDS) and widest <= len(known):
                # In a header of two lines 总计 is in the first, and yet the last column.
                total_last = "法人" in words[place:]
                return tuple(sorted(known, key="total".__eq__) if total_last else known)
            if "总计" in words[:place] and "total" not in found:
                return ("total", *_APPLICANT_IDS[:-1])
            return _APPLICANT_IDS
        full = [tuple(run.filled) for run in rows if len(run.filled) == len(_APPLICANT_IDS)]
        if full and not all(map(sums(False), full)) and all(map(sums(True), full)):
            self.by_identity = True
            return ("total", *_APPLICANT_IDS[:-1])
        return _APPLICANT_IDS

    def _choose(self, rows: Sequence[Row], found: dict[str, Run], columns: Sequence[str]) -> dict[str, Choice]:
        """The readings of each row."""
        width = len(columns) if self.kind == "requests" else None
        fits = sums(columns[0] == "total") if self.kind == "requests" else None
        choices: dict[str, Choice] = {}
        rows_found = [(row, run) for row in rows if (run := found.get(row.id)) is not None and not run.named]
        leads = find_leads([(run, width or len(row.columns)) for row, run in rows_found])
        for row, run in rows_found:
            size = width or len(row.columns)
            choices[row.id] = choose(self.text, run, size, self.spacing, leads, fits)
            self.by_identity |= choices[row.id].by_identity
        return choices

    def _choose_by_columns(self, choices: dict[str, Choice], columns: Sequence[str]) -> dict[str, Choice]:
        """Of rows with several readings, those readings with which most sums by column hold."""
        open_rows = [row for row, choice in choices.items() if len(choice.readings) > 1]
        if not open_rows or prod(len(choices[row].readings) for row in open_rows) > _MOST:
            return choices
        fixed: dict[Place, Decimal | None] = {}
        for row, choice in choices.items():
            if len(choice.readings) == 1:
                fixed.update(_values(row, columns, choice.readings[0]))
        checks = column_sums(self.kind, set(choices))
        scored = []
        for combination in product(*(choices[row].readings for row in open_rows)):
            values = dict(fixed)
            for row, reading in zip(open_rows, combination, strict=True):
                values.update(_values(row, columns, reading))
            scored.append((count_violations(checks, values), combination))
        least = min(score for score, _ in scored)
        if all(score == least for score, _ in scored):
            return choices
        best = [combination for score, combination in scored if score == least]
        self.by_identity = True
        kept = {row: list(dict.fromkeys(parts)) for row, parts in zip(open_rows, zip(*best, strict=True), strict=True)}
        return {row: Choice(kept[row], True) if row in kept else choice for row, choice in choices.items()}


def _values(row: str, columns: Sequence[str], reading: Reading) -> dict[Place, Decimal | None]:
    return {(row, column): cell.value for column, cell in zip(columns, reading, strict=True) if cell is not None}


def _describe(missing: Sequence[str], unsure: Sequence[str], is_partial: bool) -> str | None:
    """What is wrong with a table, in a sentence; None if nothing is."""
    parts = []
    if missing:
        parts.append(f"no row for {', '.join(missing)}")
    if unsure:
        parts.append(f"which column the cells are of is not sure for {', '.join(unsure)}")
    if is_partial:
        parts.append("some columns are missing")
    return "; ".join(parts) or None
