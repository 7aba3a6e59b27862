"""Pinyin in brackets after Chinese characters, as some pages give it: 公(gōng)开(kāi).

It says nothing that the characters do not, and tears them apart; so it is found here and left unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

_SOUND: Final = r"[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6}[)）]"
_HAN: Final = "[\u3400-\u4dbf\u4e00-\u9fff〇]"
_AFTER_CHARACTER: Final = re.compile(rf"(?<={_HAN}){_SOUND}")
# One character with a Latin word in brackets is no sign; two in a row are.
_TWO_IN_A_ROW: Final = re.compile(rf"{_SOUND}{_HAN}{_SOUND}")


def find_sounds(text: str) -> Iterator[tuple[int, int]]:
    """Find the bracketed sounds of a text.

    text (str): Any text.
    YIELDS (tuple[int, int]): Start and end of each, brackets included; none unless two characters in a row have theirs.
    """
    if _TWO_IN_A_ROW.search(text):
        for match in _AFTER_CHARACTER.finditer(text):
            yield match.span()


def read_characters(text: str) -> NDArray[np.intp] | None:
    """Offsets of the characters that are no sounds (ints, in order); None if all are to be read."""
    unread = list(find_sounds(text))
    if not unread:
        return None
    read = np.ones(len(text), bool)
    for start, end in unread:
        read[start:end] = False
    return np.flatnonzero(read)
