"""Mend mentions where their borders follow from a rule: marks pair, and a web address is whole.

By the guidelines a mention has both marks of a pair or neither: a name wholly inside marks leaves them outside, marks
inside a longer name stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from spacy.attrs import ORTH
from spacy.tokens import Doc, Span

_PAIRS: Final = {"“": "”", "‘": "’", "(": ")", "《": "》", "〈": "〉", "「": "」", "『": "』"}
_CLOSING: Final = {closing: opening for opening, closing in _PAIRS.items()}
_FOLDED: Final = {"（": "(", "）": ")"}
ADDRESS_STARTS: Final = ("http", "www")
_ADDRESS: Final = re.compile(r"[A-Za-z0-9._~:/?#@!$&*+,;=%-]+")
_CLAUSE_MARKS: Final = ".,:;!?"
# Tokens that an address may go on for.
_LONGEST: Final = 200
MARKS: Final = frozenset((*_PAIRS, *_CLOSING, *_FOLDED))


def may_need_mending(doc: Doc, mentions: Sequence[tuple[int, int, str]]) -> list[bool]:
    """Which mentions have a mark, white space or Latin letters in them; `mended` leaves the others as they are.

    doc (Doc): The document.
    mentions (Sequence[tuple]): Start and end token and label of each.
    RETURNS (list[bool]): One for each mention.
    """
    orths, places = np.unique(doc.to_array(ORTH), return_inverse=True)
    strings = doc.vocab.strings
    telling = np.array([_is_telling(strings[orth]) for orth in orths.tolist()], bool)
    before = np.concatenate(([0], np.cumsum(telling[places])))
    borders = np.array([mention[:2] for mention in mentions], np.intp).reshape(-1, 2)
    return (before[borders[:, 1]] > before[borders[:, 0]]).tolist()


@lru_cache(maxsize=50_000)
def _is_telling(token: str) -> bool:
    return token in MARKS or token.isspace() or (token[0].isascii() and token[0].isalpha())


def mended(doc: Doc, span: Span, after: int, before: int) -> Span | None:
    """Mend the borders of a mention.

    doc (Doc): The document.
    span (Span): The mention.
    after (int): End of the mention before it; the start does not move beyond.
    before (int): Start of the mention after it; the end does not move beyond.
    RETURNS (Span | None): The mention as it is or mended; None where nothing but white space is left.
    """
    text, start, end = span.text, span.start, span.end
    if not MARKS.isdisjoint(text):
        low, high = max(start - 1, after), min(end + 1, before)
        tokens = [doc[place].text for place in range(low, high)]
        start, end = (low + place for place in pair_marks(tokens, start - low, end - low, 0, high - low))
    elif text[:4].lower().startswith(ADDRESS_STARTS):
        reached = doc[start : min(before, end + _LONGEST)]
        tokens, spaces = [token.text for token in reached], [bool(token.whitespace_) for token in reached]
        end = start + complete_address(tokens, spaces, 0, end - start, len(tokens))
    if start == end or text.isspace():
        return None
    return span if (start, end) == (span.start, span.end) else Span(doc, start, end, label=span.label)


def pair_marks(tokens: Sequence[str], start: int, end: int, after: int, before: int) -> tuple[int, int]:
    """Move a border of a mention by one token where that pairs its marks.

    tokens (Sequence[str]): Texts of a document's tokens.
    start, end (int): The mention's tokens.
    after (int): End of the mention before it; the start does not move beyond.
    before (int): Start of the mention after it; the end does not move beyond.
    RETURNS (tuple[int, int]): The mended start and end, equal where nothing is left; unchanged unless just one mark
        lacks its partner.
    """
    opened: list[int] = []
    alone: list[int] = []
    for place in range(start, end):
        mark = _fold(tokens[place])
        if mark in _PAIRS:
            opened.append(place)
        elif mark in _CLOSING:
            if opened and _PAIRS[_fold(tokens[opened[-1]])] == mark:
                opened.pop()
            else:
                alone.append(place)
    if len(opened) + len(alone) != 1:
        return start, end
    if opened:
        if opened[0] == start:
            return start + 1, end
        if end < before and _fold(tokens[end]) == _PAIRS[_fold(tokens[opened[0]])]:
            return start, end + 1
    elif alone[0] == end - 1:
        return start, end - 1
    elif start > after and _fold(tokens[start - 1]) == _CLOSING[_fold(tokens[alone[0]])]:
        return start - 1, end
    return start, end


def complete_address(tokens: Sequence[str], spaces: Sequence[bool], start: int, end: int, before: int) -> int:
    """Find where the web address that a mention begins with ends (RFC 3986, without marks that end a clause).

    tokens (Sequence[str]): Texts of a document's tokens.
    spaces (Sequence[bool]): Whether each is followed by a space.
    start, end (int): The mention's tokens.
    before (int): Start of the mention after it; the end does not move beyond.
    RETURNS (int): The end; that of the mention where it is no address, or is whole.
    """
    if not tokens[start].lower().startswith(ADDRESS_STARTS):
        return end
    longest = end
    while longest < before and not spaces[longest - 1] and _ADDRESS.fullmatch(tokens[longest]):
        longest += 1
    while longest > end and tokens[longest - 1] in _CLAUSE_MARKS:
        longest -= 1
    return longest


def _fold(token: str) -> str:
    return _FOLDED.get(token, token)
