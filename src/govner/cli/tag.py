"""`govner tag`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from govner.cli.common import console
from govner.cli.options import Files, Format, Reading, Running, TableFormat, reading, running, with_options
from govner.cli.running import run_and_tell, tag_files
from govner.engine.rows import rows_of_report
from govner.errors import InputError
from govner.scheme import DISPLACY_COLORS, ENTITY_LABELS, with_others
from govner.tables import Row
from govner.tagging import Tagged


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("tag")(tag)


@with_options(reading=reading, running=running)
def tag(
    model: Annotated[str, typer.Argument(help="Trained pipeline: a path or an installed package.")],
    files: Files,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Directory for the tables.")] = None,
    format: Format = TableFormat.jsonl,
    show: Annotated[bool, typer.Option("--show", help="Print mentions, sections and counts of each report.")] = False,
    *,
    reading: Reading,
    running: Running,
) -> None:
    """Tag reports and write the tables reports, sections, mentions, texts, repairs and errors.

    A report that cannot be read is named and put in the table errors; the others are tagged. Without --out they are
    shown only.
    """
    if show or out is None:
        failed: list[InputError] = []
        for tagged in tag_files(files, model, reading, failed):
            _show(tagged)
        if failed and out is None:
            raise typer.Exit(2)
    if out is not None:
        run_and_tell("tag", model, files, out, format, reading, running)


def _show(tagged: Tagged) -> None:
    """Print one report as tables."""
    tables = rows_of_report("tag", tagged.doc, tagged.text, tagged.view)
    console.rule(escape(tagged.text.path), align="left")
    console.print(_outline(tables["sections"]))
    console.print(_mentions(tables["mentions"]))
    console.print(_counts(tables["mentions"], tables["sections"]))


def _outline(rows: list[Row]) -> Table:
    """Sections in order, runs of one label folded."""
    table = Table(title="sections", title_justify="left", expand=True)
    table.add_column("section", no_wrap=True, width=14)
    table.add_column("paragraphs", justify="right", width=10)
    table.add_column("prob.", justify="right", width=5)
    table.add_column("begins", no_wrap=True, ratio=1)
    start = 0
    for number in range(1, len(rows) + 1):
        if number == len(rows) or rows[number]["label"] != rows[start]["label"]:
            label = rows[start]["label"]
            least = min(row["probability"] for row in rows[start:number])
            begins = escape(_clip(rows[start]["text"], 36))
            table.add_row(_coloured(label), str(number - start), f"{least:.2f}", begins)
            start = number
    return table


def _mentions(rows: list[Row]) -> Table:
    """Distinct mentions with how often each occurs."""
    table = Table(title="mentions", title_justify="left")
    for name in ("label", "mention", "times", "first at", "prob."):
        table.add_column(name, justify="left" if name in ("label", "mention") else "right")
    seen: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        seen.setdefault((row["label"], row["text"]), []).append(row)
    order = with_others(ENTITY_LABELS, (label for label, _ in seen))
    for label, text in sorted(seen, key=lambda key: (order.index(key[0]), seen[key][0]["start"])):
        found = seen[label, text]
        table.add_row(
            _coloured(label),
            escape(text),
            str(len(found)),
            str(found[0]["start"]),
            f"{max(row['probability'] for row in found):.2f}",
        )
    return table


def _counts(mentions: list[Row], sections: list[Row]) -> Table:
    """Mentions by section and label."""
    table = Table(title="mentions by section", title_justify="left")
    table.add_column("section")
    labels = with_others(ENTITY_LABELS, (row["label"] for row in mentions))
    for label in labels:
        table.add_column(label, justify="right")
    counts = Counter((row["section"], row["label"]) for row in mentions)
    for section in dict.fromkeys(row["label"] for row in sections):
        table.add_row(section, *(str(counts[section, label] or "") for label in labels))
    totals = Counter(row["label"] for row in mentions)
    table.add_section()
    table.add_row("all", *(str(totals[label]) for label in labels))
    return table


def _coloured(label: str) -> str:
    """A label on its colour, or plain where a model has labels that it says nothing of."""
    return f"[black on {DISPLACY_COLORS[label]}] {label} [/]" if label in DISPLACY_COLORS else label


def _clip(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
