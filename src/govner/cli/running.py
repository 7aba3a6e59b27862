"""Options and output that the commands share which read many reports and write tables."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from govner.cli.common import console, default_model
from govner.engine.job import Job, Task
from govner.engine.run import Summary, run_job
from govner.errors import InputError
from govner.input.discovery import find_files, report_ids
from govner.input.limits import Limits
from govner.input.reader import read_input
from govner.input.rows import Columns
from govner.loading import load_pipeline, require_annotations
from govner.progress import progress_bar, run_progress
from govner.records.reading import record_of
from govner.records.schema import Record
from govner.tagging import Tagged, tag_texts


class TableFormat(str, Enum):
    """How tables are written."""

    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"
    xlsx = "xlsx"
    duckdb = "duckdb"


class EngineName(str, Enum):
    """What spreads the work."""

    local = "local"
    ray = "ray"


_FILES = "Text, HTML, PDF, Word, JSON(L), CSV or Parquet files, directories, patterns; - is standard input."
_READING, _RUNNING = "Reading", "Running"
Files = Annotated[list[str], typer.Argument(help=_FILES, metavar="FILES...", show_default=False)]
Model = Annotated[str | None, typer.Option("--model", "-m", help="Trained pipeline; zh_govner_sm if none is named.")]
Format = Annotated[TableFormat, typer.Option("--format", "-f", help="Format of the tables.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with code 1 if any report failed.")]
AsIs = Annotated[
    bool,
    typer.Option("--as-is", help="Read damaged text unrepaired.", rich_help_panel=_READING),
]
TextColumn = Annotated[
    str, typer.Option("--text-column", help="Column or key of a row that has the text.", rich_help_panel=_READING)
]
IdColumn = Annotated[
    str, typer.Option("--id-column", help="Column or key of a row that has its id.", rich_help_panel=_READING)
]
MaxMegabytes = Annotated[
    float, typer.Option("--max-megabytes", help="Leave out larger files.", rich_help_panel=_READING, min=0)
]
MaxCharacters = Annotated[
    int, typer.Option("--max-characters", help="Leave out longer texts.", rich_help_panel=_READING, min=1)
]
MaxSeconds = Annotated[
    float,
    typer.Option("--max-seconds", help="Leave out what takes longer; 0: no limit.", rich_help_panel=_READING, min=0),
]
Processes = Annotated[
    int,
    typer.Option("--processes", "-p", help="How many work at a time; 0: one a core.", rich_help_panel=_RUNNING, min=0),
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on with the run in --out that was stopped.", rich_help_panel=_RUNNING)
]
Engine = Annotated[
    EngineName,
    typer.Option("--engine", help="Local processes, or a Ray cluster (RAY_ADDRESS).", rich_help_panel=_RUNNING),
]

LIMITS = Limits()
COLUMNS = Columns()


def run_and_tell(
    task: Task,
    model: str,
    files: list[str],
    out: Path,
    *,
    format: TableFormat,
    repair: bool,
    columns: Columns,
    limits: Limits,
    processes: int,
    engine: EngineName,
    resume: bool,
    strict: bool,
) -> None:
    """Run a job with a progress bar; print what came of it, and exit with code 1 or 2 where it is due."""
    job = Job(task, model, repair, columns=columns, limits=limits)
    with run_progress("tagging" if task == "tag" else "reading") as progress:
        summary = run_job(
            job,
            files,
            out,
            format=format.value,
            engine=engine.value,
            processes=processes or os.cpu_count() or 1,
            resume=resume,
            progress=progress,
        )
    _tell(summary)
    if summary.errors and not summary.reports:
        raise typer.Exit(2)
    if summary.errors and strict:
        raise typer.Exit(1)


def _tell(summary: Summary) -> None:
    table = Table(title=f"{summary.reports:,} reports", title_justify="left")
    for name in ("table", "rows"):
        table.add_column(name, justify="left" if name == "table" else "right")
    for name, rows in summary.rows.items():
        table.add_row(name, f"{rows:,}")
    console.print(table)
    new = summary.reports - summary.kept
    kept = f", {summary.kept:,} done before" if summary.kept else ""
    console.print(f"{new:,} reports in {summary.seconds:,.1f} s{kept}; {summary.errors:,} failed")
    console.print(f"written: {escape(', '.join(map(str, summary.paths)))}")
    for error in summary.first_errors:
        tell_error(InputError(error["reason"], error["path"], error["row"]))
    if summary.errors > len(summary.first_errors):
        more = summary.errors - len(summary.first_errors)
        _stderr().print(f"and {more:,} more: see the table errors")


def tell_error(error: InputError) -> None:
    """Print an error in a line."""
    _stderr().print(f"[red]error:[/red] {escape(str(error))}")


def tag_files(
    files: list[str],
    model: str,
    failed: list[InputError],
    repair: bool,
    columns: Columns,
    limits: Limits,
    done: Collection[str] = (),
) -> Iterator[Tagged]:
    """Tag files with a progress bar; name those that cannot be read and add them to `failed`.

    Files in `done` are left out; the ids of the others are what they are with them.
    """
    paths = list(find_files(files))
    todo = [(path, name) for path, name in zip(paths, report_ids(paths), strict=True) if path not in done]
    nlp = load_pipeline(model)
    require_annotations(nlp, model)
    nlp.max_length = max(nlp.max_length, limits.characters)
    with progress_bar("reading", None if len(paths) == 1 else len(paths), "reports") as bar:
        bar.update(bar.task_ids[0], completed=len(paths) - len(todo))
        found = chain.from_iterable(read_input(path, name, columns=columns, limits=limits) for path, name in todo)
        for tagged in tag_texts(nlp, found, repair=repair, batch_size=1):
            bar.advance(bar.task_ids[0])
            if isinstance(tagged, Tagged):
                yield tagged
            else:
                failed.append(tagged)
                tell_error(tagged)


def read_records(
    files: list[str],
    model: str | None,
    failed: list[InputError],
    disabled: Collection[str] = (),
    *,
    repair: bool = True,
    columns: Columns = COLUMNS,
    limits: Limits = LIMITS,
) -> Iterator[Record]:
    """Read files into records; as `tag_files`. Audit rules in `disabled` are switched off."""
    for tagged in tag_files(files, model or default_model(), failed, repair, columns, limits):
        yield record_of(tagged, disabled)


def _stderr() -> Console:
    return Console(stderr=True, highlight=False, soft_wrap=True)
