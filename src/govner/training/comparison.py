"""Compare the variants of an experiment in tables."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import mean
from typing import Any

from govner.training.experiment import Gold


def results_table(summaries: list[dict[str, Any]], gold: list[Gold]) -> str:
    """Compare variants in Markdown: a table for each gold, then one of speed, size and training time.

    Figures are means over a variant's seeds; in brackets stands the spread where there are several, the 95 % interval
    where there is one. What a variant does not do at all, such as sections, has a dash.
    """
    tables = [f"**{target.name}**\n\n{_gold_table(summaries, target)}" for target in gold]
    return "\n".join([*tables, f"**cost**\n\n{_cost_table(summaries)}"])


def _gold_table(summaries: list[dict[str, Any]], target: Gold) -> str:
    labels = list(dict.fromkeys(label for s in summaries for run in s["runs"] for label in _labels(run, target)))
    head = ["variant", "seeds", "entities", *labels, "sections, accuracy", "sections, macro F1"]
    head += ["error of confidence: mentions", "error of confidence: sections"]
    rows = []
    for summary in summaries:
        scores = [run["scores"][target.name] for run in summary["runs"]]
        cells = [summary["name"], str(len(scores)), _spread(scores, "entities")]
        cells += [_mean([score["by_label"].get(label) for score in scores]) for label in labels]
        cells += [_spread(scores, "sections"), _mean([score["sections_macro"] for score in scores])]
        cells += [_mean([score["calibration"].get(name) for score in scores]) for name in ("mentions", "sections")]
        if target.vary:
            cells += [_mean([score[key] for score in scores]) for key in ("varied_entities", "varied_sections")]
        rows.append(cells)
    return _markdown([*head, *(["varied: entities", "varied: sections"] if target.vary else [])], rows)


def _cost_table(summaries: list[dict[str, Any]]) -> str:
    rows = []
    for summary in summaries:
        runs = summary["runs"]
        rows.append(
            [
                summary["name"],
                _mean([run.get("characters_a_second") for run in runs], ",.0f"),
                _mean([run.get("times_stock") for run in runs], ".1f"),
                _mean([run["bytes"] / 1e6 if run.get("bytes") else None for run in runs], ".0f"),
                _mean([run["seconds"] / 60 for run in runs], ".0f"),
            ]
        )
    return _markdown(["variant", "characters a second", "times stock `ner`", "MB", "minutes of training"], rows)


def _labels(run: dict[str, Any], target: Gold) -> Iterable[str]:
    return run["scores"][target.name]["by_label"]


def _markdown(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _mean(values: list[float | None], form: str = ".3f") -> str:
    known = [value for value in values if value]
    return format(mean(known), form) if known else "–"


def _spread(scores: list[dict[str, Any]], key: str) -> str:
    values = [score[key] for score in scores]
    if not any(values):
        return "–"
    low, high = scores[0][f"{key}_interval"] if len(values) == 1 else (min(values), max(values))
    return f"{mean(values):.3f} ({low:.3f}–{high:.3f})"
