"""The lines of a PDF that are its text: those that merely stand on every page left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from govner.input.joins import is_wide
from govner.input.pdf.page import PdfPage, Word
from govner.input.pdf.tables import Line, Row, divide

# How many lines at the head and the foot of a page may be running ones, on what part of the pages, how exactly placed.
_OUTER: Final = 3
_MOST: Final = 0.4
_SAME_PLACE: Final = 3.0
# A gap, in parts of the size, that stands for a blank: beside wide characters, and between narrow ones.
_WIDE_GAP: Final = 0.8
_NARROW_GAP: Final = 0.15

_NUMBER: Final = re.compile(
    r"[-—－–~·]{0,3} ?第? ?(?P<number>\d{1,4}) ?页?(?: ?[/／,，]? ?共? ?\d{1,4} ?页?)? ?[-—－–~·]{0,3}"
    r"|[Pp]age (?P<page>\d{1,4})(?: of \d{1,4})?"
)
_MARKED: Final = re.compile(r"[-—－–~·].{1,20}[-—－–~·]|.{0,20}[第页Pp].{0,20}")
_DIGITS: Final = re.compile(r"\d{1,9}")


class TextLine(NamedTuple):
    """A line of a page and where it stands."""

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    words: list[Word]


class TextPage(NamedTuple):
    """The lines of a page and the rows of its ruled tables, from top to bottom."""

    width: float
    lines: list[TextLine]
    rows: list[Row]


def read_lines(pages: Sequence[PdfPage]) -> list[TextPage]:
    """Take pages apart.

    pages (Sequence[PdfPage]): The pages of a document.
    RETURNS (list[TextPage]): Their lines and tables, without page numbers and running heads and feet.
    """
    read = []
    for number, page in enumerate(pages):
        lines, rows = divide(page.words, page.rules)
        read.append(TextPage(page.width, [_text_line(line, number) for line in lines], rows))
    _drop_numbers(read)
    _drop_running(read)
    _drop_numbers(read)
    return read


def line_text(words: Sequence[Word]) -> str:
    """The text of words beside each other, with a space where there is a blank."""
    if not words:
        return ""
    # Characters of a line that is spread over its width have gaps all alike.
    is_spread = len(words) > 2 and all(len(word.text) == 1 and is_wide(word.text) for word in words)
    parts = [words[0].text]
    for word, following in pairwise(words):
        gap = (following.left - word.right) / max(min(word.bottom - word.top, following.bottom - following.top), 1)
        wide = is_wide(word.text[-1]) or is_wide(following.text[0])
        if following.spaced or (not is_spread and gap > (_WIDE_GAP if wide else _NARROW_GAP)):
            parts.append(" ")
        parts.append(following.text)
    return "".join(parts)


def _text_line(line: Line, page: int) -> TextLine:
    words = line.words
    return TextLine(
        line_text(words),
        page,
        words[0].left,
        max(word.right for word in words),
        min(word.top for word in words),
        max(word.bottom for word in words),
        median(word.bottom - word.top for word in words),
        words,
    )


def _outer(page: TextPage, most: int) -> list[int]:
    """Which lines stand at the head or the foot of a page, outside its tables."""
    lines = page.lines
    first, last = (page.rows[0].top, page.rows[-1].top) if page.rows else (float("inf"), float("-inf"))
    head = [place for place in range(min(most, len(lines))) if lines[place].top < first]
    foot = [place for place in range(max(len(lines) - most, 0), len(lines)) if lines[place].top > last]
    return sorted({*head, *foot})


def _drop_numbers(pages: Sequence[TextPage]) -> None:
    """Drop page numbers: bare ones only if they count on with the pages."""
    found = []
    for number, page in enumerate(pages):
        for place in _outer(page, 1):
            match = _NUMBER.fullmatch(page.lines[place].text)
            if match:
                found.append((number, place, int(match["number"] or match["page"])))
    steps = Counter(value - number for number, _, value in found)
    step, count = steps.most_common(1)[0] if steps else (0, 0)
    for number, place, value in reversed(found):
        counts_on = value - number == step and (count > 1 or step == 1)
        if counts_on or _MARKED.fullmatch(pages[number].lines[place].text):
            del pages[number].lines[place]


def _drop_running(pages: Sequence[TextPage]) -> None:
    """Drop lines that stand on the same place of most pages; their digits may differ."""
    exact: dict[str, list[tuple[int, int]]] = {}
    alike: dict[str, list[tuple[int, int]]] = {}
    for number, page in enumerate(pages):
        for place in _outer(page, _OUTER):
            text = page.lines[place].text
            exact.setdefault(text, []).append((number, place))
            if any(char.isalpha() for char in text):
                alike.setdefault(_DIGITS.sub("0", text), []).append((number, place))
    dropped: set[tuple[int, int]] = set()
    for groups, least in ((exact, max(2, _MOST * len(pages))), (alike, max(3, 0.6 * len(pages)))):
        for places in groups.values():
            tops = {spot: pages[spot[0]].lines[spot[1]].top for spot in places}
            usual = median(tops.values())
            same = {spot for spot, top in tops.items() if abs(top - usual) < _SAME_PLACE}
            if len({number for number, _ in same}) >= least:
                dropped |= same
    for number, place in sorted(dropped, reverse=True):
        del pages[number].lines[place]
