"""Words of the general language in a sequence of characters, as features of each character.

Every dictionary word of two to five characters that begins or ends at a character, and the longest one that covers
it, each with its word class: an input in the manner of SoftLexicon (Ma et al. 2020) without its word vectors. A
character tagger that knows where ordinary words lie does not cut names out of the middle of them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from govner.layers.key_index import KeyIndex

Keys = NDArray[np.uint64]

# Word classes, by their number in the lexicon; 0 is no word.
WORD_CLASSES: Final = ("person", "place", "body", "noun", "verb", "quality", "number", "function")
MAX_LENGTH: Final = 5
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)


def word_keys(codes: Keys, length: int) -> Keys:
    """Hash every stretch of `length` characters.

    codes (uint64, n): Code points.
    RETURNS (uint64, n - length + 1): Keys; 0 where a code in the stretch is 0.
    """
    count = max(len(codes) - length + 1, 0)
    keys = np.full(count, length, np.uint64)
    known = np.ones(count, bool)
    for offset in range(length):
        part = codes[offset : offset + count]
        keys = keys * _BASE + part
        known &= part != 0
    keys ^= keys >> np.uint64(32)
    return np.where(known, keys, np.uint64(0))


class Lexicon:
    """A set of words with their classes.

    keys (uint64, words): Sorted keys of the words, as `word_keys` makes them.
    classes (uint8, words): Class of each word, 1 for the first of `WORD_CLASSES`.
    """

    def __init__(self, keys: Keys, classes: NDArray[np.uint8]) -> None:
        self._index = KeyIndex(keys)
        # The last class is what a key that is not there finds.
        self._classes = np.append(classes, np.uint8(0))

    def __len__(self) -> int:
        return len(self._classes) - 1

    def find(self, keys: Keys) -> NDArray[np.uint8]:
        """Class of the word with each key; 0 where there is none."""
        return self._classes.take(self._index.find(keys))

    def features(self, codes: Keys) -> tuple[Keys, Keys, Keys]:
        """Describe the words around each character.

        codes (uint64, n): Code points; 0 for what is no word character.
        RETURNS (tuple of uint64, n): Keys for the words that begin at a character, for those that end at it, and for
            the longest that covers it (its length, class and the character's place in it).
        """
        n = len(codes)
        begins, ends = np.zeros(n, np.uint64), np.zeros(n, np.uint64)
        longest = np.zeros(n, np.uint64)
        for length in range(2, MAX_LENGTH + 1):
            found = self.find(word_keys(codes, length)).astype(np.uint64)
            begins = begins * np.uint64(16)
            ends = ends * np.uint64(16)
            begins[: len(found)] += found
            ends[length - 1 :] += found
            for place in range(length):
                span = longest[place : place + len(found)]
                # 0, 1 and 2 for the first, an inner and the last character.
                where = 0 if place == 0 else 2 if place == length - 1 else 1
                np.copyto(span, found * np.uint64(16) + np.uint64(length * 3 + where), where=found > 0)
        return begins, ends, longest


@cache
def load_lexicon() -> Lexicon:
    """Load the lexicon of the package (words of jieba 0.42.1's dictionary, MIT licence)."""
    with files("govner.data").joinpath("lexicon.npz").open("rb") as file:
        data = np.load(file)
        return Lexicon(data["keys"], data["classes"])
