"""`govner clean`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from govner.cleaning.difference import diff
from govner.cleaning.view import View, clean
from govner.cli.common import console, write_text
from govner.cli.options import Files, Reading, reading_as_is, with_options
from govner.cli.running import tell_error
from govner.errors import InputError
from govner.input.discovery import find_files
from govner.input.reader import read_inputs


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("clean")(clean_command)


@with_options(reading=reading_as_is)
def clean_command(
    files: Files,
    show_diff: Annotated[bool, typer.Option("--diff", help="Print each repair with what stands around it.")] = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Directory for the repaired texts.")] = None,
    *,
    reading: Reading,
) -> None:
    """Show what of damaged text is repaired before it is read, and what cannot be.

    Other commands do the same on their own, and give offsets of the text as it was; --as-is keeps them from it.
    """
    failed = False
    for found in read_inputs(find_files(files), columns=reading.columns, limits=reading.limits):
        if isinstance(found, InputError):
            failed = True
            tell_error(found)
            continue
        view = clean(found.text)
        name = found.path if found.row is None else f"{found.path}:{found.row}"
        console.print(f"[bold]{escape(name)}[/]: {_summary(view)}")
        for note in found.notes:
            console.print(f"   {escape(note)}")
        if show_diff and (view.changes or view.flags):
            console.print(_differences(view))
        if out is not None:
            path = out / f"{_file_name(found.id)}.txt"
            write_text(path, view.text)
            console.print(f"   written: {escape(str(path))}")
    if failed:
        raise typer.Exit(2)


def _summary(view: View) -> str:
    changes, flags = Counter(change.kind for change in view.changes), Counter(flag.kind for flag in view.flags)
    if not changes and not flags:
        return "nothing to repair"
    said = [f"{number:,} {kind}" for kind, number in changes.most_common()]
    left = [f"{number:,} {kind}" for kind, number in flags.most_common()]
    return "; ".join(([f"repaired {', '.join(said)}"] if said else []) + ([f"left {', '.join(left)}"] if left else []))


def _differences(view: View) -> Table:
    table = Table(show_header=True)
    for name in ("line", "column", "kind", "before", "after", "around"):
        table.add_column(name, justify="right" if name in ("line", "column") else "left")
    for difference in diff(view):
        table.add_row(
            str(difference.line),
            str(difference.column),
            difference.kind,
            escape(_visible(difference.before)),
            escape(_visible(difference.after)),
            escape(_visible(f"{difference.left}…{difference.right}")),
        )
    return table


def _visible(text: str, most: int = 40) -> str:
    """Text that a terminal shows: control and format characters by their codes."""
    shown = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def _file_name(report_id: str) -> str:
    """A name for a file that stays in its directory, whatever an id has."""
    return "".join(char if char.isalnum() or char in "-_." else "_" for char in report_id).strip(".")[:100] or "report"
