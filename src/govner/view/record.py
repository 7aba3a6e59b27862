"""A record as the panel of a page shows it: key figures, facts, documents, officials, tables, findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup

from govner.records.audit.decisions import apply_decisions, decisions_path, read_decisions
from govner.records.audit.rules import RULES
from govner.records.comparison.figures import read_figures
from govner.records.facts.metrics.classifier import metrics
from govner.records.national.templates import TEMPLATES, Column
from govner.records.schema import Cell, Evidence, Finding, NationalTable, Record
from govner.view.charts import draw_bars
from govner.view.labels import LEVELS
from govner.view.notes import describe_official, name_citation, show_fact
from govner.view.numbers import show_number
from govner.view.shares import (
    channel_bars,
    count_channels,
    count_outcomes,
    count_sections,
    outcome_bars,
    section_bars,
)

_TABLES: Final = {
    "disclosure": "主动公开政府信息情况",
    "requests": "收到和处理政府信息公开申请情况",
    "remedies": "政府信息公开行政复议、行政诉讼情况",
}
_RULES: Final = {rule.id: rule for rule in RULES}
_BLANK: Final = {"blank": "", "slash": "/", "dash": "—"}


@dataclass(frozen=True)
class Line:
    """A line of a list: its words, a value, something beside it, and the passages it comes from.

    passages (str): Starts and ends in the text, such as "12-30 45-60"; "" for none.
    """

    words: str
    value: str = ""
    beside: str = ""
    passages: str = ""


@dataclass(frozen=True)
class PageFinding:
    """A finding: its rule in words, both messages, each passage as (start-end, text)."""

    severity: str
    status: str
    title: str
    title_zh: str
    message: str
    message_zh: str
    places: list[tuple[str, str]]


@dataclass(frozen=True)
class PageTable:
    """A national table as a grid; a cell is (what stands there, its passage, whether its place is sure)."""

    title: str
    problem: str
    parts: list[tuple[list[str], list[tuple[str, list[tuple[str, str, bool]]]]]]


@dataclass(frozen=True)
class Panel:
    """All the panel shows; lists are empty where the record has nothing."""

    identity: list[Line]
    figures: list[Line]
    unclear: list[Line]
    facts: list[Line]
    citations: list[Line]
    officials: list[Line]
    tables: list[PageTable]
    findings: list[PageFinding]
    charts: list[tuple[str, Markup]]


def make_panel(record: Record) -> Panel:
    """Make the panel of a record.

    record (Record): With evidence in characters of the report's text. Findings that a person decided about in
        REPORT.audit.json beside it have that status.
    RETURNS (Panel): What is shown.
    RAISES (InputError): That file is not as it should be.
    """
    names = {metric.id: metric.name for metric in metrics()}
    figures, unclear = read_figures(record)
    return Panel(
        identity=_identity(record),
        figures=[
            Line(names[one.metric], f"{show_number(one.value)} {one.unit}", one.origin, passages(one.evidence))
            for one in figures
        ],
        unclear=[
            Line(names[one.metric], "?", f"{len(one.evidence)} figures", passages(one.evidence)) for one in unclear
        ],
        facts=[
            Line(
                names.get(fact.metric, "其他"),
                show_fact(fact),
                fact.channel.text if fact.channel else fact.head or "",
                passages((fact.evidence,)),
            )
            for fact in record.facts
        ],
        citations=[
            Line(name_citation(one), f"{len(one.mentions)}×", "、".join(one.aliases), passages(one.mentions))
            for one in record.citations
        ],
        officials=[Line(one.name, "", describe_official(one), passages(one.evidence)) for one in record.officials],
        tables=[_table(table) for table in record.tables],
        findings=[_finding(finding) for finding in decided_findings(record)],
        charts=[
            (title, draw_bars(bars, title))
            for title, bars in (
                ("主动公开：按渠道 Disclosed, by channel", channel_bars(count_channels(record))),
                ("申请：按办理结果 Requests, by outcome", outcome_bars(count_outcomes(record))),
                ("各部分篇幅 Share of sections", section_bars(count_sections(record))),
            )
            if bars
        ],
    )


def decided_findings(record: Record) -> tuple[Finding, ...]:
    """The findings of a record that were not dismissed, with what was decided about them beside the report."""
    if record.path is None or record.path == "-":
        return record.findings
    path = decisions_path(Path(record.path))
    found = apply_decisions(record.findings, read_decisions(path)) if path.is_file() else record.findings
    return tuple(finding for finding in found if finding.status != "dismissed")


def passages(evidence: Iterable[Evidence]) -> str:
    """Starts and ends of passages, as the page's script reads them."""
    return " ".join(f"{passage.start}-{passage.end}" for passage in evidence)


def _identity(record: Record) -> list[Line]:
    identity = record.identity
    period = " – ".join(part for part in (identity.period_start, identity.period_end) if part)
    region = " ".join(part for part in (identity.region, identity.region_code) if part)
    lines = (
        Line("机关 issuer", identity.issuer or "", "", passages(identity.evidence)),
        Line("年度 year", "" if identity.year is None else str(identity.year)),
        Line("级别 level", LEVELS.get(identity.level or "", "")),
        Line("地区 region", region),
        Line("统计期限 period", period),
        Line("发布 published", identity.published or ""),
        *(
            Line(f"不一致 conflict: {one.field}", " / ".join(one.values), "", passages(one.evidence))
            for one in identity.conflicts
        ),
    )
    return [line for line in lines if line.value]


def _finding(finding: Finding) -> PageFinding:
    rule = _RULES[finding.rule]
    return PageFinding(
        severity=finding.severity,
        status=finding.status,
        title=rule.title,
        title_zh=rule.title_zh,
        message=finding.message,
        message_zh=finding.message_zh,
        places=[(f"{one.start}-{one.end}", _clip(one.text)) for one in finding.evidence],
    )


def _table(table: NationalTable) -> PageTable:
    template = TEMPLATES[table.kind, table.edition]
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    parts: list[tuple[list[str], list[tuple[str, list[tuple[str, str, bool]]]]]] = []
    columns: tuple[Column, ...] = ()
    for row in template.rows if cells else ():
        if row.columns != columns:
            columns = row.columns
            parts.append(([column.label for column in columns], []))
        words = f"{row.group} · {row.label}" if row.group and table.kind != "disclosure" else row.label
        parts[-1][1].append((words, [_cell(cells.get((row.id, column.id))) for column in columns]))
    return PageTable(f"{_TABLES[table.kind]}（{table.edition}）", table.problem or "", parts)


def _cell(cell: Cell | None) -> tuple[str, str, bool]:
    if cell is None:
        return "", "", True
    shown = show_number(cell.value) if cell.value is not None else _BLANK.get(cell.kind, cell.raw)
    return shown, passages((cell.evidence,)) if cell.evidence and shown else "", cell.certain


def _clip(text: str, most: int = 48) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1] + "…"
