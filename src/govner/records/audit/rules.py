"""The rules of the audit: what each is called, how grave it is, what it compares; how a finding is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from govner.records.schema import Evidence, Finding, Record, Severity
from govner.records.source import Source

Check = Callable[[Record, Source], list[Finding]]
YearsCheck = Callable[[Record, Record], list[Finding]]


@dataclass(frozen=True)
class Rule:
    """A rule of the audit.

    id (str): Its name in findings, in decisions and for switching it off.
    severity (str): "error": two passages cannot both be true; "warning": one of them very likely is a slip;
        "notice": worth a look.
    title, title_zh (str): What it finds, in a few words.
    description (str): What it compares, and what it leaves alone.
    """

    id: str
    severity: Severity
    title: str
    title_zh: str
    description: str


RULES: Final = (
    Rule(
        "requests-column-balance",
        "error",
        "Requests table: a column does not balance",
        "申请表列不平衡",
        "In each column of applicants, new requests + carried over = total of outcomes + carried forward "
        "(the 勾稽关系 printed in the national table).",
    ),
    Rule(
        "requests-outcomes-sum",
        "error",
        "Requests table: outcomes do not add up to their total",
        "申请表办理结果合计不符",
        "In each column, the outcomes (予以公开 to 其他处理) add up to （七）总计. Blank cells count for "
        "nothing; a column with an uncertain cell is left out.",
    ),
    Rule(
        "requests-row-sum",
        "error",
        "Requests table: applicants do not add up to the total of a row",
        "申请表行合计不符",
        "In each row, the six sorts of applicants add up to 总计.",
    ),
    Rule(
        "remedies-sum",
        "error",
        "Reviews and lawsuits: results do not add up to their total",
        "复议诉讼表合计不符",
        "In each block of the table, 结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计.",
    ),
    Rule(
        "narrative-requests-received",
        "error",
        "Requests received: text and table differ",
        "收到申请数图文不符",
        "Requests received as the text states them against 本年新收, all applicants; with those carried over where the "
        "sentence says so. Figures for the body itself, for one unit or for a part of the requests are left alone.",
    ),
    Rule(
        "narrative-carried-over",
        "error",
        "Requests carried over: text and table differ",
        "上年结转数图文不符",
        "Requests carried over from the year before, text against 上年结转.",
    ),
    Rule(
        "narrative-answered",
        "error",
        "Requests answered: text and table differ",
        "办结申请数图文不符",
        "Requests answered or settled, text against （七）总计; the same less those carried over is accepted, for "
        "texts that speak of the new ones alone.",
    ),
    Rule(
        "narrative-carried-forward",
        "error",
        "Requests carried forward: text and table differ",
        "结转下年数图文不符",
        "Requests carried forward to the next year, text against 结转下年度继续办理.",
    ),
    Rule(
        "narrative-reviews",
        "error",
        "Administrative reviews: text and table differ",
        "行政复议数图文不符",
        "Administrative reviews about disclosure, text against 行政复议 总计.",
    ),
    Rule(
        "narrative-lawsuits",
        "error",
        "Lawsuits: text and table differ",
        "行政诉讼数图文不符",
        "Lawsuits about disclosure, text against 未经复议直接起诉 + 复议后起诉; against one of the two where the "
        "sentence says so.",
    ),
    Rule(
        "itemised-sum",
        "warning",
        "Parts do not add up to the whole",
        "分项之和与总数不符",
        "A whole and its parts in one sentence (13件，含新制定5件、修改4件、废止4件; 许可549条、处罚7条，累计556条), "
        "where the parts exclude each other and the sentence claims all of them. A partial 其中 is left alone.",
    ),
    Rule(
        "share-of-figures",
        "warning",
        "A percentage differs from its two figures",
        "占比与数据不符",
        "A stated share (占28.4%) against the two figures of its sentence, to the places it is given with.",
    ),
    Rule(
        "growth-rate",
        "warning",
        "A growth rate differs from its two figures",
        "增长率与数据不符",
        "A stated change in percent (同比增长12.5%) against the figures of the two years in its sentence.",
    ),
    Rule(
        "year-of-another-report",
        "warning",
        "Text of another year",
        "正文年份与报告年度不符",
        "A sentence that tells what the body did in a year that is not the report's, in an annual report, without "
        "any comparison; and a plan for a year that is not the next one.",
    ),
    Rule(
        "period-outside-year",
        "warning",
        "The period of the figures is not the report's year",
        "统计期限与报告年度不符",
        "The stated period of the figures (统计期限) begins or ends in another year than the report's.",
    ),
    Rule(
        "impossible-date",
        "warning",
        "A date that does not exist",
        "日期不存在",
        "A month after December or a day its month does not have, such as 2月30日.",
    ),
    Rule(
        "published-early",
        "warning",
        "Published before its period ends",
        "发布日期早于统计期末",
        "An annual report dated or published before the period it reports on is over.",
    ),
    Rule(
        "published-late",
        "notice",
        "Published after 31 March",
        "发布日期晚于3月31日",
        "An annual report published after 31 March of the next year (《政府信息公开条例》 of 2007, article 31; of "
        "2019, article 50).",
    ),
    Rule(
        "year-conflict",
        "warning",
        "Two places name different years",
        "报告年度前后不一",
        "The title, the preamble (现将我局2016年度…报告如下) and the rest name different years as the report's own.",
    ),
    Rule(
        "missing-section",
        "warning",
        "A section of the national format is missing",
        "缺少规定章节",
        "Of the six sections of the national format (国办公开办函〔2019〕60号, 〔2021〕30号), one has no heading. Only "
        "where the other five are there.",
    ),
    Rule(
        "empty-section",
        "warning",
        "A section without text",
        "章节内容为空",
        "A heading directly followed by the next heading of its level or above.",
    ),
    Rule(
        "heading-number-repeated",
        "warning",
        "A heading number occurs twice",
        "标题序号重复",
        "Two headings of one level under one parent bear the same number.",
    ),
    Rule(
        "heading-number-skipped",
        "warning",
        "A heading number is skipped",
        "标题序号跳号",
        "Numbers of the headings of one level under one parent leave one out.",
    ),
    Rule(
        "contradictory-figures",
        "error",
        "Two figures for one thing",
        "同一指标前后数据不一致",
        "Two statements of the same total, for the same period and scope, that give different numbers.",
    ),
    Rule(
        "zero-contradicted",
        "error",
        "Said to be none, but there are some",
        "零情况表述与数据矛盾",
        "A statement in words that there was none (没有收到申请) against a count in the text or a table.",
    ),
    Rule(
        "missing-number",
        "warning",
        "A number is missing",
        "数字缺失",
        "A measure word without its number (公开信息 条) or a placeholder left in the text.",
    ),
    Rule(
        "impossible-value",
        "error",
        "A value that cannot be",
        "数值不可能",
        "A share or rate above 100%, a negative count, a fraction of a request.",
    ),
    Rule(
        "documents-in-force-balance",
        "warning",
        "Documents in force do not follow from the year before",
        "现行有效件数与上年不衔接",
        "Across two years: in force now = in force the year before + issued - repealed, for 规章 and 行政规范性文件 "
        "(format of 2021 only).",
    ),
    Rule(
        "carried-between-years",
        "error",
        "Requests carried over differ from the year before",
        "结转数与上年不衔接",
        "Across two years: 上年结转 = 结转下年度继续办理 of the year before, in each column that both tables state.",
    ),
)

RULE_IDS: Final = frozenset(rule.id for rule in RULES)
_BY_ID: Final = {rule.id: rule for rule in RULES}


def make_finding(
    rule: str, message: str, message_zh: str, evidence: Iterable[Evidence], **numbers: Decimal | None
) -> Finding:
    """Make a finding with the severity of its rule.

    rule (str): Id of a rule.
    message, message_zh (str): One sentence that names the numbers.
    evidence (Iterable[Evidence]): The passages that disagree.
    numbers (Decimal | None): The numbers compared, by name.
    RETURNS (Finding): The finding, open.
    """
    return Finding(
        rule=rule,
        severity=_BY_ID[rule].severity,
        message=message,
        message_zh=message_zh,
        numbers=numbers,
        evidence=tuple(evidence),
    )


def rules_table() -> str:
    """The rules as a page in Markdown.

    RETURNS (str): The content of `docs/audit.md`.
    """
    lines = [
        "# Rules of the audit",
        "",
        "What `govner.records.audit` looks for. Each finding names its rule, its numbers and the passages that",
        "disagree, with offsets into the text of the report. An *error* is two passages that cannot both be true, a",
        "*warning* very likely a slip, a *notice* worth a look. Any rule can be switched off by its id.",
        "",
        "| id | severity | finds | 中文 | what it compares |",
        "|---|---|---|---|---|",
    ]
    lines += [f"| `{r.id}` | {r.severity} | {r.title} | {r.title_zh} | {r.description} |" for r in RULES]
    return "\n".join(lines) + "\n"
