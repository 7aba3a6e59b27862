"""The figures of a report as facts: how much of what, of when and of whom, through which channel, part of what."""

from __future__ import annotations

import re
from bisect import bisect_left
from decimal import Decimal
from typing import Final, Literal

from govner.records.facts.channels import find_channels
from govner.records.facts.metrics.classifier import load_classifier
from govner.records.facts.metrics.features import figure_features
from govner.records.facts.parts import find_parents
from govner.records.facts.quantities import Quantity, read_quantity
from govner.records.facts.zeros import ZeroStatement, find_zeros
from govner.records.schema import Evidence, Fact
from govner.records.source import Mention, Source

Period = Literal["year", "cumulative", "previous", "next"]

_MARK: Final = re.compile(r"[，,。；;：:\n、（）()！？]")
_CUMULATIVE: Final = re.compile(r"历年|以来|截至目前|至今|累计")
_THIS_YEAR: Final = re.compile(r"全年|本年|今年|年内|年度")
_PREVIOUS: Final = re.compile(r"(?:上|去|前)一?年(?:度)?(?!结转|转)|比[0-9]{4}年|较[0-9]{4}年")
_NEXT: Final = re.compile(r"明年|下一?年(?!度?继续)|来年|力争|计划|拟|将(?!本|我|其|有)|目标|要求|不少于|不低于|确保")
_WHOLE: Final = re.compile(r"全[市县区省州盟旗镇乡系]|各级|各县|各市|各乡|各镇|各部门|我[市县区省州镇乡]|辖区")
_OWN: Final = re.compile(r"本级|我[局办厅委院处中队站]|本机关|本[局办厅委单院]|局机关")
_HEAD_VERBS: Final = re.compile(
    r"^(?:其中|包括|共计|共|累计|全年|本年度?|今年|年内|已|并|还|通过|主动|先后|组织|开展|召开|举办|发布|公开|收到|受理|答复|办理|办结|"
    r"印发|发放|制定|制作|接待|完成|编制|为|有|达|达到|约|的|等|分别|合计|总计|新增|增加)+"
)
_BLANK: Final = re.compile(r"\s+")
# As far as a noun behind a figure reaches, with room for spaces; a page without a full stop is one sentence.
_BEHIND: Final = 200


def read_facts(source: Source) -> tuple[Fact, ...]:
    """Read the facts of a report: a fact for each COUNT that has a number, and one for each stated zero.

    source (Source): A tagged report.
    RETURNS (tuple[Fact, ...]): In the order of the text; `parent` is a place in this tuple.
    """
    counts = [mention for mention in source.mentions if mention.label == "COUNT"]
    quantities = [read_quantity(count.text) for count in counts]
    parents = find_parents(source, counts, quantities)
    chosen = load_classifier().predict(figure_features(source, counts, quantities, parents))
    channels = find_channels(source, counts, quantities, [metric for metric, _ in chosen])
    setting = _Setting(source)
    found: list[tuple[int, int, Fact]] = []
    for number, (count, quantity) in enumerate(zip(counts, quantities, strict=True)):
        metric, _ = chosen[number]
        previous = counts[number - 1].end if number else 0
        fact = _make_fact(setting, count, quantity, metric, channels[number], previous)
        found.append((count.start, number, fact))
    zeros = [(zero.start, -1, _make_zero(setting, zero)) for zero in find_zeros(source)]
    ordered = sorted([*found, *zeros], key=lambda item: item[0])
    place_of = {number: place for place, (_, number, _) in enumerate(ordered) if number >= 0}
    facts = []
    for _, number, fact in ordered:
        parent = parents[number] if number >= 0 else None
        facts.append(fact if parent is None else fact.model_copy(update={"parent": place_of[parent]}))
    return tuple(facts)


class _Setting:
    """A report with what its facts share: their sentences, and the words for whom they speak of.

    source (Source): The report.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        words = [(match.start(), "whole area") for match in _WHOLE.finditer(source.text)]
        words += [(match.start(), "own") for match in _OWN.finditer(source.text)]
        self._scopes = sorted(words)
        self._sentences: dict[int, Evidence] = {}

    def scope(self, start: int, end: int) -> str | None:
        """Whom the last word between two offsets speaks of."""
        place = bisect_left(self._scopes, (end, "")) - 1
        return self._scopes[place][1] if place >= 0 and self._scopes[place][0] >= start else None

    def sentence(self, start: int, end: int) -> Evidence:
        """A sentence without the blanks around it."""
        if start not in self._sentences:
            text = self.source.text[start:end]
            first, last = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
            self._sentences[start] = self.source.evidence(first, last)
        return self._sentences[start]


def _make_fact(
    setting: _Setting, count: Mention, quantity: Quantity | None, metric: str, channel: Mention | None, previous: int
) -> Fact:
    source = setting.source
    start, end = source.sentence_at(count.start)
    paragraph = source.paragraph_at(count.start)
    section = paragraph.label if paragraph else ""
    lead = source.text[max(start, previous) : count.start]
    clause = _MARK.split(lead)[-1]
    return Fact(
        value=quantity.value if quantity else None,
        unit=quantity.unit if quantity else "",
        lower=quantity.lower if quantity else None,
        upper=quantity.upper if quantity else None,
        bound=quantity.bound if quantity else "about",
        head=_head(clause, source.text[count.end : min(end, count.end + _BEHIND)]),
        metric=metric,
        period=_period(clause, lead, section),
        scope=setting.scope(start, count.start),
        channel=source.evidence(channel.start, channel.end) if channel else None,
        section=section,
        evidence=source.evidence(count.start, count.end),
        sentence=setting.sentence(start, end),
    )


def _make_zero(setting: _Setting, zero: ZeroStatement) -> Fact:
    source = setting.source
    start, end = source.sentence_at(zero.start)
    paragraph = source.paragraph_at(zero.start)
    nothing = Decimal(0)
    return Fact(
        value=nothing,
        unit="",
        lower=nothing,
        upper=nothing,
        metric=zero.metric,
        scope=setting.scope(start, zero.end),
        is_zero_statement=True,
        section=paragraph.label if paragraph else "",
        evidence=source.evidence(zero.start, zero.end),
        sentence=setting.sentence(start, end),
    )


def _head(clause: str, after: str) -> str | None:
    """What was counted, in the words of the report: the noun behind the figure, or what leads up to it."""
    behind = _MARK.split(after)[0]
    behind = _BLANK.sub("", behind)
    if 2 <= len(behind) <= 14 and not behind.startswith(("的", "以上", "左右", "和", "及", "并")):
        return behind
    before = _BLANK.sub("", clause)
    return _HEAD_VERBS.sub("", before)[-20:] or before[-20:] or behind[:14] or None


def _period(clause: str, lead: str, section: str) -> Period:
    if section == "PLANS" or _NEXT.search(clause):
        return "next"
    if _PREVIOUS.search(clause):
        return "previous"
    if _CUMULATIVE.search(clause) and not _THIS_YEAR.search(lead):
        return "cumulative"
    return "year"
