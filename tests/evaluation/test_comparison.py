"""Two pipelines on the same reports, against figures worked out by hand."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from spacy.training import Example

from evaluation.made_evaluations import Made, Spans, examples, make_doc, make_evaluation
from govner.evaluation.comparison import Difference, compare, compare_errors, paired_p
from govner.evaluation.errors import list_errors
from govner.evaluation.scores import score

TEXT = "青禾县公开3件"
MENTION = (0, 3, "AGENCY")
COUNT = (5, 7, "COUNT")


def reports(*guesses: Spans) -> list[Made]:
    """Reports with the mentions `MENTION` and `COUNT`, predicted as given."""
    return [(TEXT, [MENTION, COUNT], guess, [(0, 7, "META")], [(0, 7, "META")], {}) for guess in guesses]


def all_differences(made: list[Example], other: list[Example]) -> list[Difference]:
    found = compare(score(made), score(other))
    return [*found.entities.values(), *found.sections.values(), found.sections_accuracy, found.sections_macro_f]


@settings(max_examples=12)
@given(examples())
def test_pipeline_is_no_different_from_itself(made: list[Example]) -> None:
    for found in all_differences(made, made):
        assert (found.difference, found.interval, found.p) == (0, (0, 0), 1)


@settings(max_examples=12)
@given(examples())
def test_differences_turn_round_with_the_order_of_the_pipelines(made: list[Example]) -> None:
    other = [Example(example.reference, example.reference) for example in made]
    for found, turned in zip(all_differences(made, other), all_differences(other, made), strict=True):
        assert found.difference == -turned.difference
        assert found.interval == pytest.approx((-turned.interval[1], -turned.interval[0]))
        assert found.p == turned.p
        assert 0 < found.p <= 1


def test_difference_is_that_of_the_scores() -> None:
    first = make_evaluation(*reports([MENTION, COUNT], [MENTION, COUNT]))
    second = make_evaluation(*reports([MENTION], [MENTION, COUNT]))
    found = compare(first, second)
    assert found.entities["COUNT"].first == 1
    # One found of two: precision 1, recall 1/2.
    assert found.entities["COUNT"].second == pytest.approx(2 / 3)
    assert found.entities["COUNT"].difference == pytest.approx(1 / 3)
    assert (found.entities["COUNT"].gold, found.entities["AGENCY"].difference) == (2, 0)
    assert found.sections_accuracy.p == 1


def test_difference_in_every_report_is_sure_and_in_one_of_many_is_not() -> None:
    right = make_evaluation(*reports(*[[MENTION, COUNT]] * 20))
    everywhere = compare(right, make_evaluation(*reports(*[[MENTION]] * 20)))
    assert everywhere.entities["ALL"].p == pytest.approx(1 / 1001)
    assert everywhere.entities["ALL"].interval[0] > 0
    once = compare(right, make_evaluation(*reports([MENTION], *[[MENTION, COUNT]] * 19)))
    assert once.entities["ALL"].p > 0.2
    assert once.resampled == "reports"


def test_samples_as_far_from_the_observed_as_it_is_from_zero_are_counted() -> None:
    # Distances from 0.2: 0.2, 0.3, 0.1, 0: two of four are as far as 0.2, and the observed one counts too.
    assert paired_p(np.array([0.4, -0.1, 0.3, 0.2]), 0.2) == pytest.approx(3 / 5)


def test_same_reports_are_drawn_for_both() -> None:
    # Each pipeline varies much from report to report, but they differ by the same in all.
    wide = [[MENTION, COUNT] if number % 2 else [COUNT] for number in range(40)]
    narrow = [[*guess[:-1]] for guess in wide]
    found = compare(make_evaluation(*reports(*wide)), make_evaluation(*reports(*narrow))).entities["COUNT"]
    assert (found.difference, found.interval) == (1, (1, 1))


def test_few_reports_are_compared_by_paragraphs() -> None:
    assert compare(make_evaluation(*reports([MENTION])), make_evaluation(*reports([]))).resampled == "paragraphs"


def test_evaluations_of_other_documents_are_no_pair() -> None:
    other = ("青禾县", [], [], [], [], {})
    with pytest.raises(ValueError, match="not of the same documents"):
        compare(make_evaluation(*reports([])), make_evaluation(other))


def compared(first: Spans, second: Spans) -> list[tuple[str, str, str]]:
    """Kind, text and maker of each error."""
    gold = make_doc(TEXT, [MENTION, COUNT])
    found = compare_errors(*(list_errors([Example(make_doc(TEXT, guess), gold)]) for guess in (first, second)))
    return [(one.error.kind, one.error.text or one.error.predicted_text, one.by) for one in found]


def test_errors_are_told_by_who_makes_them() -> None:
    assert compared([MENTION], [COUNT]) == [("missed", "青禾县", "second"), ("missed", "3件", "first")]
    assert compared([MENTION], [MENTION]) == [("missed", "3件", "both")]
    assert compared([MENTION, COUNT], [MENTION, COUNT]) == []


def test_mention_that_both_have_wrong_is_one_error_with_both_readings() -> None:
    gold = make_doc(TEXT, [MENTION])
    first, second = (
        list_errors([Example(make_doc(TEXT, guess), gold)]) for guess in ([(0, 2, "AGENCY")], [(0, 3, "CHANNEL")])
    )
    (found,) = compare_errors(first, second)
    assert (found.by, found.error.kind, found.error.predicted_text) == ("both", "boundary", "青禾")
    assert found.other is not None
    assert (found.other.kind, found.other.predicted) == ("type", "CHANNEL")
    assert json.loads(json.dumps(found.to_json()))["by"] == "both"


def test_spurious_mentions_are_the_same_only_with_extent_and_label() -> None:
    extra = (3, 5, "CHANNEL")
    assert compared([MENTION, COUNT, extra], [MENTION, COUNT, extra]) == [("spurious", "公开", "both")]
    assert compared([MENTION, COUNT, extra], [MENTION, COUNT, (3, 5, "AGENCY")]) == [
        ("spurious", "公开", "first"),
        ("spurious", "公开", "second"),
    ]


def test_comparison_as_values_can_be_written_as_json() -> None:
    found = compare(make_evaluation(*reports([MENTION])), make_evaluation(*reports([COUNT])))
    values = json.loads(json.dumps(found.to_json()))
    assert values["entities"]["ALL"].keys() == {"first", "second", "difference", "interval", "p", "gold"}
    assert values["errors"] == {"both": 0, "first": 1, "second": 1}


@settings(max_examples=12)
@given(examples())
def test_no_error_of_either_is_lost(made: list[Example]) -> None:
    other = [Example(make_doc(example.reference.text), example.reference) for example in made]
    found = [one for errors in compare(score(made), score(other)).errors for one in errors]
    assert sum(one.by != "second" for one in found) == len(list(list_errors(made)))
    assert sum(one.by != "first" for one in found) == len(list(list_errors(other)))
