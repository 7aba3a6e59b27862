"""A tagged document as rows of three tables: reports, sections, mentions."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc, Span

from govner.scheme import ENTITY_LABELS, MENTIONS_KEY, SECTIONS_KEY

Row = dict[str, Any]

COLUMNS: dict[str, tuple[str, ...]] = {
    "reports": ("report_id", "path", "characters", "paragraphs", *(label.lower() for label in ENTITY_LABELS)),
    "sections": ("report_id", "start", "end", "label", "probability", "level", "heading_path", "text"),
    "mentions": ("report_id", "start", "end", "label", "probability", "section", "text"),
}


def tables_of(doc: Doc, report_id: str, path: str = "") -> dict[str, list[Row]]:
    """Make the rows of one document.

    doc (Doc): Tagged by a govner pipeline.
    report_id (str): Its id in all three tables.
    path (str): Where it came from.
    RETURNS (dict[str, list[Row]]): Rows by table, with the keys of `COLUMNS`; offsets are characters of `doc.text`,
        `heading_path` is a list of headings, outermost first.
    """
    sections, mentions = _sections(doc, report_id), _mentions(doc, report_id)
    counts = {label.lower(): sum(row["label"] == label for row in mentions) for label in ENTITY_LABELS}
    report = {
        "report_id": report_id,
        "path": path,
        "characters": len(doc.text),
        "paragraphs": len(sections),
        **counts,
    }
    return {"reports": [report], "sections": sections, "mentions": mentions}


def _place(report_id: str, span: Span, probability: float) -> Row:
    """The columns that sections and mentions share."""
    return {
        "report_id": report_id,
        "start": span.start_char,
        "end": span.end_char,
        "label": span.label_,
        "probability": probability,
    }


def _sections(doc: Doc, report_id: str) -> list[Row]:
    group = doc.spans[SECTIONS_KEY]
    return [
        {
            **_place(report_id, span, group.attrs["probability"][number]),
            "level": group.attrs["level"][number],
            "heading_path": group.attrs["heading_path"][number],
            "text": span.text,
        }
        for number, span in enumerate(group)
    ]


def _mentions(doc: Doc, report_id: str) -> list[Row]:
    group = doc.spans[MENTIONS_KEY]
    section_of = ["" for _ in range(len(doc))]
    for span in doc.spans[SECTIONS_KEY]:
        section_of[span.start : span.end] = [span.label_] * (span.end - span.start)
    return [
        {
            **_place(report_id, span, group.attrs["probability"][number]),
            "section": section_of[span.start],
            "text": span.text,
        }
        for number, span in enumerate(group)
    ]
