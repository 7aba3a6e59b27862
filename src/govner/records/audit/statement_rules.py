"""Rules about single statements: contradictions within the text, missing numbers, values that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import Final

from govner.records.audit.rules import Check, make_finding
from govner.records.audit.statements import Statement, find_all_statements, find_statements
from govner.records.schema import Evidence, Fact, Finding, Record
from govner.records.source import Source

_NAMES: Final = {
    "requests_received": ("requests received", "收到申请"),
    "requests_carried_over": ("requests carried over", "上年结转申请"),
    "requests_answered": ("requests answered", "办结申请"),
    "requests_carried_forward": ("requests carried forward", "结转下年申请"),
    "reviews": ("administrative reviews", "行政复议"),
    "lawsuits": ("lawsuits", "行政诉讼"),
    "proactive_total": ("items disclosed", "主动公开信息"),
    "complaints": ("complaints", "举报投诉"),
}
_WHOLE: Final = re.compile(r"全[市县区省州盟旗镇乡]|各级|三级|全系统")
_PARTIAL_ZERO: Final = re.compile(
    r"超期|逾期|延期|当面|网[上络]|传真|信函|邮|重复|撤|收费|败诉|纠|本级|局机关|镇|乡|补正|上半年|季度|其[他它]|涉密|个人|企业|不予|因.{0,4}收费|去年|上年"
)
# 未收到行政复议申请 denies no request; 有没有人申请？ denies nothing.
_OTHER_ZERO: Final = {"requests_received": re.compile(r"复议|诉讼|起诉|再审|举报|投诉|有没有|是否|费|减免|结转")}
_QUESTION: Final = re.compile(r"有没有|有无|是否|吗|？|\?")
# Cells that a zero said in words is about.
_TABLE_PLACES: Final = {
    "requests_received": (("new", "total"),),
    "requests_carried_over": (("carried_in", "total"),),
    "requests_carried_forward": (("carried_out", "total"),),
    "reviews": (("review", "total"),),
    "lawsuits": (("direct_suit", "total"), ("suit_after_review", "total")),
}
# A measure word that ends its clause, and what must stand before it if its number is missing: 主动公开条，
# 共公开信息 条。 收到申请 件； (此处填写数量)条, ****条; but not 公开条例, 受理条件, 答复件, 逐条公开.
# Before it stands white space or the end of one of the words below.
_MEASURE: Final = re.compile(
    r"(?P<gap>[条件篇次份个宗])(?<=[\s开布送传新类关府务作动息件态共计达约到理接结请的）)×*＊_＿Xx].)(?=\s*(?:[，,。；;：:、（()）]|\.(?!\d)|以上|左右|其中|$))",
    re.MULTILINE,
)
_BEFORE_GAP: Final = (
    (
        "条篇",
        re.compile(
            r"(?:公开|发布|推送|上传|更新)(?:各类|相关|有关|政府|政务|工作|主动)*(?:信息|文件|稿件|动态)?"
            r"(?:共计?|累计|达|约)?[ \t\u3000]*\Z"
        ),
    ),
    ("件条宗", re.compile(r"(?:收到|受理|接到|办结|共|共计|总计|合计|累计)(?:政府|信息|公开|申请|的)*[ \t\u3000]*\Z")),
    (
        "条件篇次份个",
        re.compile(
            r"(?:[（(]\s{0,20}(?:此处)?(?:填写|填入|请填)[^（()）]{0,10}[）)]|[×*＊]{2,6}|_{2,24}|＿{2,24}|[Xx]{2,4})"
            r"[ \t\u3000]*\Z"
        ),
    ),
)
_LOOK_BACK: Final = 24
_NO_GAP: Final = re.compile(r"逐|每|原|附|此|该|本|各|一[条件]|回收|来|收发")
_RATE_WORD: Final = re.compile(
    r"(?:公开率|答复率|办结率|办复率|满意率|满意度|覆盖率|合格率|及时率|准确率|知晓率|公示率|回复率|占比|占(?:总数|总量|全部|其)?[^，,。；;]{0,6})(?:为|达|达到|是|超过|均为|均达|[:：]|\s)*$"
)
_CLAUSE: Final = re.compile(r"[，,。；;\n]")
_GROWTH_WORD: Final = re.compile(r"增|超额|完成率|计划|预算|目标|年度任务")
_NEGATIVE: Final = re.compile(
    r"(?:收到|受理|公开|办结|答复|发布|申请|复议|诉讼)[^\d，,。；;]{0,6}[-－−](?P<n>\d+)\s?[件条宗次篇](?!\d)"
)
_HUNDRED: Final = Decimal(100)


def check_contradiction(record: Record, source: Source) -> list[Finding]:
    """Two statements of one total give different numbers."""
    findings = []
    stated = find_statements(record, source)
    for metric in dict.fromkeys(one.metric for one in stated):
        same = [one for one in stated if one.metric == metric and one.base != "with carried over"]
        for first, second in combinations(_different(same), 2):
            if first.value == second.value or not _same_scope(first, second) or not _same_base(first, second):
                continue
            english, chinese = _NAMES[metric]
            findings.append(
                make_finding(
                    "contradictory-figures",
                    f"The report states both {first.value} and {second.value} for {english}.",
                    f"{chinese}数前后不一致：一处为{first.value}，另一处为{second.value}。",
                    (first.evidence, second.evidence),
                    first=first.value,
                    second=second.value,
                )
            )
            break
    return findings


def check_zero(record: Record, source: Source) -> list[Finding]:
    """It is said that there was none, but a count or a table has some."""
    zeros = [fact for fact in record.facts if _is_plain_zero(fact)]
    if not zeros:
        return []
    stated = find_all_statements(record, source)
    findings = []
    for zero in zeros:
        for value, passage in _opposed(zero, stated, record):
            english, chinese = _NAMES[zero.metric]
            findings.append(
                make_finding(
                    "zero-contradicted",
                    f"The text says that there were no {english}, but elsewhere gives {value}.",
                    f"文字表述没有{chinese}，另一处数据为{value}。",
                    (zero.evidence, passage),
                    stated=Decimal(0),
                    found=value,
                )
            )
            break
    return findings


def check_missing_number(record: Record, source: Source) -> list[Finding]:
    """A measure word has lost its number, or a placeholder was left."""
    findings = []
    for match in _MEASURE.finditer(source.text):
        lead = source.text[max(0, match.start() - _LOOK_BACK) : match.start()]
        before = next(
            (found for units, pattern in _BEFORE_GAP if match["gap"] in units and (found := pattern.search(lead))), None
        )
        if before is None or _NO_GAP.search(lead[max(0, before.start() - 3) : before.start()]):
            continue
        paragraph = source.paragraph_at(match.start())
        if paragraph is None or paragraph.label in ("META", "NOISE"):
            continue
        gap = source.evidence(match.start() - len(before[0]), match.end())
        findings.append(
            make_finding(
                "missing-number",
                f"Before “{match['gap']}” the number is missing: {gap.text}.",
                f"“{gap.text}”处缺少数字。",
                (gap, source.evidence(*source.clause_at(match.start()))),
            )
        )
    return findings


def check_impossible_value(record: Record, source: Source) -> list[Finding]:
    """A share above 100%, a negative count, a fraction of a request."""
    findings = []
    for fact in record.facts:
        if fact.unit != "%" or fact.value is None or fact.value <= _HUNDRED or fact.is_zero_statement:
            continue
        start = max(fact.sentence.start, fact.evidence.start - _LOOK_BACK)
        clause = _CLAUSE.split(source.text[start : fact.evidence.start])[-1]
        if _RATE_WORD.search(clause) and not _GROWTH_WORD.search(clause):
            findings.append(_impossible(fact.evidence, fact.sentence))
    for match in _NEGATIVE.finditer(source.text):
        sentence = source.evidence(*source.sentence_at(match.start()))
        findings.append(_impossible(source.evidence(match.start("n") - 1, match.end()), sentence))
    for table in record.tables:
        if table.kind == "disclosure":
            continue
        for cell in table.cells:
            wrong = cell.value is not None and (cell.value < 0 or cell.value != cell.value.to_integral_value())
            if wrong and cell.evidence is not None and cell.certain:
                findings.append(_impossible(cell.evidence, table.evidence))
    return findings


CHECKS: Final[dict[str, Check]] = {
    "contradictory-figures": check_contradiction,
    "zero-contradicted": check_zero,
    "missing-number": check_missing_number,
    "impossible-value": check_impossible_value,
}


def _different(stated: list[Statement]) -> list[Statement]:
    """The first of those that say the same, so that a number said very often is compared once."""
    if len({one.value for one in stated}) < 2:
        return []
    firsts: dict[tuple[object, ...], Statement] = {}
    for one in stated:
        firsts.setdefault((one.value, one.base, one.in_form, bool(_WHOLE.search(one.sentence.text))), one)
    return list(firsts.values())


def _same_base(first: Statement, second: Statement) -> bool:
    return first.base == second.base or {first.base, second.base} == {"new", "all"}


def _same_scope(first: Statement, second: Statement) -> bool:
    """Whether both speak of the whole area, or neither does; a row of a form has no words to tell.

    Where one does, the other is its part at most.
    """
    if first.in_form or second.in_form:
        return True
    areas = [bool(_WHOLE.search(one.sentence.text)) for one in (first, second)]
    return areas[0] == areas[1] or (first.value < second.value) == areas[0]


def _is_plain_zero(fact: Fact) -> bool:
    if not fact.is_zero_statement or fact.metric not in _NAMES:
        return False
    words, other = fact.evidence.text, _OTHER_ZERO.get(fact.metric)
    return not (_PARTIAL_ZERO.search(words) or _QUESTION.search(fact.sentence.text) or (other and other.search(words)))


def _opposed(zero: Fact, stated: list[Statement], record: Record) -> Iterator[tuple[Decimal, Evidence]]:
    for one in stated:
        if one.metric == zero.metric and one.value > 0:
            yield one.value, one.evidence
    places = _TABLE_PLACES.get(zero.metric, ())
    for table in record.tables:
        for cell in table.cells:
            if (cell.row, cell.column) in places and cell.certain and cell.value and cell.evidence is not None:
                yield cell.value, cell.evidence


def _impossible(value: Evidence, place: Evidence) -> Finding:
    return make_finding(
        "impossible-value",
        f"The value {value.text.strip()} cannot be.",
        f"数值“{value.text.strip()}”不可能成立。",
        (value, place),
    )
