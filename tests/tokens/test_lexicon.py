"""Dictionary words as features of characters."""

from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.tokens.lexicon import MAX_LENGTH, WORD_CLASSES, Keys, Lexicon, load_lexicon, word_keys

WORDS = {"甲乙": 1, "乙丙": 2, "甲乙丙": 3, "乙丙丁甲": 8, "甲乙丙丁甲": 5, "丁丁": 4}
stretches = st.text("甲乙丙丁 ", max_size=12)


def codes(text: str) -> Keys:
    return np.array([0 if char == " " else ord(char) for char in text], np.uint64)


def key(word: str) -> int:
    return int(word_keys(codes(word), len(word))[0])


def small_lexicon() -> Lexicon:
    pairs = sorted((key(word), number) for word, number in WORDS.items())
    return Lexicon(np.array([k for k, _ in pairs], np.uint64), np.array([c for _, c in pairs], np.uint8))


@given(stretches, st.integers(2, MAX_LENGTH))
def test_keys_of_equal_stretches_are_equal_and_of_broken_ones_zero(text: str, length: int) -> None:
    keys = word_keys(codes(text), length).tolist()
    assert len(keys) == max(len(text) - length + 1, 0)
    for at, found in enumerate(keys):
        part = text[at : at + length]
        assert found == (0 if " " in part else key(part))


def test_keys_depend_on_order_and_length() -> None:
    assert len({key(word) for word in ("甲乙", "乙甲", "甲甲", "甲甲甲", "甲乙丙")}) == 5


@given(stretches)
def test_features_name_the_words_that_begin_end_and_cover(text: str) -> None:
    begins, ends, covers = small_lexicon().features(codes(text))
    for at in range(len(text)):
        starting = [WORDS.get(text[at : at + n], 0) if at + n <= len(text) else 0 for n in range(2, 6)]
        ending = [WORDS.get(text[at + 1 - n : at + 1], 0) if at + 1 >= n else 0 for n in range(2, 6)]
        assert int(begins[at]) == int("".join(f"{number:x}" for number in starting), 16)
        assert int(ends[at]) == int("".join(f"{number:x}" for number in ending), 16)
        around = [
            (len(word), number, 0 if at == start else 2 if at == start + len(word) - 1 else 1)
            for word, number in WORDS.items()
            for start in range(len(text))
            if text.startswith(word, start) and start <= at < start + len(word)
        ]
        longest = max((length for length, _, _ in around), default=0)
        expected = {number * 16 + length * 3 + place for length, number, place in around if length == longest}
        assert int(covers[at]) in (expected or {0})


def test_unknown_words_and_an_empty_lexicon_have_class_zero() -> None:
    keys = np.array([key("甲丁"), key("甲乙"), 0], np.uint64)
    assert small_lexicon().find(keys).tolist() == [0, 1, 0]
    empty = Lexicon(np.zeros(0, np.uint64), np.zeros(0, np.uint8))
    assert (len(empty), empty.find(keys).tolist()) == (0, [0, 0, 0])


def test_no_characters_have_no_features() -> None:
    assert [len(part) for part in small_lexicon().features(codes(""))] == [0, 0, 0]


def test_lexicon_of_the_package_has_each_word_once_and_only_known_classes() -> None:
    lexicon = load_lexicon()
    with files("govner.data").joinpath("lexicon.npz").open("rb") as file:
        data = np.load(file)
        keys, classes = data["keys"], data["classes"]
    assert len(lexicon) == len(np.unique(keys)) > 100_000
    assert set(np.unique(classes)) == set(range(1, len(WORD_CLASSES) + 1))
    assert (lexicon.find(keys) == classes).all()
    assert load_lexicon() is lexicon


@pytest.mark.parametrize(
    ("word", "expected"), [("政府", "noun"), ("北京", "place"), ("学习", "verb"), ("政甲府", None)]
)
def test_lexicon_of_the_package_knows_common_words(word: str, expected: str | None) -> None:
    (found,) = load_lexicon().find(word_keys(codes(word), len(word)))
    assert (WORD_CLASSES[found - 1] if found else None) == expected
