"""`govner train`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from govner.cli.common import console
from govner.training.run import train_model


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("train", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(train)


def train(
    ctx: typer.Context,
    config: Annotated[Path, typer.Option("--config", "-c", help="Training config, such as configs/zh_govner_sm.cfg.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Directory for model-best and model-last.")],
    corpus: Annotated[
        Path, typer.Option("--corpus", help="Annotated reports; their front matter names the split of each.")
    ] = Path("corpus/reports"),
) -> None:
    """Train a pipeline on annotated reports.

    Any setting of the config can be overridden, as in `spacy train`: --training.max_steps 100.
    Ctrl-C keeps the best model so far.
    """
    best = train_model(config, output, corpus, ctx.args)
    if best is None:
        raise typer.Exit(130)
    console.print(f"best model: {escape(str(best))}")
