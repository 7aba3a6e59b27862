"""Records as data frames: one row a report, section, mention, body, citation, official, fact, table cell, finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from govner.records.schema import Evidence, Record

Row = dict[str, Any]

# Columns that hold whole numbers or nothing; without a type of their own pandas would make floats of them.
_WHOLE: Final = frozenset({"start", "end", "year", "serial", "parent", "fact", "characters", "level", "citation"})


def to_frames(records: Iterable[Record]) -> dict[str, pd.DataFrame]:
    """Make a data frame of each kind of thing that records hold.

    records (Iterable[Record]): Records, as `govner.read_many` yields them.
    RETURNS (dict[str, pd.DataFrame]): The frames of `TABLES` by name. `report_id` joins them; `start` and `end` are
        characters of the report's text; `fact` and `parent` number the facts of a report from 0.
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for record in records:
        for name, table_rows in rows_of(record).items():
            rows[name] += table_rows
    return {name: make_frame(name, table_rows) for name, table_rows in rows.items()}


def rows_of(record: Record) -> dict[str, list[Row]]:
    """The rows of one record, by table, with the columns of `TABLES`."""
    return {name: [{"report_id": record.id, **row} for row in make(record)] for name, (make, _) in TABLES.items()}


def make_frame(name: str, rows: list[Row]) -> pd.DataFrame:
    """A data frame of the rows of one table."""
    frame = pd.DataFrame(rows, columns=["report_id", *TABLES[name][1]])
    for column in frame.columns:
        if column in _WHOLE and not (name == "reports" and column == "level"):
            frame[column] = frame[column].astype("Int64")
    return frame


def _place(evidence: Evidence | None) -> Row:
    if evidence is None:
        return {"start": None, "end": None, "text": None}
    return {"start": evidence.start, "end": evidence.end, "text": evidence.text}


def _number(value: Decimal | None) -> float | None:
    """As a float: exact for what reports count; the exact decimal is in the record."""
    return None if value is None else float(value)


def _reports(record: Record) -> Iterator[Row]:
    identity = record.identity
    yield {
        "path": record.path,
        "issuer": identity.issuer,
        "level": identity.level,
        "region": identity.region,
        "region_code": identity.region_code,
        "year": identity.year,
        "period_start": identity.period_start,
        "period_end": identity.period_end,
        "published": identity.published,
        "characters": record.characters,
        "findings": len(record.findings),
    }


def _sections(record: Record) -> Iterator[Row]:
    for section in record.sections:
        path = " > ".join(section.heading_path)
        yield {"label": section.label, "level": section.level, "heading_path": path, **_place(section.evidence)}


def _mentions(record: Record) -> Iterator[Row]:
    for mention in record.mentions:
        yield {
            "label": mention.label,
            "probability": mention.probability,
            "section": mention.section,
            **_place(mention.evidence),
        }


def _bodies(record: Record) -> Iterator[Row]:
    for body in record.bodies:
        yield {"name": body.name, "is_self": body.is_self, **_place(body.evidence)}


def _citations(record: Record) -> Iterator[Row]:
    """One row a mention; `citation` numbers the documents of a report from 0."""
    for number, citation in enumerate(record.citations):
        parts = citation.number
        for mention in citation.mentions:
            yield {
                "citation": number,
                "title": citation.title,
                "number": parts.text if parts else None,
                "code": parts.code if parts else None,
                "year": parts.year if parts else None,
                "serial": parts.serial if parts else None,
                "is_order": parts.is_order if parts else None,
                "repaired": parts.repaired if parts else None,
                "issuer": citation.issuer,
                "issuer_candidates": "; ".join(citation.issuer_candidates),
                **_place(mention),
            }


def _officials(record: Record) -> Iterator[Row]:
    for official in record.officials:
        yield {
            "name": official.name,
            "post": official.post,
            "body": official.body,
            "role": official.role,
            "group": official.group,
            "mentions": len(official.evidence),
            **_place(official.evidence[0]),
        }


def _facts(record: Record) -> Iterator[Row]:
    for number, fact in enumerate(record.facts):
        yield {
            "fact": number,
            "metric": fact.metric,
            "value": _number(fact.value),
            "unit": fact.unit,
            "lower": _number(fact.lower),
            "upper": _number(fact.upper),
            "bound": fact.bound,
            "head": fact.head,
            "period": fact.period,
            "scope": fact.scope,
            "channel": fact.channel.text if fact.channel else None,
            "parent": fact.parent,
            "is_zero_statement": fact.is_zero_statement,
            "section": fact.section,
            **_place(fact.evidence),
            "sentence": fact.sentence.text,
        }


def _table_cells(record: Record) -> Iterator[Row]:
    for number, table in enumerate(record.tables):
        for cell in table.cells:
            yield {
                "table": number,
                "kind": table.kind,
                "edition": table.edition,
                "row": cell.row,
                "column": cell.column,
                "raw": cell.raw,
                "value": _number(cell.value),
                "cell_kind": cell.kind,
                "certain": cell.certain,
                "problem": table.problem,
                **_place(cell.evidence),
            }


def _findings(record: Record) -> Iterator[Row]:
    """One row a passage; `finding` numbers the findings of a report from 0."""
    for number, finding in enumerate(record.findings):
        for passage in finding.evidence or (None,):
            yield {
                "finding": number,
                "rule": finding.rule,
                "severity": finding.severity,
                "status": finding.status,
                "message": finding.message,
                "message_zh": finding.message_zh,
                **_place(passage),
            }


_PLACE: Final = ("start", "end", "text")
TABLES: Final[dict[str, tuple[Callable[[Record], Iterator[Row]], tuple[str, ...]]]] = {
    "reports": (
        _reports,
        (
            *("path", "issuer", "level", "region", "region_code", "year", "period_start", "period_end", "published"),
            *("characters", "findings"),
        ),
    ),
    "sections": (_sections, ("label", "level", "heading_path", *_PLACE)),
    "mentions": (_mentions, ("label", "probability", "section", *_PLACE)),
    "bodies": (_bodies, ("name", "is_self", *_PLACE)),
    "citations": (
        _citations,
        (
            *("citation", "title", "number", "code", "year", "serial", "is_order", "repaired", "issuer"),
            *("issuer_candidates", *_PLACE),
        ),
    ),
    "officials": (_officials, ("name", "post", "body", "role", "group", "mentions", *_PLACE)),
    "facts": (
        _facts,
        (
            *("fact", "metric", "value", "unit", "lower", "upper", "bound", "head", "period", "scope", "channel"),
            *("parent", "is_zero_statement", "section", *_PLACE, "sentence"),
        ),
    ),
    "table_cells": (
        _table_cells,
        (
            *("table", "kind", "edition", "row", "column", "raw", "value", "cell_kind", "certain", "problem"),
            *_PLACE,
        ),
    ),
    "findings": (
        _findings,
        ("finding", "rule", "severity", "status", "message", "message_zh", *_PLACE),
    ),
}
