"""Measure how much of one set of texts another one has seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from govner.corpus.inline import Report


@dataclass(frozen=True)
class Coverage:
    """Shares, in [0, 1], of what occurs in the target that occurs in the source too; every occurrence counts.

    trigrams (float): Of runs of three characters, inside lines.
    contexts (float): Of the two characters before and the two behind a mention, beside a mention of the same label.
    mentions (float): Of the mentions, by their text and label.
    """

    trigrams: float
    contexts: float
    mentions: float


def measure_coverage(source: Iterable[Report], target: Iterable[Report]) -> Coverage:
    """Measure how much of some reports others cover.

    source (Iterable[Report]): What was seen, such as the training split.
    target (Iterable[Report]): What is to be read.
    RETURNS (Coverage): Shares of the target.
    """
    source, target = list(source), list(target)
    return Coverage(
        trigrams=_share((_trigrams(report) for report in source), (_trigrams(report) for report in target)),
        contexts=_share((_contexts(report) for report in source), (_contexts(report) for report in target)),
        mentions=_share((_mentions(report) for report in source), (_mentions(report) for report in target)),
    )


def _share(source: Iterable[Iterable[object]], target: Iterable[Iterable[object]]) -> float:
    known = {item for items in source for item in items}
    found = [item in known for items in target for item in items]
    return sum(found) / len(found) if found else 0.0


def _trigrams(report: Report) -> Iterator[str]:
    for paragraph in report.paragraphs:
        for at in range(len(paragraph.text) - 2):
            yield paragraph.text[at : at + 3]


def _contexts(report: Report) -> Iterator[tuple[str, str, str]]:
    for paragraph in report.paragraphs:
        text = f"\n\n{paragraph.text}\n\n"
        for mention in paragraph.mentions:
            yield mention.label, "before", text[mention.start : mention.start + 2]
            yield mention.label, "behind", text[mention.end + 2 : mention.end + 4]


def _mentions(report: Report) -> Iterator[tuple[str, str]]:
    for paragraph in report.paragraphs:
        for mention in paragraph.mentions:
            yield mention.label, paragraph.text[mention.start : mention.end]
