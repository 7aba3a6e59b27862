"""Comparing two annotations of the same reports."""

import pytest
from hypothesis import given

from govner.corpus.agreement import compare
from govner.corpus.inline import Report, parse_report
from govner.errors import InputError
from strategies import reports


def report(source: str, name: str = "a") -> Report:
    return parse_report(f"---\nid: {name}\n---\n{source}")


FIRST = "META\t{AGENCY:县局}发{COUNT:3条}\nFEES\t无\nFEES\t免收\nPLANS\t改进\n"
SECOND = "META\t{AGENCY:县局}发{COUNT:3}条\nFEES\t无\nOTHER\t免收\nPLANS\t改进\n"


def test_f1_counts_mentions_of_the_same_extent_and_label() -> None:
    found = compare([report(FIRST), report(FIRST, "b")], [report(SECOND)])
    assert found.counts == {"AGENCY": (1, 1, 1), "COUNT": (1, 1, 0)}
    assert found.scores.entities["ALL"].f == 0.5
    assert found.scores.documents == 1


def test_kappa_is_agreement_of_sections_beyond_chance() -> None:
    found = compare([report(FIRST)], [report(SECOND)])
    assert found.scores.sections_accuracy[0] == 0.75
    # By chance: META 1/16, FEES 2/16, PLANS 1/16 (Cohen 1960).
    assert found.kappa == pytest.approx((0.75 - 0.25) / (1 - 0.25))


def test_alpha_takes_chance_from_both_annotations_together() -> None:
    # 8 values: META 2, FEES 3, PLANS 2, OTHER 1; one of four pairs differs (Krippendorff 2011).
    assert compare([report(FIRST)], [report(SECOND)]).alpha == pytest.approx(1 - 2 * 7 / (64 - 18))


@given(reports("a"))
def test_annotation_agrees_wholly_with_itself(found: Report) -> None:
    result = compare([found], [found])
    assert result.kappa == 1
    assert result.alpha == 1
    assert result.scores.sections_accuracy[0] == 1
    assert all(first == second == both for first, second, both in result.counts.values())


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (report(SECOND, "c"), "has no counterpart with the id 'c'"),
        (report(SECOND.replace("免收", "免 收")), "its text differs from the first annotation:6; restore it"),
        (report(SECOND.removesuffix("PLANS\t改进\n")), "has 3 paragraphs, the first annotation has 4"),
    ],
)
def test_annotations_of_other_texts_are_refused(second: Report, message: str) -> None:
    with pytest.raises(InputError, match=message):
        compare([report(FIRST)], [second])
