"""Render an evaluation as one self-contained page: scores, breakdowns, confusion, calibration, and every error."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, PackageLoader

from govner.evaluation.breakdown import break_down, value_of
from govner.evaluation.comparison import BOTH, FIRST, SECOND, ComparedError, Comparison
from govner.evaluation.confusion import Confusion, mention_confusion, section_confusion
from govner.evaluation.errors import KINDS, list_errors
from govner.evaluation.report.pictures import save_png, to_svg
from govner.evaluation.report.plots import (
    Plot,
    draw_breakdown,
    draw_calibration,
    draw_confusion,
    draw_differences,
    draw_scores,
)
from govner.evaluation.scores import Evaluation

# Differences whose p is below this are called differences.
_SURE: Final = 0.05
# What the page says of a report beside its name.
_ABOUT: Final = ("issuer", "year", "level", "form")

_environment = Environment(
    loader=PackageLoader("govner.evaluation.report", "."), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
_environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}


@dataclass
class Results:
    """What a page shows.

    title (str): Its title.
    model (str): Name of the pipeline.
    evaluation (Evaluation): Its scores.
    breakdowns (dict[str, dict[str, Evaluation]]): Scores by value, by key.
    other_model (str): Name of the pipeline it is compared with.
    other (Evaluation | None): The scores of that, on the same documents.
    comparison (Comparison | None): How the two compare.
    varied (dict[str, Evaluation]): Scores on the same reports, varied, by variation.
    """

    title: str
    model: str
    evaluation: Evaluation
    breakdowns: dict[str, dict[str, Evaluation]] = field(default_factory=dict)
    other_model: str = ""
    other: Evaluation | None = None
    comparison: Comparison | None = None
    varied: dict[str, Evaluation] = field(default_factory=dict)

    @property
    def models(self) -> list[tuple[str, Evaluation]]:
        """Short name and scores of the one or two pipelines."""
        if self.other is None:
            return [("scores", self.evaluation)]
        return [("A", self.evaluation), ("B", self.other)]

    @property
    def errors(self) -> list[list[ComparedError]]:
        """The errors of each report."""
        if self.comparison is not None:
            return self.comparison.errors
        return [[ComparedError(error, FIRST) for error in list_errors([one])] for one in self.evaluation.examples]


def find_breakdowns(evaluation: Evaluation, keys: list[str]) -> dict[str, dict[str, Evaluation]]:
    """Scores by value of each of some keys."""
    return {key: break_down(evaluation.examples, key) for key in keys}


def draw_plots(results: Results) -> dict[str, Plot]:
    """Draw all plots of an evaluation.

    results (Results): What is shown.
    RETURNS (dict[str, Plot]): By name: entities, sections, differences, calibration, breakdown-KEY, confusion-mentions,
        confusion-sections; those that there is something to show for.
    """
    evaluation, models = results.evaluation, results.models
    plots: dict[str, Plot | None] = dict(draw_scores(models))
    if results.comparison is not None:
        plots["differences"] = draw_differences(results.comparison)
    for key, groups in results.breakdowns.items():
        plots[f"breakdown-{key}"] = draw_breakdown(key, groups)
    plots["calibration"] = draw_calibration(models)
    plots["confusion-mentions"] = draw_confusion("Mentions: gold and predicted", mention_confusion(evaluation.examples))
    if evaluation.sections:
        sections = section_confusion(evaluation.examples)
        plots["confusion-sections"] = draw_confusion("Sections: gold and predicted", sections)
    return {name: plot for name, plot in plots.items() if plot is not None}


def write_plots(plots: dict[str, Plot], directory: Path) -> list[Path]:
    """Write plots as PNG files named for them; raises InputError where that is not allowed."""
    # A key of the front matter may hold any character.
    paths = {name: directory / f"{''.join(c if c.isalnum() else '-' for c in name)}.png" for name in plots}
    for name, path in paths.items():
        save_png(plots[name].figure, path)
    return list(paths.values())


def render_report(results: Results, plots: dict[str, Plot]) -> str:
    """Render an evaluation.

    results (Results): What is shown.
    plots (dict[str, Plot]): As `draw_plots` gives them.
    RETURNS (str): HTML that needs no other file.
    """
    evaluation = results.evaluation
    errors = results.errors
    counts = Counter(found.error.kind for one in errors for found in one)
    comparison = results.comparison
    return _environment.get_template("report.html").render(
        results=results,
        evaluation=evaluation,
        comparison=comparison,
        by_counts=comparison.error_counts() if comparison is not None else {},
        by_names={BOTH: "both", FIRST: "A only", SECOND: "B only"},
        pictures={
            # A key of the front matter may hold any character; an id holds no blank and is unlike any other.
            name: (plot.title, to_svg(plot.figure, f"plot{number}", plot.description))
            for number, (name, plot) in enumerate(plots.items())
            if not name.startswith("confusion-")
        },
        confusions={
            "mentions": _matrix(mention_confusion(evaluation.examples)),
            "sections": _matrix(section_confusion(evaluation.examples)),
        },
        kinds={kind: counts[kind] for kind in KINDS},
        labels=sorted({label for one in errors for found in one for label in _labels(found)}),
        sure=_SURE,
        data=_data(results, errors),
        base=_read("govner.view", "base.css"),
        style=_read("govner.evaluation.report", "report.css"),
        script=_read("govner.evaluation.report", "report.js"),
    )


def _labels(found: ComparedError) -> set[str]:
    return {found.error.gold, found.error.predicted} - {""}


def _matrix(confusion: Confusion) -> dict[str, Any]:
    """A confusion matrix as its rows: each cell with its column, count, share of the row, and whether it is right."""
    rows = []
    for name, counts in zip(confusion.rows, confusion.counts, strict=True):
        total = sum(counts)
        pairs = zip(confusion.columns, counts, strict=True)
        cells = [(column, count, count / (total or 1), column == name) for column, count in pairs]
        rows.append({"name": name, "cells": cells, "total": total})
    return {"columns": confusion.columns, "rows": rows}


def _data(results: Results, errors: list[list[ComparedError]]) -> dict[str, Any]:
    """Reports with errors and the errors, as the script of the page takes them."""
    reports: list[dict[str, str]] = []
    rows: list[dict[str, Any]] = []
    for example, found in zip(results.evaluation.examples, errors, strict=True):
        if not found:
            continue
        meta = example.reference.user_data.get("meta", {})
        about = [value_of(example.reference, key) for key in _ABOUT]
        number = len(reports)
        name = str(meta.get("id", "")) or f"report {number + 1}"
        reports.append({"id": name, "about": " · ".join(filter(None, about)), "text": example.reference.text})
        rows += [_row(number, one) for one in found]
    return {"reports": reports, "errors": rows}


def _row(report: int, found: ComparedError) -> dict[str, Any]:
    error, other = found.error, found.other
    row = {
        "report": report,
        "start": error.start,
        "end": error.end,
        "kind": error.kind,
        "gold": error.gold,
        "predicted": error.predicted,
        "read": error.predicted_text,
        "by": found.by,
    }
    if other is not None and (other.predicted, other.predicted_text) != (error.predicted, error.predicted_text):
        row["other"] = [other.predicted, other.predicted_text]
    return row


def _read(package: str, name: str) -> str:
    """A style sheet or script of ours, to stand in the page as it is."""
    return (files(package) / name).read_text("utf8")
