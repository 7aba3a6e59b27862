"""Errors that are planted are found; the page of the rules is up to date."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_reports import findings, national, report
from govner.corpus.inline import format_report, parse_report
from govner.errors import InputError
from govner.records.audit.edits import rewrite
from govner.records.audit.engine import CHECKS, YEARS_CHECKS
from govner.records.audit.planting import PLANTERS, plant
from govner.records.audit.rules import RULE_IDS, RULES, rules_table
from strategies import reports as annotated_reports

SAID = "我局新收申请{COUNT:13件}，上年结转{COUNT:1件}，办结{COUNT:13件}，结转下年{COUNT:1件}。答复率{COUNT:100%}。"
FREE = (
    "PREAMBLE\t现将我局2022年政府信息公开情况报告如下，统计期限为2022年1月1日至2022年12月31日。",
    "PROACTIVE\t一、主动公开情况",
    "PROACTIVE\t全年主动公开信息{COUNT:40条}：政策文件{COUNT:12条}，动态{COUNT:25条}，财政{COUNT:3条}。",
    "PROACTIVE\t政策文件{COUNT:12条}中解读{COUNT:6条}，占{COUNT:50%}。3月12日集中发布信息{COUNT:9条}。",
    "REQUESTS\t二、依申请公开情况",
    "REQUESTS\t2022年，我局收到申请{COUNT:5件}。",
    "REQUESTS\t均已答复。",
    "FEES\t三、收费情况",
    "FEES\t未收取费用。",
    "PROBLEMS\t四、存在的问题",
    "PROBLEMS\t解读偏少。",
)
AMONG_TABLES = [
    rule for rule in PLANTERS if rule.startswith(("requests-", "remedies-", "narrative-", "missing-section"))
]


def test_every_rule_has_a_check_and_a_planter():
    assert set(CHECKS) | set(YEARS_CHECKS) == RULE_IDS == set(PLANTERS)
    assert len(RULES) == len(RULE_IDS)


def test_page_of_the_rules_is_up_to_date(pytestconfig: pytest.Config):
    assert (pytestconfig.rootpath / "docs" / "audit.md").read_text(encoding="utf-8") == rules_table()


@pytest.mark.parametrize("rule", sorted(set(CHECKS) - set(AMONG_TABLES) - {"share-of-figures"}))
def test_error_planted_in_free_form_is_found_where_it_is(rule: str):
    assert findings(report(*FREE)) == []
    made = report(*FREE, "REQUESTS\t答复率{COUNT:100%}。")
    planted = plant(made, rule, Random(3))
    assert planted is not None
    found = findings(planted.report, rule)
    passages = [passage for finding in found for passage in finding.evidence]
    assert any(passage.start <= planted.end and planted.start <= passage.end for passage in passages)


@pytest.mark.parametrize(
    "rule", [rule for rule in AMONG_TABLES if rule not in ("narrative-reviews", "narrative-lawsuits")]
)
def test_error_planted_in_tables_is_found(rule: str):
    planted = plant(national(SAID), rule, Random(5))
    assert planted is not None
    assert findings(planted.report, rule)


def test_no_place_for_an_error_is_none_and_no_rule_an_input_error():
    assert plant(report("PROACTIVE\t工作有序。"), "remedies-sum", Random(1)) is None
    with pytest.raises(InputError, match="no audit rule"):
        plant(report("PROACTIVE\t工作有序。"), "sums", Random(1))


@given(annotated_reports(), st.sampled_from(sorted(PLANTERS)), st.integers(0, 5))
def test_planting_leaves_the_report_alone_and_gives_a_report_of_the_format(made, rule, seed):
    before = format_report(made)
    planted = plant(made, rule, Random(seed))
    assert format_report(made) == before
    if planted is not None:
        assert parse_report(format_report(planted.report)).text == planted.report.text


def test_mentions_move_along_with_the_words_before_them():
    made = report("PROACTIVE\t公开{COUNT:9条}，转载{COUNT:3条}。")
    changed, start, end = rewrite(made, 1, 2, 4, "1200条", "COUNT")
    paragraph = changed.paragraphs[1]
    assert [paragraph.text[m.start : m.end] for m in paragraph.mentions] == ["1200条", "3条"]
    assert changed.text[start:end] == "1200条"


@given(annotated_reports())
def test_any_text_can_be_audited_and_passages_stand_where_findings_say(made):
    findings(made)
