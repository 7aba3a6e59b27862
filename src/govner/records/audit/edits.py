"""Change the text of an annotated report with its mentions moving along."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from govner.corpus.inline import Mention, Paragraph, Report

LARGEST_STEP: Final = 10
_STEPS: Final = (-9, -3, -2, -1, 1, 2, 3, 9, LARGEST_STEP)


@dataclass(frozen=True)
class Planted:
    """A report with one error in it.

    report (Report): The changed report.
    rule (str): Id of the rule that should find it.
    start, end (int): The changed characters, in `report.text`.
    """

    report: Report
    rule: str
    start: int
    end: int


def rewrite(
    report: Report, place: int, start: int, end: int, words: str, label: str | None = None
) -> tuple[Report, int, int]:
    """Put other words into a paragraph.

    report (Report): An annotated report.
    place (int): Of the paragraph.
    start, end (int): What is replaced, in the paragraph; mentions that overlap it are dropped, unless one covers it.
    words (str): What is put there.
    label (str | None): The words are a mention with this label.
    RETURNS (tuple): The changed report, and start and end of the words in its text.
    """
    paragraph = report.paragraphs[place]
    moved = len(words) - (end - start)
    mentions = []
    for mention in paragraph.mentions:
        if mention.end <= start:
            mentions.append(mention)
        elif mention.start >= end:
            mentions.append(Mention(mention.start + moved, mention.end + moved, mention.label))
        elif mention.start <= start and end <= mention.end and label is None and mention.end + moved > mention.start:
            mentions.append(Mention(mention.start, mention.end + moved, mention.label))
    if label is not None:
        mentions.append(Mention(start, start + len(words), label))
    text = paragraph.text[:start] + words + paragraph.text[end:]
    changed = replace(paragraph, text=text, mentions=tuple(sorted(mentions)))
    offset = offset_of(report, place) + start
    return (
        with_paragraphs(report, [*report.paragraphs[:place], changed, *report.paragraphs[place + 1 :]]),
        offset,
        (offset + len(words)),
    )


def with_paragraphs(report: Report, paragraphs: list[Paragraph]) -> Report:
    """The report with other paragraphs."""
    return Report(paragraphs, report.meta, report.path)


def offset_of(report: Report, place: int) -> int:
    """Where a paragraph begins in the text of its report."""
    return sum(len(paragraph.text) + 1 for paragraph in report.paragraphs[:place])


def locate(report: Report, offset: int) -> tuple[int, int]:
    """The paragraph an offset of the text lies in, and the offset in it."""
    for place, paragraph in enumerate(report.paragraphs):
        if offset <= len(paragraph.text):
            return place, offset
        offset -= len(paragraph.text) + 1
    raise IndexError(offset)


def other_number(digits: str, rng: Random, taken: Collection[int] = ()) -> str:
    """Another whole number of about the same size, none of those taken, with separators as the first has them.

    The same number, if all near it are taken.
    """
    plain = digits.replace(",", "").replace("，", "").replace(" ", "")
    value = int(plain)
    steps = [step for step in _STEPS if value + step > 0 and value + step not in taken] or [0]
    changed = value + rng.choice(steps)
    return f"{changed:,}" if "," in digits and changed > 999 else str(changed)
