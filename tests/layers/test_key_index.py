"""Looking keys up, against a dictionary."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from govner.layers.key_index import KeyIndex

any_keys = st.lists(st.integers(0, 2**64 - 1), max_size=60, unique=True)
# Keys that share a home slot in small tables meet one another.
close_keys = st.lists(st.integers(0, 40), max_size=30, unique=True)


@given(any_keys | close_keys, st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 60), max_size=40))
def test_finds_each_known_key_and_no_other(known: list[int], asked: list[int]) -> None:
    asked = asked + known
    found = KeyIndex(np.array(known, np.uint64)).find(np.array(asked, np.uint64))
    places = {key: place for place, key in enumerate(known)}
    assert found.tolist() == [places.get(key, -1) for key in asked]


def test_keys_of_one_home_slot_are_all_found() -> None:
    # The inverse of the spreading factor takes a slot back to a key that has it for its home.
    inverse = pow(0x9E3779B97F4A7C15, -1, 2**64)
    keys = np.array([(low * inverse) % 2**64 for low in range(50)], np.uint64)
    index = KeyIndex(keys)
    assert index.find(keys).tolist() == list(range(50))
    assert index.find(np.array([(50 * inverse) % 2**64], np.uint64)).tolist() == [-1]


def test_shape_is_kept_and_an_empty_index_knows_nothing() -> None:
    keys = np.arange(6, dtype=np.uint64).reshape(2, 3)
    assert KeyIndex(keys.ravel()).find(keys).tolist() == [[0, 1, 2], [3, 4, 5]]
    assert KeyIndex(np.zeros(0, np.uint64)).find(keys).tolist() == [[-1] * 3] * 2
