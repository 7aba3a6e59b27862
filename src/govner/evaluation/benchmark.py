"""Measure how fast a pipeline is: beside stock spaCy, over processes, with growing documents, and when it loads.

Times on a shared machine are noisy, so two pipelines take turns, round by round, and medians are compared.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

import spacy
from spacy.language import Language

from govner.scheme import ENTITY_LABELS

GROWTH: Final = (10_000, 100_000, 1_000_000)
# The stock recogniser of `configs/baseline_ner.cfg`: character tokens, HashEmbedCNN of width 96 and depth 4, `ner`.
_STOCK_NER: Final[dict[str, Any]] = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": {
            "@architectures": "spacy.HashEmbedCNN.v2",
            "pretrained_vectors": None,
            "width": 96,
            "depth": 4,
            "embed_size": 2000,
            "window_size": 1,
            "maxout_pieces": 3,
            "subword_features": True,
        },
    }
}
_PROBE = """
import sys, time
start = time.perf_counter()
import spacy
imported = time.perf_counter()
nlp = spacy.load(sys.argv[1])
loaded = time.perf_counter()
from govner.evaluation.benchmark import peak_memory
print(loaded - start, loaded - imported, peak_memory())
"""


@dataclass(frozen=True)
class Benchmark:
    """What was measured; speeds in characters a second, times in seconds, memory in MiB.

    characters (int): Length of all texts.
    speed, stock_speed (list[float]): Of the pipeline and of the stock recogniser, by round, in one process.
    processes (dict[int, float]): Speed with so many processes.
    growth (dict[int, float]): Time for one document of so many characters.
    load (float): Time to load the pipeline in a fresh process, spaCy imported; `start` with spaCy's import.
    memory (float): Peak memory of this process after the longest document; `loaded_memory` of one that only loads.
    """

    characters: int
    speed: list[float]
    stock_speed: list[float]
    processes: dict[int, float]
    growth: dict[int, float]
    load: float
    start: float
    memory: float
    loaded_memory: float

    @property
    def ratio(self) -> float:
        """How many times the stock recogniser's speed, by medians."""
        return median(self.speed) / median(self.stock_speed)

    def to_json(self) -> dict[str, Any]:
        """The figures as plain values."""
        return {**asdict(self), "ratio": self.ratio}


def run_benchmark(
    nlp: Language,
    model: str,
    texts: Sequence[str],
    *,
    rounds: int = 5,
    processes: Sequence[int] = (1, 2),
    growth: Sequence[int] = GROWTH,
    done: Callable[[], None] = lambda: None,
) -> Benchmark:
    """Measure a pipeline.

    nlp (Language): The pipeline.
    model (str): Its path or package name, for loading it in a fresh process.
    texts (Sequence[str]): Documents to read.
    rounds (int): Turns that the pipeline and the stock recogniser take.
    processes (Sequence[int]): Numbers of processes to try.
    growth (Sequence[int]): Lengths of single documents to read, in characters.
    done (Callable): Called after each of `count_steps(...)` steps.
    RETURNS (Benchmark): The figures.
    """
    stock = stock_recogniser(texts)
    characters = sum(map(len, texts))
    for pipeline in (nlp, stock):
        _read(pipeline, texts[:2])  # first-time costs: caches, lists of the package
    speed, stock_speed = [], []
    for _ in range(rounds):
        speed.append(characters / _read(nlp, texts))
        done()
        stock_speed.append(characters / _read(stock, texts))
        done()
    by_processes = {}
    for number in processes:
        by_processes[number] = characters / _read(nlp, texts, number)
        done()
    by_length = {}
    long = "\n".join(texts)
    for length in growth:
        document = (long * (length // len(long) + 1))[:length]
        nlp.max_length = max(nlp.max_length, length + 1)
        by_length[length] = _read(nlp, [document])
        done()
    probe = subprocess.run([sys.executable, "-c", _PROBE, model], capture_output=True, text=True, check=True)
    start, load, loaded_memory = map(float, probe.stdout.split()[-3:])
    done()
    return Benchmark(characters, speed, stock_speed, by_processes, by_length, load, start, peak_memory(), loaded_memory)


def peak_memory() -> float:
    """The most memory that this process has held, in MiB."""
    try:
        # What `getrusage` says begins with the memory of the process that started this one.
        status = Path("/proc/self/status").read_text("ascii", errors="replace")
        kibibytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(kibibytes / 1024, 1)


def count_steps(rounds: int, processes: Sequence[int], growth: Sequence[int]) -> int:
    """How often `run_benchmark` calls `done`."""
    return 2 * rounds + len(processes) + len(growth) + 1


def stock_recogniser(texts: Sequence[str]) -> Language:
    """Make the stock recogniser: not trained, since its time depends on its sizes and not on what it knows."""
    nlp = spacy.blank("zh")
    ner = nlp.add_pipe("ner", config=_STOCK_NER)
    for label in ENTITY_LABELS:
        ner.add_label(label)  # type: ignore[attr-defined]
    nlp.initialize()
    return nlp


def _read(nlp: Language, texts: Sequence[str], processes: int = 1) -> float:
    """Seconds to read some texts."""
    start = time.perf_counter()
    for _ in nlp.pipe(texts, n_process=processes):
        pass
    return time.perf_counter() - start
