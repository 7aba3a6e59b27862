"""What a character token looks like: a folded form and a class, and the features built from them.

Folding makes the model blind to differences that carry no meaning in crawled text: full-width or half-width
punctuation, the many brackets around a year, traditional or simplified script, and which digits a number has.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ORTH
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc

from govner.data import load_list
from govner.text.script import simplified_characters
from govner.text.sounds import read_characters
from govner.tokens.alignment import token_grid
from govner.tokens.lexicon import load_lexicon
from govner.tokens.text import text_of

Keys = NDArray[np.uint64]


class CharClass(IntEnum):
    """Coarse class of a character token."""

    NEWLINE = 1
    SPACE = 2
    DIGIT = 3
    NUMERAL = 4
    LATIN = 5
    OPEN = 6
    CLOSE = 7
    QUOTE = 8
    TITLE_OPEN = 9
    TITLE_CLOSE = 10
    COMMA = 11
    STOP = 12
    COLON = 13
    SYMBOL = 14
    HAN = 15


_FOLDED: Final = {
    **dict.fromkeys("[【〔﹝［〖", "["),
    **dict.fromkeys("]】〕﹞］〗", "]"),
    **dict.fromkeys("<〈‹＜«", "<"),
    **dict.fromkeys(">〉›＞»", ">"),
    **dict.fromkeys("\"＂'＇‘’", '"'),
    **dict.fromkeys("-－—–―─", "-"),
    **dict.fromkeys("·•・∙", "·"),
    **dict.fromkeys("〇○◯", "〇"),
    **dict.fromkeys("「『", "“"),
    **dict.fromkeys("」』", "”"),
    "。": "。",
    "、": "、",
}
_CLASSES: Final = {
    **dict.fromkeys("一二三四五六七八九十百千万亿零〇两", CharClass.NUMERAL),
    **dict.fromkeys("([", CharClass.OPEN),
    **dict.fromkeys(")]", CharClass.CLOSE),
    **dict.fromkeys('“”"', CharClass.QUOTE),
    **dict.fromkeys("《<", CharClass.TITLE_OPEN),
    **dict.fromkeys("》>", CharClass.TITLE_CLOSE),
    **dict.fromkeys(",、", CharClass.COMMA),
    **dict.fromkeys("。;!?", CharClass.STOP),
    ":": CharClass.COLON,
}

# A title in book-title marks longer than this is a mark that was never closed.
MAX_TITLE: Final = 120
_COMMON_SURNAMES: Final = 150
_CACHE_LIMIT: Final = 100_000
_NEWLINE: Final = hash_string("\n")


def fold(token: str) -> str:
    """Fold a token: one width, script and form of bracket, digits to zeros (as many as there are, up to six)."""
    if token in _FOLDED:
        return _FOLDED[token]
    plain = unicodedata.normalize("NFKC", token)
    if plain.isdecimal():
        return "0" * min(len(plain), 6)
    return _FOLDED.get(plain) or simplified_characters().get(plain) or plain.lower()


def classify(folded: str) -> CharClass:
    """Class of a folded token."""
    first = folded[:1]
    if found := _CLASSES.get(first):
        return found
    if first == "\n":
        return CharClass.NEWLINE
    if not first.strip():
        return CharClass.SPACE
    if first.isdecimal():
        return CharClass.DIGIT
    if first.isascii() and first.isalpha():
        return CharClass.LATIN
    return CharClass.HAN if unicodedata.category(first) == "Lo" else CharClass.SYMBOL


FEATURES: Final = (
    "char",
    "left bigram",
    "right bigram",
    "trigram",
    "classes",
    "enclosure",
    "position",
    "words begun",
    "words ended",
    "word around",
    "name characters",
)


class CharacterFeatures:
    """Turns the tokens of a `Doc` into hash keys, one column for each of `FEATURES`."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[int, int, int]] = {}

    def __call__(self, doc: Doc) -> Keys:
        """Compute the features of a document.

        doc (Doc): Character tokens (other tokens work, with less to see).
        RETURNS (uint64, tokens read x features): Keys of the tokens of `tokens_read`.
        """
        keys, classes, codes = self._look_up(doc)
        newline = newline_mask(doc)
        # Looking at classes is far cheaper than at the text, which few documents need.
        opening = np.flatnonzero(classes[:-1] == CharClass.OPEN)
        if np.isin(classes[opening + 1], (CharClass.LATIN, CharClass.SYMBOL)).any():
            read = tokens_read(doc)
            keys, classes, codes, newline = keys[read], classes[read], codes[read], newline[read]
        padded = np.concatenate(([np.uint64(1)], keys, [np.uint64(1)]))
        before, after = padded[:-2], padded[2:]
        around = np.concatenate(([0], classes, [0])).astype(np.uint64)
        columns = (
            keys,
            _combine(before, keys),
            _combine(keys, after) ^ np.uint64(1),
            _combine(_combine(before, keys), after),
            around[:-2] * 256 + around[1:-1] * 16 + around[2:] + np.uint64(1),
            _enclosures(keys, classes, newline),
            _positions(newline),
            *load_lexicon().features(codes),
            _name_characters(codes),
        )
        return np.stack(columns, axis=1).astype(np.uint64)

    def _look_up(self, doc: Doc) -> tuple[Keys, NDArray[np.int64], Keys]:
        """Key, class and code point (0 unless it is one Chinese character) of each token."""
        orths, inverse = np.unique(doc.to_array(ORTH), return_inverse=True)
        if len(self._known) > _CACHE_LIMIT:
            self._known.clear()
        found = np.empty((len(orths), 3), np.uint64)
        for row, orth in enumerate(orths.tolist()):
            entry = self._known.get(orth)
            if entry is None:
                folded = fold(doc.vocab.strings[orth])
                kind = classify(folded)
                code = ord(folded) if kind in (CharClass.HAN, CharClass.NUMERAL) and len(folded) == 1 else 0
                entry = self._known[orth] = (hash_string(folded), int(kind), code)
            found[row] = entry
        return found[inverse, 0], found[inverse, 1].astype(np.int64), found[inverse, 2]


def newline_mask(doc: Doc) -> NDArray[np.bool_]:
    """Which tokens of a document break the line."""
    return doc.to_array(ORTH) == np.uint64(_NEWLINE)


def tokens_read(doc: Doc) -> NDArray[np.intp]:
    """Places of the tokens that are read: all but those of bracketed sounds (see `govner.text.sounds`)."""
    characters = read_characters(text_of(doc))
    if characters is None:
        return np.arange(len(doc))
    return np.flatnonzero(np.isin(token_grid(doc).starts, characters))


def _combine(first: Keys, second: Keys) -> Keys:
    """Hash two keys into one; the order matters."""
    return (first * np.uint64(0x9E3779B97F4A7C15) + second) * np.uint64(0xC2B2AE3D27D4EB4F) ^ (second >> np.uint64(29))


@cache
def _name_roles() -> NDArray[np.uint64]:
    """By code point below 65536: 1 for a common surname, 2 for a rarer one, plus 3 if it occurs in given names."""
    roles = np.zeros(0x10000, np.uint64)
    singles = [surname for surname in load_list("surnames") if len(surname) == 1]
    for rank, surname in enumerate(singles):
        roles[ord(surname)] = 1 if rank < _COMMON_SURNAMES else 2
    for char in load_list("given_names"):
        roles[ord(char)] += np.uint64(3)
    return roles


def _name_characters(codes: Keys) -> Keys:
    """Whether a character and its neighbours occur as surnames and in given names."""
    roles = _name_roles()[np.minimum(codes, np.uint64(0xFFFF)).astype(np.intp)]
    padded = np.concatenate((np.zeros(2, np.uint64), roles, np.zeros(2, np.uint64)))
    count = len(roles)
    key = np.ones(count, np.uint64)
    for offset in range(5):
        key = key * np.uint64(6) + padded[offset : offset + count]
    return key


def _enclosures(keys: Keys, classes: NDArray[np.int64], newline: NDArray[np.bool_]) -> Keys:
    """For tokens between title marks: a key of the title's last two characters, which tell a paper from a document.

    A title reaches from an outermost opening mark to the mark that closes it on the same line.
    """
    found = np.zeros(len(keys), np.uint64)
    marks = np.flatnonzero((classes == CharClass.TITLE_OPEN) | (classes == CharClass.TITLE_CLOSE) | newline)
    depth, start = 0, 0
    for mark in marks.tolist():
        if newline[mark]:
            depth = 0
        elif classes[mark] == CharClass.TITLE_OPEN:
            if depth == 0:
                start = mark
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0 and mark - start <= MAX_TITLE and mark - start > 2:
                found[start : mark + 1] = _combine(keys[mark - 2 : mark - 1], keys[mark - 1 : mark])[0]
    return found


def _positions(newline: NDArray[np.bool_]) -> Keys:
    """Distance from the start and to the end of the line, up to 7 tokens each, as one key."""
    count = np.arange(len(newline))
    breaks = np.flatnonzero(newline)
    starts = np.concatenate(([0], breaks + 1))
    ends = np.concatenate((breaks, [len(newline)]))
    line = np.searchsorted(breaks, count, side="left")
    from_start = np.minimum(count - starts[line], 7)
    to_end = np.minimum(np.maximum(ends[line] - count, 0), 7)
    return (from_start * 8 + to_end + 1).astype(np.uint64)
