"""The scores of `suggestion_curve.py` as tables and a chart."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any

Run = dict[str, Any]
WAYS = ("random", "uncertainty", "suggest")
HEAD = """\
# What suggestions save

Annotating, in rounds of {round:,} characters, what `govner suggest` names, the uncertain alone, and lines at random,
each with the headings above it: scores on the dev split of models trained with {steps} steps, mean over seeds
(least–greatest); made by `training/suggestion_curve.py`. Every seed has its own pool of {pool} training reports, and a
start that all ways share.

"""
SAVED = """

What a way needs, beyond the start, to come to the scores that random choice has at its last round, as a share of what
random choice was given (least–greatest of the seeds; between rounds by a straight line):

"""


def curves(runs: list[Run], way: str) -> list[list[Run]]:
    """The runs of a way by seed, the common start first."""
    found = []
    for seed in sorted({run["seed"] for run in runs if run["way"] == way}):
        own = [run for run in runs if run["seed"] == seed and run["way"] in ("start", way)]
        found.append(sorted(own, key=lambda run: run["round"]))
    return found


def needed(curve: list[Run], score: float, of: str, effort: str) -> float | None:
    """How much is annotated when a curve first comes to a score, between rounds by a straight line."""
    for before, after in pairwise(curve):
        if before[of] < score <= after[of]:
            share = (score - before[of]) / (after[of] - before[of])
            return float(before[effort] + share * (after[effort] - before[effort]))
    return None


def table(runs: list[Run], pool: int, round: int, steps: int) -> str:
    """The scores, and what each way needs for the score that random choice comes to, as Markdown.

    runs (list[Run]): One a training, as `suggestion_curve.py` keeps them.
    pool, round, steps (int): Reports in the pool, characters annotated in a round, steps of a training.
    RETURNS (str): Two tables.
    """
    ways = [way for way in WAYS if any(run["way"] == way for run in runs)]
    lines = ["| way | seeds | round | characters | paragraphs | mentions | entities F1 | sections accuracy |"]
    lines += ["|---|---:|---:|---:|---:|---:|---:|---:|"]
    for way in ways:
        for number in range(1 + max(run["round"] for run in runs if run["way"] == way)):
            found = [curve[number] for curve in curves(runs, way) if len(curve) > number]
            cells = [way, str(len(found)), str(number)]
            cells += [f"{mean(run[name] for run in found):,.0f}" for name in ("characters", "lines", "mentions")]
            cells += [_spread([run[name] for run in found]) for name in ("entities", "sections")]
            lines.append(f"| {' | '.join(cells)} |")
    saved = ["| way | score | seeds | of random, at its last round | characters | paragraphs | mentions |"]
    saved += ["|---|---|---:|---:|---:|---:|---:|"]
    for way in ways:
        if way == "random":
            continue
        for of in ("entities", "sections"):
            pairs = [
                (other, curve[-1])
                for other in curves(runs, way)
                for curve in curves(runs, "random")
                if curve[0]["seed"] == other[0]["seed"]
            ]
            if not pairs:
                continue
            cells = [way, of, str(len(pairs)), _spread([last[of] for _, last in pairs])]
            for effort in ("characters", "lines", "mentions"):
                shares = [
                    (spent - curve[0][effort]) / (last[effort] - curve[0][effort])
                    for curve, last in pairs
                    if (spent := needed(curve, last[of], of, effort)) is not None
                ]
                missed = f"; {len(pairs) - len(shares)} never" if len(shares) < len(pairs) else ""
                cells.append(f"{mean(shares):.0%} ({min(shares):.0%}–{max(shares):.0%}){missed}" if shares else "never")
            saved.append(f"| {' | '.join(cells)} |")
    return HEAD.format(pool=pool, round=round, steps=steps) + "\n".join(lines) + SAVED + "\n".join(saved) + "\n"


def _spread(values: list[float]) -> str:
    return f"{mean(values):.3f} ({min(values):.3f}–{max(values):.3f})"


def chart(runs: list[Run], path: Path) -> None:
    """Scores by characters annotated: a faint line a seed, a strong one for the mean."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 3.6), layout="constrained")
    FigureCanvasAgg(figure)
    for axes, of in zip(figure.subplots(1, 2), ("entities", "sections"), strict=True):
        for number, way in enumerate(WAYS):
            found = curves(runs, way)
            if not found:
                continue
            for curve in found:
                axes.plot(
                    [run["characters"] for run in curve], [run[of] for run in curve], color=f"C{number}", alpha=0.25
                )
            rounds = list(zip(*found, strict=False))
            places = [mean(run["characters"] for run in each) for each in rounds]
            axes.plot(
                places, [mean(run[of] for run in each) for each in rounds], "-o", color=f"C{number}", label=way, ms=4
            )
        axes.set_title(f"{of}, {'F1' if of == 'entities' else 'accuracy'} on dev", loc="left")
        axes.set_xlabel("characters annotated")
        axes.grid(alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
    figure.axes[1].legend(frameon=False, fontsize=8, loc="lower right")
    figure.savefig(path, dpi=110, metadata={"Software": None})
