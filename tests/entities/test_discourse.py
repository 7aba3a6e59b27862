"""Names said again: what is looked for, and where."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from govner.entities.discourse import missed_repeats
from govner.entities.tags import OUTSIDE, TagSet

TAGS = TagSet(["AGENCY", "CHANNEL"])


def tagged(text: str, *mentions: tuple[int, int, str]) -> tuple[np.ndarray, np.ndarray]:
    """Keys of the characters of a text, and tags with some mentions."""
    tags = np.zeros(len(text), np.intp)
    for start, end, label in mentions:
        tags[start:end] = TAGS.encode_mention(label, end - start)
    return np.array([ord(char) for char in text], np.uint64), tags


def test_name_found_twice_is_looked_for_where_it_was_not() -> None:
    text = "县电视台、县电视台，县电视台"
    tokens, tags = tagged(text, (0, 4, "CHANNEL"), (5, 9, "CHANNEL"))
    assert missed_repeats(tokens, tags, TAGS) == [(10, 14, "CHANNEL")]


def test_name_found_once_or_of_two_tokens_is_not_looked_for() -> None:
    tokens, tags = tagged("县电视台，县电视台", (0, 4, "CHANNEL"))
    assert missed_repeats(tokens, tags, TAGS) == []
    tokens, tags = tagged("县委、县委、县委", (0, 2, "AGENCY"), (3, 5, "AGENCY"))
    assert missed_repeats(tokens, tags, TAGS) == []


def test_part_of_another_mention_is_left_alone() -> None:
    text = "县档案局、县档案局、县档案局网站"
    tokens, tags = tagged(text, (0, 4, "AGENCY"), (5, 9, "AGENCY"), (10, 16, "CHANNEL"))
    assert missed_repeats(tokens, tags, TAGS) == []


def test_of_two_names_that_begin_alike_the_longer_is_taken() -> None:
    text = "县政府网、县政府网、县政府、县政府，县政府网"
    mentions = [(0, 4, "CHANNEL"), (5, 9, "CHANNEL"), (10, 13, "AGENCY"), (14, 17, "AGENCY")]
    tokens, tags = tagged(text, *mentions)
    assert missed_repeats(tokens, tags, TAGS) == [(18, 22, "CHANNEL")]


def test_of_two_labels_the_more_frequent_is_taken() -> None:
    text = "，".join(["服务中心"] * 6)
    labels = ["AGENCY", "AGENCY", "CHANNEL", "CHANNEL", "CHANNEL"]
    tokens, tags = tagged(text, *((5 * at, 5 * at + 4, label) for at, label in enumerate(labels)))
    assert missed_repeats(tokens, tags, TAGS) == [(25, 29, "CHANNEL")]


@given(st.text("甲乙", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 5)), max_size=8))
def test_what_is_found_is_outside_and_reads_like_a_mention(text: str, stretches: list[tuple[int, int]]) -> None:
    mentions = []
    done = 0
    for start, length in sorted(stretches):
        if start >= done and start + length <= len(text):
            mentions.append((start, start + length, TAGS.labels[length % 2]))
            done = start + length
    tokens, tags = tagged(text, *mentions)
    names = [(text[start:end], label) for start, end, label in mentions]
    done = 0
    for start, end, label in missed_repeats(tokens, tags, TAGS):
        assert start >= done
        assert (tags[start:end] == OUTSIDE).all()
        assert names.count((text[start:end], label)) >= 2
        done = end
