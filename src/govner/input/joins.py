"""Join words and lines that belong together: Chinese characters without a space, Latin words with one."""

from __future__ import annotations

from collections.abc import Iterable


def is_wide(char: str) -> bool:
    """Whether a character is set as wide as it is high, as Chinese ones and their punctuation are."""
    return char >= "\u2e80" or char in "—…“”‘’·①②③④⑤⑥⑦⑧⑨⑩"


def join(parts: Iterable[str]) -> str:
    """Join the lines of a paragraph or a cell.

    parts (Iterable[str]): Its lines; blanks at their ends are dropped.
    RETURNS (str): Its text.
    """
    text = ""
    for part in parts:
        text += glue(text, part := part.strip()) + part
    return text


def glue(text: str, more: str) -> str:
    """What belongs between the end of a line and the next: a space or nothing."""
    if not text or not more or is_wide(text[-1]) or is_wide(more[0]):
        return ""
    if text[-1] in "-/(" or more[0] in "%),.;:/" or (text[-1].isdigit() and more[0].isdigit()):
        return ""
    return " "
