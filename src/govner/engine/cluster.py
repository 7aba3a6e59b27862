"""The cluster engine: the same chunks over the actors of a Ray cluster."""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from govner.engine.job import Chunk, Job
from govner.engine.manifest import Entry
from govner.engine.parts import do_chunk
from govner.engine.worker import Worker
from govner.errors import InputError

# Ray Data divides its input into so many blocks at most; each is some chunks.
_MOST_BLOCKS: Final = 2_000


class _Actor:
    """Holds the pipeline and does chunks, on any machine of the cluster that sees the same directories."""

    def __init__(self, job: Job, directory: str) -> None:
        self._job, self._directory = job, Path(directory)
        self._worker = Worker(job)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        done = [do_chunk(self._worker, pickle.loads(chunk), self._directory, self._job) for chunk in batch["chunk"]]
        return {"entry": [pickle.dumps(entry) for entry in done]}


def run_ray(
    job: Job, chunks: Sequence[Chunk], directory: Path, processes: int, done: Callable[[int, int], None]
) -> Iterator[Entry]:
    """Do chunks of a job on a Ray cluster: that of RAY_ADDRESS, or one of this machine.

    Files and `directory` must be at the same paths on all its machines; parts are written there.

    job (Job): The job.
    chunks (Sequence[Chunk]): What is to be done.
    directory (Path): Where the parts go.
    processes (int): How many actors share the work.
    done (Callable): Told of progress, a chunk at a time.
    YIELDS (Entry): What is done, in the order it is finished; its parts are written.
    RAISES (InputError): Ray is not installed, or no cluster answers.
    """
    try:
        import ray
    except ImportError:
        raise InputError("needs ray; install it with pip install 'govner[ray]'", "--engine ray") from None
    if not chunks:
        return
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    ours = not ray.is_initialized()
    if ours:
        address = os.environ.get("RAY_ADDRESS")
        try:
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False)
        except (ConnectionError, RuntimeError, ValueError) as error:
            reason = str(error).splitlines()[0]
            raise InputError(f"no cluster answers ({reason}); check RAY_ADDRESS", address or "ray") from None
    try:
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        items = [{"chunk": pickle.dumps(chunk)} for chunk in chunks]
        data = ray.data.from_items(items, override_num_blocks=min(len(items), _MOST_BLOCKS)).map_batches(
            _Actor,
            batch_size=1,
            concurrency=min(processes, len(items)),
            fn_constructor_args=(job, str(directory.resolve())),
            num_cpus=1,
        )
        sizes = {chunk.number: len(chunk) for chunk in chunks}
        for row in data.iter_rows():
            entry: Entry = pickle.loads(row["entry"])
            done(sizes[entry.chunk], entry.characters)
            yield entry
    finally:
        if ours:
            ray.shutdown()
