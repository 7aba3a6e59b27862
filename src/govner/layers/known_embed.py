"""Embed the features that training knows, and leave out the others.

A hashed embedding gives a feature never seen in training the vector of others that share its rows. Here a feature that
is not known has one vector for its kind, which says just that: text unlike the training text is not mistaken for it.
The vectors of an item's features are summed, which is a linear layer over all of them at the cost of a look-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray
from thinc.api import Model
from thinc.types import Floats2d, Ints2d

from govner.layers.key_index import KeyIndex, Keys

_SALT: Final = np.uint64(0xD6E8FEB86659FD93)
# Of the 23 binary places of a number.
_DROPPED: Final = 11


def salt(column: int) -> np.uint64:
    """What makes the keys of a column differ from equal ones of another, by exclusive or."""
    return np.uint64((column + 1) * int(_SALT) & 0xFFFFFFFFFFFFFFFF)


def countable(layer: Model, keys: Keys) -> Keys:
    """Of the keys of items (items x columns), those that a `KnownEmbed` layer can know, salted."""
    columns = [column for column in range(keys.shape[1]) if column not in layer.attrs["left_out"]]
    return salted(keys)[:, columns]


def salted(keys: Keys) -> Keys:
    """Make the keys of different columns differ (items x columns)."""
    return keys ^ np.array([salt(column) for column in range(keys.shape[1])], np.uint64)


class KeyCounter:
    """Counts salted keys, to choose those worth knowing."""

    def __init__(self) -> None:
        self._waiting: list[Keys] = []
        self._keys, self._counts = np.zeros(0, np.uint64), np.zeros(0, np.int64)

    def add(self, keys: Keys) -> None:
        """Count some keys."""
        self._waiting.append(keys.ravel())
        if len(self._waiting) >= 64:
            self._merge()

    def frequent(self, count: int) -> Keys:
        """The keys counted at least `count` times, as `KnownEmbed` stores them."""
        self._merge()
        return self._keys[self._counts >= count]

    def _merge(self) -> None:
        keys = np.concatenate([self._keys, *self._waiting])
        counts = np.concatenate([self._counts, np.ones(len(keys) - len(self._keys), np.int64)])
        self._keys, inverse = np.unique(keys, return_inverse=True)
        self._counts = np.bincount(inverse, counts, len(self._keys)).astype(np.int64)
        self._waiting = []


def KnownEmbed(width: int, columns: int, dropout: float = 0.0, left_out: Sequence[int] = ()) -> Model[Ints2d, Floats2d]:
    """Build a layer that sums the vectors of an item's features.

    Its param "K" holds the known keys, set by `set_known`, or at initialization from the sample; "E" holds a vector for
    what is not known in each column, then those of the known keys.

    width (int): Width of the vectors.
    columns (int): Features of an item.
    dropout (float): Share of an item's features left out in training, so that no n-gram is learnt by heart.
    left_out (Sequence[int]): Columns in which nothing is known.
    RETURNS (Model): From keys (items x columns, uint64) to vectors (items x width).
    """
    return Model(
        "govner_known_embed",
        _Embedding(),
        init=_init,
        dims={"nO": width, "nI": columns},
        params={"K": None, "E": None},
        attrs={"dropout": dropout, "left_out": list(left_out)},
    )


def set_known(layer: Model, keys: Keys) -> None:
    """Set the known keys of a `KnownEmbed` layer, before its initialization, as `KeyCounter.frequent` gives them."""
    layer.set_param("K", cast(Any, keys))


def round_vectors(model: Model) -> None:
    """Round the vectors of a model's `KnownEmbed` and `KnownBag` layers to 12 binary places; it packs to two thirds."""
    for layer in model.walk():
        if layer.name.startswith("govner_known") and layer.has_param("E"):
            bits = np.ascontiguousarray(layer.ops.to_numpy(layer.get_param("E"))).view(np.uint32)
            rounded = (bits + np.uint32(1 << _DROPPED >> 1)) & ~np.uint32((1 << _DROPPED) - 1)
            layer.set_param("E", layer.ops.asarray2f(cast(Any, rounded.view(np.float32))))


def _init(model: Model, X: Ints2d | None = None, Y: object = None) -> None:
    if not model.has_param("K"):
        counter = KeyCounter()
        if X is not None:
            counter.add(salted(cast(Keys, model.ops.to_numpy(X))))
        set_known(model, counter.frequent(1))
    columns, width = model.get_dim("nI"), model.get_dim("nO")
    table = model.ops.alloc2f(columns + len(model.get_param("K")), width)
    table[columns:] = model.ops.xp.random.uniform(-0.1, 0.1, (len(table) - columns, width))
    model.set_param("E", table)


class _Embedding:
    """The layer's forward pass, with the index of the keys it last saw."""

    def __init__(self) -> None:
        self._index = KeyIndex(np.zeros(0, np.uint64))

    def __call__(self, model: Model, X: Ints2d, is_train: bool) -> tuple[Floats2d, Callable[[Floats2d], Ints2d]]:
        rows = self._rows(model, cast(Keys, model.ops.to_numpy(X)))
        table = cast(Floats2d, model.get_param("E"))
        rate = model.attrs["dropout"]
        mask: Any = model.ops.get_dropout_mask(rows.shape, rate) if is_train and rate else None
        Y = _sum_rows(model, table, rows, mask)

        def backprop(dY: Floats2d) -> Ints2d:
            d_table = model.ops.alloc2f(*table.shape)
            for column in range(rows.shape[1]):
                values = dY if mask is None else dY * mask[:, column : column + 1]
                model.ops.scatter_add(d_table, cast(Any, np.ascontiguousarray(rows[:, column])), values)
            model.inc_grad("E", d_table)
            return X

        return Y, backprop

    def _rows(self, model: Model, keys: Keys) -> NDArray[np.int32]:
        """Row of each key in the table."""
        known = model.get_param("K")
        if not self._index.knows(known):
            self._index = KeyIndex(cast(Keys, known))
        found = self._index.find(salted(keys))
        columns = keys.shape[1]
        if left_out := model.attrs["left_out"]:
            found[:, left_out] = -1
        return np.where(found < 0, np.arange(columns, dtype=np.int32), found + np.int32(columns))


def _sum_rows(model: Model, table: Any, rows: NDArray[np.int32], mask: Any) -> Floats2d:
    if mask is not None:
        parts: Iterable[Any] = (
            table[rows[:, column]] * mask[:, column : column + 1] for column in range(rows.shape[1])
        )
        return cast(Floats2d, sum(parts, model.ops.alloc2f(len(rows), table.shape[1])))
    total = model.ops.alloc2f(len(rows), table.shape[1])
    part = model.ops.alloc2f(len(rows), table.shape[1])
    for column in range(rows.shape[1]):
        # mode="clip" lets numpy write into `part` directly.
        table.take(rows[:, column], axis=0, out=part, mode="clip")
        total += part
    return total
