"""`govner evaluate-records`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from govner.cli.common import console, load_pipeline, require_annotations, write_text
from govner.corpus.inline import read_report
from govner.evaluation.record_gold import read_record_gold
from govner.evaluation.records import RecordTally
from govner.progress import progress_bar
from govner.records.record import make_record


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("evaluate-records")(evaluate_records_command)


def evaluate_records_command(
    model: Annotated[str, typer.Argument(help="Trained pipeline: a path or an installed package.")],
    gold: Annotated[Path, typer.Argument(help="Annotated records: a directory of JSON files, or one.")],
    reports: Annotated[Path, typer.Argument(help="Directory of the annotated reports they belong to.")],
    split: Annotated[str | None, typer.Option(help="Only records of this split: train, dev or test.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the scores as JSON.")] = None,
    errors: Annotated[Path | None, typer.Option(help="Write every error, as JSONL.")] = None,
) -> None:
    """Score the records of reports against annotated ones, with 95 % intervals, beside the targets."""
    nlp = load_pipeline(model)
    require_annotations(nlp, model)
    expected = list(read_record_gold(gold, None if split is None else [split]))
    tally = RecordTally()
    with progress_bar("evaluating", len(expected), "reports") as bar:
        for record_gold in expected:
            report = read_report(reports / f"{record_gold.id}.txt")
            tally.add(record_gold, make_record(nlp(report.text), record_gold.id))
            bar.advance(bar.task_ids[0])
    scores = tally.scores()
    table = Table(title=f"records of {len(expected)} reports", title_justify="left")
    for name in ("what", "score", "95 %", "target", "gold"):
        table.add_column(name, justify="left" if name == "what" else "right")
    for score in scores:
        low, high = score.interval
        target = "" if score.target is None else f"{score.target:.2f}"
        table.add_row(score.name, f"{score.value:.3f}", f"{low:.3f}-{high:.3f}", target, f"{score.gold:,}")
    console.print(table)
    if output is not None:
        write_text(output, json.dumps([asdict(score) for score in scores], ensure_ascii=False, indent=1) + "\n")
    if errors is not None:
        write_text(errors, "".join(json.dumps(asdict(error), ensure_ascii=False) + "\n" for error in tally.errors))
        console.print(f"{len(tally.errors)} errors in {escape(str(errors))}")
