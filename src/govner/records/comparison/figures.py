"""The key figures of a report: for each metric the report's own total for its year.

The choice, in this order:

1. The cell 总计 of the national table, if it is a number and sure of its place.
2. A count for the year itself that is part of no other, in the first of the metric's sections that has one. Where they
   differ, the one whose clause says that it is a total (全年, 共, 合计, 2018年); where that does not decide, none.
3. A zero said in words (没有收到申请).

A blank cell and silence give no figure.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from typing import Final, NamedTuple

from govner.errors import InputError
from govner.records.comparison.model import Figure, Origin, Unclear
from govner.records.schema import Cell, Fact, Record, TableKind

_CLAUSE: Final = re.compile(r"[，；;。：:、\n（()）]|(?<!\d),|,(?!\d)")
_TOTAL: Final = re.compile(r"全年|共|合计|总计|总[数量]|本年|年度|(?:19|20)\d\d\s?年")
# What was carried over from one year to the next is said in so many words, before the figure (上年结转3件) or behind it
# (其余3件结转下年度办理); they count for more than the class the figure was read as.
_TO_NEXT: Final = r"(?:结转|转)[至到入]?(?:下一?|次|明)年"
_CARRIED_OVER: Final = re.compile(r"(?:上|去|前)一?年度?(?:结转|转来|转入|遗留)(?![至到入]?(?:下|次|明))\D*$")
_CARRIED_FORWARD: Final = re.compile(rf"{_TO_NEXT}\D*$")
_CARRIED_BEHIND: Final = re.compile(rf"\s{{0,20}}(?:申请)?(?:将|均|已|按规定|依法|需|继续){{0,6}}{_TO_NEXT}")
_CARRIED: Final = frozenset({"requests_carried_over", "requests_carried_forward"})


class KeyMetric(NamedTuple):
    """A metric with a total of its own.

    id (str): An id of `data/metrics.tsv`.
    sections (tuple[str, ...]): Sections it is stated in, its own first.
    units (str): "count", "money" or "percent": which measure words its figures have.
    table (str | None): The kind of national table that has it; cells (tuple): Row and column of those to add up.
    """

    id: str
    sections: tuple[str, ...]
    units: str = "count"
    table: TableKind | None = None
    cells: tuple[tuple[str, str], ...] = ()


_PROACTIVE: Final = ("PROACTIVE", "OVERVIEW")
_REQUESTS: Final = ("REQUESTS", "OVERVIEW")
_REMEDIES: Final = ("LITIGATION", "REQUESTS")
_RESPONSE: Final = ("RESPONSE", "PROACTIVE")
_WORK: Final = ("ORGANIZATION", "SUPERVISION")

# Counts that only ever come in parts (by channel, category, outcome) have no total and are not here; 行政事业性收费 of
# the national table is no fee for disclosure, and its 规章 and 规范性文件 have other columns in each edition.
KEY_METRICS: Final = (
    KeyMetric("proactive_total", _PROACTIVE),
    KeyMetric("proactive_cumulative", _PROACTIVE),
    KeyMetric("normative_documents", _PROACTIVE),
    KeyMetric("permits", _PROACTIVE, table="disclosure", cells=(("licences", "decisions"),)),
    KeyMetric(
        "penalties", _PROACTIVE, table="disclosure", cells=(("penalties", "decisions"), ("coercion", "decisions"))
    ),
    KeyMetric("interpretations", _RESPONSE),
    KeyMetric("press_conferences", _RESPONSE),
    KeyMetric("online_interviews", _RESPONSE),
    KeyMetric("responses", _RESPONSE),
    KeyMetric("consultations", _RESPONSE),
    KeyMetric("enquiries_received", (*_RESPONSE, "PLATFORM")),
    KeyMetric("proposals_received", (*_RESPONSE, "OTHER")),
    KeyMetric("requests_received", _REQUESTS, table="requests", cells=(("new", "total"),)),
    KeyMetric("requests_carried_over", _REQUESTS, table="requests", cells=(("carried_in", "total"),)),
    KeyMetric("requests_answered", _REQUESTS, table="requests", cells=(("total", "total"),)),
    KeyMetric("requests_carried_forward", _REQUESTS, table="requests", cells=(("carried_out", "total"),)),
    KeyMetric("request_answer_rate", _REQUESTS, "percent"),
    KeyMetric("reviews", _REMEDIES, table="remedies", cells=(("review", "total"),)),
    KeyMetric(
        "lawsuits", _REMEDIES, table="remedies", cells=(("direct_suit", "total"), ("suit_after_review", "total"))
    ),
    KeyMetric("complaints", _REMEDIES),
    KeyMetric("fees_charged", ("FEES", "REQUESTS", "OTHER"), "money"),
    KeyMetric("fees_waived", ("FEES", "REQUESTS", "OTHER"), "money"),
    KeyMetric("expenditure", ("FEES", "ORGANIZATION", "PLATFORM"), "money"),
    KeyMetric("staff", _WORK),
    KeyMetric("trainings", _WORK),
    KeyMetric("trainees", _WORK),
    KeyMetric("meetings", _WORK),
    KeyMetric("rules", _WORK),
    KeyMetric("inspections", ("SUPERVISION", "ORGANIZATION")),
    KeyMetric("visits", ("PLATFORM", *_PROACTIVE)),
    KeyMetric("followers", ("PLATFORM", *_PROACTIVE)),
)
_BY_ID: Final = {metric.id: metric for metric in KEY_METRICS}


def choose_metrics(ids: Collection[str] | None) -> tuple[KeyMetric, ...]:
    """The key metrics of some ids in the order of `KEY_METRICS`; all of them for None.

    RAISES (InputError): One of the ids is no key metric.
    """
    if ids is None:
        return KEY_METRICS
    for name in ids:
        if name not in _BY_ID:
            raise InputError(f"{name!r} is no metric with a total of its own; choose from {', '.join(_BY_ID)}")
    return tuple(metric for metric in KEY_METRICS if metric.id in ids)


def read_figures(
    record: Record, metrics: Collection[KeyMetric] = KEY_METRICS
) -> tuple[tuple[Figure, ...], tuple[Unclear, ...]]:
    """Choose the key figures of a report.

    record (Record): What was read from it.
    metrics (Collection[KeyMetric]): Which to look for.
    RETURNS (tuple): The figures, one a metric at most, and the metrics with several that nothing decides between.
    """
    figures: list[Figure] = []
    unclear: list[Unclear] = []
    facts: dict[str, list[Fact]] = {}
    for fact in record.facts:
        facts.setdefault(_metric_of(fact), []).append(fact)
    for metric in metrics:
        found = _from_table(record, metric) or _from_text(facts.get(metric.id, []), metric)
        if isinstance(found, Figure):
            figures.append(found)
        elif found is not None:
            unclear.append(found)
    return tuple(figures), tuple(unclear)


def is_comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures of a metric count the same: of the whole area or of the body itself, and, of the disclosure
    table, by the same edition of it, since its columns were redefined in 2021."""
    if None not in (one.scope, other.scope) and one.scope != other.scope:
        return False
    return one.origin == other.origin or not any(f.origin.startswith("disclosure") for f in (one, other))


def _from_table(record: Record, metric: KeyMetric) -> Figure | None:
    for table in record.tables:
        if table.kind != metric.table:
            continue
        by_place: dict[tuple[str, str], Cell] = {(cell.row, cell.column): cell for cell in table.cells}
        cells = [by_place.get(place) for place in metric.cells]
        values = [cell.value for cell in cells if cell is not None and cell.certain and cell.value is not None]
        if len(values) < len(metric.cells):
            continue
        return Figure(
            metric=metric.id,
            value=sum(values, Decimal(0)),
            unit="件",
            origin=_origin(table.kind, table.edition),
            evidence=tuple(cell.evidence for cell in cells if cell is not None and cell.evidence is not None),
        )
    return None


def _origin(kind: TableKind, edition: str) -> Origin:
    if kind == "disclosure":
        return "disclosure table 2019" if edition == "2019" else "disclosure table 2021"
    return "requests table" if kind == "requests" else "remedies table"


def _from_text(facts: list[Fact], metric: KeyMetric) -> Figure | Unclear | None:
    counts = [fact for fact in facts if not fact.is_zero_statement and _is_total(fact, metric)]
    zeros = [fact for fact in facts if fact.is_zero_statement and fact.section in metric.sections]
    for section in metric.sections:
        stated = [fact for fact in counts if fact.section == section]
        if len({fact.value for fact in stated}) > 1:
            said = [fact for fact in stated if _TOTAL.search(_lead(fact))]
            if len({fact.value for fact in said}) != 1:
                return Unclear(metric=metric.id, evidence=tuple(fact.evidence for fact in stated))
            stated = said
        if stated:
            return _make_figure(stated[0], metric, "text")
    return _make_figure(zeros[0], metric, "stated zero") if zeros else None


def _metric_of(fact: Fact) -> str:
    if fact.is_zero_statement or not fact.metric.startswith("requests_"):
        return fact.metric
    lead = _lead(fact)
    if _CARRIED_OVER.search(lead):
        return "requests_carried_over"
    tail = fact.sentence.text[max(0, fact.evidence.end - fact.sentence.start) :]
    return "requests_carried_forward" if _CARRIED_FORWARD.search(lead) or _CARRIED_BEHIND.match(tail) else fact.metric


def _lead(fact: Fact) -> str:
    """What stands before a figure in its clause."""
    return _CLAUSE.split(fact.sentence.text[: max(0, fact.evidence.start - fact.sentence.start)])[-1]


def _is_total(fact: Fact, metric: KeyMetric) -> bool:
    periods = ("year", "cumulative") if metric.id == "proactive_cumulative" else ("year",)
    return (
        fact.value is not None
        and (fact.parent is None or metric.id in _CARRIED)
        and (fact.period in periods or metric.id in _CARRIED)
        and metric.units == {"元": "money", "%": "percent"}.get(fact.unit, "count")
    )


def _make_figure(fact: Fact, metric: KeyMetric, origin: Origin) -> Figure:
    assert fact.value is not None
    return Figure(
        metric=metric.id,
        value=fact.value,
        unit=fact.unit,
        bound=fact.bound,
        scope=fact.scope,
        origin=origin,
        evidence=(fact.evidence,),
    )
