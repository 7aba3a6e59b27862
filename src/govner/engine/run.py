"""Run a job over many reports: plan, do what is not done, put the tables together."""

from __future__ import annotations

import math
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import pyarrow.parquet as pq

from govner import __version__
from govner.engine.job import WINDOW, Chunk, Job
from govner.engine.local import run_local
from govner.engine.manifest import Entry, Manifest
from govner.engine.parts import HIDDEN, Format, finish, part_path, remove_parts
from govner.engine.plan import plan_chunks
from govner.engine.tables import schemas
from govner.errors import InputError
from govner.loading import model_digest
from govner.progress import RunProgress

try:
    import fcntl
except ImportError:  # Not a POSIX system: nothing then keeps two runs apart.
    fcntl = None  # type: ignore[assignment]

Engine = Literal["local", "ray"]
_INPUTS: Final = ".inputs"


@dataclass(frozen=True)
class Summary:
    """What came of a run.

    reports, errors, characters (int): How many there are in the tables; `kept` reports were done by an earlier run.
    seconds (float): How long this run took.
    rows (dict[str, int]): Rows by table.
    paths (list[Path]): The tables: files, or directories of parts.
    first_errors (list[dict[str, Any]]): The first rows of the table of errors.
    """

    reports: int
    errors: int
    characters: int
    kept: int
    seconds: float
    rows: dict[str, int]
    paths: list[Path]
    first_errors: list[dict[str, Any]]


def run_job(
    job: Job,
    paths: Sequence[str],
    out: Path,
    *,
    format: Format = "parquet",
    engine: Engine = "local",
    processes: int = 1,
    resume: bool = False,
    progress: RunProgress | None = None,
) -> Summary:
    """Run a job.

    job (Job): What is done.
    paths (Sequence[str]): Files of any kind, directories, patterns, "-".
    out (Path): Directory for the tables and the manifest; made if need be.
    format (Format): Of the tables.
    engine (Engine): "local", or "ray" for a cluster.
    processes (int): How many work at a time.
    resume (bool): Go on where an earlier run stopped: what is done and still the same is kept.
    progress (RunProgress | None): Told how it goes.
    RETURNS (Summary): What came of it; reports that failed are in the table of errors.
    RAISES (InputError): A path stands for no file, there is no such model, `out` cannot be written or holds another
        run. What is written stays, and `resume` goes on from it.
    """
    progress = progress or RunProgress()
    start = time.monotonic()
    try:
        with _locked(out):
            return _run(job, paths, out, format, engine, processes, resume, progress, start)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"cannot be written ({reason}); mend that and go on with --resume", out) from None


def _run(
    job: Job,
    paths: Sequence[str],
    out: Path,
    format: Format,
    engine: Engine,
    processes: int,
    resume: bool,
    progress: RunProgress,
    start: float,
) -> Summary:
    tables, manifest, store = schemas(job.task), Manifest(out), out / _INPUTS
    directory = out if format == "parquet" else out / HIDDEN
    about = {"version": __version__, **job.to_json(), "model_digest": model_digest(job.model), "format": format}
    entries, size = _begun(manifest, about, out, resume)
    if not entries and size is None:
        shutil.rmtree(store, ignore_errors=True)
    chunks = plan_chunks(paths, job, store, processes, size)
    entries = {number: entry for number, entry in entries.items() if _is_good(entry, chunks, directory)}
    kept = sum(entry.reports for entry in entries.values())
    if not entries:
        size = WINDOW * math.ceil(max(map(len, chunks), default=1) / WINDOW)
        manifest.begin({**about, "chunk_size": size, "inputs": list(map(str, paths))})
    remove_parts(directory, tables, entries)
    progress.begin(sum(len(chunks[number]) for number in entries), sum(map(len, chunks)))
    progress.fail(sum(entry.errors for entry in entries.values()))
    todo = [chunk for chunk in chunks if chunk.number not in entries]
    for entry in _engine(engine)(job, todo, directory, processes, progress.advance):
        manifest.add(entry)
        entries[entry.chunk] = entry
        progress.fail(entry.errors)
    rows = {name: {number: entry.rows.get(name, 0) for number, entry in entries.items()} for name in tables}
    first_errors = _first_errors(directory, rows["errors"])
    written = finish(directory, out, format, rows, tables)
    manifest.finish(len(chunks))
    if directory != out:
        shutil.rmtree(directory, ignore_errors=True)
    shutil.rmtree(store, ignore_errors=True)
    return Summary(
        reports=sum(entry.reports for entry in entries.values()),
        errors=sum(entry.errors for entry in entries.values()),
        characters=sum(entry.characters for entry in entries.values()),
        kept=kept,
        seconds=time.monotonic() - start,
        rows={name: sum(counts.values()) for name, counts in rows.items()},
        paths=written,
        first_errors=first_errors,
    )


def _begun(manifest: Manifest, about: dict[str, Any], out: Path, resume: bool) -> tuple[dict[int, Entry], int | None]:
    """What an earlier run in a directory did, and its size of chunks; nothing if this one begins anew."""
    found = manifest.read()
    if found is None or (found[2] and not resume):
        return {}, None
    run, entries, _ = found
    if not resume:
        raise InputError("holds a run that was stopped; go on with --resume, or delete it", out)
    for name, value in about.items():
        if run.get(name) != value:
            raise InputError(
                f"holds a run with {name} {run.get(name)!r}, not {value!r}; use the same, or another --out", out
            )
    return entries, run["chunk_size"]


def _engine(name: Engine) -> Callable[..., Iterator[Entry]]:
    if name == "local":
        return run_local
    from govner.engine.cluster import run_ray

    return run_ray


def _is_good(entry: Entry, chunks: Sequence[Chunk], directory: Path) -> bool:
    """Whether a chunk that was done is still to be done so, and its parts are there."""
    if entry.chunk >= len(chunks) or chunks[entry.chunk].fingerprint() != entry.fingerprint:
        return False
    return all(part_path(directory, name, entry.chunk).exists() for name in entry.rows)


def _first_errors(directory: Path, rows: dict[int, int], most: int = 5) -> list[dict[str, Any]]:
    """The first rows of the table of errors."""
    errors: list[dict[str, Any]] = []
    for chunk in sorted(rows):
        if rows[chunk] and len(errors) < most:
            errors += pq.read_table(part_path(directory, "errors", chunk)).to_pylist()
    return errors[:most]


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Keep other runs out of a directory: a context manager. The lock goes with the process, however it ends."""
    out.mkdir(parents=True, exist_ok=True)
    if fcntl is None:
        yield
        return
    descriptor = os.open(out, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError("is being written by another run; wait for it, or choose another --out", out) from None
        yield
    finally:
        os.close(descriptor)
