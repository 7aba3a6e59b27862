"""Varying annotated reports: the annotation moves along with the text."""

import random
import re
from collections import Counter
from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from govner.corpus.augment import (
    Edit,
    apply_edits,
    create_names_augmenter,
    exchange_persons,
    exchange_places,
    make_name,
    space_numbers,
)
from govner.corpus.inline import Report, parse_report
from govner.corpus.reader import report_to_doc
from govner.data import load_list
from govner.scheme import SECTIONS_KEY
from govner.tokens.tokenizer import CharacterTokenizer
from strategies import line_characters, reports

VOCAB = Vocab()
REPORT = parse_report(
    "META\t{AGENCY:青禾县档案局}2021年报告\n"
    "OVERVIEW\t青禾依{DOCUMENT:《青禾县公开办法》}办事，{OFFICIAL:林青禾}与{OFFICIAL:周远}主持。\n"
    "PLATFORM\t{CHANNEL:青禾县政府网站}发布{COUNT:30条}，{OFFICIAL:林青禾}审核，共3.5万字\n"
)
SEEDS = st.integers(0, 2**32)


def gold(report: Report = REPORT) -> Doc:
    return report_to_doc(report, VOCAB)


def annotation(doc: Doc) -> list[tuple[str, str]]:
    """Text and label of each mention and each section, in order."""
    return [(span.text, span.label_) for span in (*doc.ents, *doc.spans[SECTIONS_KEY])]


def apply_to_text(text: str, edits: list[Edit]) -> str:
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


@st.composite
def edited_docs(draw: st.DrawFn) -> tuple[Doc, list[Edit]]:
    """A gold document and edits that cross no border of a mention, section or line."""
    doc = gold(draw(reports()))
    text = doc.text
    borders = {offset for span in (*doc.ents, *doc.spans[SECTIONS_KEY]) for offset in (span.start_char, span.end_char)}
    borders |= {offset for at, char in enumerate(text) if char == "\n" for offset in (at, at + 1)}
    cuts = sorted(borders | draw(st.sets(st.integers(0, len(text)), max_size=6)))
    words = st.text(line_characters, min_size=1, max_size=3)
    edits = [
        Edit(start, end, draw(words))
        for start, end in pairwise(cuts)
        if "\n" not in text[start:end] and draw(st.booleans())
    ]
    edits += [Edit(cut, cut, draw(words)) for cut in cuts if draw(st.booleans())]
    return doc, draw(st.permutations(edits))


@given(edited_docs())
def test_edits_change_the_text_where_they_stand_and_nothing_else(case: tuple[Doc, list[Edit]]) -> None:
    doc, edits = case
    assert apply_edits(doc, edits).text == apply_to_text(doc.text, edits)


@given(edited_docs())
def test_edits_inside_mentions_and_sections_move_them_along_and_insertions_at_borders_stay_outside(
    case: tuple[Doc, list[Edit]],
) -> None:
    doc, edits = case
    expected = []
    for span in (*doc.ents, *doc.spans[SECTIONS_KEY]):
        start, end = span.start_char, span.end_char
        inner = [
            Edit(edit.start - start, edit.end - start, edit.text)
            for edit in edits
            if start <= edit.start and edit.end <= end and (edit.end > edit.start or start < edit.start < end)
        ]
        expected.append((apply_to_text(span.text, inner), span.label_))
    assert annotation(apply_edits(doc, edits)) == expected


@given(reports())
def test_no_edits_leave_the_document_equal(report: Report) -> None:
    doc = gold(report)
    same = apply_edits(doc, [])
    assert (same.text, annotation(same), same.user_data) == (doc.text, annotation(doc), doc.user_data)


def test_edited_document_keeps_its_metadata_and_one_token_a_character() -> None:
    doc = gold(parse_report("---\nid: a\n---\nMETA\t甲𠮷乙"))
    edited = apply_edits(doc, [Edit(0, 1, "丙丁")])
    assert edited.user_data["meta"] == {"id": "a"}
    assert [token.text for token in edited] == list("丙丁𠮷乙")


@given(SEEDS)
def test_place_gets_the_same_new_name_everywhere_but_in_names_of_persons(seed: int) -> None:
    random.seed(seed)
    edits = exchange_places(gold())
    assert len({edit.text for edit in edits}) == 1
    new = edits[0].text
    edited = apply_edits(gold(), edits)
    assert [span.text for span in edited.ents] == [
        f"{new}县档案局",
        f"《{new}县公开办法》",
        "林青禾",
        "周远",
        f"{new}县政府网站",
        "30条",
        "林青禾",
    ]
    assert edited.text == REPORT.text.replace("林青禾", "＊").replace("青禾", new).replace("＊", "林青禾")
    assert any(place.startswith(new) for place in load_list("places"))


@pytest.mark.parametrize("level", "省市县区州盟旗镇乡")
def test_there_is_a_new_name_for_places_of_every_level(level: str) -> None:
    edits = exchange_places(gold(parse_report(f"META\t{{AGENCY:青禾{level}档案局}}")))
    assert [(edit.start, edit.end) for edit in edits] == [(0, 2)]
    assert edits[0].text


@pytest.mark.parametrize("body", ["省政府", "县档案局", "全县档案局", "教育部"])
def test_body_without_a_place_in_its_name_is_left_alone(body: str) -> None:
    assert exchange_places(gold(parse_report(f"META\t{{AGENCY:{body}}}"))) == []


def test_place_that_crosses_the_border_of_a_mention_is_left_alone() -> None:
    doc = gold(parse_report("META\t{AGENCY:青禾县局}与甲青{CHANNEL:禾网}"))
    assert [(edit.start, edit.end) for edit in exchange_places(doc)] == [(0, 2)]


@given(SEEDS)
def test_person_gets_the_same_new_name_everywhere(seed: int) -> None:
    random.seed(seed)
    edited = apply_edits(gold(), exchange_persons(gold()))
    pairs = {
        (old.text, new.text) for old, new in zip(gold().ents, edited.ents, strict=True) if old.label_ == "OFFICIAL"
    }
    assert sorted(old for old, _ in pairs) == ["周远", "林青禾"]
    others = [span.text for span in edited.ents if span.label_ != "OFFICIAL"]
    assert others == [span.text for span in gold().ents if span.label_ != "OFFICIAL"]


@given(SEEDS)
def test_made_up_name_is_a_surname_and_one_or_two_characters(seed: int) -> None:
    random.seed(seed)
    name = make_name()
    plain = name.replace(" ", "")
    assert re.fullmatch(r"[一-鿿]{2,4}|[一-鿿] [一-鿿]", name)
    given_names = load_list("given_names")
    assert any(
        plain.startswith(surname) and all(char in given_names for char in plain[len(surname) :])
        for surname in load_list("surnames")
        if 1 <= len(plain) - len(surname) <= 2
    )


def test_made_up_names_vary_in_length_and_some_have_a_space() -> None:
    random.seed(0)
    shapes = Counter(len(name) if " " not in name else "spaced" for name in (make_name() for _ in range(500)))
    assert shapes[3] > shapes[2] > shapes["spaced"] > 0


def test_numbers_get_spaces_that_stay_outside_mentions() -> None:
    edited = apply_edits(gold(), space_numbers(gold()))
    assert edited.text.split("\n") == [
        "青禾县档案局 2021 年报告",
        "青禾依《青禾县公开办法》办事，林青禾与周远主持。",
        "青禾县政府网站发布 30 条，林青禾审核，共 3.5 万字",
    ]
    assert [span.text for span in edited.ents] == [
        span.text if span.text != "30条" else "30 条" for span in gold().ents
    ]


@given(reports())
def test_spaces_are_all_that_spacing_numbers_adds_and_no_mention_begins_or_ends_with_one(
    report: Report,
) -> None:
    doc = gold(report)
    edits = space_numbers(doc)
    assert all(edit.start == edit.end and edit.text == " " for edit in edits)
    for old, new in zip(annotation(doc), annotation(apply_edits(doc, edits)), strict=True):
        assert new[1] == old[1]
        assert new[0].replace(" ", "") == old[0].replace(" ", "")
        assert new[0][0] == old[0][0]
        assert new[0][-1] == old[0][-1]


@given(SEEDS)
def test_augmented_example_has_the_same_text_on_both_sides(seed: int) -> None:
    random.seed(seed)
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    example = Example(nlp.make_doc(REPORT.text), report_to_doc(REPORT, nlp.vocab))
    (varied,) = create_names_augmenter(1.0, 1.0, 1.0)(nlp, example)
    assert varied.predicted.text == varied.reference.text
    assert "青禾县" not in varied.reference.text
    assert [span.label_ for span in varied.reference.ents] == [m.label for m in REPORT.mentions()]
    assert len(varied.reference.spans[SECTIONS_KEY]) == len(REPORT.paragraphs)


def test_share_of_zero_leaves_the_example_alone() -> None:
    nlp = spacy.blank("zh")
    example = Example(nlp.make_doc(REPORT.text), report_to_doc(REPORT, nlp.vocab))
    assert list(create_names_augmenter(0.0, 0.0, 0.0)(nlp, example)) == [example]
