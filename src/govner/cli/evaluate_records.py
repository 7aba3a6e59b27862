"""`govner evaluate-records`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table
from spacy.language import Language

from govner.cli.common import console, write_text
from govner.corpus.inline import read_report
from govner.corpus.reader import read_reports
from govner.evaluation.planted import PlantedScores, evaluate_planted, find_clean, plant_errors
from govner.evaluation.record_gold import read_record_gold
from govner.evaluation.records import RecordScore, RecordTally
from govner.loading import load_pipeline, require_annotations
from govner.progress import progress_bar
from govner.records.record import make_record


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("evaluate-records")(evaluate_records_command)


def evaluate_records_command(
    model: Annotated[str, typer.Argument(help="Trained pipeline: a path or an installed package.")],
    gold: Annotated[Path, typer.Argument(help="Annotated records: a directory of JSON files, or one.")],
    reports: Annotated[Path, typer.Argument(help="Directory of the annotated reports they belong to.")],
    split: Annotated[
        str | None, typer.Option(help="Only records and reports of this split: train, dev or test.")
    ] = None,
    planted: Annotated[
        int, typer.Option(min=0, help="Errors to plant into the reports for each rule of the audit; 0 for none.")
    ] = 8,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the scores as JSON.")] = None,
    errors: Annotated[Path | None, typer.Option(help="Write every error, as JSONL.")] = None,
) -> None:
    """Score the records of reports against annotated ones, and the audit on planted errors, beside the targets."""
    nlp = load_pipeline(model)
    require_annotations(nlp, model)
    expected = list(read_record_gold(gold, None if split is None else [split]))
    tally = RecordTally()
    with progress_bar("evaluating", len(expected), "reports") as bar:
        for record_gold in expected:
            report = read_report(reports / f"{record_gold.id}.txt")
            tally.add(record_gold, make_record(nlp(report.text), record_gold.id))
            bar.advance(bar.task_ids[0])
    scores, mistakes = tally.scores(), tally.errors
    console.print(_table(f"records of {len(expected)} reports", scores))
    if planted:
        audited = _evaluate_audit(nlp, reports, split, planted)
        console.print(_table("the audit, with planted errors and without", audited.summary))
        console.print(_table("planted errors found, by rule", audited.by_rule))
        scores, mistakes = scores + audited.summary + audited.by_rule, mistakes + audited.errors
    if output is not None:
        write_text(output, json.dumps([asdict(score) for score in scores], ensure_ascii=False, indent=1) + "\n")
    if errors is not None:
        write_text(errors, "".join(json.dumps(asdict(error), ensure_ascii=False) + "\n" for error in mistakes))
        console.print(f"{len(mistakes)} errors in {escape(str(errors))}")


def _evaluate_audit(nlp: Language, directory: Path, split: str | None, limit: int) -> PlantedScores:
    reports = list(read_reports([directory], split))
    clean = find_clean(reports, nlp.vocab)
    planted = plant_errors(clean, limit)
    with progress_bar("auditing", len(reports) + len(planted), "reports") as bar:
        return evaluate_planted(nlp, reports, clean, planted, lambda count: bar.advance(bar.task_ids[0], count))


def _table(title: str, scores: Sequence[RecordScore]) -> Table:
    table = Table(title=title, title_justify="left")
    for name in ("what", "score", "95 %", "target", "of"):
        table.add_column(name, justify="left" if name == "what" else "right")
    for score in scores:
        low, high = score.interval
        target = "" if score.target is None else f"{score.target:g}"
        table.add_row(score.name, f"{score.value:.3f}", f"{low:.3f}-{high:.3f}", target, f"{score.gold:,}")
    return table
