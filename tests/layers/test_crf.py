"""The conditional random field, against the enumeration of all paths."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from govner.entities.tags import TagSet
from govner.layers.crf import Bools, Chain, Floats, Inference, Ints, Packing, gradient, pack
from govner.layers.transitions import Transitions, add_gradient, chain_of


@dataclass
class Case:
    """Some sequences laid end to end, and the weights of a chain."""

    lengths: list[int]
    emissions: Floats
    weights: Floats
    forbidden: Bools

    @property
    def n(self) -> int:
        return self.weights.shape[1]

    @property
    def chain(self) -> Chain:
        return Chain(self.weights, self.forbidden)

    @property
    def packing(self) -> Packing:
        return pack(np.array(self.lengths))

    def infer(self) -> Inference:
        return self.chain.infer(self.emissions, self.packing)

    def decode(self) -> Ints:
        return self.chain.decode(self.emissions, self.packing)

    def gradient(self, gold: Ints) -> tuple[Floats, Floats, float]:
        return gradient(self.chain, self.emissions, self.packing, gold)

    def sequences(self) -> Iterator[slice]:
        start = 0
        for length in self.lengths:
            yield slice(start, start + length)
            start += length

    def paths(self, rows: slice, allowed: Bools | None = None) -> Iterator[tuple[tuple[int, ...], float]]:
        """All legal paths of a sequence with their scores."""
        scores = np.where(self.forbidden, -np.inf, self.weights)
        emissions = self.emissions[rows]
        for path in product(range(self.n), repeat=len(emissions)):
            if allowed is not None and not all(allowed[rows.start + at, tag] for at, tag in enumerate(path)):
                continue
            score = scores[-2, path[0]] + scores[-1, path[-1]]
            for at in range(1, len(path)):
                score += scores[path[at - 1], path[at]]
            score += sum(emissions[at, tag] for at, tag in enumerate(path))
            if score > -np.inf:
                yield path, float(score)

    def log_z(self, allowed: Bools | None = None) -> float:
        return sum(
            float(np.logaddexp.reduce([score for _, score in self.paths(rows, allowed)])) for rows in self.sequences()
        )

    def distribution(self, rows: slice) -> list[tuple[tuple[int, ...], float]]:
        """All legal paths of a sequence with their probabilities."""
        found = list(self.paths(rows))
        total = np.logaddexp.reduce([score for _, score in found])
        return [(path, float(np.exp(score - total))) for path, score in found]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Small cases, with and without forbidden moves; every sequence has a legal path."""
    n = draw(st.integers(1, 3))
    lengths = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    size = draw(st.sampled_from([0.1, 1.0, 5.0, 60.0]))
    shape = (n + 2, n)
    forbidden = rng.random(shape) < draw(st.sampled_from([0.0, 0.2]))
    # Tag 0 may always go on to itself.
    forbidden[[0, -2, -1], 0] = False
    weights, emissions = rng.normal(0, size, shape), rng.normal(0, size, (sum(lengths), n))
    return Case(lengths, emissions, weights, forbidden)


def tagged_case(seed: int = 0) -> Case:
    """Sequences of several lengths, with the moves that tags of two labels allow."""
    tags = TagSet(["A", "B"])
    rng, lengths = np.random.default_rng(seed), [3, 1, 4, 2]
    n = len(tags)
    return Case(lengths, rng.normal(size=(10, n)), rng.normal(size=(n + 2, n)), tags.forbidden())


@given(st.lists(st.integers(1, 6), min_size=1, max_size=6))
def test_packing_advances_all_sequences_together_longest_first(lengths: list[int]) -> None:
    packing = pack(np.array(lengths))
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    longest_first = sorted(range(len(lengths)), key=lambda at: -lengths[at])
    expected = [starts[at] + step for step in range(max(lengths)) for at in longest_first if lengths[at] > step]
    assert packing.order.tolist() == expected
    assert packing.steps == max(lengths)
    assert [packing.size(step) for step in range(max(lengths) + 1)] == [
        sum(length > step for length in lengths) for step in range(max(lengths) + 1)
    ]


def test_packing_of_nothing_is_empty() -> None:
    packing = pack(np.zeros(0, np.intp))
    assert (packing.steps, len(packing.order), packing.size(0)) == (0, 0, 0)


@given(cases())
def test_log_partition_sums_over_all_paths(case: Case) -> None:
    assert_allclose(case.infer().log_z, case.log_z(), rtol=1e-9, atol=1e-9)


@given(cases())
def test_marginals_are_shares_of_all_paths(case: Case) -> None:
    expected = np.zeros(case.emissions.shape)
    for rows in case.sequences():
        for path, probability in case.distribution(rows):
            expected[np.arange(rows.start, rows.stop), path] += probability
    assert_allclose(case.infer().marginals(), expected, atol=1e-9)


@given(cases())
def test_expected_moves_are_counted_over_all_paths(case: Case) -> None:
    expected = np.zeros(case.weights.shape)
    for rows in case.sequences():
        for path, probability in case.distribution(rows):
            expected[-2, path[0]] += probability
            expected[-1, path[-1]] += probability
            for at in range(1, len(path)):
                expected[path[at - 1], path[at]] += probability
    assert_allclose(case.infer().expected_moves(), expected, atol=1e-9)


@given(cases())
def test_best_path_is_the_best_of_all(case: Case) -> None:
    tags = case.decode()
    for rows in case.sequences():
        best = max(case.paths(rows), key=lambda item: item[1])[0]
        assert tuple(tags[rows]) == best


@given(cases(), st.randoms(use_true_random=False))
def test_path_probabilities_are_marginals_and_conditionals(case: Case, rng: Random) -> None:
    tags = np.zeros(len(case.emissions), np.intp)
    for rows in case.sequences():
        # A path that is not too unlikely for its conditionals to be compared.
        likely = [path for path, probability in case.distribution(rows) if probability > 1e-6]
        tags[rows] = rng.choice(likely)
    marginal, given_before = case.infer().path_probabilities(tags)
    for rows in case.sequences():
        found, path = case.distribution(rows), tuple(tags[rows])
        for at, tag in enumerate(path):
            here = sum(p for other, p in found if other[at] == tag)
            assert_allclose(marginal[rows.start + at], here, atol=1e-9)
            if at == 0:
                assert given_before[rows.start] == 1
            else:
                before = sum(p for other, p in found if other[at - 1] == path[at - 1])
                both = sum(p for other, p in found if other[at - 1 : at + 1] == path[at - 1 : at + 1])
                assert_allclose(given_before[rows.start + at], both / before, rtol=1e-6)
        stretch = marginal[rows.start] * given_before[rows].prod()
        assert_allclose(stretch, dict(found)[path], rtol=1e-6)


@given(cases(), st.data())
@settings(max_examples=30)
def test_gradient_is_the_slope_of_the_loss_and_unknown_tags_are_summed_over(case: Case, data: st.DataObject) -> None:
    case.weights, case.emissions = np.clip(case.weights, -4, 4), np.clip(case.emissions, -4, 4)
    gold = np.full(len(case.emissions), -1, np.intp)
    for rows in case.sequences():
        gold[rows] = data.draw(st.sampled_from([path for path, _ in case.paths(rows)]))
        unknown = data.draw(st.lists(st.booleans(), min_size=rows.stop - rows.start, max_size=rows.stop - rows.start))
        gold[rows][unknown] = -1
    d_emissions, d_weights, loss = case.gradient(gold)
    assert_allclose(loss, loss_of(case, gold), atol=1e-9)
    assert_allclose(d_emissions, slopes(case, case.emissions, gold), atol=1e-5)
    assert_allclose(d_weights, np.where(case.forbidden, 0, slopes(case, case.weights, gold)), atol=1e-5)


def loss_of(case: Case, gold: Ints) -> float:
    allowed = np.array([[tag in (-1, own) for own in range(case.n)] for tag in gold])
    return case.log_z() - case.log_z(allowed)


def slopes(case: Case, values: Floats, gold: Ints, step: float = 1e-4) -> Floats:
    """Central differences of the loss for each of some values of the case."""
    found = np.zeros(values.shape)
    for index in np.ndindex(values.shape):
        old = values[index]
        values[index] = old + step
        above = loss_of(case, gold)
        values[index] = old - step
        found[index] = (above - loss_of(case, gold)) / (2 * step)
        values[index] = old
    return found


def test_all_tags_unknown_leave_nothing_to_learn() -> None:
    case = tagged_case()
    d_emissions, d_weights, loss = case.gradient(np.full(10, -1, np.intp))
    assert_allclose(loss, 0, atol=1e-12)
    assert_allclose(d_emissions, 0, atol=1e-12)
    assert_allclose(d_weights, 0, atol=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_sequences_of_different_length_do_not_influence_each_other(seed: int) -> None:
    case = tagged_case(seed)
    chain, together = case.chain, case.infer()
    tags = case.decode()
    marginals, probabilities = together.marginals(), together.path_probabilities(tags)
    total, moves = 0.0, np.zeros(case.weights.shape)
    for rows in case.sequences():
        packing = pack(np.array([rows.stop - rows.start]))
        alone = chain.infer(case.emissions[rows], packing)
        assert_array_equal(chain.decode(case.emissions[rows], packing), tags[rows])
        assert_allclose(alone.marginals(), marginals[rows])
        for one, all_ in zip(alone.path_probabilities(tags[rows]), probabilities, strict=True):
            assert_allclose(one, all_[rows])
        total += alone.log_z
        moves += alone.expected_moves()
    assert_allclose(together.log_z, total)
    assert_allclose(together.expected_moves(), moves)


@pytest.mark.parametrize("seed", range(3))
def test_marginals_sum_to_one_and_forbidden_moves_never_happen(seed: int) -> None:
    case = tagged_case(seed)
    inference = case.infer()
    assert_allclose(inference.marginals().sum(axis=1), 1)
    moves = inference.expected_moves()
    assert (moves[case.forbidden] == 0).all()
    # As many starts and ends as sequences, and a transition between every two neighbours.
    assert_allclose([moves[-2].sum(), moves[-1].sum(), moves[:-2].sum()], [4, 4, 6])


@pytest.mark.parametrize("seed", range(5))
def test_best_path_makes_no_forbidden_move_even_against_high_scores(seed: int) -> None:
    case = tagged_case(seed)
    case.emissions[:, 2] += 50  # inside a mention
    tags = case.decode()
    for rows in case.sequences():
        path = tags[rows]
        assert not case.forbidden[case.n, path[0]]
        assert not case.forbidden[case.n + 1, path[-1]]
        assert not case.forbidden[path[:-1], path[1:]].any()


def test_sequences_of_one_token_are_start_emission_and_end() -> None:
    weights = np.array([[9.0, 9.0], [9.0, 9.0], [1.0, 0.0], [0.0, 3.0]])
    case = Case([1, 1], np.array([[0.0, 0.0], [5.0, 0.0]]), weights, np.zeros((4, 2), bool))
    inference = case.infer()
    assert_array_equal(case.decode(), [1, 0])
    assert_allclose(inference.log_z, np.logaddexp(1, 3) + np.logaddexp(6, 3))
    assert_allclose(inference.expected_moves()[:2], 0)


def test_long_sequences_and_large_scores_neither_overflow_nor_vanish() -> None:
    rng = np.random.default_rng(0)
    emissions = rng.normal(0, 30, (5000, 3)) + 1000
    chain, packing = Chain(rng.normal(size=(5, 3)), np.zeros((5, 3), bool)), pack(np.array([5000]))
    inference = chain.infer(emissions, packing)
    assert np.isfinite(inference.log_z)
    assert_allclose(inference.marginals().sum(axis=1), 1)


def test_single_precision_scores_are_accepted_and_left_unchanged() -> None:
    case = tagged_case()
    emissions, packing = case.emissions.astype(np.float32), pack(np.array(case.lengths))
    before = emissions.copy()
    case.chain.decode(emissions, packing)
    case.chain.infer(emissions, packing)
    assert_array_equal(emissions, before)


def test_layer_passes_scores_on_and_owns_the_weights_of_the_chain() -> None:
    layer = Transitions()
    layer.set_dim("nO", 3)
    layer.initialize()
    scores = [layer.ops.asarray2f(np.ones((2, 3), np.float32))]
    assert layer.predict(scores) is scores
    forbidden = np.zeros((5, 3), bool)
    forbidden[3, 1] = True
    chain = chain_of(layer, forbidden)
    assert chain.transitions.tolist() == [[0.0] * 3] * 3
    assert chain.start.tolist() == [0.0, -np.inf, 0.0]
    assert np.isfinite(chain_of(layer).start).all()


def test_gradients_of_the_layer_add_up() -> None:
    layer = Transitions()
    layer.set_dim("nO", 2)
    layer.initialize()
    add_gradient(layer, np.ones((4, 2)))
    add_gradient(layer, np.full((4, 2), 0.5))
    assert layer.get_grad("W").tolist() == [[1.5, 1.5]] * 4
