"""The tables that a run writes, with a type for each column, so that all parts of a table fit together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyarrow as pa

from govner.engine.job import Task
from govner.engine.rows import Row
from govner.records.frames import TABLES
from govner.tables import COLUMNS

# What a run adds to the tables of both tasks.
SOURCE: Final = ("format", "encoding", "row", "repairs", "notes")
EXTRA: Final[dict[str, tuple[str, ...]]] = {
    # Texts that are not their file as it stands; offsets of all tables are characters of them.
    "texts": ("report_id", "text"),
    # What was repaired before reading (`repaired`), or is damaged beyond it.
    "repairs": ("report_id", "start", "end", "kind", "repaired", "text", "replacement"),
    "errors": ("report_id", "path", "row", "stage", "reason"),
}
_WHOLE: Final = {
    *("start", "end", "page", "year", "serial", "parent", "fact", "citation", "table", "finding", "characters"),
    *("paragraphs", "agency", "official", "document", "count", "channel", "findings", "mentions", "repairs"),
}
_REAL: Final = {"probability", "value", "lower", "upper"}
_TRUTH: Final = {"is_self", "is_order", "repaired", "is_zero_statement", "certain"}
# The same name means different things in these.
_APART: Final = {
    ("facts", "channel"): pa.string(),
    ("sections", "level"): pa.int64(),
    ("reports", "row"): pa.int64(),
    ("errors", "row"): pa.int64(),
}


def schemas(task: Task) -> dict[str, pa.Schema]:
    """The tables of a task.

    task (Task): "tag" or "records".
    RETURNS (dict[str, pa.Schema]): Columns by table; "reports" also says how each was read, "page" is the page of a
        PDF that a passage begins on, "reading" what a mention was read as where that is not what stands there.
    """
    if task == "tag":
        columns = {name: list(names) for name, names in COLUMNS.items()}
    else:
        columns = {name: ["report_id", *names] for name, (_, names) in TABLES.items()}
    for name, names in columns.items():
        names += SOURCE if name == "reports" else ("page",)
    columns["mentions"].append("reading")
    return {name: _schema(name, names) for name, names in {**columns, **EXTRA}.items()}


def to_table(rows: Iterable[Row], schema: pa.Schema) -> pa.Table:
    """Rows as an Arrow table; keys that a row lacks are null."""
    return pa.Table.from_pylist(list(rows), schema=schema)


def _schema(table: str, columns: Iterable[str]) -> pa.Schema:
    return pa.schema([(column, _type(table, column)) for column in columns])


def _type(table: str, column: str) -> pa.DataType:
    if (table, column) in _APART:
        return _APART[table, column]
    if column in _WHOLE:
        return pa.int64()
    if column in _REAL:
        return pa.float64()
    return pa.bool_() if column in _TRUTH else pa.string()
