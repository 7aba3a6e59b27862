"""Divide what is to be read into chunks, the same ones each time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from govner.engine.job import WINDOW, Chunk, Job, RowSlice, state_of
from govner.engine.writing import new_file
from govner.errors import InputError
from govner.input.discovery import ROW_FORMATS, STANDARD_INPUT, find_files, format_of, report_ids
from govner.input.reader import read_bytes
from govner.input.rows import read_rows
from govner.input.text import without_surrogates

# Reports a chunk: enough that parts are not many and small, few enough that little is lost and all have work.
_MOST: Final = 128
_CHUNKS_EACH: Final = 4
_COPY: Final = pa.schema([("number", pa.int64()), ("id", pa.string()), ("text", pa.string()), ("problem", pa.string())])
_STATE: Final = b"govner.state"


def plan_chunks(paths: Iterable[str], job: Job, store: Path, processes: int, size: int | None = None) -> list[Chunk]:
    """Divide files into chunks.

    Files of rows, and standard input, are copied first: a chunk of rows can then be read without those before it, and
    reading can go on after a stop.

    paths (Iterable[str]): Files, directories, patterns, "-".
    job (Job): The job they are for.
    store (Path): A directory for copies; those of an earlier run are used if their files have not changed.
    processes (int): How many are to share the chunks.
    size (int | None): Reports a chunk, where an earlier run has said.
    RETURNS (list[Chunk]): The chunks in order.
    RAISES (InputError): A path stands for no file.
    """
    files = list(find_files(paths))
    plain: list[tuple[str, str, str]] = []
    copies: list[tuple[str, str, str, Path]] = []
    for number, (path, name) in enumerate(zip(files, report_ids(files), strict=True)):
        format = format_of(path)
        if path == STANDARD_INPUT:
            plain.append((name, path, str(_copy_standard_input(job, store))))
            continue
        if format in ROW_FORMATS:
            copy = store / f"rows-{number:05}.parquet"
            try:
                _copy_rows(path, format, job, copy)
                copies.append((path, name, format, copy))
                continue
            except InputError:
                pass  # A worker meets it again, and puts it among the errors.
        plain.append((name, path, path))
    reports = len(plain) + sum(pq.read_metadata(copy).num_rows for *_, copy in copies)
    each = size or min(_MOST, WINDOW * max(1, math.ceil(reports / (processes * _CHUNKS_EACH * WINDOW))))
    chunks = [Chunk(0, files=tuple(plain[start : start + each])) for start in range(0, len(plain), each)]
    for path, name, format, copy in copies:
        about = pq.read_metadata(copy)
        state = about.metadata[_STATE].decode()
        for group in range(about.num_row_groups):
            rows = about.row_group(group).num_rows
            for start in range(0, rows, each):
                piece = RowSlice(path, name, format, str(copy), state, group, start, min(start + each, rows))
                chunks.append(Chunk(0, rows=piece))
    return [replace(chunk, number=number) for number, chunk in enumerate(chunks)]


def _copy_rows(path: str, format: str, job: Job, copy: Path) -> None:
    """Copy the rows of a file, unless there is a copy of it as it is now."""
    state = f"{state_of(path)}:{job.columns.text}:{job.columns.id}"
    if copy.exists() and pq.read_metadata(copy).metadata.get(_STATE) == state.encode():
        return
    schema = _COPY.with_metadata({_STATE: state.encode()})
    with new_file(copy) as place, pq.ParquetWriter(place, schema) as writer:
        for group in _groups(path, format, job):
            writer.write_table(pa.Table.from_pylist(group, schema=schema), row_group_size=_MOST)


def _groups(path: str, format: str, job: Job) -> Iterator[list[dict[str, object]]]:
    group: list[dict[str, object]] = []
    for row in read_rows(Path(path), format, job.columns, job.limits):
        values = row._asdict()
        for name in ("id", "text"):
            values[name] = None if values[name] is None else without_surrogates(values[name])[0]
        group.append(values)
        if len(group) == _MOST:
            yield group
            group = []
    if group:
        yield group


def _copy_standard_input(job: Job, store: Path) -> Path:
    copy = store / "stdin"
    if not copy.exists():
        with new_file(copy) as place:
            place.write_bytes(read_bytes(STANDARD_INPUT, job.limits))
    return copy
