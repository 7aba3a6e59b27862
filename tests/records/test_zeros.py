"""Clauses that deny what is counted are zeros; rules, questions, rows of tables and other denials are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from govner.corpus.inline import parse_report
from govner.corpus.reader import report_to_doc
from govner.records.facts.zeros import find_zeros
from govner.records.source import Paragraph, Source, read_source
from strategies import any_texts

VOCAB = Vocab()


def zeros(*lines: str) -> list[tuple[str, str]]:
    """Metric and clause of the zeros of annotated lines."""
    text = "---\nid: a\nissuer: b\nyear: 2016\n---\n" + "\n".join(lines)
    source = read_source(report_to_doc(parse_report(text), VOCAB))
    return [(zero.metric, source.text[zero.start : zero.end]) for zero in find_zeros(source)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("REQUESTS	本年度没有收到公开申请。", ["requests_received"]),
        ("LITIGATION	未发生行政复议、行政诉讼。", ["reviews", "lawsuits"]),
        ("LITIGATION	诉讼无，复议也没有。", ["lawsuits", "reviews"]),
        ("LITIGATION	行政复议,行政诉讼:都没有.", ["reviews", "lawsuits"]),
        ("LITIGATION	没打官司。", ["lawsuits"]),
        ("LITIGATION	收到举报{COUNT:2件}，复议0。", ["reviews"]),
        ("FEES	未收取任何费用。", ["fees_charged"]),
        ("FEES	没收钱。", ["fees_charged"]),
        ("FEES	收费：0。", ["fees_charged"]),
        ("FEES	{COUNT:5件}均未收取检索费。", ["fees_charged"]),
        ("FEES	依申请公开全部免费。", ["fees_charged"]),
        ("OVERVIEW	公开工作实现“零投诉”。", ["complaints"]),
    ],
)
def test_denied_things_are_zeros(line: str, expected: list[str]) -> None:
    assert [metric for metric, _ in zeros(line)] == expected


def test_a_bare_denial_is_of_what_its_heading_names() -> None:
    assert zeros("LITIGATION	五、行政复议和诉讼情况", "LITIGATION	无。") == [
        ("reviews", "无"),
        ("lawsuits", "无"),
    ]
    assert zeros("FEES	收费及减免情况：", "LITIGATION	五、复议、诉讼。没有发生。") == [
        ("reviews", "没有发生"),
        ("lawsuits", "没有发生"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "REQUESTS	未按时答复申请的，应当说明理由。",
        "FEES	不得收取费用。",
        "FEES	严禁没收财物。",
        "REQUESTS	有没有人申请？有。",
        "REQUESTS	如无申请，请填写“0”。",
        "LITIGATION	不予公开的，申请人未起诉。",
        "LITIGATION	未收到申请{COUNT:0件}。",
        "LITIGATION	行政复议 结果维持 结果纠正 尚未审结 总计 0 0 0 0 0",
        "PROACTIVE	无行政强制、收费事项清单变动。",
        "PROBLEMS	没有收到申请。",
    ],
)
def test_other_denials_are_no_zeros_of_requests_and_fees(line: str) -> None:
    assert not {"requests_received", "fees_charged", "reviews", "lawsuits"} & {metric for metric, _ in zeros(line)}


words = st.sampled_from(
    ["没有", "无", "未", "行政复议", "诉讼", "申请", "收费", "，", "。", "0", " ", "免费", "、", "均", "收到"]
)


@given(st.lists(st.one_of(words, any_texts), max_size=20), st.sampled_from(["FEES", "LITIGATION", "PROACTIVE"]))
def test_zeros_are_clauses_of_the_text(parts: list[str], label: str) -> None:
    text = "".join(parts).replace("\n", " ")
    source = Source(text, (Paragraph(0, len(text), text, label, 0, None, ()),), ())
    for zero in find_zeros(source):
        assert 0 <= zero.start < zero.end <= len(text)
        assert not text[zero.start : zero.end].isspace()
