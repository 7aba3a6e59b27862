"""Shares: channels by kind, outcomes from table or text, sections by length."""

from decimal import Decimal

from govner.records.reading import record_of
from govner.view.shares import count_channels, count_outcomes, count_sections, section_bars
from view_pages import report_source, tag


def test_channels_are_counted_by_kind() -> None:
    assert count_channels(record_of(tag(report_source()))) == {"网站": Decimal(742), "微信": Decimal(365)}


def test_outcomes_of_the_text_are_in_the_terms_of_the_national_table() -> None:
    source = (
        "META\t{AGENCY:青禾市水务局}2018年政府信息公开工作年度报告\nREQUESTS\t三、依申请公开\n"
        "REQUESTS\t共收到申请{COUNT:9件}，其中同意公开{COUNT:5件}，部分公开{COUNT:1件}，不予公开{COUNT:2件}，信息不存在{COUNT:1件}。"
    )
    assert count_outcomes(record_of(tag(source))) == {
        "予以公开": Decimal(5),
        "部分公开": Decimal(1),
        "不予公开": Decimal(2),
        "无法提供": Decimal(1),
    }


def test_sections_are_shares_of_what_is_no_page_furniture() -> None:
    counts = count_sections(record_of(tag("NOISE\t首页 打印\nFEES\t四 字 而已\nPLANS\t改进工作")))
    assert counts == {"NOISE": 4, "FEES": 4, "PLANS": 4}
    assert [(bar.label, bar.shown) for bar in section_bars(counts)] == [("收费与减免", "50%"), ("改进与计划", "50%")]
