"""The character tokenizer: no character is lost, runs of digits and letters stay whole."""

import pickle
import re
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from govner.tokens.tokenizer import CharacterTokenizer, create_character_tokenizer
from strategies import any_texts

TOKENIZE = CharacterTokenizer(Vocab())
PICKLED = pickle.dumps(TOKENIZE)
mixed_texts = st.one_of(any_texts, st.text("甲𠮷１Ａé09aZ. \u3000\n\t", max_size=40))


@given(mixed_texts)
def test_tokens_make_up_the_text_again(text: str) -> None:
    doc = TOKENIZE(text)
    assert doc.text == text
    assert "".join(token.text_with_ws for token in doc) == text


@given(mixed_texts)
def test_token_is_one_character_or_a_whole_run_of_digits_or_letters(text: str) -> None:
    for token in TOKENIZE(text):
        assert len(token.text) == 1 or re.fullmatch("[0-9]+|[A-Za-z]+", token.text)
    starts = {token.idx for token in TOKENIZE(text)}
    for run in re.finditer("[0-9]+|[A-Za-z]+", text):
        assert starts.isdisjoint(range(run.start() + 1, run.end()))
        assert run.start() in starts


@given(mixed_texts)
def test_line_break_is_always_a_token_of_its_own(text: str) -> None:
    breaks = [token.idx for token in TOKENIZE(text) if "\n" in token.text]
    assert breaks == [at for at, char in enumerate(text) if char == "\n"]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("公开2021年", ["公", "开", "2021", "年"]),
        ("3.5万", ["3", ".", "5", "万"]),
        ("WTO规则A4纸", ["WTO", "规", "则", "A", "4", "纸"]),
        ("２０年", ["２", "０", "年"]),
        ("𠮷禾", ["𠮷", "禾"]),
        ("甲 乙  丙", ["甲", "乙", " ", "丙"]),
        ("　甲\n\n乙", ["　", "甲", "\n", "\n", "乙"]),
        ("", []),
    ],
)
def test_tokens_of_small_texts(text: str, tokens: list[str]) -> None:
    assert [token.text for token in TOKENIZE(text)] == tokens


@given(mixed_texts)
def test_pickled_tokenizer_does_the_same(text: str) -> None:
    again = pickle.loads(PICKLED)
    assert [token.text for token in again(text)] == [token.text for token in TOKENIZE(text)]


def test_config_makes_the_tokenizer_with_the_vocabulary_of_the_pipeline() -> None:
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "govner.CharacterTokenizer.v1"}}})
    assert isinstance(nlp.tokenizer, CharacterTokenizer)
    assert nlp.tokenizer.vocab is nlp.vocab
    assert isinstance(create_character_tokenizer()(nlp), CharacterTokenizer)
    assert [token.text for token in nlp("青禾县2021年")] == ["青", "禾", "县", "2021", "年"]


def test_pipeline_with_the_tokenizer_is_saved_and_loaded(tmp_path: Path) -> None:
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "govner.CharacterTokenizer.v1"}}})
    nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert [token.text for token in loaded("共12件")] == ["共", "12", "件"]
