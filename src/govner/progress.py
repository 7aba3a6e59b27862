"""Progress bars on a terminal's standard error, with rate and time left; silent elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text


@dataclass
class RunProgress:
    """Told how a run over many reports goes.

    begin (Callable): Told once how many reports are done already, and how many there are.
    advance (Callable): Told how many reports and characters more are done.
    fail (Callable): Told how many more failed.
    """

    begin: Callable[[int, int], None] = lambda done, total: None
    advance: Callable[[int, int], None] = lambda reports, characters: None
    fail: Callable[[int], None] = lambda errors: None


class RateColumn(ProgressColumn):
    """Units a second.

    unit (str): Name of a unit, such as "characters".
    """

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def render(self, task: Task) -> Text:
        """The rate of a task, once there is one."""
        return Text(f"{self._unit}  {task.speed:,.1f}/s" if task.speed else self._unit)


def progress_bar(what: str, total: int | None, unit: str) -> Progress:
    """Make a bar with one task; a context manager.

    what (str): What is being done.
    total (int | None): Number of units, if known.
    unit (str): Name of a unit, such as "characters".
    RETURNS (Progress): Advance its task `progress.task_ids[0]`.
    """
    bar = Progress(
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(unit),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        disable=not sys.stderr.isatty(),
        transient=True,
    )
    bar.add_task(what, total=total)
    return bar


@contextmanager
def run_progress(what: str) -> Iterator[RunProgress]:
    """Show how a run over many reports goes: reports and characters a second, failures, time left.

    what (str): What is being done.
    YIELDS (RunProgress): To be told of it.
    """
    bar = Progress(
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn("reports"),
        TextColumn("{task.fields[speed]}{task.fields[failures]}"),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        disable=not sys.stderr.isatty(),
        transient=True,
    )
    task = bar.add_task(what, total=None, speed="", failures="")
    start = time.monotonic()
    characters = failures = 0

    def begin(done: int, total: int) -> None:
        bar.update(task, total=total, completed=done)

    def advance(reports: int, more: int) -> None:
        nonlocal characters
        characters += more
        bar.update(task, advance=reports, speed=f"{characters / (time.monotonic() - start):,.0f} characters/s")

    def fail(errors: int) -> None:
        nonlocal failures
        failures += errors
        bar.update(task, failures=f" · {failures:,} failed" if failures else "")

    with bar:
        yield RunProgress(begin, advance, fail)
