"""Read, tag and tabulate one chunk of reports: what every engine does, wherever it runs."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq
from spacy.language import Language

from govner.cleaning.view import View
from govner.engine.job import WINDOW, Chunk, Job
from govner.engine.rows import Row as TableRow
from govner.engine.rows import rows_of_report
from govner.engine.tables import schemas
from govner.errors import InputError
from govner.input.limits import OutOfTime, time_limit
from govner.input.reader import read_input, text_of_row
from govner.input.rows import Row
from govner.input.text import InputText
from govner.loading import load_pipeline, require_annotations
from govner.tagging import view_of

# Texts are tagged together up to so many characters: more gains no speed, and takes memory.
_BATCH: Final = 30_000
# The 3,755 characters most used and the signs, as GB 2312-80 orders them.
_COMMON: Final = "".join(
    bytes((row, cell)).decode("gb2312", "ignore")
    for row in (*range(0xA1, 0xA4), *range(0xB0, 0xD8))
    for cell in range(0xA1, 0xFF)
)
_FATAL: Final = "brings the process down that reads it; look at it alone"


@dataclass
class ChunkRows:
    """What came of a chunk.

    rows (dict[str, list[TableRow]]): Rows by table.
    fingerprint (str): Of the files as they were just before they were read.
    reports, errors, characters (int): How many there were.
    """

    rows: dict[str, list[TableRow]]
    fingerprint: str
    reports: int = 0
    errors: int = 0
    characters: int = 0


@dataclass
class _Read:
    """A report on its way: its place in the chunk, its text, the copy that is tagged."""

    place: int
    text: InputText
    view: View


@dataclass
class _Done:
    """The rows of one report, or of one that failed."""

    place: int
    rows: dict[str, list[TableRow]] = field(default_factory=dict)


class Worker:
    """Does chunks of a job; it holds the pipeline.

    job (Job): The job.
    nlp (Language | None): Its pipeline, if that is loaded.
    RAISES (InputError): There is no such model.
    """

    def __init__(self, job: Job, nlp: Language | None = None) -> None:
        self._job = job
        self._nlp = nlp if nlp is not None else load_pipeline(job.model)
        require_annotations(self._nlp, job.model)
        self._nlp.max_length = max(self._nlp.max_length, job.limits.characters)
        self._tables = list(schemas(job.task))
        # Known for good; others are known as long as a chunk takes.
        for character in _COMMON:
            self._nlp.vocab[character]
        # What is loaded stays: looking through it for garbage again and again takes a tenth of the time.
        gc.freeze()

    def __call__(self, chunk: Chunk, done: Callable[[int, int], None] = lambda reports, characters: None) -> ChunkRows:
        """Do a chunk.

        chunk (Chunk): Files or rows.
        done (Callable): Told, as it goes on, how many reports and characters more are done.
        RETURNS (ChunkRows): The rows, in the order of the chunk.
        """
        result = ChunkRows({name: [] for name in self._tables}, chunk.fingerprint())
        # New words are forgotten after a chunk: after each batch they would be new too often.
        with self._nlp.memory_zone():
            self._do(chunk, result, done)
        return result

    def _do(self, chunk: Chunk, result: ChunkRows, done: Callable[[int, int], None]) -> None:
        for window in _windows(self._read(chunk)):
            # What is tagged together must not depend on how a run is divided: probabilities differ in the last digits.
            ends = [item for item in window if isinstance(item, _Done)]
            waiting = sorted((item for item in window if isinstance(item, _Read)), key=lambda read: len(read.view.text))
            for batch in _batches(waiting):
                ends += self._tag(batch)
            for end in sorted(ends, key=lambda end: end.place):
                for name, rows in end.rows.items():
                    result.rows[name] += rows
            failed = sum("errors" in end.rows for end in ends)
            characters = sum(len(read.text.text) for read in waiting)
            result.errors += failed
            result.reports += len(ends) - failed
            result.characters += characters
            done(len(ends), characters)

    def _read(self, chunk: Chunk) -> Iterator[_Done | _Read]:
        """Texts and their copies in order; a failure where there is none."""
        for place, (report_id, path, found) in enumerate(_texts(chunk, self._job)):
            if isinstance(found, InputError):
                yield _failure(place, report_id, path, found.line, "read", found.problem)
                continue
            try:
                with time_limit(self._job.limits.seconds):
                    read = _Read(place, found, view_of(found.text, self._job.repair))
                yield read
            except OutOfTime as error:
                yield _failure(place, found.id, path, found.row, "clean", str(error))

    def _tag(self, batch: Sequence[_Read]) -> Iterator[_Done]:
        """Tag some reports and make their rows. Where one fails, each is tried alone."""
        try:
            with time_limit(self._job.limits.seconds * len(batch)):
                docs = self._nlp.pipe([read.view.text for read in batch], batch_size=len(batch))
                ends = [
                    _Done(read.place, rows_of_report(self._job.task, doc, read.text, read.view, self._job.disabled))
                    for read, doc in zip(batch, docs, strict=True)
                ]
        except (MemoryError, OutOfTime, Exception) as error:
            if len(batch) > 1:
                for read in batch:
                    yield from self._tag([read])
                return
            [read] = batch
            reason = str(error) if isinstance(error, OutOfTime) else f"{type(error).__name__}: {error}"
            yield _failure(read.place, read.text.id, read.text.path, read.text.row, "tag", reason)
            return
        yield from ends


def _texts(chunk: Chunk, job: Job) -> Iterator[tuple[str | None, str, InputText | InputError]]:
    """Id (of files), path and text of each report of a chunk."""
    for place, (report_id, path, stored) in enumerate(chunk.files):
        if place in chunk.fatal:
            yield report_id, path, InputError(_FATAL, path)
            continue
        for found in read_input(stored, report_id, columns=job.columns, limits=job.limits):
            yield report_id, path, found if isinstance(found, InputError) else _at(found, path)
    if chunk.rows is None:
        return
    rows = chunk.rows
    with pq.ParquetFile(Path(rows.stored)) as file:
        group = file.read_row_group(rows.group).slice(rows.start, rows.end - rows.start)
    values: list[dict[str, Any]] = group.to_pylist()
    for place, value in enumerate(values):
        row = Row(value["number"], value["id"], value["text"], value["problem"])
        if place in chunk.fatal:
            row = row._replace(text=None, problem=_FATAL)
        yield row.id, rows.path, text_of_row(row, rows.path, rows.name, rows.format, job.limits)


def _at(text: InputText, path: str) -> InputText:
    """A text with the path that is shown, where it is read from a copy."""
    return text if text.path == path else InputText(**{**vars(text), "path": path, "is_file": False})


def _windows(items: Iterable[_Done | _Read]) -> Iterator[list[_Done | _Read]]:
    """So many items at a time as chunks are multiples of."""
    source = iter(items)
    while window := list(islice(source, WINDOW)):
        yield window


def _batches(reads: Sequence[_Read]) -> Iterator[list[_Read]]:
    """Texts of like length, not more of them together than gains speed."""
    batch: list[_Read] = []
    size = 0
    for read in reads:
        if batch and size + len(read.view.text) > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append(read)
        size += len(read.view.text)
    if batch:
        yield batch


def _failure(place: int, report_id: str | None, path: str, row: int | None, stage: str, reason: str) -> _Done:
    reason = " ".join(reason.split())
    error = {"report_id": report_id, "path": path, "row": row, "stage": stage, "reason": reason}
    return _Done(place, {"errors": [error]})
