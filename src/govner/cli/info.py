"""`govner info`."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated, Any

import spacy
import typer
from rich.markup import escape
from rich.table import Table

import govner
from govner.cli.common import console
from govner.loading import load_pipeline
from govner.own_labels import own_labels_of
from govner.scheme import SCHEME, Scheme

_SCORES = {"ents_f": "entities F1", "sections_acc": "sections accuracy", "sections_macro_f": "sections macro F1"}


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("info")(info)


def info(
    model: Annotated[str | None, typer.Argument(help="Trained pipeline: a path or an installed package.")] = None,
) -> None:
    """Show versions and the label scheme, or what a model is and how well it does."""
    if model is None:
        _show_tool()
    else:
        _show_model(load_pipeline(model).meta)


def _show_tool() -> None:
    console.print(f"govner {govner.__version__}, spaCy {spacy.__version__}, thinc {version('thinc')}")
    _show_labels(SCHEME)


def _show_labels(scheme: Scheme, whose: str = "") -> None:
    for title, labels in (("entities", scheme.entities), ("sections", scheme.sections)):
        table = Table("label", "what it marks", title=f"{whose}{title}", title_justify="left")
        for label in labels:
            table.add_row(f"[black on {label.color}] {label.name} [/]", escape(label.meaning))
        if labels:
            console.print(table)


def _show_model(meta: dict[str, Any]) -> None:
    title = f"{meta['lang']}_{meta['name']} {meta['version']}"
    table = Table("", "", show_header=False, title=title, title_justify="left")
    table.add_row("description", meta.get("description", ""))
    table.add_row("pipeline", ", ".join(meta.get("pipeline", [])))
    table.add_row("licence", meta.get("license", ""))
    for split, counts in sorted(meta.get("corpus", {}).get("splits", {}).items()):
        cells = ", ".join(f"{count:,} {what}" for what, count in counts.items())
        table.add_row(f"corpus, {split}", cells)
    scores = meta.get("performance", {})
    for key, name in _SCORES.items():
        if scores.get(key) is not None:
            table.add_row(f"{name}, dev", f"{scores[key]:.3f}")
    console.print(table)
    _show_labels(own_labels_of(meta), "own ")
