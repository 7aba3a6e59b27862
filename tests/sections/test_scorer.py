"""Scoring section labels by gold paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import registry
from spacy.vocab import Vocab

from govner.scheme import SECTIONS_KEY
from govner.sections.scorer import score_sections, section_pairs

VOCAB = Vocab()
TEXT = "青禾县年报\n公开三十条。\n收费五元。"
META, PROACTIVE, FEES = (0, 5), (6, 12), (13, 18)

Sections = list[tuple[tuple[int, int], str]]


def make_doc(sections: Sections, text: str = TEXT) -> Doc:
    doc = Doc(VOCAB, words=list(text), spaces=[False] * len(text))
    doc.spans[SECTIONS_KEY] = [Span(doc, start, end, label=label) for (start, end), label in sections]
    return doc


GOLD: Sections = [(META, "META"), (PROACTIVE, "PROACTIVE"), (FEES, "FEES")]


def pairs(guesses: Sections) -> list[tuple[str, str]]:
    return list(section_pairs(make_doc(guesses), make_doc(GOLD)))


def scores(*cases: tuple[Sections, Sections]) -> dict[str, object]:
    return score_sections([Example(make_doc(guesses), make_doc(gold)) for guesses, gold in cases])


def test_paragraphs_with_equal_extents_are_paired() -> None:
    guesses: Sections = [(META, "META"), (PROACTIVE, "FEES"), (FEES, "FEES")]
    assert pairs(guesses) == [("META", "META"), ("PROACTIVE", "FEES"), ("FEES", "FEES")]


def test_paragraph_split_in_two_has_the_label_of_more_characters() -> None:
    assert pairs([((0, 2), "FEES"), ((2, 5), "META")])[0] == ("META", "META")
    assert pairs([((0, 2), "FEES"), ((2, 3), "META"), ((3, 5), "FEES")])[0] == ("META", "FEES")


def test_prediction_over_several_paragraphs_counts_for_each() -> None:
    assert [guess for _, guess in pairs([((0, 12), "META"), (FEES, "FEES")])] == ["META", "META", "FEES"]


def test_paragraph_without_prediction_has_no_label() -> None:
    assert [guess for _, guess in pairs([(PROACTIVE, "PROACTIVE")])] == ["", "PROACTIVE", ""]


def test_prediction_where_no_gold_paragraph_stands_is_ignored() -> None:
    guesses: Sections = [(META, "META"), (PROACTIVE, "OTHER"), (FEES, "FEES")]
    gold: Sections = [(META, "META"), (FEES, "FEES")]
    assert scores((guesses, gold))["sections_acc"] == 1.0


def test_tokens_of_the_prediction_may_be_words() -> None:
    predicted = Doc(VOCAB, words=["青禾县", "年报", "\n", "公开三十条。", "\n", "收费五元。"], spaces=[False] * 6)
    predicted.spans[SECTIONS_KEY] = [
        Span(predicted, 0, 2, label="META"),
        Span(predicted, 3, 4, label="FEES"),
        Span(predicted, 5, 6, label="FEES"),
    ]
    assert [guess for _, guess in section_pairs(predicted, make_doc(GOLD))] == ["META", "FEES", "FEES"]


def test_scores_are_as_counted_by_hand() -> None:
    # META 2 of 2; PROACTIVE 1 of 2, the other called FEES; FEES 1 of 2, the other without prediction.
    found = scores(
        (GOLD, GOLD),
        ([(META, "META"), (PROACTIVE, "FEES")], GOLD),
    )
    assert found["sections_acc"] == pytest.approx(4 / 6)
    per_type = found["sections_per_type"]
    assert isinstance(per_type, dict)
    assert per_type["META"] == {"p": pytest.approx(1), "r": pytest.approx(1), "f": pytest.approx(1)}
    assert per_type["PROACTIVE"] == {
        "p": pytest.approx(1),
        "r": pytest.approx(1 / 2),
        "f": pytest.approx(2 / 3),
    }
    assert per_type["FEES"] == {
        "p": pytest.approx(1 / 2),
        "r": pytest.approx(1 / 2),
        "f": pytest.approx(1 / 2),
    }
    assert found["sections_macro_f"] == pytest.approx((1 + 2 / 3 + 1 / 2) / 3)


def test_label_that_is_only_predicted_does_not_count_in_the_macro_average() -> None:
    found = scores(([(META, "META"), (PROACTIVE, "OTHER"), (FEES, "FEES")], GOLD))
    assert found["sections_macro_f"] == pytest.approx(2 / 3)
    per_type = found["sections_per_type"]
    assert isinstance(per_type, dict)
    assert per_type["OTHER"]["p"] == 0


@pytest.mark.parametrize("cases", [[], [(GOLD, [])]])
def test_without_gold_sections_there_is_no_score(cases: list[tuple[Sections, Sections]]) -> None:
    assert scores(*cases) == {"sections_acc": None, "sections_macro_f": None, "sections_per_type": None}


def test_document_without_predicted_sections_scores_nothing() -> None:
    predicted = Doc(VOCAB, words=list(TEXT), spaces=[False] * len(TEXT))
    assert score_sections([Example(predicted, make_doc(GOLD))])["sections_acc"] == 0


@given(st.lists(st.sampled_from(["META", "FEES", "PLANS"]), min_size=1, max_size=6), st.data())
def test_accuracy_and_averages_stay_between_zero_and_one(labels: list[str], data: st.DataObject) -> None:
    text = "\n".join("甲乙" for _ in labels)
    extents = [(3 * at, 3 * at + 2) for at in range(len(labels))]
    guesses = [data.draw(st.sampled_from(["META", "FEES", "PLANS"])) for _ in labels]
    found = score_sections(
        [
            Example(
                make_doc(list(zip(extents, guesses, strict=True)), text),
                make_doc(list(zip(extents, labels, strict=True)), text),
            )
        ]
    )
    right = sum(label == guess for label, guess in zip(labels, guesses, strict=True))
    assert found["sections_acc"] == pytest.approx(right / len(labels))
    assert 0 <= found["sections_macro_f"] <= 1
    assert (found["sections_macro_f"] == 1) == (right == len(labels))


def test_config_finds_the_scorer() -> None:
    assert registry.scorers.get("govner.sections_scorer.v1")() is score_sections
