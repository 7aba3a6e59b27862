"""Carry what was read from a repaired copy back to the text as it was given."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

from govner.cleaning.view import View
from govner.records.schema import Evidence, Record

_Part = TypeVar("_Part", bound=BaseModel)


def project_record(record: Record, view: View) -> Record:
    """Carry a record back.

    record (Record): Made from the copy.
    view (View): The copy beside its original.
    RETURNS (Record): The same values, with every passage of evidence in characters of the original.
    """
    if view.text is view.original:
        return record
    projected = _project(record, view)
    return projected.model_copy(update={"characters": len(view.original)})


def project_rows(rows: list[dict[str, Any]], view: View) -> list[dict[str, Any]]:
    """Carry rows with `start`, `end` and `text` back; as `project_record`."""
    if view.text is view.original:
        return rows
    projected = []
    for row in rows:
        start, end = view.to_original(row["start"], row["end"])
        projected.append({**row, "start": start, "end": end, "text": view.original[start:end]})
    return projected


def _project(part: _Part, view: View) -> _Part:
    changed = {}
    for name in type(part).model_fields:
        before = getattr(part, name)
        after = _project_value(before, view)
        if after is not before:
            changed[name] = after
    return part.model_copy(update=changed) if changed else part


def _project_value(value: Any, view: View) -> Any:
    if isinstance(value, Evidence):
        start, end = view.to_original(value.start, value.end)
        return Evidence(start=start, end=end, text=view.original[start:end])
    if isinstance(value, BaseModel):
        return _project(value, view)
    if isinstance(value, tuple):
        return tuple(_project_value(item, view) for item in value)
    return value
