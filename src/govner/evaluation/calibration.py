"""Say whether probabilities mean what they say: of what is given 0.8, are eight in ten right?

Expected calibration error over bins of equal width (Naeini, Cooper and Hauskrecht 2015).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from spacy.training import Example

from govner.scheme import MENTIONS_KEY, SECTIONS_KEY

BINS: Final = 10


@dataclass(frozen=True)
class Calibration:
    """How probabilities compare with how often they were right.

    error (float): Expected calibration error, in [0, 1]: the mean distance of probability and share right over the
        bins, weighted by their size.
    bins (list[tuple[int, float, float]]): Of each bin that holds any prediction: their number, mean probability, and
        share right.
    """

    error: float
    bins: list[tuple[int, float, float]]

    def to_json(self) -> dict[str, Any]:
        """The figures as plain values."""
        names = ("predictions", "probability", "right")
        return {"error": self.error, "bins": [dict(zip(names, found, strict=True)) for found in self.bins]}


def calibrate(predictions: Iterable[tuple[float, bool]]) -> Calibration | None:
    """Measure the calibration of some predictions.

    predictions (Iterable[tuple[float, bool]]): The probability of each, and whether it was right.
    RETURNS (Calibration | None): The figures; None where there is no prediction.
    """
    pairs = np.array(list(predictions), float).reshape(-1, 2)
    if not len(pairs):
        return None
    number = np.minimum((pairs[:, 0] * BINS).astype(int), BINS - 1)
    bins = []
    for bin in range(BINS):
        chosen = pairs[number == bin]
        if len(chosen):
            probability, right = chosen.mean(axis=0)
            bins.append((len(chosen), float(probability), float(right)))
    error = sum(count * abs(probability - right) for count, probability, right in bins) / len(pairs)
    return Calibration(float(error), bins)


def mention_predictions(examples: Iterable[Example]) -> Iterator[tuple[float, bool]]:
    """Probability of each predicted mention, and whether gold has it with this extent and label."""
    for example in examples:
        gold = {(span.start_char, span.end_char, span.label_) for span in example.reference.ents}
        group = example.predicted.spans.get(MENTIONS_KEY)
        if group is None:
            continue
        for span, probability in zip(group, group.attrs["probability"], strict=True):
            yield probability, (span.start_char, span.end_char, span.label_) in gold


def section_predictions(examples: Iterable[Example]) -> Iterator[tuple[float, bool]]:
    """Probability of each predicted section, and whether it is that of most of its characters in gold."""
    for example in examples:
        labels = [""] * len(example.reference.text)
        for span in example.reference.spans.get(SECTIONS_KEY, ()):
            labels[span.start_char : span.end_char] = [span.label_] * (span.end_char - span.start_char)
        group = example.predicted.spans.get(SECTIONS_KEY)
        if group is None or "probability" not in group.attrs:
            continue
        for span, probability in zip(group, group.attrs["probability"], strict=True):
            own = [label for label in labels[span.start_char : span.end_char] if label]
            yield probability, bool(own) and max(own, key=own.count) == span.label_
