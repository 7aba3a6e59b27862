"""Characters of which two of three bytes are left, guessed by what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from govner.cleaning.plausibility import Scores, code_points, score_pairs
from govner.cleaning.repairs.utf8 import Data, Units

# So much likelier than the next is likely enough.
_FAR: Final = 3.0
# Inside Chinese text readers of GBK lose the byte 80: how much likelier it is there. A wide blank is less likely than
# it is between the columns of tables.
_USUAL, _USUAL_BYTE = 4.0, 0x80
_BLANK: Final = -3.0
# First bytes of Chinese characters and punctuation.
_LEADS: Final = (*range(0xE2, 0xEA), 0xEF)
# How many holes are weighed at a time.
_TOGETHER: Final = 1024


class _Hole(NamedTuple):
    """Three bytes with question marks for what is lost, whether other characters follow, and those around them."""

    left: bytes
    is_inside: bool
    before: str
    after: str


def fill_holes(
    units: Units, data: Data, spans: Sequence[tuple[int, int]], around: Sequence[tuple[str, str]]
) -> list[tuple[str, tuple[int, ...]]]:
    """Put the characters of stretches together, and those that lack a byte if one alone is likely there.

    units (Units): The characters of some bytes.
    data (uint16, n): The bytes.
    spans (Sequence[tuple[int, int]]): Numbers of the first unit of each stretch and of the one behind its last.
    around (Sequence[tuple[str, str]]): The characters before and behind each, if any.
    RETURNS (list[tuple[str, tuple[int, ...]]]): For each the characters, and which of them are likely and no more.
    """
    texts = [units.chars[first:last] for first, last in spans]
    filled: list[tuple[str, tuple[int, ...]]] = [(text, ()) for text in texts]
    partial = np.flatnonzero(units.partial)
    if not len(partial) or not spans:
        return filled
    lefts = data[units.starts[partial, None] + np.arange(3)].astype(np.uint8)
    starts, stops = (np.searchsorted(partial, borders).tolist() for borders in zip(*spans, strict=True))
    places = partial.tolist()
    # All are weighed with what stands around them as it is; those behind a filled one again.
    with_holes: list[tuple[int, list[tuple[int, _Hole]]]] = []
    for number, (start, stop) in enumerate(zip(starts, stops, strict=True)):
        if start < stop:
            padded = (around[number][0], *texts[number], around[number][1])
            holes = []
            for row in range(start, stop):
                at = places[row] - spans[number][0]
                left = lefts[row].tobytes()
                is_inside = at + 1 < len(texts[number]) or left[2] != ord("?")
                holes.append((at, _Hole(left, is_inside, padded[at], padded[at + 2])))
            with_holes.append((number, holes))
    weighed = list(dict.fromkeys(hole for _, holes in with_holes for _, hole in holes))
    known = dict(zip(weighed, _likely_characters(weighed), strict=True))
    for number, holes in with_holes:
        chars = list(texts[number])
        guesses = []
        for at, hole in holes:
            if at and chars[at - 1] != hole.before:
                hole = hole._replace(before=chars[at - 1])
                if hole not in known:
                    known[hole] = _likely_characters([hole])[0]
            if likely := known[hole]:
                chars[at] = likely
                guesses.append(at)
        filled[number] = ("".join(chars), tuple(guesses))
    return filled


def _likely_characters(holes: list[_Hole]) -> list[str]:
    """For each the one character that is far likelier than all others; else nothing."""
    found = []
    for start in range(0, len(holes), _TOGETHER):
        part = holes[start : start + _TOGETHER]
        tried = [_possible(hole.left, hole.is_inside) for hole in part]
        counts = [len(codes) for codes, _ in tried]
        codes = np.concatenate([codes for codes, _ in tried])
        befores = np.repeat(code_points("".join(hole.before or "\n" for hole in part)), counts)
        afters = np.repeat(code_points("".join(hole.after or "\n" for hole in part)), counts)
        scores = score_pairs(befores, codes) + score_pairs(codes, afters) + np.concatenate([more for _, more in tried])
        borders = np.cumsum([0, *counts]).tolist()
        found += [_clearest(codes[first:last], scores[first:last]) for first, last in pairwise(borders)]
    return found


def _clearest(codes: NDArray[np.uint32], scores: Scores) -> str:
    if len(codes) < 2:
        return ""
    second, best = np.argpartition(scores, -2)[-2:].tolist()
    return chr(codes[best]) if scores[best] - scores[second] > _FAR else ""


@cache
def _possible(left: bytes, is_inside: bool) -> tuple[NDArray[np.uint32], Scores]:
    """The characters that the bytes may be of, and by how much each is likelier than what stands around it says."""
    if left.endswith(b"??"):
        left, is_inside = left[:1] + b"\x80?", False
    hole = left.index(b"?")
    codes, more = [], []
    for byte in _LEADS if hole == 0 else range(0x80, 0xC0):
        try:
            code = ord((left[:hole] + bytes((byte,)) + left[hole + 1 :]).decode())
        except UnicodeDecodeError:
            continue
        codes.append(code)
        more.append((_USUAL if is_inside and byte == _USUAL_BYTE else 0.0) + (_BLANK if code == 0x3000 else 0.0))
    return np.array(codes, np.uint32), np.array(more, np.float32)
