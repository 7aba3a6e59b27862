"""`govner view`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from govner.cli.common import console, write_text
from govner.cli.options import Files, Reading
from govner.cli.running import tag_files
from govner.errors import InputError
from govner.input.limits import Limits
from govner.input.rows import Columns
from govner.view.page import render_page


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("view")(view)


def view(
    model: Annotated[str, typer.Argument(help="Trained pipeline: a path or an installed package.")],
    files: Files,
    out: Annotated[Path, typer.Option("--out", "-o", help="The page to write.")] = Path("page.html"),
) -> None:
    """Write a self-contained HTML page with coloured mentions under section headings.

    A file that cannot be read is named and left out, and the exit code is 2.
    """
    failed: list[InputError] = []
    # Shown as it stands: the page quotes the text.
    tagged = list(tag_files(files, model, Reading(False, Columns(), Limits()), failed))
    if tagged:
        reports = [(Path(report.text.path).name, report.doc) for report in tagged]
        write_text(out, render_page(reports, reports[0][0] if len(reports) == 1 else f"{len(reports)} reports"))
        console.print(f"page: {escape(str(out))}")
    if failed:
        raise typer.Exit(2)
