"""Recognising headings: their forms at every level, and what only looks like one."""

import pytest
from hypothesis import given

from govner.paragraphs.headings import MAX_LEVEL, find_heading
from strategies import any_texts


@pytest.mark.parametrize(
    ("line", "level", "number", "words"),
    [
        ("一、总体情况", 1, 1, "总体情况"),
        ("一.总体情况", 1, 1, "总体情况"),
        ("一．总体情况", 1, 1, "总体情况"),
        ("一，总体情况", 1, 1, "总体情况"),
        ("一,总体情况", 1, 1, "总体情况"),
        ("一：总体情况", 1, 1, "总体情况"),
        ("一 、 总体情况", 1, 1, "总体情况"),
        ("　　二、总体情况　", 1, 2, "总体情况"),
        ("第三部分 总体情况", 1, 3, "总体情况"),
        ("第三部分：总体情况", 1, 3, "总体情况"),
        ("第四章 总体情况", 1, 4, "总体情况"),
        ("第五、抓好落实", 1, 5, "抓好落实"),
        ("十、附则", 1, 10, "附则"),
        ("十二、其他事项", 1, 12, "其他事项"),
        ("二十、附则", 1, 20, "附则"),
        ("二十一、附则", 1, 21, "附则"),
        ("三、2021年主动公开", 1, 3, "2021年主动公开"),
        ("三、2021年工作打算", 1, 3, "2021年工作打算"),
        ("（一）主动公开", 2, 1, "主动公开"),
        ("(一)主动公开", 2, 1, "主动公开"),
        ("（ 十一 ）主动公开", 2, 11, "主动公开"),
        ("（二）、主动公开", 2, 2, "主动公开"),
        ("(三) 2021年网站", 2, 3, "2021年网站"),
        ("1.政策解读", 3, 1, "政策解读"),
        ("1．政策解读", 3, 1, "政策解读"),
        ("１．政策解读", 3, 1, "政策解读"),
        ("1、政策解读", 3, 1, "政策解读"),
        ("１２、政策解读", 3, 12, "政策解读"),
        ("12. 政策解读", 3, 12, "政策解读"),
        ("（1）网站建设", 4, 1, "网站建设"),
        ("(1)网站建设", 4, 1, "网站建设"),
        ("（１２）网站建设", 4, 12, "网站建设"),
        ("1）网站建设", 4, 1, "网站建设"),
        ("２)网站建设", 4, 2, "网站建设"),
        ("①网站建设", 4, 1, "网站建设"),
        ("⑳ 网站建设", 4, 20, "网站建设"),
    ],
)
def test_numbered_line_is_a_heading_with_level_number_and_words(line: str, level: int, number: int, words: str) -> None:
    heading = find_heading(line)
    assert heading is not None
    assert (heading.level, heading.number, line[heading.start : heading.end]) == (level, number, words)
    assert not heading.run_in


@pytest.mark.parametrize(
    ("line", "level", "words"),
    [
        ("一、总体情况。全年公开三百条。", 1, "总体情况"),
        ("一、总体情况：全年公开三百条；均已更新。", 1, "总体情况"),
        ("（二）主动公开。全年公开三百条。", 2, "主动公开"),
        ("（二）主动公开　全年公开三百条。收到申请五件。", 2, "主动公开"),
        ("3.政策解读。发布解读五篇。", 3, "政策解读"),
        ("（4）网站建设。全年改版一次。", 4, "网站建设"),
        ("④网站建设。全年改版一次。", 4, "网站建设"),
        ("一是加强培训，提高认识。", 5, "加强培训"),
        ("二要抓好落实，确保到位。", 5, "抓好落实"),
        ("十二是完善制度,定期检查。", 5, "完善制度"),
    ],
)
def test_run_in_heading_ends_where_its_text_begins(line: str, level: int, words: str) -> None:
    heading = find_heading(line)
    assert heading is not None
    assert (heading.level, line[heading.start : heading.end], heading.run_in) == (level, words, True)


@pytest.mark.parametrize("mark", ["。", "：", ":", "；", ";"])
def test_mark_at_the_end_of_a_heading_is_not_among_its_words(mark: str) -> None:
    line = f"一、总体情况{mark}"
    heading = find_heading(line)
    assert heading is not None
    assert (line[heading.start : heading.end], heading.run_in) == ("总体情况", False)


@pytest.mark.parametrize("line", ["总体情况", "  存在的主要问题：", "工作概述", "下一步工作打算", "附表"])
def test_line_of_set_words_is_a_heading_without_a_number(line: str) -> None:
    heading = find_heading(line)
    assert heading is not None
    assert (heading.level, heading.number, heading.run_in) == (1, 0, False)
    assert line[heading.start : heading.end] == line.strip().rstrip("：")


@pytest.mark.parametrize(("line", "level"), [("一、", 1), ("（一）", 2), ("1.", 3), ("（1）", 4), ("①", 4)])
def test_number_alone_has_a_level_and_no_words(line: str, level: int) -> None:
    heading = find_heading(line)
    assert heading is not None
    assert (heading.level, heading.start, heading.end, heading.run_in) == (level, len(line), len(line), False)


def test_long_numbered_sentence_has_a_level_and_no_words() -> None:
    heading = find_heading("（一）" + "我局认真落实各项要求并按时公开办理结果" * 3 + "。全年三百条。")
    assert heading is not None
    assert (heading.level, heading.start, heading.end, heading.run_in) == (2, 3, 3, True)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "　　",
        "1.5万条信息已公开",
        "１.５万条信息已公开",
        "10.25%",
        "2021年，我局公开三百条",
        "20条信息",
        "３０条信息",
        "一年来，我局公开三百条",
        "一季度公开十条",
        "三百余条信息",
        "第一时间公开",
        "第一季度",
        "一般公共预算",
        "一是",
        "二要",
        "（以下简称条例）",
        "（2021）5号",
        "〔2021〕5号",
        "(公章)",
        "青禾县档案局",
        "全年公开情况良好，收到申请五件。",
    ],
)
def test_plain_text_is_no_heading(line: str) -> None:
    assert find_heading(line) is None


@given(any_texts.map(lambda text: text.replace("\n", "")))
def test_heading_words_lie_in_the_line_without_outer_white_space(line: str) -> None:
    heading = find_heading(line)
    if heading is None:
        return
    assert 1 <= heading.level <= MAX_LEVEL
    assert 0 <= heading.start <= heading.end <= len(line.rstrip())
    assert heading.number >= 0
