"""Scores of records: the cells of national tables against annotated ones."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from govner.evaluation.record_gold import GoldCell, GoldRecord, GoldTable
from govner.evaluation.records import RecordScore, RecordTally
from govner.records.national.reader import read_text_tables
from govner.records.schema import Evidence, Fact, Identity, NationalTable, Record, TableEdition

WHAT = "table cells"
TEXT = (
    "第二十条第（一）项 本年制发件数 本年废止件数 现行有效件数\n规章 0 0 3\n行政规范性文件 2 1 14\n"
    "第二十条第（五）项 本年处理决定数量\n行政许可 887件\n"
)
CELLS = [
    *[("rules", "issued", "0"), ("rules", "repealed", "0"), ("rules", "in_force", "3")],
    *[("normative_documents", "issued", "2"), ("normative_documents", "repealed", "1")],
    *[("normative_documents", "in_force", "14"), ("licences", "decisions", "887件")],
]


def disclosure(*cells: tuple[str, str, str], edition: TableEdition = "2021") -> GoldTable:
    parts = [GoldCell(row=row, column=column, text=text) for row, column, text in cells]
    return GoldTable(kind="disclosure", edition=edition, cells=tuple(parts))


def score(
    gold: Sequence[GoldTable] | None, found: Sequence[NationalTable]
) -> tuple[RecordScore, list[tuple[str, str]]]:
    """The score of cells, with what was expected and found where that differs."""
    tally = RecordTally()
    kept = {"id": "a", "split": "dev", "issuer": None, "year": None, "level": None, "region": None}
    tally.add(
        GoldRecord.model_validate({**kept, "facts": (), "documents": (), "officials": (), "tables": gold}),
        Record(id="a", characters=len(TEXT), identity=Identity(), sections=(), mentions=(), tables=tuple(found)),
    )
    [cells] = [score for score in tally.scores() if score.name == WHAT]
    return cells, [(error.expected, error.found) for error in tally.errors if error.what == WHAT]


@pytest.fixture(scope="module")
def tables() -> list[NationalTable]:
    return list(read_text_tables(TEXT))


def test_cells_are_right_if_what_stands_in_them_is(tables: list[NationalTable]) -> None:
    cells, errors = score([disclosure(*CELLS)], tables)
    assert (cells.value, cells.gold, cells.target, errors) == (1, len(CELLS), 0.995, [])
    cells, errors = score([disclosure(*CELLS[:-1], ("licences", "decisions", "887"))], tables)
    assert cells.value == pytest.approx((len(CELLS) - 1) / len(CELLS))
    assert errors == [("disclosure, licences, decisions: 887", "disclosure, licences, decisions: 887件")]


def test_a_blank_is_not_a_nought(tables: list[NationalTable]) -> None:
    cells, errors = score([disclosure(*CELLS, ("penalties", "decisions", ""), ("coercion", "decisions", "0"))], tables)
    assert (cells.gold, len(errors)) == (len(CELLS) + 2, 1)
    assert errors == [("disclosure, coercion, decisions: 0", "disclosure, coercion, decisions: blank")]


def test_cells_that_are_not_annotated_are_errors_and_leave_the_share_alone(tables: list[NationalTable]) -> None:
    cells, errors = score([disclosure(*CELLS[1:])], tables)
    assert cells.value == 1
    assert errors == [("", "disclosure, rules, issued: 0")]
    cells, errors = score([], tables)
    assert (cells.gold, len(errors)) == (0, len(CELLS))


def test_a_table_of_the_other_edition_is_another(tables: list[NationalTable]) -> None:
    old = disclosure(("rules", "newly_made", "0"), edition="2019")
    cells, errors = score([old, disclosure(*CELLS)], tables)
    assert cells.value == pytest.approx(len(CELLS) / (len(CELLS) + 1))
    assert errors == [("disclosure, rules, newly_made: 0", "")]


def test_two_tables_of_a_kind_are_taken_in_order(tables: list[NationalTable]) -> None:
    cells, errors = score([disclosure(*CELLS), disclosure(*CELLS)], tables * 2)
    assert (cells.value, cells.gold, errors) == (1, 2 * len(CELLS), [])


def test_tables_that_are_not_annotated_are_not_scored(tables: list[NationalTable]) -> None:
    cells, errors = score(None, tables)
    assert (cells.gold, errors) == (0, [])


def test_what_is_rightly_absent_is_no_error() -> None:
    tally = RecordTally()
    kept = {"id": "a", "split": "dev", "issuer": "青禾县人民政府", "year": None, "level": None, "region": None}
    figure = {"start": 0, "end": 2, "text": "3条", "metric": "other", "value": "3", "unit": "条"}
    evidence = Evidence(start=0, end=2, text="3条")
    fact = Fact(value=Decimal(3), unit="条", metric="other", section="", evidence=evidence, sentence=evidence)
    tally.add(
        GoldRecord.model_validate({**kept, "facts": (figure,), "documents": (), "officials": ()}),
        Record(id="a", characters=2, identity=Identity(), sections=(), mentions=(), facts=(fact,)),
    )
    assert [(error.what, error.expected, error.found) for error in tally.errors] == [("issuer", "青禾县人民政府", "")]
