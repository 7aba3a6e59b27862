"""What characters look like to the model: folding, classes and features."""

import numpy as np
import pytest
from hypothesis import given
from numpy.testing import assert_array_equal
from spacy.vocab import Vocab

from govner.tokens.characters import FEATURES, CharacterFeatures, CharClass, classify, fold, newline_mask, tokens_read
from govner.tokens.tokenizer import CharacterTokenizer
from strategies import any_texts

TOKENIZE = CharacterTokenizer(Vocab())


def features(text: str) -> np.ndarray:
    return CharacterFeatures()(TOKENIZE(text))


def column(text: str, name: str) -> list[int]:
    return features(text)[:, FEATURES.index(name)].tolist()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("（", "("),
        ("）", ")"),
        ("，", ","),
        ("：", ":"),
        ("；", ";"),
        ("！", "!"),
        ("？", "?"),
        ("％", "%"),
        ("Ａ", "a"),
        ("ABC", "abc"),
        ("〔", "["),
        ("【", "［"),
        ("＜", "〈"),
        ("「", "“"),
        ("—", "-"),
        ("•", "·"),
        ("○", "〇"),
        ("縣", "县"),
        ("們", "们"),
        ("1", "９"),
        ("2021", "1999"),
        ("1234567", "123456789"),
    ],
)
def test_forms_without_difference_in_meaning_are_folded_together(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@pytest.mark.parametrize(("left", "right"), [("12", "123"), ("。", "，"), ("甲", "乙"), ("《", "("), ("一", "1")])
def test_forms_that_differ_in_meaning_stay_apart(left: str, right: str) -> None:
    assert fold(left) != fold(right)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("\n", CharClass.NEWLINE),
        ("　", CharClass.SPACE),
        ("2021", CharClass.DIGIT),
        ("９", CharClass.DIGIT),
        ("三", CharClass.NUMERAL),
        ("○", CharClass.NUMERAL),
        ("WTO", CharClass.LATIN),
        ("Ｗ", CharClass.LATIN),
        ("（", CharClass.OPEN),
        ("〕", CharClass.CLOSE),
        ("”", CharClass.QUOTE),
        ("《", CharClass.TITLE_OPEN),
        ("〉", CharClass.TITLE_CLOSE),
        ("、", CharClass.COMMA),
        ("；", CharClass.STOP),
        ("：", CharClass.COLON),
        ("%", CharClass.SYMBOL),
        ("😀", CharClass.SYMBOL),
        ("县", CharClass.HAN),
        ("𠮷", CharClass.HAN),
    ],
)
def test_token_has_its_class(token: str, expected: CharClass) -> None:
    assert classify(fold(token)) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("依据（青政〔2021〕5号）：公开，解读；", "依据(青政[2021]5号):公开,解读;"),
        ("〈青禾县办法〉第３条", "＜青禾县办法＞第7条"),
        ("共12件、3％", "共98件、4%"),
        ("ＱＱ群Ａ", "ｑＱ群a"),
    ],
)
def test_full_width_and_half_width_texts_have_equal_features(left: str, right: str) -> None:
    assert_array_equal(features(left), features(right))


def test_different_texts_have_different_features() -> None:
    assert (features("青禾县档案局") != features("青禾县教育局")).any()


@given(any_texts)
def test_every_token_has_one_key_a_feature(text: str) -> None:
    doc = TOKENIZE(text + "(a)和(b)公(gōng)" + text)
    keys = CharacterFeatures()(doc)
    assert keys.shape == (len(tokens_read(doc)), len(FEATURES))
    assert keys.dtype == np.uint64


@given(any_texts)
def test_newline_mask_marks_the_line_breaks_and_nothing_else(text: str) -> None:
    doc = TOKENIZE(text)
    expected = [token.text == "\n" for token in doc]
    assert newline_mask(doc).tolist() == expected


@given(any_texts)
def test_features_do_not_depend_on_what_was_seen_before(text: str) -> None:
    extract = CharacterFeatures()
    extract(TOKENIZE("青禾县（2021）公开12件。"))
    assert_array_equal(extract(TOKENIZE(text)), features(text))


def test_features_do_not_depend_on_the_vocabulary() -> None:
    other = CharacterTokenizer(Vocab(strings=["青禾", "县"]))
    text = "青禾县公开12件"
    assert_array_equal(features(text), CharacterFeatures()(other(text)))


def test_bigrams_and_trigram_tell_the_neighbours_apart() -> None:
    for name, equal in (("left bigram", False), ("right bigram", True), ("trigram", False), ("char", True)):
        assert (column("甲中乙", name)[1] == column("丙中乙", name)[1]) is equal
    assert column("甲中乙", "left bigram")[1] == column("甲中丙", "left bigram")[1]
    assert column("甲乙", "left bigram")[1] != column("甲乙", "right bigram")[0]


def test_enclosure_tells_which_tokens_stand_in_a_title() -> None:
    inside = [bool(key) for key in column("见《办法》和《条\n例》", "enclosure")]
    assert inside == [False, True, True, True, True, False, False, False, False, False, False]


def test_enclosure_of_nested_titles_reaches_from_the_outermost_mark() -> None:
    keys = column("《关于〈办法〉的通知》", "enclosure")
    assert len(set(keys)) == 1
    assert keys[0] != 0
    assert keys[0] == column("《印发通知》", "enclosure")[0]
    assert keys[0] != column("《青禾日报》", "enclosure")[0]


def test_position_starts_anew_on_every_line() -> None:
    keys = column("甲乙丙\n甲乙丙", "position")
    assert keys[:3] == keys[4:]
    assert len(set(keys[:3])) == 3
    long = column("甲" * 30, "position")
    assert len(set(long[7:-7])) == 1
    assert len({*long[:8]}) == 8


def test_name_characters_see_surnames_and_given_names() -> None:
    (king, _, _), (thing, _, _) = column("王芳芳", "name characters"), column("的芳芳", "name characters")
    assert king != thing
    assert column("王芳芳", "name characters") == column("李芳芳", "name characters")
