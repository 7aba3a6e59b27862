"""What the space between cells says: where a blank cell stands, and where the columns begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from govner.records.national.layouts import Token
from govner.records.national.runs import Run, text_gap

# Share of all gaps below which one size of them is rare.
_RARE: Final = 0.05


@dataclass(frozen=True)
class Spacing:
    """What separates the cells of a text.

    lines, spaces (int): Without bars or tabs: so many line breaks or so many spaces; 0 if unknown.
    keeps_blanks (bool): With them: empty cells are kept. Some pages drop them and put as many behind the row.
    """

    lines: int = 0
    spaces: int = 0
    keeps_blanks: bool = False


def measure_spacing(text: str, runs: Sequence[Run]) -> Spacing:
    """Find what separates cells: the least gap that is not rare."""
    lines: Counter[int] = Counter()
    spaces: Counter[int] = Counter()
    keeps = False
    for run in runs:
        cells = run.filled
        if cells and cells[0].cell >= 0:
            keeps |= _keeps_blanks(run)
        elif len(cells) > 1:
            for gap in text_gap(text, run)[0]:
                breaks = gap.count("\n")
                (lines if breaks else spaces)[breaks or len(gap)] += 1
    if lines.total() > spaces.total():
        return Spacing(_least(lines), 0, keeps)
    return Spacing(0, _least(spaces), keeps)


def _keeps_blanks(run: Run) -> bool:
    """Whether a blank stands before a cell."""
    kinds = [cell.kind for cell in run.cells]
    return (
        "blank" in kinds
        and kinds.index("blank") < len(kinds) - 1
        and any(kind != "blank" for kind in kinds[kinds.index("blank") :])
    )


def _least(gaps: Counter[int]) -> int:
    return min((gap for gap, count in gaps.items() if count >= _RARE * gaps.total()), default=0)


def slots_by_space(text: str, run: Run, spacing: Spacing, width: int) -> list[Token | None] | None:
    """Find the blanks that more than the usual space beside cells shows.

    text (str): The text of the report.
    run (Run): A row.
    spacing (Spacing): What separates the cells.
    width (int): How many columns the row has.
    RETURNS (list[Token | None] | None): Its cells and blanks; None if space says nothing.
    """
    unit = spacing.lines or spacing.spaces
    if not unit:
        return None
    between, before, after = text_gap(text, run)
    if spacing.lines:
        sizes = [gap.count("\n") for gap in (before, *between, after)]
    else:
        # Within a row a line break is only where it was wrapped; spaces at its ends may be blanks.
        sizes = [unit + len(before.rpartition("\n")[2]) if "\n" in before else len(before)]
        sizes += [unit if "\n" in gap else len(gap) for gap in between]
        sizes += [unit + len(after.partition("\n")[0]) if "\n" in after else len(after)]
    if any(size % unit for size in sizes[1:-1]):
        return None
    first, *inner, last = (size // unit - 1 if size and size % unit == 0 else 0 for size in sizes)
    slots: list[Token | None] = []
    for cell, blanks in zip(run.filled, [*inner, last], strict=True):
        slots.extend([cell, *[None] * blanks])
    # Spaces where a line begins may be nothing but its indent.
    is_indent = "\n" in before and not spacing.lines and first + len(slots) != width
    return slots if is_indent else [*[None] * first, *slots]


@dataclass(frozen=True)
class Leads:
    """How many blanks stand before the first column in rows with bars or tabs, by how many cells the rows have."""

    known: dict[int, int] = field(default_factory=dict)

    def start(self, slots: int, starts: Sequence[int]) -> int | None:
        """Where the columns of a row of so many cells begin, of where they may; None if the table does not show it."""
        # Where no row of this size shows it, rows of other sizes do, if all of them begin at once.
        start = self.known.get(slots, 0 if not any(self.known.values()) else None)
        return start if start in starts else None


def find_leads(rows: Sequence[tuple[Run, int]]) -> Leads:
    """Find how many blanks stand before the first column.

    rows (Sequence[tuple[Run, int]]): The rows of a table and how many columns each has.
    RETURNS (Leads): What those show whose cells and blanks have only one place.
    """
    possible: dict[int, set[int]] = {}
    for run, width in rows:
        slots = [None if cell.kind == "blank" else cell for cell in run.cells]
        if len(slots) >= width and any(slots) and run.cells[0].cell >= 0:
            starts = set(column_starts(slots, width))
            possible[len(slots)] = possible.get(len(slots), starts) & starts
    return Leads({size: min(starts) for size, starts in possible.items() if len(starts) == 1})


def column_starts(slots: Sequence[Token | None], width: int) -> Iterator[int]:
    """Where the columns of a row with blanks around it may begin."""
    places = [place for place, slot in enumerate(slots) if slot is not None]
    yield from (start for start in range(len(slots) - width + 1) if start <= places[0] and places[-1] < start + width)
