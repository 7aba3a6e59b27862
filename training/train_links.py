"""Train the choice of wholes and of channels of figures: src/govner/data/part_weights.tsv, channel_weights.tsv.

Usage: python training/train_links.py [--splits train,dev] [--folds 4]
A figure's candidates are scored by the sum of the weights of their features, which a logistic regression over the
candidates learns. Figures are decided from left to right, so a second round learns from what the first one decided.
What figures count is predicted by a classifier that has not seen the report. The same records give the same files.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import spacy
import train_metrics
from numpy.typing import NDArray

from govner.corpus.inline import read_report
from govner.corpus.reader import report_to_doc
from govner.evaluation.record_gold import GoldRecord, read_record_gold
from govner.records.facts import channel_features, part_features
from govner.records.facts.channel_scene import read_scene
from govner.records.facts.channels import WITHOUT_CHANNEL
from govner.records.facts.metrics.features import figure_features
from govner.records.facts.part_figures import read_figures
from govner.records.facts.parts import find_parents
from govner.records.facts.quantities import Quantity, read_quantity
from govner.records.facts.shape_scores import Shape
from govner.records.source import Mention, Source, read_source

ROOT = Path(__file__).parent.parent
DATA = ROOT / "src" / "govner" / "data"
ROUNDS, RATE, DECAY = 200, 0.05, 3e-4
# How many candidates a feature must be of, and the least weight that is kept. Channels have more features of words.
PARTS, CHANNELS = (20, 0.2), (8, 0.1)
# Added to the weight of no whole and no channel: annotated links count, the many figures without one do not.
TOWARDS_LINKS = -0.3

Example = tuple[int, list[list[str]]]
Weights = dict[str, float]


@dataclass
class Report:
    """A report with its annotated record."""

    gold: GoldRecord
    source: Source
    counts: list[Mention]
    quantities: list[Quantity | None]
    metrics: list[str]


def read_reports(splits: list[str]) -> list[Report]:
    """Read annotated reports, as yet without what their figures count."""
    vocab = spacy.blank("zh").vocab
    reports: list[Report] = []
    for gold in read_record_gold(ROOT / "corpus" / "records", splits):
        source = read_source(report_to_doc(read_report(ROOT / "corpus" / "reports" / f"{gold.id}.txt"), vocab))
        counts = [mention for mention in source.mentions if mention.label == "COUNT"]
        reports.append(Report(gold, source, counts, [read_quantity(count.text) for count in counts], []))
    return reports


def predict_metrics(reports: Sequence[Report], folds: int) -> None:
    """Fill in what figures count, by classifiers each of which has not seen the report."""
    passages = train_metrics.read_passages()
    rows = [
        figure_features(
            report.source,
            report.counts,
            report.quantities,
            find_parents(report.source, report.counts, report.quantities),
        )
        for report in reports
    ]
    for fold in range(folds):
        features: list[Set[str]] = []
        labels: list[str] = []
        for number, report in enumerate(reports):
            metric_at = {fact.start: fact.metric for fact in report.gold.facts if not fact.zero}
            for count, row in zip(report.counts, rows[number], strict=True):
                if number % folds != fold and count.start in metric_at:
                    features.append(row)
                    labels.append(metric_at[count.start])
        classifier = train_metrics.train((features, labels), passages)
        for number, report in enumerate(reports):
            if number % folds == fold:
                report.metrics = [metric for metric, _ in classifier.predict(rows[number])]


def part_examples(report: Report, weights: Weights | None) -> list[Example]:
    """The choices of wholes; earlier ones are as annotated, or as the weights choose."""
    facts = report.gold.facts
    place_of = {count.start: place for place, count in enumerate(report.counts)}
    known = {
        place_of[fact.start]: None if fact.parent is None else place_of.get(facts[fact.parent].start)
        for fact in facts
        if not fact.zero and fact.start in place_of
    }
    figures, links = read_figures(report.source, report.counts, report.quantities), part_features.Links()
    examples: list[Example] = []
    for place in range(len(figures)):
        candidates = part_features.find_candidates(figures, place, links)
        whole = known.get(place)
        right = next((row for row, candidate in enumerate(candidates) if candidate.place == whole), None)
        rows = [_names(candidate.shapes, part_features.feature_names) for candidate in candidates]
        if place in known and right is not None and len(rows) > 1:
            examples.append((right, rows))
        row = right if weights is None else _best(rows, weights)
        links.add(figures, candidates[row].place if row is not None else None)
    return examples


def channel_examples(report: Report, weights: Weights | None) -> list[Example]:
    """The choices of channels; earlier ones are as annotated, or as the weights choose."""
    known = {fact.start: fact.channel and fact.channel[0] for fact in report.gold.facts if not fact.zero}
    scene = read_scene(report.source, report.counts, report.quantities, report.metrics)
    chosen: list[Mention | None] = []
    examples: list[Example] = []
    for place, count in enumerate(report.counts):
        if report.metrics[place] in WITHOUT_CHANNEL:
            chosen.append(None)
            continue
        candidates = channel_features.find_candidates(scene, place, chosen)
        starts = [candidate.channel and candidate.channel.start for candidate in candidates]
        start = known.get(count.start)
        right = starts.index(start) if start in starts else None
        rows = [_names(candidate.shapes, channel_features.feature_names) for candidate in candidates]
        if count.start in known and right is not None and len(rows) > 1:
            examples.append((right, rows))
        row = right if weights is None else _best(rows, weights)
        chosen.append(candidates[row].channel if row is not None else None)
    return examples


def learn(
    reports: Sequence[Report], read: Callable[[Report, Weights | None], list[Example]], least: int, smallest: float
) -> Weights:
    """Learn weights: from annotated choices, then from its own as well, then without small ones."""
    examples = list(chain.from_iterable(read(report, None) for report in reports))
    weights = fit(examples, least)
    examples += chain.from_iterable(read(report, weights) for report in reports)
    kept = {feature for feature, weight in fit(examples, least).items() if abs(weight) > smallest}
    chosen = [(right, [[name for name in row if name in kept] for row in rows]) for right, rows in examples]
    weights = fit(chosen, least)
    weights["none: "] = weights.get("none: ", 0.0) + TOWARDS_LINKS
    return weights


def fit(examples: Sequence[Example], least: int) -> Weights:
    """A logistic regression over the candidates of each example, by Adam, on features of at least some candidates."""
    frequency = Counter(name for _, rows in examples for name in {name for row in rows for name in row})
    names = sorted(name for name, count in frequency.items() if count >= least)
    place_of = {name: place for place, name in enumerate(names)}
    sizes = [len(rows) for _, rows in examples]
    firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    example_of = np.repeat(np.arange(len(examples)), sizes)
    rights = firsts + np.array([right for right, _ in examples])
    flat = [[place_of[name] for name in row if name in place_of] for _, rows in examples for row in rows]
    columns = np.array(list(chain.from_iterable(flat)), np.intp)
    lines = np.repeat(np.arange(len(flat)), [len(row) for row in flat])
    weights: NDArray[np.float64] = np.zeros(len(names))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, ROUNDS + 1):
        scores = np.bincount(lines, weights[columns], minlength=len(flat))
        errors = np.exp(scores - np.maximum.reduceat(scores, firsts)[example_of])
        errors /= np.add.reduceat(errors, firsts)[example_of]
        errors[rights] -= 1
        gradient = np.bincount(columns, errors[lines], minlength=len(names)) / len(examples) + DECAY * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient * gradient
        rate = RATE * (1 - (step - 1) / ROUNDS)
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return dict(zip(names, weights.tolist(), strict=True))


def write(name: str, about: str, weights: Weights) -> None:
    """Write weights to the data of the package."""
    rows = [f"{feature}\t{weight:.2f}\n" for feature, weight in sorted(weights.items())]
    (DATA / f"{name}.tsv").write_text(f"# {about}; training/train_links.py\n{''.join(rows)}", "utf8", newline="\n")
    print(f"{name}: {len(rows)} features")


def _names(shapes: Sequence[Shape], expand: Callable[[Shape], list[str]]) -> list[str]:
    return [name for shape in shapes for name in expand(shape)]


def _best(rows: Sequence[Sequence[str]], weights: Weights) -> int:
    return max(range(len(rows)), key=lambda row: sum(weights.get(name, 0.0) for name in rows[row]))


def main() -> None:
    """Train and write the files; parents first, since what figures count is told by them too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--splits", default="train")
    parser.add_argument("--folds", type=int, default=4)
    options = parser.parse_args()
    reports = read_reports(options.splits.split(","))
    write("part_weights", "Weights of features of a figure and its whole", learn(reports, part_examples, *PARTS))
    predict_metrics(reports, options.folds)
    write(
        "channel_weights",
        "Weights of features of a figure and its channel",
        learn(reports, channel_examples, *CHANNELS),
    )


if __name__ == "__main__":
    main()
