"""`govner view`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from govner.cli.common import console, load_pipeline, require_annotations, write_text
from govner.text.files import expand_paths, read_text
from govner.view.page import render_page


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("view")(view)


def view(
    model: Annotated[str, typer.Argument(help="Trained pipeline: a path or an installed package.")],
    files: Annotated[list[Path], typer.Argument(help="Reports as UTF-8 text, or directories of .txt files.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The page to write.")] = Path("page.html"),
) -> None:
    """Write a self-contained HTML page with coloured mentions under section headings."""
    texts = [(path.name, read_text(path)) for path in expand_paths(files)]
    nlp = load_pipeline(model)
    require_annotations(nlp, model)
    reports = [(name, nlp(text)) for name, text in texts]
    title = texts[0][0] if len(texts) == 1 else f"{len(texts)} reports"
    write_text(out, render_page(reports, title))
    console.print(f"page: {escape(str(out))}")
