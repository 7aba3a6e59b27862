"""`govner records`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govner.cli.common import default_model
from govner.cli.options import Files, Format, Model, Reading, Running, TableFormat, reading, running, with_options
from govner.cli.running import run_and_tell


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("records")(records_command)


@with_options(reading=reading, running=running)
def records_command(
    files: Files,
    out: Annotated[Path, typer.Option("--out", "-o", help="Directory for the tables.")],
    format: Format = TableFormat.csv,
    model: Model = None,
    *,
    reading: Reading,
    running: Running,
) -> None:
    """Read reports into records, and write their tables: reports, facts, citations, officials, findings …

    A report that cannot be read is named and put in the table errors; the others are read.
    """
    run_and_tell("records", model or default_model(), files, out, format, reading, running)
