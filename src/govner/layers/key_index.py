"""Find 64-bit keys among known ones, many at once.

A hash table with open addressing and linear probing (Knuth, The Art of Computer Programming, volume 3, section 6.4) in
numpy arrays: all keys are probed together, and again those that met another key.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Rows = NDArray[np.int32]

_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
# Slots for each key: probes seldom meet another key.
_SLOTS: Final = 4


class KeyIndex:
    """The place of each of some keys.

    keys (uint64, n): Different keys.
    """

    def __init__(self, keys: Keys) -> None:
        self._made_of = keys
        bits = max(int(_SLOTS * len(keys) - 1).bit_length(), 4)
        self._shift, self._mask = np.uint64(64 - bits), (1 << bits) - 1
        # The place after the last stands for an empty slot.
        self._empty = len(keys)
        self._keys = np.append(keys, np.uint64(0))
        self._places = np.full(1 << bits, self._empty, np.int32)
        pending = np.arange(len(keys), dtype=np.int32)
        slots = self._home(keys)
        while len(pending):
            # The last key that wants a free slot gets it; the others go on to the next.
            free = self._places[slots] == self._empty
            self._places[slots[free]] = pending[free]
            left = self._places[slots] != pending
            pending, slots = pending[left], (slots[left] + 1) & self._mask

    def find(self, keys: Keys) -> Rows:
        """Look up keys.

        keys (uint64, any shape): What to look for.
        RETURNS (int32, same shape): The place of each key among the known ones; -1 for a key that is not known.
        """
        flat = keys.ravel()
        slots = self._home(flat)
        places = self._places.take(slots)
        missed = np.flatnonzero(self._keys.take(places) != flat)
        missed_places = places[missed]
        places[missed] = -1
        met = missed[missed_places != self._empty]
        if not self._empty:
            places[:] = -1
        wanted, slots = flat[met], slots[met]
        while len(met):
            slots = (slots + 1) & self._mask
            found = self._places.take(slots)
            going_on = found != self._empty
            hit = going_on & (self._keys.take(found) == wanted)
            places[met[hit]] = found[hit]
            going_on &= ~hit
            met, wanted, slots = met[going_on], wanted[going_on], slots[going_on]
        # A key of 0 meets the end of the keys in an empty slot.
        places[places == self._empty] = -1
        return places.reshape(keys.shape)

    def knows(self, keys: object) -> bool:
        """Whether it was made of just this array; a layer's array is another one once the layer is loaded anew."""
        return keys is self._made_of

    def _home(self, keys: Keys) -> NDArray[np.int64]:
        return ((keys * _SPREAD) >> self._shift).view(np.int64)
