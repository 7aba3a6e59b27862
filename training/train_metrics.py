"""Train the classifier of metrics on the annotated records of the training split: src/govner/data/metrics.npz.

Usage: python training/train_metrics.py [--splits train,dev]
The file is committed; the same records give the same file (the seed is fixed).
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.strings import hash_string  # type: ignore[attr-defined]

from govner.corpus.inline import read_report
from govner.corpus.reader import report_to_doc
from govner.evaluation.record_gold import read_record_gold
from govner.records.facts.metrics.classifier import OTHER, metrics
from govner.records.facts.metrics.features import figure_features
from govner.records.facts.parts import find_parents
from govner.records.facts.quantities import read_quantity
from govner.records.source import read_source

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src" / "govner" / "data" / "metrics.npz"
LEAST, EPOCHS, BATCH, RATE, DROPPED, DECAY = 2, 16, 64, 0.05, 0.3, 1e-4


def read_examples(splits: list[str]) -> tuple[list[list[str]], list[str]]:
    """Features and metric of each annotated figure of some splits."""
    vocab = spacy.blank("zh").vocab
    rows: list[list[str]] = []
    labels: list[str] = []
    for gold in read_record_gold(ROOT / "corpus" / "records", splits):
        source = read_source(report_to_doc(read_report(ROOT / "corpus" / "reports" / f"{gold.id}.txt"), vocab))
        counts = [mention for mention in source.mentions if mention.label == "COUNT"]
        quantities = [read_quantity(count.text) for count in counts]
        metric_at = {fact.start: fact.metric for fact in gold.facts if not fact.zero}
        for count, row in zip(
            counts, figure_features(source, counts, quantities, find_parents(source, counts, quantities)), strict=True
        ):
            if count.start in metric_at:
                rows.append(sorted(set(row)))
                labels.append(metric_at[count.start])
    return rows, labels


def train(rows: list[list[str]], labels: list[str]) -> tuple[NDArray[np.uint64], NDArray[np.float32]]:
    """Train a multinomial logistic regression by Adam; features are dropped at random, that none is leant on alone."""
    counter = Counter(feature for row in rows for feature in row)
    keys = np.array(sorted(hash_string(feature) for feature, count in counter.items() if count >= LEAST), np.uint64)
    place = {int(key): number for number, key in enumerate(keys)}
    known = [np.array([place[key] for key in map(hash_string, row) if key in place], np.intp) for row in rows]
    names = [*(metric.id for metric in metrics()), OTHER]
    targets = np.array([names.index(label) for label in labels])
    weights = np.zeros((len(keys) + 1, len(names)), np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    rng = np.random.default_rng(0)
    step = 0
    for epoch in range(EPOCHS):
        order = rng.permutation(len(rows))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            kept = [known[item][rng.random(len(known[item])) >= DROPPED] for item in batch]
            kept = [np.append(row, len(keys)) for row in kept]
            scores = np.stack([weights[row].sum(axis=0) for row in kept])
            errors = np.exp(scores - scores.max(axis=1, keepdims=True))
            errors /= errors.sum(axis=1, keepdims=True)
            errors[np.arange(len(batch)), targets[batch]] -= 1
            gradient = DECAY * weights
            for row, error in zip(kept, errors, strict=True):
                gradient[row] += error / len(batch)
            step += 1
            mean = 0.9 * mean + 0.1 * gradient
            square = 0.999 * square + 0.001 * gradient * gradient
            rate = RATE * (1 - epoch / EPOCHS)
            weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return keys, weights


def main() -> None:
    """Train and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--splits", default="train")
    splits = parser.parse_args().splits.split(",")
    rows, labels = read_examples(splits)
    keys, weights = train(rows, labels)
    np.savez_compressed(TARGET, keys=keys, weights=weights.astype(np.float16))
    print(f"{len(rows)} figures, {len(keys)} features, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
