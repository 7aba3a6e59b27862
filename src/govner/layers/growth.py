"""Let trained networks score more tags and know more features; what they have learnt stays as it is, to the bit.

New tags begin improbable, and new features as what they were before: unknown. So a network that has grown says of every
text what it said before, until it is trained further, which takes a new optimizer: the old one has moments of the
old sizes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

import numpy as np
from thinc.api import Model

from govner.layers.key_index import KeyIndex, Keys
from govner.layers.known_embed import set_known

# The first score of a new tag. Trained scores centre about zero: its odds are below exp(-4) of those of the best.
_FIRST_SCORE: Final = -4.0


def has_weights(model: Model) -> bool:
    """Whether a tagger with the ref "output" is initialized."""
    return bool(model.get_ref("output").has_param("W"))


def grow_scores(model: Model, count: int) -> None:
    """Add tags to a tagger, after those it has.

    model (Model): A trained network with the refs "output" (a linear layer) and "transitions".
    count (int): How many.
    """
    output, transitions = model.get_ref("output"), model.get_ref("transitions")
    before: int = output.get_dim("nO")
    after = before + count
    ops = model.ops
    weights: Any = ops.alloc2f(after, output.get_dim("nI"))
    bias: Any = ops.alloc1f(after)
    weights[:before] = output.get_param("W")
    bias[:before] = output.get_param("b")
    bias[before:] = _FIRST_SCORE
    moves, old = ops.alloc2f(after + 2, after), cast(Any, transitions.get_param("W"))
    moves[:before, :before] = old[:before]
    moves[after:, :before] = old[before:]
    for layer, parameters in ((output, {"W": weights, "b": bias}), (transitions, {"W": moves})):
        # thinc keeps the size of a layer while it has weights.
        for name in parameters:
            layer.set_param(name, None)
        layer.set_dim("nO", after, force=True)
        for name, value in parameters.items():
            _set(layer, name, value)
    for layer in model.walk():
        parts = list(layer.walk())
        is_around = len(parts) > 1 and any(part is output or part is transitions for part in parts)
        if is_around and layer.has_dim("nO"):
            layer.set_dim("nO", after, force=True)


def know_more_embedded(layer: Model, keys: Sequence[Keys]) -> int:
    """Let a `KnownEmbed` layer know more features; each begins with the vector of what is unknown in its column.

    layer (Model): The layer, trained.
    keys (Sequence[Keys]): For each column, salted keys; those already known are left out.
    RETURNS (int): How many are new.
    """
    table = cast(Any, layer.get_param("E"))
    index = KeyIndex(cast(Keys, layer.get_param("K")))
    new = [column[index.find(column) < 0] for column in keys]
    columns = np.repeat(np.arange(len(new)), [len(column) for column in new])
    _append(layer, np.concatenate(new), table[columns])
    return len(columns)


def know_more_bagged(layer: Model, keys: Keys) -> int:
    """Let a `KnownBag` layer know more features; each begins with a vector of zeros, which leaves normed averages.

    layer (Model): The layer, trained.
    keys (Keys): Salted keys; those already known are left out.
    RETURNS (int): How many are new.
    """
    new = keys[KeyIndex(cast(Keys, layer.get_param("K"))).find(keys) < 0]
    _append(layer, new, layer.ops.alloc2f(len(new), layer.get_dim("nO")))
    return len(new)


def _append(layer: Model, keys: Keys, vectors: Any) -> None:
    table = layer.ops.xp.concatenate((layer.get_param("E"), vectors))
    set_known(layer, np.concatenate((cast(Keys, layer.get_param("K")), keys)))
    _set(layer, "E", layer.ops.asarray2f(table))


def _set(layer: Model, name: str, value: Any) -> None:
    """Set a parameter of another shape; a gradient left from training before has the old one."""
    layer.set_param(name, value)
    if layer.has_grad(name):
        layer.set_grad(name, layer.ops.xp.zeros_like(value))
