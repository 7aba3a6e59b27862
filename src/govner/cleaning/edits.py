"""Edits of a text, and the text they make with the place of each of its characters in the one before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int32]


class Edit(NamedTuple):
    """Characters `start` to `end` become `new`.

    kind (str): What was wrong.
    places (tuple[tuple[int, int], ...] | None): For each character of `new`, start and end of the characters that hold
        it, neither ever falling; None where all of them hold each.
    guesses (tuple[int, ...]): Which characters of `new` are no more than likely.
    """

    start: int
    end: int
    new: str
    kind: str
    places: tuple[tuple[int, int], ...] | None = None
    guesses: tuple[int, ...] = ()


def one_for_one(start: int, new: str, kind: str) -> Edit:
    """An edit that exchanges each character for another."""
    end = start + len(new)
    return Edit(start, end, new, kind, tuple((at, at + 1) for at in range(start, end)))


def apply_edits(text: str, edits: Sequence[Edit]) -> tuple[str, Places, Places]:
    """Make the edited text.

    text (str): A text.
    edits (Sequence[Edit]): Edits of it in order, apart from each other, none of them empty.
    RETURNS (tuple[str, int32, int32]): The new text; for each of its characters, start and end of what holds it.
    """
    parts: list[str] = []
    held: list[tuple[int, int]] = []
    at = 0
    for edit in edits:
        parts += (text[at : edit.start], edit.new)
        held += edit.places or [(edit.start, edit.end)] * len(edit.new)
        at = edit.end
    parts.append(text[at:])
    # What is kept and what is new take turns.
    borders = np.array([0, *(border for edit in edits for border in edit[:2]), len(text)], np.int32)
    lengths = np.fromiter(map(len, parts), np.int32, len(parts))
    firsts = np.cumsum(lengths, dtype=np.int32) - lengths
    kept = np.arange(len(parts)) % 2 == 0
    starts = np.arange(int(lengths.sum()), dtype=np.int32) + np.repeat(borders[:-1] - firsts, lengths)
    ends = starts + 1
    is_new = ~np.repeat(kept, lengths)
    starts[is_new], ends[is_new] = np.array(held, np.int32).reshape(-1, 2).T
    return "".join(parts), starts, ends
