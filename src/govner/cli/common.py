"""What several commands need: loading a pipeline, a progress bar, writing a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import spacy
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from spacy.language import Language

from govner.errors import InputError
from govner.scheme import MENTIONS_KEY, SECTIONS_KEY

console = Console(highlight=False)


def load_pipeline(model: str) -> Language:
    """Load a pipeline by path or package name; raises InputError if there is none or it is not a spaCy pipeline."""
    try:
        return spacy.load(model)
    except OSError:
        remedy = "name a trained pipeline, such as training/output/zh_govner_sm/model-best, or an installed package"
        if Path(model).exists():
            raise InputError(f"is not a spaCy pipeline; {remedy}", model) from None
        raise InputError(f"no such model; {remedy}", model) from None
    except (ValueError, KeyError, ImportError) as error:
        raise InputError(f"cannot be loaded ({error}); retrain it with this version", model) from None


def require_annotations(nlp: Language, model: str) -> None:
    """Raise InputError unless a pipeline is one of ours, with entities and sections."""
    missing = [name for name in ("govner_entities", "govner_sections") if name not in nlp.pipe_names]
    if missing:
        raise InputError(
            f"has no {' and no '.join(missing)}; {MENTIONS_KEY} and {SECTIONS_KEY} need a govner model", model
        )


@contextmanager
def progress_bar(what: str, total: int, unit: str) -> Iterator[Progress]:
    """A progress bar on a terminal's standard error, with rate and time left; silent elsewhere.

    what (str): What is being done.
    total (int): Number of units.
    unit (str): Name of a unit, such as "characters".
    YIELDS (Progress): With one task; advance it by units.
    """
    bar = Progress(
        TextColumn(what),
        BarColumn(),
        TaskProgressColumn(show_speed=False),
        TextColumn("{task.completed:,.0f}/{task.total:,.0f} " + unit),
        TextColumn("{task.speed:,.0f} " + unit + "/s" if total < 0 else ""),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        disable=not sys.stderr.isatty(),
        transient=True,
    )
    with bar:
        bar.add_task(what, total=total)
        yield bar


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 file, its directory included; raises InputError where that is not allowed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf8")
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror}); choose another place", path) from None
