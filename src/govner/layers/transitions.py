"""The weights of a `Chain` as a thinc layer, so that they train and travel with a model."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
from thinc.api import Model
from thinc.types import Floats2d

from govner.layers.crf import Bools, Chain, Floats


def Transitions() -> Model[list[Floats2d], list[Floats2d]]:
    """Build a layer that passes tag scores on and owns the chain's weights ((nO + 2) x nO, zero at first)."""
    return Model("govner_transitions", _forward, init=_init, dims={"nO": None}, params={"W": None})


def chain_of(layer: Model, forbidden: Bools | None = None) -> Chain:
    """The chain a `Transitions` layer holds; `forbidden` as in `Chain`, None for every move allowed."""
    weights = layer.ops.to_numpy(layer.get_param("W"))
    return Chain(weights, np.zeros(weights.shape, bool) if forbidden is None else forbidden)


def add_gradient(layer: Model, gradient: Floats) -> None:
    """Add to the gradient of a `Transitions` layer."""
    layer.inc_grad("W", layer.ops.asarray2f(cast(Floats2d, gradient)))


def _init(model: Model, X: object = None, Y: object = None) -> None:
    if not model.has_param("W"):
        n = model.get_dim("nO")
        model.set_param("W", model.ops.alloc2f(n + 2, n))


def _forward(
    model: Model, X: list[Floats2d], is_train: bool
) -> tuple[list[Floats2d], Callable[[list[Floats2d]], list[Floats2d]]]:
    return X, lambda dX: dX
