"""`govner corpus stats` and `agree`: figures about annotated reports."""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table as RichTable

from govner.cli.common import console, write_text
from govner.corpus.agreement import Agreement, compare
from govner.corpus.charts import draw_charts
from govner.corpus.convert import read_annotated_reports
from govner.corpus.coverage import measure_coverage
from govner.corpus.reader import read_reports
from govner.corpus.statistics import Table, count, tables, to_markdown
from govner.evaluation.errors import EvaluationError, list_errors


class Format(str, Enum):
    """How tables are printed."""

    text = "text"
    markdown = "markdown"


def register(app: typer.Typer) -> None:
    """Add the commands to `govner corpus`."""
    app.command("stats")(stats)
    app.command("agree")(agree)


def stats(
    paths: Annotated[list[Path], typer.Argument(help="Annotated files, or directories of them.")],
    format: Annotated[Format, typer.Option(help="Tables for reading here, or Markdown.")] = Format.text,
    charts: Annotated[Path | None, typer.Option(help="Draw a bar chart for each table into this directory.")] = None,
    cover: Annotated[
        list[Path] | None,
        typer.Option(help="Say how much of these annotated reports the train split covers; repeat it for several."),
    ] = None,
) -> None:
    """Count reports, characters, mentions and sections, by split and by kind of report."""
    reports = list(read_reports(paths))
    found = count(reports)
    laid_out = list(tables(found))
    if format is Format.markdown:
        typer.echo(to_markdown(laid_out), nl=False)
    else:
        middle = found.lengths[len(found.lengths) // 2]
        bare, paragraphs = sum(found.bare.values()), sum(found.paragraphs.values())
        console.print(
            f"{len(reports)} reports; characters: shortest {found.lengths[0]:,}, median {middle:,}, longest "
            f"{found.lengths[-1]:,}; {bare / paragraphs:.0%} of the paragraphs have no mention"
        )
        for table in laid_out:
            console.print(_show(table))
    if cover:
        seen = [report for report in reports if report.meta.get("split", "train") == "train"]
        share = measure_coverage(seen, read_reports(cover))
        console.print(
            f"covered by the train split: {share.trigrams:.1%} of the character trigrams, {share.contexts:.1%} of the "
            f"characters beside mentions, {share.mentions:.1%} of the mentions"
        )
    if charts is not None:
        written = draw_charts(found, charts)
        console.print(f"{len(written)} charts in {escape(str(charts))}")


def agree(
    first: Annotated[Path, typer.Argument(help="Annotated reports in any format: a file or a directory.")],
    second: Annotated[Path, typer.Argument(help="Another annotation of some of its reports, under the same names.")],
    format: Annotated[Format, typer.Option(help="Tables for reading here, or Markdown.")] = Format.text,
    differences: Annotated[Path | None, typer.Option(help="Write every difference with its context, as JSONL.")] = None,
    top: Annotated[int, typer.Option(min=0, help="How many differences to show here.")] = 20,
) -> None:
    """Say how far two annotations of the same reports agree, per label, and where they differ."""
    result = compare(read_annotated_reports([first]), read_annotated_reports([second]))
    laid_out = agreement_tables(result)
    if format is Format.markdown:
        typer.echo(to_markdown(laid_out), nl=False)
    else:
        for table in laid_out:
            console.print(_show(table))
    accuracy, (low, high) = result.scores.sections_accuracy
    console.print(
        f"{result.scores.documents} reports, {result.scores.paragraphs} paragraphs; same section "
        f"{accuracy:.3f} ({low:.3f}-{high:.3f}), Cohen's kappa {result.kappa:.3f}, "
        f"Krippendorff's alpha {result.alpha:.3f}"
    )
    found = list(list_errors(result.scores.examples))
    if format is Format.text:
        for each in found[:top]:
            console.print(escape(_described(each)))
        if len(found) > top:
            console.print(f"… {top} of {len(found)} differences; --top shows more, --differences writes all")
    if differences is not None:
        write_text(differences, "".join(json.dumps(each.to_json(), ensure_ascii=False) + "\n" for each in found))
        console.print(f"{len(found)} differences in {escape(str(differences))}")


def agreement_tables(result: Agreement) -> list[Table]:
    """Lay agreement out: mentions by label, sections by label."""
    rows = []
    for label, score in result.scores.entities.items():
        total = [sum(column) for column in zip(*result.counts.values(), strict=True)] or [0, 0, 0]
        counts = result.counts.get(label, tuple(total))
        low, high = score.interval
        rows.append((label, *map(str, counts), f"{score.f:.3f}", f"{low:.3f}-{high:.3f}"))
    sections = [
        (label, str(score.gold), f"{score.f:.3f}", f"{score.interval[0]:.3f}-{score.interval[1]:.3f}")
        for label, score in result.scores.sections.items()
    ]
    return [
        Table("mentions, exact span and label", ["label", "first", "second", "both", "F1", "95 %"], rows),
        Table("sections, by paragraph", ["label", "first", "F1", "95 %"], sections),
    ]


def _described(each: EvaluationError) -> str:
    """A difference in a line: place, kind, labels of the first and of the second annotation, context."""
    second = f"{each.predicted or '–'} {each.predicted_text}".strip()
    return f"{each.report}:{each.start} {each.kind} {each.gold or '–'} → {second}: {each.context}"


def _show(table: Table) -> RichTable:
    shown = RichTable(title=table.title, title_justify="left")
    for number, column in enumerate(table.columns):
        shown.add_column(escape(column), justify="right" if number else "left")
    for row in table.rows:
        shown.add_row(*map(escape, row))
    return shown
