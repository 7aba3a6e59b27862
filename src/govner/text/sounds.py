"""Pinyin in brackets after Chinese characters, as some pages give it: 公(gōng)开(kāi).

It says nothing that the characters do not, and tears them apart; so it is found here and left unread.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

_HAN: Final = "[\u3400-\u4dbf\u4e00-\u9fff〇]"
# Letters with or without tone marks, also combining ones, and those that Word's phonetic guide writes for a and g.
_LETTER: Final = "[A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹɑɡ\u0300\u0301\u0304\u030c]"
_IN_BRACKETS: Final = rf"[(（] ?(?P<letters>{_LETTER}{{1,12}}) ?[)）]"
_LIKELY: Final = re.compile(_IN_BRACKETS)
# A space between it and the next character that has its sound is a part of the layout too.
_AFTER_CHARACTER: Final = re.compile(rf"(?<={_HAN}){_IN_BRACKETS}(?: (?={_HAN} ?[(（]))?")
_SYLLABLE: Final = re.compile(r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiouü]{1,3}(?:ng?|r)?")
_TONES: Final = frozenset("\u0300\u0301\u0304\u030c")


def find_sounds(text: str) -> Iterator[tuple[int, int]]:
    """Find the bracketed sounds of a text.

    A syllable with a tone mark is one wherever it stands behind a character; one without, such as (gong), only where
    the characters of a row have theirs, since 微信(wei) may be anything.

    text (str): Any text.
    YIELDS (tuple[int, int]): Start and end of each, brackets included, in order.
    """
    if not _LIKELY.search(text):
        return
    row: list[tuple[int, int, str, bool]] = []
    for match in _AFTER_CHARACTER.finditer(text):
        letters, toned = _plain(match["letters"])
        if not _SYLLABLE.fullmatch(letters):
            continue
        if row and match.start() != row[-1][1] + 1:
            yield from _sounds_of(row)
            row = []
        row.append((*match.span(), letters, toned))
    yield from _sounds_of(row)


def read_characters(text: str) -> NDArray[np.intp] | None:
    """Offsets of the characters that are no sounds (ints, in order); None if all are to be read."""
    unread = list(find_sounds(text))
    if not unread:
        return None
    read = np.ones(len(text), bool)
    for start, end in unread:
        read[start:end] = False
    return np.flatnonzero(read)


def _plain(letters: str) -> tuple[str, bool]:
    """The letters without tone marks, in lower case, and whether there was one."""
    apart = unicodedata.normalize("NFD", letters)
    bare = "".join(char for char in apart if char not in _TONES)
    plain = unicodedata.normalize("NFC", bare).lower().replace("ɡ", "g").replace("ɑ", "a")
    return plain, len(bare) < len(apart)


def _sounds_of(row: list[tuple[int, int, str, bool]]) -> Iterator[tuple[int, int]]:
    """Of syllables behind characters in a row, those that are sounds."""
    is_row = len(row) > 1 and any(len(letters) > 1 for _, _, letters, _ in row)
    for start, end, _, toned in row:
        if toned or is_row:
            yield start, end
