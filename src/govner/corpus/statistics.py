"""Count what a corpus holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from govner.corpus.inline import Report

FACETS: Final = ("split", "form", "level", "body", "condition", "punctuation", "region")


@dataclass
class Statistics:
    """Counts over some reports.

    reports, characters, paragraphs, bare (int): Totals; `bare` paragraphs have no mention.
    mentions, sections (Counter): By (split, label).
    facets (dict[str, Counter]): Reports by value of each of `FACETS`.
    years (Counter): Reports by year.
    lengths (list[int]): Characters of each report, sorted.
    """

    reports: int = 0
    characters: int = 0
    paragraphs: int = 0
    bare: int = 0
    mentions: Counter[tuple[str, str]] = field(default_factory=Counter)
    sections: Counter[tuple[str, str]] = field(default_factory=Counter)
    facets: dict[str, Counter[str]] = field(default_factory=lambda: {facet: Counter() for facet in FACETS})
    years: Counter[str] = field(default_factory=Counter)
    lengths: list[int] = field(default_factory=list)


def count(reports: Iterable[Report]) -> Statistics:
    """Count what some reports hold."""
    found = Statistics()
    for report in reports:
        split = report.meta.get("split", "")
        found.reports += 1
        found.lengths.append(len(report.text))
        found.characters += len(report.text)
        found.years[report.meta.get("year", "")] += 1
        for facet in FACETS:
            found.facets[facet][report.meta.get(facet, "")] += 1
        for paragraph in report.paragraphs:
            found.paragraphs += 1
            found.bare += not paragraph.mentions
            found.sections[split, paragraph.section] += 1
            for mention in paragraph.mentions:
                found.mentions[split, mention.label] += 1
    found.lengths.sort()
    return found
