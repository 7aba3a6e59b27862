"""Which channel a figure went through: mostly the one that governs in its sentence, if what is counted has one at all.

Weights learned from annotated records (`training/train_links.py`) choose among the channels near a figure, and none.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from govner.data import load_table
from govner.records.channel_features import Shape, feature_names, find_candidates
from govner.records.quantities import Quantity
from govner.records.source import Mention, Source

# What happens without a channel, whatever stands beside it.
_WITHOUT: Final = frozenset(
    {"staff", "bodies", "rules", "meetings", "trainings", "trainees", "report_parts", "fees_charged", "fees_waived"}
    | {"reviews", "reviews_by_outcome", "lawsuits", "lawsuits_by_outcome", "accountability"}
)
# Scores of shapes, most of which come back; how many are kept.
_SCORES: Final[dict[Shape, float]] = {}
_MOST: Final = 1 << 16


def find_channels(
    source: Source, counts: Sequence[Mention], quantities: Sequence[Quantity | None], metrics: Sequence[str]
) -> list[Mention | None]:
    """Find for each figure the channel that what is counted went through.

    source (Source): The report.
    counts (Sequence[Mention]): Its COUNT mentions in order.
    quantities (Sequence[Quantity | None]): What they say.
    metrics (Sequence[str]): What they count, ids of `govner.records.metrics`.
    RETURNS (list[Mention | None]): A CHANNEL mention for each, or None.
    """
    found: list[Mention | None] = []
    last: Mention | None = None
    for place, (quantity, metric) in enumerate(zip(quantities, metrics, strict=True)):
        if metric in _WITHOUT:
            found.append(None)
            last = None
            continue
        unit = quantity.unit if quantity is not None else ""
        best, highest = None, float("-inf")
        for candidate in find_candidates(source, counts, place, unit, metric, last):
            score = _score(candidate.shapes)
            if score > highest:
                best, highest = candidate.channel, score
        found.append(best)
        last = best
    return found


@cache
def _weights() -> dict[str, float]:
    return {feature: float(weight) for feature, weight in load_table("channel_weights")}


def _score(shapes: Sequence[Shape]) -> float:
    """The sum of the weights of the features of all shapes."""
    score = 0.0
    for shape in shapes:
        known = _SCORES.get(shape)
        score += _weigh(shape) if known is None else known
    return score


def _weigh(shape: Shape) -> float:
    weights = _weights()
    score = sum(weights.get(name, 0.0) for name in feature_names(shape))
    if len(_SCORES) < _MOST:
        _SCORES[shape] = score
    return score
