"""A cleaned copy says what the text said before the damage, and knows where each character comes from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govner.cleaning.difference import diff
from govner.cleaning.view import View, clean

REPORT = (
    "青禾市人民政府2018年政府信息公开工作年度报告\n"
    "本年度主动公开政府信息5500余条，其中通过政府网站公开3200条。\n"
    "全年收到依申请公开政府信息12件，均按期答复，没有收取费用。"
)
DAMAGED = (
    "政府信息公开年 2018报告ξ◆*×□\ufffd?&#;ampnbs(gōng)（）㈠⼀２Ａ．"
    "　\xa0\u200b\x0c\n|、，。鏀垮簻寮€稿畔開條國Ãå¿¡Õþ-第页共"
)
TEXTS = st.text(st.one_of(st.sampled_from(DAMAGED), st.characters()), max_size=80)


def check(view: View) -> None:
    """What holds for every view."""
    at = copy_at = 0
    for change in view.changes:
        assert view.original[at : change.start] == view.text[copy_at : change.copy_start]
        assert view.original[change.start : change.end] == change.before
        assert view.text[change.copy_start : change.copy_end] == change.after
        for step in range(change.start - at):
            assert view.to_original(copy_at + step, copy_at + step + 1) == (at + step, at + step + 1)
            assert view.to_copy(at + step, at + step + 1) == (copy_at + step, copy_at + step + 1)
        at, copy_at = change.end, change.copy_end
    assert view.original[at:] == view.text[copy_at:]
    spans = [view.to_original(place, place + 1) for place in range(len(view.text))]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(view.original) for start, end in spans)
    for place, (start, end) in enumerate(spans):
        first, last = view.to_copy(start, end)
        assert first <= place < last
    assert all(0 <= flag.start < flag.end <= len(view.original) for flag in view.flags)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_every_text_is_aligned_and_clean_afterwards(text: str) -> None:
    view = clean(text)
    check(view)
    assert not clean(view.text).changes


def test_an_undamaged_text_is_itself() -> None:
    view = clean(REPORT)
    assert view.text is REPORT
    assert (view.changes, view.flags) == ((), ())
    assert view.to_original(3, 9) == view.to_copy(3, 9) == (3, 9)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.encode().decode("latin-1"),
        lambda text: text.encode("gb18030").decode("latin-1"),
        lambda text: text.replace("政府信息公开", "政府信息公开".encode().decode("gb18030")),
        lambda text: "".join(f"&#{ord(char)};" for char in text),
        lambda text: text.translate(str.maketrans("开报余条过网员应请无费", "開報餘條過網員應請無費")),
        lambda text: text.translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789"}),
        lambda text: text.replace("公", "公\u200b").replace("12", "\ufeff12"),
        lambda text: text.replace("5500余条", "5500 余 条").replace("12件", " 12 件"),
        lambda text: text.replace("信息", "信ξ息"),
        lambda text: text.replace("公开", "公(gōng)开(kāi)"),
        lambda text: text.replace("人", "⼈"),
        lambda text: text.replace("\n", "\n- 3 -\n"),
        lambda text: text.replace("\n", "\u2028"),
    ],
)
def test_damage_is_undone(damage) -> None:
    view = clean(damage(REPORT))
    check(view)
    assert view.text == REPORT


@given(st.text(st.sampled_from("政府信息公开工作年度报告主动"), min_size=2, max_size=12))
@settings(deadline=None)
def test_bytes_read_wrongly_are_read_again(text: str) -> None:
    assert clean(text.encode().decode("latin-1")).text == text


def test_a_repaired_character_lies_in_the_characters_with_its_bytes() -> None:
    view = clean("政府信息公开工作".encode().decode("gb18030"))
    assert view.text == "政府信息公开工作"
    assert [view.to_original(at, at + 1) for at in range(3)] == [(0, 2), (1, 3), (3, 5)]
    assert view.to_copy(1, 2) == (0, 2)


def test_a_lost_byte_costs_two_characters_and_no_more() -> None:
    damaged = "推进依法行政，保障公民知情权".encode("gb18030")[1:].decode("gb18030", "replace")
    view = clean(damaged)
    check(view)
    assert view.text == "\ufffd进依法行政，保障公民知情\ufffd"
    assert {flag.kind for flag in view.flags} == {"lost"}


@pytest.mark.parametrize(
    "text",
    [
        "申请人情况 自然人 商业企业\n一、本年新收 5 0 0 1 0 6\n四、结转下年度继续办理 18",
        "申请数 件 6 当面 件 1",
        "　　成员：卞少华、幸 福、欧阳建桥",
        "青禾市政府办公室　2019年1月",
        "二○一八年",
        "1 总则\n2 年度目标",
        "受理→登记",
        "café, Ürümqi, naïve “政府”",
        "乾隆年间的著作",
        "合计  12  3",
    ],
)
def test_what_is_no_damage_stays(text: str) -> None:
    assert clean(text).text is text


def test_what_cannot_be_repaired_is_flagged() -> None:
    text = "公开****条，来源：锟斤拷锟斤拷\ufffd"
    view = clean(text)
    assert view.text is text
    assert [(text[flag.start : flag.end], flag.kind) for flag in view.flags] == [
        ("****", "masked"),
        ("锟斤拷锟斤拷", "lost"),
        ("\ufffd", "lost"),
    ]


def test_heads_of_pages_go_and_the_title_stays() -> None:
    page = "工作情况说明。" * 60
    text = "\n".join(["临川县水务局年度报告", page] * 4)
    assert clean(text).text == "\n".join(["临川县水务局年度报告", page, page, page, page])


def test_a_span_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no span"):
        clean(REPORT).to_copy(5, len(REPORT) + 1)


def test_differences_have_line_column_and_context() -> None:
    (found,) = diff(clean("第一行\n本年&ldquo;公开"))
    assert (found.line, found.column, found.kind) == (2, 3, "entity")
    assert (found.left, found.before, found.after, found.right) == ("本年", "&ldquo;", "“", "公开")
