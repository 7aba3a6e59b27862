"""Figures become facts: metric, period, scope, channel, total, evidence; zeros said in words too."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from spacy.vocab import Vocab

from govner.corpus.inline import parse_report
from govner.corpus.reader import report_to_doc
from govner.records.facts.metrics.classifier import OTHER, MetricClassifier, load_classifier, metrics
from govner.records.facts.reader import read_facts
from govner.records.schema import Fact
from govner.records.source import read_source

REPORT = """META\t{AGENCY:青禾县水务局}2017年政府信息公开工作年度报告
PROACTIVE\t二、主动公开政府信息情况
PROACTIVE\t全年主动公开政府信息{COUNT:742条}，其中通过{CHANNEL:局网站}公开{COUNT:700条}，通过{CHANNEL:微信公众号}公开{COUNT:42条}。
PROACTIVE\t历年累计公开{COUNT:1.2万余条}。
REQUESTS\t三、依申请公开政府信息情况
REQUESTS\t全年收到政府信息公开申请{COUNT:14件}。按方式分，当面申请{COUNT:9件}，网络申请{COUNT:5件}。
LITIGATION\t四、行政复议、行政诉讼情况
LITIGATION\t未发生因政府信息公开引起的行政复议和行政诉讼。
PLANS\t明年将举办培训{COUNT:不少于2期}。
"""


@pytest.fixture(scope="module")
def facts() -> tuple[Fact, ...]:
    return read_facts(read_source(report_to_doc(parse_report(REPORT), Vocab())))


def test_every_figure_and_stated_zero_is_a_fact_in_order(facts: tuple[Fact, ...]) -> None:
    assert [str(fact.value) for fact in facts] == ["742", "700", "42", "12000", "14", "9", "5", "0", "0", "2"]
    assert [fact.evidence.start for fact in facts] == sorted(fact.evidence.start for fact in facts)


def test_evidence_is_the_text_at_its_offsets(facts: tuple[Fact, ...]) -> None:
    text = parse_report(REPORT).text
    for fact in facts:
        for passage in (fact.evidence, fact.sentence, fact.channel):
            assert passage is None or text[passage.start : passage.end] == passage.text
        assert fact.sentence.start <= fact.evidence.start < fact.evidence.end <= fact.sentence.end


def test_metrics_tell_totals_from_their_parts(facts: tuple[Fact, ...]) -> None:
    found = [fact.metric for fact in facts]
    assert found[:4] == ["proactive_total", "proactive_by_channel", "proactive_by_channel", "proactive_cumulative"]
    assert found[4:7] == ["requests_received", "requests_by_mode", "requests_by_mode"]
    assert found[7:9] == ["reviews", "lawsuits"]


def test_parts_know_their_total_and_their_channel(facts: tuple[Fact, ...]) -> None:
    assert [fact.parent for fact in facts[:7]] == [None, 0, 0, None, None, 4, 4]
    assert [fact.channel and fact.channel.text for fact in facts[:3]] == [None, "局网站", "微信公众号"]


def test_period_and_bounds_are_read(facts: tuple[Fact, ...]) -> None:
    assert (facts[3].period, facts[3].lower, facts[3].upper) == ("cumulative", Decimal(12000), None)
    assert (facts[0].period, facts[0].lower, facts[0].upper) == ("year", Decimal(742), Decimal(742))
    assert (facts[9].period, facts[9].bound) == ("next", "at least")


def test_stated_zeros_are_told_from_figures(facts: tuple[Fact, ...]) -> None:
    zeros = [fact for fact in facts if fact.is_zero_statement]
    assert len(zeros) == 2
    assert {zero.sentence.text for zero in zeros} == {"未发生因政府信息公开引起的行政复议和行政诉讼。"}


def test_report_without_figures_has_no_facts() -> None:
    assert read_facts(read_source(report_to_doc(parse_report("META\t公告\n"), Vocab()))) == ()


def test_there_are_enough_metrics_and_the_classifier_knows_them_all() -> None:
    assert len(metrics()) >= 45
    assert load_classifier().labels == (*(metric.id for metric in metrics()), OTHER)
    assert load_classifier().weights.shape[1] == len(metrics()) + 1


def test_classifier_comes_back_from_its_file(tmp_path: Path) -> None:
    classifier = MetricClassifier(["u:条", "C:网站"], np.eye(3, len(metrics()) + 1, dtype=np.int8) * 9, 0.5)
    classifier.save(tmp_path / "metrics.npz")
    figures = [{"u:条"}, {"C:网站", "unknown"}, set()]
    assert MetricClassifier.load(tmp_path / "metrics.npz").predict(figures) == classifier.predict(figures)
    assert [label for label, _ in classifier.predict(figures[:2])] == [metrics()[0].id, metrics()[1].id]
