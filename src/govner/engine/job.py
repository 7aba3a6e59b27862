"""What a run does, and to what: everything a worker needs to know, as plain values."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Literal

from govner.input.limits import Limits
from govner.input.rows import Columns

Task = Literal["tag", "records"]
# Reports are tagged so many at a time; every chunk but a last one has a multiple of it.
WINDOW: Final = 16


@dataclass(frozen=True)
class Job:
    """A run over many reports.

    task (Task): "tag" writes what the pipeline finds, "records" what is read from it.
    model (str): Path or package name of the pipeline.
    repair (bool): Read damaged texts from a repaired copy.
    disabled (tuple[str, ...]): Audit rules left out.
    columns (Columns): Where text and id of a row stand.
    limits (Limits): What a report may take.
    """

    task: Task
    model: str
    repair: bool = True
    disabled: tuple[str, ...] = ()
    columns: Columns = field(default_factory=Columns)
    limits: Limits = field(default_factory=Limits)

    def to_json(self) -> dict[str, Any]:
        """As plain values, the same after `json.loads(json.dumps(...))`."""
        values: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return values


@dataclass(frozen=True)
class Chunk:
    """Reports that are read together and whose rows are written together.

    number (int): Its place in the run, from 0.
    files (tuple[tuple[str, str, str], ...]): For each file its report's id, the path to show, and where it is read.
    rows (RowSlice | None): Or some rows of a file.
    fatal (tuple[int, ...]): Places of reports that bring the process down that reads them.
    """

    number: int
    files: tuple[tuple[str, str, str], ...] = ()
    rows: RowSlice | None = None
    fatal: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.files) if self.rows is None else self.rows.end - self.rows.start

    def singles(self) -> Iterator[Chunk]:
        """Its reports as chunks of one."""
        for file in self.files:
            yield Chunk(self.number, (file,))
        if self.rows is not None:
            for place in range(self.rows.start, self.rows.end):
                yield Chunk(self.number, rows=replace(self.rows, start=place, end=place + 1))

    def fingerprint(self) -> str:
        """A digest of names, sizes, times of change and permissions of its files.

        Taken before they are read, it differs later from that of files that changed while or after they were read.
        """
        digest = hashlib.sha256()
        for report_id, path, stored in self.files:
            digest.update(f"{report_id}\0{path}\0{state_of(stored)}\n".encode(errors="replace"))
        if self.rows is not None:
            digest.update(json.dumps(asdict(self.rows)).encode())
        return digest.hexdigest()[:16]


@dataclass(frozen=True)
class RowSlice:
    """A piece of a file of rows, as it was copied for the run.

    path (str): The file; `name` and `format` are what its reports are called after, and its format.
    stored (str): The copy, as Parquet.
    state (str): Size and time of change of the file before it was copied.
    group (int): The row group of the copy.
    start, end (int): Which of the group's rows.
    """

    path: str
    name: str
    format: str
    stored: str
    state: str
    group: int
    start: int
    end: int


def state_of(path: str) -> str:
    """Size, time of change and permissions of a file; "gone" if there is none."""
    try:
        about = os.stat(path)  # noqa: PTH116 (a million paths)
    except (OSError, ValueError):
        return "gone"
    return f"{about.st_size}:{about.st_mtime_ns}:{about.st_mode:o}"
