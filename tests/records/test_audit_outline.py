"""Years, dates and headings."""

from dataclasses import replace

import pytest
import spacy
from spacy.tokens import Doc, Span

from audit_reports import findings, national, passages, report
from govner.corpus.inline import parse_report
from govner.corpus.reader import report_to_doc
from govner.records.record import make_record
from govner.scheme import SECTIONS_KEY

SECTIONS = ("一、概述", "二、主动公开情况", "三、依申请公开情况", "四、存在的问题")


def outlined(*headings: str) -> list[str]:
    """Lines with these headings and a sentence below each."""
    return [line for heading in headings for line in (f"PROACTIVE\t{heading}", "PROACTIVE\t工作有序开展。")]


@pytest.mark.parametrize(
    "text",
    [
        "2021年，我局收到信函申请{COUNT:1件}。",
        "2021年度，本局未收到申请。",
        "2021年，我局公开{COUNT:618条}，较2021年的{COUNT:447条}增长{COUNT:38.3%}。",
        "2021年，我局收到申请{COUNT:1件}，查询历年用水量。",
        "2021年，{AGENCY:青禾街道}未收到申请，无上年结转。",
    ],
)
def test_sentence_of_the_year_before_is_found(text: str):
    found = findings(report(f"REQUESTS\t{text}"), "year-of-another-report")
    assert len(found) == 1 and passages(found[0])[1].startswith("2021年")


@pytest.mark.parametrize(
    "text",
    [
        "2022年，我局收到申请{COUNT:1件}。",
        "2021年以来累计公开{COUNT:490条}。",
        "2021年度决算和2022年度预算如期公开。",
        "2021年，我局公开{COUNT:618条}，较2020年的{COUNT:447条}增长{COUNT:38.3%}。",
        "2021年，我局收到{COUNT:3件}，今年收到{COUNT:5件}。",
        "2021年数字因口径不一，未作调整。",
        "2023年，我局将增加图解。",
    ],
)
def test_other_years_with_a_reason_are_left_alone(text: str):
    assert findings(report(f"REQUESTS\t{text}"), "year-of-another-report") == []


def test_plan_for_a_year_that_is_not_the_next_is_found():
    assert len(findings(report("PLANS\t2024年工作思路"), "year-of-another-report")) == 1
    assert findings(report("PLANS\t2023年工作思路"), "year-of-another-report") == []


def test_plans_and_guides_are_no_annual_reports():
    made = report("REQUESTS\t2021年，我局收到申请{COUNT:1件}。", title="青禾县民政局2022年政务公开工作要点")
    assert findings(made, "year-of-another-report") == []


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2022年1月1日起至2022年12月31日止", 0),
        ("2022年1月1日至12月31日", 0),
        ("2021年1月1日至2021年12月31日", 1),
        ("2021年1月1日起至2022年12月31日止", 1),
        ("2021年9月1日至2022年8月31日", 0),
    ],
)
def test_period_outside_the_year_is_found(period: str, expected: int):
    made = report(f"PREAMBLE\t本报告所列数据的统计期限为{period}。")
    assert len(findings(made, "period-outside-year")) == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2月30日", 1),
        ("13月5日", 1),
        ("4月31日", 1),
        ("2021年2月29日", 1),
        ("2月29日", 0),
        ("12月31日", 0),
        ("十一月三十一日", 1),
        ("6月底", 0),
    ],
)
def test_dates_that_do_not_exist_are_found(date: str, expected: int):
    assert len(findings(report(f"PROACTIVE\t{date}举办开放日。"), "impossible-date")) == expected


def signed(date: str) -> list[str]:
    made = report("PROACTIVE\t全年公开信息{COUNT:12条}。")
    last = made.paragraphs[-1]
    made.paragraphs[-1] = type(last)(last.section, date, (), last.line)
    return [finding.rule for finding in findings(made) if finding.rule.startswith("published")]


def test_publication_out_of_time_is_found():
    assert signed("2023年3月31日") == []
    assert signed("2022年12月30日") == []
    assert signed("2023年6月8日") == ["published-late"]
    assert signed("2022年3月8日") == ["published-early"]


def test_preamble_of_another_year_is_found():
    made = report("PREAMBLE\t现将我局2021年政府信息公开工作情况报告如下。")
    assert len(findings(made, "year-conflict")) == 1
    named = report("PREAMBLE\t依照《关于公布2022年报告的通知》，现将我局2021年政府信息公开情况报告如下。")
    assert len(findings(named, "year-conflict")) == 1
    cited = report("PREAMBLE\t依照《关于编制年度报告的通知》（青政办〔2023〕2号），现将我局2022年工作报告如下。")
    assert findings(cited, "year-conflict") == []


def test_missing_section_of_the_national_format_is_found_between_its_neighbours():
    whole = national("未收到申请。", new=9)
    paragraphs = [line for line in whole.paragraphs if "存在的主要问题" not in line.text]
    whole.paragraphs[:] = paragraphs
    found = findings(whole, "missing-section")
    assert [passages(finding) for finding in found] == [
        ["四、政府信息公开行政复议、行政诉讼情况", "六、其他需要报告的事项"]
    ]


def test_short_row_of_a_table_is_no_heading_of_a_missing_section():
    whole = national("未收到申请。", new=9)
    last = next(place for place, line in enumerate(whole.paragraphs) if "其他需要报告" in line.text)
    row = next(line for line in whole.paragraphs if "行政处罚" in line.text)
    whole.paragraphs[last] = replace(row, text="其他对外管理服务事项 58 4", mentions=())
    assert len(findings(whole, "missing-section")) == 1


def test_report_behind_the_notice_that_carries_it_is_checked():
    period = "PREAMBLE\t统计期限自2021年1月1日至2021年12月31日。"
    notice = "META\t青禾县人民政府办公室关于公布2022年政府信息公开工作年度报告的通知"
    made = report(period)
    made.paragraphs.insert(0, parse_report(f"{notice}\n").paragraphs[0])
    assert len(findings(made, "period-outside-year")) == 1


def test_outline_in_order_has_no_finding():
    assert findings(report(*outlined(*SECTIONS), year=2016)) == []


def test_repeated_and_skipped_numbers_are_found():
    repeated = [SECTIONS[0], SECTIONS[1], "二、依申请公开情况", "三、存在的问题"]
    skipped = [SECTIONS[0], SECTIONS[1], "四、依申请公开情况", "五、存在的问题"]
    assert [finding.rule for finding in findings(report(*outlined(*repeated), year=2016))] == [
        "heading-number-repeated"
    ]
    assert [finding.rule for finding in findings(report(*outlined(*skipped), year=2016))] == ["heading-number-skipped"]


def test_wrong_number_is_one_slip_not_two():
    wrong = ["一、概述", "二、主动公开情况", "二、依申请公开情况", "四、存在的问题", "五、下一步打算"]
    assert [finding.rule for finding in findings(report(*outlined(*wrong), year=2016))] == ["heading-number-repeated"]


def test_numbering_restarts_under_a_new_parent():
    lines = outlined("一、概述", "（一）总体", "（二）组织", "二、主动公开情况", "（一）数量", "（二）内容", "三、问题")
    assert findings(report(*lines, year=2016)) == []


def test_number_inside_a_line_is_not_skipped():
    lines = [
        "PROACTIVE\t一、概述",
        "PROACTIVE\t工作有序。 二、主动公开 全年有序。",
        "PROACTIVE\t三、问题",
        "PROACTIVE\t解读偏少。",
    ]
    assert findings(report(*lines, year=2016), "heading-number-skipped") == []


def test_rows_of_tables_are_no_headings():
    assert [
        f for f in findings(national("全年收到申请{COUNT:13件}。")) if f.rule.startswith(("heading", "empty"))
    ] == []


def test_heading_without_text_is_found_with_its_neighbour():
    lines = outlined(*SECTIONS)
    del lines[3]
    found = findings(report(*lines, year=2016), "empty-section")
    assert [passages(finding) for finding in found] == [["二、主动公开情况", "三、依申请公开情况"]]


def test_sentence_about_the_statistical_form_does_not_end_the_outline():
    lines = outlined(*SECTIONS)
    del lines[3]
    preamble = "PREAMBLE\t本报告全文四个部分，并附一张统计表。"
    assert len(findings(report(preamble, *lines, year=2016), "empty-section")) == 1


def test_contents_on_one_line_are_no_empty_sections():
    contents = [f"OVERVIEW\t{heading}" for heading in SECTIONS]
    made = report(*contents, *outlined(*SECTIONS), year=2016)
    nlp = spacy.blank("zh")
    text = made.text.replace("\n", " ", 4)
    assert "一、概述 二、主动公开情况" in text
    doc = report_to_doc(made, nlp.vocab)
    changed = Doc(nlp.vocab, words=list(text), spaces=[False] * len(text))
    changed.spans[SECTIONS_KEY] = [
        Span(changed, span.start, span.end, label=span.label_) for span in doc.spans[SECTIONS_KEY]
    ]
    assert [f.rule for f in make_record(changed, "qinghe").findings if f.rule == "empty-section"] == []


def test_ordinal_in_a_sentence_is_not_the_number_that_is_skipped():
    lines = outlined("一、概述", "三、依申请公开情况", "四、存在的问题")
    lines[1] = "PROACTIVE\t我局名列执法部门第二名。"
    assert len(findings(report(*lines, year=2016), "heading-number-skipped")) == 1


def test_heading_that_says_something_itself_is_not_empty():
    lines = outlined("一、概述", "二、主动公开情况", "三、无收费情况", "四、存在的问题")
    del lines[5]
    assert findings(report(*lines, year=2016), "empty-section") == []
