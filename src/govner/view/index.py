"""The index of a site: a table of its reports that can be sorted and filtered, charts, links to comparisons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from urllib.parse import quote

from markupsafe import Markup

from govner.records.facts.metrics.classifier import metrics
from govner.view.body import BodyLink
from govner.view.charts import Bar, draw_bars
from govner.view.labels import LEVELS
from govner.view.numbers import show_number
from govner.view.shares import channel_bars, outcome_bars, section_bars
from govner.view.summary import Summary
from govner.view.templates import render

# Figures with a column of their own.
_FIGURES: Final = ("proactive_total", "requests_received")


@dataclass(frozen=True)
class IndexRow:
    """A row of the index; `figures` are (value to sort by, value as shown) for each column of its own."""

    summary: Summary
    link: str
    level: str
    figures: list[tuple[str, str]]
    findings: int


def render_index(summaries: Sequence[Summary], bodies: Sequence[BodyLink], prefix: str = "") -> str:
    """Render the index.

    summaries (Sequence[Summary]): The reports in the order to show them.
    bodies (Sequence[BodyLink]): Comparisons.
    prefix (str): From the index to the site's directory; "" or ending in "/".
    RETURNS (str): HTML that needs no other file but those it links to.
    """
    names = {metric.id: metric.name for metric in metrics()}
    return render(
        "index.html",
        ("index.css",),
        ("table.js",),
        title=f"{len(summaries):,} reports",
        rows=[_row(summary, prefix) for summary in summaries],
        columns=[names[metric] for metric in _FIGURES],
        years=sorted({summary.year for summary in summaries if summary.year is not None}),
        levels=[words for level, words in LEVELS.items() if any(summary.level == level for summary in summaries)],
        bodies=bodies,
        prefix=prefix,
        totals={
            "characters": sum(summary.characters for summary in summaries),
            "paragraphs": sum(summary.paragraphs for summary in summaries),
            "mentions": sum(summary.mentions for summary in summaries),
            "findings": sum(sum(summary.findings.values()) for summary in summaries),
        },
        charts=_charts(summaries),
    )


def _row(summary: Summary, prefix: str) -> IndexRow:
    figures = [summary.figures.get(metric) for metric in _FIGURES]
    return IndexRow(
        summary=summary,
        link=f"{prefix}pages/{quote(summary.page)}.html",
        level=LEVELS.get(summary.level or "", ""),
        figures=[("" if value is None else str(value), show_number(value)) for value in figures],
        findings=sum(summary.findings.values()),
    )


def _charts(summaries: Sequence[Summary]) -> list[tuple[str, Markup]]:
    years = Counter(summary.year for summary in summaries if summary.year is not None)
    charts = (
        (
            "报告：按年度 Reports, by year",
            [Bar(str(year), Decimal(years[year]), str(years[year])) for year in sorted(years)],
        ),
        ("主动公开：按渠道 Disclosed, by channel", channel_bars(_sum(one.channels for one in summaries))),
        ("申请：按办理结果 Requests, by outcome", outcome_bars(_sum(one.outcomes for one in summaries))),
        ("各部分篇幅 Share of sections", section_bars(_sum(one.sections for one in summaries))),
    )
    return [(title, draw_bars(bars, title)) for title, bars in charts if bars]


def _sum(parts: Iterable[dict[str, Decimal]]) -> dict[str, Decimal]:
    total: dict[str, Decimal] = {}
    for part in parts:
        for name, value in part.items():
            total[name] = total.get(name, Decimal(0)) + value
    return total
