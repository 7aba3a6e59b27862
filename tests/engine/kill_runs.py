"""Disturb runs and see that nothing is lost: `python tests/engine/kill_runs.py MODEL [--kills 50]`.

Kills runs with SIGKILL at random moments, whole or one worker of theirs, and takes each up again until it is through;
lets the disk be full, the output read-only, files vanish and change meanwhile. In the end the output must be that of an
undisturbed run, row for row.
"""

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from engine_runs import report_text, rows_of_run, write_reports


def command(model: Path, reports: Path, out: Path, *more: str) -> list[str]:
    arguments = ["tag", model, reports, "--out", out, "--format", "parquet", "--processes", "2", *more]
    return [sys.executable, "-m", "govner", *map(str, arguments)]


def start(model: Path, reports: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    """Start a run in a group of its own, so that it can be killed with its workers."""
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command(model, reports, out, *more), stdout=quiet, stderr=quiet, start_new_session=True)


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    """The processes that a run started."""
    try:
        found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii")
    except OSError:
        return []
    return list(map(int, found.split()))


def kill_until_done(
    model: Path, reports: Path, out: Path, kills: int, random: random.Random, meanwhile: Callable[[int], None]
) -> int:
    """Kill runs until `kills` are killed, with another begun when one is through; how many were begun."""
    begun, killed = 1, 0
    longest = 1.0
    while True:
        began = time.monotonic()
        process = start(model, reports, out, "--resume")
        if killed == kills:
            process.wait()
            return begun
        # As long as a run may take, so that any moment of it is met; a little more than the longest so far.
        time.sleep(random.uniform(0.2, longest * 1.2))
        took = time.monotonic() - began
        longest = max(longest, took) if process.poll() is None else longest
        longest = min(longest * 1.3, 15)
        if process.poll() is not None:
            shutil.rmtree(out)
            begun += 1
            continue
        killed += 1
        workers = workers_of(process)
        if killed % 3 == 0 and workers:
            os.kill(random.choice(workers), signal.SIGKILL)
            process.wait()
        else:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        meanwhile(killed)


def full_disk(model: Path, reports: Path, out: Path) -> str:
    """A run that may write no file larger than a few kilobytes stops with one line, and goes on later."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))

    done = subprocess.run(
        command(model, reports, out), preexec_fn=limit, capture_output=True, encoding="utf8", check=False
    )
    assert done.returncode == 2 and "Traceback" not in done.stderr, done.stderr
    subprocess.run(command(model, reports, out, "--resume"), check=True, capture_output=True)
    return done.stderr.strip()


def disturb(model: Path, kills: int, seed: int, number: int = 200) -> list[str]:
    """All of it; lines that say what was done. Raises AssertionError where rows are lost, doubled or other ones."""
    chance = random.Random(seed)
    said = []
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        reports = write_reports(place / "reports", number)
        subprocess.run(command(model, reports, place / "whole"), check=True, capture_output=True)
        whole = rows_of_run(place / "whole")

        def vanish_and_change(killed: int) -> None:
            """Take files away and put others in their place; all are back before the last run."""
            path = reports / f"report-{chance.randrange(number):03}.txt"
            if killed == kills:
                write_reports(reports, number)
            elif killed % 2:
                path.unlink(missing_ok=True)
            else:
                path.write_text(report_text(chance.randrange(1_000)), "utf8")

        for what, meanwhile in (("left alone", lambda killed: None), ("vanishing and changing", vanish_and_change)):
            out = place / what.replace(" ", "-")
            count = (kills + 1) // 2
            begun = kill_until_done(model, reports, out, count, chance, meanwhile)
            write_reports(reports, number)
            subprocess.run(command(model, reports, out, "--resume"), check=True, capture_output=True)
            assert rows_of_run(out) == whole, f"rows differ after {count} kills, files {what}"
            said.append(
                f"{count} kills over {begun} runs, files {what}: {sum(map(len, whole.values())):,} rows, all the same"
            )
        line = full_disk(model, reports, place / "full")
        assert rows_of_run(place / "full") == whole
        said.append(f"disk full, then taken up again: all the same; it said: {line.replace(name, '')}")
    return said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    for line in disturb(arguments.model.resolve(), arguments.kills, arguments.seed):
        print(line)


if __name__ == "__main__":
    main()
