"""The annotation scheme: entity labels, section labels, their meaning and their colours.

The one place that names them; `corpus/GUIDELINES.md` defines them in full.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Label(NamedTuple):
    """A label of the scheme.

    name (str): The label as it stands in annotations and in `span.label_`.
    meaning (str): What it marks, in a few words.
    color (str): Background colour on pages, as #rrggbb.
    """

    name: str
    meaning: str
    color: str


ENTITIES: Final = (
    Label("AGENCY", "a named public body", "#bcd9f7"),
    Label("OFFICIAL", "a person, by name", "#f9cfdd"),
    Label("DOCUMENT", "a cited document: title or number", "#fbe3a6"),
    Label("COUNT", "a reported quantity with its measure word", "#c5ebc4"),
    Label("CHANNEL", "a means of publishing or of receiving the public's input", "#dcd0f5"),
)

SECTIONS: Final = (
    Label("META", "title, index table, issuer, dates, signature, attachments", "#e4e7eb"),
    Label("NOISE", "page furniture", "#d3d3d3"),
    Label("PREAMBLE", "legal basis, period, structure, contact", "#d7e8f5"),
    Label("OVERVIEW", "general course of the year; grouping headings", "#cfe3da"),
    Label("ORGANIZATION", "leadership, staff, training, rules, review before release", "#e6dcc9"),
    Label("PROACTIVE", "disclosure on the agency's own initiative", "#d5ecc8"),
    Label("REQUESTS", "disclosure on request", "#cfd9f4"),
    Label("LITIGATION", "administrative review, lawsuits, complaints", "#f2d1c9"),
    Label("FEES", "fees charged, reduced or waived; costs", "#f5e6b8"),
    Label("PLATFORM", "web sites, new media and other channels", "#e3d5f0"),
    Label("RESPONSE", "interpretation, answers to concern, participation, proposals", "#cdeaea"),
    Label("SUPERVISION", "inspection, assessment, accountability", "#f3dcea"),
    Label("PROBLEMS", "shortcomings", "#f5cdb0"),
    Label("PLANS", "improvements and next steps", "#dff0b4"),
    Label("OTHER", "other matters to report", "#ececdc"),
)

ENTITY_LABELS: Final = tuple(label.name for label in ENTITIES)
SECTION_LABELS: Final = tuple(label.name for label in SECTIONS)

# Keys of `doc.spans`: labelled paragraphs, the unlabelled paragraphs they are made from, and mentions.
SECTIONS_KEY: Final = "sections"
PARAGRAPHS_KEY: Final = "paragraphs"
MENTIONS_KEY: Final = "mentions"

DISPLACY_COLORS: Final = {label.name: label.color for label in (*ENTITIES, *SECTIONS)}
