"""Chosen lines of a report as a report to annotate: in order, under their headings, the rest left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from govner.corpus.inline import Report
from govner.suggestion.pool import Line, PoolReport
from govner.suggestion.selection import Choice

# Scores in front matter and lists have so many places.
_PLACES = 4


def with_headings(lines: Sequence[Line], chosen: Iterable[int]) -> list[int]:
    """Places of some lines of a report and of the headings above them, in order."""
    chosen = list(chosen)
    return sorted({*chosen, *(heading for place in chosen for heading in lines[place].headings)})


def make_excerpt(report: PoolReport, chosen: Mapping[int, tuple[int, Choice]]) -> Report:
    """Make the excerpt that is annotated.

    report (PoolReport): The report.
    chosen (Mapping[int, tuple[int, Choice]]): Its lines that were chosen, by place: rank, from 1, and why.
    RETURNS (Report): Annotated by the model, `split: train`. Its front matter says where it is from: `report` and
        `source` (id and file), `lines` and `characters` of the text as given, one a paragraph; `suggested`, which
        paragraphs were chosen, from 1, and for each of these `rank`, `score` and the parts of it. The others are
        headings.
    """
    lines = report.lines
    shown = with_headings(lines, chosen)
    ranked = [(number, *chosen[place]) for number, place in enumerate(shown, 1) if place in chosen]
    path = report.text.path if report.text.row is None else f"{report.text.path}:{report.text.row}"
    first = lines[shown[ranked[0][0] - 1]].number
    meta = {
        "id": f"{_file_name(report.text.id)}-l{first}",
        "split": "train",
        "report": _one_line(report.text.id),
        "source": _one_line(path),
        "lines": " ".join(str(lines[place].number) for place in shown),
        "characters": " ".join(f"{lines[place].start}-{lines[place].end}" for place in shown),
        "suggested": " ".join(str(number) for number, _, _ in ranked),
        "rank": " ".join(str(rank) for _, rank, _ in ranked),
    }
    for name in ("score", "uncertainty", "representativeness", "diversity"):
        meta[name] = " ".join(f"{getattr(choice, name):.{_PLACES}f}" for _, _, choice in ranked)
    return Report([lines[place].paragraph for place in shown], meta)


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _file_name(report_id: str) -> str:
    """A name for a file, whatever an id has."""
    return "".join(char if char.isalnum() or char in "-_" else "-" for char in report_id).strip("-")[-80:] or "report"
