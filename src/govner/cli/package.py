"""`govner package`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from govner.cli.common import console
from govner.loading import load_pipeline
from govner.packaging import build_wheel


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("package")(package)


def package(
    model: Annotated[Path, typer.Argument(help="Trained pipeline, such as training/output/zh_govner_sm/model-best.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Directory for the wheel.")] = Path("dist"),
    scores: Annotated[
        Path | None, typer.Option(help="Scores that `govner evaluate --output` wrote, for meta.json.")
    ] = None,
    card: Annotated[Path | None, typer.Option(help="Model card that `govner card` wrote, for meta.json.")] = None,
) -> None:
    """Build an installable wheel from a trained pipeline."""
    load_pipeline(str(model))  # says what is wrong with a damaged one
    wheel = build_wheel(model, out, scores, card)
    console.print(f"wheel: {escape(str(wheel))}")
