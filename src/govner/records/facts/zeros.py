"""Zeros said in words: 没有收到公开申请, 无行政复议, 未收取任何费用. Silence is no zero.

A clause states a zero where it denies that one of the things happened that are counted. 未按时答复申请 denies something
else, and 不得收取费用 states a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from govner.records.source import Paragraph, Source

_DENIAL: Final = re.compile(
    r"没有|尚未|从未|并未|均未|未(?!来|必|经|按|及时|能|依法|在|予)|没(?!收(?![费钱过取到]))|无|不存在"
    r"|零(?=申请|投诉|举报|复议|诉讼|收费)"
)
_RULE: Final = re.compile(
    r"不得|不予|未经|应当|必须|力争|确保|坚持|实现(?!.?零)|做到|如果|[如若]无|若|凡|是否|能否|有没有|有无|无关|无偿|无正当|无障碍|无理由|无法"
    r"|无缝|无线|无人机|无锡|无纸|无声|无论|无主|其余|其[他它]单位|注明|写明|申请人未"
)
# The things counted, as they are said behind a denial (or, 复议情况：无, before one).
_THINGS: Final = (
    ("requests_received", r"申请(?!行政复议|复议|再审|人|表|书|费|法院|强制|下来)|依申请公开"),
    ("requests_carried_over", r"上年(?:度)?结转"),
    ("requests_carried_forward", r"结转(?:至|到)?下(?:一)?年|(?<!年)(?<!年度)结转\s*$"),
    ("reviews", r"复议"),
    ("lawsuits", r"诉讼|应诉|(?<!提)起诉|官司|告状"),
    ("complaints", r"举报|投诉|申诉"),
    (
        "fees_charged",
        r"(?<!强制[、和])收费(?!事项|项目|标准|依据|通知|公示)|收取|费用|(?:处理|检索|复制|复印|邮寄|工本)费|收[^，,]{0,8}钱|收过费|收检索",
    ),
    ("fees_waived", r"减免|减收|免收"),
    ("normative_documents", r"规范性文件|规章"),
    ("permits", r"行政许可|许可"),
    ("penalties", r"处罚(?!权)|行政强制"),
    ("proposals_received", r"人大代表建议|政协(?:委员)?提案|建议提案|建议、?提案"),
    ("expenditure", r"专项经费"),
)
_PATTERNS: Final = tuple((metric, re.compile(pattern)) for metric, pattern in _THINGS)
# What may stand between the denial and the thing without turning the meaning: no mark, no other doing.
_OTHER_DOING: Final = re.compile(
    r"公开(?=的?(?:原因|理由))|答复|办结|办理|及时|按时|超期|逾期|要求收|告知|受理费|统计|说明|回复|审查|规定|影响|困难|异议"
)
_CLAUSE: Final = re.compile(r"(?:[^，,。；;！!？?\n.]|\.(?=[0-9A-Za-z]))+[?？]?")
_NIL: Final = re.compile(
    r"(?<![0-9.．])(?:均|全部?|都|也|皆|一[件项]){0,4}\s{0,20}为?(?:无|零|没有(?:发生|收到)?过?|未发生|未产生|未收到|没有?收|0)$"
)
# A bare 0 counts behind a short name alone (收费：0); rows of tables end in it too.
_PLAIN: Final = re.compile(r"(?:[0-9.．、一二三四五六七八九十]{1,4}\s?[、.．]?\s?)?[^0-9\s|｜]{2,12}\s?[:：]?\s?0")
_NOUGHT: Final = re.compile(r"零|免费|免收|分文|不(?:收|向)|0\s*(?:[，,。；;.]|$)")
_FREE: Final = re.compile(
    r"(?:申请|信息|查[阅档询]|提供|公开)[^，,]{0,8}免费(?:提供)?$|(?:全部|一律)免收$|分文未[取收]$"
    r"|不(?:向[^，,]{1,6})?收(?:费$|取|[^，,]{0,3}钱)"
)
# What is listed in a clause before the one that denies it: 行政复议，诉讼皆没有.
_LISTED: Final = re.compile(
    r"[0-9一二三四五六七八九十.、（）()]{0,20}+\s?(?:(?:政府)?信息公开)?"
    r"(?:行政|复议|诉讼|应诉|申诉|举报|投诉|申请|收费|减免|情况|和|及|、|\s)+"
)
_BARE: Final = re.compile(
    r"(?:本|今|全|[0-9]{4})?年?(?:度|内)?(?:我[局办县市区镇乡]|本[局机关单位]+)?(?:均|都|也|皆|全|暂|尚)?"
    r"(?:无|没有发生|没有|未发生|未产生|未出现|未涉及)(?:此类|此|该类|上述|相关|有关|这类)?(?:案件|情况|情形|事项|问题|现象)?"
)
_REACH, _NIL_REACH = 36, 16
_TRIM: Final = ' \t\u3000、：:（）()“”".'
_OWN_SECTIONS: Final = frozenset({"LITIGATION", "FEES", "REQUESTS"})
_SKIPPED: Final = frozenset({"NOISE", "PLANS", "PROBLEMS"})


class ZeroStatement(NamedTuple):
    """A clause (offsets into the text) that says that nothing was counted for a metric."""

    start: int
    end: int
    metric: str


def find_zeros(source: Source) -> Iterator[ZeroStatement]:
    """Find the clauses of a report that state zeros.

    source (Source): A tagged report.
    YIELDS (ZeroStatement): In order; a clause that denies several things gives one for each.
    """
    counted = [(mention.start, mention.end) for mention in source.mentions if mention.label == "COUNT"]
    above = ""
    for paragraph in source.paragraphs:
        if paragraph.label not in _SKIPPED and (_DENIAL.search(paragraph.text) or _NOUGHT.search(paragraph.text)):
            yield from _in_paragraph(paragraph, counted, above)
        if paragraph.heading is not None:
            above = paragraph.text


def _in_paragraph(paragraph: Paragraph, counted: list[tuple[int, int]], above: str) -> Iterator[ZeroStatement]:
    listed = ""
    for match in _CLAUSE.finditer(paragraph.text):
        start, end = paragraph.start + match.start(), paragraph.start + match.end()
        clause = match[0]
        before, listed = listed, clause if _LISTED.fullmatch(clause.strip()) else ""
        if _RULE.search(clause) or clause.endswith(("?", "？")):
            continue
        found = _denied(clause)
        if before and _is_nil(clause) and (found or _BARE.fullmatch(clause.strip(_TRIM))):
            found = list(dict.fromkeys([*_things(before), *found]))
        if not found and paragraph.label in _OWN_SECTIONS:
            found = _by_section(paragraph, match, above)
        if not found:
            continue
        figures = [b for a, b in counted if a < end and start < b]
        if figures:
            # The figure says how much, but of what is said to have cost nothing (5件均未收取费用).
            behind = _DENIAL.search(paragraph.text[max(figures) - paragraph.start : match.end()])
            found = ["fees_charged"] if behind and "fees_charged" in found else []
        lead, tail = len(clause) - len(clause.lstrip(_TRIM)), len(clause.rstrip(_TRIM))
        for metric in found:
            yield ZeroStatement(start + lead, start + tail, metric)


def _by_section(paragraph: Paragraph, match: re.Match[str], above: str) -> list[str]:
    """What a clause denies that names no thing: what its heading is about (六、收费情况 / 无), or fees (一律免费)."""
    clause = match[0].strip(_TRIM)
    if _FREE.search(clause):
        return ["fees_charged"]
    if not _BARE.fullmatch(clause) or paragraph.text[: match.start()].endswith(("，", ",")):
        return []
    for heading in (paragraph.text[: match.start()], *paragraph.heading_path[-1:], above):
        found = _things(heading)
        if found:
            return found
    return []


def _denied(clause: str) -> list[str]:
    """The metrics that a clause denies, in the order of the list."""
    if _is_nil(clause):
        return _things(clause) if clause.rstrip()[-1:] != "0" or _PLAIN.fullmatch(clause.strip(_TRIM)) else []
    found: dict[str, None] = {}
    for denial in _DENIAL.finditer(clause):
        rest = clause[denial.end() : denial.end() + _REACH]
        for metric, pattern in _PATTERNS:
            match = pattern.search(rest)
            if match and not _OTHER_DOING.search(rest[: match.start()]):
                found[metric] = None
    # A request for review is no request for disclosure, nor is a fee on one.
    if "requests_received" in found and re.search(
        r"申请[^，,]{0,14}(?:复议|诉讼|收取|费)|(?:复议|诉讼)申请|(?:费|收取|减免)[^，,]{0,12}申请", clause
    ):
        del found["requests_received"]
    if "fees_charged" in found and "fees_waived" in found and not re.search(r"收[费取]", clause):
        del found["fees_charged"]
    return list(found)


def _is_nil(clause: str) -> bool:
    """Whether a clause ends in a word for nothing."""
    return _NIL.search(clause.rstrip()[-_NIL_REACH:]) is not None


def _things(text: str) -> list[str]:
    """The metrics whose things a text names."""
    found = [metric for metric, pattern in _PATTERNS if pattern.search(text)]
    return [metric for metric in found if metric != "requests_received" or not {"reviews", "lawsuits"} & set(found)]
