"""BILUO tags: mentions to tags and back, and the moves between them."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.entities.tags import OUTSIDE, TagSet

TAGS = TagSet(["AGENCY", "COUNT"])
NAMES = (
    "O",
    "B-AGENCY",
    "I-AGENCY",
    "L-AGENCY",
    "U-AGENCY",
    "B-COUNT",
    "I-COUNT",
    "L-COUNT",
    "U-COUNT",
)


def test_tags_are_outside_and_four_for_each_label_in_order() -> None:
    assert TAGS.names == NAMES
    assert len(TAGS) == 9
    assert NAMES[OUTSIDE] == "O"
    assert TagSet([]).names == ("O",)


@pytest.mark.parametrize(
    ("label", "length", "expected"),
    [
        ("AGENCY", 1, ["U-AGENCY"]),
        ("AGENCY", 2, ["B-AGENCY", "L-AGENCY"]),
        ("COUNT", 4, ["B-COUNT", "I-COUNT", "I-COUNT", "L-COUNT"]),
    ],
)
def test_mention_is_encoded_by_its_length(label: str, length: int, expected: list[str]) -> None:
    assert [NAMES[tag] for tag in TAGS.encode_mention(label, length)] == expected


def test_mention_of_an_unknown_label_is_unknown() -> None:
    assert TAGS.encode_mention("CHANNEL", 3).tolist() == [-1, -1, -1]


@given(st.lists(st.tuples(st.sampled_from(["", *TAGS.labels]), st.integers(1, 4)), max_size=8))
def test_decoded_tags_are_the_encoded_mentions(stretches: list[tuple[str, int]]) -> None:
    tags: list[int] = []
    expected = []
    for label, length in stretches:
        if label:
            expected.append((len(tags), len(tags) + length, label))
            tags += TAGS.encode_mention(label, length).tolist()
        else:
            tags += [OUTSIDE] * length
    assert list(TAGS.spans(np.array(tags, np.intp))) == expected


def is_legal(before: str, after: str) -> bool:
    """Whether a tag may follow another, spelled out; "" stands for the start or the end."""
    if before[:1] in ("B", "I"):
        return after[:1] in ("I", "L") and after[2:] == before[2:]
    return after[:1] in ("", "O", "B", "U")


def test_moves_that_break_a_mention_are_forbidden_and_no_others() -> None:
    forbidden = TAGS.forbidden()
    assert forbidden.shape == (len(NAMES) + 2, len(NAMES))
    for (row, before), (column, after) in product(enumerate(NAMES), enumerate(NAMES)):
        assert forbidden[row, column] != is_legal(before, after), (before, after)
    for column, name in enumerate(NAMES):
        assert forbidden[-2, column] != is_legal("", name), name
        assert forbidden[-1, column] != is_legal(name, ""), name
