"""The bytes of characters in GBK, and those that pairs of bytes stand for."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint16]

NONE: Final = 0


@cache
def characters_of_pairs() -> Codes:
    """By two bytes as one number: the code point they stand for in GBK, with its private rows; 0 for none."""
    table = np.zeros(0x10000, np.uint16)
    for lead in range(0x81, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            try:
                char = bytes((lead, trail)).decode("gb18030")
            except UnicodeDecodeError:
                continue
            if len(char) == 1 and ord(char) < 0x10000:
                table[lead << 8 | trail] = ord(char)
    return table


@cache
def pairs_of_characters() -> Codes:
    """By code point: the two bytes as one number; 0 for characters that have none."""
    table = np.zeros(0x10000, np.uint16)
    chars = characters_of_pairs()
    pairs = np.flatnonzero(chars)
    table[chars[pairs]] = pairs
    return table
