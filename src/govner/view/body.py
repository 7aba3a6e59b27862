"""The page of a body: its key figures by year, what its reports repeat, and where they do not follow on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from govner.records.audit.rules import RULES
from govner.records.comparison.model import Comparison, Figure, Series
from govner.records.facts.metrics.classifier import metrics
from govner.records.schema import Evidence, Finding
from govner.view.charts import draw_line, draw_spark
from govner.view.numbers import show_number
from govner.view.templates import render

_MOST_CHARTS: Final = 6
_RULES: Final = {rule.id: rule for rule in RULES}
_EDITS: Final = {"none": "unchanged", "numbers": "numbers changed", "words": "words changed"}


class BodyLink(NamedTuple):
    """A comparison in the index: the body, its years, the page's address from the site's directory."""

    body: str
    years: list[int]
    address: str


class BodyCell(NamedTuple):
    """A figure of a year: as shown, its change from the year before, a link to its passage."""

    shown: str
    change: str
    link: str


@dataclass(frozen=True)
class Repeated:
    """What a report repeats: numbers in words, and (link, words, earlier link, what was changed) a paragraph."""

    year: int
    earlier_year: int
    paragraphs: int
    repeated: int
    changed: str
    width: float
    pairs: list[tuple[str, str, str, str]]


def render_body(comparison: Comparison, pages: Mapping[str, str], home: str) -> str:
    """Render the page of a body.

    comparison (Comparison): Of its reports alone.
    pages (Mapping[str, str]): The address of each report's page by the report's id.
    home (str): Address of the index.
    RETURNS (str): HTML that needs no other file but those it links to.
    """
    [series] = comparison.bodies
    names = {metric.id: metric.name for metric in metrics()}
    by_metric = {
        metric: [(report.year, figure.value) for report in series.reports if (figure := report.figure(metric))]
        for metric in comparison.metrics
    }
    return render(
        "body.html",
        ("index.css",),
        (),
        home=home,
        title=series.body,
        years=[(report.year, pages[report.report_id]) for report in series.reports],
        missing=series.missing_years,
        rows=[
            (names[metric], _cells(series, metric, pages), draw_spark(by_metric[metric], names[metric]))
            for metric in comparison.metrics
            if by_metric[metric] or any(_is_unclear(series, number, metric) for number in range(len(series.reports)))
        ],
        charts=[
            (names[metric], draw_line(points, names[metric]))
            for metric, points in by_metric.items()
            if len(points) > 1 and len({value for _, value in points}) > 1
        ][:_MOST_CHARTS],
        findings=_findings(series, pages),
        repeated=_repeated(series, pages),
        left_out=comparison.left_out,
    )


def _cells(series: Series, metric: str, pages: Mapping[str, str]) -> list[BodyCell]:
    cells = []
    for number, report in enumerate(series.reports):
        figure = report.figure(metric)
        if figure is not None:
            link = _link(pages[report.report_id], figure.evidence)
            cells.append(BodyCell(f"{show_number(figure.value)} {figure.unit}", _change(figure), link))
        else:
            cells.append(BodyCell("?" if _is_unclear(series, number, metric) else "", "", ""))
    return cells


def _is_unclear(series: Series, number: int, metric: str) -> bool:
    return any(one.metric == metric for one in series.reports[number].unclear)


def _change(figure: Figure) -> str:
    if figure.change is None:
        return ""
    percent = "" if figure.percent is None else f", {show_number(figure.percent, '+')}%"
    return f"{show_number(figure.change, '+')}{percent}"


def _findings(series: Series, pages: Mapping[str, str]) -> list[tuple[int, Finding, str, list[tuple[str, str]]]]:
    """Year, finding, its title, and links: the first passage stands in the report of the year before."""
    found = []
    for number, report in enumerate(series.reports):
        for finding in report.findings:
            earlier = series.reports[number - 1]
            links = [
                (_link(pages[earlier.report_id], finding.evidence[:1]), f"{earlier.year}: {_clip(finding.evidence[0])}")
            ]
            links += [
                (_link(pages[report.report_id], [passage]), f"{report.year}: {_clip(passage)}")
                for passage in finding.evidence[1:]
            ]
            found.append((report.year, finding, _RULES[finding.rule].title_zh, links))
    return found


def _repeated(series: Series, pages: Mapping[str, str]) -> list[Repeated]:
    found = []
    for report in series.reports:
        reuse = report.reuse
        if reuse is None:
            continue
        changed = None if reuse.share is None else Decimal(1) - Decimal(str(reuse.share))
        found.append(
            Repeated(
                year=report.year,
                earlier_year=reuse.earlier_year,
                paragraphs=reuse.paragraphs,
                repeated=len(reuse.reused),
                changed="" if changed is None else f"{changed:.0%}",
                width=0.0 if changed is None else float(changed),
                pairs=[
                    (
                        _link(pages[report.report_id], [pair.evidence]),
                        _clip(pair.evidence),
                        _link(pages[reuse.earlier_id], [pair.earlier]),
                        _EDITS[pair.edit],
                    )
                    for pair in reuse.reused
                ],
            )
        )
    return found


def _link(page: str, evidence: Iterable[Evidence]) -> str:
    places = ",".join(f"{passage.start}-{passage.end}" for passage in evidence)
    return f"{page}#c{places}" if places else page


def _clip(passage: Evidence, most: int = 44) -> str:
    words = " ".join(passage.text.split())
    return words if len(words) <= most else words[: most - 1] + "…"
