"""Vectors of texts: what counts as the same wording."""

import numpy as np
from hypothesis import given

from govner.suggestion.similarity import WIDTH, folded, greatest_similarity, text_vectors
from strategies import texts

PLAIN = "全年主动公开政府信息1286条，其中县政府门户网站公开940条。"
TEMPLATE = "全年主动公开政府信息 7 条,其中县政府门户网站公开35条。"
NEAR = "全年主动公开政府信息1286条，其中县政府网站公开940条。"
OTHER = "未发生针对本单位信息公开的行政复议案件、行政诉讼案件。"


def test_numbers_white_space_and_width_make_no_difference() -> None:
    vectors, _ = text_vectors([PLAIN, TEMPLATE, OTHER])
    assert folded(PLAIN) == folded(TEMPLATE) and folded(PLAIN, numbers=True) != folded(TEMPLATE, numbers=True)
    assert (vectors[0] == vectors[1]).all() and not (vectors[0] == vectors[2]).all()


def test_the_more_wording_is_shared_the_greater_the_product() -> None:
    (one, near, other), _ = text_vectors([PLAIN, NEAR, OTHER])
    assert 0.7 < one @ near < 0.99
    assert one @ other < 0.3


@given(text=texts)
def test_every_text_has_a_vector_of_length_one(text: str) -> None:
    pool, others = text_vectors([text], [PLAIN])
    assert pool.shape == others.shape == (1, WIDTH)
    np.testing.assert_allclose(np.linalg.norm(pool, axis=1), 1.0, atol=1e-5)


def test_the_most_similar_is_found_among_many_and_none_is_as_unlike_as_can_be() -> None:
    pool, others = text_vectors([PLAIN, NEAR, OTHER], [OTHER, PLAIN])
    expected = np.minimum((pool @ others.T).max(axis=1), 1)
    for rows in (1, 2, 100):
        np.testing.assert_allclose(greatest_similarity(pool, others, rows), expected, atol=1e-6)
    assert (greatest_similarity(pool, others[:0]) == 0).all()
