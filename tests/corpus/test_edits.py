"""Editing gold documents: the annotation moves along with the text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from govner.corpus.augment.edits import Edit, apply_edits
from govner.corpus.inline import Report, parse_report
from govner.corpus.reader import report_to_doc
from govner.scheme import SECTIONS_KEY
from strategies import line_characters, reports

VOCAB = Vocab()


def gold(report: Report) -> Doc:
    return report_to_doc(report, VOCAB)


def mentions(doc: Doc) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in doc.ents]


def sections(doc: Doc) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in doc.spans[SECTIONS_KEY]]


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
def test_edits_inside_mentions_move_them_along_and_insertions_at_borders_stay_outside(
    case: tuple[Doc, list[Edit]],
) -> None:
    doc, edits = case
    expected = []
    for span in doc.ents:
        start, end = span.start_char, span.end_char
        inner = [
            Edit(edit.start - start, edit.end - start, edit.text)
            for edit in edits
            if start <= edit.start and edit.end <= end and (edit.end > edit.start or start < edit.start < end)
        ]
        expected.append((apply_to_text(span.text, inner), span.label_))
    assert mentions(apply_edits(doc, edits)) == expected


@given(edited_docs())
def test_lines_keep_their_sections_without_outer_white_space(case: tuple[Doc, list[Edit]]) -> None:
    doc, edits = case
    edited = apply_edits(doc, edits)
    lines = [line.strip() for line in edited.text.split("\n")]
    old = [label for _, label in sections(doc)]
    kept = [(line, label) for line, label in zip(lines, old, strict=True) if line]
    # A line that was wholly replaced by white space is gone; nothing else changes.
    assert sections(edited) == kept


@given(reports())
def test_no_edits_leave_the_document_equal(report: Report) -> None:
    doc = gold(report)
    same = apply_edits(doc, [])
    assert (same.text, mentions(same), sections(same)) == (doc.text, mentions(doc), sections(doc))
    assert same.user_data == doc.user_data


def test_edited_document_keeps_its_metadata_and_one_token_a_character() -> None:
    doc = gold(parse_report("---\nid: a\n---\nMETA\t甲𠮷乙"))
    edited = apply_edits(doc, [Edit(0, 1, "丙丁")])
    assert edited.user_data["meta"] == {"id": "a"}
    assert [token.text for token in edited] == list("丙丁𠮷乙")


def test_broken_line_keeps_its_section_on_every_piece() -> None:
    doc = gold(parse_report("FEES\t全年未收取任何费用\nMETA\t2012年"))
    assert sections(apply_edits(doc, [Edit(4, 4, "\n")])) == [
        ("全年未收", "FEES"),
        ("取任何费用", "FEES"),
        ("2012年", "META"),
    ]


def test_inserted_line_has_the_section_of_its_edit() -> None:
    doc = gold(parse_report("FEES\t全年未收取任何费用"))
    edited = apply_edits(doc, [Edit(4, 4, "\n"), Edit(4, 4, "- 3 -\n", "NOISE"), Edit(0, 0, "首页\n", "NOISE")])
    assert sections(edited) == [("首页", "NOISE"), ("全年未收", "FEES"), ("- 3 -", "NOISE"), ("取任何费用", "FEES")]


def test_joined_line_has_the_section_that_most_of_it_comes_from() -> None:
    doc = gold(parse_report("FEES\t四、收费\nREQUESTS\t全年收到申请三件\n"))
    assert sections(apply_edits(doc, [Edit(4, 5, "")])) == [("四、收费全年收到申请三件", "REQUESTS")]
