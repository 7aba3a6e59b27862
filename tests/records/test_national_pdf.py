"""The national tables of PDFs, ruled and without rules."""

import random
from pathlib import Path

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from govner.errors import InputError
from govner.records.national.pdf import read_pdf_tables
from govner.records.schema import NationalTable
from national_layouts import Lines, Report, disclosure_lines, make_report, remedy_lines, request_lines

FONT = "STSong-Light"
STYLE = ParagraphStyle("cell", fontName=FONT, fontSize=8, wordWrap="CJK")


def _number_page(canvas: object, document: object) -> None:
    canvas.setFont(FONT, 8)  # type: ignore[attr-defined]
    canvas.drawString(280, 20, f"- {document.page} -")  # type: ignore[attr-defined]


def _table(lines: Lines, labels: int, cells: int, ruled: bool) -> Table:
    """Rows with so many columns of labels and cells; a label spans the columns that the row has no labels for."""
    rows, style = [], [("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else []
    for line in lines:
        own = len(line) - cells if len(line) > cells else min(len(line), labels)
        before, behind = line[:own], line[own:]
        if before and before[0][:1] in "（12345678" and labels == 3:
            before = [""] * (labels - len(before) - (before[0][:1] == "（" and len(before) == 1)) + before
        if ruled and len(before) < labels:
            style.append(("SPAN", (max(len(before) - 1, 0), len(rows)), (labels - 1, len(rows))))
        row = before + [""] * (labels - len(before)) + behind
        rows.append([Paragraph(cell, STYLE) for cell in row + [""] * (labels + cells - len(row))])
    widths = [64] * labels + [min(44, 400 / cells)] * cells
    return Table(rows, colWidths=widths, style=style)


def write_pdf(path: Path, report: Report, ruled: bool) -> None:
    """Print the tables of a report over several pages with numbers at their feet."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    story: list[Flowable] = [Paragraph("二、主动公开政府信息情况，共2条。", STYLE)]
    story += [_table([line], 1, max(len(line) - 1, 1), ruled) for line in disclosure_lines(report)]
    story.append(Paragraph("三、收到和处理政府信息公开申请情况", STYLE))
    story.append(_table(request_lines(report), 3, 7, ruled))
    story.append(Paragraph("四、政府信息公开行政复议、行政诉讼情况", STYLE))
    remedies = remedy_lines(report)
    if report.by_case:
        story.append(_table(remedies, 1, 5, ruled))
    else:
        story.append(_table([["", *line] for line in remedies], 1, 15, ruled))
    document = SimpleDocTemplate(str(path), leftMargin=20, rightMargin=20)
    document.build(story, onFirstPage=_number_page, onLaterPages=_number_page)


def cells_of(tables: tuple[NationalTable, ...]) -> dict[tuple[str, str, str], str]:
    return {(table.kind, cell.row, cell.column): cell.raw for table in tables for cell in table.cells if cell.certain}


@pytest.mark.parametrize("seed", range(4))
def test_cells_of_ruled_tables_are_exact(seed: int, tmp_path: Path) -> None:
    report = make_report(random.Random(seed), "0||/|-")
    report.total_first, report.by_case = seed % 2 == 1, seed > 1
    write_pdf(tmp_path / "report.pdf", report, ruled=True)
    text, tables = read_pdf_tables(tmp_path / "report.pdf")
    assert cells_of(tables) == report.cells
    for table in tables:
        for part in [table.evidence, *(cell.evidence for cell in table.cells if cell.evidence)]:
            assert text[part.start : part.end] == part.text


@pytest.mark.parametrize("seed", range(4))
def test_cells_without_rules_are_exact_where_none_is_blank(seed: int, tmp_path: Path) -> None:
    report = make_report(random.Random(seed), "0|/|-")
    report.total_first, report.by_case = seed % 2 == 1, seed > 1
    write_pdf(tmp_path / "report.pdf", report, ruled=False)
    _, tables = read_pdf_tables(tmp_path / "report.pdf")
    assert cells_of(tables) == report.cells


@pytest.mark.parametrize("seed", range(3))
def test_blanks_without_rules_are_found_by_where_numbers_stand(seed: int, tmp_path: Path) -> None:
    report = make_report(random.Random(seed), "0|0||/")
    write_pdf(tmp_path / "report.pdf", report, ruled=False)
    _, tables = read_pdf_tables(tmp_path / "report.pdf")
    cells = cells_of(tables)
    assert not {place for place, raw in cells.items() if raw != report.cells[place]}
    requests = {place for place in report.cells if place[0] == "requests"}
    assert len(requests & cells.keys()) >= 0.95 * len(requests)


def test_what_is_no_pdf_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_pdf_tables(tmp_path / "none.pdf")
    (tmp_path / "text.pdf").write_text("规章 0 0 0", "utf8")
    with pytest.raises(InputError, match="is not a PDF"):
        read_pdf_tables(tmp_path / "text.pdf")
