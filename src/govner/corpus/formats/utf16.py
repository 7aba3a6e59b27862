"""Offsets as JavaScript counts them: UTF-16 units, two for a character beyond the basic plane."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable


def to_utf16(text: str) -> Callable[[int], int]:
    """Make a function from offsets in characters of a text to offsets in UTF-16 units."""
    wide = [position for position, char in enumerate(text) if char > "\uffff"]
    return lambda offset: offset + bisect_left(wide, offset)


def from_utf16(text: str) -> Callable[[int], int]:
    """Make the inverse of `to_utf16`.

    text (str): The text.
    RETURNS (Callable): From an offset in UTF-16 units to one in characters. An offset outside the text stays outside;
        one in the middle of a character is none and gives -1.
    """
    # Where the second unit of each character of two begins.
    seconds = [position + number + 1 for number, position in enumerate(p for p, c in enumerate(text) if c > "\uffff")]

    def convert(offset: int) -> int:
        before = bisect_left(seconds, offset)
        return -1 if seconds[before : before + 1] == [offset] else offset - before

    return convert
