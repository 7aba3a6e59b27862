"""A report on its page: every character is there, mentions and offsets are those of the text, the outline is a tree."""

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

from govner.cleaning.view import View, clean
from govner.input.text import InputText
from govner.records.reading import record_of
from govner.scheme import MENTIONS_KEY, SECTIONS_KEY
from govner.tagging import Tagged, tag_texts
from govner.view.notes import find_notes
from govner.view.report import OutlineItem, PageReport, page_report
from view_pages import long_source, report_source, tag

DAMAGED = (
    "青禾市水务局２０１８年政府信息公开工作年度报告\n一、概述\n"
    "全年主动公开政府信息&nbsp;１２&nbsp;条，其中&ldquo;三公&rdquo;经费３条。\n\u200b\n二、其他\n无。"
)


def pieces_of(report: PageReport) -> list[tuple[int, str]]:
    return [
        (piece.start, piece.text)
        for block in report.blocks
        for paragraph in block.paragraphs
        for piece in paragraph.pieces
    ]


def tag_lines(view: View) -> Tagged:
    """A repaired text with its lines as sections and no mention."""
    doc = Doc(Vocab(), words=list(view.text), spaces=[False] * len(view.text))
    places = [match.span() for match in re.finditer(r"\S(?:.*\S)?", view.text)]
    spans = [Span(doc, start, end, label="OTHER") for start, end in places]
    attrs: dict[str, Any] = {
        "probability": [0.9] * len(spans),
        "level": [0] * len(spans),
        "heading": [None] * len(spans),
    }
    attrs["heading_path"] = [[] for _ in spans]
    doc.spans[SECTIONS_KEY] = SpanGroup(doc, name=SECTIONS_KEY, spans=spans, attrs=attrs)
    doc.spans[MENTIONS_KEY] = SpanGroup(doc, name=MENTIONS_KEY, attrs={"probability": []})
    return Tagged(InputText("x", "x.txt", view.original), view, doc)


def visible(text: str) -> str:
    return "".join(text.split())


def test_pieces_are_the_text_at_their_places() -> None:
    report = page_report(tag(report_source()))
    for start, text in pieces_of(report):
        assert report.text[start : start + len(text)] == text
    assert visible("".join(text for _, text in pieces_of(report))) == visible(report.text)


def test_mentions_are_those_of_the_record_with_what_it_says_of_them() -> None:
    report = page_report(tag(report_source(), uncertain=(1,)))
    found = [
        piece for block in report.blocks for paragraph in block.paragraphs for piece in paragraph.pieces if piece.label
    ]
    assert [(piece.start, piece.text, piece.label) for piece in found] == [
        (mention.evidence.start, mention.evidence.text, mention.label) for mention in report.record.mentions
    ]
    assert [piece.is_uncertain for piece in found].count(True) == report.uncertain == 1
    assert found[1].is_uncertain
    notes = {piece.text: piece.note for piece in found}
    assert notes["1286条"] == "主动公开总数 1,286 条"
    assert "中华人民共和国政府信息公开条例" in notes["国务院令第492号"]


def test_repaired_reports_are_shown_as_they_were(small_nlp: Language) -> None:
    [tagged] = tag_texts(small_nlp, [InputText("damaged", "damaged.txt", DAMAGED)])
    assert isinstance(tagged, Tagged) and tagged.view.changes
    report = page_report(tagged)
    assert report.text == DAMAGED
    assert visible("".join(text for _, text in pieces_of(report))) == visible(DAMAGED)
    for start, text in pieces_of(report):
        assert DAMAGED[start : start + len(text)] == text


@given(
    st.lists(
        st.sampled_from(["公开12条", "&nbsp;", "１２", "\u200b", "一、概述\n", "\n", "鏀垮簻", " 条 ", "<b>", "𠮷"]),
        max_size=12,
    )
)
def test_no_visible_character_is_lost_whatever_is_repaired(parts: list[str]) -> None:
    text = "青禾市水务局年度报告\n" + "".join(parts)
    report = page_report(tag_lines(clean(text)))
    assert visible("".join(words for _, words in pieces_of(report))) == visible(text)


def test_outline_follows_the_levels_of_headings_and_blocks_stay_small() -> None:
    report = page_report(tag(report_source()))

    def words(items: list[OutlineItem]) -> list[object]:
        return [[item.words, words(item.items)] if item.items else item.words for item in items]

    assert words(report.outline) == [
        "青禾市水务局2018年政府信息公开工作年度报告",
        "根据《中华人民共和国政府信息公开条例》（国务院令第492号）编制本报告。统计期限为2018年1月1日至12月31日。",
        ["一、概述", ["（一）组织领导"]],
        "二、主动公开政府信息情况",
        "三、依申请公开政府信息办理情况",
        ["四、存在问题", ["青禾市水务局"]],
    ]
    assert page_report(tag(report_source())).outline[0].is_heading is False
    starts = [block.start for block in report.blocks]
    assert starts == sorted(set(starts))
    assert all(len(block.paragraphs) <= 30 for block in page_report(tag(long_source(20_000))).blocks)


def test_title_is_issuer_and_year_or_the_file() -> None:
    assert page_report(tag(report_source())).title == "青禾市水务局 2018"
    assert page_report(tag("OTHER\t无。", "a/plain.txt")).title == "plain.txt"


def test_notes_stand_at_mentions() -> None:
    record = record_of(tag(report_source()))
    places = {(mention.evidence.start, mention.evidence.end) for mention in record.mentions}
    stated = {(fact.evidence.start, fact.evidence.end) for fact in record.facts if fact.is_zero_statement}
    assert set(find_notes(record)) <= places | stated
