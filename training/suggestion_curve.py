"""Simulate annotating what `govner suggest` names, beside random paragraphs, and chart the scores on dev.

Usage: python training/suggestion_curve.py [--seeds 0,1,2] [--ways random,suggest,uncertainty] [--rounds 4]
The training reports are the pool, their annotation hidden until a line is chosen. Each finished training is a line of
output/suggestion_curve/runs.jsonl and is not done again. Writes suggestion_curve.md and .png beside it.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.training import Example
from suggestion_curve_table import chart, table

from govner.cleaning.view import View
from govner.corpus.inline import Report, format_report
from govner.corpus.reader import read_reports, report_to_doc
from govner.input.text import InputText
from govner.scheme import MENTIONS_KEY, PARAGRAPHS_KEY, SECTIONS_KEY
from govner.suggestion.excerpt import with_headings
from govner.suggestion.pool import PoolReport, Unit, pool_report, units_of
from govner.suggestion.selection import choose, uncertainty_by_effort
from govner.suggestion.similarity import text_vectors
from govner.tagging import Tagged
from govner.training.run import train_model

HERE = Path(__file__).parent
CONFIG = HERE.parent / "configs" / "zh_govner_sm.cfg"
CORPUS = HERE.parent / "corpus" / "reports"
OUTPUT = HERE / "output" / "suggestion_curve"
# Reports in the pool of a seed; as many paragraphs as these have on average are annotated at the start; characters
# annotated in a round.
POOL, START, ROUND = 120, 10, 12_000
# A training of about half a minute on one core: the variations are left out, and the reports read once.
STEPS = 200
SETTINGS = {
    "training.max_steps": STEPS,
    "training.max_epochs": 0,
    "training.eval_frequency": STEPS,
    "training.optimizer.learn_rate.total_steps": STEPS,
    "training.optimizer.learn_rate.initial_rate": 0.004,
    "training.batcher.size": 1_000,
    "initialize.components.govner_entities.passes": 1,
    "initialize.components.govner_entities.min_count": 3,
    "initialize.components.govner_sections.passes": 1,
    "initialize.components.govner_sections.min_count": 3,
}
Annotated = dict[str, set[int]]
Run = dict[str, Any]


def main() -> None:
    """Train and score what is missing, then write the table and the chart."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seeds", default="0,1,2", help="pools and starts")
    parser.add_argument("--ways", default="random,suggest,uncertainty", help="ways to choose")
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args()
    OUTPUT.mkdir(parents=True, exist_ok=True)
    gold = {report.id: report for report in read_reports([CORPUS], "train")}
    dev = list(read_reports([CORPUS], "dev"))
    for seed in map(int, options.seeds.split(",")):
        for way in options.ways.split(","):
            simulate(seed, way, options.rounds, gold, dev)
    runs = read_runs()
    (HERE / "suggestion_curve.md").write_text(table(runs, POOL, ROUND, STEPS), "utf8")
    chart(runs, HERE / "suggestion_curve.png")


def simulate(seed: int, way: str, rounds: int, gold: dict[str, Report], dev: list[Report]) -> None:
    """Annotate in rounds what a way chooses, and train and score after each."""
    done = {(run["seed"], run["way"], run["round"]): run for run in read_runs()}
    rng = random.Random(seed)
    pool = {name: gold[name] for name in sorted(rng.sample(sorted(gold), POOL))}
    everything = [(name, place) for name, report in pool.items() for place in range(len(report.paragraphs))]
    rng.shuffle(everything)
    annotated: Annotated = defaultdict(set)
    # The start is common to all ways.
    for name, place in everything[: START * len(everything) // POOL]:
        annotated[name].add(place)
    for number in range(rounds + 1):
        key = (seed, way if number else "start", number)
        model = OUTPUT / "-".join(map(str, key))
        chosen: list[tuple[str, int]] = []
        if number:
            before = OUTPUT / (f"{seed}-start-0" if number == 1 else f"{seed}-{way}-{number - 1}")
            chosen = done[key]["chosen"] if key in done else pick(way, seed * 100 + number, pool, annotated, before)
            for name, place in chosen:
                annotated[name].add(place)
        if key in done and (number == rounds or (seed, way, number + 1) in done or (model / "model-last").exists()):
            continue
        run = train_and_score(seed, pool, annotated, model, dev) | {"seed": seed, "way": key[1], "round": number}
        if key not in done:
            with (OUTPUT / "runs.jsonl").open("a", encoding="utf8") as file:
                file.write(json.dumps(run | {"chosen": chosen}, ensure_ascii=False) + "\n")
        if number > 1:
            shutil.rmtree(OUTPUT / f"{seed}-{way}-{number - 1}", ignore_errors=True)
        print({name: value for name, value in run.items() if name != "chosen"}, flush=True)


def pick(way: str, seed: int, pool: dict[str, Report], annotated: Annotated, model: Path) -> list[tuple[str, int]]:
    """Choose lines until `ROUND` characters are to be annotated, headings above them included."""
    started = time.perf_counter()
    names = list(pool)
    nlp = spacy.load(model / "model-last")
    lines = read_plainly(nlp, pool) if way == "random" else [tagged_report(nlp, pool[name]) for name in names]
    units = [
        unit for unit in units_of(lines, whole_reports=False) if unit.lines[0] not in annotated[names[unit.report]]
    ]
    if way == "random":
        order = list(range(len(units)))
        random.Random(seed).shuffle(order)
    else:
        order = rank(way, seed, units, [pool[name].paragraphs[at].text for name in names for at in annotated[name]])
    chosen: list[tuple[str, int]] = []
    new: set[tuple[str, int]] = set()
    characters = 0
    for place in order:
        unit = units[place]
        name = names[unit.report]
        for at in with_headings(lines[unit.report].lines, unit.lines):
            if at not in annotated[name] and (name, at) not in new:
                new.add((name, at))
                chosen.append((name, at))
                characters += len(pool[name].paragraphs[at].text)
        if characters >= ROUND:
            break
    print(f"{way}: {len(chosen)} lines chosen in {time.perf_counter() - started:.0f} s", flush=True)
    return chosen


def rank(way: str, seed: int, units: list[Unit], known: list[str]) -> list[int]:
    """Order units as `govner suggest` does, or by uncertainty alone."""
    mentions, sections = np.array([(unit.mentions, unit.sections) for unit in units]).T
    unsure = uncertainty_by_effort(mentions, sections, np.array([len(unit.text) for unit in units]))
    if way == "uncertainty":
        return np.argsort(-unsure, kind="stable").tolist()
    vectors, others = text_vectors([unit.text for unit in units], known)
    chosen = choose(unsure, vectors, [unit.report for unit in units], 800, known=others, seed=seed)
    return [choice.place for choice in chosen]


def tagged_report(nlp: Language, report: Report) -> PoolReport:
    """Read a report as `govner suggest` does, its text as it stands."""
    text = report.text
    found = pool_report(nlp, Tagged(InputText(report.id, report.id, text), View(text, text), nlp(text)))
    assert len(found.lines) == len(report.paragraphs)
    return found


def read_plainly(nlp: Language, pool: dict[str, Report]) -> list[PoolReport]:
    """Reports of which only paragraphs and headings are asked for."""
    found = []
    with nlp.select_pipes(enable=["govner_paragraphs"]):
        for report in pool.values():
            text = report.text
            doc = nlp(text)
            doc.spans[SECTIONS_KEY], doc.spans[MENTIONS_KEY] = doc.spans[PARAGRAPHS_KEY], []
            found.append(pool_report(nlp, Tagged(InputText(report.id, report.id, text), View(text, text), doc)))
    return found


def train_and_score(
    seed: int, pool: dict[str, Report], annotated: Annotated, directory: Path, dev: list[Report]
) -> Run:
    """Train on the annotated lines and score on dev."""
    corpus = directory / "corpus"
    shutil.rmtree(directory, ignore_errors=True)
    corpus.mkdir(parents=True)
    lines = [pool[name].paragraphs[at] for name in pool for at in annotated[name]]
    for name in pool:
        if annotated[name]:
            kept = [pool[name].paragraphs[at] for at in sorted(annotated[name])]
            meta = {"id": name, "split": "train"}
            (corpus / f"{name}.txt").write_text(format_report(Report(kept, meta)), "utf8")
    # The loop wants something to score; what counts is scored below.
    (corpus / f"{dev[0].id}.txt").write_text(format_report(dev[0]), "utf8")
    settings = SETTINGS | {"system.seed": seed, "training.seed": seed}
    rates = spacy.util.load_config(CONFIG)["corpora"]["train"]["augmenter"]["rates"]
    settings |= {f"corpora.train.augmenter.rates.{name}": 0.0 for name in rates}
    started = time.perf_counter()
    train_model(
        CONFIG, directory, corpus, [part for item in settings.items() for part in (f"--{item[0]}", str(item[1]))]
    )
    seconds = time.perf_counter() - started
    nlp = spacy.load(directory / "model-last")
    scores = nlp.evaluate([Example(nlp.make_doc(report.text), report_to_doc(report, nlp.vocab)) for report in dev])
    shutil.rmtree(directory / "model-best", ignore_errors=True)
    return {
        "lines": len(lines),
        "characters": sum(len(line.text) for line in lines),
        "mentions": sum(len(line.mentions) for line in lines),
        "entities": round(scores["ents_f"], 4),
        "by_label": {label: round(found["f"], 4) for label, found in scores["ents_per_type"].items()},
        "sections": round(scores["sections_acc"], 4),
        "seconds": round(seconds),
    }


def read_runs() -> list[Run]:
    """The runs that are done."""
    path = OUTPUT / "runs.jsonl"
    return [json.loads(line) for line in path.read_text("utf8").splitlines()] if path.exists() else []


if __name__ == "__main__":
    main()
