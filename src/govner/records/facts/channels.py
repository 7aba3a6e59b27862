"""Which channel a figure went through: mostly the one that governs in its sentence, if what is counted has one at all.

Weights learned from annotated records (`training/train_links.py`) choose among the channels near a figure, and none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from govner.records.facts.channel_features import feature_names, find_candidates
from govner.records.facts.channel_scene import read_scene
from govner.records.facts.quantities import Quantity
from govner.records.facts.shape_scores import ShapeScores
from govner.records.source import Mention, Source

# What happens without a channel, whatever stands beside it.
WITHOUT_CHANNEL: Final = frozenset(
    {"staff", "bodies", "rules", "meetings", "trainings", "trainees", "report_parts", "fees_charged", "fees_waived"}
    | {"reviews", "reviews_by_outcome", "lawsuits", "lawsuits_by_outcome", "accountability"}
)
_SCORE: Final = ShapeScores("channel_weights", feature_names)


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
    scene = read_scene(source, counts, quantities, metrics)
    found: list[Mention | None] = []
    for place, metric in enumerate(metrics):
        best, highest = None, float("-inf")
        for candidate in find_candidates(scene, place, found) if metric not in WITHOUT_CHANNEL else ():
            score = _SCORE(candidate.shapes)
            if score > highest:
                best, highest = candidate.channel, score
        found.append(best)
    return found
