"""Words with a blank inside: 政府信 息公开."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from govner.cleaning.plausibility import code_points, follow_scores
from govner.data import load_list
from govner.tokens.lexicon import load_lexicon, word_keys

_HAN: Final = "[\u3400-\u4dbf\u4e00-\u9fff]"
_IS_HAN: Final = re.compile(_HAN)
_GAP: Final = re.compile(rf" (?<={_HAN} )(?={_HAN})")
# Least log-probability of the second character of a torn word after the first.
_COMMON: Final = -3.0


def torn_words(text: str) -> Iterator[int]:
    """Find single blanks inside words.

    text (str): Any text.
    YIELDS (int): Offsets of blanks on whose sides the two halves of a common word stand, and not two words.
    """
    gaps = np.array([match.start() for match in _GAP.finditer(text)], np.intp)
    if not len(gaps):
        return
    # Two characters on each side, of which the outer may be no part of the text.
    around = code_points(f"\0{text}\0")[gaps[:, None] + np.array([-1, 0, 2, 3])]
    across = around[:, 1:3]
    torn = _are_words(across) & (follow_scores(across[:, 0], across[:, 1]) > _COMMON)
    torn &= ~_are_words(around[:, :2]) & ~_are_words(around[:, 2:])
    for at in gaps[torn].tolist():
        if not _is_name(text, at):
            yield at


def _is_name(text: str, at: int) -> bool:
    """Whether a blank may be that behind a person's surname: 、幸 福、."""
    end = next((place for place in (at + 2, at + 3) if not _IS_HAN.match(text[place : place + 1])), None)
    return text[at - 1] in _surnames() and end is not None and bool(text[max(0, at - 2) : at - 1].strip())


@cache
def _surnames() -> frozenset[str]:
    return frozenset(name for name in load_list("surnames") if len(name) == 1)


def _are_words(pairs: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which pairs of code points are words."""
    return load_lexicon().find(word_keys(pairs.ravel().astype(np.uint64), 2)[::2]) > 0
