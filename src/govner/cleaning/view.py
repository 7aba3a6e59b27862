"""A repaired copy of a text that knows where each of its characters comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from govner.cleaning.edits import Places, apply_edits
from govner.cleaning.flags import find_flags
from govner.cleaning.passes import PASSES
from govner.cleaning.signs import signs_of

# One repair may uncover the next damage: an entity that stood for a blank between two digits. Deeper is no accident.
_MOST_ROUNDS: Final = 8


class Change(NamedTuple):
    """A place where the copy differs: `start` to `end` of the original, `copy_start` to `copy_end` of the copy.

    kind (str): What was wrong; several kinds joined by `+` where one place needed several repairs.
    before (str): What the original has.
    after (str): What the copy has.
    """

    start: int
    end: int
    copy_start: int
    copy_end: int
    kind: str
    before: str
    after: str


class Flag(NamedTuple):
    """Characters `start` to `end` of the original that are damaged and were not, or not wholly, repaired.

    kind (str): `masked`, `lost`, `private` or `garbled`; `guessed` where the copy has what is likely and no more.
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True, eq=False)
class View:
    """A repaired copy of a text, aligned with it to the character.

    original (str): The text as it was.
    text (str): The repaired copy; the same object where nothing was repaired.
    changes (tuple[Change, ...]): Where they differ, in order and apart from each other.
    flags (tuple[Flag, ...]): What is damaged and stays so.
    """

    original: str
    text: str
    changes: tuple[Change, ...] = ()
    flags: tuple[Flag, ...] = ()
    _starts: Places | None = field(default=None, repr=False)
    _ends: Places | None = field(default=None, repr=False)

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Find a span of the copy in the original.

        start (int): Offset of its first character in the copy.
        end (int): Offset behind its last.
        RETURNS (tuple[int, int]): The smallest span of the original that holds it; an empty one for an empty span.
        RAISES (ValueError): It is no span of the copy.
        """
        _check(start, end, len(self.text))
        if self._starts is None or self._ends is None:
            return start, end
        if start == end:
            place = int(self._starts[start]) if start < len(self.text) else len(self.original)
            return place, place
        return int(self._starts[start]), int(self._ends[end - 1])

    def to_copy(self, start: int, end: int) -> tuple[int, int]:
        """Find a span of the original in the copy.

        start (int): Offset of its first character in the original.
        end (int): Offset behind its last.
        RETURNS (tuple[int, int]): The smallest span of the copy that holds what is left of it; an empty one where
            nothing is.
        RAISES (ValueError): It is no span of the original.
        """
        _check(start, end, len(self.original))
        if self._starts is None or self._ends is None:
            return start, end
        first = int(self._ends.searchsorted(np.int32(start), "right"))
        if start == end:
            return first, first
        return first, max(first, int(self._starts.searchsorted(np.int32(end), "left")))


def clean(text: str) -> View:
    """Repair a text in a copy.

    text (str): Any text.
    RETURNS (View): The copy, aligned with it. Cleaning the copy again changes nothing.
    """
    copy, starts, ends = text, None, None
    spans: list[tuple[int, int, str]] = []
    guesses: list[Flag] = []
    for _ in range(_MOST_ROUNDS):
        before = copy
        for repair, needed in PASSES:
            if not signs_of(copy) & needed:
                continue
            edits = repair(copy)
            if not edits:
                continue
            spans += _spans_in_original([edit[:2] for edit in edits], [edit.kind for edit in edits], starts, ends)
            guessed = [edit.places[at] for edit in edits if edit.places for at in edit.guesses]
            guesses += map(Flag._make, _spans_in_original(guessed, ["guessed"] * len(guessed), starts, ends))
            copy, new_starts, new_ends = apply_edits(copy, edits)
            starts = new_starts if starts is None else starts[new_starts]
            ends = new_ends if ends is None else ends[new_ends - 1]
        if copy is before:
            break
    if starts is None or ends is None:
        return View(text, text, (), tuple(Flag(*found) for found in find_flags(text)))
    changes = _changes(text, copy, spans, starts, ends)
    found = find_flags(copy)
    in_original = _spans_in_original([flag[:2] for flag in found], [flag[2] for flag in found], starts, ends)
    return View(text, copy, changes, tuple(sorted([*map(Flag._make, in_original), *guesses])), starts, ends)


def _spans_in_original(
    spans: Sequence[tuple[int, int]], kinds: Sequence[str], starts: Places | None, ends: Places | None
) -> Iterator[tuple[int, int, str]]:
    """Spans of the text that a pass had, as spans of the original."""
    if not spans:
        return iter(())
    firsts, lasts = np.array(spans, np.intp).T
    if starts is not None and ends is not None:
        firsts, lasts = starts[firsts], ends[lasts - 1]
    return zip(firsts.tolist(), lasts.tolist(), kinds, strict=True)


def _changes(
    text: str, copy: str, spans: list[tuple[int, int, str]], starts: Places, ends: Places
) -> tuple[Change, ...]:
    """The changes that the spans make up, those that overlap as one."""
    merged: list[tuple[int, int, list[str]]] = []
    for start, end, kind in sorted(spans, key=lambda span: span[:2]):
        if merged and start < merged[-1][1]:
            first, last, kinds = merged[-1]
            merged[-1] = (first, max(last, end), kinds if kind in kinds else [*kinds, kind])
        else:
            merged.append((start, end, [kind]))
    firsts = np.searchsorted(ends, [start for start, _, _ in merged], "right").tolist()
    lasts = np.searchsorted(starts, [end for _, end, _ in merged], "left").tolist()
    return tuple(
        Change(start, end, first, last, "+".join(kinds), text[start:end], copy[first:last])
        for (start, end, kinds), first, last in zip(merged, firsts, lasts, strict=True)
    )


def _check(start: int, end: int, length: int) -> None:
    if not 0 <= start <= end <= length:
        raise ValueError(f"no span of a text of {length} characters: {start} to {end}")
