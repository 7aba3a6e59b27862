"""Bracketed pinyin is found, left unread, and no offset moves by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from govner.corpus.augment.typography import pinyin
from govner.paragraphs.splitter import split_paragraphs
from govner.text.sounds import find_sounds, read_characters
from govner.tokens.characters import CharacterFeatures, tokens_read
from govner.tokens.tokenizer import CharacterTokenizer

TOKENIZE = CharacterTokenizer(Vocab())
HAN = st.text(st.sampled_from("政府信息公开工作年报一二三县局"), min_size=2, max_size=12)


def with_sounds(text: str, brackets: str = "()") -> str:
    return "".join(f"{char}{brackets[0]}{pinyin(char)}{brackets[1]}" if "一" <= char <= "龥" else char for char in text)


def test_sounds_are_found_with_their_brackets() -> None:
    text = "公(gōng)开（kāi）12件(jiàn)"
    assert [text[start:end] for start, end in find_sounds(text)] == ["(gōng)", "（kāi）", "(jiàn)"]


@pytest.mark.parametrize(
    "text",
    [
        "县政府(gov)公开系统(oa)",
        "(a)和(b)",
        "选项(a)或(e)",
        "微信(wei)",
        "网站(gov)网(www)",
        "见附件2(a)和(b)。",
        "〔(ō)",
    ],
)
def test_other_letters_in_brackets_are_read(text: str) -> None:
    assert read_characters(text) is None


@pytest.mark.parametrize(
    "text", ["中(zhōnɡ)国(ɡuó)", "公(gong)开(kai)", "公(Gōng) 开( kāi )", "亳(bó)", "公(go\u0304ng)", "办(bàn)理(lǐ)"]
)
def test_sounds_are_found_however_they_are_typed(text: str) -> None:
    read = read_characters(text)
    assert read is not None
    assert not any(text[place].isascii() for place in read.tolist())


@given(st.lists(HAN, min_size=1, max_size=4), st.sampled_from(("()", "（）")))
def test_what_is_read_is_the_text_without_sounds(lines: list[str], brackets: str) -> None:
    plain = ",".join(lines)
    text = with_sounds(plain, brackets)
    read = read_characters(text)
    assert read is not None
    assert "".join(text[place] for place in read) == plain


@given(st.lists(HAN, min_size=1, max_size=4))
def test_features_are_those_of_the_text_without_sounds(lines: list[str]) -> None:
    plain = "\n".join(lines)
    doc = TOKENIZE(with_sounds(plain))
    assert (CharacterFeatures()(doc) == CharacterFeatures()(TOKENIZE(plain))).all()
    assert "".join(doc[place].text for place in tokens_read(doc).tolist()) == plain


def test_paragraphs_and_headings_are_found_between_sounds() -> None:
    plain = "一、概述\n公开工作\n(二)申请"
    found = split_paragraphs(with_sounds(plain))
    assert [(part.level, part.path) for part in found] == [(part.level, part.path) for part in split_paragraphs(plain)]
    text = with_sounds(plain)
    assert [text[part.start : part.end] for part in found] == text.split("\n")
    assert found[0].heading is not None
    assert text[slice(*found[0].heading)] == with_sounds("概述")
