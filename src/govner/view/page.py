"""One self-contained page of a tagged report: coloured mentions under section headings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader
from spacy.tokens import Doc

from govner.own_labels import shown_labels
from govner.scheme import SECTIONS_KEY
from govner.tables import tables_of

_environment = Environment(
    loader=PackageLoader("govner.view", "."), autoescape=True, trim_blocks=True, lstrip_blocks=True
)


@dataclass
class PageReport:
    """A report on the page: its name, its counts and its blocks of paragraphs under one section label."""

    name: str
    counts: dict[str, int]
    blocks: list[dict[str, Any]]


def render_page(reports: list[tuple[str, Doc]], title: str) -> str:
    """Render tagged reports.

    reports (list[tuple[str, Doc]]): A name for each document.
    title (str): Title of the page.
    RETURNS (str): HTML that needs no other file.
    """
    scheme = shown_labels()
    template = _environment.get_template("page.html")
    return template.render(
        title=title,
        reports=[_page_report(name, doc) for name, doc in reports],
        entities=scheme.entities,
        sections={label.name: label for label in scheme.sections},
        colors=scheme.colors,
    )


def _page_report(name: str, doc: Doc) -> PageReport:
    tables = tables_of(doc, name)
    mentions = tables["mentions"]
    blocks: list[dict[str, Any]] = []
    position = 0
    headings = doc.spans[SECTIONS_KEY].attrs["heading"]
    for number, row in enumerate(tables["sections"]):
        if not blocks or blocks[-1]["label"] != row["label"]:
            blocks.append({"label": row["label"], "paragraphs": [], "start": row["start"]})
        inside = []
        while position < len(mentions) and mentions[position]["start"] < row["end"]:
            inside.append(mentions[position])
            position += 1
        blocks[-1]["paragraphs"].append(
            {
                "is_heading": _is_heading(row, headings[number]),
                "probability": row["probability"],
                "pieces": _pieces(doc.text, row["start"], row["end"], inside),
            }
        )
    counts = Counter(row["label"] for row in mentions)
    return PageReport(name, {label: counts[label] for label in shown_labels().entity_labels}, blocks)


def _is_heading(row: dict[str, Any], heading: list[int] | None) -> bool:
    """Whether a paragraph is nothing but a heading; a closing mark does not count."""
    return heading is not None and heading[1] >= row["end"] - 1


def _pieces(text: str, start: int, end: int, mentions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Cut a paragraph into plain text and mentions."""
    pieces: list[dict[str, Any]] = []
    for mention in mentions:
        if start < mention["start"]:
            pieces.append({"text": text[start : mention["start"]]})
        pieces.append(mention)
        start = mention["end"]
    if start < end:
        pieces.append({"text": text[start:end]})
    return pieces
