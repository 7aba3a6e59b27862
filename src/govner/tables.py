"""A tagged document as rows of three tables: reports, sections, mentions."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import Any

from spacy.tokens import Doc

from govner.scheme import ENTITY_LABELS, MENTIONS_KEY, SECTIONS_KEY
from govner.tokens.text import text_of

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
    text = text_of(doc)
    sections = _sections(doc, text, report_id)
    mentions = _mentions(doc, text, report_id, sections)
    labels = Counter(row["label"] for row in mentions)
    report = {
        "report_id": report_id,
        "path": path,
        "characters": len(text),
        "paragraphs": len(sections),
        **{label.lower(): labels[label] for label in ENTITY_LABELS},
    }
    return {"reports": [report], "sections": sections, "mentions": mentions}


def _sections(doc: Doc, text: str, report_id: str) -> list[Row]:
    group = doc.spans[SECTIONS_KEY]
    attrs = zip(group.attrs["probability"], group.attrs["level"], group.attrs["heading_path"], strict=True)
    return [
        {
            "report_id": report_id,
            "start": (start := span.start_char),
            "end": (end := span.end_char),
            "label": span.label_,
            "probability": probability,
            "level": level,
            "heading_path": path,
            "text": text[start:end],
        }
        for span, (probability, level, path) in zip(group, attrs, strict=True)
    ]


def _mentions(doc: Doc, text: str, report_id: str, sections: list[Row]) -> list[Row]:
    group = doc.spans[MENTIONS_KEY]
    starts = [row["start"] for row in sections]
    rows = []
    for span, probability in zip(group, group.attrs["probability"], strict=True):
        start, end = span.start_char, span.end_char
        place = bisect_right(starts, start) - 1
        is_inside = place >= 0 and start < sections[place]["end"]
        rows.append(
            {
                "report_id": report_id,
                "start": start,
                "end": end,
                "label": span.label_,
                "probability": probability,
                "section": sections[place]["label"] if is_inside else "",
                "text": text[start:end],
            }
        )
    return rows
