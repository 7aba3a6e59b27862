"""What was taken for what, against counts made by hand."""

from hypothesis import given
from spacy.training import Example

from evaluation.made_evaluations import examples, make_example
from govner.evaluation.confusion import mention_confusion, section_confusion
from govner.scheme import ENTITY_LABELS, SECTIONS_KEY

TEXT = "青禾县档案局公开\n收费三十元整"


def cells(rows: list[str], columns: list[str], counts: list[list[int]]) -> dict[tuple[str, str], int]:
    """The counts that are not 0."""
    return {
        (row, column): count
        for row, found in zip(rows, counts, strict=True)
        for column, count in zip(columns, found, strict=True)
        if count
    }


def test_mentions_are_counted_by_what_they_were_taken_for() -> None:
    gold = [(0, 3, "AGENCY"), (3, 6, "AGENCY"), (6, 8, "COUNT"), (11, 14, "COUNT"), (9, 11, "CHANNEL")]
    guesses = [(0, 3, "AGENCY"), (3, 5, "AGENCY"), (6, 8, "OFFICIAL"), (11, 15, "DOCUMENT")]
    found = mention_confusion([make_example(TEXT, gold, guesses)])
    assert cells(found.rows, found.columns, found.counts) == {
        ("AGENCY", "AGENCY"): 1,
        ("AGENCY", "other extent"): 1,
        ("COUNT", "OFFICIAL"): 1,
        ("COUNT", "DOCUMENT"): 1,
        ("CHANNEL", "missed"): 1,
    }


def test_prediction_that_meets_nothing_is_in_a_row_of_its_own() -> None:
    found = mention_confusion([make_example(TEXT, [], [(0, 3, "AGENCY")])] * 2)
    assert cells(found.rows, found.columns, found.counts) == {("spurious", "AGENCY"): 2}


def test_sections_are_counted_by_what_they_were_taken_for() -> None:
    gold = [(0, 8, "META"), (9, 15, "FEES")]
    found = section_confusion(
        [make_example(TEXT, [], [], gold, [(0, 8, "META"), (9, 15, "OTHER")]), make_example(TEXT, [], [], gold)]
    )
    assert (found.rows, found.columns) == (["META", "FEES", "OTHER"], ["META", "FEES", "OTHER", "none"])
    assert found.counts == [[1, 0, 0, 1], [0, 0, 1, 1], [0, 0, 0, 0]]


def test_labels_of_ones_own_come_after_ours() -> None:
    example = make_example(TEXT, [(0, 3, "VILLAGE")], [(0, 3, "AGENCY")], [(0, 8, "BUDGET")], [(0, 8, "META")])
    mentions, sections = mention_confusion([example]), section_confusion([example])
    assert cells(mentions.rows, mentions.columns, mentions.counts) == {("VILLAGE", "AGENCY"): 1}
    assert mentions.rows == [*ENTITY_LABELS, "VILLAGE", "spurious"]
    assert (sections.rows, sections.counts) == (["META", "BUDGET"], [[0, 0, 0], [1, 0, 0]])


def test_gold_without_sections_has_no_confusion_of_them() -> None:
    example = make_example(TEXT)
    del example.reference.spans[SECTIONS_KEY]
    assert section_confusion([example]).rows == []


@given(examples())
def test_rows_add_up_to_gold_and_columns_to_predictions(made: list[Example]) -> None:
    found = mention_confusion(made)
    gold = [span.label_ for example in made for span in example.reference.ents]
    guesses = [span.label_ for example in made for span in example.predicted.ents]
    extents = found.columns.index("other extent")
    for number, label in enumerate(ENTITY_LABELS):
        assert sum(found.counts[number]) == gold.count(label)
        assert sum(row[number] for row in found.counts) + found.counts[number][extents] == guesses.count(label)
    sections = section_confusion(made)
    labels = [span.label_ for example in made for span in example.reference.spans[SECTIONS_KEY]]
    assert {row: sum(counts) for row, counts in zip(sections.rows, sections.counts, strict=True)} == {
        row: labels.count(row) for row in sections.rows
    }
    assert set(labels) <= set(sections.rows)
