"""Word lists and tables of the package: UTF-8, one entry a line, `#` begins a comment line."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def load_list(name: str) -> tuple[str, ...]:
    """Load a list of the package.

    name (str): Its file name without `.txt`.
    RETURNS (tuple[str, ...]): Its entries in order.
    RAISES (ValueError): An entry is empty, repeated or has white space around it.
    """
    source = files(__name__).joinpath(f"{name}.txt").read_text("utf8")
    entries = [line for line in source.splitlines() if not line.startswith("#")]
    bad = [entry for entry in entries if not entry or entry != entry.strip()]
    if bad or len(set(entries)) != len(entries):
        repeated = sorted({entry for entry in entries if entries.count(entry) > 1})
        raise ValueError(f"data/{name}.txt: malformed entries {bad[:3]}, repeated entries {repeated[:3]}")
    return tuple(entries)


@cache
def load_table(name: str) -> tuple[tuple[str, ...], ...]:
    """Load a table of the package.

    name (str): Its file name without `.tsv`.
    RETURNS (tuple[tuple[str, ...], ...]): Its rows in order, columns apart by tabs.
    RAISES (ValueError): Rows differ in their number of columns.
    """
    source = files(__name__).joinpath(f"{name}.tsv").read_text("utf8")
    rows = tuple(tuple(line.split("\t")) for line in source.splitlines() if line and not line.startswith("#"))
    if len({len(row) for row in rows}) > 1:
        short = next(row for row in rows if len(row) != len(rows[0]))
        raise ValueError(f"data/{name}.tsv: {len(short)} columns where {len(rows[0])} are expected, at {short[0]!r}")
    return rows
