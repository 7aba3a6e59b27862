"""The national tables of web pages."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from govner.records.national.html import read_html_tables
from govner.records.schema import NationalTable
from national_layouts import Lines, Report, disclosure_lines, make_report, remedy_lines, request_lines

TAGS = [
    "<table>",
    "</table>",
    "<tr>",
    "<td",
    "rowspan=9>",
    "<td\tcolspan=0>",
    "<td\tcolspan=99999>",
    "规章",
    "自然人",
    "本年新收",
    "0",
    "<br>",
    "<!--",
    "&",
    "<",
    "\x00",
    "<p>",
]


def spans(lines: Lines, width: int) -> str:
    """Rows whose labels span columns and rows as in the form: a row of cells is `width` columns wide."""
    rows = []
    for number, line in enumerate(lines):
        cells = []
        for place, cell in enumerate(line):
            below = 0
            if cell.endswith("办理结果"):
                below = sum(1 for _ in lines[number:]) - 1
            elif place < len(line) - 8 and cell[:1] == "（":
                below = next((n for n, other in enumerate(lines[number + 1 :]) if other[0][:1] in "（四"), 0) + 1
            across = 1 if len(line) > 8 or len(line) == 15 else max(1, width - len(line) + 1) if not place else 1
            inner = (
                f"<p style='x'>{cell}</p>" if place % 2 else f"<span>{cell[:3]}</span>{cell[3:]}" if cell else "&nbsp;"
            )
            cells.append(f"<td rowspan='{below or 1}' colspan='{across}'>{inner}</td>")
        rows.append("<tr>" + "".join(cells) + "</tr>")
    return "<table border=1><tbody>" + "\n".join(rows) + "</tbody></table>"


def page(report: Report) -> str:
    parts = [
        "<html><head><title>年报</title><script>var a = '规章 1 2 3';</script></head><body><table><tr><td>",
        f"<h1>年度报告</h1><p>收到申请5件。</p>{spans(disclosure_lines(report), 4)}",
        f"<p>三、收到和处理政府信息公开申请情况</p>{spans(request_lines(report), 10)}",
        f"<p>四、政府信息公开行政复议、行政诉讼情况</p>{spans(remedy_lines(report), 15)}",
        "<p>五、存在的主要问题</p><p>有2项。</p></td></tr></table><!-- 规章 9 9 9 --></body></html>",
    ]
    return "".join(parts)


def cells_of(tables: tuple[NationalTable, ...]) -> dict[tuple[str, str, str], str]:
    return {(table.kind, cell.row, cell.column): cell.raw for table in tables for cell in table.cells if cell.certain}


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_cells_of_a_page_are_exact(seed: int) -> None:
    rng = random.Random(seed)
    report = make_report(rng, "0||/|-")
    report.total_first, report.by_case = rng.random() < 0.3, rng.random() < 0.5
    text, tables = read_html_tables(page(report))
    assert [table.kind for table in tables] == ["disclosure", "requests", "remedies"]
    assert cells_of(tables) == report.cells
    for table in tables:
        for part in [table.evidence, *(cell.evidence for cell in table.cells if cell.evidence)]:
            assert text[part.start : part.end] == part.text


def test_scripts_and_comments_are_not_visible() -> None:
    text, _ = read_html_tables(page(make_report(random.Random(1))))
    assert "var a" not in text
    assert "9 9 9" not in text
    assert "收到申请5件。" in text.splitlines()


def test_a_blank_over_several_columns_is_several_blanks() -> None:
    rows = "".join(f"<tr><td>{name}<td>3<td colspan=5><td>3" for name in ("一、本年新收", "二、上年结转", "（七）总计"))
    header = "<tr><td><td>自然人<td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他<td>总计"
    _, [table] = read_html_tables(f"<table>{header}{rows}</table>")
    assert [cell.raw for cell in table.cells if cell.row == "new"] == ["3", "", "", "", "", "", "3"]


def test_a_value_over_several_rows_is_in_each() -> None:
    header = "<tr><td><td>自然人<td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他<td>总计"
    first = "<tr><td>一、本年新收" + "<td rowspan=3>0" * 7
    _, [table] = read_html_tables(f"<table>{header}{first}<tr><td>二、上年结转<tr><td>（一）予以公开</table>")
    rows = [[cell.raw for cell in table.cells if cell.row == row] for row in ("new", "carried_in", "granted")]
    assert rows == [["0"] * 7] * 3


def test_text_outside_tables_is_read_too() -> None:
    lines = ["自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"]
    lines += ["一、本年新收 1 0 0 0 0 0 1", "二、上年结转 0 0 0 0 0 0 0"]
    _, [table] = read_html_tables("".join(f"<div>{line}</div>" for line in lines))
    assert [cell.raw for cell in table.cells if cell.row == "new"] == ["1", "0", "0", "0", "0", "0", "1"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(TAGS), max_size=30).map("".join))
def test_any_page_can_be_read(html: str) -> None:
    text, tables = read_html_tables(html)
    assert all(text[table.evidence.start : table.evidence.end] == table.evidence.text for table in tables)
