"""GBK that lost a byte: every character behind it is made of two halves, until the bytes fall into step again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from govner.cleaning.edits import Edit
from govner.cleaning.plausibility import code_points, rare_characters, score_codes, suspicious_lines
from govner.cleaning.repairs.gbk import characters_of_pairs, pairs_of_characters
from govner.cleaning.repairs.utf8 import LOST

# How much more plausible a stretch must be when its bytes are paired anew, on the whole and for each character, and how
# plausible for each character.
_CLEAR, _EACH, _LEAST = 20.0, 3.0, -10.0
# What a pair of bytes costs that is no character, and the half that is left over at an end.
_NO_PAIR, _HALF = -25.0, -8.0
_WORDS: Final = re.compile("[^\x00-\x7f\ufffd]{3,}")


def repair_shifted(text: str) -> list[Edit]:
    """Plan to pair the bytes of stretches anew where that is clearly more plausible."""
    words = [match.span() for line in suspicious_lines(text) for match in _WORDS.finditer(text, *line)]
    if not words:
        return []
    # One after the other, each with a character behind it that has no bytes.
    codes = np.minimum(code_points("".join(f"{text[start:end]}\0" for start, end in words)), np.uint32(0xFFFF))
    lengths = np.array([end - start for start, end in words])
    firsts = np.cumsum(lengths + 1) - lengths - 1
    has_rare = np.logical_or.reduceat(rare_characters()[codes], firsts).tolist()
    pairs = pairs_of_characters()[codes].astype(np.uint32)
    shifted_pairs = (pairs[:-1] & 0xFF) << 8 | pairs[1:] >> 8
    shifted = characters_of_pairs()[np.where((pairs[:-1] > 0) & (pairs[1:] > 0), shifted_pairs, 0)]
    scores = np.where(shifted > 0, score_codes(shifted.astype(np.uint32)), np.float32(_NO_PAIR))
    # The last character of some words has but a half to give.
    halves = np.append(scores, np.float32(_HALF))
    halves[firsts + lengths - 1] = _HALF
    gains = halves - score_codes(codes)
    # What has no bytes in GBK was not read as GBK.
    gains[pairs == 0] = -1000.0
    edits = []
    for (start, _), begin, length, may_be in zip(words, firsts.tolist(), lengths.tolist(), has_rare, strict=True):
        for first, last in _best_stretches(gains[begin : begin + length].tolist()) if may_be else ():
            part = slice(begin + first, begin + last)
            total = float(gains[begin + first : begin + last + 1].sum())
            if total >= _EACH * (last - first) and float(scores[part].mean()) >= _LEAST:
                half = int(pairs[begin + last]) & 0xFF
                edits.append(_edit(text, start + first, shifted[part].tolist(), half))
    return edits


def _edit(text: str, start: int, codes: list[int], half: int) -> Edit:
    """Characters from `start` on, each of `codes` made of the halves of two; those at the ends are lost."""
    new = [LOST, *(chr(code) if code else LOST for code in codes)]
    end = start + len(codes) + 1
    places = [(start, start + 1), *((at, at + 2) for at in range(start, end - 1))]
    if half < 0x80:
        new.append(chr(half))
        places.append((end - 1, end))
    else:
        new.append(LOST)
        # The question mark behind is what became of the other half.
        behind = end + (text[end : end + 1] in ("?", LOST))
        places.append((end - 1, behind))
        end = behind
    if text[start - 1 : start] in ("?", LOST):
        start -= 1
        places[0] = (start, places[0][1])
    return Edit(start, end, "".join(new), "shifted GBK", tuple(places))


def _best_stretches(gains: list[float]) -> Iterator[tuple[int, int]]:
    """First and last place of the stretches that are worth more than `_CLEAR`, the best way to choose them."""
    plain, chosen = 0.0, -_CLEAR
    came_from: list[tuple[bool, bool]] = []
    for gain in gains:
        stays, ends = chosen >= plain - _CLEAR, chosen > plain
        came_from.append((ends, stays))
        # Each choice looks at what was best before this place.
        chosen, plain = (chosen if stays else plain - _CLEAR) + gain, chosen if ends else plain
    inside = chosen > plain
    last = len(gains) - 1
    for at in range(len(gains) - 1, -1, -1):
        ends, stays = came_from[at]
        if inside:
            if not stays:
                if last > at:
                    yield at, last
                inside = False
        elif ends:
            inside, last = True, at - 1
    if inside and last > 0:
        yield 0, last
