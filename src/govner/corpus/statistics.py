"""Count what a corpus holds, and lay the counts out as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from govner.corpus.inline import Report
from govner.scheme import ENTITY_LABELS, SECTION_LABELS, with_others

FACETS: Final = ("form", "level", "body", "condition", "punctuation", "register", "region", "year")
LENGTHS: Final = (500, 1000, 1500, 2000, 3000, 4000)
SPLITS: Final = ("train", "dev", "test")


@dataclass
class Statistics:
    """Counts over some reports.

    reports, characters, paragraphs, bare (Counter): By split; `bare` paragraphs have no mention.
    mentions, sections (Counter): By (split, label).
    facets (dict[str, Counter]): Reports by (split, value) of each of `FACETS` and of "length", in characters.
    lengths (list[int]): Characters of each report, sorted.
    """

    reports: Counter[str] = field(default_factory=Counter)
    characters: Counter[str] = field(default_factory=Counter)
    paragraphs: Counter[str] = field(default_factory=Counter)
    bare: Counter[str] = field(default_factory=Counter)
    mentions: Counter[tuple[str, str]] = field(default_factory=Counter)
    sections: Counter[tuple[str, str]] = field(default_factory=Counter)
    facets: dict[str, Counter[tuple[str, str]]] = field(
        default_factory=lambda: {facet: Counter() for facet in (*FACETS, "length")}
    )
    lengths: list[int] = field(default_factory=list)

    @property
    def entity_labels(self) -> tuple[str, ...]:
        """Our entity labels, and others that occur."""
        return with_others(ENTITY_LABELS, (label for _, label in self.mentions))

    @property
    def section_labels(self) -> tuple[str, ...]:
        """Our section labels, and others that occur."""
        return with_others(SECTION_LABELS, (label for _, label in self.sections))

    @property
    def splits(self) -> list[str]:
        """The splits that occur, the usual ones first; an empty string stands for none."""
        return [*(split for split in SPLITS if split in self.reports), *sorted(self.reports.keys() - set(SPLITS))]


@dataclass(frozen=True)
class Table:
    """Counts in rows and columns.

    title (str): What is counted.
    columns (list[str]): Names of the columns, the first that of the row names.
    rows (Sequence[tuple[str, ...]]): The row's name and its counts as text.
    """

    title: str
    columns: list[str]
    rows: Sequence[tuple[str, ...]]


def count(reports: Iterable[Report]) -> Statistics:
    """Count what some reports hold."""
    found = Statistics()
    for report in reports:
        split = report.meta.get("split", "")
        length = len(report.text)
        found.reports[split] += 1
        found.characters[split] += length
        found.lengths.append(length)
        found.facets["length"][split, _length_band(length)] += 1
        for facet in FACETS:
            found.facets[facet][split, report.meta.get(facet, "")] += 1
        for paragraph in report.paragraphs:
            found.paragraphs[split] += 1
            found.bare[split] += not paragraph.mentions
            found.sections[split, paragraph.section] += 1
            for mention in paragraph.mentions:
                found.mentions[split, mention.label] += 1
    found.lengths.sort()
    return found


def tables(found: Statistics) -> Iterator[Table]:
    """Lay counts out: totals, mentions, sections, then one table a facet, each by split and in all."""
    splits = found.splits
    columns = [*(split or "no split" for split in splits), "all"]

    def row(name: str, cells: list[int]) -> tuple[str, ...]:
        return (name, *(f"{cell:,}" for cell in (*cells, sum(cells))))

    totals = {"reports": found.reports, "characters": found.characters, "paragraphs": found.paragraphs}
    rows = [row(name, [counts[split] for split in splits]) for name, counts in totals.items()]
    rows.append(row("paragraphs without mention", [found.bare[split] for split in splits]))
    rows.append(
        row("mentions", [sum(found.mentions[split, label] for label in found.entity_labels) for split in splits])
    )
    yield Table("totals", ["", *columns], rows)
    for title, counts, labels in (
        ("mentions", found.mentions, found.entity_labels),
        ("sections, paragraphs", found.sections, found.section_labels),
    ):
        rows = [row(label, [counts[split, label] for split in splits]) for label in labels]
        yield Table(title, ["label", *columns], rows)
    for facet, by_value in found.facets.items():
        values = {value for _, value in by_value}
        ordered = sorted(values, key=lambda value: facet_order(facet, value, found))
        rows = [row(value or "-", [by_value[split, value] for split in splits]) for value in ordered]
        yield Table(f"{facet}, reports", [facet, *columns], rows)


def facet_order(facet: str, value: str, found: Statistics) -> tuple[int, str]:
    """A key that sorts a facet's values: years and lengths upwards, others by number of reports."""
    if facet == "year":
        return 0, value
    if facet == "length":
        return _length_bands().index(value), value
    return -sum(found.facets[facet][split, value] for split in found.splits), value


def to_markdown(tables: Iterable[Table]) -> str:
    """Write tables as GitHub-flavoured Markdown."""
    parts = []
    for table in tables:
        rule = "|".join(["---", *["---:"] * (len(table.columns) - 1)])
        lines = [f"| {' | '.join(row)} |" for row in table.rows]
        parts.append("\n".join([f"**{table.title}**", "", f"| {' | '.join(table.columns)} |", f"|{rule}|", *lines]))
    return "\n\n".join(parts) + "\n"


def _length_bands() -> list[str]:
    edges = (0, *LENGTHS)
    bands = [f"{low:,}-{high - 1:,}" for low, high in pairwise(edges)]
    return [f"under {LENGTHS[0]}", *bands[1:], f"{LENGTHS[-1]:,} and more"]


def _length_band(length: int) -> str:
    return _length_bands()[sum(length >= edge for edge in LENGTHS)]
