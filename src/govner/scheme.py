"""The annotation scheme: entity labels, section labels, their meaning and their colours.

The one place that names them; `corpus/GUIDELINES.md` defines them in full. Users add labels of their own to it
(see `govner.own_labels`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple


class Label(NamedTuple):
    """A label of the scheme.

    name (str): The label as it stands in annotations and in `span.label_`.
    meaning (str): What it marks, in a few words.
    color (str): Background colour on pages, as #rrggbb.
    """

    name: str
    meaning: str
    color: str


@dataclass(frozen=True)
class Scheme:
    """Labels that annotations may use.

    entities (tuple[Label, ...]): Labels of mentions.
    sections (tuple[Label, ...]): Labels of paragraphs.
    """

    entities: tuple[Label, ...] = ()
    sections: tuple[Label, ...] = ()

    @property
    def entity_labels(self) -> tuple[str, ...]:
        """Names of the entity labels, in order."""
        return tuple(label.name for label in self.entities)

    @property
    def section_labels(self) -> tuple[str, ...]:
        """Names of the section labels, in order."""
        return tuple(label.name for label in self.sections)

    @property
    def labels(self) -> dict[str, Label]:
        """All labels by name."""
        return {label.name: label for label in (*self.entities, *self.sections)}

    @property
    def colors(self) -> dict[str, str]:
        """Colours by label, as displaCy's option `colors` takes them."""
        return {label.name: label.color for label in (*self.entities, *self.sections)}

    def __or__(self, other: Scheme) -> Scheme:
        """This scheme and what another has beside it; of two labels of one name that of this one stays."""
        names = self.labels.keys()
        return Scheme(
            (*self.entities, *(label for label in other.entities if label.name not in names)),
            (*self.sections, *(label for label in other.sections if label.name not in names)),
        )

    def __sub__(self, other: Scheme) -> Scheme:
        """The labels that another scheme does not name."""
        names = other.labels.keys()
        return Scheme(
            tuple(label for label in self.entities if label.name not in names),
            tuple(label for label in self.sections if label.name not in names),
        )

    def __bool__(self) -> bool:
        return bool(self.entities or self.sections)

    def to_json(self) -> dict[str, list[dict[str, str]]]:
        """As plain values."""
        return {
            "entities": [label._asdict() for label in self.entities],
            "sections": [label._asdict() for label in self.sections],
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Scheme:
        """The inverse of `to_json`."""
        kinds = (values.get(kind, ()) for kind in ("entities", "sections"))
        entities, sections = (tuple(Label(**label) for label in labels) for labels in kinds)
        return cls(entities, sections)


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

SCHEME: Final = Scheme(ENTITIES, SECTIONS)
ENTITY_LABELS: Final = SCHEME.entity_labels
SECTION_LABELS: Final = SCHEME.section_labels

# Keys of `doc.spans`: labelled paragraphs, the unlabelled paragraphs they are made from, and mentions.
SECTIONS_KEY: Final = "sections"
PARAGRAPHS_KEY: Final = "paragraphs"
MENTIONS_KEY: Final = "mentions"

DISPLACY_COLORS: Final = SCHEME.colors


def with_others(labels: Iterable[str], found: Iterable[str]) -> tuple[str, ...]:
    """Labels in their order, then those that were found beside them, sorted.

    labels (Iterable[str]): Such as `ENTITY_LABELS`.
    found (Iterable[str]): Labels that occur; names of users' own labels are among them.
    RETURNS (tuple[str, ...]): Each label once.
    """
    known = tuple(labels)
    return (*known, *sorted(set(found) - set(known)))
