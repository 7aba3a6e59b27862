"""The table of reviews and lawsuits: in one row of fifteen cells, or a row for each kind of case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from govner.records.national.cells import make_cell, make_row
from govner.records.national.labels import Label, outcome_at_end
from govner.records.national.readings import choose, sums
from govner.records.national.runs import Run
from govner.records.national.spacing import Leads, Spacing, find_leads
from govner.records.national.templates import OUTCOMES, TEMPLATES
from govner.records.schema import Cell, Evidence, NationalTable, TableEdition

_OUTCOME: Final = re.compile("维持|纠正|审结")
_CASES: Final = tuple(row.id for row in TEMPLATES["remedies", "2021"].rows)
_OUTCOME_IDS: Final = tuple(column.id for column in OUTCOMES)
_WIDTH: Final = len(_OUTCOME_IDS)
_ALL: Final = _WIDTH * len(_CASES)
# Fewest cells of a row for all cases and of a row for one of them, and most of the latter (with blanks behind them).
_LEAST_ALL, _LEAST_ONE, _MOST_ONE = 8, 3, 7
# How the words after a row begin, if a row without cells follows, and how far in the label of a second may begin.
_AFTER_LABELS: Final = ("未经复议", "复议后起诉", "行政诉讼未经", "行政诉讼复议后")
_LONGEST_LABEL: Final = 12
# How far back its header may begin, in characters of its words, and how far apart its rows are, in runs.
_HEADER: Final = 160
_LONGEST_BREAK: Final = 4


@dataclass
class _Found:
    """The runs of one table: one for all cases, or one for each case or for each outcome."""

    whole: int | None = None
    cases: dict[str, int] = field(default_factory=dict)
    last: int = -1


def read_remedies(text: str, runs: Sequence[Run], edition: TableEdition, spacing: Spacing) -> list[NationalTable]:
    """Read all tables of reviews and lawsuits in a text.

    text (str): The text of a report.
    runs (Sequence[Run]): Its runs.
    edition (TableEdition): Which edition of the form it has; the table is the same in both.
    spacing (Spacing): What separates its cells.
    RETURNS (list[NationalTable]): The tables in order.
    """
    tables = []
    for found in _find(runs):
        if found.whole is not None:
            tables.append(_read_whole(text, runs[found.whole], edition, spacing))
        else:
            tables.append(_read_cases(text, runs, found, edition, spacing))
    tables.extend(_read_by_outcome(text, runs, edition))
    return tables


def _find(runs: Sequence[Run]) -> list[_Found]:
    found: list[_Found] = []
    for place, run in enumerate(runs):
        # One number with a comma after it is of a sentence, unless all columns are named one by one.
        if run.taken or not run.cells or (run.in_prose and len(run.named) < _WIDTH):
            continue
        labels = _case_labels(run)
        case = labels[-1].row if labels else None
        if run.named:
            if case is not None and run.named.keys() & {"upheld", "corrected", "pending"}:
                _add_case(found, case, place)
        elif _is_whole(run, labels):
            found.append(_Found(whole=place, last=place))
        elif case is not None and _is_case(run, found, place):
            _add_case(found, case, place)
    return [group for group in found if group.whole is not None or _is_table(runs, group)]


def _is_whole(run: Run, labels: Sequence[Label]) -> bool:
    """Whether it is one row for all cases."""
    has_outcomes = _has_outcomes(run)
    if len(run.cells) >= _LEAST_ALL:
        return bool(labels) or has_outcomes
    return len({label.row for label in labels}) > 1 and has_outcomes and run.last_label("remedies") is None


def _is_case(run: Run, found: Sequence[_Found], place: int) -> bool:
    """Whether it is the row of a case."""
    size = len(run.cells)
    if _has_outcomes(run) and _LEAST_ONE <= size <= _MOST_ONE:
        return True
    if run.last_label("remedies") is None:
        return False
    # A row with fewer cells has blanks, if it is next to others.
    goes_on = bool(found) and found[-1].whole is None and place - found[-1].last == 1
    return _WIDTH <= size <= _MOST_ONE or _has_outcomes(run) or goes_on


def _has_outcomes(run: Run) -> bool:
    return bool(_OUTCOME.search(run.words[-_HEADER:]))


def _case_labels(run: Run) -> list[Label]:
    """Labels of cases near the cells, but for 行政复议 in the heading of the section (行政复议、行政诉讼情况)."""
    start = len(run.words) - _HEADER
    return [
        label
        for label in run.labels
        if label.kind == "remedies" and label.start >= start and not run.words.startswith("行政诉讼", label.end)
    ]


def _add_case(found: list[_Found], case: str, place: int) -> None:
    group = found[-1] if found else None
    if group is None or group.whole is not None or case in group.cases or place - group.last > _LONGEST_BREAK + _WIDTH:
        group = _Found()
        found.append(group)
    group.cases[case] = place
    group.last = place


def _is_table(runs: Sequence[Run], group: _Found) -> bool:
    rows = [runs[place] for place in group.cases.values()]
    if any(len(run.named) >= 2 or len(run.cells) >= _WIDTH for run in rows):
        return True
    return len(rows) > 1 and any(len(run.cells) >= _LEAST_ONE for run in rows)


def _total_first(run: Run, width: int) -> bool:
    """Whether the header has 总计 before the outcomes, and the sums do not speak against it."""
    words, cells = run.words[-_HEADER:], run.filled
    total, upheld = words.find("总计"), words.find("维持")
    if not 0 <= total < upheld:
        return False
    fits = sums(True)
    return len(cells) != width or all(fits(tuple(cells[start : start + _WIDTH])) for start in range(0, width, _WIDTH))


def _read_whole(text: str, run: Run, edition: TableEdition, spacing: Spacing) -> NationalTable:
    """The table from its one row of fifteen cells."""
    total_first = _total_first(run, _ALL)
    choice = choose(text, run, _ALL, spacing, Leads(), sums(total_first), len(_CASES))
    outcomes = _turned(total_first)
    after, direct = run.words.find("复议后起诉"), run.words.find("未经复议")
    cases = (_CASES[0], _CASES[2], _CASES[1]) if 0 <= after < direct else _CASES
    cells = {}
    for number, case in enumerate(cases):
        block = [reading[number * _WIDTH : (number + 1) * _WIDTH] for reading in choice.readings]
        for cell in make_row(text, case, outcomes, block, run.cells):
            cells[cell.row, cell.column] = cell
    return _make(text, [run], cells, edition, choice.by_identity)


def _read_cases(
    text: str, runs: Sequence[Run], found: _Found, edition: TableEdition, spacing: Spacing
) -> NationalTable:
    """The table from a row for each kind of case."""
    rows = [runs[place] for place in found.cases.values()]
    leads = find_leads([(run, _WIDTH) for run in rows])
    cells: dict[tuple[str, str], Cell] = {}
    for case in _blank_cases(runs, found):
        cells |= {(case, name): make_cell(text, case, name, None) for name in _OUTCOME_IDS}
    by_identity = total_first = False
    for case, place in found.cases.items():
        run = runs[place]
        if run.named:
            for name, token in run.named.items():
                cells[case, name] = make_cell(text, case, name, token)
            continue
        # A header above the first row holds for all.
        total_first = total_first or _total_first(run, _WIDTH)
        choice = choose(text, run, _WIDTH, spacing, leads, sums(total_first))
        by_identity |= choice.by_identity
        for cell in make_row(text, case, _turned(total_first), choice.readings, run.cells):
            cells[case, cell.column] = cell
    return _make(text, rows, cells, edition, by_identity)


def _blank_cases(runs: Sequence[Run], found: _Found) -> set[str]:
    """Cases whose label stands before or after a row, without cells."""
    blank = set()
    for place in found.cases.values():
        run = runs[place]
        header = max((match.end() for match in re.finditer("总计|审结", run.words)), default=0)
        blank |= {label.row for label in _case_labels(run) if label.start >= header}
    after = runs[found.last + 1] if found.last + 1 < len(runs) else None
    if after is not None and after.words.startswith(_AFTER_LABELS):
        blank |= {label.row for label in after.labels[:2] if label.kind == "remedies" and label.start <= _LONGEST_LABEL}
    return blank - set(found.cases)


def _read_by_outcome(text: str, runs: Sequence[Run], edition: TableEdition) -> list[NationalTable]:
    """Tables with a row for each outcome and a column for each kind of case."""
    tables = []
    for place in range(len(runs) - _WIDTH + 1):
        rows = runs[place : place + _WIDTH]
        if any(len(run.filled) != len(_CASES) for run in rows):
            continue
        names = [outcome_at_end(rows[0].words), *(outcome_at_end(run.words) for run in rows[1:])]
        if set(names) == set(_OUTCOME_IDS):
            cells = {
                (case, name): make_cell(text, case, name, token)
                for name, run in zip(names, rows, strict=True)
                for case, token in zip(_CASES, run.filled, strict=True)
                if name is not None
            }
            tables.append(_make(text, rows, cells, edition, False))
    return tables


def _turned(total_first: bool) -> tuple[str, ...]:
    return (_OUTCOME_IDS[-1], *_OUTCOME_IDS[:-1]) if total_first else _OUTCOME_IDS


def _make(
    text: str, runs: Sequence[Run], found: dict[tuple[str, str], Cell], edition: TableEdition, by_identity: bool
) -> NationalTable:
    cells = tuple(
        found.get((row.id, column.id)) or make_cell(text, row.id, column.id, None, False)
        for row in TEMPLATES["remedies", edition].rows
        for column in row.columns
    )
    missing = [row.label for row in TEMPLATES["remedies", edition].rows if not any(row.id == key[0] for key in found)]
    unsure = any(not cell.certain and cell.kind != "blank" for cell in cells)
    problems = [f"no row for {', '.join(missing)}"] if missing else []
    if unsure:
        problems.append("which column the cells are of is not sure")
    label = next(iter(_case_labels(runs[0])), None)
    start = runs[0].offset(label.start) if label else runs[0].cells[0].start
    end = max(cell.end for run in runs for cell in [*run.cells, *run.named.values()])
    return NationalTable(
        kind="remedies",
        edition=edition,
        cells=cells,
        evidence=Evidence(start=start, end=end, text=text[start:end]),
        chosen_by_identity=by_identity,
        problem="; ".join(problems) or None,
    )
