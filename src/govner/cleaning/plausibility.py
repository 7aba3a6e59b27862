"""How plausible a text is, character by character, as text of a report."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from govner.text.script import simplified_characters

Scores = NDArray[np.float32]

# Steps of a stored log-probability for each unit (natural logarithms).
QUANTUM: Final = 12
# What a pair that was never seen costs beyond its second character, and what characters cost that were never seen.
_UNSEEN_PAIR: Final = 1.0
_LEVEL_1, _LEVEL_2, _OTHER_HAN, _FOREIGN, _PRIVATE = -12.5, -14.5, -17.0, -17.0, -20.0
_TRADITIONAL: Final = 1.0
# A character below this is rare: two or fewer in the 700,000 of the reports.
_RARE: Final = -12.4
# So many rare characters, each so near to the next but two, say that something is wrong; in so many lines,
# and one in fifty, that it is everywhere.
_CLUSTER, _WITHIN, _EVERYWHERE = 3, 8, 3


class _Model(NamedTuple):
    """By code point: log-probability and number of a character; the keys of pairs and their log-probabilities."""

    singles: Scores
    places: NDArray[np.uint32]
    size: int
    pairs: NDArray[np.uint32]
    follows: Scores


def fold_character(char: str) -> str:
    """One digit for all digits, one letter for all Latin letters; any other character itself."""
    if char.isascii():
        return "0" if char.isdigit() else "a" if char.isalpha() else char
    return char


def code_points(text: str) -> NDArray[np.uint32]:
    """The code points of a text (uint32, one a character; lone surrogates too)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def score_codes(codes: NDArray[np.uint32]) -> Scores:
    """Score the characters of a text.

    codes (uint32, n): Code points.
    RETURNS (float32, n): Log-probability of each after the one before it.
    """
    first = _load().singles[np.minimum(codes[:1], np.uint32(0xFFFF))] - np.float32(_UNSEEN_PAIR)
    return np.concatenate((first, score_pairs(codes[:-1], codes[1:])))


def score_pairs(firsts: NDArray[np.uint32], seconds: NDArray[np.uint32]) -> Scores:
    """Log-probability of each second character after the first (code points: uint32, n)."""
    model = _load()
    scores = follow_scores(firsts, seconds)
    unseen = np.isneginf(scores)
    scores[unseen] = model.singles[np.minimum(seconds[unseen], np.uint32(0xFFFF))] - np.float32(_UNSEEN_PAIR)
    return scores


def follow_scores(firsts: NDArray[np.uint32], seconds: NDArray[np.uint32]) -> Scores:
    """The same, but minus infinity for a pair that was never seen."""
    model = _load()
    lefts = model.places[np.minimum(firsts, np.uint32(0xFFFF))]
    rights = model.places[np.minimum(seconds, np.uint32(0xFFFF))]
    keys = lefts * np.uint32(model.size) + rights
    at = np.minimum(np.searchsorted(model.pairs, keys), len(model.pairs) - 1)
    seen = (model.pairs[at] == keys) & (lefts > 0) & (rights > 0)
    return np.where(seen, model.follows[at], np.float32(-np.inf))


def plausibility(text: str) -> float:
    """Say how much the characters of a text beyond ASCII look like those of reports, in any order.

    text (str): Any text.
    RETURNS (float): The mean logarithm of their probabilities: about -6.5 for Chinese in either script, -14 for what a
        wrong encoding makes of it; 0 where all is ASCII.
    """
    codes = code_points(text)
    foreign = codes[codes > 0x7F]
    if not len(foreign):
        return 0.0
    return float(_load().singles[np.minimum(foreign, np.uint32(0xFFFF))].mean(dtype=np.float64))


def score_each(befores: Sequence[str], parts: Sequence[str]) -> NDArray[np.float64]:
    """Score many strings.

    befores (Sequence[str]): The one character that stands before each.
    parts (Sequence[str]): The strings.
    RETURNS (float64, n): Their log-probabilities.
    """
    if not parts:
        return np.empty(0, np.float64)
    scores = score_codes(code_points("".join(chain.from_iterable(zip(befores, parts, strict=True)))))
    lengths = np.fromiter(map(len, parts), np.intp, len(parts)) + 1
    starts = np.cumsum(lengths) - lengths
    scores[starts] = 0.0
    return np.add.reduceat(scores, starts, dtype=np.float64)


def follows(pairs: list[str]) -> Scores:
    """Log-probability of the second character of each pair after the first; minus infinity for a pair never seen."""
    codes = code_points("".join(pairs))
    return follow_scores(codes[::2], codes[1::2])


@lru_cache(maxsize=4)
def suspicious_lines(text: str) -> tuple[tuple[int, int], ...]:
    """Find where rare characters stand.

    text (str): Any text.
    RETURNS (tuple[tuple[int, int], ...]): The lines with some close together; where those are many, all with one.
    """
    codes = np.minimum(code_points(text), np.uint32(0xFFFF))
    rare = np.flatnonzero(rare_characters()[codes])
    if len(rare) < _CLUSTER:
        return ()
    close = rare[: 1 - _CLUSTER][rare[_CLUSTER - 1 :] - rare[: 1 - _CLUSTER] < _WITHIN]
    if not len(close):
        return ()
    breaks = np.flatnonzero(codes == 10)
    starts = np.concatenate(([0], breaks + 1))
    ends = np.append(breaks, len(codes))
    lines = np.unique(np.searchsorted(breaks, close))
    if len(lines) >= max(_EVERYWHERE, len(starts) // 50):
        lines = np.unique(np.searchsorted(breaks, rare))
    return tuple(zip(starts[lines].tolist(), ends[lines].tolist(), strict=True))


@cache
def rare_characters() -> NDArray[np.bool_]:
    """Which characters of the basic plane are rare."""
    rare = _load().singles < _RARE
    rare[:0x80] = False
    return rare


@cache
def _load() -> _Model:
    with files("govner.data").joinpath("characters.npz").open("rb") as file:
        data = np.load(file)
        characters, singles = data["characters"], data["singles"]
        pairs, follows = data["pairs"], data["follows"]
    table = _unseen()
    table[characters] = singles.astype(np.float32) / -QUANTUM
    places = np.zeros(0x10000, np.uint32)
    places[characters] = np.arange(1, len(characters) + 1)
    for like, chars in (("0", range(0x30, 0x3A)), ("a", (*range(0x41, 0x5B), *range(0x61, 0x7B)))):
        for codes in (list(chars), [code + 0xFEE0 for code in chars]):
            table[codes] = table[ord(like)]
            places[codes] = places[ord(like)]
    for old, new in simplified_characters().items():
        if ord(new) < 0x10000 and places[ord(new)]:
            table[ord(old)] = max(table[ord(old)], table[ord(new)] - _TRADITIONAL)
    return _Model(
        table,
        places,
        len(characters) + 1,
        np.cumsum(pairs, dtype=np.uint32),
        follows.astype(np.float32) / -QUANTUM,
    )


def _unseen() -> Scores:
    """Log-probabilities of characters that the reports do not have, by their level in GB 2312."""
    table = np.full(0x10000, _FOREIGN, np.float32)
    table[0x3400:0xA000] = _OTHER_HAN
    table[0xE000:0xF900] = _PRIVATE
    table[0xFFFD] = table[0xD800:0xE000] = _PRIVATE
    for lead in range(0xB0, 0xF8):
        row = bytes(byte for trail in range(0xA1, 0xFF) for byte in (lead, trail)).decode("gb2312", "ignore")
        table[[ord(char) for char in row]] = _LEVEL_1 if lead < 0xD8 else _LEVEL_2
    table[:0x80] = -9.0
    return table
