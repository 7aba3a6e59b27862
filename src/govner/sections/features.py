"""Features of a paragraph: its words, its opening, the headings above it, its shape and place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from govner.layers.known_bag import Bags
from govner.scheme import PARAGRAPHS_KEY
from govner.text.sounds import read_characters
from govner.tokens.characters import fold
from govner.tokens.text import text_of

Keys = NDArray[np.uint64]
Ints = NDArray[np.intp]

FIELDS: Final = ("words", "opening", "nearest heading", "outermost heading", "shape")
# Characters of a paragraph that are read; what it is about shows early.
_READ, _OPENING = 240, 14
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)


def paragraph_features(doc: Doc) -> Bags:
    """Compute the features of a document's paragraphs.

    doc (Doc): With `spans["paragraphs"]` set by `govner_paragraphs`.
    RETURNS (Bags): Keys by field, in the order of `FIELDS`, and paragraph.
    """
    group = doc.spans[PARAGRAPHS_KEY]
    text = text_of(doc)
    codes = _fold_codes(text)
    starts = np.array([span.start_char for span in group], np.intp)
    ends = np.array([span.end_char for span in group], np.intp)
    read = read_characters(text)
    if read is not None:
        codes, starts, ends = codes[read], np.searchsorted(read, starts), np.searchsorted(read, ends)
    paths = group.attrs["heading_path"]
    fields = [
        _ngrams(codes, starts, np.minimum(ends, starts + _READ), (2, 3)),
        _ngrams(codes, starts, np.minimum(ends, starts + _OPENING), (1, 2, 3)),
        _heading_ngrams([path[-1] if path else "" for path in paths]),
        _heading_ngrams([path[0] if path else "" for path in paths]),
        _shapes(codes, starts, ends, np.array(group.attrs["level"], np.intp), np.array([*map(len, paths)], np.intp)),
    ]
    return Bags([keys for keys, _ in fields], [lengths for _, lengths in fields])


_table = np.zeros(0x10000, np.uint32)


def _fold_codes(text: str) -> NDArray[np.uint32]:
    """Code points of a text, each folded on its own (digits to 0, one width); offsets stay."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    low = np.minimum(codes, 0xFFFF)
    unknown = np.unique(low[_table[low] == 0])
    for code in unknown.tolist():
        _table[code] = ord(fold(chr(code))[0]) if not 0xD800 <= code < 0xE000 else code
    return np.where(codes < 0x10000, _table[low], codes)


def _ngrams(codes: NDArray[np.uint32], starts: Ints, ends: Ints, sizes: tuple[int, ...]) -> tuple[Keys, Ints]:
    """Keys of the n-grams of some sizes of stretches of a text; no n-gram reaches over a stretch's ends.

    codes (uint32, n): The text.
    starts, ends (ints, m): The stretches.
    RETURNS (tuple): Keys by stretch, and how many each has (m).
    """
    wide = codes.astype(np.uint64)
    counts = np.stack([np.maximum(ends - starts - size + 1, 0) for size in sizes])
    keys = np.empty(int(counts.sum()), np.uint64)
    # Each stretch has its n-grams of the first size, then those of the next.
    before = np.cumsum(counts.T.ravel()) - counts.T.ravel()
    for number, size in enumerate(sizes):
        places = _ranges(starts, counts[number])
        key = np.full(len(places), size, np.uint64)
        for offset in range(size):
            key = key * _MIX + wide[places + offset]
            key ^= key >> np.uint64(31)
        keys[_ranges(before[number :: len(sizes)], counts[number])] = key
    return keys, counts.sum(axis=0)


def _ranges(starts: Ints, lengths: Ints) -> Ints:
    """The numbers of some ranges, laid end to end."""
    total = int(lengths.sum())
    begins = np.cumsum(lengths) - lengths
    return np.arange(total) + np.repeat(starts - begins, lengths)


def _heading_ngrams(headings: Sequence[str]) -> tuple[Keys, Ints]:
    """N-grams of a heading for each paragraph; many paragraphs share one."""
    distinct = {heading: number for number, heading in enumerate(dict.fromkeys(headings))}
    lengths = np.array([len(heading) for heading in distinct], np.intp)
    ends = np.cumsum(lengths)
    keys, counts = _ngrams(_fold_codes("".join(distinct)), ends - lengths, ends, (1, 2, 3))
    which = np.array([distinct[heading] for heading in headings], np.intp)
    if not len(which):
        return keys, which
    starts = np.cumsum(counts) - counts
    return keys[_ranges(starts[which], counts[which])], counts[which]


def _shapes(codes: NDArray[np.uint32], starts: Ints, ends: Ints, levels: Ints, depths: Ints) -> tuple[Keys, Ints]:
    """Keys for length, number level, depth of headings, place in the report and punctuation."""
    count = len(starts)
    numbers = np.arange(count)
    sizes = np.maximum(ends - starts, 1)
    lengths = np.log2(sizes + 1).astype(np.intp)
    last = codes[np.maximum(ends - 1, 0)] if len(codes) else np.zeros(0, np.uint32)
    facts = (
        levels,
        np.minimum(depths, 4),
        lengths,
        levels * 32 + lengths,
        np.minimum(numbers, 6),
        np.minimum(count - 1 - numbers, 6),
        10 * numbers // max(count, 1),
        np.rint(5 * _count(codes, "0", starts, ends) / sizes).astype(np.intp),
        last.astype(np.intp),
        np.minimum(_count(codes, "|", starts, ends), 3),
        np.minimum(_count(codes, ",", starts, ends), 3),
        np.where(depths == 0, levels + 1, 0),
    )
    keys = np.stack([fact.astype(np.uint64) + np.uint64(number << 32) for number, fact in enumerate(facts)], axis=1)
    return (keys * _MIX).ravel(), np.full(count, len(facts), np.intp)


def _count(codes: NDArray[np.uint32], char: str, starts: Ints, ends: Ints) -> Ints:
    """How often a character stands in each stretch."""
    before = np.concatenate(([0], np.cumsum(codes == ord(char))))
    return np.asarray(before[ends] - before[starts], np.intp)
