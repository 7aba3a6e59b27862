"""The linear classifier of metrics: one weight a feature and metric, learned by `training/train_metrics.py`."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import IO, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

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

    features (Sequence[str]): Names of the known features.
    weights (int8, known features + 1 x metrics + 1): Their weights in units of `scale`; the last row is added to every
        figure, the last column is for `OTHER`.
    scale (float): What a weight of 1 stands for.
    """

    def __init__(self, features: Sequence[str], weights: NDArray[np.int8], scale: float) -> None:
        self.weights, self.scale = weights, scale
        self.labels = (*(metric.id for metric in metrics()), OTHER)
        self._rows = {feature: row for row, feature in enumerate(features)}

    def predict(self, figures: Sequence[Set[str]]) -> list[tuple[str, float]]:
        """Choose a metric for each figure.

        figures (Sequence[Set[str]]): Names of features, for each figure.
        RETURNS (list[tuple[str, float]]): The id of its metric, and its probability.
        """
        if not figures:
            return []
        every = len(self.weights) - 1
        rows: list[int] = []
        starts: list[int] = []
        for features in figures:
            starts.append(len(rows))
            rows += [row for feature in features if (row := self._rows.get(feature)) is not None]
            rows.append(every)
        scores = np.add.reduceat(self.weights[rows], starts, axis=0, dtype=np.int32) * np.float32(self.scale)
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        scores /= scores.sum(axis=1, keepdims=True)
        best = scores.argmax(axis=1)
        return [(self.labels[label], float(scores[row, label])) for row, label in enumerate(best)]

    def save(self, path: Path) -> None:
        """Write the classifier to a file (.npz)."""
        names = np.frombuffer("\n".join(self._rows).encode(), np.uint8)
        np.savez_compressed(path, features=names, weights=self.weights, scale=np.float32(self.scale))

    @classmethod
    def load(cls, file: Path | IO[bytes]) -> MetricClassifier:
        """Read a classifier that `save` wrote."""
        with np.load(file) as arrays:
            features = arrays["features"].tobytes().decode().split("\n")
            return cls(features, arrays["weights"], float(arrays["scale"]))


@cache
def load_classifier() -> MetricClassifier:
    """Load the classifier of the package."""
    with files(govner.data).joinpath("metrics.npz").open("rb") as file:
        return MetricClassifier.load(file)
