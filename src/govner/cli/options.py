"""Options that several commands share, as groups: how files are read, and how a run goes on."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any

import typer

from govner.engine.run import Engine
from govner.input.limits import Limits
from govner.input.rows import Columns


class TableFormat(str, Enum):
    """How tables are written."""

    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"
    xlsx = "xlsx"
    duckdb = "duckdb"


class EngineName(str, Enum):
    """What spreads the work."""

    local = "local"
    ray = "ray"


_FILES = "Text, HTML, PDF, Word, JSON(L), CSV or Parquet files, directories, patterns; - is standard input."
Files = Annotated[list[str], typer.Argument(help=_FILES, metavar="FILES...", show_default=False)]
Model = Annotated[str | None, typer.Option("--model", "-m", help="Trained pipeline; zh_govner_sm if none is named.")]
Format = Annotated[TableFormat, typer.Option("--format", "-f", help="Format of the tables.")]

_LIMITS, _COLUMNS = Limits(), Columns()


@dataclass(frozen=True)
class Reading:
    """How files are read.

    repair (bool): Whether damaged text is repaired before it is read.
    columns (Columns): What of a row has the text and the id.
    limits (Limits): What is left out for its size or time.
    """

    repair: bool
    columns: Columns
    limits: Limits


@dataclass(frozen=True)
class Running:
    """How a run goes on.

    strict (bool): Whether a report that failed makes the exit code 1.
    processes (int): How many work at a time.
    engine (Engine): What spreads the work, "local" or "ray".
    resume (bool): Whether to go on with a run that was stopped.
    """

    strict: bool
    processes: int
    engine: Engine
    resume: bool


def _reading(help: str, name: str, **settings: Any) -> Any:
    return typer.Option(name, help=help, rich_help_panel="Reading", **settings)


def _running(help: str, *names: str, **settings: Any) -> Any:
    return typer.Option(*names, help=help, rich_help_panel="Running", **settings)


_TextColumn = Annotated[str, _reading("Column or key of a row that has the text.", "--text-column")]
_IdColumn = Annotated[str, _reading("Column or key of a row that has its id.", "--id-column")]
_MaxMegabytes = Annotated[float, _reading("Leave out larger files.", "--max-megabytes", min=0)]
_MaxCharacters = Annotated[int, _reading("Leave out longer texts.", "--max-characters", min=1)]
_MaxSeconds = Annotated[float, _reading("Leave out what takes longer; 0: no limit.", "--max-seconds", min=0)]


def reading(
    as_is: Annotated[bool, _reading("Read damaged text unrepaired.", "--as-is")] = False,
    text_column: _TextColumn = _COLUMNS.text,
    id_column: _IdColumn = _COLUMNS.id,
    max_megabytes: _MaxMegabytes = _LIMITS.megabytes,
    max_characters: _MaxCharacters = _LIMITS.characters,
    max_seconds: _MaxSeconds = _LIMITS.seconds,
) -> Reading:
    """The options on how files are read."""
    return Reading(not as_is, Columns(text_column, id_column), Limits(max_megabytes, max_characters, max_seconds))


def reading_as_is(
    text_column: _TextColumn = _COLUMNS.text,
    id_column: _IdColumn = _COLUMNS.id,
    max_megabytes: _MaxMegabytes = _LIMITS.megabytes,
    max_characters: _MaxCharacters = _LIMITS.characters,
    max_seconds: _MaxSeconds = _LIMITS.seconds,
) -> Reading:
    """The options on how files are read where nothing is repaired."""
    return reading(True, text_column, id_column, max_megabytes, max_characters, max_seconds)


def running(
    strict: Annotated[bool, _running("Exit with code 1 if any report failed.", "--strict")] = False,
    processes: Annotated[int, _running("How many work at a time; 0: one a core.", "--processes", "-p", min=0)] = 1,
    engine: Annotated[
        EngineName, _running("Local processes, or a Ray cluster (RAY_ADDRESS).", "--engine")
    ] = EngineName.local,
    resume: Annotated[bool, _running("Go on with the run in --out that was stopped.", "--resume")] = False,
) -> Running:
    """The options on how a run goes on."""
    return Running(strict, processes or os.cpu_count() or 1, engine.value, resume)


def with_options(**groups: Callable[..., Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of some groups.

    groups (Callable): By the name of a parameter of the command, the function that makes its value from options.
    RETURNS (Callable): A decorator; the command it returns has the options in place of those parameters, at the end.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = inspect.signature(command, eval_str=True).parameters
        options = {name: inspect.signature(group, eval_str=True).parameters for name, group in groups.items()}

        @functools.wraps(command)
        def run(**values: Any) -> None:
            for name, group in groups.items():
                values[name] = group(**{option: values.pop(option) for option in options[name]})
            command(**values)

        parameters = [parameter for name, parameter in own.items() if name not in groups]
        parameters += [parameter for found in options.values() for parameter in found.values()]
        # What typer looks at.
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return run

    return decorate
