"""What the commands share that read many reports: runs with their outcome told, reports one at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from govner.cli.common import console, default_model
from govner.cli.options import Reading, Running, TableFormat
from govner.engine.job import Job, Task
from govner.engine.run import Summary, run_job
from govner.errors import InputError
from govner.input.discovery import find_files
from govner.input.reader import read_inputs
from govner.loading import load_pipeline, require_annotations
from govner.progress import progress_bar, run_progress
from govner.records.reading import record_of
from govner.records.schema import Record
from govner.tagging import Tagged, tag_texts


def run_and_tell(
    task: Task,
    model: str,
    files: list[str],
    out: Path,
    format: TableFormat,
    reading: Reading,
    running: Running,
) -> None:
    """Run a job with a progress bar; print what came of it, and exit with code 1 or 2 where it is due."""
    job = Job(task, model, reading.repair, columns=reading.columns, limits=reading.limits)
    with run_progress("tagging" if task == "tag" else "reading") as progress:
        summary = run_job(
            job,
            files,
            out,
            format=format.value,
            engine=running.engine,
            processes=running.processes,
            resume=running.resume,
            progress=progress,
        )
    _tell(summary)
    if summary.errors and not summary.reports:
        raise typer.Exit(2)
    if summary.errors and running.strict:
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


def tag_files(files: list[str], model: str, reading: Reading, failed: list[InputError]) -> Iterator[Tagged]:
    """Tag files with a progress bar; name those that cannot be read and add them to `failed`."""
    paths = list(find_files(files))
    nlp = load_pipeline(model)
    require_annotations(nlp, model)
    nlp.max_length = max(nlp.max_length, reading.limits.characters)
    with progress_bar("reading", None if len(paths) == 1 else len(paths), "reports") as bar:
        found = read_inputs(paths, columns=reading.columns, limits=reading.limits)
        for tagged in tag_texts(nlp, found, repair=reading.repair, batch_size=1):
            bar.advance(bar.task_ids[0])
            if isinstance(tagged, Tagged):
                yield tagged
            else:
                failed.append(tagged)
                tell_error(tagged)


def read_records(
    files: list[str], model: str | None, reading: Reading, failed: list[InputError], disabled: Collection[str] = ()
) -> Iterator[Record]:
    """Read files into records; as `tag_files`. Audit rules in `disabled` are switched off."""
    for tagged in tag_files(files, model or default_model(), reading, failed):
        yield record_of(tagged, disabled)


def _stderr() -> Console:
    return Console(stderr=True, highlight=False, soft_wrap=True)
