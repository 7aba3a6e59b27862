"""The lines of reports that may be annotated, with what a model makes of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from govner.corpus.inline import Mention, Paragraph
from govner.input.text import InputText
from govner.scheme import MENTIONS_KEY, SECTIONS_KEY
from govner.suggestion.similarity import folded
from govner.suggestion.uncertainty import line_uncertainty
from govner.tagging import Tagged

# A heading that the paragraph runs on from in its line is not shown above other paragraphs.
_LONGEST_HEADING: Final = 60
# What a line of an annotated file cannot hold.
_UNWRITABLE: Final = frozenset("\r\0")


@dataclass(frozen=True)
class Line:
    """A line of a report that is not empty: what is annotated at once.

    number (int): Of the line in the text as given, from 1.
    start, end (int): Its characters there.
    paragraph (Paragraph): What was read of it, the same where nothing was repaired, as the model annotates it.
    headings (tuple[int, ...]): Which lines of the report are the headings above it, outermost first.
    mentions, sections (float): Entropies, in nats; see `govner.suggestion.uncertainty`.
    """

    number: int
    start: int
    end: int
    paragraph: Paragraph
    headings: tuple[int, ...]
    mentions: float
    sections: float


@dataclass(frozen=True)
class PoolReport:
    """A report whose lines may be annotated.

    text (InputText): What was read; its `text` is empty, to save memory.
    lines (list[Line]): Its lines in order.
    """

    text: InputText
    lines: list[Line] = field(repr=False)


@dataclass(frozen=True)
class Unit:
    """What is chosen as a whole: a line, or all lines of a report.

    report (int): Place of its report in the pool.
    lines (tuple[int, ...]): Places of its lines in the report.
    text (str): Their text.
    mentions, sections (float): Their entropies summed, in nats.
    """

    report: int
    lines: tuple[int, ...]
    text: str = field(repr=False)
    mentions: float
    sections: float


def pool_report(nlp: Language, tagged: Tagged) -> PoolReport:
    """Make the lines of a tagged report.

    nlp (Language): The pipeline that tagged it.
    tagged (Tagged): The report.
    RETURNS (PoolReport): Its lines that hold text, but for those that no annotated file can hold.
    """
    doc, view = tagged.doc, tagged.view
    copy = view.text
    whole = copy.split("\n")
    starts = np.concatenate(([0], np.cumsum([len(line) + 1 for line in whole])[:-1])).astype(np.intp)
    unsure = line_uncertainty(nlp, doc, starts)
    borders = starts.tolist()
    sections, headings = _sections(doc, borders, whole)
    mentions: dict[int, list[Mention]] = {}
    for span in doc.spans[MENTIONS_KEY]:
        at = bisect_right(borders, span.start_char) - 1
        if span.end_char <= borders[at] + len(whole[at]):
            own = Mention(span.start_char - borders[at], span.end_char - borders[at], span.label_)
            mentions.setdefault(at, []).append(own)
    places: dict[int, int] = {}
    lines: list[Line] = []
    number, counted = 1, 0
    for at, text in enumerate(whole):
        if at not in sections or not _UNWRITABLE.isdisjoint(text):
            continue
        start, end = view.to_original(borders[at], borders[at] + len(text))
        number, counted = number + view.original.count("\n", counted, start), start
        above = tuple(places[heading] for heading in headings[at] if heading in places)
        places[at] = len(lines)
        paragraph = Paragraph(sections[at], text, tuple(mentions.get(at, ())), number)
        uncertain = round(float(unsure.mentions[at]), 4), round(float(unsure.sections[at]), 4)
        lines.append(Line(number, start, end, paragraph, above, *uncertain))
    given = tagged.text
    return PoolReport(InputText(given.id, given.path, "", given.format, given.row), lines)


def units_of(pool: list[PoolReport], *, whole_reports: bool, leave_out: Iterable[str] = ()) -> list[Unit]:
    """Cut a pool into what may be chosen.

    pool (list[PoolReport]): The reports.
    whole_reports (bool): Whether reports are chosen, or lines.
    leave_out (Iterable[str]): Texts that are annotated: lines that say the same are left out, and reports in which no
        other is left. White space and width do not count.
    RETURNS (list[Unit]): In the order of the pool.
    """
    done = {_key(text) for text in leave_out}
    units = []
    for number, report in enumerate(pool):
        left = [place for place, line in enumerate(report.lines) if _key(line.paragraph.text) not in done]
        groups = [tuple(left)] if whole_reports else [(place,) for place in left]
        for places in groups:
            lines = [report.lines[place] for place in places]
            if lines:
                text = "\n".join(line.paragraph.text for line in lines)
                sums = sum(line.mentions for line in lines), sum(line.sections for line in lines)
                units.append(Unit(number, places, text, *sums))
    return units


def _key(text: str) -> str:
    return folded(text, numbers=True)


def _sections(doc: Doc, borders: list[int], whole: list[str]) -> tuple[dict[int, str], dict[int, tuple[int, ...]]]:
    """The section of each line that has one, of several paragraphs that of the longest; and the headings above it."""
    group = doc.spans[SECTIONS_KEY]
    sections: dict[int, str] = {}
    longest: dict[int, int] = {}
    headings: dict[int, tuple[int, ...]] = {}
    open_: list[tuple[int, int]] = []
    for span, level, heading in zip(group, group.attrs["level"], group.attrs["heading"], strict=True):
        at = bisect_right(borders, span.start_char) - 1
        if level:
            open_ = [item for item in open_ if item[0] < level]
        headings.setdefault(at, tuple(dict.fromkeys(line for _, line in open_ if line != at)))
        if heading is not None and len(whole[at]) <= _LONGEST_HEADING:
            open_.append((level, at))
        size = span.end_char - span.start_char
        if size > longest.get(at, 0):
            longest[at], sections[at] = size, span.label_
    return sections, headings
