"""Train the classifier of metrics on annotated records and passages of the training split: src/govner/data/metrics.npz.

Usage: python training/train_metrics.py [--splits train,dev]
The file is committed; the same records give the same file (the seed is fixed).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray

from govner.corpus.inline import read_report
from govner.corpus.reader import report_to_doc
from govner.evaluation.record_gold import GoldRecord, read_record_gold
from govner.records.facts.metrics.classifier import OTHER, MetricClassifier, metrics
from govner.records.facts.metrics.features import figure_features
from govner.records.facts.parts import find_parents
from govner.records.facts.quantities import read_quantity
from govner.records.source import read_source

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
REPORTS, RECORDS, PASSAGES = CORPUS / "reports", CORPUS / "records", CORPUS / "figures"
TARGET = ROOT / "src" / "govner" / "data" / "metrics.npz"
LEAST, EPOCHS, BATCH, RATE, DROPPED, DECAY, RUNS = 2, 12, 32, 0.1, 0.3, 1e-4, 3
# Figures of passages count less than those of reports: they are denser and stranger than what reports hold.
PASSAGE = 0.4


def read_examples(golds: Iterable[GoldRecord], texts: Path) -> tuple[list[Set[str]], list[str]]:
    """Features and metric of each annotated figure of some records; `texts` is the directory of their texts."""
    vocab = spacy.blank("zh").vocab
    rows: list[Set[str]] = []
    labels: list[str] = []
    for gold in golds:
        source = read_source(report_to_doc(read_report(texts / f"{gold.id}.txt"), vocab))
        counts = [mention for mention in source.mentions if mention.label == "COUNT"]
        quantities = [read_quantity(count.text) for count in counts]
        features = figure_features(source, counts, quantities, find_parents(source, counts, quantities))
        metric_at = {fact.start: fact.metric for fact in gold.facts if not fact.zero}
        for count, row in zip(counts, features, strict=True):
            if count.start in metric_at:
                rows.append(row)
                labels.append(metric_at[count.start])
    return rows, labels


def read_passages() -> tuple[list[Set[str]], list[str]]:
    """Features and metric of each figure of the passages, which are written for training alone."""
    return read_examples(read_record_gold(PASSAGES), PASSAGES)


def train(
    reports: tuple[Sequence[Set[str]], Sequence[str]], passages: tuple[Sequence[Set[str]], Sequence[str]], runs: int = 1
) -> MetricClassifier:
    """Train on features and metrics of figures in reports and in passages; the weights of some runs are averaged."""
    rows, labels = [*reports[0], *passages[0]], [*reports[1], *passages[1]]
    counter = Counter(feature for row in rows for feature in row)
    features = sorted(feature for feature, count in counter.items() if count >= LEAST)
    place = {feature: number for number, feature in enumerate(features)}
    known = [np.array(sorted(place[feature] for feature in row if feature in place), np.intp) for row in rows]
    label_of = {metric: number for number, metric in enumerate([*(metric.id for metric in metrics()), OTHER])}
    targets = np.array([label_of[label] for label in labels])
    importance = np.array([1.0] * len(reports[0]) + [PASSAGE] * len(passages[0]), np.float32)
    shape = (len(features) + 1, len(label_of))
    weights = np.mean([fit(known, targets, importance, shape, run) for run in range(runs)], axis=0)
    scale = float(np.abs(weights).max()) / 127
    return MetricClassifier(features, np.rint(weights / scale).astype(np.int8), scale)


def fit(
    known: Sequence[NDArray[np.intp]],
    targets: NDArray[np.intp],
    importance: NDArray[np.float32],
    shape: tuple[int, int],
    seed: int,
) -> NDArray[np.float32]:
    """Weights by Adagrad (Duchi, Hazan and Singer 2011); features are dropped, that none is leant on alone."""
    weights = np.zeros(shape, np.float32)
    squares = np.full_like(weights, 1e-3)
    rng = np.random.default_rng(seed)
    for epoch in range(EPOCHS):
        rate = RATE * (1 - epoch / EPOCHS)
        order = rng.permutation(len(known))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            kept = [np.append(row[rng.random(len(row)) >= DROPPED], shape[0] - 1) for row in (known[i] for i in batch)]
            sizes = np.array([len(row) for row in kept])
            used = np.concatenate(kept)
            scores = np.add.reduceat(weights[used], np.cumsum(sizes) - sizes, axis=0)
            errors = np.exp(scores - scores.max(axis=1, keepdims=True))
            errors /= errors.sum(axis=1, keepdims=True)
            errors[np.arange(len(batch)), targets[batch]] -= 1
            errors *= importance[batch, None] / len(batch)
            by_feature = np.argsort(used, kind="stable")
            touched, first = np.unique(used[by_feature], return_index=True)
            gradient = np.add.reduceat(np.repeat(errors, sizes, axis=0)[by_feature], first, axis=0)
            gradient += DECAY * weights[touched]
            squares[touched] += gradient * gradient
            weights[touched] -= rate * gradient / np.sqrt(squares[touched])
    return weights


def main() -> None:
    """Train and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--splits", default="train")
    splits = parser.parse_args().splits.split(",")
    reports, passages = read_examples(read_record_gold(RECORDS, splits), REPORTS), read_passages()
    classifier = train(reports, passages, RUNS)
    classifier.save(TARGET)
    figures = len(reports[0]) + len(passages[0])
    print(f"{figures} figures, {len(classifier.weights) - 1} features, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
