"""Find where the tables stand: which runs of a text are the rows of which table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from govner.records.national.labels import ORDER, find_labels, likeness
from govner.records.national.runs import Run
from govner.records.national.templates import ALL_ROWS, Row
from govner.records.schema import TableKind

# Rows of one table: runs between two of them that are none, at most.
_LONGEST_BREAK: Final = 10
# Most rows looked at as one table.
_LONGEST_CHAIN: Final = 80
# Least likeness of words to a label with typing errors.
_LIKE: Final = 0.6
# Shortest label that is known by its likeness.
_SHORTEST: Final = 4
# How far into the words before and after a table's rows the labels of blank rows may stand, and where it ends.
_REACH: Final = 120
_NEXT_PART: Final = re.compile("收到和处理|复议行政诉讼|存在的主要问题")


@dataclass
class Group:
    """The rows of one table.

    rows (dict[str, int]): Place of the run of each row that has cells.
    blank (set[str]): Rows whose label stands there without cells.
    """

    rows: dict[str, int] = field(default_factory=dict)
    blank: set[str] = field(default_factory=set)


def find_groups(runs: Sequence[Run], kind: TableKind) -> list[Group]:
    """Find the rows of all tables of a kind.

    runs (Sequence[Run]): The runs of a text.
    kind (TableKind): "disclosure" or "requests".
    RETURNS (list[Group]): One for each table, in order.
    """
    order = ORDER[kind]
    chains: list[list[tuple[int, str]]] = []
    for place, run in enumerate(runs):
        label = run.last_label(kind) if run.cells and not run.taken and not run.in_prose else None
        if label is None and run.named and run.labels:
            label = run.labels[-1] if run.labels[-1].kind == kind else None
        if label is None or not label.row:
            continue
        last = chains[-1][-1] if chains else None
        far = last is None or place - last[0] > _LONGEST_BREAK or len(chains[-1]) >= _LONGEST_CHAIN
        again = last is not None and order[label.row] <= order[last[1]] and order[label.row] < 2
        if far or again:
            chains.append([])
        chains[-1].append((place, label.row))
    groups = []
    for chain in chains:
        chosen = _longest_rising([(place, order[row], len(runs[place].cells)) for place, row in chain])
        names = [row.id for row in ALL_ROWS[kind]]
        group = Group({names[number]: place for place, number in chosen})
        _add_damaged(runs, kind, group)
        _add_blank(runs, kind, group)
        groups.append(group)
    return groups


def _longest_rising(items: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Of items (place, number, weight) those of the heaviest sequence whose numbers rise."""
    best: list[tuple[int, list[tuple[int, int]]]] = []
    for index, (place, number, weight) in enumerate(items):
        before = [best[earlier] for earlier in range(index) if items[earlier][1] < number]
        total, path = max(before, key=lambda pair: pair[0], default=(0, []))
        best.append((total + weight, [*path, (place, number)]))
    return max(best, key=lambda pair: pair[0], default=(0, []))[1]


def _add_damaged(runs: Sequence[Run], kind: TableKind, group: Group) -> None:
    """Add rows whose labels are damaged: runs of several cells between two rows, by how like their words are."""
    rows = ALL_ROWS[kind]
    order = ORDER[kind]
    known = sorted((place, order[row]) for row, place in group.rows.items())
    used = {place for place, _ in known}
    borders = [(known[0][0] - 4, -1), *known, (known[-1][0] + 4, len(rows))]
    for (left, first), (right, last) in pairwise(borders):
        candidates = [row for row in rows[first + 1 : last] if len(row.label) >= _SHORTEST]
        places = [
            place
            for place in range(max(left + 1, 0), min(right, len(runs)))
            if place not in used and not runs[place].taken and not runs[place].named and _could_be(runs[place], kind)
        ]
        for place, row in _align(runs, places, candidates):
            group.rows[row.id] = place


def _could_be(run: Run, kind: TableKind) -> bool:
    return bool(run.words) and len(run.cells) >= (3 if kind == "requests" else 1) and not run.in_prose


def _align(runs: Sequence[Run], places: Sequence[int], rows: Sequence[Row]) -> list[tuple[int, Row]]:
    """Assign runs to rows, both in order, so that their words are as like the labels as can be."""
    if not places or not rows:
        return []
    scores = [
        [likeness(row, runs[place].words, runs[place + 1].words if place + 1 < len(runs) else "") for row in rows]
        for place in places
    ]
    best: list[tuple[float, list[tuple[int, Row]]]] = [(0.0, [])] * (len(rows) + 1)
    for place, line in zip(places, scores, strict=True):
        after = [best[0]]
        for number, (row, score) in enumerate(zip(rows, line, strict=True)):
            options = [best[number + 1], after[number]]
            if score >= _LIKE:
                total, path = best[number]
                options.append((total + score, [*path, (place, row)]))
            after.append(max(options, key=lambda pair: pair[0]))
        best = after
    return best[-1][1]


def _add_blank(runs: Sequence[Run], kind: TableKind, group: Group) -> None:
    """Add rows whose labels stand before or after those of rows with cells, without cells of their own."""
    order = ORDER[kind]
    known = sorted((place, order[row]) for row, place in group.rows.items())
    for index, (place, number) in enumerate(known):
        before = known[index - 1][1] if index else -1
        run = runs[place]
        reach = 0 if index else len(run.words) - _REACH
        for label in run.labels:
            if label.kind == kind and label.row and before < order[label.row] < number and label.start >= reach:
                group.blank.add(label.row)
    place, number = known[-1]
    if place + 1 < len(runs):
        words = runs[place + 1].words[:_REACH]
        end = _NEXT_PART.search(words)
        labels = find_labels(words[: end.start()] if end else words)
        group.blank |= {label.row for label in labels if label.kind == kind and label.row and order[label.row] > number}
    group.blank -= set(group.rows)
