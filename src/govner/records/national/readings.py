"""Which cell of a row stands in which column: all readings that what stands there allows, and how to choose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, combinations, islice, pairwise, product
from math import prod
from typing import Final

from govner.records.national.identities import adds_up
from govner.records.national.layouts import Token
from govner.records.national.runs import Run
from govner.records.national.spacing import Leads, Spacing, column_starts, slots_by_space

Reading = tuple[Token | None, ...]
Fits = Callable[[Reading], bool]
# Most cells too many of a row that are still read, and longest digits that may be several cells run together.
_MOST_EXTRA: Final = 2
_LONGEST_FUSED: Final = 40
# Most readings of a row that are looked at.
_MOST: Final = 1500


def sums(total_first: bool) -> Fits:
    """Whether the cells of a row add up to its first or its last."""

    def fits(reading: Reading) -> bool:
        values = [cell.value if cell is not None else None for cell in reading]
        return adds_up([*values[1:], values[0]] if total_first else values)

    return fits


@dataclass
class Choice:
    """The readings of a row that are left.

    readings (list[Reading]): None stands for a blank; one reading is a certain one.
    by_identity (bool): Whether a sum chose between more of them.
    """

    readings: list[Reading]
    by_identity: bool = False


def choose(
    text: str, run: Run, width: int, spacing: Spacing, leads: Leads, fits: Fits | None, blocks: int = 1
) -> Choice:
    """Choose which cell stands in which of the columns of a row.

    text (str): The text of the report.
    run (Run): The row.
    width (int): How many columns it has.
    spacing (Spacing): What separates its cells.
    leads (Leads): Where the columns of rows with bars or tabs begin.
    fits (Fits | None): Whether a reading, or one of its blocks, adds up; None for a row that has no sum.
    blocks (int): How many blocks of columns there are, each with a sum of its own.
    RETURNS (Choice): The readings left; none if it has more cells than columns.
    """
    cells = _whole_cells(run, width)
    filled = [cell for cell in cells if cell.kind != "blank"]
    if not filled:
        return Choice([(None,) * width])
    if len(filled) == width:
        return Choice([tuple(filled)])
    if len(filled) > width:
        return _choose_fewer(text, filled, width, _fit_all(fits, width // blocks) if fits else None)
    slots: list[Token | None] = [None if cell.kind == "blank" else cell for cell in cells]
    delimited = any(cell.cell >= 0 for cell in cells)
    if not delimited and (spaced := slots_by_space(text, run, spacing, width)) is not None:
        slots = spaced
    starts = list(column_starts(slots, width))
    start = leads.start(len(slots), starts) if spacing.keeps_blanks else None
    starts = starts if start is None else [start]
    placed = [tuple(slots[start : start + width]) for start in starts]
    exact = len(slots) == width and (not delimited or slots[-1] is not None)
    if len(placed) == 1 and (spacing.keeps_blanks or fits is None or exact):
        return Choice(placed)
    fit = _fit_all(fits, width // blocks) if fits else None
    guessed = [] if delimited else [_split_fused(filled, width)]
    padded: Reading = (*slots, *[None] * (width - len(slots)))
    if delimited and spacing.keeps_blanks and len(slots) == width - 1:
        # The bar or tab after the last blank is gone.
        placed = [padded]
    elif len(filled) < len(slots) < width:
        guessed.append([padded])
    if fits is not None or not placed:
        guessed.append(_spread(filled, width, fits, blocks))
    return _pick(placed, guessed, fit)


def _pick(placed: list[Reading], guessed: list[list[Reading]], fits: Fits | None) -> Choice:
    """Of readings that keep the places of cells and of levels of others, best first, those that add up.

    If none does, those that keep the places are left, or without sums all that are possible. A sum of nothing but
    noughts, or of one number, says nothing.
    """
    if fits is None:
        return Choice(placed or next((level for level in guessed if level), []))
    for level in (placed, *guessed):
        good = [reading for reading in level if fits(reading) and (len(level) == 1 or _says_something(reading))]
        if good:
            return Choice(good, len(placed) + sum(map(len, guessed)) > len(good))
    return Choice(placed)


def _says_something(reading: Reading) -> bool:
    return _numbers(reading) > 1


def _numbers(reading: Reading) -> int:
    """How many numbers other than 0 a reading has."""
    return sum(bool(cell.value) for cell in reading if cell is not None)


def _fit_all(fits: Fits, size: int) -> Fits:
    """Whether every block of a reading adds up that has more than noughts and blanks."""

    def fit(reading: Reading) -> bool:
        parts = [reading[start : start + size] for start in range(0, len(reading), size)]
        return all(fits(part) for part in parts if _numbers(part))

    return fit


def _whole_cells(run: Run, width: int) -> list[Token]:
    """The cells of a row; a number with a space in it is one cell, where bars or tabs say so."""
    cells = run.cells
    numbers = [cell.cell for cell in cells]
    if len(cells) <= width or numbers[0] < 0 or len(set(numbers)) != width:
        return cells
    whole: list[Token] = []
    for cell in cells:
        if whole and whole[-1].cell == cell.cell:
            last = whole.pop()
            both = last.kind == cell.kind == "number" and cell.text[0].isdigit()
            cell = last._replace(end=cell.end, text=last.text + cell.text, kind="number" if both else "other")
        whole.append(cell)
    return whole


def _choose_fewer(text: str, filled: list[Token], width: int, fits: Fits | None) -> Choice:
    """Readings of a row with more cells than columns."""
    if filled[-1].glued and len(filled) == width + 1:
        return Choice([tuple(filled[:-1])])
    if width == 1 and len({cell.text for cell in filled}) == 1:
        # A cell over several columns, said once for each.
        return Choice([(filled[0],)])
    lines: list[list[Token]] = [[]]
    for cell in filled:
        if lines[-1] and "\n" in text[lines[-1][-1].end : cell.start]:
            lines.append([])
        lines[-1].append(cell)
    full = [line for line in lines if len(line) == width]
    if width > 1 and len(full) == 1 and all(len(line) == 1 for line in lines if line is not full[0]):
        # The others are numbers of pages.
        return Choice([tuple(full[0])])
    while len(filled) > width and filled[-1].kind in ("slash", "dash"):
        filled = filled[:-1]
    if len(filled) == width:
        return Choice([tuple(filled)])
    if len(filled) > width + _MOST_EXTRA:
        return Choice([])
    joined = list(_joined(text, filled, width))
    dropped = list(combinations(filled, width)) if len(filled) == width + 1 else []
    return _pick_fitting([*joined, *dropped], fits)


def _pick_fitting(readings: list[Reading], fits: Fits | None) -> Choice:
    good = [reading for reading in readings if fits is not None and fits(reading)]
    return Choice(list(dict.fromkeys(good)), bool(good))


def _joined(text: str, filled: list[Token], width: int) -> Iterator[Reading]:
    """Readings in which a number has a space for its thousands (1 406)."""
    places = [
        place
        for place, (left, right) in enumerate(pairwise(filled))
        if left.kind == right.kind == "number"
        and len(left.text.lstrip("-")) <= 3
        and len(right.text) == 3
        and right.text.isdigit()
        and left.text.strip("-0")
        and text[left.end : right.start] in (" ", "\u3000", "\u00a0")
    ]
    for chosen in combinations(places, len(filled) - width):
        cells: list[Token] = []
        for place, cell in enumerate(filled):
            if place - 1 in chosen:
                last = cells.pop()
                cell = last._replace(end=cell.end, text=last.text + cell.text)
            cells.append(cell)
        yield tuple(cells)


def _spread(filled: Sequence[Token], width: int, fits: Fits | None, blocks: int) -> list[Reading]:
    """Readings of a row without its blanks; of several blocks of columns only those that each add up."""
    if blocks == 1:
        return list(_placed(filled, width))
    size = width // blocks
    found: list[Reading] = []
    for counts in product(range(size + 1), repeat=blocks):
        if sum(counts) != len(filled):
            continue
        borders = [0, *accumulate(counts)]
        parts = [
            [part for part in _placed(filled[left:right], size) if fits is None or not _numbers(part) or fits(part)]
            for left, right in pairwise(borders)
        ]
        if prod(map(len, parts)) + len(found) > _MOST:
            return []
        found.extend(tuple(chain.from_iterable(whole)) for whole in product(*parts))
    return found


def _placed(filled: Sequence[Token], width: int) -> Iterator[Reading]:
    for places in combinations(range(width), len(filled)):
        reading: list[Token | None] = [None] * width
        for place, cell in zip(places, filled, strict=True):
            reading[place] = cell
        yield tuple(reading)


def _split_fused(filled: Sequence[Token], width: int) -> list[Reading]:
    """Readings of a row whose digits have run together; none if there are too many of them."""
    fused = [cell for cell in filled if cell.kind == "number" and len(cell.text) > 1 and cell.text[0] == "0"]
    if (not fused and len(filled) > 1) or sum(len(cell.text) for cell in filled) > _LONGEST_FUSED:
        return []
    found = list(islice(_split(tuple(filled), width), _MOST + 1))
    return found if len(found) <= _MOST else []


def _split(cells: Reading, width: int) -> Iterator[Reading]:
    """Ways to take the digits of some cells apart into so many numbers, none of them with a nought before others."""
    if not cells:
        if not width:
            yield ()
        return
    cell, rest = cells[0], cells[1:]
    if cell is None or not width:
        return
    digits = cell.text if cell.text.isdigit() and cell.end - cell.start == len(cell.text) else ""
    if not digits:
        yield from ((cell, *others) for others in _split(rest, width - 1))
        return
    longest = 1 if digits[0] == "0" else len(digits)
    least = len(digits) if width == 1 else 1
    for size in range(least, longest + 1):
        first = cell._replace(end=cell.start + size, text=digits[:size])
        left = (cell._replace(start=cell.start + size, text=digits[size:]),) if size < len(digits) else ()
        yield from ((first, *others) for others in _split((*left, *rest), width - 1))
