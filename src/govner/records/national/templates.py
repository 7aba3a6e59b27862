"""The tables of the national report format, both editions, as data: rows, columns, labels, header text.

Sources: 国办公开办函〔2019〕60号 (reports of 2019 and 2020) and 国办公开办函〔2021〕30号 (from the report of 2021).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from govner.records.schema import TableEdition, TableKind


@dataclass(frozen=True)
class Column:
    """A column: its id, its label, and parts of the label by which it is known when clipped."""

    id: str
    label: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A row of cells.

    id, label (str): Its id and its label in the form, without number.
    keys (tuple[str, ...]): Parts of the label that no other row has, also where its end is cut off.
    columns (tuple[Column, ...]): Of which its cells are.
    number (str): The number the form gives it; "" without.
    group (str): Label of the group it stands in; "" without.
    """

    id: str
    label: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    number: str = ""
    group: str = ""


@dataclass(frozen=True)
class Template:
    """One table of one edition; `header` is what stands above its cells in the form."""

    kind: TableKind
    edition: TableEdition
    rows: tuple[Row, ...]
    header: tuple[str, ...]

    @cached_property
    def by_id(self) -> dict[str, Row]:
        """Its rows by id."""
        return {row.id: row for row in self.rows}

    @cached_property
    def order(self) -> dict[str, int]:
        """Place of each row by id."""
        return {row.id: place for place, row in enumerate(self.rows)}


def _columns(*parts: tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(name, label, tuple(keys.split())) for name, label, keys in parts)


def _row(name: str, text: str, keys: str, columns: tuple[Column, ...], group: str = "") -> Row:
    """A row from its label with number (1.属于国家秘密)."""
    number, found, label = text.partition(" ")
    return Row(name, label if found else text, tuple(keys.split()), columns, number if found else "", group)


APPLICANTS: Final = _columns(
    ("natural_person", "自然人", "自然人"),
    ("business", "商业企业", "商业企业 商业企"),
    ("research", "科研机构", "科研机构 科研机"),
    ("public_interest", "社会公益组织", "社会公益组织 社会公益组 社会公益 社会公"),
    ("legal_service", "法律服务机构", "法律服务机构 法律服务机 法律服务 法律服"),
    ("other", "其他", "其他"),
    ("total", "总计", "总计 总"),
)
OUTCOMES: Final = _columns(
    ("upheld", "结果维持", "结果维持 维持"),
    ("corrected", "结果纠正", "结果纠正 纠正"),
    ("other", "其他结果", "其他结果 其他"),
    ("pending", "尚未审结", "尚未审结 未审结 未结"),
    ("total", "总计", "总计"),
)
_MADE: Final = _columns(
    ("newly_made", "本年新制作数量", "本年新制作数量 本年新制作 新制作数量 新制作 本年新制"),
    ("newly_disclosed", "本年新公开数量", "本年新公开数量 本年新公开 新公开数量 新公开 本年新公"),
    ("disclosed_total", "对外公开总数量", "对外公开总数量 对外公开总数 对外公开总"),
)
_ITEMS: Final = _columns(
    ("previous_items", "上一年项目数量", "上一年项目数量 上一年项目 上一年项"),
    ("change", "本年增/减", "本年增减 增减"),
    ("decisions", "处理决定数量", "处理决定数量 处理决定 处理决"),
)
_PURCHASES: Final = _columns(
    ("projects", "采购项目数量", "采购项目数量 采购项目"), ("amount", "采购总金额", "采购总金额 采购金额")
)
_ISSUED: Final = _columns(
    ("issued", "本年制发件数", "本年制发件数 本年制发件 本年制发 制发件数"),
    ("repealed", "本年废止件数", "本年废止件数 本年废止件 本年废止 废止件数"),
    ("in_force", "现行有效件数", "现行有效件数 现行有效件 现行有效 现行有"),
)
_DECISIONS: Final = _columns(("decisions", "本年处理决定数量", "本年处理决定数量 处理决定数量 本年处理决定 处理决定"))
_FEES: Final = _columns(("fees", "本年收费金额(单位:万元)", "本年收费金额单位万元 本年收费金额 收费金额"))

DENIED: Final = "不予公开"
UNAVAILABLE: Final = "无法提供"
REFUSED: Final = "不予处理"
OTHERWISE: Final = "其他处理"
# Rows that bear the label of a group have no cells of their own; 其他处理 is a row in 2019 and a group from 2021.
GROUPS: Final = (DENIED, UNAVAILABLE, REFUSED, OTHERWISE)

_DISCLOSURE_2019: Final = (
    _row("rules", "规章", "规章", _MADE, "第二十条第（一）项"),
    _row("normative_documents", "规范性文件", "规范性文件 规范性档案", _MADE, "第二十条第（一）项"),
    _row("licences", "行政许可", "行政许可", _ITEMS, "第二十条第（五）项"),
    _row("other_services", "其他对外管理服务事项", "其他对外管理 对外管理服务", _ITEMS, "第二十条第（五）项"),
    _row("penalties", "行政处罚", "行政处罚", _ITEMS, "第二十条第（六）项"),
    _row("coercion", "行政强制", "行政强制", _ITEMS, "第二十条第（六）项"),
    _row("fees", "行政事业性收费", "行政事业性收费 事业性收费 行政事业性收", _ITEMS[:2], "第二十条第（八）项"),
    _row("procurement", "政府集中采购", "政府集中采购 集中采购 政府集中采", _PURCHASES, "第二十条第（九）项"),
)
_DISCLOSURE_2021: Final = (
    _row("rules", "规章", "规章", _ISSUED, "第二十条第（一）项"),
    _row("normative_documents", "行政规范性文件", "规范性文件 规范性档案", _ISSUED, "第二十条第（一）项"),
    _row("licences", "行政许可", "行政许可", _DECISIONS, "第二十条第（五）项"),
    _row("penalties", "行政处罚", "行政处罚", _DECISIONS, "第二十条第（六）项"),
    _row("coercion", "行政强制", "行政强制", _DECISIONS, "第二十条第（六）项"),
    _row("fees", "行政事业性收费", "行政事业性收费 事业性收费 行政事业性收", _FEES, "第二十条第（八）项"),
)
_BEFORE_OTHERWISE: Final = tuple(
    _row(name, text, keys, APPLICANTS, group)
    for name, text, keys, group in (
        ("new", "一、 本年新收政府信息公开申请数量", "本年新收 本年度新收 新收政府信息 新收", ""),
        ("carried_in", "二、 上年结转政府信息公开申请数量", "上年结转 上年度结转 上一年结转 上一年度结转", ""),
        ("granted", "（一） 予以公开", "予以公开", ""),
        ("partial", "（二） 部分公开（区分处理的，只计这一情形，不计其他情形）", "部分公开", ""),
        ("denied_secret", "1. 属于国家秘密", "属于国家秘密 国家秘密", DENIED),
        ("denied_law", "2. 其他法律行政法规禁止公开", "其他法律 法律行政法规 法规禁止", DENIED),
        ("denied_safety", "3. 危及“三安全一稳定”", "危及 三安全", DENIED),
        ("denied_third_party", "4. 保护第三方合法权益", "保护第三方 第三方", DENIED),
        ("denied_internal", "5. 属于三类内部事务信息", "属于三类 三类内部 内部事务", DENIED),
        ("denied_process", "6. 属于四类过程性信息", "属于四类 四类过程 过程性信息", DENIED),
        ("denied_case_file", "7. 属于行政执法案卷", "属于行政执法 行政执法案 执法案卷", DENIED),
        ("denied_query", "8. 属于行政查询事项", "属于行政查询 行政查询 查询事项", DENIED),
        ("not_held", "1. 本机关不掌握相关政府信息", "本机关不掌握 不掌握", UNAVAILABLE),
        ("must_create", "2. 没有现成信息需要另行制作", "没有现成 现成信息 另行制作", UNAVAILABLE),
        ("unclear", "3. 补正后申请内容仍不明确", "补正后 内容仍不明确", UNAVAILABLE),
        ("petition", "1. 信访举报投诉类申请", "信访举报 信访 举报投诉", REFUSED),
        ("repeat", "2. 重复申请", "重复申请 重复申", REFUSED),
        ("publication", "3. 要求提供公开出版物", "要求提供公开 公开出版物", REFUSED),
        ("mass", "4. 无正当理由大量反复申请", "无正当理由大量 大量反复", REFUSED),
        ("confirm", "5. 要求行政机关确认或重新出具已获取信息", "要求行政机关 确认或重新 重新出具", REFUSED),
    )
)
_OTHERWISE_2019: Final = (_row("otherwise", "（六） 其他处理", "其他处理", APPLICANTS),)
_OTHERWISE_2021: Final = (
    _row(
        "late_correction",
        "1. 申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "申请人无正当理由 无正当理由逾期 逾期不补正",
        APPLICANTS,
        OTHERWISE,
    ),
    _row(
        "late_fee",
        "2. 申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "申请人逾期 逾期未按 未按收费",
        APPLICANTS,
        OTHERWISE,
    ),
    # 其他 alone says little: it is this row only at the end of what stands before the cells.
    _row("otherwise_other", "3. 其他", "", APPLICANTS, OTHERWISE),
)
_AFTER_OTHERWISE: Final = (
    _row("total", "（七） 总计", "总计", APPLICANTS),
    _row("carried_out", "四、 结转下年度继续办理", "结转下年 结转下一年 下年度继续 继续办理", APPLICANTS),
)
_REMEDIES: Final = (
    _row("review", "行政复议", "行政复议", OUTCOMES),
    _row("direct_suit", "未经复议直接起诉", "未经复议直接 未经复议 直接起诉", OUTCOMES, "行政诉讼"),
    _row("suit_after_review", "复议后起诉", "复议后起诉 复议后", OUTCOMES, "行政诉讼"),
)
_REQUESTS_HEADER: Final = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    "申请人情况",
    "自然人",
    "法人或其他组织",
    "总计",
    *(column.label for column in APPLICANTS[1:6]),
)
_REMEDIES_HEADER: Final = ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", *(c.label for c in OUTCOMES))

TEMPLATES: Final[dict[tuple[TableKind, TableEdition], Template]] = {
    ("disclosure", "2019"): Template("disclosure", "2019", _DISCLOSURE_2019, ("信息内容",)),
    ("disclosure", "2021"): Template("disclosure", "2021", _DISCLOSURE_2021, ("信息内容",)),
    ("requests", "2019"): Template(
        "requests", "2019", _BEFORE_OTHERWISE + _OTHERWISE_2019 + _AFTER_OTHERWISE, _REQUESTS_HEADER
    ),
    ("requests", "2021"): Template(
        "requests", "2021", _BEFORE_OTHERWISE + _OTHERWISE_2021 + _AFTER_OTHERWISE, _REQUESTS_HEADER
    ),
    ("remedies", "2019"): Template("remedies", "2019", _REMEDIES, _REMEDIES_HEADER),
    ("remedies", "2021"): Template("remedies", "2021", _REMEDIES, _REMEDIES_HEADER),
}
# The rows of both editions in an order that fits both.
ALL_ROWS: Final[dict[TableKind, tuple[Row, ...]]] = {
    "disclosure": _DISCLOSURE_2019,
    "requests": _BEFORE_OTHERWISE + _OTHERWISE_2019 + _OTHERWISE_2021 + _AFTER_OTHERWISE,
    "remedies": _REMEDIES,
}
# Rows whose cells add up to (七)总计.
OUTCOME_ROWS: Final = tuple(row.id for row in (*_BEFORE_OTHERWISE[2:], *_OTHERWISE_2019, *_OTHERWISE_2021))
