"""Runs that are killed, run out of disk, or find their files changed: nothing lost, nothing twice."""

import subprocess
import sys
from pathlib import Path

KILL_RUNS = Path(__file__).parent / "kill_runs.py"


def test_runs_killed_at_random_moments_end_as_undisturbed_ones(small_model: Path) -> None:
    """A few times here; `make faults` does it often."""
    command = [sys.executable, str(KILL_RUNS), str(small_model), "--kills", "4", "--seed", "1"]
    done = subprocess.run(command, capture_output=True, encoding="utf8", check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("all the same") == 3
