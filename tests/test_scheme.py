"""The annotation scheme names each label once, with a meaning and a colour."""

import re

import pytest
from spacy.util import registry

from govner.scheme import (
    DISPLACY_COLORS,
    ENTITIES,
    ENTITY_LABELS,
    MENTIONS_KEY,
    PARAGRAPHS_KEY,
    SECTION_LABELS,
    SECTIONS,
    SECTIONS_KEY,
    Label,
)

ALL = (*ENTITIES, *SECTIONS)


def test_labels_of_the_released_model_stay_as_they_are() -> None:
    assert ENTITY_LABELS == ("AGENCY", "OFFICIAL", "DOCUMENT", "COUNT", "CHANNEL")
    assert SECTION_LABELS == (
        "META",
        "NOISE",
        "PREAMBLE",
        "OVERVIEW",
        "ORGANIZATION",
        "PROACTIVE",
        "REQUESTS",
        "LITIGATION",
        "FEES",
        "PLATFORM",
        "RESPONSE",
        "SUPERVISION",
        "PROBLEMS",
        "PLANS",
        "OTHER",
    )


@pytest.mark.parametrize("label", ALL, ids=lambda label: label.name)
def test_label_has_a_plain_name_a_meaning_and_a_colour(label: Label) -> None:
    assert re.fullmatch("[A-Z]+", label.name)
    assert label.meaning.strip()
    assert re.fullmatch("#[0-9a-f]{6}", label.color)


def test_names_and_colours_are_not_used_twice() -> None:
    assert len({label.name for label in ALL}) == len(ALL)
    assert len({label.color for label in ALL}) == len(ALL)


def test_displacy_finds_the_colour_of_every_label() -> None:
    assert {label.name: label.color for label in ALL} == DISPLACY_COLORS
    assert registry.displacy_colors.get("govner") == DISPLACY_COLORS


def test_keys_of_span_groups_differ() -> None:
    assert len({SECTIONS_KEY, PARAGRAPHS_KEY, MENTIONS_KEY}) == 3
