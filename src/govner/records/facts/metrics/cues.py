"""The cue words of metrics in a text, found once for all its figures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache, lru_cache
from typing import Final

from govner.data import load_table

_MARK: Final = re.compile(r"[，,。；;：:\n、（）()！？]")
# Blanks are left out, and numbers are alike.
_PLAIN: Final = re.compile(r"(?P<number>[0-9]+(?:[.,，][0-9]+)*)|[ \t\u3000]+")


class CueText:
    """A text without blanks, with numbers alike (0), and with its cues.

    text (str): The text.

    Attributes:
        plain (str): Its plain form; all other methods count in characters of it.
    """

    def __init__(self, text: str) -> None:
        parts: list[str] = []
        # Where plain text and text run apart: an offset of the text, and what to take off behind it.
        self._edges: list[int] = [0]
        self._shifts: list[int] = [0]
        last = shift = 0
        for match in _PLAIN.finditer(text):
            parts.append(text[last : match.start()])
            if match["number"] is not None:
                parts.append("0")
                shift -= 1
            shift += match.end() - match.start()
            last = match.end()
            self._edges.append(last)
            self._shifts.append(shift)
        parts.append(text[last:])
        self.plain = "".join(parts)
        self._marks = [match.start() for match in _MARK.finditer(self.plain)]
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._cues: list[str] = []
        for start, end, cue in _find(self.plain):
            self._starts.append(start)
            self._ends.append(end)
            self._cues.append(cue)

    def place(self, offset: int) -> int:
        """Where an offset of the text lies in the plain text."""
        edge = bisect_left(self._edges, offset + 1) - 1
        return max(offset - self._shifts[edge], 0)

    def mark_before(self, place: int) -> int:
        """The end of the last mark before a place, or 0."""
        number = bisect_left(self._marks, place)
        return self._marks[number - 1] + 1 if number else 0

    def mark_after(self, place: int) -> int:
        """The next mark from a place on, or the end."""
        number = bisect_left(self._marks, place)
        return self._marks[number] if number < len(self._marks) else len(self.plain)

    def cues(self, start: int, end: int) -> tuple[str, ...]:
        """The cues that lie between two places, in order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if first < last and self._ends[last - 1] > end:
            last -= 1
        return tuple(self._cues[first:last])


@lru_cache(maxsize=1 << 12)
def cues_of(text: str) -> tuple[str, ...]:
    """The cues of a heading, in order; headings come back from report to report."""
    found = CueText(text)
    return found.cues(0, len(found.plain))


@cache
def _words() -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
    """The cue of each word, and the lengths of words by their first character, longest first."""
    cue_of: dict[str, str] = {}
    sizes: dict[str, set[int]] = defaultdict(set)
    for cue, words in load_table("metric_cues"):
        for word in words.split(" "):
            cue_of.setdefault(word, cue)
            sizes[word[0]].add(len(word))
    return cue_of, {letter: tuple(sorted(found, reverse=True)) for letter, found in sizes.items()}


def _find(text: str) -> list[tuple[int, int, str]]:
    """Cue words from left to right, the longest at each place; none overlap."""
    cue_of, sizes = _words()
    found: list[tuple[int, int, str]] = []
    free = 0
    for start, letter in enumerate(text):
        if start < free or letter not in sizes:
            continue
        for size in sizes[letter]:
            word = text[start : start + size]
            cue = cue_of.get(word)
            if cue is not None:
                free = start + len(word)
                found.append((start, free, cue))
                break
    return found
