"""Calibration against cases counted by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span, SpanGroup
from spacy.training import Example
from spacy.vocab import Vocab

from govner.corpus.inline import parse_report
from govner.corpus.reader import report_to_doc
from govner.evaluation.calibration import calibrate, mention_predictions, section_predictions
from govner.scheme import MENTIONS_KEY, SECTIONS_KEY

VOCAB = Vocab()


def test_error_is_the_weighted_distance_of_the_bins() -> None:
    found = calibrate([(0.95, True), (0.95, True), (0.95, False), (0.15, False)])
    assert found is not None
    assert found.bins == [(1, 0.15, 0.0), (3, pytest.approx(0.95), pytest.approx(2 / 3))]
    assert found.error == pytest.approx((3 * abs(0.95 - 2 / 3) + 1 * 0.15) / 4)


def test_certain_predictions_belong_to_the_last_bin() -> None:
    found = calibrate([(1.0, True), (0.99, True)])
    assert found is not None
    assert len(found.bins) == 1
    assert found.error == pytest.approx(0.005)


def test_without_predictions_there_is_nothing_to_say() -> None:
    assert calibrate([]) is None


@given(st.floats(0, 1))
def test_drawn_outcomes_are_calibrated(probability: float) -> None:
    right = np.random.default_rng(0).random(4000) < probability
    found = calibrate((probability, bool(outcome)) for outcome in right)
    assert found is not None
    assert found.error < 0.03


@pytest.fixture
def example() -> Example:
    gold = report_to_doc(parse_report("META\t{AGENCY:县局}发{COUNT:3条}\nFEES\t免收费"), VOCAB)
    text = gold.text
    doc = Doc(VOCAB, words=list(text), spaces=[False] * len(text))
    mentions = [Span(doc, 0, 2, label="AGENCY"), Span(doc, 3, 4, label="COUNT")]
    doc.spans[MENTIONS_KEY] = SpanGroup(doc, name=MENTIONS_KEY, spans=mentions, attrs={"probability": [0.9, 0.6]})
    sections = [Span(doc, 0, 5, label="META"), Span(doc, 6, 9, label="OTHER")]
    doc.spans[SECTIONS_KEY] = SpanGroup(doc, name=SECTIONS_KEY, spans=sections, attrs={"probability": [0.8, 0.7]})
    return Example(doc, gold)


def test_mention_is_right_with_extent_and_label_and_section_with_its_label(example: Example) -> None:
    assert list(mention_predictions([example])) == [(0.9, True), (0.6, False)]
    assert list(section_predictions([example])) == [(0.8, True), (0.7, False)]


def test_pipeline_without_probabilities_has_none(example: Example) -> None:
    del example.predicted.spans[MENTIONS_KEY], example.predicted.spans[SECTIONS_KEY]
    assert [*mention_predictions([example]), *section_predictions([example])] == []
