"""Matrix products through numpy give what thinc's own give."""

import numpy as np
import pytest
from thinc.api import Maxout, NumpyOps, chain

from govner.layers.blas import BlasOps, use_blas

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("trans1", [False, True])
@pytest.mark.parametrize("trans2", [False, True])
@pytest.mark.parametrize("into", [False, True])
def test_product_is_that_of_thinc(trans1: bool, trans2: bool, into: bool) -> None:
    x = RNG.normal(size=(5, 7) if not trans1 else (7, 5)).astype(np.float32)
    y = RNG.normal(size=(7, 3) if not trans2 else (3, 7)).astype(np.float32)
    out = np.empty((5, 3), np.float32) if into else None
    found = BlasOps().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
    np.testing.assert_allclose(found, NumpyOps().gemm(x, y, trans1=trans1, trans2=trans2), rtol=1e-4, atol=1e-5)
    assert out is None or found is out


def test_every_layer_of_a_model_uses_it_and_computes_the_same() -> None:
    model = chain(Maxout(4, 6, nP=2), Maxout(2, 4, nP=2))
    X = RNG.normal(size=(9, 6)).astype(np.float32)
    model.initialize(X=X)
    before = model.predict(X)
    use_blas(model)
    assert all(isinstance(layer.ops, BlasOps) for layer in model.walk())
    np.testing.assert_allclose(model.predict(X), before, rtol=1e-4, atol=1e-5)
