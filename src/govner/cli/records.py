"""`govner records`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from govner.cli.common import console, default_model, load_pipeline, require_annotations
from govner.progress import progress_bar
from govner.records.export import export_frames
from govner.records.frames import to_frames
from govner.records.record import make_record
from govner.records.schema import Record
from govner.tagging import report_ids, tag_files
from govner.text.files import expand_paths


class RecordFormat(str, Enum):
    """How tables of records are written."""

    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"
    xlsx = "xlsx"
    duckdb = "duckdb"


Files = Annotated[list[Path], typer.Argument(help="Reports as UTF-8 text, or directories of .txt files.")]
Model = Annotated[str | None, typer.Option("--model", "-m", help="Trained pipeline; zh_govner_sm if none is named.")]


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("records")(records_command)


def records_command(
    files: Files,
    out: Annotated[Path, typer.Option("--out", "-o", help="Directory for the tables.")],
    format: Annotated[RecordFormat, typer.Option("--format", "-f", help="Format of the tables.")] = RecordFormat.csv,
    model: Model = None,
) -> None:
    """Read reports into records, and write their tables: reports, facts, citations, officials, findings …

    A file that cannot be read is named and left out; the others are read, and the exit code is 2.
    """
    failed: list[str] = []
    records = list(read_records(files, model, failed))
    frames = to_frames(records)
    paths = export_frames(frames, out, format.value)
    table = Table(title=f"{len(records)} reports", title_justify="left")
    for name in ("table", "rows"):
        table.add_column(name, justify="left" if name == "table" else "right")
    for name, frame in frames.items():
        table.add_row(name, f"{len(frame):,}")
    console.print(table)
    console.print(f"written: {escape(', '.join(map(str, paths)))}")
    if failed:
        raise typer.Exit(2)


def read_records(
    files: list[Path], model: str | None, failed: list[str], disabled: Collection[str] = ()
) -> Iterator[Record]:
    """Read files into records with a progress bar; name those that cannot be read and add them to `failed`.

    Audit rules in `disabled` are switched off.
    """
    paths = list(expand_paths(files))
    name = model or default_model()
    nlp = load_pipeline(name)
    require_annotations(nlp, name)
    stderr = Console(stderr=True, highlight=False, soft_wrap=True)
    with progress_bar("reading", len(paths), "reports") as bar:
        for (path, doc, error), report_id in zip(tag_files(nlp, paths), report_ids(paths), strict=True):
            bar.advance(bar.task_ids[0])
            if doc is None:
                failed.append(str(path))
                stderr.print(f"[red]error:[/red] {escape(str(error))}")
            else:
                yield make_record(doc, report_id, str(path), disabled)
