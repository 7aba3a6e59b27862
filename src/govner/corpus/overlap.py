"""Measure how much reports of a corpus repeat each other."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from govner.corpus.inline import Report
from govner.text.files import read_text

RUN: Final = 12
MOST: Final = 0.12
# White space and the borders of table cells.
_IGNORED = re.compile(r"[\s|]+")
_BRACKETS = str.maketrans("〈〉‹›﹤﹥", "<><><>")


@dataclass(frozen=True)
class Overlap:
    """Two reports that repeat each other.

    shorter, longer (Report): The two.
    share (float): Characters of the shorter that lie in runs of `RUN` characters of the longer, in [0, 1].
    example (str): The longest stretch they share.
    """

    shorter: Report
    longer: Report
    share: float
    example: str


def measure_overlap(reports: Iterable[Report], phrases: Iterable[str] = (), most: float = 0.0) -> list[Overlap]:
    """Find pairs of reports that share runs of 12 characters; white space, cell borders and width do not count.

    reports (Iterable[Report]): The corpus.
    phrases (Iterable[str]): Set phrases that do not count; a run never reaches over one.
    most (float): Pairs with no greater share are left out.
    RETURNS (list[Overlap]): The greatest share first.
    """
    reports = list(reports)
    set_phrases = [_normalise(phrase) for phrase in phrases]
    fixed = re.compile("|".join(sorted(map(re.escape, filter(None, set_phrases)), key=len, reverse=True)) or r"(?!)")
    texts = [fixed.sub("\0", _normalise(report.text)) for report in reports]
    found: dict[str, dict[int, int]] = defaultdict(dict)  # run -> number of report -> last place there
    for number, text in enumerate(texts):
        for at, run in _runs(text):
            found[run][number] = at
    overlaps = []
    for number, text in enumerate(texts):
        shared: dict[int, list[int]] = defaultdict(list)
        for at, run in _runs(text):
            for other in found[run]:
                if (len(texts[other]), other) > (len(text), number):
                    shared[other].append(at)
        length = sum(char != "\0" for char in text)
        for other, places in shared.items():
            stretches = list(_stretches(places))
            share = sum(end - start for start, end in stretches) / length
            if share > most:
                start, end = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
                overlaps.append(Overlap(reports[number], reports[other], share, text[start:end]))
    return sorted(overlaps, key=lambda overlap: (-overlap.share, overlap.shorter.id, overlap.longer.id))


def read_phrases(path: Path) -> list[str]:
    """Read a list of set phrases, one a line; `#` begins a comment."""
    return [line.strip() for line in read_text(path).split("\n") if line.strip() and not line.startswith("#")]


def _normalise(text: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).translate(_BRACKETS)


def _runs(text: str) -> Iterator[tuple[int, str]]:
    for at in range(len(text) - RUN + 1):
        run = text[at : at + RUN]
        if "\0" not in run:
            yield at, run


def _stretches(places: list[int]) -> Iterator[tuple[int, int]]:
    """Join runs that start at these places, in order, where they overlap or touch."""
    start = end = places[0]
    for at in places:
        if at > end:
            yield start, end
            start = at
        end = at + RUN
    yield start, end
