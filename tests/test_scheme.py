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
    SCHEME,
    SECTION_LABELS,
    SECTIONS,
    SECTIONS_KEY,
    Label,
    Scheme,
    with_others,
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
    assert {label.name: label.color for label in ALL}.items() <= DISPLACY_COLORS.items()
    assert registry.displacy_colors.get("govner") == DISPLACY_COLORS


def test_keys_of_span_groups_differ() -> None:
    assert len({SECTIONS_KEY, PARAGRAPHS_KEY, MENTIONS_KEY}) == 3


def test_schemes_add_up_and_the_first_wins() -> None:
    quota, other = Label("QUOTA", "places offered", "#f6cfa1"), Label("QUOTA", "something else", "#c9e4f2")
    extended = SCHEME | Scheme((quota,)) | Scheme((other,), (Label("ADMISSION", "who is admitted", "#c9e4f2"),))
    assert extended.entity_labels == (*ENTITY_LABELS, "QUOTA")
    assert extended.section_labels == (*SECTION_LABELS, "ADMISSION")
    assert extended.labels["QUOTA"] is quota
    assert (extended - SCHEME).colors == {"QUOTA": "#f6cfa1", "ADMISSION": "#c9e4f2"}
    assert not SCHEME - extended


def test_scheme_comes_back_from_plain_values() -> None:
    assert Scheme.from_json(SCHEME.to_json()) == SCHEME
    assert Scheme.from_json({}) == Scheme()


def test_other_labels_follow_the_known_ones() -> None:
    assert with_others(("B", "A"), ["Z", "A", "C", "Z"]) == ("B", "A", "C", "Z")
