"""The measurement of runs: what it makes, and that its figures are those of the runs."""

import json
import re
from itertools import islice
from pathlib import Path

import pytest
from spacy.vocab import Vocab

from govner.corpus.inline import read_report
from govner.corpus.reader import report_to_doc
from govner.evaluation.scale import LongRun, Speeds, Turn, synthetic_reports
from helpers import CORPUS, forked, succeed


def test_synthetic_reports_are_the_same_for_a_seed_and_differ_in_their_figures(vocab: Vocab) -> None:
    docs = [report_to_doc(read_report(path), vocab) for path in sorted(CORPUS.glob("*.txt"))[:3]]
    first, second = (list(islice(synthetic_reports(docs, seed=3), 60)) for _ in range(2))
    assert first == second
    assert len(set(first)) > 50
    assert list(islice(synthetic_reports(docs, seed=4), 60)) != first


def test_overhead_and_gain_are_medians() -> None:
    turns = [Turn(100, 1.0, 1.1, 1.2), Turn(100, 2.0, 2.1, 2.2), Turn(300, 1.0, 1.5, 1.9)]
    speeds = Speeds(turns, {1: [100.0, 100.0, 100.0], 2: [190.0, 150.0, 200.0]})
    assert speeds.bare == pytest.approx(125)
    assert speeds.overhead == pytest.approx(0.1)
    assert speeds.repairs == pytest.approx(0.1)
    assert speeds.gain(2) == pytest.approx(1.9)


def test_growth_compares_the_end_of_a_run_with_its_beginning() -> None:
    memory = [(done, 500.0 if done < 15 else 600.0 if done < 50 else 700.0) for done in range(1, 101)]
    run = LongRun(100, 1_000, 0, 1.0, memory)
    assert run.growth == pytest.approx(700 / 600) and run.peak == 700


def test_benchmark_of_runs_writes_its_figures(small_model: Path, tmp_path: Path) -> None:
    output = tmp_path / "scale.json"
    options = ("--scale", 200, "--rounds", 1, "--processes", "1", "--output", output)
    out = succeed(forked("benchmark", small_model, CORPUS, *options))
    assert re.search(r"200 reports +│ \d+ s, [\d,]+ characters/s, 0 failed", out)
    found = json.loads(output.read_text("utf8"))
    assert found["long"]["reports"] == 200 and found["long"]["memory"]
    assert set(found["speeds"]) == {"turns", "processes"}
