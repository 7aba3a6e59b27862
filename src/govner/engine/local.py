"""The local engine: worker processes of this machine, each with the pipeline, started again when one dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from govner.engine.job import Chunk, Job
from govner.engine.manifest import Entry
from govner.engine.parts import do_chunk
from govner.engine.worker import Worker
from govner.errors import InputError

# Told how many reports and characters more are done.
Done = Callable[[int, int], None]

_CONTEXT: Final = multiprocessing.get_context("spawn")
# How often a chunk may bring a worker down before its reports are tried one by one.
_DEATHS: Final = 2
_THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def run_local(job: Job, chunks: Sequence[Chunk], directory: Path, processes: int, done: Done) -> Iterator[Entry]:
    """Do chunks of a job on this machine.

    job (Job): The job.
    chunks (Sequence[Chunk]): What is to be done.
    directory (Path): Where the parts go.
    processes (int): How many processes share the work; one is this one.
    done (Done): Told of progress.
    YIELDS (Entry): What is done, in the order it is finished; its parts are written.
    RAISES (OSError): A part cannot be written.
    RAISES (InputError): There is no such model.
    """
    if processes == 1 or len(chunks) < 2:
        worker = Worker(job)
        for chunk in chunks:
            yield do_chunk(worker, chunk, directory, job, done)
        return
    pool = _Pool(job, directory, min(processes, len(chunks)), done)
    try:
        yield from pool.run(chunks)
    finally:
        pool.stop()


@dataclass
class _Member:
    """A worker process, and the chunk it is at."""

    process: BaseProcess
    connection: Connection
    chunk: Chunk | None = None


class _Pool:
    def __init__(self, job: Job, directory: Path, processes: int, done: Done) -> None:
        self._job, self._directory, self._done = job, directory, done
        self._members = [self._start() for _ in range(processes)]
        self._deaths: dict[int, int] = {}

    def run(self, chunks: Sequence[Chunk]) -> Iterator[Entry]:
        waiting = deque(chunks)
        for member in self._members:
            self._give(member, waiting)
        while any(member.chunk is not None for member in self._members):
            by_connection = {member.connection: member for member in self._members if member.chunk is not None}
            for connection in wait(list(by_connection)):
                assert isinstance(connection, Connection)
                member = by_connection[connection]
                try:
                    message = member.connection.recv()
                except (EOFError, OSError):
                    self._bury(member, waiting)
                    continue
                if isinstance(message, tuple):
                    self._done(*message)
                    continue
                member.chunk = None
                if isinstance(message, BaseException):
                    raise message
                yield message
                self._give(member, waiting)

    def stop(self) -> None:
        """End all workers."""
        for member in self._members:
            member.connection.close()
            member.process.terminate()
        for member in self._members:
            member.process.join(5)
            if member.process.is_alive():
                member.process.kill()

    def _start(self) -> _Member:
        ours, theirs = _CONTEXT.Pipe()
        with _one_thread_each():
            process = _CONTEXT.Process(target=_serve, args=(theirs, self._job, self._directory), daemon=True)
            process.start()
        theirs.close()
        return _Member(process, ours)

    def _give(self, member: _Member, waiting: deque[Chunk]) -> None:
        """Give a worker the next chunk, if there is one."""
        if not waiting:
            return
        member.chunk = waiting.popleft()
        with suppress(BrokenPipeError, ConnectionResetError):  # It died while idle: reading from it says so.
            member.connection.send(("chunk", member.chunk))

    def _bury(self, member: _Member, waiting: deque[Chunk]) -> None:
        """Put a new worker in the place of one that died, and see to its chunk."""
        chunk = member.chunk
        assert chunk is not None
        self._replace(member)
        self._deaths[chunk.number] = self._deaths.get(chunk.number, 0) + 1
        if self._deaths[chunk.number] % _DEATHS == 0:
            chunk = self._find_fatal(member, chunk)
        waiting.appendleft(chunk)
        self._give(member, waiting)

    def _replace(self, member: _Member) -> None:
        member.connection.close()
        member.process.kill()
        member.process.join()
        fresh = self._start()
        member.process, member.connection, member.chunk = fresh.process, fresh.connection, None

    def _find_fatal(self, member: _Member, chunk: Chunk) -> Chunk:
        """Try the reports of a chunk one by one, and mark those that bring their worker down."""
        singles = list(chunk.singles())
        return replace(
            chunk, fatal=tuple(place for place, one in enumerate(singles) if not self._survives(member, one))
        )

    def _survives(self, member: _Member, chunk: Chunk) -> bool:
        try:
            member.connection.send(("try", chunk))
            answer = member.connection.recv()
        except (EOFError, OSError):
            self._replace(member)
            return False
        if isinstance(answer, BaseException):
            raise answer
        return True


def _serve(connection: Connection, job: Job, directory: Path) -> None:
    """What a worker process does: chunks, until no more come."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # The run's own process is told, and ends this one.
    parent = os.getppid()

    def done(reports: int, characters: int) -> None:
        if os.getppid() != parent:  # Nobody waits for the rest.
            os._exit(1)
        connection.send((reports, characters))

    worker: Worker | None = None
    while True:
        try:
            kind, chunk = connection.recv()
        except (EOFError, OSError):
            return
        answer: Entry | BaseException | None = None
        try:
            worker = worker or Worker(job)
            if kind == "chunk":
                answer = do_chunk(worker, chunk, directory, job, done)
            else:
                worker(chunk)
        except (InputError, OSError) as error:
            answer = error
        except Exception as error:
            answer = RuntimeError(f"{type(error).__name__}: {error}")
        try:
            connection.send(answer)
        except (BrokenPipeError, ConnectionResetError):
            return


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let processes started meanwhile use one thread for arithmetic: they share the cores already."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
