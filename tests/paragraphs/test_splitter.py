"""Splitting texts into paragraphs: nothing is lost, and headings on one line come apart."""

import pytest
from hypothesis import given

from govner.paragraphs.splitter import split_paragraphs
from strategies import texts


def parts(text: str) -> list[str]:
    return [text[paragraph.start : paragraph.end] for paragraph in split_paragraphs(text)]


@given(texts)
def test_paragraphs_cover_every_visible_character_once_in_order(text: str) -> None:
    covered = [at for paragraph in split_paragraphs(text) for at in range(paragraph.start, paragraph.end)]
    assert covered == sorted(set(covered))
    assert {at for at, char in enumerate(text) if char.strip()} <= set(covered)


@given(texts)
def test_paragraphs_are_not_empty_and_have_no_outer_white_space_or_line_end(text: str) -> None:
    for part in parts(text):
        assert part
        assert part == part.strip()
        assert "\n" not in part


@given(texts)
def test_every_line_with_text_begins_a_paragraph(text: str) -> None:
    starts = {paragraph.start for paragraph in split_paragraphs(text)}
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            assert offset + len(line) - len(line.lstrip()) in starts
        offset += len(line) + 1


@given(texts)
def test_heading_lies_in_its_paragraph_and_ends_its_path(text: str) -> None:
    for paragraph in split_paragraphs(text):
        assert 0 <= paragraph.level <= 5
        if paragraph.heading is not None:
            start, end = paragraph.heading
            assert paragraph.start <= start < end <= paragraph.end
            assert paragraph.path[-1] == text[start:end]
        assert len(paragraph.path) <= 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一、总体情况。公开十条。二、主动公开。公开五条。三、其他。无。",
            ["一、总体情况。公开十条。", "二、主动公开。公开五条。", "三、其他。无。"],
        ),
        ("一、总体情况 二、主动公开　三、其他", ["一、总体情况", "二、主动公开", "三、其他"]),
        ("（一）网站。改版一次。(二)微信。发文五篇。", ["（一）网站。改版一次。", "(二)微信。发文五篇。"]),
        (
            "全年情况如下。一、公开。共十条。二、申请。共五件。",
            ["全年情况如下。", "一、公开。共十条。", "二、申请。共五件。"],
        ),
        ("一、甲。(一)子。(二)丑。二、乙。", ["一、甲。", "(一)子。", "(二)丑。", "二、乙。"]),
        ("九、甲甲甲。十、乙乙乙。十一、丙丙丙。", ["九、甲甲甲。", "十、乙乙乙。", "十一、丙丙丙。"]),
        ("一、总体情况。好。二、2021年打算。好。", ["一、总体情况。好。", "二、2021年打算。好。"]),
    ],
)
def test_headings_on_one_line_come_apart(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "我局做到一是主动公开，二是及时解读，三是认真回应。",
        "包括（一）网站、（二）微信、（三）公告栏等渠道。",
        "按照条例第（三）项答复。依据第（五）项不予公开。",
        "见本报告（一）。另见附件（一）。",
        "分为一、二、三产业，公开信息三十条。",
        "一、公开情况。共十条。三、其他情况。无。",
        "公开1.5万条。解读二十篇。回应三次。",
        "一、公开。",
    ],
)
def test_enumeration_inside_a_sentence_is_left_alone(text: str) -> None:
    assert parts(text) == [text]


def test_path_holds_the_open_headings_outermost_first() -> None:
    text = "年度报告\n一、公开情况\n（一）主动公开。十条。\n1.网站\n正文。\n（二）依申请公开\n二、收费情况\n正文。"
    assert [(p.level, p.path) for p in split_paragraphs(text)] == [
        (0, ()),
        (1, ("公开情况",)),
        (2, ("公开情况", "主动公开")),
        (3, ("公开情况", "主动公开", "网站")),
        (0, ("公开情况", "主动公开", "网站")),
        (2, ("公开情况", "依申请公开")),
        (1, ("收费情况",)),
        (0, ("收费情况",)),
    ]


def test_number_without_words_closes_deeper_headings_and_adds_none() -> None:
    text = "一、公开情况\n（一）主动公开\n（二）\n正文。"
    assert [p.path for p in split_paragraphs(text)][2:] == [("公开情况",), ("公开情况",)]


@pytest.mark.parametrize("text", ["", "\n", " \n　\n\t"])
def test_text_without_visible_characters_has_no_paragraph(text: str) -> None:
    assert split_paragraphs(text) == []
