"""Stretches of UTF-8 in bytes, with holes where bytes are lost."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

LOST: Final = "\ufffd"
# What stands in data where no byte is: it breaks a stretch.
NO_BYTE: Final = 0x100
_LOST_CODE: Final = 0xFFFD
# The longest run of bytes that is looked at together.
_LONGEST: Final = 5

Data = NDArray[np.uint16]
Bools = NDArray[np.bool_]


class Units(NamedTuple):
    """The characters that bytes spell, in order, by their number.

    starts, ends (intp, n): First byte and the one behind the last.
    chars (str): The characters; `LOST` where bytes spell none.
    partial (bool, n): Three bytes with a hole among them, of which the character can be guessed.
    firsts, lasts (intp, m): The stretches: numbers of their first units and of those behind their last. Each unit of a
        stretch begins where the one before ends.
    """

    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    chars: str
    partial: Bools
    firsts: NDArray[np.intp]
    lasts: NDArray[np.intp]


def find_units(data: Data) -> Units:
    """Find stretches of characters beyond ASCII.

    data (uint16, n): Bytes; `?` for one or two that are lost, `NO_BYTE` where a stretch must break.
    RETURNS (Units): What they spell; no stretch begins or ends with a question mark that is no hole.
    """
    lengths, holes = _measure(data)
    starts = np.flatnonzero(lengths)
    ends = starts + lengths[starts]
    is_hole = holes[starts]
    codes = _decode(data, starts, lengths[starts])
    codes[is_hole] = _LOST_CODE
    partial = is_hole & (ends - starts == 3)
    firsts, lasts = _stretches(starts, ends, codes == _LOST_CODE, partial)
    return Units(starts, ends, codes.astype("<u4").tobytes().decode("utf-32-le"), partial, firsts, lasts)


def _measure(data: Data) -> tuple[NDArray[np.intp], Bools]:
    """By place: how many bytes the unit that begins there has, 0 for none; and whether it has a hole.

    Of characters of two bytes only those are units that reports have, such as ·: many pairs in GBK are others by
    chance.
    """
    count = len(data)
    padded = np.concatenate((data, np.full(_LONGEST, NO_BYTE, np.uint16)))
    continues, marks = padded & 0x1C0 == 0x80, padded == ord("?")
    next_1, next_2, next_3, next_4 = (continues[by : by + count] for by in range(1, 5))
    mark, mark_1, mark_2 = (marks[by : by + count] for by in range(3))
    of_three = data & 0x1F0 == 0xE0
    of_two = (data == 0xC2) | (data == 0xC3)
    of_four = (data == 0xF0) & (padded[1 : count + 1] >= 0x90)
    lengths = np.zeros(count, np.intp)
    lengths[of_two & next_1] = 2
    lengths[of_three & next_1 & next_2] = 3
    lengths[of_four & next_1 & next_2 & next_3] = 4
    # A hole takes the bytes behind it that continue a character, two at most.
    both, late, early = of_three & mark_1 & mark_2, of_three & next_1 & mark_2, of_three & mark_1 & ~mark_2
    taken = np.zeros(count + 2, np.bool_)
    taken[1 : count + 1] |= both | early
    taken[2:] |= both | late
    alone = mark & ~taken[:count]
    for where, least, follows, after in (
        (late, 3, next_3, next_4),
        (early, 2, next_2, next_3),
        (alone, 1, next_1, next_2),
    ):
        lengths[where] = (least + follows.astype(np.intp) + (follows & after))[where]
    lengths[both] = 3
    return lengths, both | late | early | alone


def _decode(data: Data, starts: NDArray[np.intp], lengths: NDArray[np.intp]) -> NDArray[np.uint32]:
    """The code points of units, as if all were whole; that of `LOST` where there is none."""
    rows = data[np.minimum(starts[:, None] + np.arange(4), len(data) - 1)].astype(np.uint32)
    tails = rows & 0x3F
    two = (rows[:, 0] & 0x1F) << 6 | tails[:, 1]
    three = (rows[:, 0] & 0x0F) << 12 | tails[:, 1] << 6 | tails[:, 2]
    four = (rows[:, 0] & 0x07) << 18 | tails[:, 1] << 12 | tails[:, 2] << 6 | tails[:, 3]
    three[(three < 0x800) | (three & 0xF800 == 0xD800)] = _LOST_CODE
    return np.select([lengths == 2, lengths == 4], [two, four], three).astype(np.uint32)


def _stretches(
    starts: NDArray[np.intp], ends: NDArray[np.intp], lost: Bools, partial: Bools
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """First units of stretches and those behind their last, of stretches in which anything can be read."""
    if not len(starts):
        return starts, starts
    firsts = np.flatnonzero(np.concatenate(([True], starts[1:] != ends[:-1])))
    lasts = np.append(firsts[1:], len(starts))
    inside = ~(lost & (ends - starts == 1))
    firsts = next_place(inside)[firsts]
    lasts = previous_place(inside)[lasts - 1] + 1
    readable = np.concatenate(([0], np.cumsum(~lost | partial)))
    kept = firsts < lasts
    kept[kept] = readable[lasts[kept]] > readable[firsts[kept]]
    return firsts[kept], lasts[kept]


def next_place(where: Bools) -> NDArray[np.intp]:
    """By place: the first at or behind it that is true; the number of places where there is none."""
    places = np.where(where, np.arange(len(where)), len(where))
    return np.minimum.accumulate(places[::-1])[::-1]


def previous_place(where: Bools) -> NDArray[np.intp]:
    """By place: the last at or before it that is true; -1 where there is none."""
    return np.maximum.accumulate(np.where(where, np.arange(len(where)), -1))
