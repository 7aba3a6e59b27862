"""Every error of a prediction, with its kind and context."""

import json
from collections.abc import Sequence

import pytest
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.vocab import Vocab

from govner.evaluation.errors import EvaluationError, list_errors
from govner.scheme import SECTIONS_KEY

VOCAB = Vocab()
TEXT = "青禾县档案局公开\n收费三十元整"

Spans = list[tuple[int, int, str]]


def make_doc(ents: Spans, sections: Sequence[tuple[int, int, str]] = (), text: str = TEXT) -> Doc:
    doc = Doc(VOCAB, words=list(text), spaces=[False] * len(text))
    doc.set_ents([Span(doc, *span) for span in ents])
    doc.spans[SECTIONS_KEY] = [Span(doc, *span) for span in sections]
    return doc


def errors(guesses: Doc, gold: Doc, name: str = "") -> list[EvaluationError]:
    if name:
        gold.user_data["meta"] = {"id": name}
    return list(list_errors([Example(guesses, gold)]))


def entity_errors(guesses: Spans, gold: Spans) -> list[tuple[str, str, str, str, str]]:
    found = errors(make_doc(guesses), make_doc(gold))
    return [(e.kind, e.gold, e.predicted, e.text, e.predicted_text) for e in found]


def test_right_predictions_are_no_errors() -> None:
    doc = make_doc([(0, 6, "AGENCY")], [(0, 8, "META"), (9, 15, "FEES")])
    assert errors(doc, doc.copy()) == []


@pytest.mark.parametrize(
    ("guesses", "gold", "expected"),
    [
        ([], [(0, 6, "AGENCY")], [("missed", "AGENCY", "", "青禾县档案局", "")]),
        ([(0, 3, "AGENCY")], [], [("spurious", "", "AGENCY", "", "青禾县")]),
        (
            [(0, 3, "AGENCY")],
            [(0, 6, "AGENCY")],
            [("boundary", "AGENCY", "AGENCY", "青禾县档案局", "青禾县")],
        ),
        (
            [(0, 6, "CHANNEL")],
            [(0, 6, "AGENCY")],
            [("type", "AGENCY", "CHANNEL", "青禾县档案局", "青禾县档案局")],
        ),
        (
            [(0, 3, "AGENCY")],
            [(3, 6, "AGENCY")],
            [("spurious", "", "AGENCY", "", "青禾县"), ("missed", "AGENCY", "", "档案局", "")],
        ),
    ],
)
def test_mention_error_has_its_kind(
    guesses: Spans, gold: Spans, expected: list[tuple[str, str, str, str, str]]
) -> None:
    assert entity_errors(guesses, gold) == expected


def test_mention_cut_in_two_is_one_boundary_error_and_one_spurious_mention() -> None:
    found = entity_errors([(0, 3, "AGENCY"), (3, 6, "AGENCY")], [(0, 6, "AGENCY")])
    assert [kind for kind, *_ in found] == ["boundary", "spurious"]


def test_prediction_of_the_right_label_is_preferred_as_partner() -> None:
    found = entity_errors([(0, 3, "CHANNEL"), (3, 6, "AGENCY")], [(0, 6, "AGENCY")])
    assert {(kind, guess) for kind, _, guess, _, _ in found} == {
        ("boundary", "AGENCY"),
        ("spurious", "CHANNEL"),
    }


def test_two_mentions_taken_as_one_are_a_boundary_error_and_a_missed_mention() -> None:
    found = entity_errors([(0, 6, "AGENCY")], [(0, 3, "AGENCY"), (3, 6, "AGENCY")])
    assert [kind for kind, *_ in found] == ["boundary", "missed"]


def test_right_prediction_is_no_partner_of_another_mention() -> None:
    found = entity_errors([(0, 3, "AGENCY")], [(0, 3, "AGENCY"), (3, 6, "AGENCY")])
    assert [(kind, text) for kind, _, _, text, _ in found] == [("missed", "档案局")]


def test_errors_have_report_place_and_context() -> None:
    (error,) = errors(make_doc([]), make_doc([(11, 14, "COUNT")]), "qinghe")
    assert (error.report, error.start, error.end) == ("qinghe", 11, 14)
    assert error.context == "青禾县档案局公开⏎收费【三十元】整"


def test_context_is_cut_to_some_characters_on_each_side() -> None:
    text = "前" * 40 + "甲局" + "后" * 40
    (error,) = errors(make_doc([], text=text), make_doc([(40, 42, "AGENCY")], text=text))
    before, after = error.context.split("【甲局】")
    assert 0 < len(before) < 40
    assert len(before) == len(after)


def test_mentions_come_in_order_of_place_and_sections_after_them() -> None:
    gold = make_doc([(0, 3, "AGENCY"), (11, 14, "COUNT")], [(0, 8, "META"), (9, 15, "FEES")])
    guesses = make_doc([(3, 6, "AGENCY")], [(0, 8, "PLANS")])
    assert [(error.kind, error.start) for error in errors(guesses, gold)] == [
        ("missed", 0),
        ("spurious", 3),
        ("missed", 11),
        ("section", 0),
        ("section", 9),
    ]


def test_section_error_has_both_labels_and_the_text() -> None:
    gold = make_doc([], [(0, 8, "META"), (9, 15, "FEES")])
    first, second = errors(make_doc([], [(0, 8, "PLANS")]), gold, "qinghe")
    assert (first.report, first.gold, first.predicted, first.text) == (
        "qinghe",
        "META",
        "PLANS",
        "青禾县档案局公开",
    )
    assert (second.start, second.end, second.gold, second.predicted) == (9, 15, "FEES", "")


def test_tokens_of_the_prediction_may_be_words() -> None:
    predicted = Doc(VOCAB, words=["青禾县", "档案局", "公开", "\n", "收费", "三十元", "整"], spaces=[False] * 7)
    predicted.set_ents([Span(predicted, 0, 2, "AGENCY")])
    assert errors(predicted, make_doc([(0, 6, "AGENCY")])) == []


def test_errors_come_report_by_report() -> None:
    gold = [make_doc([(0, 3, "AGENCY")]), make_doc([(0, 6, "AGENCY")])]
    for number, doc in enumerate(gold):
        doc.user_data["meta"] = {"id": str(number)}
    found = list_errors([Example(make_doc([]), doc) for doc in gold])
    assert [(error.report, error.end) for error in found] == [("0", 3), ("1", 6)]


def test_error_as_values_can_be_written_as_json() -> None:
    (error,) = errors(make_doc([]), make_doc([(0, 3, "AGENCY")]))
    assert json.loads(json.dumps(error.to_json())) == {
        "kind": "missed",
        "report": "",
        "start": 0,
        "end": 3,
        "gold": "AGENCY",
        "predicted": "",
        "text": "青禾县",
        "predicted_text": "",
        "context": "【青禾县】档案局公开⏎收费三十元整",
    }
