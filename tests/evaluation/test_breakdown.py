"""Scores of parts of the gold documents."""

import pytest
from hypothesis import given, settings
from spacy.training import Example

from evaluation.made_evaluations import examples, make_doc, make_example
from govner.errors import InputError
from govner.evaluation.breakdown import PERIODS, break_down, choose_keys, period_of, value_of
from govner.evaluation.scores import score

TEXT = "青禾县公开"


def report(right: bool, **meta: str) -> Example:
    mention = [(0, 3, "AGENCY")]
    return make_example(TEXT, mention, mention if right else [], meta=meta)


@pytest.mark.parametrize(
    ("year", "period"),
    [
        ("2007", "before 2008"),
        ("2008", "2008–2018"),
        ("2018", "2008–2018"),
        ("2019", "from 2019"),
        (2025, "from 2019"),
        ("二〇一六", ""),
        ("", ""),
        ("20190", ""),
        (None, ""),
    ],
)
def test_period_is_that_of_the_rules(year: object, period: str) -> None:
    assert period_of(year) == period


def test_each_value_is_scored_apart_in_the_order_of_the_guidelines() -> None:
    made = [report(True, form="plan"), report(False, form="plan"), report(True, form="national-2021"), report(False)]
    found = break_down(made, "form")
    assert {value: (part.documents, part.entities["ALL"].r) for value, part in found.items()} == {
        "national-2021": (1, 1),
        "plan": (2, 0.5),
        "": (1, 0),
    }
    assert list(found) == ["national-2021", "plan", ""]


def test_values_that_the_guidelines_do_not_know_are_sorted() -> None:
    made = [report(True, crawl=value) for value in ("b", "a", "b")]
    assert {value: part.documents for value, part in break_down(made, "crawl").items()} == {"a": 1, "b": 2}
    made = [report(True, year=year) for year in ("2020", "2012", "2007", "soon")]
    assert list(break_down(made, "period")) == [PERIODS[0], PERIODS[1], PERIODS[2], ""]


def test_usual_keys_are_those_that_reports_have() -> None:
    docs = [make_doc(TEXT, meta={"id": "a", "year": "2016", "level": "county"}), make_doc(TEXT, meta={"body": "park"})]
    assert choose_keys(docs) == ["level", "period"]
    assert choose_keys(docs, ["body", "level"]) == ["level", "period", "body"]
    assert choose_keys([make_doc(TEXT)]) == []


def test_key_that_no_report_has_is_named_with_those_there_are() -> None:
    with pytest.raises(InputError, match="no gold report has the key 'colour'; use one of body, period"):
        choose_keys([make_doc(TEXT, meta={"body": "park"})], ["colour"])


def test_value_that_is_null_or_no_text_is_taken_as_it_reads() -> None:
    doc = make_doc(TEXT)
    doc.user_data["meta"] = {"year": 2016, "form": None}
    assert [value_of(doc, key) for key in ("year", "period", "form", "level")] == ["2016", "2008–2018", "", ""]


def test_period_that_the_front_matter_names_is_taken() -> None:
    assert value_of(make_doc(TEXT, meta={"period": "spring", "year": "2016"}), "period") == "spring"


@settings(max_examples=12)
@given(examples())
def test_parts_add_up_to_the_whole(made: list[Example]) -> None:
    whole = score(made)
    for key in ("form", "period"):
        parts = break_down(made, key).values()
        assert sum(part.documents for part in parts) == whole.documents
        assert sum(part.paragraphs for part in parts) == whole.paragraphs
        for label, found in whole.entities.items():
            assert sum(part.entities[label].gold for part in parts if label in part.entities) == found.gold
        for label, found in whole.sections.items():
            assert sum(part.sections[label].gold for part in parts if label in part.sections) == found.gold
