"""How often the characters around a token are repeated."""

from collections import Counter
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from govner.tokens.repetition import repetition_features


def features(text: str) -> list[list[int]]:
    codes = np.array([ord(char) if "一" <= char <= "鿿" else 0 for char in text], np.uint64)
    return [column.tolist() for column in repetition_features(codes)]


def digits(key: int, base: int) -> list[int]:
    """The four parts of a key."""
    return [(key - 1) // base**power % base for power in (3, 2, 1, 0)]


def test_pairs_and_their_different_neighbours_are_counted() -> None:
    text = "铁堡市铁堡县在铁堡"
    from_here, up_to_here, *_ = features(text)
    # 铁堡 three times (bucket 3), after three different characters (none at the start).
    assert digits(from_here[0], 8)[1] == 3
    assert digits(from_here[0], 8)[3] == 3
    # Before three different characters: 市, 县 and the end.
    assert digits(up_to_here[1], 8)[1] == 3
    assert digits(up_to_here[1], 8)[3] == 3


def test_name_of_a_place_is_marked_where_no_division_follows() -> None:
    text = "铁堡市公开。铁堡审计网。"
    _, _, before_division, _ = features(text)
    assert digits(before_division[6], 4) == [0, 0, 1, 0]
    assert digits(before_division[8], 4)[0] == 1
    assert digits(before_division[9], 4) == [0, 0, 0, 0]


@given(st.text(alphabet="甲乙丙市，1\n", max_size=60))
def test_counts_of_pairs_agree_with_a_count_by_hand(text: str) -> None:
    pairs = Counter(a + b for a, b in pairwise(text) if not {a, b} & set("，1\n"))
    found = [digits(key, 8)[1] for key in features(text)[0]]
    expected = [
        min((pairs[text[at : at + 2]] - 1).bit_length(), 5) + 1 if text[at : at + 2] in pairs else 0
        for at in range(len(text))
    ]
    assert found == expected


def test_no_text_has_no_features() -> None:
    assert features("") == [[], [], [], []]
