"""`govner schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from govner.cli.common import console, write_text
from govner.records.schema import Record


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("schema")(schema_command)


def schema_command(
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write it to a file.")] = None,
) -> None:
    """Print the JSON Schema of a record."""
    text = json.dumps(Record.model_json_schema(), ensure_ascii=False, indent=2) + "\n"
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_text(out, text)
        console.print(f"written: {escape(str(out))}")
