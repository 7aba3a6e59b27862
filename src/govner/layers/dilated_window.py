"""A convolution over a sequence that reaches far in few layers.

Yu and Koltun 2016; for tagging Strubell et al. 2017.
"""

import functools
from collections.abc import Callable
from typing import Any, List  # noqa: UP035 - pydantic reads the registered function's annotations

import numpy as np
from spacy.util import registry
from thinc.api import Model, chain, glorot_uniform_init, with_array
from thinc.types import Floats2d

_TINY = 1e-8


@registry.architectures("govner.DilatedWindowEncoder.v1")
def dilated_window_encoder(
    width: int,
    pieces: int,
    dilations: List[int],  # noqa: UP006
) -> Model[list[Floats2d], list[Floats2d]]:
    """Build an encoder of sequences, a `DilatedMaxout` layer for each dilation.

    width (int): Width of the vectors.
    pieces (int): Maxout pieces.
    dilations (list[int]): For each layer, how far the two neighbours are that it sees beside the item itself.
    RETURNS (Model): From vectors (items x width) to vectors of the same shape, one array a sequence. Its attribute
        "context" is how many items to each side can change an item's vector.
    """
    layers = [DilatedMaxout(width, pieces, dilation) for dilation in dilations]
    context = sum(dilations)
    stack = chain(*layers) if len(layers) > 1 else layers[0]
    model: Model[list[Floats2d], list[Floats2d]] = with_array(stack, pad=context)
    model.attrs["context"] = context
    return model


def DilatedMaxout(width: int, pieces: int, dilation: int) -> Model[Floats2d, Floats2d]:
    """Build a layer that adds to each item what it makes of the item and two neighbours.

    That is maxout (Goodfellow et al. 2013), layer norm (Ba et al. 2016) and dropout: what thinc's
    `residual(chain(..., Maxout(normalize=True, dropout=0.0)))` computes, in fewer passes over memory.

    width (int): Width of the vectors.
    pieces (int): Maxout pieces.
    dilation (int): How far off the neighbours are; beyond the ends of a sequence there are zeros.
    RETURNS (Model): From vectors (items x width) to vectors of the same shape.
    """
    return Model(
        "govner_dilated_maxout",
        _forward,
        init=_init,
        dims={"nO": width, "nI": width, "nP": pieces},
        params={"W": None, "b": None, "G": None, "B": None},
        # The name of the rate is the one that thinc's set_dropout_rate looks for.
        attrs={"dilation": dilation, "dropout_rate": 0.0},
    )


def _init(model: Model, X: object = None, Y: object = None) -> None:
    width, pieces = model.get_dim("nO"), model.get_dim("nP")
    weights = glorot_uniform_init(model.ops, (pieces * width, 3 * width))
    model.set_param("W", weights)
    model.set_param("b", model.ops.alloc1f(pieces * width))
    model.set_param("G", model.ops.alloc1f(width) + 1)
    model.set_param("B", model.ops.alloc1f(width))


def _forward(model: Model, X: Floats2d, is_train: bool) -> tuple[Floats2d, Callable[[Floats2d], Floats2d]]:
    ops, width, pieces = model.ops, model.get_dim("nO"), model.get_dim("nP")
    W: Any = model.get_param("W")
    gain = model.get_param("G")
    window = _window(ops, X, model.attrs["dilation"])
    scores: Any = ops.gemm(window, W, trans2=True)
    scores += model.get_param("b")
    parts = [scores[:, piece * width : (piece + 1) * width] for piece in range(pieces)]
    best = functools.reduce(ops.xp.maximum, parts)
    mean = best @ ops.xp.full((width, 1), 1 / width, best.dtype)
    # What only the way back needs is not kept: fewer passes over memory.
    normal: Any = best - mean if is_train else ops.xp.subtract(best, mean, out=best)
    scale = 1.0 / ops.xp.sqrt(ops.xp.einsum("ij,ij->i", normal, normal) / width + _TINY)[:, None]
    normal *= scale
    rate = model.attrs["dropout_rate"]
    mask = ops.get_dropout_mask(normal.shape, rate) if is_train and rate else None
    Y: Any = ops.xp.multiply(normal, gain, out=None if is_train else normal)
    Y += model.get_param("B")
    if mask is not None:
        Y *= mask
    Y += X

    def backprop(dY: Floats2d) -> Floats2d:
        d_out: Any = dY if mask is None else dY * mask
        model.inc_grad("B", d_out.sum(axis=0))
        model.inc_grad("G", (d_out * normal).sum(axis=0))
        d_normal = d_out * gain
        d_best = d_normal - d_normal.mean(axis=1, keepdims=True)
        d_best -= normal * (d_normal * normal).mean(axis=1, keepdims=True)
        d_best *= scale
        d_scores: Any = ops.xp.zeros_like(scores)
        free = ops.xp.ones(best.shape, bool)
        for piece, part in enumerate(parts):
            # Of equal pieces the first takes it all.
            chosen = free & (part == best)
            d_scores[:, piece * width : (piece + 1) * width] = d_best * chosen
            free &= ~chosen
        model.inc_grad("b", d_scores.sum(axis=0))
        model.inc_grad("W", ops.gemm(d_scores, window, trans1=True))
        return ops.asarray2f(dY + _fold_window(ops.gemm(d_scores, W), model.attrs["dilation"]))

    return ops.asarray2f(Y), backprop


def _window(ops: Any, X: Floats2d, dilation: int) -> Floats2d:
    """Lay each row between those `dilation` before and after it (items x 3 width)."""
    count, width = X.shape
    step = min(dilation, count)
    rows: Floats2d = ops.alloc2f(count, 3 * width, zeros=False)
    rows[:step, :width] = 0.0
    rows[step:, :width] = X[: count - step]
    rows[:, width : 2 * width] = X
    rows[: count - step, 2 * width :] = X[step:]
    rows[count - step :, 2 * width :] = 0.0
    return rows


def _fold_window(d_window: Any, dilation: int) -> Any:
    """Gradient of a row from the three places where `_window` laid it."""
    count, width = d_window.shape[0], d_window.shape[1] // 3
    step = min(dilation, count)
    dX = np.ascontiguousarray(d_window[:, width : 2 * width])
    dX[: count - step] += d_window[step:, :width]
    dX[step:] += d_window[: count - step, 2 * width :]
    return dX
