"""A convolution over a sequence that reaches far in few layers (Yu and Koltun 2016; for tagging Strubell et al. 2017)."""

from collections.abc import Callable
from typing import List  # noqa: UP035 - pydantic reads the registered function's annotations

from spacy.util import registry
from thinc.api import Maxout, Model, chain, residual, with_array
from thinc.types import Floats2d


@registry.architectures("govner.DilatedWindowEncoder.v1")
def dilated_window_encoder(
    width: int, pieces: int, dilations: List[int]  # noqa: UP006
) -> Model[list[Floats2d], list[Floats2d]]:
    """Build an encoder of sequences, one maxout layer with a residual connection for each dilation.

    width (int): Width of the vectors.
    pieces (int): Maxout pieces.
    dilations (list[int]): For each layer, how far the two neighbours are that it sees beside the item itself.
    RETURNS (Model): From vectors (items x width) to vectors of the same shape, one array a sequence. Its attribute
        "context" is how many items to each side can change an item's vector.
    """
    layers = [
        residual(
            chain(
                DilatedWindow(dilation),
                Maxout(nO=width, nI=3 * width, nP=pieces, normalize=True, dropout=0.0),
            )
        )
        for dilation in dilations
    ]
    context = sum(dilations)
    stack = chain(*layers) if len(layers) > 1 else layers[0]
    model: Model[list[Floats2d], list[Floats2d]] = with_array(stack, pad=context)
    model.attrs["context"] = context
    return model


def DilatedWindow(dilation: int) -> Model[Floats2d, Floats2d]:
    """Build a layer that lays each row beside those `dilation` before and after it; beyond the ends there are zeros.

    RETURNS (Model): From rows (items x width) to rows (items x 3 width).
    """
    return Model("govner_dilated_window", _forward, attrs={"dilation": dilation})


def _forward(model: Model, X: Floats2d, is_train: bool) -> tuple[Floats2d, Callable[[Floats2d], Floats2d]]:
    count, width = X.shape
    step = min(model.attrs["dilation"], count)
    Y = model.ops.alloc2f(count, 3 * width, zeros=False)
    Y[:step, :width] = 0.0
    Y[step:, :width] = X[: count - step]
    Y[:, width : 2 * width] = X
    Y[: count - step, 2 * width :] = X[step:]
    Y[count - step :, 2 * width :] = 0.0

    def backprop(dY: Floats2d) -> Floats2d:
        dX = model.ops.asarray2f(dY[:, width : 2 * width].copy())
        dX[: count - step] += dY[step:, :width]
        dX[step:] += dY[: count - step, 2 * width :]
        return dX

    return Y, backprop
