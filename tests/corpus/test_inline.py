"""The inline format: what it says, what it refuses, and that nothing is lost in it."""

from pathlib import Path

import pytest
from hypothesis import given

from govner.corpus.inline import (
    Mention,
    Paragraph,
    Report,
    format_mentions,
    format_report,
    parse_mentions,
    parse_report,
    read_report,
)
from govner.errors import InputError
from govner.scheme import ENTITY_LABELS, SECTION_LABELS
from strategies import lines, paragraphs, reports

SOURCE = (
    "---\nid: qinghe-2021\nissuer: 青禾县档案局\nyear: 2021\n---\n"
    "META\t{AGENCY:青禾县档案局}2021年报告\n"
    "\n"
    "PROACTIVE\t　　由{OFFICIAL:林知秋}公布{COUNT:12 条} \n"
)


def without_lines(report: Report) -> list[Paragraph]:
    return [Paragraph(p.section, p.text, p.mentions) for p in report.paragraphs]


def test_mentions_have_offsets_into_the_bare_text() -> None:
    text, mentions = parse_mentions("由{AGENCY:县档案局}公开{COUNT:12条}。")
    assert text == "由县档案局公开12条。"
    assert mentions == (Mention(1, 5, "AGENCY"), Mention(7, 10, "COUNT"))


def test_escaped_braces_and_backslashes_are_text() -> None:
    assert parse_mentions(r"a\{b\}c\\d{AGENCY:\{𠮷\}}") == (r"a{b}c\d{𠮷}", (Mention(7, 10, "AGENCY"),))


def test_colon_belongs_to_a_mention() -> None:
    text, mentions = parse_mentions("见{CHANNEL:http://a.cn:80/}")
    assert text[mentions[0].start : mentions[0].end] == "http://a.cn:80/"


def test_adjacent_mentions_stay_apart() -> None:
    assert parse_mentions("{AGENCY:甲局}{AGENCY:乙局}")[1] == (
        Mention(0, 2, "AGENCY"),
        Mention(2, 4, "AGENCY"),
    )


@given(paragraphs())
def test_formatted_mentions_parse_to_themselves(paragraph: Paragraph) -> None:
    source = format_mentions(paragraph.text, paragraph.mentions)
    assert parse_mentions(source) == (paragraph.text, paragraph.mentions)


@given(paragraphs())
def test_order_of_mentions_does_not_matter_for_formatting(paragraph: Paragraph) -> None:
    backwards = paragraph.mentions[::-1]
    assert format_mentions(paragraph.text, backwards) == format_mentions(paragraph.text, paragraph.mentions)


@given(reports())
def test_formatted_report_parses_to_itself(report: Report) -> None:
    source = format_report(report)
    parsed = parse_report(source)
    assert parsed.meta == report.meta
    assert without_lines(parsed) == report.paragraphs
    assert format_report(parsed) == source


@given(reports())
def test_mentions_of_a_report_point_at_the_characters_of_its_text(report: Report) -> None:
    expected = [(p.text[m.start : m.end], m.label) for p in report.paragraphs for m in p.mentions]
    assert [(report.text[m.start : m.end], m.label) for m in report.mentions()] == expected


@given(reports())
def test_sections_of_a_report_point_at_the_stripped_paragraphs_of_its_text(report: Report) -> None:
    expected = [(p.text.strip(), p.section) for p in report.paragraphs]
    assert [(report.text[s.start : s.end], s.label) for s in report.sections()] == expected


@given(lines)
def test_any_text_is_parsed_or_refused_with_an_input_error(line: str) -> None:
    try:
        text, mentions = parse_mentions(line)
    except InputError:
        return
    assert format_mentions(text, mentions) == line


def test_report_has_front_matter_paragraphs_and_line_numbers() -> None:
    report = parse_report(SOURCE, Path("x.annotated.txt"))
    assert report.meta == {"id": "qinghe-2021", "issuer": "青禾县档案局", "year": "2021"}
    assert report.id == "qinghe-2021"
    assert [(p.section, p.line) for p in report.paragraphs] == [("META", 6), ("PROACTIVE", 8)]
    assert report.text == "青禾县档案局2021年报告\n　　由林知秋公布12 条 "


def test_front_matter_keeps_colons_in_values_and_strips_white_space() -> None:
    report = parse_report("---\n url :  http://a.cn \nempty:\n---\nMETA\t甲")
    assert report.meta == {"url": "http://a.cn", "empty": ""}


def test_report_without_front_matter_takes_its_id_from_the_file_name() -> None:
    assert parse_report("META\t甲", Path("dir/a.annotated.txt")).id == "a"
    assert parse_report("META\t甲").id == ""


def test_file_with_byte_order_mark_and_dos_line_ends_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeff---\r\nid: a\r\n---\r\nMETA\t{AGENCY:甲局}\r\n".encode())
    report = read_report(path)
    assert (report.meta, report.text, report.path) == ({"id": "a"}, "甲局", path)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("甲{乙", r"stray { at '{乙'; write \{ for a brace or {LABEL:text} for a mention"),
        ("甲{AGENCY：乙}", r"stray { at '{AGENCY：乙}'; write \{ for a brace or {LABEL:text} for a mention"),
        ("甲乙}", r"stray } at '甲乙}'; write \} for a brace"),
        (r"甲\乙", r"stray \ before '乙'; write \\ for a backslash"),
        ("甲\\", r"stray \ before ''; write \\ for a backslash"),
        ("{AGENCY:甲{COUNT:5件}}", "mention inside a mention at '{COUNT:5件}}'; mark only the longer one"),
        ("{ORG:甲}", f"unknown label 'ORG' at '{{ORG:甲}}'; use one of {', '.join(ENTITY_LABELS)}"),
        ("{AGENCY:}", "empty AGENCY mention; put text in it or remove it"),
        ("{AGENCY: }", "empty AGENCY mention; put text in it or remove it"),
        ("甲{AGENCY:乙局", "unclosed AGENCY mention '乙局'; close it with }"),
    ],
)
def test_broken_mention_is_refused_with_its_remedy(source: str, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_mentions(source)
    assert caught.value.problem == problem


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("META 甲", "no tab after the section label; write SECTION<TAB>text"),
        ("TITLE\t甲", f"unknown section 'TITLE'; use one of {', '.join(SECTION_LABELS)}"),
        ("META\t ", "paragraph without text; remove the line"),
        ("META\t{AGENCY:甲", "unclosed AGENCY mention '甲'; close it with }"),
    ],
)
def test_broken_line_is_refused_with_file_and_line(line: str, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_report(f"---\nid: a\n---\nMETA\t乙\n\n{line}\n", Path("a.txt"))
    assert str(caught.value) == f"a.txt:6: {problem}"


@pytest.mark.parametrize(
    ("source", "line", "problem"),
    [
        ("---\nid a\n---\nMETA\t甲", 2, "front matter needs `key: value` lines between two --- lines"),
        ("---\n: a\n---\nMETA\t甲", 2, "front matter needs `key: value` lines between two --- lines"),
        ("---\nid: a\nid: b\n---\nMETA\t甲", 3, "front matter names 'id' twice; keep one"),
        ("---\nid: a\nyear: 2021", 1, "front matter is not closed; add a --- line after it"),
        ("---\nid: a\n---\n\n", None, "holds no paragraph; expected lines of SECTION<TAB>text"),
        ("", None, "holds no paragraph; expected lines of SECTION<TAB>text"),
    ],
)
def test_broken_report_is_refused_with_file_and_line(source: str, line: int | None, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_report(source, Path("a.txt"))
    assert (caught.value.problem, caught.value.path, caught.value.line) == (problem, "a.txt", line)


def test_all_broken_lines_are_noted_and_left_out_on_demand() -> None:
    problems: list[InputError] = []
    report = parse_report("META 甲\nMETA\t乙\nMETA\t{丙\n", Path("a.txt"), problems)
    assert report.text == "乙"
    assert [problem.line for problem in problems] == [1, 3]


def test_overlapping_mentions_are_not_formatted() -> None:
    with pytest.raises(InputError, match="mention '乙丙' overlaps another; keep one of them"):
        format_mentions("甲乙丙", [Mention(0, 2, "AGENCY"), Mention(1, 3, "AGENCY")])
