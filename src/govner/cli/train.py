"""`govner train`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from govner.cli.common import console
from govner.errors import InputError
from govner.evaluation.scores import Interval
from govner.training.continuation import SCORES_FILE, continue_training
from govner.training.effect import Effect
from govner.training.run import train_model


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("train", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(train)


def train(
    ctx: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", help="Directory for model-best and model-last.")],
    config: Annotated[
        Path | None, typer.Option("--config", "-c", help="Training config, such as configs/zh_govner_sm.cfg.")
    ] = None,
    corpus: Annotated[
        Path, typer.Option("--corpus", help="Annotated reports; their front matter names the split of each.")
    ] = Path("corpus/reports"),
    source: Annotated[
        str | None, typer.Option("--from", help="Go on from this trained pipeline, a path or an installed package.")
    ] = None,
    rehearse: Annotated[
        Path | None,
        typer.Option(help="With --from: reports of the kind that it knows, annotated or plain, so that it keeps it."),
    ] = None,
) -> None:
    """Train a pipeline on annotated reports: from nothing by a config, or further with --from.

    Labels of one's own are defined in a labels.toml beside the reports. Any setting of the config can be overridden, as
    in `spacy train`: --training.max_steps 100. Ctrl-C keeps the best model so far.
    """
    if source is None:
        if config is None:
            raise InputError("nothing to train by; name --config CONFIG, or --from MODEL to go on with a model")
        if rehearse is not None:
            raise InputError("--rehearse needs a model that knows something; name it with --from")
        best = train_model(config, output, corpus, ctx.args)
        effects: list[Effect] = []
    else:
        done = continue_training(source, output, corpus, rehearse, config, ctx.args)
        best, effects = done if done else (None, [])
    if best is None:
        raise typer.Exit(130)
    for effect in effects:
        console.print(_table(effect))
    if effects and rehearse is None:
        console.print("what it forgot is not known; name reports of the kind that it knew with --rehearse")
    if effects:
        console.print(f"scores: {escape(str(output / SCORES_FILE))}")
    console.print(f"best model: {escape(str(best))}")


def _table(effect: Effect) -> Table:
    title = f"{effect.what}, dev: {effect.after.documents} reports; 95 %, bootstrap over {effect.after.resampled}"
    table = Table(title=title, title_justify="left", box=SIMPLE)
    for name in ("F1", "before", "after", "change", "gold"):
        table.add_column(name, justify="left" if name == "F1" else "right")
    for row in effect.rows():
        change = row.after[0] - row.before[0] if row.before and row.after else None
        cells = (_with_interval(row.before), _with_interval(row.after), "" if change is None else f"{change:+.3f}")
        table.add_row(row.name, *cells, str(row.gold))
    return table


def _with_interval(score: tuple[float, Interval] | None) -> str:
    if score is None:
        return "-"
    value, (low, high) = score
    return f"{value:.3f} ({low:.3f}-{high:.3f})"
