"""Matrix products through numpy's BLAS.

On the narrow matrices of our networks numpy's OpenBLAS is about twice as fast as the BLIS that thinc carries; what else
a layer computes stays thinc's.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from thinc.api import Model, NumpyOps


class BlasOps(NumpyOps):
    """thinc's operations on a CPU, with numpy's matrix product."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """Multiply two matrices (floats, rows x columns), either of them transposed if asked, into `out` if given."""
        return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


def use_blas(model: Model) -> None:
    """Let a model on a CPU, and all its layers, multiply through numpy; one on a GPU is left alone."""
    ops = BlasOps()
    for layer in model.walk():
        if isinstance(layer.ops, NumpyOps):
            layer.ops = ops
