"""Train on growing shares of the training reports, with and without variations of them, and chart the scores.

Usage: python training/learning_curve.py [--gold NAME=FILE,FILE ...] [--jobs 2]
A share holds the reports of every smaller share. Steps grow with the square root of the share. Runs that are in
output/learning_curve/ are not trained again. Writes results/learning_curve.json, learning_curve.md and .png beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from spacy.util import load_config

from govner.corpus.reader import read_reports

HERE = Path(__file__).parent
CONFIG = HERE.parent / "configs" / "zh_govner_sm.cfg"
CORPUS = HERE.parent / "corpus" / "reports"
OUTPUT = HERE / "output" / "learning_curve"
SHARES = (0.25, 0.5, 0.75, 1.0)
HEAD = """\
# Learning curve

Scores by number of training reports, with and without variations of them; made by `training/learning_curve.py`.

"""
GOVNER = Path(sys.executable).with_name("govner")


def main() -> None:
    """Train and score what is missing, then write the table and the chart."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--gold", action="append", default=[], metavar="NAME=FILE,...", help="score on these files too")
    parser.add_argument("--jobs", type=int, default=2, help="trainings at a time, one core each")
    options = parser.parse_args()
    gold = {"dev": [str(CORPUS), "--split", "dev"], "test": [str(CORPUS), "--split", "test"]}
    gold |= {name: files.split(",") for name, files in (item.split("=", 1) for item in options.gold)}
    runs = [(share, varied) for share in SHARES for varied in (True, False)]
    with ThreadPoolExecutor(options.jobs) as pool:
        # The longest first, so that no core waits at the end.
        found = list(pool.map(lambda run: train_and_score(run[0], run[1], gold), reversed(runs)))
    rows = list(reversed(found))
    (HERE / "results" / "learning_curve.json").write_text(json.dumps(rows, indent=1) + "\n", "utf8")
    (HERE / "learning_curve.md").write_text(table(rows, list(gold)), "utf8")
    chart(rows, list(gold), HERE / "learning_curve.png")


def train_and_score(share: float, varied: bool, gold: dict[str, list[str]]) -> dict[str, object]:
    """Train on a share of the reports, unless that was done, and score the best model."""
    name = f"{round(share * 100)}-{'varied' if varied else 'plain'}"
    directory = OUTPUT / name
    corpus = directory / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    count = select(share, corpus)
    config = load_config(CONFIG)
    steps = round(config["training"]["max_steps"] * share**0.5 / 50) * 50
    settings = ["--training.max_steps", str(steps)]
    if not varied:
        for variation in config["corpora"]["train"]["augmenter"]["rates"]:
            settings += [f"--corpora.train.augmenter.rates.{variation}", "0.0"]
    if not (directory / "model-best" / "meta.json").exists() or not (directory / "model-last" / "meta.json").exists():
        run("train", "--config", CONFIG, "--corpus", corpus, "--output", directory, *settings, log=directory / "log")
    row: dict[str, object] = {"share": share, "reports": count, "varied": varied, "steps": steps}
    for target, arguments in gold.items():
        scores = directory / f"{target}.json"
        run("evaluate", directory / "model-best", *arguments, "--output", scores, log=directory / f"{target}.log")
        result = json.loads(scores.read_text("utf8"))
        row[target] = {
            "entities": result["entities"]["ALL"]["f"],
            "entities_interval": result["entities"]["ALL"]["interval"],
            "sections": result["sections_accuracy"]["value"],
            "sections_interval": result["sections_accuracy"]["interval"],
        }
    print(name, row, flush=True)
    return row


def select(share: float, directory: Path) -> int:
    """Link a share of the training reports, and all of dev, into a directory; return how many are for training."""
    train = sorted(report.path for report in read_reports([CORPUS], "train") if report.path)
    random.Random(0).shuffle(train)
    chosen = train[: round(share * len(train))]
    for path in [*chosen, *(report.path for report in read_reports([CORPUS], "dev") if report.path)]:
        link = directory / path.name
        if not link.exists():
            link.symlink_to(path.resolve())
    return len(chosen)


def run(*arguments: object, log: Path) -> None:
    """Run a govner command on one core, its output in a log."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with log.open("w", encoding="utf8") as file:
        command = [str(GOVNER), *map(str, arguments)]
        subprocess.run(command, stdout=file, stderr=subprocess.STDOUT, env=environment, check=True)


def table(rows: list[dict[str, object]], targets: list[str]) -> str:
    """The scores as a Markdown table."""
    head = ["training reports", "variations", "steps"]
    head += [f"{target}: {what}" for target in targets for what in ("entities F1", "sections accuracy")]
    lines = [f"| {' | '.join(head)} |", "|---:|---|---:|" + "---:|" * (len(head) - 3)]
    for row in rows:
        cells = [str(row["reports"]), "with" if row["varied"] else "without", str(row["steps"])]
        for target in targets:
            cells += [_cell(row[target], "entities"), _cell(row[target], "sections")]
        lines.append(f"| {' | '.join(cells)} |")
    return HEAD + "\n".join(lines) + "\n"


def _cell(scores: object, what: str) -> str:
    assert isinstance(scores, dict)
    low, high = scores[f"{what}_interval"]
    return f"{scores[what]:.3f} ({low:.3f}–{high:.3f})"


def chart(rows: list[dict[str, object]], targets: list[str], path: Path) -> None:
    """The scores as two line charts: entities and sections."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 3.6), layout="constrained")
    FigureCanvasAgg(figure)
    for axes, what in zip(figure.subplots(1, 2), ("entities", "sections"), strict=True):
        for number, target in enumerate(targets):
            for varied, style in ((True, "-o"), (False, "--s")):
                chosen = [row for row in rows if row["varied"] is varied]
                values = [row[target][what] for row in chosen]  # type: ignore[index]
                label = f"{target}, {'with' if varied else 'without'} variations"
                axes.plot([row["reports"] for row in chosen], values, style, color=f"C{number}", label=label, ms=4)
        axes.set_title(f"{what}, {'F1' if what == 'entities' else 'accuracy'}", loc="left")
        axes.set_xlabel("training reports")
        axes.grid(alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
    figure.axes[1].legend(frameon=False, fontsize=8, loc="lower right")
    figure.savefig(path, dpi=110, metadata={"Software": None})


if __name__ == "__main__":
    main()
