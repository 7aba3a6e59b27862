"""Show a training run: a progress bar with rate and time left, and a row of scores at each evaluation."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import IO, Any

from rich.console import Console
from spacy.language import Language
from spacy.util import registry

from govner.progress import progress_bar

_COLUMNS = (("ents_f", "entities F"), ("sections_acc", "sections acc"), ("sections_macro_f", "sections macro F"))

LogStep = Callable[[dict[str, Any] | None], None]


@registry.loggers("govner.ProgressLogger.v1")
def create_progress_logger() -> Callable[..., tuple[LogStep, Callable[[], None]]]:
    """Create a logger for `[training.logger]`: scores to standard output, a bar to a terminal's standard error."""

    def setup(
        nlp: Language, stdout: IO[str] = sys.stdout, stderr: IO[str] = sys.stderr
    ) -> tuple[LogStep, Callable[[], None]]:
        total = nlp.config["training"]["max_steps"] or None
        out = Console(file=stdout, highlight=False, soft_wrap=True)
        columns = [(key, name) for key, name in _COLUMNS if key in nlp.config["training"]["score_weights"]]
        progress = progress_bar("training", total, "steps")
        task = progress.task_ids[0]
        progress.start()
        started = time.monotonic()
        out.print(f"{'step':>6} {'seconds':>8} " + " ".join(f"{name:>18}" for _, name in columns) + f" {'score':>7}")

        def log_step(info: dict[str, Any] | None) -> None:
            progress.advance(task)
            if info is None:
                return
            scores = info["other_scores"]
            cells = " ".join(f"{_percent(scores.get(key)):>18}" for key, _ in columns)
            elapsed = time.monotonic() - started
            out.print(f"{info['step']:>6} {elapsed:>8.0f} {cells} {_percent(info['score']):>7}")

        return log_step, progress.stop

    return setup


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.2f}"
