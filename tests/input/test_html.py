"""Web pages to text."""

import builtins
import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govner.errors import InputError
from govner.input.html.reader import read_html

PARAGRAPH = "全年主动公开政府信息一百二十条，其中通过网站公开九十条。"
TAGS = [
    *(
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<td rowspan=3>",
        "<td colspan=99999>",
        "<td<table>",
        "</td>",
        "<caption>",
    ),
    *("<ol>", "<li value=7>", "</ol>", "<p>", "</p>", "<div style='display:inline'>", "<br>", "<pre>", "<o:p>"),
    *("规章", "12", "&nbsp;", "&#1;", "&", "<", "<!--", "<!--x-->", "<?xml a?>", "\x01", "\ud800", "<![if x]>"),
]
WORD_PAGE = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=Generator content="Microsoft Word 11">
<title>青禾市水务局二〇一五年政府信息公开年度报告</title><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal
</w:View></w:WordDocument></xml><![endif]--><style>p.MsoNormal {{mso-style-parent:""}}</style></head>
<body lang=ZH-CN><div class=Section1><p class=MsoNormal align=center><b><span style='font-size:22.0pt;
font-family:方正小标宋简体'>青禾市水务局二〇一五年政府
信息公开年度报告<span lang=EN-US><o:p></o:p></span></span></b></p>
<p class=MsoNormal><![if !supportLists]><span style='mso-list:Ignore'>一、<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span><![endif]><font face=宋体>总体情况</font></p>
<p class=MsoNormal>{PARAGRAPH}<st1:chsdate Year="2016">2016年1月5日</st1:chsdate></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p></div></body></html>"""


def lines(html: str | bytes) -> list[str]:
    return read_html(html, "x.html").text.split("\n")


@pytest.mark.parametrize("encoding", ["gb2312", "gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_page_of_a_word_processor(encoding: str) -> None:
    assert lines(WORD_PAGE.replace("〇", "零").encode(encoding)) == [
        "青禾市水务局二零一五年政府 信息公开年度报告",
        "一、  总体情况",
        PARAGRAPH + "2016年1月5日",
    ]


def test_a_traditional_page_with_a_declaration() -> None:
    page = read_html('<meta charset="Big5"><p>青禾市水務局政府資訊公開工作年度報告，主動公開資訊。'.encode("big5"), "x")
    assert page.text == "青禾市水務局政府資訊公開工作年度報告，主動公開資訊。"
    assert page.decoded.chosen == "declared"


def test_a_declaration_in_a_comment_is_none() -> None:
    page = read_html(f"<!-- <meta charset=big5> --><meta charset='utf-8'><p>{PARAGRAPH}".encode(), "x")
    assert page.decoded.notes == ()


def test_blocks_and_breaks_are_lines_and_inline_elements_are_not() -> None:
    html = "<h1>报告</h1><div>一<b>二</b>\n三<br>四<br/><br>五<p>六</p>七<hr>八<b style='display: block'>九</b></div>"
    assert lines(html) == ["报告", "一二 三", "四", "五", "六", "七", "八", "九"]


def test_spaces_as_the_page_shows_them() -> None:
    assert lines("<p>  一 \n 二 <b> 三</b> </p><p>&nbsp;&nbsp;四&emsp;五\u3000六</p><pre>a  b\n\tc</pre>") == [
        "一 二 三",
        "  四 五\u3000六",
        "a  b",
        "\tc",
    ]


def test_entities_are_resolved_and_invisible_characters_dropped() -> None:
    assert lines("<p>&ldquo;&#25919;&#x5e9c;&rdquo;&#150;\u200b信\ufeff息&amp;&lt;p&gt;") == ["“政府”–信息&<p>"]


def test_what_is_hidden_is_left_out_and_what_follows_it_kept() -> None:
    html = (
        "<body style='display:none'><script>var a;</script>一<span hidden>二</span>三"
        "<div style='color:red;DISPLAY : none'>四<p>五</div>六"
        "<noscript>七</noscript><style>八{}</style>九<ruby>公<rp>(</rp><rt>gong</rt><rp>)</rp></ruby>"
    )
    assert lines(html) == ["一三六九公"]


def test_lists_have_the_numbers_that_the_page_shows() -> None:
    html = (
        "<ol start=3><li>甲<li><p>乙</p><ol type=a><li>子<li>丑</ol><li value=9>丙<li>11. 丁<li></li></ol>戊"
        "<ul><li>己</ul><ol style='list-style: none'><li>庚</ol>"
        "<ol style='list-style-type:cjk-ideographic' start=19><li>辛<li>壬</ol>"
        "<ol reversed type=I><li>癸<li>子</ol>"
    )
    assert lines(html) == (
        [
            "3. 甲",
            "4. 乙",
            "a. 子",
            "b. 丑",
            "9. 丙",
            "11. 丁",
            "戊",
            "己",
            "庚",
            "十九、辛",
            "二十、壬",
            "II. 癸",
            "I. 子",
        ]
    )


def test_rows_of_tables_are_lines_and_cells_keep_their_places() -> None:
    html = (
        "<table><caption>表一</caption><thead><tr><th>项目<th>数<th>备注</tr></thead>"
        "<tr><td rowspan=2>规<br>章<td><p><span>3</span></p><td></tr><tr><td>4<td>无</tr>"
        "<tr><td>总计<td colspan=2>&nbsp;</tr><tr><td>&nbsp;<td><td></tr></table>附注"
    )
    assert lines(html) == ["表一", "项目\t数\t备注", "规 章\t3\t", "\t4\t无", "总计\t\t", "附注"]


def test_cells_wrapped_in_paragraphs_are_cells() -> None:
    cells = "".join(f"<td><p class=MsoNormal><span>{word}</span></p></td>\n" for word in ("本年新收", 3, 0, ""))
    assert lines(f"<table><tbody>\n<tr>\n{cells}</tr>\n</tbody></table>") == ["本年新收\t3\t0\t"]


def test_tables_that_lay_out_the_page_are_no_rows() -> None:
    article = f"<p>一、概述</p><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p><p>二、问题</p>"
    expected = ["一、概述", PARAGRAPH, PARAGRAPH, "二、问题"]
    assert lines(f"<table><tr><td>导航<td>{article}</table>") == ["导航", *expected]
    assert lines(f"<table><tr><td>{article}</table>") == expected
    nested = "<table><tr><td>数<td>1</table>"
    assert lines(f"<table><tr><td>{article}{nested}<td>尾</table>") == [*expected, "数\t1", "尾"]
    index = "<tr><td>索引号<td>12<td>日期<td>3月"
    assert lines(f"<table>{index}{index}<tr><td colspan=4>{article}</table>") == [
        *["索引号\t12\t日期\t3月"] * 2,
        *expected,
    ]


def test_rows_of_data_may_hold_paragraphs() -> None:
    row = f"<tr><td>1<td><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p><td>已办</tr>"
    assert lines(f"<table>{row * 3}</table>") == [f"1\t{PARAGRAPH} {PARAGRAPH} {PARAGRAPH}\t已办"] * 3


def test_words_of_a_table_outside_its_cells_are_kept() -> None:
    assert lines("<table>甲<tr>乙<td>丙<td>丁</tr>戊<form><tr><form><td>己<td>庚</form></tr></form></table>") == [
        "甲",
        "乙\t丙\t丁",
        "戊",
        "己\t庚",
    ]


def test_the_title_is_told_once() -> None:
    assert lines("<title>年度报告-青禾市</title><h1>年度 报告</h1>") == ["年度 报告"]
    assert lines("<title>青禾市水务局年度报告</title><p>正文") == ["青禾市水务局年度报告", "正文"]
    assert read_html("<p>正文", "x").title == ""


@pytest.mark.parametrize("html", ["", "  ", "<!-- x -->", "<html></html>", "<frameset><frame src=x></frameset>", b"\n"])
def test_pages_without_text_are_refused(html: str | bytes) -> None:
    with pytest.raises(InputError, match=r"x\.html: holds no text"):
        read_html(html, "x.html")


def test_a_declaration_of_xml_is_passed_over() -> None:
    assert lines('\n<?xml version="1.0" encoding="gbk"?>\n<html><body><p>报告</p></body></html>') == ["报告"]


def test_entities_of_the_page_are_not_expanded() -> None:
    names = "abcdefghij"
    bomb = "".join(f"<!ENTITY {b} '{('&' + a + ';') * 10}'>" for a, b in pairwise(names))
    assert len(read_html(f"<!DOCTYPE html [<!ENTITY a '{'x' * 100}'>{bomb}]><p>&j;报告</p>", "x").text) < 3000


@pytest.mark.parametrize(
    "tag", ["<div>", "<font>", "<table><tr><td>", "<ol><li>", "<td>", "<tr>", "<table><tr><td>x<td>"]
)
def test_deep_pages_are_read_to_the_end(tag: str) -> None:
    assert lines(tag * 5000 + "底")[-1].endswith("底")
    assert lines("<div>" * 5000 + "底" + "</div>尾" * 5000) == ["底", *["尾"] * 5000]


def test_a_large_page_takes_about_a_second_at_most() -> None:
    row = "<tr>" + "<td style='border:1px'><p class=MsoNormal><span>3&nbsp;件<o:p></o:p></span></p></td>" * 8 + "</tr>"
    part = f"<p style='text-indent:2em'><span lang=EN-US>{PARAGRAPH}</span></p>\n" * 40 + f"<table>{row * 20}</table>"
    data = (part * (1_000_000 // len(part.encode()) + 1)).encode("gb18030")
    start = time.process_time()
    read_html(data, "x")
    assert time.process_time() - start < 1.5


@settings(max_examples=200)
@given(st.lists(st.sampled_from(TAGS), max_size=40).map("".join))
def test_any_page_is_read_and_no_word_lost(html: str) -> None:
    try:
        text = read_html(html + "</pre>-->尾", "x").text
    except InputError:
        text = ""
    assert "尾" in text or "<" in html
    if "<!" not in html and "<?" not in html and "<td<" not in html and not any(cut in html for cut in ("<<", "&<")):
        assert text.count("规章") == html.count("规章")


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_lxml(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("lxml"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_lxml)
    with pytest.raises(InputError, match=r"govner\[html\]"):
        read_html("<p>报告", "x")
