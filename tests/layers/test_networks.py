"""The layers of our networks: what they compute, and their gradients against finite differences."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from thinc.api import Maxout, Model, chain, fix_random_seed, set_dropout_rate

from govner.layers.dilated_window import DilatedMaxout, dilated_window_encoder
from govner.layers.known_bag import Bags, KnownBag, count_bags
from govner.layers.known_embed import KeyCounter, KnownEmbed, round_vectors, salted, set_known

KEYS = np.array([[1, 2], [3, 2], [1, 9], [1, 1]], np.uint64)


def check_gradients(model: Model, run: Callable[[], tuple[Any, Callable]], names: list[tuple[Model, str]]) -> None:
    """Compare the gradient of a random weighing of the output with what small changes of the parameters do."""
    rng = np.random.default_rng(0)
    output, backprop = run()
    weights = [rng.normal(size=part.shape).astype("f") for part in output]
    value = lambda: sum(float((part * weight).sum()) for part, weight in zip(run()[0], weights, strict=True))  # noqa: E731
    backprop(weights if isinstance(output, list) else np.stack(weights))
    for layer, name in names:
        parameter, gradient = layer.get_param(name), layer.get_grad(name).copy()
        assert np.abs(gradient).max() > 0
        for place in zip(*(rng.integers(size, size=12) for size in parameter.shape), strict=True):
            kept, step = parameter[place], 2e-3
            parameter[place] = kept + step
            above = value()
            parameter[place] = kept - step
            below = value()
            parameter[place] = kept
            assert_allclose(gradient[place], (above - below) / (2 * step), rtol=0.05, atol=0.02)


def embed(width: int = 4) -> Model:
    fix_random_seed(0)
    layer = KnownEmbed(width, 2)
    counter = KeyCounter()
    counter.add(salted(KEYS))
    set_known(layer, counter.frequent(2))
    layer.initialize()
    return layer


def test_embedding_knows_frequent_keys_of_a_column_only() -> None:
    layer = embed()
    table = layer.get_param("E")
    # 1 in the first column and 2 in the second occur twice or more; two rows are for what is not known.
    assert table.shape == (4, 4)
    output = layer.predict(KEYS)
    row_of_1, row_of_2 = output[2] - table[1], output[1] - table[0]
    assert_allclose(output[0], row_of_1 + row_of_2, rtol=1e-5)
    assert_allclose(output[3], output[2], rtol=1e-5)
    assert {tuple(row) for row in np.round([row_of_1, row_of_2], 5)} == {tuple(row) for row in np.round(table[2:], 5)}


def test_unknown_keys_have_one_vector_a_column_that_starts_at_zero() -> None:
    layer = embed()
    assert not layer.predict(np.array([[77, 78]], np.uint64)).any()
    assert_allclose(layer.predict(np.array([[5, 2]], np.uint64)), layer.predict(np.array([[6, 2]], np.uint64)))


def test_columns_left_out_make_no_difference() -> None:
    fix_random_seed(0)
    layer = KnownEmbed(4, 2, left_out=[1])
    layer.initialize(KEYS)
    one, other = layer.predict(np.array([[1, 2], [1, 77]], np.uint64))
    assert_allclose(one, other)
    assert one.any()


def test_keys_set_again_are_looked_up_anew() -> None:
    layer = embed()
    layer.predict(KEYS)
    set_known(layer, np.zeros(0, np.uint64))
    assert not layer.predict(KEYS).any()


def test_known_keys_survive_bytes() -> None:
    layer = embed()
    other = KnownEmbed(4, 2).from_bytes(layer.to_bytes())
    assert_allclose(other.predict(KEYS), layer.predict(KEYS))


def test_rounded_vectors_are_near_and_end_in_zeros() -> None:
    layer = embed(64)
    before = layer.get_param("E").copy()
    round_vectors(chain(layer, Maxout(4, 64)))
    after = layer.get_param("E")
    assert_allclose(after, before, rtol=2**-13)
    assert not (after.view(np.uint32) & 0x7FF).any()
    assert (after != before).any()


def test_embedding_gradient() -> None:
    layer = embed()
    check_gradients(layer, lambda: layer(KEYS, True), [(layer, "E")])


def test_embedding_dropout_keeps_the_mean() -> None:
    layer = embed()
    layer.get_param("E")[:] = 1.0
    layer.attrs["dropout"] = 0.5
    output, backprop = layer(np.repeat(KEYS, 2000, axis=0), True)
    assert set(np.unique(output)) == {0.0, 2.0, 4.0}
    assert 1.9 < output.mean() < 2.1
    backprop(np.ones_like(output))
    assert layer.get_grad("E").sum() == pytest.approx(output.sum(), rel=1e-4)


BAGS = [
    Bags([np.array([1, 2, 3, 1], np.uint64), np.array([7], np.uint64)], [np.array([3, 1]), np.array([0, 1])]),
    Bags([np.array([2], np.uint64), np.array([1, 7], np.uint64)], [np.array([1]), np.array([2])]),
]


def bag() -> Model:
    fix_random_seed(0)
    layer = KnownBag(4, 2)
    layer.initialize(X=BAGS)
    return layer


def test_bag_sums_the_normalized_means_of_its_fields() -> None:
    layer = bag()
    layer.get_param("G")[1] = 0.5
    first, second = layer.predict(BAGS)
    assert (first.shape, second.shape) == ((2, 4), (1, 4))
    alone = Bags([np.array([2], np.uint64), np.zeros(0, np.uint64)], [np.array([1]), np.array([0])])
    other = Bags([np.zeros(0, np.uint64), np.array([1, 7], np.uint64)], [np.array([0]), np.array([2])])
    assert_allclose(second, layer.predict([alone])[0] + layer.predict([other])[0], rtol=1e-5)
    assert_allclose(layer.predict([alone])[0].std(), 1, rtol=1e-2)
    assert_allclose(layer.predict([other])[0].std(), 0.5, rtol=1e-2)


def test_bag_of_one_field_does_not_know_the_keys_of_another() -> None:
    layer = bag()
    strange = Bags([np.array([7], np.uint64), np.array([3], np.uint64)], [np.array([1]), np.array([1])])
    assert not layer.predict([strange])[0].any()


def test_bag_gives_nothing_for_a_document_without_items() -> None:
    empty = Bags([np.zeros(0, np.uint64)] * 2, [np.zeros(0, np.intp)] * 2)
    layer = bag()
    assert [len(part) for part in layer.predict([empty, *BAGS])] == [0, 2, 1]
    assert [len(part) for part in layer.predict([empty])] == [0]


def test_bag_counts_a_key_once_an_item() -> None:
    counter = KeyCounter()
    for bags in BAGS:
        count_bags(counter, bags)
    assert len(counter.frequent(1)) == 5
    assert len(counter.frequent(2)) == 3


def test_bag_gradient() -> None:
    layer = bag()
    check_gradients(layer, lambda: layer(BAGS, True), [(layer, "E"), (layer, "G")])


def window(dilation: int, pieces: int = 2) -> Model:
    fix_random_seed(0)
    layer = DilatedMaxout(4, pieces, dilation)
    layer.initialize()
    return layer


@pytest.mark.parametrize("dilation", [1, 2, 7])
@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_layer_is_a_residual_maxout_of_the_item_and_its_distant_neighbours(dilation: int, pieces: int) -> None:
    layer = window(dilation, pieces)
    rows = np.random.default_rng(1).normal(size=(5, 4)).astype("f")
    padded = np.pad(rows, ((dilation, dilation), (0, 0)))
    around = np.hstack([padded[:5], rows, padded[2 * dilation :]])
    stock = Maxout(4, 12, nP=pieces, normalize=True)
    stock.initialize()
    weights = layer.get_param("W").reshape(pieces, 4, 12)
    stock.layers[0].set_param("W", np.ascontiguousarray(weights.transpose(1, 0, 2)))
    assert_allclose(layer.predict(rows), rows + stock.predict(around), rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("dilation", [1, 2, 7])
def test_window_gradients(dilation: int) -> None:
    layer = window(dilation)
    rows = np.random.default_rng(1).normal(size=(5, 4)).astype("f")
    check_gradients(layer, lambda: layer(rows, True), [(layer, name) for name in ("W", "b", "G", "B")])
    output, backprop = layer(rows, True)
    weights = np.random.default_rng(2).normal(size=output.shape).astype("f")
    gradient = backprop(weights)
    for place in np.ndindex(rows.shape):
        above, below = rows.copy(), rows.copy()
        above[place] += 2e-3
        below[place] -= 2e-3
        change = float(((layer.predict(above) - layer.predict(below)) * weights).sum()) / 4e-3
        assert_allclose(gradient[place], change, rtol=0.05, atol=0.05)


def test_window_drops_out_what_it_adds_only() -> None:
    layer = window(1)
    set_dropout_rate(layer, 0.5)
    rows = np.zeros((2000, 4), "f")
    rows[:] = [1, 2, 3, 4]
    added = layer(rows, True)[0] - rows
    assert 0.45 < (added[1:-1] == 0).mean() < 0.55
    assert_allclose(added[1:-1].mean(axis=0), (layer.predict(rows) - rows)[1], atol=0.1)


def test_encoder_sees_its_context_and_no_further() -> None:
    fix_random_seed(0)
    encoder = dilated_window_encoder(8, 2, [1, 2])
    encoder.initialize()
    rows = np.random.default_rng(0).normal(size=(21, 8)).astype("f")
    changed = rows.copy()
    changed[10] += 1
    before, after = encoder.predict([rows])[0], encoder.predict([changed])[0]
    moved = np.flatnonzero(np.abs(before - after).max(axis=1) > 1e-6)
    assert encoder.attrs["context"] == 3
    assert moved.tolist() == list(range(7, 14))


def test_encoder_keeps_sequences_apart() -> None:
    fix_random_seed(0)
    encoder = dilated_window_encoder(8, 2, [1, 2, 4])
    encoder.initialize()
    parts = [np.random.default_rng(seed).normal(size=(length, 8)).astype("f") for seed, length in enumerate((1, 5, 30))]
    for together, part in zip(encoder.predict(parts), parts, strict=True):
        assert_allclose(together, encoder.predict([part])[0], atol=1e-5)
