"""The ruled tables of a page of a PDF, and the lines of words beside them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from govner.input.pdf.page import Rule, Word

# Rules this near to each other, in points, are one, and touch.
_NEAR: Final = 3.0
_SHORTEST: Final = 5.0
# A drawing with more rules than this is no table.
_MOST_RULES: Final = 600
# How far apart the middles of words of one line may be, in parts of their height.
_SAME_LINE: Final = 0.6
_COPY: Final = 0.2


class Line(NamedTuple):
    """Words beside each other, from left to right."""

    top: float
    words: list[Word]


@dataclass
class Cell:
    """A cell in a row; `carried` says that it began in a row above, where its words are."""

    words: list[Word] = field(default_factory=list)
    columns: int = 1
    carried: bool = False


class Row(NamedTuple):
    """A row of a ruled table; `table` counts the tables of a page."""

    top: float
    cells: list[Cell]
    table: int = 0


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Put words together in lines.

    words (Iterable[Word]): Words of a page or of a part of it.
    RETURNS (list[Line]): From top to bottom.
    """
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.left)):
        last = lines[-1][-1] if lines else None
        near = _SAME_LINE * (word.bottom - word.top)
        if last is not None and abs(word.top + word.bottom - last.top - last.bottom) < 2 * near:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(line[0].top, _without_copies(sorted(line))) for line in lines]


def _without_copies(words: list[Word]) -> list[Word]:
    """Words less those that are drawn again on the same place to make them bold."""
    kept = words[:1]
    for word in words[1:]:
        if word.text != kept[-1].text or word.left - kept[-1].left > _COPY * (word.bottom - word.top):
            kept.append(word)
    return kept


def divide(words: Sequence[Word], rules: Sequence[Rule]) -> tuple[list[Line], list[Row]]:
    """Take a page apart into lines and the rows of ruled tables; a frame around text is no table.

    words (Sequence[Word]): The words of the page.
    rules (Sequence[Rule]): Its straight lines.
    RETURNS (tuple[list[Line], list[Row]]): Each from top to bottom.
    """
    rows: list[Row] = []
    rest = list(words)
    for number, grid in enumerate(_grids(rules)):
        found, rest = grid.fill(rest)
        rows.extend(Row(top, cells, number) for top, cells in found)
    return lines_of(rest), sorted(rows, key=lambda row: row.top)


@dataclass
class _Grid:
    """A table cut at all its rules: units, and for each the number of the cell that it is of (None outside)."""

    xs: list[float]
    ys: list[float]
    cells: list[list[int | None]]

    def fill(self, words: Sequence[Word]) -> tuple[list[tuple[float, list[Cell]]], list[Word]]:
        """Its rows with the words that stand in them, and the other words."""
        inside: dict[int, list[Word]] = {}
        outside: list[Word] = []
        for word in words:
            row = bisect_right(self.ys, (word.top + word.bottom) / 2) - 1
            column = bisect_right(self.xs, word.middle) - 1
            known = 0 <= row < len(self.cells) and 0 <= column < len(self.xs) - 1
            cell = self.cells[row][column] if known else None
            if cell is None:
                outside.append(word)
            else:
                inside.setdefault(cell, []).append(word)
        return self._rows(inside), outside

    def _rows(self, inside: dict[int, list[Word]]) -> list[tuple[float, list[Cell]]]:
        """Its rows from top to bottom; cells of tables that merely lie beside each other are counted apart."""
        tables = _joined(self.cells)
        first: dict[int, int] = {}
        for row in self.cells:
            for column, cell in enumerate(row):
                if cell is not None:
                    first[cell] = min(first.get(cell, column), column)
        borders = {(tables[cell], column) for cell, column in first.items()}
        rows = []
        seen: set[int] = set()
        for top, numbers in zip(self.ys, self.cells, strict=False):
            cells: dict[int, Cell] = {}
            for column, number in enumerate(numbers):
                if number is None:
                    continue
                if number not in cells:
                    is_new = number not in seen
                    cells[number] = Cell(inside.get(number, []) if is_new else [], 0, not is_new)
                cells[number].columns += (tables[number], column) in borders
            seen.update(cells)
            rows.append((top, list(cells.values())))
        return rows


def _joined(cells: list[list[int | None]]) -> dict[int, int]:
    """For each cell a number that the cells of its table have in common: those that share corners with each other."""
    corners: dict[int, list[int]] = {}
    for row, numbers in enumerate(cells):
        for column, cell in enumerate(numbers):
            if cell is not None:
                box = corners.setdefault(cell, [row, column, row + 1, column + 1])
                box[:] = min(box[0], row), min(box[1], column), max(box[2], row + 1), max(box[3], column + 1)
    at: dict[tuple[int, int], list[int]] = {}
    for cell, (top, left, bottom, right) in corners.items():
        for corner in ((top, left), (top, right), (bottom, left), (bottom, right)):
            at.setdefault(corner, []).append(cell)
    tables: dict[int, int] = {}
    for cell in corners:
        reached = [] if cell in tables else [cell]
        tables.setdefault(cell, cell)
        for known in reached:  # grows while it is read
            top, left, bottom, right = corners[known]
            for corner in ((top, left), (top, right), (bottom, left), (bottom, right)):
                for other in at.pop(corner, ()):
                    if other not in tables:
                        tables[other] = cell
                        reached.append(other)
    return tables


def _grids(rules: Sequence[Rule]) -> Iterator[_Grid]:
    """The tables that rules make up, small ones first, since they may lie in cells of others."""
    across = _merge([rule for rule in rules if rule.bottom - rule.top < 1], True)
    down = _merge([rule for rule in rules if rule.right - rule.left < 1], False)
    if len(across) + len(down) > _MOST_RULES:
        return
    parts = []
    for part in _connected([*across, *down]):
        level = [rule for rule in part if rule.bottom == rule.top]
        upright = [rule for rule in part if rule.bottom != rule.top]
        if len(level) > 1 and upright:
            parts.append((level, _with_sides(level, upright)))
    for level, upright in sorted(parts, key=lambda part: _area(*part)):
        xs = sorted({rule.left for rule in upright})
        ys = sorted({rule.top for rule in level})
        cells = _cells(xs, ys, level, upright)
        if any(len({cell for cell in row if cell is not None}) > 1 for row in cells):
            yield _Grid(xs, ys, cells)


def _area(level: list[Rule], upright: list[Rule]) -> float:
    height = max(rule.top for rule in level) - min(rule.top for rule in level)
    return height * (max(rule.left for rule in upright) - min(rule.left for rule in upright))


def _merge(rules: list[Rule], level: bool) -> list[Rule]:
    """Rules on one line that touch each other made one, those that nearly lie on one line put on it."""
    turned = [rule if level else Rule(rule.top, rule.bottom, rule.left, rule.right) for rule in rules]
    turned.sort(key=lambda rule: rule.top)
    merged: list[Rule] = []
    start = 0
    for place in range(1, len(turned) + 1):
        if place < len(turned) and turned[place].top - turned[place - 1].top < _NEAR:
            continue
        group = turned[start:place]
        start = place
        if not group:
            continue
        where = sum(rule.top for rule in group) / len(group)
        left, right = None, 0.0
        for rule in sorted(group):
            if left is not None and rule.left <= right + _NEAR:
                right = max(right, rule.right)
                continue
            if left is not None:
                merged.append(Rule(left, right, where, where))
            left, right = rule.left, rule.right
        if left is not None:
            merged.append(Rule(left, right, where, where))
    merged = [rule for rule in merged if rule.right - rule.left >= _SHORTEST]
    return merged if level else [Rule(rule.top, rule.bottom, rule.left, rule.right) for rule in merged]


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.left <= other.right + _NEAR
        and other.left <= one.right + _NEAR
        and one.top <= other.bottom + _NEAR
        and other.top <= one.bottom + _NEAR
    )


def _connected(rules: list[Rule]) -> Iterator[list[Rule]]:
    """Rules in groups that touch."""
    left = list(rules)
    while left:
        group, ends = [left[0]], [left.pop(0)]
        while ends:
            end = ends.pop()
            touching = [rule for rule in left if _touch(rule, end)]
            left = [rule for rule in left if rule not in touching]
            group += touching
            ends += touching
        yield group


def _with_sides(level: list[Rule], upright: list[Rule]) -> list[Rule]:
    """The upright rules of a table, with those at its sides that are left out in print."""
    sides = list(upright)
    first, last = min(rule.left for rule in level), max(rule.right for rule in level)
    for where, side in (
        (first, [rule for rule in level if rule.left < first + _NEAR]),
        (last, [rule for rule in level if rule.right > last - _NEAR]),
    ):
        if len(side) > 1 and all(abs(rule.left - where) > _NEAR for rule in upright):
            sides.append(Rule(where, where, min(rule.top for rule in side), max(rule.top for rule in side)))
    return sides


def _cells(xs: list[float], ys: list[float], level: list[Rule], upright: list[Rule]) -> list[list[int | None]]:
    """The cell of each unit: units that no rule parts are of one; what is open to a side is outside."""
    columns, rows = len(xs) - 1, len(ys) - 1
    middles = [(one + other) / 2 for one, other in pairwise(xs)]
    levels = [(one + other) / 2 for one, other in pairwise(ys)]
    walls = {
        (x, row)
        for x, left in enumerate(xs)
        for rule in upright
        if rule.left == left
        for row, middle in enumerate(levels)
        if rule.top <= middle <= rule.bottom
    }
    floors = {
        (y, column)
        for y, top in enumerate(ys)
        for rule in level
        if rule.top == top
        for column, middle in enumerate(middles)
        if rule.left <= middle <= rule.right
    }
    cells: list[list[int | None]] = [[None] * columns for _ in range(rows)]
    seen: set[tuple[int, int]] = set()
    for row in range(rows):
        for column in range(columns):
            if (row, column) in seen:
                continue
            seen.add((row, column))
            units, closed = [(row, column)], True
            for r, c in units:  # grows while it is read
                for wall, beside in (
                    ((c, r) in walls, (r, c - 1)),
                    ((c + 1, r) in walls, (r, c + 1)),
                    ((r, c) in floors, (r - 1, c)),
                    ((r + 1, c) in floors, (r + 1, c)),
                ):
                    if wall:
                        continue
                    if not (0 <= beside[0] < rows and 0 <= beside[1] < columns):
                        closed = False
                    elif beside not in seen:
                        seen.add(beside)
                        units.append(beside)
            for r, c in units if closed else ():
                cells[r][c] = row * columns + column
    return cells
