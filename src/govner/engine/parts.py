"""The parts of tables: a Parquet file for each table and chunk, and what is made of them in the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from govner.engine.job import Chunk, Job
from govner.engine.manifest import Entry
from govner.engine.tables import schemas, to_table
from govner.engine.worker import ChunkRows, Worker
from govner.engine.writing import new_file
from govner.records.export import export_frames, safe_cells

Format = Literal["parquet", "csv", "jsonl", "xlsx", "duckdb"]
# Where the parts of formats that are put together in the end stay until then.
HIDDEN: Final = ".parts"


def write_parts(directory: Path, chunk: int, result: ChunkRows, tables: Mapping[str, pa.Schema]) -> dict[str, int]:
    """Write the rows of a chunk, a file a table; tables without rows have none.

    directory (Path): Of all parts; each table has a directory in it.
    chunk (int): The chunk's number.
    result (ChunkRows): Its rows.
    tables (Mapping[str, pa.Schema]): The tables.
    RETURNS (dict[str, int]): Rows by table, of those that have any.
    RAISES (OSError): A part cannot be written.
    """
    counts = {}
    for name, schema in tables.items():
        path = part_path(directory, name, chunk)
        if not result.rows[name]:
            path.unlink(missing_ok=True)
            continue
        with new_file(path) as place:
            pq.write_table(to_table(result.rows[name], schema), place)
        counts[name] = len(result.rows[name])
    return counts


def do_chunk(
    worker: Worker, chunk: Chunk, directory: Path, job: Job, done: Callable[[int, int], None] = lambda *_: None
) -> Entry:
    """Do a chunk and write its parts; as `Worker` and `write_parts`."""
    result = worker(chunk, done)
    rows = write_parts(directory, chunk.number, result, schemas(job.task))
    return Entry(chunk.number, result.fingerprint, result.reports, result.errors, result.characters, rows)


def part_path(directory: Path, table: str, chunk: int) -> Path:
    """Where the part of a table is that a chunk has."""
    return directory / table / f"part-{chunk:06}.parquet"


def remove_parts(directory: Path, tables: Mapping[str, Any], keep: Mapping[int, Any]) -> None:
    """Remove the parts of chunks that are not kept, and what was left of files being written."""
    for table in tables:
        for path in (directory / table).glob("*"):
            number = path.name.removeprefix("part-").removesuffix(".parquet")
            if path.name.endswith(".tmp") or (number.isdecimal() and int(number) not in keep):
                path.unlink(missing_ok=True)


def finish(
    directory: Path, out: Path, format: Format, rows: Mapping[str, Mapping[int, int]], schemas: Mapping[str, pa.Schema]
) -> list[Path]:
    """Make the tables of their parts.

    directory (Path): Of the parts.
    out (Path): Where the tables go.
    format (Format): "parquet" leaves the parts as they are.
    rows (Mapping[str, Mapping[int, int]]): The number of rows by table and chunk.
    schemas (Mapping[str, pa.Schema]): The tables.
    RETURNS (list[Path]): The files, or for "parquet" the directories, of the tables.
    RAISES (OSError): A file cannot be written.
    RAISES (InputError): A package is missing, or a worksheet would be too long.
    """
    if format == "parquet":
        for name, schema in schemas.items():
            if not any(rows[name].values()):  # An empty table is a table too.
                with new_file(part_path(out, name, 0)) as place:
                    pq.write_table(schema.empty_table(), place)
        return [out / name for name in schemas]
    if format in ("csv", "jsonl"):
        paths = []
        for name, schema in schemas.items():
            path = out / f"{name}.{format}"
            with new_file(path) as place, place.open("w", encoding="utf8", newline="") as file:
                for text in _TEXTS[format](_tables(directory, name, rows[name], schema)):
                    file.write(text)
            paths.append(path)
        return paths
    frames = {
        name: pa.concat_tables(_tables(directory, name, rows[name], schema)).to_pandas(integer_object_nulls=True)
        for name, schema in schemas.items()
    }
    return export_frames(frames, out, format)


def _tables(directory: Path, name: str, rows: Mapping[int, int], schema: pa.Schema) -> Iterator[pa.Table]:
    """The parts of a table in order, after one without rows."""
    yield schema.empty_table()
    for chunk in sorted(rows):
        if rows[chunk]:
            yield pq.read_table(part_path(directory, name, chunk), schema=schema)


def _csv(tables: Iterator[pa.Table]) -> Iterator[str]:
    for number, table in enumerate(tables):
        frame = table.to_pandas(types_mapper=_WITH_BLANKS.get)
        yield safe_cells(frame).to_csv(index=False, header=number == 0, lineterminator="\n")


def _jsonl(tables: Iterator[pa.Table]) -> Iterator[str]:
    for table in tables:
        for row in table.to_pylist():
            yield json.dumps(row, ensure_ascii=False) + "\n"


_WITH_BLANKS: Final = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
_TEXTS: Final[dict[str, Callable[[Iterator[pa.Table]], Iterator[str]]]] = {"csv": _csv, "jsonl": _jsonl}
