"""`govner tag`."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from spacy.tokens import Doc

from govner.cli.common import console, load_pipeline, require_annotations
from govner.progress import progress_bar
from govner.scheme import DISPLACY_COLORS, ENTITY_LABELS
from govner.tables import Row, tables_of
from govner.tagging import TableWriter, tag_files
from govner.text.files import expand_paths


class TableFormat(str, Enum):
    """How tables are written."""

    jsonl = "jsonl"
    csv = "csv"


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("tag")(tag)


def tag(
    model: Annotated[str, typer.Argument(help="Trained pipeline: a path or an installed package.")],
    files: Annotated[list[Path], typer.Argument(help="Reports as UTF-8 text, or directories of .txt files.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Directory for the tables.")] = None,
    format: Annotated[TableFormat, typer.Option("--format", "-f", help="Format of the tables.")] = TableFormat.jsonl,
    show: Annotated[bool, typer.Option("--show", help="Print mentions, sections and counts of each report.")] = False,
) -> None:
    """Tag reports and write the tables reports, sections and mentions.

    A file that cannot be read is named and left out; the others are tagged, and the exit code is 2.
    """
    paths = list(expand_paths(files))
    nlp = load_pipeline(model)
    require_annotations(nlp, model)
    stderr = Console(stderr=True, highlight=False, soft_wrap=True)
    failed = 0
    with (
        nullcontext() if out is None else TableWriter(out, format.value) as writer,
        progress_bar("tagging", len(paths), "reports") as bar,
    ):
        for path, doc, error in tag_files(nlp, paths, writer):
            bar.advance(bar.task_ids[0])
            if doc is None:
                failed += 1
                stderr.print(f"[red]error:[/red] {escape(str(error))}")
            elif show or out is None:
                _show(doc, path)
    if writer is not None:
        places = ", ".join(str(path) for path in writer.paths.values())
        console.print(f"{len(paths) - failed} reports tagged: {escape(places)}")
    if failed:
        raise typer.Exit(2)


def _show(doc: Doc, path: Path) -> None:
    """Print one report as tables."""
    tables = tables_of(doc, path.stem, str(path))
    console.rule(escape(str(path)), align="left")
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
            table.add_row(
                f"[black on {DISPLACY_COLORS[label]}] {label} [/]", str(number - start), f"{least:.2f}", begins
            )
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
    for label, text in sorted(seen, key=lambda key: (ENTITY_LABELS.index(key[0]), seen[key][0]["start"])):
        found = seen[label, text]
        table.add_row(
            f"[black on {DISPLACY_COLORS[label]}] {label} [/]",
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
    for label in ENTITY_LABELS:
        table.add_column(label, justify="right")
    counts = Counter((row["section"], row["label"]) for row in mentions)
    for section in dict.fromkeys(row["label"] for row in sections):
        table.add_row(section, *(str(counts[section, label] or "") for label in ENTITY_LABELS))
    totals = Counter(row["label"] for row in mentions)
    table.add_section()
    table.add_row("all", *(str(totals[label]) for label in ENTITY_LABELS))
    return table


def _clip(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
