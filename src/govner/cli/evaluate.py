"""`govner evaluate`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table
from spacy.language import Language
from spacy.tokens import Doc

from govner.cli.common import console, write_text
from govner.corpus.augment.variations import VARIATIONS, require_variations, vary_docs
from govner.evaluation.breakdown import choose_keys
from govner.evaluation.comparison import BOTH, FIRST, SECOND, Comparison, Difference, compare
from govner.evaluation.confusion import mention_confusion, section_confusion
from govner.evaluation.errors import list_errors
from govner.evaluation.gold import read_gold
from govner.evaluation.report.page import Results, draw_plots, find_breakdowns, render_report, write_plots
from govner.evaluation.report.pictures import require_matplotlib
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
    by: Annotated[
        list[str] | None,
        typer.Option(help="Break scores down by this key of the front matter too, besides form, level and period."),
    ] = None,
    against: Annotated[str | None, typer.Option(help="Compare with this model on the same reports.")] = None,
    report: Annotated[
        Path | None, typer.Option(help="Write one HTML page: scores, breakdowns, confusion, calibration, every error.")
    ] = None,
    plots: Annotated[Path | None, typer.Option(help="Write the plots into this directory, as PNG.")] = None,
) -> None:
    """Score a model on annotated reports, with 95 % intervals."""
    variations = _variations(vary or [])
    if report is not None or plots is not None:
        require_matplotlib()
    nlp = load_pipeline(model)
    other_nlp = None if against is None else load_pipeline(against)
    docs = list(read_gold(gold, nlp.vocab, split))
    keys = choose_keys(docs, by or [])
    runs = 1 + len(variations) + (other_nlp is not None)
    with progress_bar("evaluating", sum(map(len, docs)) * runs, "characters") as bar:

        def run(nlp: Language, docs: Iterable[Doc]) -> Evaluation:
            return evaluate(nlp, docs, lambda count: bar.advance(bar.task_ids[0], count))

        results = Results("Evaluation", _model_name(nlp, model), run(nlp, docs))
        if against is not None and other_nlp is not None:
            results.other_model = _model_name(other_nlp, against)
            results.other = run(other_nlp, read_gold(gold, other_nlp.vocab, split))
        results.varied = {name: run(nlp, vary_docs(docs, name)) for name in variations}
    evaluation = results.evaluation
    results.breakdowns = find_breakdowns(evaluation, keys)
    if results.other is not None:
        results.comparison = compare(evaluation, results.other)
    show(evaluation)
    for key in by or []:
        console.print(_breakdown_table(key, results.breakdowns[key]))
    if results.comparison is not None:
        _show_comparison(results.comparison)
    if results.varied:
        console.print(_varied_table(evaluation, results.varied))
    if output is not None:
        write_text(output, json.dumps(_to_json(results), ensure_ascii=False, indent=1) + "\n")
    if errors is not None:
        _write_errors(results, errors)
    if report is not None or plots is not None:
        drawn = draw_plots(results)
        if plots is not None:
            console.print(f"{len(write_plots(drawn, plots))} plots in {escape(str(plots))}")
        if report is not None:
            write_text(report, render_report(results, drawn))
            console.print(f"report: {escape(str(report))}")


def _model_name(nlp: Language, given: str) -> str:
    """Name and version of a pipeline, and what it was called by."""
    name = f"{nlp.meta['lang']}_{nlp.meta['name']}"
    return f"{name} {nlp.meta['version']}" + (f" ({given})" if given != name else "")


def _to_json(results: Results) -> dict[str, Any]:
    """All scores as plain values."""
    evaluation = results.evaluation
    scores = evaluation.to_json() | {
        "breakdown": {
            key: {value: _without_spacy(found) for value, found in groups.items()}
            for key, groups in results.breakdowns.items()
        },
        "confusion": {
            "mentions": mention_confusion(evaluation.examples).to_json(),
            "sections": section_confusion(evaluation.examples).to_json(),
        },
        "varied": {name: found.to_json() for name, found in results.varied.items()},
    }
    if results.comparison is not None:
        scores["comparison"] = {"model": results.other_model, **results.comparison.to_json()}
    return scores


def _without_spacy(found: Evaluation) -> dict[str, Any]:
    """Scores without those of spaCy's `Scorer`, which parts of the reports have none of."""
    return {key: value for key, value in found.to_json().items() if key != "spacy"}


def _write_errors(results: Results, path: Path) -> None:
    """Write errors as JSONL; of two models, with who makes each."""
    if results.comparison is None:
        rows = [error.to_json() for error in list_errors(results.evaluation.examples)]
    else:
        rows = [found.to_json() for errors in results.comparison.errors for found in errors]
    write_text(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    console.print(f"{len(rows)} errors in {escape(str(path))}")


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


def _breakdown_table(key: str, groups: dict[str, Evaluation]) -> Table:
    table = Table(title=f"by {escape(key)}", title_justify="left")
    for name in (key, "reports", "mentions F1", "95 %", "sections", "95 %"):
        table.add_column(escape(name), justify="left" if name == key else "right")
    for value, found in groups.items():
        entities, (accuracy, interval) = found.entities["ALL"], found.sections_accuracy
        cells = [f"{entities.f:.3f}", _dashed(entities.interval), f"{accuracy:.3f}", _dashed(interval)]
        table.add_row(escape(value) or "not stated", str(found.documents), *cells)
    return table


def _show_comparison(found: Comparison) -> None:
    table = Table(title="F1 of both models, and their difference", title_justify="left")
    for name in ("label", "model", "against", "difference", "95 %", "p"):
        table.add_column(name, justify="left" if name == "label" else "right")
    rows: dict[str, Difference] = dict(found.entities)
    if found.sections:
        rows |= {"sections accuracy": found.sections_accuracy, "sections macro F1": found.sections_macro_f}
        rows |= found.sections
    for label, one in rows.items():
        low, high = one.interval
        cells = [f"{one.first:.3f}", f"{one.second:.3f}", f"{one.difference:+.3f}", f"{low:+.3f} to {high:+.3f}"]
        table.add_row(label, *cells, f"{one.p:.3f}")
    console.print(table)
    counts = found.to_json()["errors"]
    console.print(
        f"errors: {counts[BOTH]} of both, {counts[FIRST]} of the model alone, {counts[SECOND]} of the other alone; "
        f"paired bootstrap over {found.resampled}"
    )


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
        values = [f"{value:.3f}" for value in (score.p, score.r, score.f)]
        table.add_row(label, *values, _dashed(score.interval), str(score.gold))
    return table


def _dashed(interval: Interval) -> str:
    return f"{interval[0]:.3f}-{interval[1]:.3f}"


def _with_interval(value: float, interval: Interval) -> str:
    return f"{value:.3f} ({_dashed(interval)})"
