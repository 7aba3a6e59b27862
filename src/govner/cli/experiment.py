"""`govner experiment`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from govner.cli.common import console, write_text
from govner.errors import InputError
from govner.progress import progress_bar
from govner.training.comparison import results_table
from govner.training.experiment import Gold, read_experiment, require_gold_names, run_experiment


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("experiment")(experiment)


def experiment(
    path: Annotated[Path, typer.Argument(help="The experiment, such as training/experiments.toml.")],
    only: Annotated[list[str] | None, typer.Option(help="Only this variant; repeat it for several.")] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Directory for trained models and logs.")] = Path(
        "training/output/experiments"
    ),
    results: Annotated[Path, typer.Option(help="Directory for results, a JSON file a variant.")] = Path(
        "training/results"
    ),
    table: Annotated[Path | None, typer.Option(help="Write the comparison here as Markdown, too.")] = None,
    gold: Annotated[
        list[str] | None, typer.Option(help="Score on these files too: NAME=FILE,FILE; repeat it for several.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Trainings at a time, one core each.")] = 1,
) -> None:
    """Train and score variants of a pipeline and compare them; what is there already is not done again."""
    found = read_experiment(path)
    found.gold.extend(_read_gold_option(text) for text in gold or ())
    require_gold_names([target.name for target in found.gold])
    chosen = [variant for variant in found.variants if not only or variant.name in only]
    with progress_bar("training and scoring", sum(len(variant.seeds) for variant in chosen), "runs") as bar:
        summaries = run_experiment(
            found,
            output,
            results,
            jobs=jobs,
            only=only or (),
            done=lambda name: bar.advance(bar.task_ids[0]),
        )
    text = results_table(summaries, found.gold)
    typer.echo(text, nl=False)
    if table is not None:
        write_text(table, text)
    console.print(f"figures of each variant in {escape(str(results))}")


def _read_gold_option(text: str) -> Gold:
    """The gold that NAME=FILE,FILE names."""
    name, _, files = text.partition("=")
    paths = [Path(part) for part in files.split(",") if part]
    if not name or not paths:
        raise InputError(f"--gold {text!r} is not NAME=FILE,FILE; mend it")
    if missing := [path for path in paths if not path.exists()]:
        raise InputError("no such file; name annotated files after --gold NAME=", missing[0])
    return Gold(name, paths)
