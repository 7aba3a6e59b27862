"""Totals that a report states in so many words, with what they are counted of.

A figure counts here only if the words before it leave no doubt that it is the total: 全年共收到公开申请12件, but not
网络申请12件, 市房产局收到12件, 上半年收到12件 or 按期答复12件.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from govner.records.audit.memory import remember_last
from govner.records.facts.numerals import read_number
from govner.records.schema import Evidence, Fact, Record
from govner.records.source import Source

_FILL: Final = (
    r"(?:的|了|到|各类|政府|政务|信息|公开|依|申请|书面|公民|法人|其[他它]组织|群众|社会|各级|有效|正式|要求|提出|人|和|、|或|及|方面|事项|总|数|量"
    r"|案件|件数|共|共计|合计|总计|累计|为|是|有|[:：]|\s)*"
)
# A longer clause is no sentence, and the patterns would take long over it.
_LONGEST_CLAUSE: Final = 200
_ANY: Final = f".{{0,{_LONGEST_CLAUSE}}}"
# How far on either side of a figure its sentence counts: a page without a full stop is one sentence.
_REACH: Final = 1000
_BEGIN: Final = (
    rf"(?:^|{_ANY}[，,。；;：:、（(\s]"
    rf"|{_ANY}(?:共|全年|年度?|本年|[局市县区镇乡旗盟州省厅委院校办机关]|已|均|期|内|公开))"
)
# Reviews and lawsuits about disclosure, not about houses or land.
_ABOUT: Final = r"[行政因由府信息公开引起发生收到提被本全年度共我局市县区办委镇乡涉及的产申请新增、务\s\d]{0,200}"
_CASES: Final = r"(?:申请|案件|案|工作|情况)*(?:的|数量?|总数|总计|共|共计|为|有|发生|收到|受理|[:：]|\s)*"
_PATTERNS: Final = {
    "requests_received": re.compile(
        rf"{_BEGIN}(?:共计?|总共|累计|合计|本年度?|全年|年内|新|已){{0,6}}(?:收到|接到|接收到?|受理|新收|接受|登记受理|收悉|收件){_FILL}"
    ),
    "requests_carried_over": re.compile(
        rf"{_ANY}(?:上|上一|去|前一|20\d\d)年度?(?:结转|转来|转入|遗留|未办结)(?:的|至|到|本年度?|今年|政府信息公开|公开|申请|办理|数量?|[:：]|\s)*"
    ),
    "requests_carried_forward": re.compile(
        rf"{_ANY}(?:结转|转入|转)(?:至|到|入)?(?:下一?年|次年|明年|20\d\d年)(?:度)?(?:继续|办理|办结|答复|的|申请|数量?|[:：]|\s)*"
    ),
    "requests_answered": re.compile(
        rf"{_BEGIN}(?:共计?|总共|全年|年内|均?已|全部|合计){{0,6}}(?:办结|答复|办复|办理完毕){_FILL}"
    ),
    "reviews": re.compile(rf"{_ABOUT}复议{_CASES}"),
    "lawsuits": re.compile(
        rf"{_ABOUT}(?:(?:行政)?复议[、和与及]?)?(?:未经复议|复议后|直接|提起|行政){{0,4}}(?:诉讼|应诉|起诉){_CASES}"
    ),
    "proactive_total": re.compile(
        rf"{_ANY}(?:全年|共计?|本年度?|年度|年内)(?:度|内)?(?:我[局市县区]|全[市县区])?(?:共计?|累计)?主动公开(?:的|各类|政府|政务|信息|工作|总|数量?|量|共|共计|合计|为|达|[:：]|\s)*"
    ),
}
# The measure word is followed by what it is: 3件行政复议, 余6件结转下年.
_BEHIND: Final = {
    "requests_carried_forward": re.compile(
        r"\s{0,20}(?:申请)?(?:将|均|按规定|依法)?(?:结转|转入)(?:至|到)?(?:下一?年|次年|明年|20\d\d年)"
    ),
    "reviews": re.compile(r"(?:因?政府信息公开)?(?:引起|引发)?的?行政复议(?:案件|申请)?(?:[，,。；;、]|\s*$)"),
    "lawsuits": re.compile(r"(?:因?政府信息公开)?(?:引起|引发)?的?行政诉讼(?:案件)?(?:[，,。；;]|\s*$)"),
}
# Part of the requests of the year.
_SHARE: Final = re.compile(
    r"网[上络站]|信函|来[信函]|邮[寄件箱]|挂号|当面|现场|窗口|上门|传真|平台|系统|微信|本级|县直|区直|市直|办公室|其中"
)
# Another time, another thing.
_OTHER: Final = re.compile(
    r"口头|电话|咨询|占|上半年|下半年|季度|月份|\d月|截至|每|平均|最多|首|第[一二三四]|历年|以来|近[两三四五]年|同比|[比较][上去]|要求|力争|不少于"
    r"|建议|提案|信访|投诉|举报|意见|留言|来电|热线|超期|逾期|延期|按时|按期|重复|撤[回销]|维持|纠|驳|败诉|胜诉|出庭|一审|二审|再审|听证|审结|结案"
)
_REQUEST_TAIL: Final = re.compile(
    r"[^，,。；;：:（(、]{0,6}?(?:网[上络]|信函|邮件|当面|口头|电话|咨询|传真|投诉|举报|信访|建议|提案|意见|留言|来电|来信)"
)
# 复议诉讼：1件复议…: what is counted stands behind the figure.
_OTHER_REMEDY: Final = {
    "reviews": re.compile(r"\s{0,20}(?:行政)?(?:诉讼|应诉)"),
    "lawsuits": re.compile(r"\s{0,20}(?:行政)?复议"),
}
# A word without which it is no figure of reviews or lawsuits.
_REMEDY_WORDS: Final = {"reviews": re.compile("复议"), "lawsuits": re.compile("诉讼|应诉|起诉")}
_ON_CHANNEL: Final = re.compile(r"网|平台|栏|公报|报|微")
_REQUEST_KINDS: Final = ("mode", "topic", "applicant")
# 较去年下降8.2% is done with; what follows is about the report's year again.
_COMPARED: Final = re.compile(
    r"(?:同比|[比较与](?:[上去]一?年|前年|20\d\d\s?年)(?:度|同期|相比)*)[，,]?(?:的)?[^，,。；;、（(]{0,8}?"
    r"(?:增|减|升|降|多|少|持平|翻)[^，,。；;、（(]{0,12}"
)
_LAST_YEAR: Final = re.compile(r"去年|上年(?!度?结转|度?转)|上一年(?!度?结转)|前年|(20\d\d)\s?年")
_UNITS: Final = frozenset("件宗份条起项例次个")
_SETTLED: Final = re.compile(r"办结|答复|办复")
_DIRECT: Final = re.compile(r"(?:未经复议)?直接(?:提起)?(?:行政)?(?:起诉|诉讼)")
_AFTER: Final = re.compile(r"复议后")
_DIRECT_OR_AFTER: Final = re.compile(rf"{_DIRECT.pattern}|{_AFTER.pattern}")
_WITH_CARRIED: Final = re.compile("(?<!无)结转(?!(?:至|到|入)?(?:下|次|明|20))|[上去]年度?转来")
# Behind a figure a list goes on at once: 5件、上年结转2件, 5件申请、….
_FIRST: Final = 4
_BREAK: Final = re.compile(r"[，,。；;！!？?\n（(）)]|\.(?!\d)")
_SECTIONS: Final = ("REQUESTS", "LITIGATION", "OVERVIEW", "PROACTIVE", "META", "OTHER")
# Rows of the statistical form of 2014 (国办发〔2014〕32号).
_FORM: Final = (
    (
        "proactive_total",
        re.compile(r"主动公开政府信息数[^\n\d]{0,32}?[\s|｜]*(?:条[\s|｜]*)?(?P<n>\d[\d,]*)\s*条?(?=[\s|｜]|$)"),
    ),
    ("requests_received", re.compile(r"收到申请数[\s|｜]*(?:件[\s|｜]*)?(?P<n>\d[\d,]*)\s*件?(?=[\s|｜]|$)")),
    ("reviews", re.compile(r"行政复议数量[\s|｜]*(?:件[\s|｜]*)?(?P<n>\d[\d,]*)\s*件?(?=[\s|｜]|$)")),
    ("lawsuits", re.compile(r"行政诉讼数量[\s|｜]*(?:件[\s|｜]*)?(?P<n>\d[\d,]*)\s*件?(?=[\s|｜]|$)")),
)
_FORM_HEAD: Final = re.compile(r"统\s*计\s*指\s*标|统计表|统\s*计\s*数")


@dataclass(frozen=True)
class Statement:
    """A total that is stated.

    metric (str): An id of `data/metrics.tsv`.
    value (Decimal): Its number.
    evidence (Evidence): The figure; sentence (Evidence): Where it stands.
    base (str): For lawsuits "direct", "after review" or "all"; for requests received "new" where it says so, "with
        carried over" where the sentence speaks of these too; else "all".
    in_form (bool): A row of the statistical form rather than text.
    in_part (bool): Of some ways to apply or some bodies only.
    """

    metric: str
    value: Decimal
    evidence: Evidence
    sentence: Evidence
    base: str = "all"
    in_form: bool = False
    in_part: bool = False


def find_statements(record: Record, source: Source) -> list[Statement]:
    """Find the totals a report states for its own year.

    record, source: The report.
    RETURNS (list[Statement]): In order of the text, those of the form last.
    """
    return [one for one in find_all_statements(record, source) if not one.in_part]


@remember_last
def find_all_statements(record: Record, source: Source) -> list[Statement]:
    """Find the totals as `find_statements`, and those of some ways to apply or some bodies alone."""
    found: list[Statement] = []
    end = 0
    for fact in record.facts:
        if fact.is_zero_statement:
            continue
        may_be_total = fact.bound == "exact" and fact.unit in _UNITS and fact.section in _SECTIONS
        if may_be_total and (metrics := _metrics_of(fact.metric)):
            found += _read(fact, metrics, end, record, source)
        end = max(end, fact.evidence.end)
    return found + list(_read_form(source))


def _read(fact: Fact, metrics: Sequence[str], done: int, record: Record, source: Source) -> Iterator[Statement]:
    """The total that a figure is, if it is one; the figures before it end at `done`."""
    if fact.value is None:
        return
    start, sentence_end = source.sentence_at(fact.evidence.start)
    counted, start = done > start, max(done, start)
    lead = source.text[start : fact.evidence.start]
    tail = source.text[fact.evidence.end : min(sentence_end, fact.evidence.end + _REACH)]
    metrics = [metric for metric in metrics if _agrees(metric, fact, lead, tail)]
    if not metrics:
        return
    clause = _BREAK.split(lead)[-1]
    if len(clause) == len(lead):
        # 新收5件、上年结转2件 gives two totals, 三家受理91件 none.
        stop = clause.rfind("、") if counted and "、" in clause[:_FIRST] else -1
        if counted and stop < 0:
            return
        clause = clause[stop + 1 :]
    if clause.startswith("其中") and _DIRECT_OR_AFTER.match(clause, 2):
        clause = clause[2:]
    if (
        len(clause) > _LONGEST_CLAUSE
        or _OTHER.search(clause)
        or _speaks_of_other_year(
            source.text[max(fact.sentence.start, fact.evidence.start - _REACH) : fact.evidence.start], record
        )
    ):
        return
    if source.mentions_in(fact.evidence.start - len(clause), fact.evidence.start, "AGENCY", "CHANNEL"):
        return
    for metric in metrics:
        behind = _BEHIND.get(metric)
        if not _PATTERNS[metric].fullmatch(clause) and not (behind and behind.match(tail)):
            continue
        other = _OTHER_REMEDY.get(metric)
        if other is not None and other.match(tail):
            continue
        # 办结当年新收的12件 is about what was settled.
        if metric == "requests_received" and _SETTLED.search(clause):
            continue
        # 答复：公开6件 is an outcome.
        if metric == "requests_answered" and clause.rstrip().endswith("公开"):
            continue
        if metric.startswith("requests") and _REQUEST_TAIL.match(tail):
            continue
        base = _base(metric, fact.sentence.text, clause)
        yield Statement(metric, fact.value, fact.evidence, fact.sentence, base, in_part=bool(_SHARE.search(clause)))
        return


@cache
def _metrics_of(metric: str) -> tuple[str, ...]:
    """The totals that a figure of a class may be."""
    if metric == "other":
        return tuple(_REMEDY_WORDS)
    if metric.startswith("requests"):
        return () if metric.endswith(_REQUEST_KINDS) else tuple(one for one in _PATTERNS if one.startswith("requests"))
    return tuple(one for one in _PATTERNS if metric == one or (one in _REMEDY_WORDS and metric.startswith(one)))


def _agrees(metric: str, fact: Fact, lead: str, tail: str) -> bool:
    """Whether the section and the words beside a figure allow the metric."""
    if metric in _REMEDY_WORDS:
        return _REMEDY_WORDS[metric].search(lead + tail) is not None
    if metric == "proactive_total":
        return not _ON_CHANNEL.search(lead)
    return fact.section == "REQUESTS" or "申请" in lead


def _speaks_of_other_year(lead: str, record: Record) -> bool:
    years = [match[1] for match in _LAST_YEAR.finditer(_COMPARED.sub("", lead))]
    return bool(years) and years[-1] != str(record.identity.year)


def _base(metric: str, sentence: str, clause: str) -> str:
    if metric == "lawsuits":
        return "direct" if _DIRECT.search(clause) else "after review" if _AFTER.search(clause) else "all"
    if metric != "requests_received":
        return "all"
    return "new" if "新" in clause else "with carried over" if _WITH_CARRIED.search(sentence) else "all"


def _read_form(source: Source) -> Iterator[Statement]:
    heads = [match.start() for match in _FORM_HEAD.finditer(source.text)]
    if not heads:
        return
    for metric, pattern in _FORM:
        match = pattern.search(source.text, heads[-1])
        value = read_number(match["n"]) if match else None
        if match is not None and value is not None:
            row = source.evidence(*match.span())
            yield Statement(metric, value, source.evidence(*match.span("n")), row, in_form=True)
