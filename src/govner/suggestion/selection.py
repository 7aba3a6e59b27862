"""Choose what to annotate next, one after another, so that no two tell the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from govner.layers.crf import Floats, Ints
from govner.suggestion.similarity import Vectors, greatest_similarity

# What it costs to turn to a paragraph at all, in characters read.
OVERHEAD: Final = 20
# Power of representativeness: the odd counts less, without leaving what is rare to chance.
BETA: Final = 0.5
# From here on texts are the same but for rounding.
_SAME: Final = 1.0 - 1e-5


@dataclass(frozen=True)
class Choice:
    """Something chosen, and why.

    place (int): Its place in the pool.
    score (float): The product of the three.
    uncertainty (float): What the model does not know of it for the effort of annotating it, 1 for the average.
    representativeness (float): How alike it is to the pool, 1 for the average; to the power of beta.
    diversity (float): How unlike it is to the most similar of what is annotated or was chosen before, in [0, 1].
    """

    place: int
    score: float
    uncertainty: float
    representativeness: float
    diversity: float


def uncertainty_by_effort(mentions: Floats, sections: Floats, characters: Ints) -> Floats:
    """What a model does not know of each paragraph, for the effort of annotating it.

    Mentions and sections count alike, each as a share of what the model does not know of the pool: in nats the tags of
    a line would outweigh its section by far. Effort is length, as annotators are paid by time (Settles, Craven and
    Friedland 2008): without it the long are preferred, and if only length counted the very short (both are compared in
    Settles and Craven 2008).

    mentions, sections (floats, n): Entropies, in nats.
    characters (ints, n): Lengths; every paragraph counts as `OVERHEAD` longer than it is.
    RETURNS (floats, n): Times as much as the average paragraph.
    """
    effort = (characters + OVERHEAD).astype(np.float64)
    return (_to_average(mentions) + _to_average(sections)) / 2.0 / _to_average(effort)


def representativeness(vectors: Vectors) -> Floats:
    """Mean similarity to all of a pool, over the average of that: information density (Settles and Craven 2008).

    With cosines the mean is one product with the mean vector: exact for any pool, in time that grows with its size.
    """
    if not len(vectors):
        return np.zeros(0)
    density = np.maximum(vectors @ vectors.mean(axis=0, dtype=np.float64).astype(np.float32), 0.0).astype(np.float64)
    return _to_average(density)


def _to_average(values: Floats) -> Floats:
    """Values as multiples of their mean; all 0 if that is."""
    return np.asarray(values / max(float(values.mean()), 1e-12), np.float64) if len(values) else np.zeros(0)


def choose(
    uncertainty: Floats,
    vectors: Vectors,
    groups: Sequence[int],
    top: int,
    *,
    known: Vectors | None = None,
    per_group: int | None = None,
    beta: float = BETA,
    seed: int = 0,
) -> list[Choice]:
    """Choose greedily what has the greatest product of uncertainty, representativeness and diversity.

    Diversity is that of maximal marginal relevance (Carbonell and Goldstein 1998), as a factor: what repeats something
    chosen or annotated is worth nothing, however unsure the model is of it.

    uncertainty (floats, n): As `uncertainty_by_effort` gives it.
    vectors (float32, n x width): As `text_vectors` gives them.
    groups (Sequence[int], n): The report that each is of.
    top (int): How many to choose.
    known (float32, m x width, or None): Vectors of what is annotated.
    per_group (int | None): At most so many of one report.
    beta (float): Power of representativeness; 0 leaves it out.
    seed (int): Decides between equals.
    RETURNS (list[Choice]): The best first; fewer than `top` where there are no more.
    """
    size = len(uncertainty)
    typical = representativeness(vectors) ** beta
    worth = uncertainty * typical
    # Of equals the one that comes first in a random order.
    order = np.random.default_rng(seed).permutation(size)
    alike = greatest_similarity(vectors, known if known is not None else vectors[:0]).astype(np.float64)
    open_ = np.ones(size, bool)
    group_of = np.asarray(groups, np.intp)
    taken: Counter[int] = Counter()
    chosen: list[Choice] = []
    while len(chosen) < top and open_.any():
        far = np.where(alike < _SAME, 1.0 - alike, 0.0)
        scores = np.where(open_, worth * far, -1.0)
        place = int(order[scores[order].argmax()])
        parts = uncertainty[place], typical[place], far[place]
        chosen.append(Choice(place, float(scores[place]), *map(float, parts)))
        open_[place] = False
        group = int(group_of[place])
        taken[group] += 1
        if taken[group] == per_group:
            open_ &= group_of != group
        alike = np.maximum(alike, np.clip(vectors @ vectors[place], 0.0, 1.0))
    return chosen
