"""Which figure is part of which: by words (其中, brackets), by sums and shares that agree, by lists that go on.

Reports split a total by mode, kind, outcome or unit, often a sentence or a line later and without a word that says so;
that the parts add up says it. No sign is sure alone: weights learned from annotated records (`training/train_links.py`)
choose among the figures before a figure, and none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from govner.records.facts.part_features import Links, feature_names, find_candidates
from govner.records.facts.part_figures import read_figures
from govner.records.facts.quantities import Quantity
from govner.records.facts.shape_scores import ShapeScores
from govner.records.source import Mention, Source

_SCORE: Final = ShapeScores("part_weights", feature_names)


def find_parents(source: Source, counts: Sequence[Mention], quantities: Sequence[Quantity | None]) -> list[int | None]:
    """Find for each figure the figure it is part of.

    source (Source): The report.
    counts (Sequence[Mention]): Its COUNT mentions in order.
    quantities (Sequence[Quantity | None]): What they say.
    RETURNS (list[int | None]): For each, the place in `counts` of its total, which always comes before it and is never
        smaller in the same unit.
    """
    figures = read_figures(source, counts, quantities)
    links = Links()
    for place in range(len(figures)):
        best, highest = None, float("-inf")
        for candidate in find_candidates(figures, place, links):
            score = _SCORE(candidate.shapes)
            if score > highest:
                best, highest = candidate.place, score
        links.add(figures, best)
    return links.parents
