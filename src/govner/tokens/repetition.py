"""How often what stands at a token is said again in the document.

A report names its own place, body and people again and again. Characters that keep together while their neighbours
change are a name, even one that no list knows; and what stands before 市, 县 or 镇 anywhere in the report is a place
wherever else it stands. Chinese word discovery calls the two signs cohesion and branching (Harris 1955).
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Ints = NDArray[np.int64]

DIVISIONS: Final = "市县区盟旗州省镇乡"
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
# Counting tables have this many times the slots of a document's tokens, so that counts are seldom shared, but no more
# than fit in the cache: in a very long document what is repeated is repeated often.
_ROOM: Final = 16
_LEAST_BITS: Final = 14
_MOST_BITS: Final = 20
_MOST: Final = 5


def repetition_features(codes: Keys) -> tuple[Keys, Keys, Keys, Keys]:
    """Describe the repetition of the characters around each token.

    codes (uint64, n): Code points of Chinese characters; 0 for other tokens.
    RETURNS (tuple of uint64, n): How often the pairs beginning at, before and after a token occur, with how many
        different characters before them; the same seen from the right, with those after them; how often pairs around
        the token stand before one of `DIVISIONS`; how often the triples around it occur.
    """
    after, third = _shift(codes, 1), _shift(codes, 2)
    before = _shift(codes, -1)
    table = _Counts(len(codes))
    is_pair = (codes != 0) & (after != 0)
    pairs = table.slots((codes << np.uint64(21)) | after)
    counts = _bucket(table.count(pairs, is_pair), is_pair)
    starts = table.kinds(pairs, before, is_pair)
    ends = table.kinds(pairs, third, is_pair)
    in_places = np.minimum(table.count(pairs, is_pair & _is_division()[third & np.uint64(0xFFFF)]), 3)
    in_places = np.where(is_pair, in_places, 0).astype(np.uint64)
    is_triple = is_pair & (third != 0)
    triples = table.slots((codes << np.uint64(42)) | (after << np.uint64(21)) | third)
    triple_counts = _bucket(table.count(triples, is_triple), is_triple)
    return (
        _join((_shift(counts, -1), counts, _shift(counts, 1), starts), 8),
        _join((_shift(counts, -2), _shift(counts, -1), counts, _shift(ends, -1)), 8),
        _join((_shift(in_places, -2), _shift(in_places, -1), in_places, _shift(in_places, 1)), 4),
        _join((_shift(triple_counts, -2), _shift(triple_counts, -1), triple_counts, _shift(triple_counts, 1)), 8),
    )


class _Counts:
    """Counts hashed keys of one document in time that grows with its length alone."""

    def __init__(self, size: int) -> None:
        bits = min(max((_ROOM * size).bit_length(), _LEAST_BITS), _MOST_BITS)
        self._shift, self._size = np.uint64(64 - bits), 1 << bits

    def slots(self, keys: Keys) -> Ints:
        mixed = keys * _MIX
        return (((mixed ^ (mixed >> np.uint64(32))) * _MIX) >> self._shift).astype(np.int64)

    def count(self, slots: Ints, chosen: NDArray[np.bool_]) -> Ints:
        """For each item, how many chosen items have its slot."""
        return np.bincount(slots[chosen], minlength=self._size)[slots]

    def kinds(self, slots: Ints, neighbours: Keys, chosen: NDArray[np.bool_]) -> Keys:
        """For each item, how many different neighbours the chosen items with its slot have, up to 4."""
        joint = self.slots(slots.astype(np.uint64) ^ (neighbours << np.uint64(40)))
        one_of_each = np.zeros(self._size, np.int64)
        places = np.flatnonzero(chosen)
        one_of_each[joint[places]] = places
        first = places[one_of_each[joint[places]] == places]
        kinds = np.bincount(slots[first], minlength=self._size)[slots]
        return np.where(chosen, np.minimum(kinds, 4), 0).astype(np.uint64)


def _bucket(counts: Ints, chosen: NDArray[np.bool_]) -> Keys:
    """1 for once, 2 for twice, 3 up to four times, and so on; 0 for what is not chosen."""
    return np.where(chosen, np.minimum(np.ceil(np.log2(np.maximum(counts, 1))), _MOST) + 1, 0).astype(np.uint64)


def _shift(values: Keys, offset: int) -> Keys:
    """The value `offset` tokens further on; 0 beyond the ends."""
    moved = np.zeros_like(values)
    if offset >= 0:
        moved[: max(len(values) - offset, 0)] = values[offset:]
    else:
        moved[-offset:] = values[:offset]
    return moved


def _join(parts: tuple[Keys, ...], base: int) -> Keys:
    key = np.zeros_like(parts[0])
    for part in parts:
        key = key * np.uint64(base) + part
    return key + np.uint64(1)


@cache
def _is_division() -> NDArray[np.bool_]:
    table = np.zeros(0x10000, bool)
    table[[ord(char) for char in DIVISIONS]] = True
    return table
