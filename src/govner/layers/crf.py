"""A linear-chain conditional random field over many sequences at once.

Forward-backward works on scaled probabilities (Rabiner 1989, section V.A), so its inner step is a matrix product;
sequences are packed longest first and advance together. Lafferty, McCallum and Pereira 2001 define the model.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]

_TINY = 1e-300


class Packing(NamedTuple):
    """Flat rows of many sequences reordered by time step.

    order (Ints): Flat row of each packed row.
    offsets (Ints): First packed row of each time step, and the total; step t has the rows of the longest sequences.
    """

    order: Ints
    offsets: Ints

    @property
    def steps(self) -> int:
        """Length of the longest sequence."""
        return len(self.offsets) - 1

    def size(self, step: int) -> int:
        """How many sequences are longer than `step`."""
        return int(self.offsets[step + 1] - self.offsets[step]) if step < self.steps else 0


def pack(lengths: NDArray[np.integer]) -> Packing:
    """Plan the packing of sequences laid end to end.

    lengths (ints): Length of each sequence, all at least 1.
    RETURNS (Packing): The plan.
    """
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.intp)
    by_length = np.argsort(-lengths, kind="stable")
    starts = starts[by_length]
    sizes = np.searchsorted(-lengths[by_length], -np.arange(int(lengths.max(initial=0))), side="left")
    order = [starts[:size] + step for step, size in enumerate(sizes)]
    offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.intp)
    return Packing(np.concatenate(order) if order else np.zeros(0, np.intp), offsets)


class Chain:
    """The weights of a chain over `n` tags.

    weights (floats, (n + 2) x n): Transition scores from row to column, then start scores, then end scores.
    forbidden (bools, same shape): Moves that never happen.
    """

    def __init__(self, weights: NDArray[np.floating], forbidden: Bools) -> None:
        scores = np.where(forbidden, -np.inf, weights.astype(np.float64))
        self.n = scores.shape[1]
        self.transitions = scores[:-2]
        self.start, self.end = scores[-2], scores[-1]
        self._blocks = list(_legal_blocks(self.transitions))

    def decode(self, emissions: NDArray[np.floating], packing: Packing) -> Ints:
        """Find the best tag sequences (Viterbi).

        emissions (floats, rows x n): Tag scores of all sequences laid end to end.
        packing (Packing): The plan for their lengths.
        RETURNS (ints, rows): The best tags.
        """
        scores = emissions[packing.order].astype(np.float64)
        offsets = packing.offsets
        if packing.steps:
            scores[: offsets[1]] += self.start
        # A step back is worked out on the way back, for the one tag that the path has, not for all on the way there.
        for step in range(1, packing.steps):
            size, here, before = packing.size(step), offsets[step], offsets[step - 1]
            reached = np.full((size, self.n), -np.inf)
            for sources, targets, block in self._blocks:
                moves = scores[before : before + size, sources, None] + block
                reached[:, targets] = moves.max(axis=2)
            scores[here : here + size] += reached
        into = np.ascontiguousarray(self.transitions.T)
        tags = np.zeros(len(scores), np.intp)
        for step in range(packing.steps - 1, -1, -1):
            size, going_on, here = packing.size(step), packing.size(step + 1), offsets[step]
            ending = slice(here + going_on, here + size)
            tags[ending] = (scores[ending] + self.end).argmax(axis=1)
            if going_on:
                after = slice(offsets[step + 1], offsets[step + 1] + going_on)
                tags[here : here + going_on] = (scores[here : here + going_on] + into[tags[after]]).argmax(axis=1)
        return _unpack(tags, packing)

    def infer(
        self,
        emissions: NDArray[np.floating],
        packing: Packing,
        allowed: Bools | None = None,
    ) -> Inference:
        """Compute the distribution over tag sequences.

        emissions (floats, rows x n): Tag scores of all sequences laid end to end.
        packing (Packing): The plan for their lengths.
        allowed (bools, rows x n, or None): Restrict each row to these tags.
        RETURNS (Inference): Marginals and what else follows from one forward and one backward pass.
        """
        packed = emissions[packing.order].astype(np.float64)
        peak = packed.max(axis=1, keepdims=True)
        local = np.exp(packed - peak)
        if allowed is not None:
            local *= allowed[packing.order]
        moves, start, end = np.exp(self.transitions), np.exp(self.start), np.exp(self.end)
        offsets = packing.offsets
        alpha, scale = np.empty_like(local), np.ones(len(local))
        for step in range(packing.steps):
            size, here = packing.size(step), offsets[step]
            if step == 0:
                reach = start * local[:size]
            else:
                before = offsets[step - 1]
                reach = (alpha[before : before + size] @ moves) * local[here : here + size]
            total = np.maximum(reach.sum(axis=1), _TINY)
            scale[here : here + size] = total
            alpha[here : here + size] = reach / total[:, None]
        beta = np.empty_like(local)
        log_z = np.log(scale) + peak[:, 0]
        for step in range(packing.steps - 1, -1, -1):
            size, going_on, here = packing.size(step), packing.size(step + 1), offsets[step]
            ending = slice(here + going_on, here + size)
            closing = np.maximum(alpha[ending] @ end, _TINY)
            beta[ending] = end / closing[:, None]
            log_z[ending] += np.log(closing)
            if going_on:
                after = slice(offsets[step + 1], offsets[step + 1] + going_on)
                ahead = local[after] * beta[after] / scale[after, None]
                beta[here : here + going_on] = ahead @ moves.T
        return Inference(self, packing, local, alpha, beta, scale, float(log_z.sum()))


def _legal_blocks(transitions: Floats) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Split the moves into blocks without forbidden ones, so that the best move is not sought among these.

    transitions (floats, n x n): Scores, -inf where a move is forbidden.
    YIELDS (tuple): Sources (blocks x s), targets (blocks x t) and scores (blocks x s x t); the targets of a block are
        reached from its sources and no others. Blocks of one size come together.
    """
    by_sources: dict[tuple[int, ...], list[int]] = {}
    for target, column in enumerate(transitions.T):
        by_sources.setdefault(tuple(np.flatnonzero(np.isfinite(column)).tolist()), []).append(target)
    by_size: dict[tuple[int, int], list[tuple[tuple[int, ...], list[int]]]] = {}
    for sources, targets in by_sources.items():
        if sources:
            by_size.setdefault((len(sources), len(targets)), []).append((sources, targets))
    for found in by_size.values():
        sources_of = np.array([sources for sources, _ in found], np.intp)
        targets_of = np.array([targets for _, targets in found], np.intp)
        yield sources_of, targets_of, transitions[sources_of[:, :, None], targets_of[:, None, :]]


class Inference:
    """What one forward and one backward pass say of the tags; made by `Chain.infer`.

    log_z (float): Log partition function, summed over the sequences.
    """

    def __init__(
        self,
        chain: Chain,
        packing: Packing,
        local: Floats,
        alpha: Floats,
        beta: Floats,
        scale: Floats,
        log_z: float,
    ) -> None:
        self._chain, self._packing = chain, packing
        self._local, self._alpha, self._beta, self._scale = local, alpha, beta, scale
        self.log_z = log_z

    def marginals(self) -> Floats:
        """Probability of each tag at each row (rows x n, flat order)."""
        return _unpack(self._alpha * self._beta, self._packing)

    def expected_moves(self) -> Floats:
        """Expected count of each transition, start and end (in the shape of the chain's weights)."""
        packing, n = self._packing, self._chain.n
        earlier, later = self._neighbours()
        ahead = self._local[later] * self._beta[later] / self._scale[later, None]
        counts = np.zeros((n + 2, n))
        counts[:n] = np.exp(self._chain.transitions) * (self._alpha[earlier].T @ ahead)
        gamma = self._alpha * self._beta
        counts[-2] = gamma[: packing.size(0)].sum(axis=0)
        ending = np.ones(len(gamma), bool)
        ending[earlier] = False
        counts[-1] = gamma[ending].sum(axis=0)
        return counts

    def path_probabilities(self, tags: Ints) -> tuple[Floats, Floats]:
        """Probabilities along one path.

        tags (ints, rows): A tag for each row, flat order.
        RETURNS (tuple of floats, rows): The marginal of each tag; and its probability given the tag before it
            (1 at the first row of a sequence), so that a marginal times the following conditionals is the
            probability of a stretch.
        """
        packed = tags[self._packing.order]
        rows = np.arange(len(packed))
        beta = self._beta[rows, packed]
        earlier, later = self._neighbours()
        given = np.ones(len(packed))
        moves = np.exp(self._chain.transitions)[packed[earlier], packed[later]]
        ahead = moves * self._local[rows, packed][later] * beta[later] / self._scale[later]
        given[later] = np.minimum(ahead / np.maximum(beta[earlier], _TINY), 1.0)
        marginal = np.minimum(self._alpha[rows, packed] * beta, 1.0)
        return _unpack(marginal, self._packing), _unpack(given, self._packing)

    def _neighbours(self) -> tuple[Ints, Ints]:
        """Packed rows of every two neighbours in a sequence."""
        offsets, packing = self._packing.offsets, self._packing
        later = np.arange(packing.size(0), len(self._packing.order))
        steps = np.searchsorted(offsets, later, side="right") - 1
        earlier = later - offsets[steps] + offsets[np.maximum(steps - 1, 0)]
        return earlier, later


def gradient(
    chain: Chain, emissions: NDArray[np.floating], packing: Packing, gold: Ints
) -> tuple[Floats, Floats, float]:
    """Gradient of the negative log likelihood.

    chain (Chain): The weights.
    emissions (floats, rows x n): Tag scores of all sequences laid end to end.
    packing (Packing): The plan for their lengths.
    gold (ints, rows): The true tags; -1 where the tag is unknown, and summed over.
    RETURNS (tuple): Gradient for the emissions (rows x n), for the chain's weights (in their shape), and the loss.
    """
    free = chain.infer(emissions, packing)
    allowed = np.zeros(emissions.shape, bool)
    known = gold >= 0
    allowed[~known] = True
    allowed[np.flatnonzero(known), gold[known]] = True
    bound = chain.infer(emissions, packing, allowed)
    return (
        free.marginals() - bound.marginals(),
        free.expected_moves() - bound.expected_moves(),
        free.log_z - bound.log_z,
    )


def _unpack(packed: NDArray, packing: Packing) -> NDArray:
    """Put packed rows back into flat order."""
    flat = np.empty_like(packed)
    flat[packing.order] = packed
    return flat
