"""`govner benchmark`."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from govner.cli.common import console, load_pipeline, write_text
from govner.errors import InputError
from govner.evaluation.benchmark import GROWTH, Benchmark, count_steps, run_benchmark
from govner.progress import progress_bar
from govner.text.files import expand_paths, read_text

# Short inputs are read several times over, so that a round takes long enough to be timed.
_LEAST = 50_000


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("benchmark")(benchmark)


def benchmark(
    model: Annotated[str, typer.Argument(help="Trained pipeline: a path or an installed package.")],
    paths: Annotated[list[Path], typer.Argument(help="Reports as text files, or directories of them.")],
    rounds: Annotated[int, typer.Option(min=1, help="Turns of the model and the stock recogniser.")] = 5,
    processes: Annotated[str, typer.Option(help="Numbers of processes to try, such as 1,2.")] = "1,2",
    longest: Annotated[int, typer.Option(min=10_000, help="Characters of the longest single document.")] = GROWTH[-1],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write all figures as JSON.")] = None,
) -> None:
    """Measure a model's speed beside stock spaCy's `ner` in turns, its growth, load time and memory."""
    numbers = _numbers(processes)
    nlp = load_pipeline(model)
    texts = [read_text(path) for path in expand_paths(paths)]
    texts *= -(-_LEAST // sum(map(len, texts)))
    growth = sorted({length for length in GROWTH if length < longest} | {longest})
    with progress_bar("measuring", count_steps(rounds, numbers, growth), "steps") as bar:
        result = run_benchmark(
            nlp,
            model,
            texts,
            rounds=rounds,
            processes=numbers,
            growth=growth,
            done=lambda: bar.advance(bar.task_ids[0]),
        )
    show(result)
    if output is not None:
        write_text(output, json.dumps(result.to_json(), indent=1) + "\n")
        console.print(f"figures in {escape(str(output))}")


def show(result: Benchmark) -> None:
    """Print the figures as tables."""
    table = Table(title=f"speed on {result.characters:,} characters, characters a second", title_justify="left")
    for name in ("pipeline", "median", "slowest", "fastest", "ratio"):
        table.add_column(name, justify="left" if name == "pipeline" else "right")
    for name, speeds, ratio in (
        ("the model, whole", result.speed, result.ratio),
        ("stock ner alone", result.stock_speed, 1.0),
    ):
        table.add_row(name, *(f"{value:,.0f}" for value in (median(speeds), min(speeds), max(speeds))), f"{ratio:.1f}")
    console.print(table)
    table = Table("", "", show_header=False)
    for number, speed in result.processes.items():
        table.add_row(f"with {number} process{'es' if number > 1 else ''}", f"{speed:,.0f} characters/s")
    first = next(iter(result.growth))
    for length, seconds in result.growth.items():
        growth = seconds / result.growth[first]
        table.add_row(
            f"one document of {length:,}", f"{seconds:,.2f} s ({length // first} × the text, {growth:.1f} × the time)"
        )
    table.add_row("loading", f"{result.load:.2f} s ({result.start:.2f} s with spaCy's import)")
    table.add_row("peak memory", f"{result.memory:,.0f} MiB ({result.loaded_memory:,.0f} MiB when only loaded)")
    console.print(table)


def _numbers(processes: str) -> list[int]:
    try:
        numbers = [int(number) for number in processes.split(",")]
    except ValueError:
        numbers = []
    if not numbers or min(numbers) < 1:
        raise InputError(f"--processes {processes!r} is no list of numbers; write 1,2")
    return numbers
