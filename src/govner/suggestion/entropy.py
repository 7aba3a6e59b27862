"""How unsure a chain is of a whole sequence of tags."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from govner.layers.crf import Chain, Floats, Ints, pack


def sequence_entropies(chain: Chain, emissions: NDArray[np.floating], lengths: Ints) -> Floats:
    """Entropy of the distribution over all tag sequences, one forward pass long.

    The entropy of the ways to a tag is that of the ways to the tags before it, weighted, and of the choice between
    these (Hernando, Crespi and Cybenko 2005). Unlike the sum of the entropies of single tags it does not count one
    doubt about a long mention as many.

    chain (Chain): The weights.
    emissions (floats, rows x n): Tag scores of all sequences laid end to end.
    lengths (ints): Length of each sequence, all at least 1.
    RETURNS (floats): One a sequence, in nats.
    """
    packing = pack(lengths)
    found = np.zeros(len(lengths))
    if not len(lengths):
        return found
    scores = emissions[packing.order].astype(np.float64)
    local = np.exp(scores - scores.max(axis=1, keepdims=True))
    moves, start, end = np.exp(chain.transitions), np.exp(chain.start), np.exp(chain.end)
    # As in `pack`: the longest first.
    sequences = np.argsort(-lengths, kind="stable")
    reached = _normalised(start * local[: packing.size(0)])
    entropies = np.zeros_like(reached)
    for step in range(packing.steps):
        size, going_on = packing.size(step), packing.size(step + 1)
        if step:
            ways = reached[:size, :, None] * moves
            share = ways / np.maximum(ways.sum(axis=1, keepdims=True), _TINY)
            entropies = (share * entropies[:size, :, None]).sum(axis=1) + _entropy(share, 1)
            here = packing.offsets[step]
            reached = _normalised(ways.sum(axis=1) * local[here : here + size])
        last = _normalised(reached[going_on:size] * end)
        ending = sequences[going_on:size]
        found[ending] = (last * entropies[going_on:size]).sum(axis=1) + _entropy(last, 1)
    return found


def label_entropies(chain: Chain, emissions: NDArray[np.floating], lengths: Ints) -> Floats:
    """Entropy of each row's label by itself, in nats; arguments as of `sequence_entropies`.

    RETURNS (floats, rows): In flat order.
    """
    if not len(lengths):
        return np.zeros(0)
    return _entropy(np.clip(chain.infer(emissions, pack(lengths)).marginals(), 0.0, 1.0), 1)


_TINY = 1e-300


def _normalised(weights: Floats) -> Floats:
    return weights / np.maximum(weights.sum(axis=1, keepdims=True), _TINY)


def _entropy(probabilities: Floats, axis: int) -> Floats:
    return -(probabilities * np.log(np.maximum(probabilities, _TINY))).sum(axis=axis)
