"""`govner compare`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from govner.cli.common import console
from govner.cli.options import Files, Format, Model, Reading, TableFormat, reading, with_options
from govner.cli.running import read_records
from govner.errors import InputError
from govner.records.comparison.figures import choose_metrics
from govner.records.comparison.model import Comparison, Figure, Reuse, Series
from govner.records.comparison.rows import comparison_frames
from govner.records.comparison.series import compare_records
from govner.records.export import export_frames
from govner.records.facts.metrics.classifier import metrics as all_metrics

# The tables written with --out have them all.
_RANKS_SHOWN = 10
_EDITS = {"none": "", "numbers": "numbers changed", "words": "words changed"}


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("compare")(compare)


@with_options(reading=reading)
def compare(
    files: Files,
    model: Model = None,
    metrics: Annotated[str | None, typer.Option("--metrics", help="Ids of metrics, with commas between.")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Directory for the tables.")] = None,
    format: Format = TableFormat.csv,
    *,
    reading: Reading,
) -> None:
    """Compare reports of a body over years, and of several bodies in a year: key figures, ranks, repeated text.

    A file that cannot be read is named and left out; the others are compared, and the exit code is 2.
    """
    chosen = None if metrics is None else [name.strip() for name in metrics.split(",") if name.strip()]
    choose_metrics(chosen)
    failed: list[InputError] = []
    comparison = compare_records(read_records(files, model, reading, failed), chosen)
    _show(comparison)
    if out is not None:
        paths = export_frames(comparison_frames(comparison), out, format.value)
        console.print(f"written: {escape(', '.join(map(str, paths)))}")
    if failed:
        raise typer.Exit(2)


def _show(comparison: Comparison) -> None:
    for series in comparison.bodies:
        console.rule(escape(series.body), align="left")
        console.print(_figures(series, comparison.metrics))
        if series.missing_years:
            console.print(f"[yellow]no report for {', '.join(map(str, series.missing_years))}[/yellow]")
        for line in _contradictions(series):
            console.print(line)
        for report in series.reports:
            if report.reuse is not None:
                console.print(_reused(report.year, report.reuse))
    if len(comparison.bodies) > 1:
        for year in comparison.years:
            table = _ranks(comparison, year)
            if table.row_count:
                console.print(table)
    stderr = Console(stderr=True, highlight=False, soft_wrap=True)
    for one in comparison.left_out:
        stderr.print(f"[yellow]left out:[/yellow] {escape(one.path or one.report_id)}: {escape(one.reason)}")


def _figures(series: Series, metrics: tuple[str, ...]) -> Table:
    """Key figures by year with the change from the year before; `?` where several stand for one."""
    table = Table(title="key figures, change from the year before", title_justify="left")
    table.add_column("metric")
    for report in series.reports:
        table.add_column(str(report.year), justify="right")
    names = {metric.id: metric.name for metric in all_metrics()}
    unclear = [{one.metric for one in report.unclear} for report in series.reports]
    for metric in metrics:
        figures = [report.figure(metric) for report in series.reports]
        cells = ["?" if metric in several else _cell(figure) for figure, several in zip(figures, unclear, strict=True)]
        if any(cells):
            table.add_row(f"{names[metric]} [dim]{metric}[/dim]", *cells)
    return table


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return ""
    value = _number(figure.value)
    if figure.change is None:
        return value
    percent = "" if figure.percent is None else f", {figure.percent:+f}%"
    return f"{value} [dim]({_number(figure.change, '+')}{percent})[/dim]"


def _number(value: Decimal, sign: str = "") -> str:
    whole = value == value.to_integral_value()
    return f"{int(value):{sign},}" if whole else f"{value.normalize():{sign},f}"


def _contradictions(series: Series) -> Iterator[str]:
    for report in series.reports:
        for finding in report.findings:
            places = ", ".join(f"{passage.start}-{passage.end}" for passage in finding.evidence)
            message = escape(f"{finding.message_zh} {finding.message}")
            yield f"[red]{report.year}[/red] {message} [dim]({places})[/dim]"


def _reused(year: int, reuse: Reuse) -> Table | str:
    share = "" if reuse.share is None else f", {reuse.share:.0%}"
    title = f"{year}: {len(reuse.reused)} of {reuse.paragraphs} paragraphs stand in {reuse.earlier_year} too{share}"
    if not reuse.reused:
        return title
    table = Table(title=title, title_justify="left")
    for name in ("at", f"in {reuse.earlier_year} at", "alike", "but", "begins"):
        table.add_column(name, justify="left" if name in ("but", "begins") else "right", no_wrap=name != "but")
    for pair in reuse.reused:
        begins = " ".join(pair.evidence.text.split())
        table.add_row(
            str(pair.evidence.start),
            str(pair.earlier.start),
            f"{pair.similarity:g}",
            _EDITS[pair.edit],
            escape(begins if len(begins) <= 24 else begins[:23] + "…"),
        )
    return table


def _ranks(comparison: Comparison, year: int) -> Table:
    """The first bodies of one year by each figure that two of them or more have."""
    table = Table(title=f"ranks in {year}", title_justify="left")
    for name in ("metric", "rank, body, figure"):
        table.add_column(name)
    reports = [
        (series.body, report) for series in comparison.bodies for report in series.reports if report.year == year
    ]
    for metric in comparison.metrics:
        figures = [(figure, body) for body, report in reports if (figure := report.figure(metric)) is not None]
        ranked = sorted((figure.rank, body, figure.value) for figure, body in figures if figure.rank is not None)
        if ranked:
            lines = [f"{rank}  {escape(body)}  {_number(value)}" for rank, body, value in ranked[:_RANKS_SHOWN]]
            more = len(ranked) - len(lines)
            table.add_row(metric, "\n".join(lines + [f"[dim]and {more} more[/dim]"] * (more > 0)))
    return table
