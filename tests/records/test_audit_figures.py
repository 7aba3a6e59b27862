"""Arithmetic in sentences, contradictions, missing numbers, values that cannot be."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_reports import findings, passages, report
from govner.records.audit.intervals import Interval, change, share


@pytest.mark.parametrize(
    "text",
    [
        "清理文件{COUNT:13件}（含新制定{COUNT:5件}，修改{COUNT:4件}，废止{COUNT:3件}）。",
        "发布行政许可{COUNT:549条}，行政处罚{COUNT:7条}，累计{COUNT:557条}。",
        "全年公开信息{COUNT:40条}：政策文件{COUNT:12条}，工作动态{COUNT:25条}，财政信息{COUNT:5条}。",
        "收到申请{COUNT:20件}，网络申请{COUNT:12件}、信函申请{COUNT:6件}、当面申请{COUNT:3件}。",
        "办理建议提案{COUNT:9件}，其中建议{COUNT:4件}、提案{COUNT:6件}。",
        "公开信息{COUNT:30条}，其中机构职能{COUNT:3条}，工作动态{COUNT:20条}，其他{COUNT:9条}。",
        "申请复议{COUNT:4件}（维持{COUNT:2件}、责令重新答复{COUNT:1件}）。",
        "处罚结果{COUNT:44条}（城管局{COUNT:20条}、质监局{COUNT:15条}、余{COUNT:12条}）。",
        "不同意公开{COUNT:9件}（涉及商业秘密{COUNT:4件}、个人隐私{COUNT:3件}、社会稳定{COUNT:4件}）。",
        "公开信息{COUNT:40条}:门户网站{COUNT:20条},公众号{COUNT:9条},《青禾日报》等媒体{COUNT:5条}. 工作有序.",
        "收到申请{COUNT:19件}（自然人{COUNT:25件}、律师事务所{COUNT:2件}）。",
    ],
)
def test_parts_that_do_not_add_up_to_their_whole_are_found(text: str):
    assert len(findings(report(f"PROACTIVE\t{text}"), "itemised-sum")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "清理文件{COUNT:13件}（含新制定{COUNT:5件}，修改{COUNT:4件}，废止{COUNT:4件}）。",
        "公开信息{COUNT:30条}，其中机构职能{COUNT:3条}，工作动态{COUNT:20条}。",
        "公开信息{COUNT:30条}，其中机构职能{COUNT:3条}，工作动态{COUNT:20条}，其余为财政信息。",
        "公开信息{COUNT:30条}（藏文版{COUNT:8条}、蒙文版{COUNT:4条}）。",
        "办理建议{COUNT:9件}（主办{COUNT:3件}、会办{COUNT:6件}）。",
        "处罚结果{COUNT:47条}（城管局{COUNT:20条}、质监局{COUNT:15条}、余{COUNT:12条}）。",
        "公开信息{COUNT:30条}：政策文件{COUNT:12条}，通报{COUNT:5期}，动态{COUNT:9条}。",
        "收到申请{COUNT:38件}，较上年多{COUNT:21件}，其中网络{COUNT:9件}、信函{COUNT:25件}、当面{COUNT:4件}。",
        "收到申请{COUNT:22件}：信函{COUNT:12件}、当面{COUNT:10件}；{AGENCY:清河乡政府}转来{COUNT:3件}也算在内。",
        "办结{COUNT:45件}，同意公开{COUNT:30件}、部分公开{COUNT:15件}，{COUNT:1件}转入次年。",
        "网站公开{COUNT:30条}，微信公开{COUNT:20条}，公示栏公开{COUNT:9条}。",
        "主动公开信息{COUNT:40条}：网站{COUNT:35条}，微信{COUNT:20条}，公示栏{COUNT:9条}。",
        "主要有{COUNT:30条}：政策文件{COUNT:12条}，动态{COUNT:9条}等。",
    ],
)
def test_lists_that_add_up_or_claim_no_completeness_are_left_alone(text: str):
    assert findings(report(f"PROACTIVE\t{text}"), "itemised-sum") == []


@pytest.mark.parametrize(
    ("rate", "expected"), [("75.7%", 0), ("75.8%", 0), ("76%", 0), ("75%", 0), ("77.5%", 1), ("70%", 1)]
)
def test_share_is_compared_to_the_places_it_is_given_with(rate: str, expected: int):
    text = f"全年公开{{COUNT:2615条}}，其中船舶计划{{COUNT:1980条}}，占{{COUNT:{rate}}}。"
    assert len(findings(report(f"PROACTIVE\t{text}"), "share-of-figures")) == expected


def test_share_of_a_whole_in_the_sentence_before_is_compared_where_the_words_join_them():
    whole = "PROACTIVE\t全年公开{COUNT:600条}。"
    assert len(findings(report(f"{whole}按载体分：网站{{COUNT:300条}}，占{{COUNT:54%}}。"), "share-of-figures")) == 1
    assert findings(report(f"{whole}按载体分：网站{{COUNT:300条}}，占{{COUNT:50%}}。"), "share-of-figures") == []
    assert findings(report(f"{whole}解读{{COUNT:300条}}，占{{COUNT:54%}}。"), "share-of-figures") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开{COUNT:318条}，较去年的{COUNT:275条}增长{COUNT:15.6%}。", 0),
        ("公开{COUNT:318条}，较去年的{COUNT:275条}增长{COUNT:16.5%}。", 1),
        ("公开{COUNT:906条}，比2015年净增{COUNT:211条}，增幅{COUNT:30.4%}。", 0),
        ("公开{COUNT:906条}，比2015年净增{COUNT:211条}，增幅{COUNT:23.3%}。", 1),
        ("收到{COUNT:141件}，上年同期{COUNT:168件}，减少{COUNT:27件}，降{COUNT:16.1%}。", 0),
        ("收到{COUNT:141件}，上年同期{COUNT:168件}，减少{COUNT:27件}，增长{COUNT:16.1%}。", 1),
        ("公开{COUNT:5.74万条}，同比净增{COUNT:1.9万条}，增长{COUNT:49.5%}。", 0),
        ("公开{COUNT:1846条}，同比增长{COUNT:23.7%}，其中网站{COUNT:1102条}。", 0),
        ("接待游客{COUNT:638.4万人次}、收入{COUNT:71.2亿元}，分别增长{COUNT:19.6%}和{COUNT:24.1%}。", 0),
    ],
)
def test_growth_is_compared_with_the_figures_of_both_years(text: str, expected: int):
    assert len(findings(report(f"PROACTIVE\t{text}"), "growth-rate")) == expected


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_percentages_rounded_from_their_figures_are_met(current: int, previous: int):
    now, then = Interval(Decimal(current), Decimal(current)), Interval(Decimal(previous), Decimal(previous))
    exact = Decimal(current) * 100 / Decimal(previous)
    rounded = round(exact, 1)
    stated = Interval(rounded - Decimal("0.1"), rounded + Decimal("0.1"))
    assert share(now, then).meets(stated)
    assert change(now, then).meets(Interval(stated.low - 100, stated.high - 100))


def test_two_totals_of_one_thing_are_found():
    found = findings(
        report(
            "OVERVIEW\t全年收到公开申请{COUNT:5件}。", "REQUESTS\t我局共收到政府信息公开申请{COUNT:6件}，均已答复。"
        ),
        "contradictory-figures",
    )
    assert [passages(finding) for finding in found] == [["5件", "6件"]]


@pytest.mark.parametrize(
    "second",
    [
        "收到申请{COUNT:9件}:网络{COUNT:5件},信函{COUNT:4件}。",
        "公开{COUNT:70条}，较去年下降{COUNT:8.2%}，共收到公开申请{COUNT:9件}。",
        "全年收到公开申请{COUNT:9件}，无结转。",
        # A part of the whole area is not more than it.
        "全县收到公开申请{COUNT:3件}。",
    ],
)
def test_total_is_one_whatever_stands_around_it(second: str):
    made = report("OVERVIEW\t全年收到公开申请{COUNT:5件}。", f"REQUESTS\t{second}")
    assert len(findings(made, "contradictory-figures")) == 1


@pytest.mark.parametrize(
    "second",
    [
        "我局共收到政府信息公开申请{COUNT:5件}。",
        "全县收到公开申请{COUNT:60件}。",
        "2021年收到公开申请{COUNT:9件}。",
        "收到网上申请{COUNT:3件}。",
        "收到口头咨询{COUNT:80件}。",
        "{AGENCY:县房管局}收到公开申请{COUNT:2件}。",
    ],
)
def test_figures_of_other_scope_time_or_thing_do_not_contradict(second: str):
    made = report("OVERVIEW\t全年收到公开申请{COUNT:5件}。", f"REQUESTS\t{second}")
    assert findings(made, "contradictory-figures") == []


def test_zero_in_words_against_a_count_is_found():
    made = report("OVERVIEW\t全年收到公开申请{COUNT:5件}。", "REQUESTS\t本年度没有收到政府信息公开申请。")
    assert len(findings(made, "zero-contradicted")) == 1


def test_zero_is_contradicted_by_a_part_too():
    made = report("REQUESTS\t县本级共受理政府信息公开申请{COUNT:5件}。", "REQUESTS\t本年度未收到政府信息公开申请。")
    assert len(findings(made, "zero-contradicted")) == 1


@pytest.mark.parametrize(
    "zero",
    ["未收到行政复议申请。", "没有超期答复的申请。", "有没有人申请？有。", "没有收到传真申请。", "本年度没有收费。"],
)
def test_zero_about_something_else_does_not_contradict(zero: str):
    made = report("REQUESTS\t全年收到公开申请{COUNT:5件}。", f"REQUESTS\t{zero}")
    assert findings(made, "zero-contradicted") == []


@pytest.mark.parametrize(
    "text",
    [
        "全年主动公开信息条，其中网站{COUNT:9条}。",
        "共公开 条。",
        "全年公开信息 条.其中网站{COUNT:9条}.",
        "收到申请 件，均已答复。",
        "公开信息****条。",
        "公开信息（此处填写数量）条。",
    ],
)
def test_measure_word_without_number_is_found(text: str):
    assert len(findings(report(f"PROACTIVE\t{text}"), "missing-number")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "依照《公开条例》公开。",
        "说明受理条件，方便群众。",
        "制作答复件，装订归档。",
        "逐条公开，逐条解释。",
        "公开条理清楚。",
        "主动公开信息{COUNT:12条}，网站{COUNT:9条}。",
    ],
)
def test_measure_word_in_other_words_is_no_gap(text: str):
    assert findings(report(f"PROACTIVE\t{text}"), "missing-number") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("答复率达{COUNT:120%}。", 1),
        ("答复率{COUNT:100%}。", 0),
        ("全年目标受理{COUNT:600件}，答复率{COUNT:122%}。", 1),
        ("办结数占年度目标{COUNT:122%}。", 0),
        ("同比增长{COUNT:120%}。", 0),
        ("完成率{COUNT:109.4%}。", 0),
    ],
)
def test_rate_above_the_whole_is_found(text: str, expected: int):
    assert len(findings(report(f"REQUESTS\t{text}"), "impossible-value")) == expected


@pytest.mark.parametrize(
    "words",
    ["收到" + "数量" * 60 + "甲", "收到" + "数量" * 5000, "1年" * 60 + "甲诉讼", "共" * 5000, "复议" * 3000],
    ids=["amounts", "many amounts", "years", "totals", "reviews"],
)
def test_words_repeated_without_end_before_a_figure_take_no_time(words: str):
    assert findings(report(f"REQUESTS\t{words}{{COUNT:3件}}申请。"), "contradictory-figures") == []
