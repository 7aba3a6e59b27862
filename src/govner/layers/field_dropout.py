"""Leave out whole fields of an input while training."""

from __future__ import annotations

from collections.abc import Callable

from thinc.api import Model
from thinc.types import Floats2d


def FieldDropout(fields: int, rate: float) -> Model[Floats2d, Floats2d]:
    """Build a layer that zeroes fields at random, so that none is relied on alone.

    fields (int): Number of fields of equal width that a row is made of.
    rate (float): Share of the fields of each row left out in training, in [0, 1); the others are scaled up.
    RETURNS (Model): From rows to rows of the same width; does nothing outside training.
    """
    return Model("govner_field_dropout", _forward, attrs={"fields": fields, "rate": rate})


def _forward(model: Model, X: Floats2d, is_train: bool) -> tuple[Floats2d, Callable[[Floats2d], Floats2d]]:
    fields, rate = model.attrs["fields"], model.attrs["rate"]
    if not is_train or not rate:
        return X, lambda dY: dY
    kept = model.ops.get_dropout_mask((X.shape[0], fields), rate)
    mask = model.ops.xp.repeat(kept, X.shape[1] // fields, axis=1)
    return X * mask, lambda dY: dY * mask
