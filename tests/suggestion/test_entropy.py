"""Entropies of chains, against all tag sequences written out."""

from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from govner.entities.tags import TagSet
from govner.layers.crf import Chain
from govner.suggestion.entropy import label_entropies, sequence_entropies

LENGTHS = st.lists(st.integers(1, 4), min_size=1, max_size=4)


def written_out(chain: Chain, scores: np.ndarray) -> tuple[float, np.ndarray]:
    """Entropy of a sequence, and of each of its labels, from the scores of all ways through it."""
    totals, ways = [], []
    for way in product(range(chain.n), repeat=len(scores)):
        total = chain.start[way[0]] + chain.end[way[-1]] + sum(scores[row, tag] for row, tag in enumerate(way))
        totals.append(total + sum(chain.transitions[a, b] for a, b in pairwise(way)))
        ways.append(way)
    weights = np.exp(np.array(totals) - max(totals))
    weights /= weights.sum()
    marginals = np.zeros(scores.shape)
    for way, weight in zip(ways, weights, strict=True):
        marginals[np.arange(len(way)), way] += weight

    def entropy(p: np.ndarray) -> float:
        return float(-(p[p > 0] * np.log(p[p > 0])).sum())

    return entropy(weights), np.array([entropy(row) for row in marginals])


@given(lengths=LENGTHS, seed=st.integers(0, 10_000), size=st.floats(0.1, 8))
def test_entropies_are_those_of_all_sequences(lengths: list[int], seed: int, size: float) -> None:
    rng = np.random.default_rng(seed)
    tags = TagSet(("COUNT",))
    chain = Chain(rng.normal(0, size, (len(tags) + 2, len(tags))), tags.forbidden())
    scores = rng.normal(0, size, (sum(lengths), len(tags)))
    parts = np.split(scores, np.cumsum(lengths)[:-1])
    expected = [written_out(chain, part) for part in parts]
    found = sequence_entropies(chain, scores, np.array(lengths))
    np.testing.assert_allclose(found, [whole for whole, _ in expected], atol=1e-8)
    labels = label_entropies(chain, scores, np.array(lengths))
    np.testing.assert_allclose(labels, np.concatenate([each for _, each in expected]), atol=1e-8)


def test_nothing_has_no_entropy() -> None:
    chain = Chain(np.zeros((4, 2)), np.zeros((4, 2), bool))
    assert not len(sequence_entropies(chain, np.zeros((0, 2)), np.zeros(0, np.intp)))
    assert not len(label_entropies(chain, np.zeros((0, 2)), np.zeros(0, np.intp)))


def test_entropy_of_the_unknown_is_that_of_all_labels_and_of_the_certain_is_none() -> None:
    chain = Chain(np.zeros((7, 5)), np.zeros((7, 5), bool))
    scores = np.zeros((6, 5))
    np.testing.assert_allclose(sequence_entropies(chain, scores, np.array([6])), 6 * np.log(5))
    scores[:, 2] = 50
    assert sequence_entropies(chain, scores, np.array([6]))[0] < 1e-12
