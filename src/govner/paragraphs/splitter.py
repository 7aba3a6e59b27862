"""Split a text into paragraphs and give each its heading path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from govner.paragraphs.headings import BODY, find_heading
from govner.text.sounds import read_characters

# Where a further heading may begin inside a line: after white space or the end of a sentence.
_INNER_MARKER = re.compile(
    r"(?<=[\s。！；;])(?:(?P<top>[一二三四五六七八九十]{1,3})\s*(?:、|[.．](?!\d))"
    r"|[（(](?P<sub>[一二三四五六七八九十]{1,3})[）)])"
)


class Paragraph(NamedTuple):
    """A paragraph of a text.

    start, end (int): Character offsets, outer white space excluded.
    level (int): Heading level 1 to 5; 0 where the paragraph does not begin with a number or heading.
    heading (tuple[int, int] | None): Offsets of the words of its own heading, if it has one.
    path (tuple[str, ...]): The headings it stands under, outermost first, its own included; without bracketed sounds.
    """

    start: int
    end: int
    level: int
    heading: tuple[int, int] | None
    path: tuple[str, ...]


def split_paragraphs(text: str) -> list[Paragraph]:
    """Split a text at its line ends, and lines on which several headings stand before each heading.

    text (str): A report, lines separated by newlines.
    RETURNS (list[Paragraph]): In order; together they cover every character that is not white space once.
    """
    read = read_characters(text)
    if read is None:
        return _split(text)
    # Each character that is read stands for the sound behind it too.
    borders = np.append(read, len(text)).tolist()
    return [
        part._replace(
            start=borders[part.start],
            end=borders[part.end],
            heading=part.heading and (borders[part.heading[0]], borders[part.heading[1]]),
        )
        for part in _split("".join([text[place] for place in borders[:-1]]))
    ]


def _split(text: str) -> list[Paragraph]:
    paragraphs = []
    open_headings: list[tuple[int, str]] = []
    for start, end in _spans(text):
        heading = find_heading(text[start:end])
        level, words = BODY, None
        if heading is not None:
            level = heading.level
            open_headings = [item for item in open_headings if item[0] < level]
            if heading.end > heading.start:
                words = (start + heading.start, start + heading.end)
                open_headings.append((level, text[words[0] : words[1]]))
        path = tuple(item[1] for item in open_headings)
        paragraphs.append(Paragraph(start, end, level, words, path))
    return paragraphs


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the paragraphs, outer white space excluded."""
    position = 0
    for line in text.split("\n"):
        cuts = [position, *_inner_headings(line, position), position + len(line)]
        for start, end in pairwise(cuts):
            part = text[start:end]
            stripped = part.strip()
            if stripped:
                lead = start + len(part) - len(part.lstrip())
                yield lead, lead + len(stripped)
        position += len(line) + 1


def _inner_headings(line: str, offset: int) -> list[int]:
    """Offsets of the second and later headings on a line; empty for nearly every line.

    A line is cut only at numbers of one kind that count up from the first, so that an enumeration
    inside a sentence or a reference to （三） is left alone.
    """
    if len(line) < 8:
        return []
    cuts: list[int] = []
    for kind in ("top", "sub"):
        found = [match for match in _INNER_MARKER.finditer(" " + line) if match[kind]]
        numbers = [_ORDER.get(match[kind], 0) for match in found]
        consecutive = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
        if len(found) >= 2 and consecutive:
            cuts += [offset + match.start() - 1 for match in found if match.start() > 1]
    return sorted(cuts)


_ORDER = {
    numeral: value
    for value, numeral in enumerate(
        [*"一二三四五六七八九十", *("十" + one for one in "一二三四五六七八九"), "二十"], start=1
    )
}
