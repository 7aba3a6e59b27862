"""Bytes of any encoding to text."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govner.data import load_list
from govner.errors import InputError
from govner.input.encodings import decode

SIMPLIFIED = ("utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
TRADITIONAL = ("big5", "cp950", "big5hkscs", "utf-8", "gb18030")
WITH_MARK = ("utf-8-sig", "utf-16", "utf-32")
LABELS = ("utf-8", "gb2312", "GBK", "x-gbk", "big5", "iso-8859-1", "utf-16", "us-ascii", "x-unknown", None)
SENTENCES = (
    "青禾市水务局2015年度政府信息公开工作报告\n",
    "一、概述。全年主动公开政府信息1234条，其中网站公开980条；",
    "收到依申请公开12件，均已按期答复，未收取费用。\n",
    "二、存在的主要问题和改进措施：一是制度不够健全，二是培训不足。",
)
IN_TRADITIONAL = (
    "青禾市水務局二〇一五年度政府資訊公開工作報告\n",
    "一、概述。全年主動公開政府資訊1234條，其中網站公開980條；",
    "收到依申請公開12件，均已按期答覆，未收取費用。\n",
)


@st.composite
def texts(draw: st.DrawFn, length: int = 20) -> str:
    """Sentences and nouns in any order, from any character on, of at least `length` characters."""
    rng = random.Random(draw(st.integers(0, 10**6)))
    nouns = load_list("nouns")
    parts = [rng.choice(SENTENCES)[rng.randrange(12) :] if rng.random() < 0.5 else rng.choice(nouns) for _ in range(40)]
    text = "".join(parts)
    return text[: draw(st.sampled_from([length, length + 1, 60, 300]))]


@given(text=texts(), encoding=st.sampled_from(SIMPLIFIED + WITH_MARK), declared=st.sampled_from(LABELS))
def test_text_comes_back_whatever_is_declared(text: str, encoding: str, declared: str | None) -> None:
    decoded = decode(text.encode(encoding), "x", declared)
    assert decoded.text == text
    assert (decoded.chosen == "bom") == (encoding in WITH_MARK)


@given(
    start=st.integers(0, 30),
    length=st.integers(20, 60),
    encoding=st.sampled_from(TRADITIONAL),
    declared=st.sampled_from(LABELS),
)
def test_traditional_text_comes_back(start: int, length: int, encoding: str, declared: str | None) -> None:
    text = ("".join(IN_TRADITIONAL).replace("〇", "零"))[start : start + length]
    assert decode(text.encode(encoding), "x", declared).text == text


@given(text=texts(24), encoding=st.sampled_from(SIMPLIFIED), lost=st.integers(1, 3))
def test_a_character_cut_at_the_end_is_left_out(text: str, encoding: str, lost: int) -> None:
    text = text.rstrip("\n") + "县"
    lost = min(lost, len("县".encode(encoding)) - 1)
    decoded = decode(text.encode(encoding)[:-lost], "x")
    assert decoded.text == text[:-1]
    assert "ends in the middle of a character" in decoded.notes


@settings(max_examples=200)
@given(data=st.binary(max_size=300), declared=st.sampled_from(LABELS))
def test_any_bytes_are_read_or_refused(data: bytes, declared: str | None) -> None:
    try:
        text = decode(data, "x", declared).text
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert "\0" not in text
        assert "\r" not in text
        text.encode()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_few_broken_bytes_are_replaced_and_counted(encoding: str) -> None:
    text = "".join(SENTENCES) * 30
    data = bytearray(text.encode(encoding))
    for place in (300, 900):
        data[place:place] = b"\n\xff\n"
    decoded = decode(bytes(data), "x")
    assert decoded.encoding == encoding
    assert 2 <= decoded.text.count("\ufffd") <= 4
    assert any("broken bytes" in note for note in decoded.notes)


def test_wrong_declarations_are_noted_and_right_ones_are_not() -> None:
    text = "".join(SENTENCES)
    assert decode(text.encode("gb18030"), "x", "utf-8").notes == ("declares utf-8, was read as gb18030",)
    assert decode(text.encode(), "x", "gb2312").notes == ("declares gb2312, was read as utf-8",)
    assert decode(text.encode("gb18030"), "x", "iso-8859-1").encoding == "gb18030"
    assert decode(text.encode("gb18030"), "x", "gb2312").chosen == "declared"
    assert decode(text.encode(), "x", "UTF-8") == decode(text.encode(), "x", "utf8")
    assert decode(text.encode(), "x", "UTF-8").notes == ()
    assert decode(b"plain ASCII", "x", "gb2312").notes == ()


def test_characters_outside_gb2312_are_read_where_it_is_declared() -> None:
    assert "镕" in decode(("朱镕基" + SENTENCES[1]).encode("gb18030"), "x", "gb2312").text


def test_a_mark_that_misleads_is_passed_over() -> None:
    text = "".join(SENTENCES)
    decoded = decode(b"\xef\xbb\xbf" + text.encode("gb18030"), "x")
    assert decoded.text == text
    assert decoded.chosen == "detected"
    assert "byte-order mark" in decoded.notes[0]


def test_line_ends_become_newlines() -> None:
    assert decode("一\r\n二\r三\n".encode(), "x").text == "一\n二\n三\n"


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4 \xe4", b"PK\x03\x04zip", b"\xd0\xcf\x11\xe0old", bytes(range(256)) * 4, b"a\0b\0\0c" * 9]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="binary file"):
        decode(data, "x")


def test_much_text_is_read_by_its_own_encoding_and_not_by_that_of_its_head() -> None:
    text = "<html>" * 60_000 + "".join(SENTENCES) * 4000
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        assert decode(text.encode(encoding), "x", "utf-8").text == text


@pytest.mark.parametrize("length", [60, 3_000, 200_000])
def test_mojibake_in_utf8_is_utf8(length: int) -> None:
    """Bytes that were misread and written again look like no Chinese; it is not for the decoder to undo that."""
    text = (
        ("全年主动公开政府信息742条，其中县政府门户网站公开3条。" * (length // 29 + 1))
        .encode()
        .decode("gb18030", "replace")
    )
    for damaged in (text[:length], text[:length].replace("\ufffd", "?")):
        decoded = decode(damaged.encode(), "a.txt")
        assert (decoded.encoding, decoded.text) == ("utf-8", damaged)
