"""Progress bars on a terminal's standard error, with rate and time left; silent elsewhere."""

from __future__ import annotations

import sys

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
