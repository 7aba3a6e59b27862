"""Series of reports: the records of each body by year, with changes, gaps, contradictions and repeated text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from typing import Final

from govner.records.audit.engine import audit_years
from govner.records.audit.rules import make_finding
from govner.records.comparison.figures import KeyMetric, choose_metrics, is_comparable, read_figures
from govner.records.comparison.model import Comparison, Figure, LeftOut, Series, YearReport
from govner.records.comparison.ranking import rank_bodies
from govner.records.comparison.reuse import find_reuse
from govner.records.identity.names import clean_name
from govner.records.schema import Finding, Record

_SHORT_GOVERNMENT: Final = re.compile("(?<!人民)政府$")
_TENTH: Final = Decimal("0.1")


def compare_records(records: Iterable[Record], metrics: Collection[str] | None = None) -> Comparison:
    """Compare reports of the same body over years, and of several bodies in each year.

    records (Iterable[Record]): Records in any order, as `govner.read_many` yields them.
    metrics (Collection[str] | None): Ids of `KEY_METRICS`; all of them for None.
    RETURNS (Comparison): Bodies by name. A record without issuer or year is left out, and so is the shorter of two of
        one body for one year; each is named with the reason.
    RAISES (InputError): One of the ids is no key metric.
    """
    chosen = choose_metrics(metrics)
    found: defaultdict[str, dict[int, Record]] = defaultdict(dict)
    left_out: list[LeftOut] = []
    # The longest first, then by id: which of two is kept must not hang on the order of files.
    for record in sorted(records, key=lambda record: (-record.characters, record.id, record.path or "")):
        body, year = fold_body(record.identity.issuer), record.identity.year
        if body is None or year is None:
            missing = [word for word, value in (("issuer", body), ("year", year)) if value is None]
            left_out.append(_leave_out(record, f"no {' and no '.join(missing)} found"))
        elif (kept := found[body].get(year)) is not None:
            left_out.append(_leave_out(record, f"{kept.id} is a report of the same body for {year}"))
        else:
            found[body][year] = record
    bodies = [
        make_series(body, [by_year[year] for year in sorted(by_year)], chosen)
        for body, by_year in sorted(found.items())
    ]
    return Comparison(
        metrics=tuple(metric.id for metric in chosen),
        bodies=rank_bodies(bodies),
        left_out=tuple(sorted(left_out, key=lambda one: (one.report_id, one.path or ""))),
    )


def fold_body(name: str | None) -> str | None:
    """One form for the names of a body: simplified, without white space and brackets, 人民政府 for 政府."""
    if name is None:
        return None
    return _SHORT_GOVERNMENT.sub("人民政府", clean_name(name)) or None


def make_series(body: str, records: Sequence[Record], metrics: Collection[KeyMetric]) -> Series:
    """Make the series of a body.

    body (str): Its name.
    records (Sequence[Record]): Its records in the order of their years, one a year.
    metrics (Collection[KeyMetric]): The figures to compare.
    RETURNS (Series): Changes and contradictions between years that follow each other; repeated text against the report
        before, also over a gap.
    """
    reports: list[YearReport] = []
    for number, record in enumerate(records):
        year = record.identity.year
        assert year is not None
        figures, unclear = read_figures(record, metrics)
        earlier = records[number - 1] if number else None
        findings: tuple[Finding, ...] = ()
        if earlier is not None and earlier.identity.year == year - 1:
            figures = tuple(_with_change(figure, reports[-1].figure(figure.metric)) for figure in figures)
            findings = audit_years(earlier, record) + _check_carried(earlier, record)
        reports.append(
            YearReport(
                report_id=record.id,
                path=record.path,
                year=year,
                figures=figures,
                unclear=unclear,
                findings=findings,
                reuse=None if earlier is None else find_reuse(earlier, record),
            )
        )
    missing = [year for one, next_one in pairwise(reports) for year in range(one.year + 1, next_one.year)]
    return Series(body=body, reports=tuple(reports), missing_years=tuple(missing))


def _leave_out(record: Record, reason: str) -> LeftOut:
    return LeftOut(report_id=record.id, path=record.path, reason=reason)


def _with_change(figure: Figure, before: Figure | None) -> Figure:
    if before is None or not is_comparable(figure, before):
        return figure
    change = figure.value - before.value
    percent = None if before.value == 0 else (100 * change / before.value).quantize(_TENTH, ROUND_HALF_EVEN)
    return figure.model_copy(update={"change": change, "percent": percent})


def _check_carried(earlier: Record, current: Record) -> tuple[Finding, ...]:
    """上年结转 is what the year before carried forward, where one of the two is said in the text alone.

    `audit_years` compares the tables of two years; free-form reports have none.
    """
    forward, over = (
        _exact(record, metric)
        for record, metric in ((earlier, "requests_carried_forward"), (current, "requests_carried_over"))
    )
    if forward is None or over is None or forward.value == over.value or not is_comparable(over, forward):
        return ()
    if forward.origin == over.origin == "requests table":
        return ()
    return (
        make_finding(
            "carried-between-years",
            f"{forward.value} requests were carried forward the year before, but {over.value} carried over.",
            f"上年度报告结转下年{forward.value}件，本年度报告上年结转{over.value}件。",
            (*forward.evidence, *over.evidence),
            previous=forward.value,
            current=over.value,
        ),
    )


def _exact(record: Record, metric: str) -> Figure | None:
    figures, _ = read_figures(record, choose_metrics((metric,)))
    return figures[0] if figures and figures[0].bound == "exact" else None
