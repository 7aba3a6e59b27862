"""`govner card`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from govner.cli.common import console, write_text
from govner.errors import InputError
from govner.evaluation.model_card import draw_calibration, model_card
from govner.loading import load_pipeline
from govner.text.files import read_text


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("card")(card)


def card(
    model: Annotated[str, typer.Argument(help="Trained pipeline: a path or an installed package.")],
    scores: Annotated[
        list[str], typer.Option(help="NAME=FILE: scores that `govner evaluate --output` wrote; may be repeated.")
    ],
    speed: Annotated[Path | None, typer.Option(help="Figures that `govner benchmark --output` wrote.")] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="The Markdown file.")] = Path("models.md"),
) -> None:
    """Write a model card: use, data, scores, calibration with a plot beside it, speed and limits."""
    named = [item.partition("=") for item in scores]
    wrong = next((item for item, (_, _, file) in zip(scores, named, strict=True) if not file), None)
    if wrong is not None:
        raise InputError(f"--scores {wrong!r} is no NAME=FILE; write test=scores.json")
    found = {name: _read(Path(file), "evaluate") for name, _, file in named}
    for (name, figures), (_, _, file) in zip(found.items(), named, strict=True):
        if "entities" not in figures or "sections" not in figures:
            raise InputError(f"holds no scores for {name!r}; write it with `govner evaluate --output`", file)
    plot = out.with_name(f"{out.stem}-calibration.png")
    draw_calibration(found, plot)
    benchmark = None if speed is None else _read(speed, "benchmark")
    write_text(out, model_card(load_pipeline(model).meta, found, benchmark, plot.name))
    console.print(f"card: {escape(str(out))}, plot: {escape(str(plot))}")


def _read(path: Path, command: str) -> dict[str, Any]:
    try:
        return dict(json.loads(read_text(path)))
    except (json.JSONDecodeError, TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"is not JSON; write it with `govner {command} --output`", path) from None
