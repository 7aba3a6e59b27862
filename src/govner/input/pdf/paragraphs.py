"""Paragraphs of a PDF rebuilt from its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from govner.input.joins import is_wide
from govner.input.pdf.lines import TextLine, TextPage

# Measures are in parts of the size of a line's characters.
_INDENT: Final = 1.0
_SPARE: Final = 1.0
_OTHER_SIZE: Final = 1.15
_OTHER_PITCH: Final = 1.35
_APART: Final = 1.2
# How many lines show where the right margin is; how far it is to the right else, in parts of the page's width.
_WITNESSES: Final = 3
_TEXT_WIDTH: Final = 0.75
_NUMERAL: Final = "一二三四五六七八九十百〇零"
_HEADING: Final = re.compile(
    rf"[{_NUMERAL}]{{1,4}}[、.．]|[（(] ?(?:[{_NUMERAL}]{{1,4}}|\d{{1,3}}) ?[)）]|\d{{1,3}}(?:[、．)）]|\.(?!\d))|[①-⑳]"
    rf"|第[{_NUMERAL}\d]{{1,5}}[条章节部]"
)
_POINT: Final = re.compile(rf"[{_NUMERAL}]{{1,3}}是")
_ENDS: Final = frozenset("。！？!?；;：:")
_STOPS: Final = "，。、；：！？）》」』”’,.;:!?)%"
_NARROW_RUN: Final = re.compile(r"[^\s\u2e80-\U0003ffff]{1,40}")


class Margins(NamedTuple):
    """Where the text stands, how far lines of a paragraph are apart, and whether paragraphs are farther apart."""

    left: float
    right: float
    pitch: float
    spaced: bool = False


def find_margins(pages: Sequence[TextPage]) -> dict[int, Margins]:
    """Find the margins of a document.

    pages (Sequence[TextPage]): Its pages.
    RETURNS (dict[int, Margins]): By the rounded width of a page, since pages may lie on their side.
    """
    lines: dict[int, list[TextLine]] = {}
    for page in pages:
        lines.setdefault(round(page.width), []).extend(page.lines)
    return {width: _margins(found, width) for width, found in lines.items() if found}


def _margins(lines: Sequence[TextLine], width: int) -> Margins:
    lefts = sorted(line.left for line in lines)
    rights = sorted((line.right for line in lines), reverse=True)
    few = len(lines) // 20
    right = rights[few]
    # A few short lines do not show where the margin is.
    if sum(right - line.size <= line.right for line in lines) < _WITNESSES:
        right = max(right, _TEXT_WIDTH * width)
    inside: list[float] = []
    between: list[float] = []
    for above, below in pairwise(lines):
        if above.page == below.page and below.bottom > above.bottom:
            is_full = right - above.right < 2 * above.size
            (inside if is_full else between).append(below.bottom - above.bottom)
    pitch = median(inside or between or [0.0])
    spaced = len(inside) >= _WITNESSES and len(between) >= _WITNESSES and median(between) > _APART * pitch
    return Margins(lefts[few], right, pitch, spaced)


def paragraphs(lines: Sequence[TextLine], margins: Margins) -> Iterator[list[TextLine]]:
    """Put lines together that are of one paragraph.

    lines (Sequence[TextLine]): Lines without a table between them, also of several pages.
    margins (Margins): Where they stand.
    YIELDS (list[TextLine]): The lines of each paragraph.
    """
    paragraph: list[TextLine] = []
    for line in lines:
        if paragraph and not _goes_on(paragraph, line, margins):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _goes_on(paragraph: Sequence[TextLine], line: TextLine, margins: Margins) -> bool:
    """Whether a line goes on with a paragraph."""
    first, last = paragraph[0], paragraph[-1]
    size = max(last.size, 1.0)
    if not 1 / _OTHER_SIZE < line.size / size < _OTHER_SIZE:
        return False
    pitch, usual = line.bottom - last.bottom, max(margins.pitch, size)
    if line.page == last.page and pitch > usual * (_APART if margins.spaced else _OTHER_PITCH):
        return False
    if margins.right - last.right > _first_width(line) + _SPARE * size:
        return False  # there was room for more
    indent = _INDENT * size
    heading = _HEADING.match(line.text) is not None
    if line.left > margins.left + indent:
        # It hangs below what stands behind a number, or the whole paragraph is set in.
        if heading or first is last:
            return first is last and not heading and _hangs(first, line, size)
        return abs(line.left - last.left) < 0.5 * size
    if margins.spaced and line.page == last.page:
        return True
    is_sentence = last.text[-1:] in _ENDS
    if first.left > line.left + indent:
        return not (heading and is_sentence)
    return not (is_sentence or heading or _POINT.match(line.text))


def _hangs(first: TextLine, line: TextLine, size: float) -> bool:
    """Whether a line stands below the words behind the number of the line before it."""
    number = _HEADING.match(first.text) or _POINT.match(first.text)
    if number is None or line.left - first.left > 4 * size:
        return False
    return line.left > first.left + 0.5 * size and first.text[-1:] not in _ENDS


def _first_width(line: TextLine) -> float:
    """How much room what cannot be parted at the beginning of a line would have needed on the line before."""
    run = _NARROW_RUN.match(line.text)
    length = run.end() if run else 1
    while length < len(line.text) and line.text[length] in _STOPS:
        length += 1
    return sum(line.size * (1.0 if is_wide(char) else 0.5) for char in line.text[:length])
