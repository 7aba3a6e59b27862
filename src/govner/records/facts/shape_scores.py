"""Scores of candidates: the sum of the learned weights of their features, shape by shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Final

from govner.data import load_table

# What is known of a candidate in one respect; most shapes come back, so their scores are kept.
Shape = tuple[str | int, ...]
_MOST: Final = 1 << 16


class ShapeScores:
    """Scores candidates by the shapes they have.

    table (str): Name of the table of weights, a feature and its weight a row.
    feature_names (Callable): From a shape to the names of its features; those without a weight count nothing.
    """

    def __init__(self, table: str, feature_names: Callable[[Shape], Iterable[str]]) -> None:
        self._table, self._feature_names = table, feature_names
        self._scores: dict[Shape, float] = {}

    def __call__(self, shapes: Sequence[Shape]) -> float:
        """The sum of the weights of the features of all shapes."""
        score = 0.0
        for shape in shapes:
            known = self._scores.get(shape)
            score += self._weigh(shape) if known is None else known
        return score

    @cached_property
    def _weights(self) -> dict[str, float]:
        return {feature: float(weight) for feature, weight in load_table(self._table)}

    def _weigh(self, shape: Shape) -> float:
        score = sum(self._weights.get(name, 0.0) for name in self._feature_names(shape))
        if len(self._scores) < _MOST:
            self._scores[shape] = score
        return score
