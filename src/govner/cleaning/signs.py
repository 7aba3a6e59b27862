"""Which kinds of damage a text may have at all, by its characters: one look for all repairs."""

from __future__ import annotations

from enum import IntFlag
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from govner.cleaning.plausibility import code_points, rare_characters
from govner.cleaning.repairs.invisible import INVISIBLE
from govner.cleaning.repairs.script import TRADITIONAL_ONLY
from govner.cleaning.repairs.symbols import SYMBOLS
from govner.cleaning.repairs.widths import WIDE


class Sign(IntFlag):
    """What a character may be a sign of."""

    AMPERSAND = 1
    LATIN = 2
    RARE = 4
    INVISIBLE = 8
    WIDE = 16
    LETTER = 32
    SYMBOL = 64
    SPACE = 128
    TRADITIONAL = 256
    LINE = 512


_PLAIN: Final = {
    "&": Sign.AMPERSAND,
    " ": Sign.SPACE,
    "\n": Sign.LINE,
    **{chr(code): Sign.LATIN for code in range(0xC0, 0x100) if chr(code).isalpha()},
    "(": Sign.LETTER,
    "（": Sign.LETTER,
}


@lru_cache(maxsize=4)
def signs_of(text: str) -> int:
    """All signs that the characters of a text give, as a number (operations of IntFlag take long)."""
    if not text:
        return 0
    codes = np.minimum(code_points(text), np.uint32(0xFFFF))
    return int(np.bitwise_or.reduce(_table()[codes]))


@cache
def _table() -> NDArray[np.uint16]:
    table = np.zeros(0x10000, np.uint16)
    for char, sign in _PLAIN.items():
        table[ord(char)] |= int(sign)
    for chars, sign in (
        (INVISIBLE, Sign.INVISIBLE),
        (WIDE, Sign.WIDE),
        (SYMBOLS, Sign.SYMBOL),
        (TRADITIONAL_ONLY, Sign.TRADITIONAL),
    ):
        table[[ord(char) for char in chars if ord(char) < 0xFFFF]] |= int(sign)
    table[rare_characters()] |= int(Sign.RARE)
    # All characters outside the basic plane share the last place.
    table[0xFFFF] |= int(Sign.INVISIBLE | Sign.WIDE)
    return table
