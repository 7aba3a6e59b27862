"""The linear classifier of metrics: one weight a feature and metric, learned by `training/train_metrics.py`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.strings import hash_string  # type: ignore[attr-defined]

import govner.data
from govner.data import load_table

OTHER: Final = "other"


class Metric(NamedTuple):
    """A metric: its id, its Chinese name and what it counts."""

    id: str
    name: str
    meaning: str


@cache
def metrics() -> tuple[Metric, ...]:
    """The metrics, in the order of the table; `OTHER` stands for what fits none."""
    return tuple(Metric(*row) for row in load_table("metrics"))


class MetricClassifier:
    """A multinomial logistic regression over named features.

    keys (uint64, known features): Hashes of the features' names, sorted.
    weights (float32, known features + 1 x metrics + 1): Their weights; the last row is added to every figure, the last
        column is for `OTHER`.
    """

    def __init__(self, keys: NDArray[np.uint64], weights: NDArray[np.float32]) -> None:
        self.keys, self.weights = keys, weights
        self.labels = (*(metric.id for metric in metrics()), OTHER)
        self._rows = {int(key): row for row, key in enumerate(keys)}

    def predict(self, rows: Sequence[Iterable[str]]) -> list[tuple[str, float]]:
        """Choose a metric for each figure.

        rows (Sequence[Iterable[str]]): Names of features, for each figure.
        RETURNS (list[tuple[str, float]]): The id of its metric, and its probability.
        """
        if not rows:
            return []
        scores = np.stack([self._score(row) for row in rows])
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        scores /= scores.sum(axis=1, keepdims=True)
        best = scores.argmax(axis=1)
        return [(self.labels[label], float(scores[row, label])) for row, label in enumerate(best)]

    def _score(self, features: Iterable[str]) -> NDArray[np.float32]:
        rows = self._rows
        found = {rows[key] for key in map(hash_string, features) if key in rows}
        return np.asarray(self.weights[[*found, -1]].sum(axis=0, dtype=np.float32))


@cache
def load_classifier() -> MetricClassifier:
    """Load the classifier of the package."""
    with files(govner.data).joinpath("metrics.npz").open("rb") as file, np.load(file) as arrays:
        return MetricClassifier(arrays["keys"], arrays["weights"].astype(np.float32))
