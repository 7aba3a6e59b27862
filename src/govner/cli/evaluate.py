"""`govner evaluate`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table
from spacy.tokens import Doc

from govner.cli.common import console, write_text
from govner.corpus.augment.variations import VARIATIONS, require_variations, vary_docs
from govner.evaluation.errors import list_errors
from govner.evaluation.gold import read_gold
from govner.evaluation.scores import Evaluation, Interval, Score, evaluate
from govner.loading import load_pipeline
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
    vary: Annotated[
        list[str] | None,
        typer.Option(help="Score on the reports varied like this too (see `corpus augment`), or on `all` variations."),
    ] = None,
) -> None:
    """Score a model on annotated reports, with 95 % intervals."""
    variations = _variations(vary or [])
    nlp = load_pipeline(model)
    docs = list(read_gold(gold, nlp.vocab, split))
    with progress_bar("evaluating", sum(map(len, docs)) * (1 + len(variations)), "characters") as bar:

        def run(docs: list[Doc]) -> Evaluation:
            return evaluate(nlp, docs, lambda count: bar.advance(bar.task_ids[0], count))

        result = run(docs)
        varied = {name: run(vary_docs(docs, name)) for name in variations}
    show(result)
    if varied:
        console.print(_varied_table(result, varied))
    if output is not None:
        scores = result.to_json() | {"varied": {name: found.to_json() for name, found in varied.items()}}
        write_text(output, json.dumps(scores, ensure_ascii=False, indent=1) + "\n")
    if errors is not None:
        lines = [json.dumps(error.to_json(), ensure_ascii=False) for error in list_errors(result.examples)]
        write_text(errors, "".join(line + "\n" for line in lines))
        console.print(f"{len(lines)} errors in {escape(str(errors))}")


def _variations(names: list[str]) -> list[str]:
    """Names of variations, `all` written out; raises InputError for one that does not exist."""
    require_variations(names, "all")
    return list(VARIATIONS) if "all" in names else list(dict.fromkeys(names))


def _varied_table(plain: Evaluation, varied: dict[str, Evaluation]) -> Table:
    table = Table(title="the same reports, varied", title_justify="left")
    for name in ("variation", "entities F1", "lost", "sections", "lost"):
        table.add_column(name, justify="left" if name == "variation" else "right")
    for name, found in {"none": plain, **varied}.items():
        entities, sections = found.entities["ALL"].f, found.sections_accuracy[0]
        lost = (plain.entities["ALL"].f - entities, plain.sections_accuracy[0] - sections)
        table.add_row(name, f"{entities:.3f}", f"{lost[0]:.3f}", f"{sections:.3f}", f"{lost[1]:.3f}")
    return table


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
    errors = [f"{name} {found.error:.3f}" for name, found in result.calibration.items() if found]
    if errors:
        console.print(f"expected calibration error: {', '.join(errors)}")


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
