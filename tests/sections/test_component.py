"""`govner_sections` in a pipeline."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup
from spacy.training import Example

from govner.corpus.inline import read_report
from govner.scheme import PARAGRAPHS_KEY, SECTION_LABELS, SECTIONS_KEY
from helpers import CORPUS, all_annotations, annotations, fit, loss_of, make_example, make_pipeline
from strategies import any_texts, texts

COMPONENT = "govner_sections"
LESSONS = [
    "META\t沅陂县年度报告\nOVERVIEW\t一、概述\nORGANIZATION\t（一）加强领导。成立领导小组。\n"
    "REQUESTS\t二、依申请公开\nREQUESTS\t收到申请12件。\nMETA\t2013年2月18日",
    "META\t榆湾市年度报告\nPROACTIVE\t一、主动公开\nPROACTIVE\t公开信息300条。\nPROBLEMS\t二、存在的问题\n"
    "PROBLEMS\t重视不够。\nPLANS\t三、下一步打算\nPLANS\t加强培训。",
]
TEXT = "沅陂县年度报告\n一、概述\n（一）加强领导。成立领导小组。\n二、依申请公开\n收到申请12件。\n2013年2月18日"


@pytest.fixture(scope="module")
def losses() -> list[float]:
    return []


@pytest.fixture(scope="module")
def nlp(losses: list[float]) -> Language:
    """A labeller that has learnt the lessons by heart."""
    nlp = make_pipeline("govner_paragraphs", COMPONENT)
    losses += fit(nlp, [make_example(nlp, lesson) for lesson in LESSONS], 60)
    return nlp


def labels(doc: Doc) -> list[str]:
    return [span.label_ for span in doc.spans[SECTIONS_KEY]]


def test_use_before_initialization_says_what_to_do() -> None:
    with pytest.raises(ValueError, match=r"'govner_sections' could not be run.*initialize\(\)"):
        make_pipeline("govner_paragraphs", COMPONENT)(TEXT)


def test_use_without_paragraphs_says_what_to_do(nlp: Language) -> None:
    with pytest.raises(ValueError, match=r"'govner_sections' needs .*add govner_paragraphs before it"):
        nlp.get_pipe(COMPONENT)(nlp.make_doc(TEXT))


def test_a_few_examples_are_learnt_by_heart(nlp: Language, losses: list[float]) -> None:
    assert losses[-1] < losses[0] / 20
    for lesson in LESSONS:
        reference = make_example(nlp, lesson).reference
        assert labels(nlp(reference.text)) == labels(reference)


@pytest.mark.parametrize("text", ["", " ", "\n", " \n\t\r\n　\n"])
def test_text_without_characters_has_no_section(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert labels(doc) == []
    assert {key: list(value) for key, value in doc.spans[SECTIONS_KEY].attrs.items()} == {
        "level": [],
        "heading": [],
        "heading_path": [],
        "probability": [],
    }


def test_single_line_is_one_section(nlp: Language) -> None:
    doc = nlp("沅陂县年度报告")
    assert labels(doc) == ["META"]
    assert [span.text for span in doc.spans[SECTIONS_KEY]] == ["沅陂县年度报告"]


def test_empty_documents_among_others_change_nothing(nlp: Language) -> None:
    assert all_annotations(nlp.pipe(["", TEXT, "\n", TEXT, ""])) == [
        annotations(nlp(text)) for text in ("", TEXT, "\n", TEXT, "")
    ]


@given(any_texts | texts)
def test_sections_cover_every_character_once_in_order(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    position = 0
    for span in doc.spans[SECTIONS_KEY]:
        assert span.label_ in SECTION_LABELS
        assert position <= span.start_char < span.end_char
        assert not text[position : span.start_char].strip()
        position = span.end_char
    assert not text[position:].strip()
    attrs = doc.spans[SECTIONS_KEY].attrs
    assert {len(values) for values in attrs.values()} == {len(doc.spans[SECTIONS_KEY])}
    assert all(0 <= value <= 1 for value in attrs["probability"])


def test_headings_stand_beside_their_sections(nlp: Language) -> None:
    doc = nlp(TEXT)
    group = doc.spans[SECTIONS_KEY]
    assert group.attrs["level"] == [0, 1, 2, 1, 0, 0]
    assert group.attrs["heading_path"] == [
        [],
        ["概述"],
        ["概述", "加强领导"],
        ["依申请公开"],
        ["依申请公开"],
        ["依申请公开"],
    ]
    words = [heading and doc.text[slice(*heading)] for heading in group.attrs["heading"]]
    assert words == [None, "概述", "加强领导", "依申请公开", None, None]
    for span, heading in zip(group, group.attrs["heading"], strict=True):
        assert heading is None or span.start_char <= heading[0] < heading[1] <= span.end_char


def test_results_survive_disk_and_bytes(nlp: Language, tmp_path: Path) -> None:
    expected = annotations(nlp(TEXT))
    nlp.to_disk(tmp_path)
    assert annotations(spacy.load(tmp_path)(TEXT)) == expected
    again = make_pipeline("govner_paragraphs", COMPONENT).from_bytes(nlp.to_bytes())
    assert annotations(again(TEXT)) == expected


def test_processes_give_the_same_sections(nlp: Language) -> None:
    sources = [read_report(path).text for path in sorted(CORPUS.glob("*.txt"))]
    alone = all_annotations(nlp.pipe(sources))
    assert all_annotations(nlp.pipe(sources, n_process=2, batch_size=2)) == alone
    assert all(found["spans"][SECTIONS_KEY]["attrs"]["probability"] for found in alone)


def test_labels_are_those_of_the_examples(nlp: Language) -> None:
    expected = ("META", "ORGANIZATION", "OVERVIEW", "PLANS", "PROACTIVE", "PROBLEMS", "REQUESTS")
    assert nlp.get_pipe(COMPONENT).labels == expected
    assert nlp.get_pipe(COMPONENT).label_data == expected


def test_label_added_before_initialization_is_kept() -> None:
    nlp = make_pipeline("govner_paragraphs", COMPONENT)
    component = nlp.get_pipe(COMPONENT)
    assert component.add_label("NOISE") == 1
    assert component.add_label("NOISE") == 0
    fit(nlp, [make_example(nlp, "FEES\t未收费。\nOTHER\t无。")], 1)
    assert component.labels == ("NOISE", "FEES", "OTHER")
    nlp(TEXT)


def test_label_added_after_training_changes_nothing_until_it_is_learnt() -> None:
    nlp = make_pipeline("govner_paragraphs", COMPONENT)
    example = make_example(nlp, "FEES\t未收费。\nOTHER\t无。")
    fit(nlp, [example], 20)
    component: Any = nlp.get_pipe(COMPONENT)
    before = annotations(nlp(example.text))["spans"]
    assert component.add_label("FEES") == 0
    assert component.add_label("ADMISSION") == 1
    assert component.labels == ("FEES", "OTHER", "ADMISSION")
    assert annotations(nlp(example.text))["spans"]["sections"]["spans"] == before["sections"]["spans"]
    doc = nlp.make_doc("招生对象不限。")
    gold = doc.copy()
    gold.spans["sections"] = [gold.char_span(0, 7, "ADMISSION")]
    examples = [Example(doc, gold), example]
    assert component.add_features(examples, 1) > 0
    optimizer = nlp.create_optimizer()
    optimizer.learn_rate = 0.01
    for _ in range(40):
        nlp.update(examples, sgd=optimizer, drop=0.1)
    found, kept = nlp("招生对象不限。"), nlp(example.text)
    assert [span.label_ for span in found.spans["sections"]] == ["ADMISSION"]
    assert [span.label_ for span in kept.spans["sections"]] == ["FEES", "OTHER"]


def test_examples_without_sections_are_refused_with_the_remedy() -> None:
    nlp = make_pipeline("govner_paragraphs", COMPONENT)
    doc = nlp.make_doc("无其他事项。")
    with pytest.raises(ValueError, match=r"'govner_sections' has no labels.*annotate sections"):
        nlp.initialize(lambda: [Example(doc, doc)])


def test_gold_tokenized_otherwise_trains_the_same(nlp: Language) -> None:
    reference = make_example(nlp, LESSONS[0]).reference
    words = [word for line in reference.text.split("\n") for word in (line, "\n")][:-1]
    coarse = Doc(nlp.vocab, words=words, spaces=[False] * len(words))
    spans = [coarse.char_span(span.start_char, span.end_char, span.label_) for span in reference.spans[SECTIONS_KEY]]
    coarse.spans[SECTIONS_KEY] = SpanGroup(coarse, name=SECTIONS_KEY, spans=spans)
    predicted = nlp.make_doc(reference.text)
    assert loss_of(nlp, predicted, coarse) == pytest.approx(loss_of(nlp, predicted, reference))


def test_paragraph_cut_otherwise_in_gold_counts_as_unknown(nlp: Language) -> None:
    """All labels of its parts are right, so that a text of nothing else costs nothing."""
    line = "一、概述。全年工作顺利。二、主动公开。公开300条。"
    example = make_example(nlp, f"OVERVIEW\t{line}")
    assert len(nlp(line).spans[PARAGRAPHS_KEY]) == 2
    assert loss_of(nlp, nlp.make_doc(line), example.reference) == pytest.approx(0, abs=1e-6)
    as_cut = make_example(nlp, "PLANS\t一、概述。全年工作顺利。\nPLANS\t二、主动公开。公开300条。")
    assert loss_of(nlp, as_cut.predicted, as_cut.reference) > 0.01


def test_training_goes_on_where_paragraphs_are_cut_otherwise() -> None:
    nlp = make_pipeline("govner_paragraphs", COMPONENT)
    cut = make_example(nlp, "OVERVIEW\t一、概述。全年顺利。二、主动公开。公开300条。\nFEES\t未收费。\nOTHER\t无。")
    losses = fit(nlp, [cut], 40)
    assert np.isfinite(losses).all()
    assert losses[-1] < losses[0] / 5
    assert labels(nlp(cut.reference.text))[-2:] == ["FEES", "OTHER"]


def test_gold_without_sections_is_all_unknown(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    assert loss_of(nlp, nlp.make_doc(TEXT), doc) == pytest.approx(0, abs=1e-6)


def test_update_of_empty_documents_costs_nothing(nlp: Language) -> None:
    for text in ("", "\n\n"):
        assert loss_of(nlp, nlp.make_doc(text), nlp.make_doc(text)) == 0
