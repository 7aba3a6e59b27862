"""Embed bags of features, several fields an item, by the features that training knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from thinc.api import Model
from thinc.types import Floats2d

from govner.layers.key_index import KeyIndex, Keys
from govner.layers.known_embed import KeyCounter, salt, set_known

Ints = NDArray[np.intp]

# Vectors gathered at a time, unless one bag has more.
_GROUP: Final = 8_000


class Bags(NamedTuple):
    """Features of some items, in bags: one bag a field and item.

    keys (list[Keys]): For each field, the keys of all items laid end to end.
    lengths (list[Ints]): For each field, how many of them each item has.
    """

    keys: list[Keys]
    lengths: list[Ints]

    def __len__(self) -> int:
        return len(self.lengths[0])


def count_bags(counter: KeyCounter, bags: Bags) -> None:
    """Count the keys of bags, each once a bag, as `KnownBag` knows them."""
    for field, (keys, lengths) in enumerate(zip(bags.keys, bags.lengths, strict=True)):
        items = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
        once = np.unique(np.stack((items, keys ^ salt(field)), axis=1), axis=0)[:, 1]
        counter.add(once)


def KnownBag(width: int, fields: int, dropout: float = 0.0) -> Model[list[Bags], list[Floats2d]]:
    """Build a layer that averages the vectors of each bag's known features, normalizes each average as a layer norm
    does, weighs it by its field and sums the fields of an item.

    Its param "K" holds the known keys as `govner.layers.known_embed.set_known` sets them, "E" their vectors, "G" the
    weights (fields x width). A bag without a known feature adds nothing.

    width (int): Width of the vectors.
    fields (int): Bags of an item.
    dropout (float): Share of the bags left out in training, so that no field is relied on alone.
    RETURNS (Model): From bags to vectors (items x width), one array for each element of the list.
    """
    return Model(
        "govner_known_bag",
        _Bag(),
        init=_init,
        dims={"nO": width, "nF": fields},
        params={"K": None, "E": None, "G": None},
        attrs={"dropout": dropout},
    )


def _init(model: Model, X: list[Bags] | None = None, Y: object = None) -> None:
    if not model.has_param("K"):
        counter = KeyCounter()
        for bags in X or []:
            count_bags(counter, bags)
        set_known(model, counter.frequent(1))
    xp, width = model.ops.xp, model.get_dim("nO")
    vectors = xp.random.uniform(-0.1, 0.1, (len(model.get_param("K")), width))
    model.set_param("E", model.ops.asarray2f(vectors))
    model.set_param("G", model.ops.asarray2f(xp.ones((model.get_dim("nF"), width))))


class _Bag:
    """The layer's forward pass, with the index of the keys it last saw."""

    def __init__(self) -> None:
        self._index = KeyIndex(np.zeros(0, np.uint64))

    def __call__(
        self, model: Model, X: list[Bags], is_train: bool
    ) -> tuple[list[Floats2d], Callable[[list[Floats2d]], list[Bags]]]:
        ops, fields, rate = model.ops, model.get_dim("nF"), model.attrs["dropout"]
        rows, bag_of_row, counts = self._rows(model, X)
        table, gains = cast(Any, model.get_param("E")), cast(Any, model.get_param("G"))
        share: Any = ops.asarray1f(cast(Any, 1.0 / np.maximum(counts, 1)))
        means = _sum_bags(ops, table, rows, counts) * share[:, None]
        centred = means - means.mean(axis=1, keepdims=True)
        scale = 1.0 / ops.xp.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-6)
        normal = (centred * scale).reshape(fields, -1, table.shape[1])
        mask = None
        if is_train and rate:
            mask = ops.get_dropout_mask((fields, normal.shape[1], 1), rate)
        weighed = normal * gains[:, None, :]
        Y = (weighed if mask is None else weighed * mask).sum(axis=0)
        cuts = np.cumsum([len(bags) for bags in X])[:-1]

        def backprop(d_parts: list[Floats2d]) -> list[Bags]:
            dY = ops.xp.concatenate(d_parts)[None]
            d_weighed = dY if mask is None else dY * mask
            model.inc_grad("G", ops.asarray2f((d_weighed * normal).sum(axis=1)))
            d_normal = (d_weighed * gains[:, None, :]).reshape(means.shape)
            flat = normal.reshape(means.shape)
            d_means = d_normal - d_normal.mean(axis=1, keepdims=True)
            d_means -= flat * (d_normal * flat).mean(axis=1, keepdims=True)
            d_means *= scale * share[:, None]
            d_table = ops.alloc2f(*table.shape)
            ops.scatter_add(d_table, cast(Any, rows), ops.asarray2f(d_means[bag_of_row]))
            model.inc_grad("E", d_table)
            return X

        return [ops.asarray2f(part) for part in ops.xp.split(Y, cuts.tolist())], backprop

    def _rows(self, model: Model, X: list[Bags]) -> tuple[NDArray[np.int32], Ints, Ints]:
        """Rows of the known keys, field by field; the bag each is in; and how many each bag has."""
        known = model.get_param("K")
        if not self._index.knows(known):
            self._index = KeyIndex(cast(Keys, known))
        fields = range(model.get_dim("nF"))
        keys = np.concatenate([bags.keys[field] ^ salt(field) for field in fields for bags in X])
        lengths = np.concatenate([bags.lengths[field] for field in fields for bags in X])
        found = self._index.find(keys)
        kept = found >= 0
        bag_of_row = np.repeat(np.arange(len(lengths)), lengths)[kept]
        return found[kept], bag_of_row, np.bincount(bag_of_row, minlength=len(lengths))


def _sum_bags(ops: Any, table: Any, rows: NDArray[np.int32], counts: Ints) -> Any:
    """Sum the vectors of each bag (bags x width), in groups of bags that bound the memory for a long document."""
    ends = np.cumsum(counts)
    sums = []
    first, start = 0, 0
    while first < len(counts):
        last = max(int(np.searchsorted(ends, start + _GROUP, side="right")), first + 1)
        end = int(ends[last - 1])
        if end > start:
            vectors = table.take(rows[start:end], axis=0)
            sums.append(ops.reduce_sum(vectors, counts[first:last].astype(np.int32)))
        else:
            sums.append(ops.alloc2f(last - first, table.shape[1]))
        first, start = last, end
    return ops.xp.concatenate(sums) if sums else ops.alloc2f(0, table.shape[1])
