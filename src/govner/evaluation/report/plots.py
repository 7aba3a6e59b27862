"""Draw an evaluation: scores with intervals, differences, calibration and confusion.

All words in plots are English, since not every machine has a Chinese font.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from govner.corpus.front_matter import REGIONS
from govner.evaluation.calibration import Calibration
from govner.evaluation.comparison import Comparison, Difference
from govner.evaluation.confusion import Confusion
from govner.evaluation.report.pictures import COLORS
from govner.evaluation.scores import Evaluation, Interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# A value and its interval.
Bar = tuple[float, Interval]

_WIDTH: Final = 5.4
_MARKS: Final = (("chart-1", "o"), ("chart-2", "s"))
# More values than this are a table and no plot.
_MOST_VALUES: Final = 24


@dataclass(frozen=True)
class Plot:
    """A figure, its title, and what it shows in words."""

    title: str
    description: str
    figure: Figure


def draw_scores(models: Sequence[tuple[str, Evaluation]]) -> dict[str, Plot]:
    """Draw F1 with intervals, by label, of one or two pipelines.

    models (Sequence[tuple[str, Evaluation]]): A short name and the scores of each.
    RETURNS (dict[str, Plot]): "entities", and "sections" where gold has any.
    """
    first = models[0][1]
    entities = {
        "all mentions" if label == "ALL" else label: [
            (name, (found.entities[label].f, found.entities[label].interval))
            for name, found in models
            if label in found.entities
        ]
        for label in first.entities
    }
    plots = {"entities": Plot("Mentions: F1", _describe("F1 of mentions by label", entities), _rows(entities, "F1"))}
    if first.sections:
        sections: dict[str, list[tuple[str, Bar]]] = {
            "accuracy": [(name, found.sections_accuracy) for name, found in models],
            "macro F1": [(name, found.sections_macro_f) for name, found in models],
        }
        for label in first.sections:
            sections[label] = [
                (name, (found.sections[label].f, found.sections[label].interval)) for name, found in models
            ]
        plots["sections"] = Plot("Sections: F1", _describe("F1 of sections", sections), _rows(sections, "F1"))
    return plots


def draw_breakdown(key: str, groups: dict[str, Evaluation]) -> Plot | None:
    """Draw F1 of mentions and accuracy of sections, by value of a key.

    key (str): What the reports are told apart by.
    groups (dict[str, Evaluation]): Scores by value.
    RETURNS (Plot | None): None where there are too many values, or some have no English name.
    """
    names = {value: REGIONS.get(value, value) or "not stated" for value in groups}
    if len(groups) > _MOST_VALUES or not all(name.replace("–", "-").isascii() for name in names.values()):
        return None
    rows = {}
    for value, found in groups.items():
        bars = [("mentions, F1", (found.entities["ALL"].f, found.entities["ALL"].interval))]
        if found.sections:
            bars.append(("sections, accuracy", found.sections_accuracy))
        rows[f"{names[value]} ({found.documents})"] = bars
    return Plot("number of reports in brackets", _describe(f"scores by {key}", rows), _rows(rows, "score"))


def draw_differences(comparison: Comparison) -> Plot:
    """Draw the differences of two pipelines with their intervals; right of the line the first is better."""
    found: dict[str, Difference] = {
        "all mentions" if label == "ALL" else label: difference for label, difference in comparison.entities.items()
    }
    if comparison.sections:
        found |= {"sections, accuracy": comparison.sections_accuracy, "sections, macro F1": comparison.sections_macro_f}
        found |= comparison.sections
    rows = {label: [("A - B", (one.difference, one.interval))] for label, one in found.items()}
    figure = _rows(rows, "A better →", zero=True)
    return Plot("Differences, A less B", _describe("F1 of A less F1 of B", rows), figure)


def draw_calibration(models: Sequence[tuple[str, Evaluation]]) -> Plot | None:
    """Draw how often predictions were right over their probability, and how many there are at each.

    models (Sequence[tuple[str, Evaluation]]): A short name and the scores of each.
    RETURNS (Plot | None): None where no pipeline gives probabilities.
    """
    kinds = [kind for kind in ("mentions", "sections") if any(found.calibration.get(kind) for _, found in models)]
    if not kinds:
        return None
    figure = _figure(2.75 * len(kinds), 3.5)
    grid: Any = figure.subplots(2, len(kinds), sharex=True, squeeze=False, height_ratios=(3, 1))
    parts = []
    for column, kind in enumerate(kinds):
        above, below = grid[0][column], grid[1][column]
        above.plot([0, 1], [0, 1], color=COLORS["edge"], linewidth=1, linestyle=(0, (4, 3)))
        for number, (name, found) in enumerate(models):
            calibration = found.calibration.get(kind)
            if calibration is None:
                continue
            _draw_bins(above, below, calibration, number, name)
            parts.append(f"{kind} of {name}: expected calibration error {calibration.error:.3f}")
        above.set(xlim=(0, 1), ylim=(0, 1))
        above.set_title(kind, loc="left", fontsize=9, color=COLORS["ink"])
        below.set(yscale="log", ylim=(0.5, None))
        below.margins(y=0.2)
        below.set_xlabel("probability", fontsize=9, color=COLORS["ink"])
        for axes in (above, below):
            _dress(axes)
    grid[0][0].set_ylabel("share right", fontsize=9, color=COLORS["ink"])
    grid[1][0].set_ylabel("number", fontsize=9, color=COLORS["ink"])
    if len(models) > 1:
        _legend(figure, grid[0][0])
    return Plot("Calibration", "; ".join(parts), figure)


def draw_confusion(title: str, confusion: Confusion) -> Plot:
    """Draw a confusion matrix, shaded by the share of a row.

    title (str): What is confused.
    confusion (Confusion): The counts.
    RETURNS (Plot): The matrix with its counts.
    """
    rows, columns = len(confusion.rows), len(confusion.columns)
    figure = _figure(1.6 + 0.52 * columns, 1.2 + 0.3 * rows)
    axes = figure.add_subplot()
    shares = [[math.sqrt(count / (sum(row) or 1)) for count in row] for row in confusion.counts]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=2.2, aspect="auto")
    for at, row in enumerate(confusion.counts):
        for over, count in enumerate(row):
            if count:
                axes.text(over, at, f"{count:,}", ha="center", va="center", fontsize=7, color=COLORS["ink"])
    axes.set_xticks(range(columns), confusion.columns, rotation=45, ha="left", rotation_mode="anchor")
    axes.set_yticks(range(rows), confusion.rows)
    axes.xaxis.tick_top()
    axes.set_ylabel("gold", fontsize=9, color=COLORS["ink"])
    axes.set_xlabel("predicted", fontsize=9, color=COLORS["ink"])
    axes.xaxis.set_label_position("top")
    _dress(axes)
    return Plot(title, title, figure)


def _draw_bins(above: Axes, below: Axes, calibration: Calibration, number: int, name: str) -> None:
    color, mark = COLORS[_MARKS[number][0]], _MARKS[number][1]
    sizes, probabilities, right = zip(*calibration.bins, strict=True)
    above.plot(probabilities, right, color=color, marker=mark, markersize=4.5, linewidth=1.4, label=name, clip_on=False)
    below.plot(probabilities, sizes, color=color, marker=mark, markersize=3.5, linewidth=0, label=name, clip_on=False)
    below.vlines(probabilities, 0.5, sizes, color=color, linewidth=1.4, clip_on=False)


def _rows(rows: dict[str, list[tuple[str, Bar]]], label: str, zero: bool = False) -> Figure:
    """A row for each name: a mark and an interval for each series."""
    series = list(dict.fromkeys(name for bars in rows.values() for name, _ in bars))
    step = 0.25 if len(series) > 1 else 0.21
    figure = _figure(_WIDTH, 0.75 + step * len(rows))
    axes = figure.add_subplot()
    lows = []
    for number, name in enumerate(series):
        color, mark = COLORS[_MARKS[number][0]], _MARKS[number][1]
        shift = 0.18 * (2 * number - len(series) + 1)
        places, values, intervals = [], [], []
        for at, bars in enumerate(rows.values()):
            for other, (value, interval) in bars:
                if other == name:
                    places.append(at + shift)
                    values.append(value)
                    intervals.append(interval)
        lows += [low for low, _ in intervals]
        axes.hlines(places, [low for low, _ in intervals], [high for _, high in intervals], color=color, linewidth=1.6)
        axes.plot(values, places, color=color, marker=mark, markersize=4.5, linewidth=0, label=name)
    # A dollar sign would begin a formula.
    axes.set_yticks(range(len(rows)), [row.replace("$", r"\$") for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    if zero:
        axes.axvline(0, color=COLORS["edge"], linewidth=1)
    else:
        axes.set_xlim(max(0.0, math.floor(min(lows, default=0) * 10 - 0.2) / 10), 1.01)
    axes.grid(axis="x", color=COLORS["line"], linewidth=0.7)
    axes.set_axisbelow(True)
    axes.set_xlabel(label, fontsize=9, color=COLORS["ink"])
    _dress(axes)
    if len(series) > 1:
        _legend(figure, axes)
    return figure


def _figure(width: float, height: float) -> Figure:
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def _legend(figure: Figure, axes: Axes) -> None:
    handles, names = axes.get_legend_handles_labels()
    figure.legend(
        handles, names, loc="outside upper right", ncols=len(names), frameon=False, fontsize=8, labelcolor=COLORS["ink"]
    )


def _dress(axes: Axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(COLORS["edge"])
    axes.tick_params(labelsize=8, color=COLORS["edge"], labelcolor=COLORS["ink"], which="both")


def _describe(what: str, rows: dict[str, list[tuple[str, Bar]]]) -> str:
    """A plot in words: each row with its values."""
    several = len({name for bars in rows.values() for name, _ in bars}) > 1
    parts = []
    for row, bars in rows.items():
        values = (f"{name} {value:.3f}" if several else f"{value:.3f}" for name, (value, _) in bars)
        parts.append(f"{row} {', '.join(values)}")
    return f"{what}: {'; '.join(parts)}"
