"""`govner evaluate`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from govner.cli.common import console, load_pipeline, write_text
from govner.evaluation.errors import list_errors
from govner.evaluation.gold import read_gold
from govner.evaluation.scores import Evaluation, Interval, Score, evaluate
from govner.progress import progress_bar


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("evaluate")(evaluate_command)


def evaluate_command(
    model: Annotated[str, typer.Argument(help="Trained pipeline: a path or an installed package.")],
    gold: Annotated[
        list[Path], typer.Argument(help="Annotated reports: inline files, directories, .spacy or .jsonl files.")
    ],
    split: Annotated[str | None, typer.Option(help="Only reports of this split: train, dev or test.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write all scores as JSON.")] = None,
    errors: Annotated[Path | None, typer.Option(help="Write every error with its context, as JSONL.")] = None,
) -> None:
    """Score a model on annotated reports, with 95 % intervals."""
    nlp = load_pipeline(model)
    docs = list(read_gold(gold, nlp.vocab, split))
    with progress_bar("evaluating", sum(map(len, docs)), "characters") as bar:
        result = evaluate(nlp, docs, lambda count: bar.advance(bar.task_ids[0], count))
    show(result)
    if output is not None:
        write_text(output, json.dumps(result.to_json(), ensure_ascii=False, indent=1) + "\n")
    if errors is not None:
        lines = [json.dumps(error.to_json(), ensure_ascii=False) for error in list_errors(result.examples)]
        write_text(errors, "".join(line + "\n" for line in lines))
        console.print(f"{len(lines)} errors in {escape(str(errors))}")


def show(result: Evaluation) -> None:
    """Print scores as tables."""
    console.print(
        f"{result.documents} reports, {result.paragraphs} paragraphs; "
        f"intervals: 95 %, bootstrap over {result.resampled}"
    )
    console.print(_table("entities, exact span and label", result.entities))
    if result.sections:
        console.print(_table("sections, by paragraph", result.sections))
        accuracy, macro = result.sections_accuracy, result.sections_macro_f
        console.print(f"sections accuracy {_with_interval(*accuracy)}, macro F1 {_with_interval(*macro)}")


def _table(title: str, scores: dict[str, Score]) -> Table:
    table = Table(title=title, title_justify="left")
    for name in ("label", "P", "R", "F1", "95 %", "gold"):
        table.add_column(name, justify="left" if name == "label" else "right")
    for label, score in scores.items():
        low, high = score.interval
        table.add_row(
            label, f"{score.p:.3f}", f"{score.r:.3f}", f"{score.f:.3f}", f"{low:.3f}-{high:.3f}", str(score.gold)
        )
    return table


def _with_interval(value: float, interval: Interval) -> str:
    return f"{value:.3f} ({interval[0]:.3f}-{interval[1]:.3f})"
