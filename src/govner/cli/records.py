"""`govner records`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govner.cli.common import default_model
from govner.cli.running import (
    COLUMNS,
    LIMITS,
    AsIs,
    Engine,
    EngineName,
    Files,
    Format,
    IdColumn,
    MaxCharacters,
    MaxMegabytes,
    MaxSeconds,
    Model,
    Processes,
    Resume,
    Strict,
    TableFormat,
    TextColumn,
    run_and_tell,
)
from govner.input.limits import Limits
from govner.input.rows import Columns


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("records")(records_command)


def records_command(
    files: Files,
    out: Annotated[Path, typer.Option("--out", "-o", help="Directory for the tables.")],
    format: Format = TableFormat.csv,
    model: Model = None,
    strict: Strict = False,
    as_is: AsIs = False,
    text_column: TextColumn = COLUMNS.text,
    id_column: IdColumn = COLUMNS.id,
    max_megabytes: MaxMegabytes = LIMITS.megabytes,
    max_characters: MaxCharacters = LIMITS.characters,
    max_seconds: MaxSeconds = LIMITS.seconds,
    processes: Processes = 1,
    engine: Engine = EngineName.local,
    resume: Resume = False,
) -> None:
    """Read reports into records, and write their tables: reports, facts, citations, officials, findings …

    A report that cannot be read is named and put in the table errors; the others are read.
    """
    run_and_tell(
        "records",
        model or default_model(),
        files,
        out,
        format=format,
        repair=not as_is,
        columns=Columns(text_column, id_column),
        limits=Limits(max_megabytes, max_characters, max_seconds),
        processes=processes,
        engine=engine,
        resume=resume,
        strict=strict,
    )
