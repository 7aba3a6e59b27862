"""The rows of one report, for all tables of a run."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import Any

from spacy.tokens import Doc

from govner.cleaning.view import View
from govner.engine.job import Task
from govner.input.text import InputText
from govner.records.frames import rows_of
from govner.records.projection import project_record, project_rows
from govner.records.record import make_record
from govner.tables import tables_of

Row = dict[str, Any]


def rows_of_report(
    task: Task, doc: Doc, text: InputText, view: View, disabled: Collection[str] = ()
) -> dict[str, list[Row]]:
    """Make the rows of one report.

    task (Task): "tag" or "records".
    doc (Doc): Tagged by a govner pipeline from the text of `view`.
    text (InputText): The report.
    view (View): Its text beside the copy that was tagged.
    disabled (Collection[str]): Audit rules left out.
    RETURNS (dict[str, list[Row]]): Rows by table; offsets are characters of `text.text`.
    """
    if task == "tag":
        rows = tables_of(doc, text.id, text.path)
        for row in rows["sections"]:
            row["heading_path"] = " > ".join(row["heading_path"])
        rows["sections"] = project_rows(rows["sections"], view)
        rows["mentions"] = project_rows([{**row, "reading": row["text"]} for row in rows["mentions"]], view)
        rows["reports"][0]["characters"] = len(text.text)
    else:
        record = make_record(doc, text.id, text.path, disabled)
        rows = rows_of(project_record(record, view))
        for row, mention in zip(rows["mentions"], record.mentions, strict=True):
            row["reading"] = mention.evidence.text
    for row in rows["mentions"]:
        if row["reading"] == row["text"]:
            row["reading"] = None
    [report] = rows["reports"]
    report |= {"format": text.format, "encoding": text.encoding, "row": text.row}
    report |= {"repairs": len(view.changes), "notes": "; ".join(text.notes) or None}
    if text.pages:
        for name in rows.keys() - {"reports"}:
            _add_pages(rows[name], text.pages)
    rows["repairs"] = repairs_of(view, text.id)
    if not text.is_file:
        rows["texts"] = [{"report_id": text.id, "text": text.text}]
    return rows


def repairs_of(view: View, report_id: str) -> list[Row]:
    """A row for each change and for each passage that is damaged beyond repair, in order."""
    rows: list[Row] = [
        {"start": change.start, "end": change.end, "kind": change.kind, "repaired": True, "text": change.before}
        | {"replacement": change.after}
        for change in view.changes
    ]
    rows += [
        {"start": flag.start, "end": flag.end, "kind": flag.kind, "repaired": False}
        | {"text": view.original[flag.start : flag.end], "replacement": None}
        for flag in view.flags
    ]
    return [{"report_id": report_id, **row} for row in sorted(rows, key=lambda row: (row["start"], row["end"]))]


def _add_pages(rows: list[Row], pages: Sequence[int]) -> None:
    """Say on which page, from 1, each passage begins."""
    for row in rows:
        if row["start"] is not None:
            row["page"] = max(bisect_right(pages, row["start"]), 1)
