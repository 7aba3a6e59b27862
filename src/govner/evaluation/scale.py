"""Measure runs over many reports: over processes, beside the bare pipeline, and whether memory stays flat."""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from spacy.language import Language
from spacy.tokens import Doc

from govner.corpus.augment.variations import VARIATIONS, vary
from govner.engine.job import Job, Task
from govner.engine.parts import do_chunk
from govner.engine.plan import plan_chunks
from govner.engine.run import run_job
from govner.engine.tables import schemas
from govner.engine.worker import Worker
from govner.progress import RunProgress

# How many of the variations a report gets at most.
_MOST_VARIATIONS: Final = 6
# What lengthens a text beyond what reports are, or is not of a text alone.
_LEFT_OUT: Final = frozenset({"contexts"})
# How many are varied anew, of those that are made; figures that each gets anew.
_FRESH: Final = 0.05
_FIGURE: Final = re.compile(r"(?<!\d)\d{2,6}(?=[条件次篇人个份期场万])")
_GROUP: Final = 128
# Reports a turn: enough that writing them is a part of it as in a run.
_TURN: Final = 64
# Memory is looked at so often, and is taken to be warm after a tenth of a run.
_SAMPLES: Final = 200
_WARM: Final = 0.1


class Turn(NamedTuple):
    """Seconds that the same reports took, one after the other.

    characters (int): How many they have.
    bare (float): The pipeline alone.
    engine (float): A chunk of a run that repairs nothing: read, tagged, written.
    repaired (float): The same with damage looked for and repaired.
    """

    characters: int
    bare: float
    engine: float
    repaired: float


@dataclass(frozen=True)
class Speeds:
    """How fast runs are.

    turns (list[Turn]): One process, chunk by chunk: a slow moment of the machine meets all three alike.
    processes (dict[int, list[float]]): Characters a second of whole runs by number of processes and round, timed from
        their first report on, without their start.
    """

    turns: list[Turn]
    processes: dict[int, list[float]]

    @property
    def bare(self) -> float:
        """Characters a second of the pipeline alone."""
        return sum(turn.characters for turn in self.turns) / sum(turn.bare for turn in self.turns)

    @property
    def overhead(self) -> float:
        """Time that engine and writing add to the bare pipeline, as a part of its time: the median over turns."""
        return median(turn.engine / turn.bare for turn in self.turns) - 1

    @property
    def repairs(self) -> float:
        """Time that looking for damage and repairing it adds, as a part of the bare pipeline's: the median."""
        return median((turn.repaired - turn.engine) / turn.bare for turn in self.turns)

    def gain(self, processes: int) -> float:
        """How many times as fast so many processes are as one: the median over rounds."""
        return median(many / one for many, one in zip(self.processes[processes], self.processes[1], strict=True))


@dataclass(frozen=True)
class LongRun:
    """One run over very many reports.

    reports, characters, errors (int): How many there were.
    seconds (float): Its time, start included.
    memory (list[tuple[int, float]]): Reports done, and memory of all its processes then in MiB.
    """

    reports: int
    characters: int
    errors: int
    seconds: float
    memory: list[tuple[int, float]]

    @property
    def growth(self) -> float:
        """Memory over the last tenth of the run, as times that over the tenth after warming up: medians."""
        warm = [memory for done, memory in self.memory if _WARM <= done / self.reports <= 2 * _WARM]
        last = [memory for done, memory in self.memory if done / self.reports >= 1 - _WARM]
        return median(last) / median(warm) if warm and last else float("nan")

    @property
    def peak(self) -> float:
        """The most memory, in MiB."""
        return max(memory for _, memory in self.memory)

    def to_json(self) -> dict[str, Any]:
        """The figures as plain values."""
        return {**asdict(self), "growth": self.growth, "peak": self.peak}


def synthetic_reports(docs: Sequence[Doc], seed: int = 0) -> Iterator[str]:
    """Make reports without end: those of a corpus, with other names, layout and damage, and each time other figures.

    docs (Sequence[Doc]): Gold documents.
    seed (int): The same seed gives the same reports.
    YIELDS (str): Texts.
    """
    chance = random.Random(seed)
    names = sorted(VARIATIONS.keys() - _LEFT_OUT)
    made: list[str] = []
    while True:
        # Variations take as long as reading a report, so most are made of one that is varied already.
        if not made or chance.random() < _FRESH:
            doc = chance.choice(docs)
            made.append(vary(doc, chance.sample(names, chance.randint(1, _MOST_VARIATIONS)), chance).text)
        yield _FIGURE.sub(lambda match: str(chance.randint(1, 10 ** len(match[0]))), chance.choice(made))


def write_reports(texts: Iterable[str], number: int, path: Path) -> int:
    """Write so many texts as rows of a Parquet file; how many characters they have."""
    schema = pa.schema([("id", pa.string()), ("text", pa.string())])
    characters = 0
    source = iter(texts)
    with pq.ParquetWriter(path, schema) as writer:
        for start in range(0, number, _GROUP):
            rows = [{"id": f"s{place}", "text": next(source)} for place in range(start, min(start + _GROUP, number))]
            characters += sum(len(row["text"]) for row in rows)
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
    return characters


def measure_speeds(
    nlp: Language,
    model: str,
    texts: Sequence[str],
    *,
    task: Task = "tag",
    rounds: int = 3,
    processes: Sequence[int] = (1, 2),
    done: Callable[[], None] = lambda: None,
) -> Speeds:
    """Time runs in turns.

    nlp (Language): The pipeline.
    model (str): Its path or package name.
    texts (Sequence[str]): Reports; some minutes' worth, or starting weighs.
    task (Task): What the runs do.
    rounds (int): How often it is done over.
    processes (Sequence[int]): Numbers of processes; 1 must be among them.
    done (Callable): Called after each of `rounds * (1 + len(processes))` steps.
    RETURNS (Speeds): The figures.
    """
    turns: list[Turn] = []
    by_processes: dict[int, list[float]] = {number: [] for number in processes}
    jobs = (Job(task, model, repair=False), Job(task, model))
    workers = [Worker(job) for job in jobs]
    for _ in range(rounds):
        turns += _take_turns(nlp, jobs, workers, texts)
        done()
        for number in processes:
            by_processes[number].append(_run(jobs[1], texts, number))
            done()
    return Speeds(turns, by_processes)


def run_long(
    model: str,
    docs: Sequence[Doc],
    number: int,
    *,
    task: Task = "tag",
    processes: int = 2,
    progress: RunProgress | None = None,
) -> LongRun:
    """Run over very many synthetic reports, and look at memory meanwhile.

    model (str): A pipeline's path or package name.
    docs (Sequence[Doc]): Gold documents that reports are made of.
    number (int): How many reports.
    task (Task): What the run does.
    processes (int): How many processes share it.
    progress (RunProgress | None): Told how it goes.
    RETURNS (LongRun): The figures.
    """
    progress = progress or RunProgress()
    memory: list[tuple[int, float]] = []
    finished = 0

    def advance(reports: int, characters: int) -> None:
        nonlocal finished
        finished += reports
        if finished * _SAMPLES >= number * (len(memory) + 1):
            memory.append((finished, _memory()))
        progress.advance(reports, characters)

    with TemporaryDirectory() as directory:
        source = Path(directory) / "reports.parquet"
        write_reports(synthetic_reports(docs), number, source)
        told = RunProgress(progress.begin, advance, progress.fail)
        summary = run_job(Job(task, model), [str(source)], Path(directory) / "out", processes=processes, progress=told)
    return LongRun(summary.reports, summary.characters, summary.errors, summary.seconds, memory)


def _take_turns(nlp: Language, jobs: Sequence[Job], workers: Sequence[Worker], texts: Sequence[str]) -> Iterator[Turn]:
    """Time the bare pipeline and the workers of two jobs on the same reports, some at a time."""
    with TemporaryDirectory() as directory:
        source, store, out = (Path(directory) / name for name in ("reports.parquet", "store", "out"))
        store.mkdir()
        for table in schemas(jobs[0].task):
            (out / table).mkdir(parents=True)
        write_reports(texts, len(texts), source)
        place = 0
        for number, chunk in enumerate(plan_chunks([str(source)], jobs[0], store, 1, _TURN)):
            own = texts[place : place + len(chunk)]
            place += len(own)
            start = time.perf_counter()
            for _ in nlp.pipe(own):
                pass
            times = [time.perf_counter() - start]
            for job, worker in zip(jobs, workers, strict=True):
                start = time.perf_counter()
                do_chunk(worker, chunk, out, job)
                times.append(time.perf_counter() - start)
            if number:  # The first is slow for all, which have seen nothing yet.
                yield Turn(sum(map(len, own)), *times)


def _run(job: Job, texts: Sequence[str], processes: int) -> float:
    """Characters a second of a run, from when its first reports are done to its end."""
    times: list[tuple[float, int]] = []

    def advance(reports: int, characters: int) -> None:
        times.append((time.perf_counter(), characters))

    with TemporaryDirectory() as directory:
        source = Path(directory) / "reports.parquet"
        characters = write_reports(texts, len(texts), source)
        told = RunProgress(advance=advance)
        run_job(job, [str(source)], Path(directory) / "out", processes=processes, progress=told)
        end = time.perf_counter()
    (first, before), *_ = times
    return (characters - before) / (end - first)


def _memory() -> float:
    """Memory of this process and those it started, in MiB; pages that several share are counted once."""
    total = 0
    for process in (os.getpid(), *_children()):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def _children() -> list[int]:
    try:
        return list(map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()))
    except OSError:
        return []
