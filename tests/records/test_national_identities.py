"""Which sums of a table are checked, and which cannot be."""

import random
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from govner.records.national.identities import check_identities
from govner.records.national.reader import read_tables
from govner.records.national.templates import ALL_ROWS, TEMPLATES
from govner.records.schema import NationalTable
from govner.records.source import Source
from national_layouts import LAYOUTS, Report, make_report


def tables_of(report: Report) -> dict[str, NationalTable]:
    return {table.kind: table for table in read_tables(Source(LAYOUTS["bars"][0](report), (), ()))}


def test_the_forms_have_the_rows_and_columns_of_the_circulars() -> None:
    sizes = {key: (len(form.rows), sum(len(row.columns) for row in form.rows)) for key, form in TEMPLATES.items()}
    assert sizes["requests", "2019"] == (23, 161)
    assert sizes["requests", "2021"] == (25, 175)
    assert sizes["remedies", "2019"] == sizes["remedies", "2021"] == (3, 15)
    assert sizes["disclosure", "2019"] == (8, 22)
    assert sizes["disclosure", "2021"] == (6, 10)
    for (kind, _), form in TEMPLATES.items():
        known = [row.id for row in ALL_ROWS[kind]]
        assert [known.index(row.id) for row in form.rows] == sorted(known.index(row.id) for row in form.rows)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_report_that_adds_up_violates_nothing(seed: int) -> None:
    for table in tables_of(make_report(random.Random(seed), "0||/")).values():
        assert check_identities(table) == []


def test_each_sum_is_checked() -> None:
    report = make_report(random.Random(1), "0", "2021")
    for row in TEMPLATES["requests", "2021"].rows:
        for column in row.columns:
            report.cells["requests", row.id, column.id] = "0"
    report.cells["requests", "new", "business"] = "2"
    report.cells["requests", "granted", "business"] = "1"
    report.cells["remedies", "direct_suit", "total"] = "99"
    tables = tables_of(report)
    found = {(item.id, item.place): (item.left, item.right) for item in check_identities(tables["requests"])}
    assert found == {
        ("carried", "business"): (2, 0),
        ("outcomes", "business"): (1, 0),
        ("applicants", "new"): (2, 0),
        ("applicants", "granted"): (1, 0),
    }
    [item] = check_identities(tables["remedies"])
    assert (item.id, item.place, item.right) == ("results", "direct_suit", Decimal(99))
    assert [cell.column for cell in item.cells] == ["upheld", "corrected", "other", "pending", "total"]


def test_a_sum_without_its_total_is_not_checked() -> None:
    report = make_report(random.Random(2), "0", "2019")
    for column in TEMPLATES["requests", "2019"].rows[0].columns:
        for row in ("total", "carried_out"):
            report.cells["requests", row, column.id] = ""
    assert check_identities(tables_of(report)["requests"]) == []


def test_uncertain_cells_are_not_added_up() -> None:
    header = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
    text = f"{header}\n一、本年新收 3 9\n二、上年结转 0 0 0 0 0 0 0\n（七）总计 1 0 0 0 0 0 1"
    [table] = read_tables(Source(text, (), ()))
    assert check_identities(table) == []
