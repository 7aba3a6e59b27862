"""A comparison as rows and data frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from govner.records.comparison.model import Comparison, Figure, YearReport

Row = dict[str, Any]

TABLES: Final[dict[str, tuple[str, ...]]] = {
    "figures": (
        *("body", "year", "metric", "value", "unit", "scope", "origin", "change", "percent", "rank", "report_id"),
        *("start", "end"),
    ),
    "unclear_figures": ("body", "year", "metric", "report_id", "start", "end", "text"),
    "reused": (
        *("body", "year", "start", "end", "text", "earlier_year", "earlier_start", "earlier_end", "earlier_text"),
        *("similarity", "edit", "report_id", "earlier_id"),
    ),
    "reuse_shares": ("body", "year", "earlier_year", "paragraphs", "reused", "share", "report_id", "earlier_id"),
    "missing_years": ("body", "year"),
    "year_findings": (
        *("body", "year", "rule", "severity", "message", "message_zh", "report_id", "earlier_id", "earlier_start"),
        *("earlier_end", "start", "end"),
    ),
    "left_out": ("report_id", "path", "reason"),
}
_WHOLE: Final = frozenset(
    {"year", "earlier_year", "rank", "start", "end", "earlier_start", "earlier_end", "paragraphs"}
)


def comparison_rows(comparison: Comparison) -> dict[str, list[Row]]:
    """The rows of a comparison, by table, with the columns of `TABLES`.

    comparison (Comparison): As `compare_records` makes it.
    RETURNS (dict[str, list[Row]]): `start` and `end` are characters of the report `report_id`, those with `earlier_`
        of the report `earlier_id`. A figure that cells add up to has the place of the first.
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for series in comparison.bodies:
        rows["missing_years"] += [{"body": series.body, "year": year} for year in series.missing_years]
        for number, report in enumerate(series.reports):
            before = series.reports[number - 1] if number else None
            head = {"body": series.body, "year": report.year}
            rows["figures"] += [{**head, **_figure(figure), "report_id": report.report_id} for figure in report.figures]
            rows["unclear_figures"] += [{**head, **row} for row in _unclear(report)]
            rows["reused"] += [{**head, **row} for row in _reused(report)]
            rows["reuse_shares"] += [{**head, **row} for row in _share(report)]
            rows["year_findings"] += [{**head, **row} for row in _findings(report, before)]
    rows["left_out"] = [one.model_dump() for one in comparison.left_out]
    return rows


def comparison_frames(comparison: Comparison) -> dict[str, pd.DataFrame]:
    """The tables of a comparison as data frames, by name."""
    frames = {}
    for name, rows in comparison_rows(comparison).items():
        frame = pd.DataFrame(rows, columns=list(TABLES[name]))
        for column in _WHOLE & set(frame.columns):
            frame[column] = frame[column].astype("Int64")
        frames[name] = frame
    return frames


def _figure(figure: Figure) -> Row:
    place = figure.evidence[0] if figure.evidence else None
    return {
        "metric": figure.metric,
        "value": float(figure.value),
        "unit": figure.unit,
        "scope": figure.scope,
        "origin": figure.origin,
        "change": None if figure.change is None else float(figure.change),
        "percent": None if figure.percent is None else float(figure.percent),
        "rank": figure.rank,
        "start": None if place is None else place.start,
        "end": None if place is None else place.end,
    }


def _unclear(report: YearReport) -> Iterator[Row]:
    for unclear in report.unclear:
        for passage in unclear.evidence:
            yield {"metric": unclear.metric, "report_id": report.report_id, **passage.model_dump()}


def _reused(report: YearReport) -> Iterator[Row]:
    if report.reuse is None:
        return
    for pair in report.reuse.reused:
        yield {
            **pair.evidence.model_dump(),
            "earlier_year": report.reuse.earlier_year,
            **{f"earlier_{name}": value for name, value in pair.earlier.model_dump().items()},
            "similarity": pair.similarity,
            "edit": pair.edit,
            "report_id": report.report_id,
            "earlier_id": report.reuse.earlier_id,
        }


def _share(report: YearReport) -> Iterator[Row]:
    if report.reuse is not None:
        yield {
            "earlier_year": report.reuse.earlier_year,
            "paragraphs": report.reuse.paragraphs,
            "reused": len(report.reuse.reused),
            "share": report.reuse.share,
            "report_id": report.report_id,
            "earlier_id": report.reuse.earlier_id,
        }


def _findings(report: YearReport, before: YearReport | None) -> Iterator[Row]:
    for finding in report.findings:
        assert before is not None
        earlier, current = finding.evidence[0], finding.evidence[1]
        yield {
            "rule": finding.rule,
            "severity": finding.severity,
            "message": finding.message,
            "message_zh": finding.message_zh,
            "report_id": report.report_id,
            "earlier_id": before.report_id,
            "earlier_start": earlier.start,
            "earlier_end": earlier.end,
            "start": current.start,
            "end": current.end,
        }
