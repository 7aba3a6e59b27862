"""`govner_paragraphs` in a pipeline."""

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from spacy.language import Language
from spacy.tokens import Doc

from govner.corpus.inline import read_report
from govner.paragraphs import split_paragraphs
from govner.scheme import PARAGRAPHS_KEY
from helpers import CORPUS, all_annotations, annotations, make_pipeline
from strategies import any_texts, texts

TEXT = "沅陂县年度报告\n一、概述\n全年公开12件。\n（一）主动公开。公开8件。\n\n　　二、平台 \n"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return make_pipeline("govner_paragraphs")


def paragraph_texts(doc: Doc) -> list[str]:
    return [span.text for span in doc.spans[PARAGRAPHS_KEY]]


def test_paragraphs_are_the_lines_without_outer_white_space(nlp: Language) -> None:
    doc = nlp(TEXT)
    expected = ["沅陂县年度报告", "一、概述", "全年公开12件。", "（一）主动公开。公开8件。", "二、平台"]
    assert paragraph_texts(doc) == expected


def test_attributes_stand_beside_their_spans(nlp: Language) -> None:
    doc = nlp(TEXT)
    group = doc.spans[PARAGRAPHS_KEY]
    assert group.attrs["level"] == [0, 1, 0, 2, 1]
    assert group.attrs["heading_path"] == [[], ["概述"], ["概述"], ["概述", "主动公开"], ["平台"]]
    words = [heading and doc.text[slice(*heading)] for heading in group.attrs["heading"]]
    assert words == [None, "概述", None, "主动公开", "平台"]


@pytest.mark.parametrize("text", ["", " ", "\n", " \n\t\r\n　\n"])
def test_text_without_characters_has_no_paragraph(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert paragraph_texts(doc) == []
    assert dict(doc.spans[PARAGRAPHS_KEY].attrs) == {"level": [], "heading": [], "heading_path": []}


def test_single_line_is_one_paragraph(nlp: Language) -> None:
    assert paragraph_texts(nlp("全年公开12件。")) == ["全年公开12件。"]


@given(any_texts | texts)
def test_paragraphs_cover_every_character_once_in_order(text: str) -> None:
    nlp = make_pipeline("govner_paragraphs")
    doc = nlp(text)
    assert doc.text == text
    position = 0
    for span, found in zip(doc.spans[PARAGRAPHS_KEY], split_paragraphs(text), strict=True):
        assert (span.start_char, span.end_char) == (found.start, found.end)
        assert not text[position : span.start_char].strip()
        position = span.end_char
    assert not text[position:].strip()


def test_paragraphs_survive_disk_and_bytes(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    expected = annotations(nlp(TEXT))
    assert annotations(spacy.load(tmp_path)(TEXT)) == expected
    assert annotations(make_pipeline("govner_paragraphs").from_bytes(nlp.to_bytes())(TEXT)) == expected


def test_processes_give_the_same_paragraphs(nlp: Language) -> None:
    sources = [read_report(path).text for path in sorted(CORPUS.glob("*.txt"))]
    alone = all_annotations(nlp.pipe(sources))
    assert all_annotations(nlp.pipe(sources, n_process=2, batch_size=2)) == alone
    assert all(found["spans"][PARAGRAPHS_KEY]["attrs"]["level"] for found in alone)
