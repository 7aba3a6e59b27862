"""`govner benchmark`."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table
from spacy.language import Language

from govner.cli.common import console, write_text
from govner.corpus.inline import read_report
from govner.corpus.reader import report_to_doc
from govner.errors import InputError
from govner.evaluation.benchmark import GROWTH, Benchmark, count_steps, run_benchmark
from govner.evaluation.scale import LongRun, Speeds, measure_speeds, run_long, synthetic_reports
from govner.loading import load_pipeline
from govner.progress import progress_bar, run_progress
from govner.text.files import expand_paths, read_text

# Short inputs are read several times over, so that a round takes long enough to be timed.
_LEAST = 50_000
# Reports that runs are timed with.
_SAMPLE = 1_000


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("benchmark")(benchmark)


def benchmark(
    model: Annotated[str, typer.Argument(help="Trained pipeline: a path or an installed package.")],
    paths: Annotated[list[Path], typer.Argument(help="Reports as text files, or directories of them.")],
    rounds: Annotated[int, typer.Option(min=1, help="Turns of the model and the stock recogniser.")] = 5,
    processes: Annotated[str, typer.Option(help="Numbers of processes to try, such as 1,2.")] = "1,2",
    longest: Annotated[int, typer.Option(min=10_000, help="Characters of the longest single document.")] = GROWTH[-1],
    scale: Annotated[
        int | None, typer.Option(min=200, help="Measure runs instead, one of them over so many synthetic reports.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write all figures as JSON.")] = None,
) -> None:
    """Measure a model's speed beside stock spaCy's `ner` in turns, its growth, load time and memory.

    With --scale, how runs (govner tag --out) speed up with processes, what they cost beside the bare pipeline, and
    whether memory stays flat. The reports must then be annotated ones; synthetic ones are made of them.
    """
    numbers = _numbers(processes)
    nlp = load_pipeline(model)
    if scale is not None:
        _measure_scale(nlp, model, paths, scale, rounds, sorted({1, *numbers}), output)
        return
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


def _measure_scale(
    nlp: Language, model: str, paths: list[Path], number: int, rounds: int, processes: list[int], output: Path | None
) -> None:
    docs = [report_to_doc(report, nlp.vocab) for path in expand_paths(paths) if (report := read_report(path))]
    texts = list(islice(synthetic_reports(docs, seed=1), min(_SAMPLE, number)))
    with progress_bar("measuring", rounds * (1 + len(processes)), "steps") as bar:
        speeds = measure_speeds(
            nlp, model, texts, rounds=rounds, processes=processes, done=lambda: bar.advance(bar.task_ids[0])
        )
    with run_progress("one long run") as progress:
        long = run_long(model, docs, number, processes=processes[-1], progress=progress)
    console.print(scale_table(speeds, long))
    if output is not None:
        figures = {"speeds": asdict(speeds), "long": long.to_json()}
        write_text(output, json.dumps(figures, indent=1) + "\n")
        console.print(f"figures in {escape(str(output))}")


def scale_table(speeds: Speeds, long: LongRun) -> Table:
    """The figures of runs as a table."""
    table = Table("", "", title="runs over many reports", title_justify="left", show_header=False)
    table.add_row("bare pipeline", f"{speeds.bare:,.0f} characters/s")
    table.add_row("engine and writing", f"{speeds.overhead:+.1%} of its time")
    table.add_row("repairs", f"{speeds.repairs:+.1%} of its time")
    for number, rates in speeds.processes.items():
        gain = f" ({speeds.gain(number):.2f} × one)" if number > 1 else ""
        table.add_row(f"run, {number} process{'es' if number > 1 else ''}", f"{median(rates):,.0f} characters/s{gain}")
    rate = long.characters / long.seconds
    table.add_row(
        f"{long.reports:,} reports", f"{long.seconds:,.0f} s, {rate:,.0f} characters/s, {long.errors:,} failed"
    )
    table.add_row("memory", f"{long.peak:,.0f} MiB at most, {long.growth:.3f} × in the last tenth as when warm")
    return table


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
