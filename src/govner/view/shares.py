"""What is divided up in a report: disclosure by channel, requests by outcome, text by section; for charts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from govner.records.national.templates import ALL_ROWS, DENIED, OTHERWISE, REFUSED, UNAVAILABLE
from govner.records.schema import Fact, Record
from govner.view.charts import Bar
from govner.view.labels import section_words
from govner.view.numbers import show_number

# Kinds of channels by words of their names; the first that fits.
_CHANNELS: Final = (
    ("微信", re.compile("微信|公众号|视频号")),
    ("微博", re.compile("微博")),
    ("其他新媒体", re.compile("新媒体|客户端|APP|抖音|头条|短信", re.IGNORECASE)),
    ("网站", re.compile("网|站|平台|页")),
    ("公报", re.compile("公报")),
    ("报刊", re.compile("报|刊|《")),
    ("广播电视", re.compile("电视|广播|电台")),
    ("公示栏与屏幕", re.compile("栏|屏|牌|窗")),
    ("查阅场所", re.compile("馆|室|厅|大厅|中心|点")),
)
_OTHER: Final = "其他"
# Outcomes by words before the figure, in the terms of the national table; the first that fits.
_OUTCOMES: Final = (
    ("部分公开", re.compile("部分(?:公开|同意|提供)")),
    (DENIED, re.compile("不予(?:以)?公开|不公开|不同意")),
    (UNAVAILABLE, re.compile("不存在|不属|非本|不掌握|不明确|补正|无法提供")),
    (REFUSED, re.compile("不予处理|重复|信访")),
    ("予以公开", re.compile("公开|同意|提供|已主动")),
)
OUTCOMES: Final = ("予以公开", "部分公开", DENIED, UNAVAILABLE, REFUSED, OTHERWISE)
_LEAD: Final = re.compile(r"[，；;。：:、,（()）]")


def count_channels(record: Record) -> dict[str, Decimal]:
    """Items disclosed through each kind of channel in the year, as far as the report says."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for fact, value in _counts(record, "proactive_by_channel"):
        if fact.channel is not None:
            found[_kind_of_channel(fact.channel.text)] += value
    return dict(found)


def count_outcomes(record: Record) -> dict[str, Decimal]:
    """Requests by outcome: of the national table if there is one, else as far as the text says."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for table in record.tables:
        if table.kind == "requests" and table.cells:
            groups = {row.id: _outcome_of_row(row.id, row.group) for row in ALL_ROWS["requests"]}
            for cell in table.cells:
                if cell.column == "total" and cell.value is not None and groups.get(cell.row):
                    found[groups[cell.row]] += cell.value
            return dict(found)
    for fact, value in _counts(record, "requests_by_outcome"):
        found[_outcome_of_fact(fact)] += value
    return dict(found)


def count_sections(record: Record) -> dict[str, Decimal]:
    """Characters of each section, white space left aside."""
    found: Counter[str] = Counter()
    for section in record.sections:
        found[section.label] += sum(not char.isspace() for char in section.evidence.text)
    return {name: Decimal(value) for name, value in found.items()}


def channel_bars(counts: Mapping[str, Decimal]) -> list[Bar]:
    """Bars of `count_channels`, the longest first."""
    return [Bar(name, value, show_number(value)) for name, value in sorted(counts.items(), key=lambda one: -one[1])]


def outcome_bars(counts: Mapping[str, Decimal]) -> list[Bar]:
    """Bars of `count_outcomes`, in the order of the national table; none of nothing."""
    return [Bar(name, counts[name], show_number(counts[name])) for name in OUTCOMES if counts.get(name)]


def section_bars(counts: Mapping[str, Decimal]) -> list[Bar]:
    """Bars of `count_sections` in percent, in the order of the scheme; page furniture is left out."""
    kept = {name: value for name, value in counts.items() if name != "NOISE" and value}
    total = sum(kept.values()) or Decimal(1)
    return [
        Bar(label.words, kept[name], f"{100 * kept[name] / total:.0f}%")
        for name, label in section_words().items()
        if name in kept
    ]


def _counts(record: Record, metric: str) -> Iterator[tuple[Fact, Decimal]]:
    """Facts of a metric that count something in the report's year, with their values; parts of one are left out."""
    for fact in record.facts:
        is_part = fact.parent is not None and record.facts[fact.parent].metric == metric
        is_count = fact.unit not in ("%", "元") and fact.period == "year" and not is_part
        if fact.metric == metric and fact.value is not None and is_count:
            yield fact, fact.value


def _kind_of_channel(name: str) -> str:
    return next((kind for kind, words in _CHANNELS if words.search(name)), _OTHER)


def _outcome_of_row(row: str, group: str) -> str:
    return group or {"granted": "予以公开", "partial": "部分公开", "otherwise": OTHERWISE}.get(row, "")


def _outcome_of_fact(fact: Fact) -> str:
    before = fact.sentence.text[: max(0, fact.evidence.start - fact.sentence.start)]
    lead = _LEAD.split(before)[-1] or before[-12:]
    return next((name for name, words in _OUTCOMES if words.search(lead)), OTHERWISE)
