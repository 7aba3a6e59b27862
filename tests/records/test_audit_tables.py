"""Sums inside the national tables, the text against them, and two years against each other."""

from dataclasses import replace

import pytest

from audit_reports import findings, national, passages, read
from govner.errors import InputError
from govner.records.audit import audit, audit_years

SAID = "我局新收申请{COUNT:13件}，上年结转{COUNT:1件}，办结{COUNT:13件}，结转下年{COUNT:1件}。"


def test_report_whose_tables_add_up_and_agree_with_the_text_has_no_finding():
    assert findings(national(SAID)) == []


def test_column_that_does_not_balance_is_found_with_its_cells():
    found = findings(national(SAID, new=8), "requests-column-balance")
    assert [finding.numbers["left"] for finding in found] == [9]
    assert passages(found[0]) == ["8", "1", "9", "1"]
    assert "自然人" in found[0].message_zh and found[0].severity == "error"


def test_total_of_a_row_that_is_not_the_sum_of_its_applicants_is_found():
    found = findings(national(SAID, new_total=14), "requests-row-sum")
    assert len(found) == 1 and passages(found[0])[-1] == "14"


def test_outcomes_that_do_not_add_up_are_found():
    found = findings(national(SAID, third=4), "requests-outcomes-sum")
    assert [(finding.numbers["left"], finding.numbers["right"]) for finding in found] == [(12, 9)]


def test_results_of_reviews_that_do_not_add_up_are_found():
    found = findings(national(SAID, reviews=4), "remedies-sum")
    assert [(finding.numbers["left"], finding.numbers["right"]) for finding in found] == [(3, 4)]


def test_table_without_its_zero_rows_is_still_summed():
    whole = national(SAID, third=3)
    kept = [line for line in whole.paragraphs if "0 0 0 0 0 0 0" not in line.text]
    whole.paragraphs[:] = kept
    assert len(findings(whole, "requests-outcomes-sum")) == 1


def test_outcomes_above_their_total_are_found_whatever_rows_are_left_out():
    whole = national(SAID, third=9)
    # With 部分公开 left out, no column adds up, but one holds more than its total.
    whole.paragraphs[:] = [line for line in whole.paragraphs if "部分公开" not in line.text]
    found = findings(whole, "requests-outcomes-sum")
    assert [(finding.numbers["left"], finding.numbers["right"]) for finding in found] == [(15, 9)]


def test_rows_left_out_of_a_table_whose_last_column_holds_are_empty():
    whole = national(SAID, third=0)
    # Of the applicants only the first has numbers, so that the last column alone tells that no row is lost.
    only_first = {
        "5 2 0 0 1 0 8": "5 0 0 0 0 0 8",
        "1 1 0 0 0 0 2": "1 0 0 0 0 0 2",
        "9 3 0 0 1 0 13": "9 0 0 0 0 0 13",
    }
    kept = [line for line in whole.paragraphs if "0 0 0 0 0 0 0" not in line.text]
    for old, new in only_first.items():
        kept = [replace(line, text=line.text.replace(old, new)) for line in kept]
    whole.paragraphs[:] = kept
    found = findings(whole, "requests-outcomes-sum")
    assert [(finding.numbers["left"], finding.numbers["right"]) for finding in found] == [(8, 9)]


def test_table_that_lost_rows_with_numbers_is_left_alone():
    whole = national(SAID)
    whole.paragraphs[:] = [line for line in whole.paragraphs if "予以公开" not in line.text]
    assert findings(whole, "requests-outcomes-sum") == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("我局新收申请{COUNT:12件}。", "narrative-requests-received"),
        ("全年收到政府信息公开申请{COUNT:15件}。", "narrative-requests-received"),
        ("新收申请{COUNT:13件}，上年结转{COUNT:2件}。", "narrative-carried-over"),
        ("我局收到公开申请{COUNT:13件}，已办结{COUNT:11件}。", "narrative-answered"),
        ("新收申请{COUNT:13件}，结转下年{COUNT:3件}。", "narrative-carried-forward"),
        ("我局被申请行政复议{COUNT:5件}。", "narrative-reviews"),
        ("发生行政诉讼{COUNT:1件}。", "narrative-lawsuits"),
        ("未经复议直接起诉{COUNT:2件}。", "narrative-lawsuits"),
    ],
)
def test_figure_of_the_text_that_the_table_contradicts_is_found(text: str, rule: str):
    found = findings(national(text))
    assert [finding.rule for finding in found] == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "全年共收到申请{COUNT:14件}，含上年结转的{COUNT:1件}。",
        "收到网络申请{COUNT:7件}、信函申请{COUNT:6件}。",
        "{AGENCY:县档案馆}收到申请{COUNT:4件}。",
        "上半年收到申请{COUNT:5件}。",
        "按期答复申请{COUNT:12件}，延期答复{COUNT:1件}。",
        "办结当年新收的申请{COUNT:12件}。",
        "全年收到申请约{COUNT:20余件}。",
        "行政诉讼{COUNT:2件}，其中未经复议直接起诉{COUNT:1件}、复议后起诉{COUNT:1件}。",
        "受理咨询{COUNT:30件}。",
        "2021年收到申请{COUNT:30件}。",
    ],
)
def test_figure_with_another_base_is_not_compared_with_the_total(text: str):
    assert [finding for finding in findings(national(text)) if finding.rule.startswith("narrative")] == []


def test_two_years_are_compared_by_cells_with_the_first_passage_in_the_earlier_report():
    previous, source = read(national(SAID, year=2021, forward=2, new=10, new_total=14, in_force=9))
    current, _ = read(national(SAID, year=2022))
    found = {finding.rule: finding for finding in audit_years(previous, current)}
    assert set(found) == {"carried-between-years", "documents-in-force-balance"}
    carried = found["carried-between-years"].evidence[0]
    assert source.text[carried.start : carried.end] == "2"
    assert found["documents-in-force-balance"].numbers == {"previous": 9, "issued": 2, "repealed": 1, "current": 11}


def test_years_that_fit_or_do_not_follow_each_other_give_nothing():
    previous, _ = read(national(SAID, year=2021, in_force=10))
    current, _ = read(national(SAID, year=2022))
    later, _ = read(national(SAID, year=2024))
    assert audit_years(previous, current) == ()
    assert audit_years(current, later) == ()


def test_rules_can_be_switched_off_by_id():
    record, source = read(national(SAID, third=4))
    assert {finding.rule for finding in audit(record, source)} == {"requests-outcomes-sum", "requests-row-sum"}
    kept = audit(record, source, disabled=["requests-row-sum"])
    assert {finding.rule for finding in kept} == {"requests-outcomes-sum"}
    with pytest.raises(InputError, match="no audit rule 'requests'"):
        audit(record, source, disabled=["requests"])
