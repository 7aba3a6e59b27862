"""Traditional script, where a line or the whole text is in it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from govner.cleaning.edits import Edit, one_for_one
from govner.cleaning.plausibility import code_points
from govner.text.script import simplified_characters


def _can_write(encoding: str, char: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


_SIMPLIFIED: Final = {old: new for old, new in simplified_characters().items() if new < "\U00010000"}
# 著 and 乾 are written in both scripts; only what one standard lacks is evidence of the other.
TRADITIONAL_ONLY: Final = frozenset(char for char in _SIMPLIFIED if not _can_write("gb2312", char))
_SIMPLIFIED_ONLY: Final = frozenset(
    char for char in _SIMPLIFIED.values() if char not in _SIMPLIFIED and not _can_write("big5", char)
)
_CHANGED: Final = re.compile("[{0}][{0}]*".format("".join(sorted(_SIMPLIFIED))))
_TABLE: Final = str.maketrans(_SIMPLIFIED)
_OLD, _NEW = 1, 2
# A line of its own script needs so many signs: a name may have one.
_FEWEST: Final = 4


def simplify_script(text: str) -> list[Edit]:
    """Plan simplified characters, one for one, for lines that are in traditional script."""
    codes = code_points(text + "\n")
    signs = _signs()[np.minimum(codes, np.uint32(0xFFFF))]
    breaks = np.flatnonzero(codes == ord("\n"))
    starts = np.concatenate(([0], breaks[:-1] + 1))
    old, new = (np.add.reduceat(signs == sign, starts, dtype=np.intp) for sign in (_OLD, _NEW))
    mostly = old.sum() >= _FEWEST and old.sum() > new.sum()
    chosen = (old >= (1 if mostly else _FEWEST)) & (old > 2 * new)
    return [
        one_for_one(match.start(), match[0].translate(_TABLE), "script")
        for start, end in zip(starts[chosen].tolist(), breaks[chosen].tolist(), strict=True)
        for match in _CHANGED.finditer(text, start, end)
    ]


@cache
def _signs() -> NDArray[np.uint8]:
    """By code point: what it is evidence of. All characters outside the basic plane share the last place."""
    table = np.zeros(0x10000, np.uint8)
    table[[ord(char) for char in TRADITIONAL_ONLY if char < "\uffff"]] = _OLD
    table[[ord(char) for char in _SIMPLIFIED_ONLY]] = _NEW
    return table
