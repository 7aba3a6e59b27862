"""Read files that hold a report a row: JSON, JSON lines, CSV, Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from govner.errors import InputError
from govner.input.encodings import decode
from govner.input.limits import Limits

# How much of a file is looked at to tell its encoding.
_HEAD: Final = 1 << 20
_DELIMITERS: Final = ",;\t|"
_LONGEST_HEADER: Final = 1 << 16


@dataclass(frozen=True)
class Columns:
    """Which columns (keys) of a row are its text and its id; the id may be missing."""

    text: str = "text"
    id: str = "id"


class _Number(str):
    """A number of JSON as it is written: only texts and ids are wanted, and numbers may be of any length."""


class Row(NamedTuple):
    """A row of a file, counted from 1: its text, or why there is none."""

    number: int
    id: str | None
    text: str | None
    problem: str | None = None


def read_rows(path: Path, format: str, columns: Columns, limits: Limits) -> Iterator[Row]:
    """Read the rows of a file, one after another.

    path (Path): The file.
    format (str): "json" (a list, or one object), "jsonl", "csv" or "parquet".
    columns (Columns): Where text and id stand.
    limits (Limits): How long a row may be.
    YIELDS (Row): The rows in order; one that cannot be read says why, and the next goes on.
    RAISES (InputError): The file is not of its format, or has no such column.
    """
    yield from _READERS[format](path, columns, limits)


def _json(path: Path, columns: Columns, limits: Limits) -> Iterator[Row]:
    limits.check_size(path.stat().st_size, str(path))
    values = _parse(decode(path.read_bytes(), path).text, path)
    for number, value in enumerate(values if isinstance(values, list) else [values], 1):
        yield _from_value(number, value, columns)


def _jsonl(path: Path, columns: Columns, limits: Limits) -> Iterator[Row]:
    # Escapes make a line up to six times as long as its text; other columns take room too.
    longest = 8 * limits.characters + _LONGEST_HEADER
    with _open(path) as file:
        number = 0
        while line := file.readline(longest):
            number += 1
            if len(line) == longest and not line.endswith("\n"):
                while (rest := file.readline(longest)) and not rest.endswith("\n"):
                    pass
                yield Row(number, None, None, f"line has more than {longest:,} characters; raise --max-characters")
                continue
            if not line.strip():
                continue
            try:
                value = _parse(line, path, number)
            except InputError as error:
                yield Row(number, None, None, error.problem)
                continue
            yield _from_value(number, value, columns)


def _csv(path: Path, columns: Columns, limits: Limits) -> Iterator[Row]:
    with _open(path) as file:
        header = file.readline(_LONGEST_HEADER)
        delimiter = max(_DELIMITERS, key=header.count)
        names = next(csv.reader([header.strip("\r\n")], delimiter=delimiter), [])
        text, id = _places(names, columns, path)
        before = csv.field_size_limit(min(max(limits.characters, _LONGEST_HEADER), 2**31 - 1))
        try:
            rows = csv.reader(file, delimiter=delimiter)
            number = 0
            while True:
                number += 1
                try:
                    row = next(rows)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield Row(number, None, None, f"is no row of CSV ({error}); mend it or raise --max-characters")
                    continue
                if not row:
                    number -= 1
                elif len(row) <= text:
                    yield Row(number, None, None, f"has no column {columns.text!r}; mend the row")
                else:
                    yield Row(number, row[id] if id is not None and id < len(row) else None, row[text])
        finally:
            csv.field_size_limit(before)


def _parquet(path: Path, columns: Columns, limits: Limits) -> Iterator[Row]:
    try:
        with pq.ParquetFile(path) as file:
            names = file.schema_arrow.names
            text, id = _places(names, columns, path)
            wanted = [names[place] for place in (text, id) if place is not None]
            number = 0
            for batch in file.iter_batches(batch_size=64, columns=wanted):
                ids = _values(batch, columns.id) if id is not None else [None] * batch.num_rows
                for name, words in zip(ids, _values(batch, columns.text), strict=True):
                    number += 1
                    yield _from_value(number, {columns.text: words, columns.id: name}, columns)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"is not a Parquet file that can be read ({_first_line(error)}); check it", path) from None


def _values(batch: pa.RecordBatch, name: str) -> list[Any]:
    """The values of a column; bytes that are no UTF-8, which a damaged file may have, are replaced."""
    column = batch.column(name)
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return list(column.to_pylist())
    data = column.cast(pa.large_binary()).to_pylist()
    return [None if value is None else value.decode("utf-8", "replace") for value in data]


_READERS: Final[dict[str, Callable[[Path, Columns, Limits], Iterator[Row]]]] = {
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
}


def _open(path: Path) -> IO[str]:
    """Open a text file in the encoding its beginning has; a few bad bytes are replaced."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    encoding = decode(head, path).encoding
    encoding = {"utf-8": "utf-8-sig"}.get(encoding.lower(), encoding)
    return path.open(encoding=encoding, errors="replace", newline="")


def _parse(text: str, path: Path, line: int | None = None) -> Any:
    """Parse JSON; numbers stay as they are written."""
    try:
        return json.loads(text, parse_int=_Number, parse_float=_Number)
    except json.JSONDecodeError as error:
        place = line if line is not None else error.lineno
        raise InputError(f"is not JSON ({error.msg} at column {error.colno}); mend it", path, place) from None
    except RecursionError:
        raise InputError("is JSON nested too deep; a report is an object with a text", path, line) from None


def _from_value(number: int, value: Any, columns: Columns) -> Row:
    if _is_text(value):
        return Row(number, None, value)
    if not isinstance(value, dict):
        return Row(number, None, None, f"is no object with {columns.text!r}; give each report its text")
    text, id = value.get(columns.text), value.get(columns.id)
    id = None if id is None else str(id)
    if _is_text(text):
        return Row(number, id, text)
    if columns.text in value:
        return Row(number, id, None, f"has no text in {columns.text!r}; leave it out or give it one")
    names = ", ".join(map(str, value))[:200]
    return Row(number, id, None, f"has no {columns.text!r} but {names}; name the column with --text-column")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, _Number)


def _places(names: list[str], columns: Columns, path: Path) -> tuple[int, int | None]:
    if columns.text not in names:
        shown = ", ".join(names)[:200]
        raise InputError(f"has no column {columns.text!r} but {shown}; name it with --text-column", path)
    return names.index(columns.text), names.index(columns.id) if columns.id in names else None


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
