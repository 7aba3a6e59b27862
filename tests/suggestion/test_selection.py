"""Choosing: what is best, what repeats, what is shared out."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.suggestion.selection import OVERHEAD, choose, representativeness, uncertainty_by_effort
from govner.suggestion.similarity import text_vectors

PHRASES = ("主动公开政府信息", "依申请公开情况", "行政复议和诉讼", "网站专栏建设", "领导小组会议", "存在的主要问题")
SENTENCES = st.lists(
    st.tuples(st.sampled_from(PHRASES), st.sampled_from(PHRASES), st.integers(0, 99)).map(
        lambda parts: "{}，{}{}件。".format(*parts)
    ),
    min_size=1,
    max_size=25,
)


@given(sentences=SENTENCES, top=st.integers(1, 30), per_group=st.none() | st.integers(1, 3), seed=st.integers(0, 3))
def test_choices_are_in_the_pool_unique_limited_and_the_same_again(
    sentences: list[str], top: int, per_group: int | None, seed: int
) -> None:
    vectors, _ = text_vectors(sentences)
    unsure = np.random.default_rng(seed).random(len(sentences))
    groups = [place % 4 for place in range(len(sentences))]
    found = choose(unsure, vectors, groups, top, per_group=per_group, seed=seed)
    places = [choice.place for choice in found]
    assert len(set(places)) == len(places) and set(places) <= set(range(len(sentences)))
    most = Counter(groups)
    room = sum(min(number, per_group or number) for number in most.values())
    assert len(places) == min(top, room)
    assert per_group is None or max(Counter(groups[place] for place in places).values()) <= per_group
    assert found == choose(unsure, vectors, groups, top, per_group=per_group, seed=seed)
    for choice in found:
        assert choice.score == pytest.approx(choice.uncertainty * choice.representativeness * choice.diversity)
        assert choice.uncertainty == unsure[choice.place] and 0 <= choice.diversity <= 1


@given(sentences=SENTENCES, seed=st.integers(0, 3))
def test_what_says_the_same_but_for_numbers_comes_after_all_that_does_not(sentences: list[str], seed: int) -> None:
    repeated = [f"{sentence}" for sentence in sentences for _ in range(2)]
    vectors, _ = text_vectors(repeated)
    found = choose(np.ones(len(repeated)), vectors, [0] * len(repeated), len(repeated), beta=0.0, seed=seed)
    distinct = {row.tobytes() for row in vectors}
    first = {vectors[choice.place].tobytes() for choice in found[: len(distinct)]}
    assert first == distinct
    assert all(choice.score == 0 for choice in found[len(distinct) :])


def test_what_is_annotated_counts_as_chosen() -> None:
    sentences = ["全年主动公开政府信息742条。", "未发生行政复议和行政诉讼案件。"]
    vectors, known = text_vectors(sentences, ["全年主动公开政府信息8条。"])
    found = choose(np.array([9.0, 1.0]), vectors, [0, 0], 2, known=known)
    assert [choice.place for choice in found] == [1, 0] and found[1].diversity == 0


def test_of_equals_the_seed_decides() -> None:
    vectors, _ = text_vectors(["未发生行政复议案件。"] * 20)
    assert len({choose(np.ones(20), vectors, [0] * 20, 1, seed=seed)[0].place for seed in range(10)}) > 1


def test_the_typical_is_above_one_and_the_odd_below() -> None:
    vectors, _ = text_vectors(
        [f"全年主动公开政府信息，{name}公开若干条。" for name in PHRASES] + ["欢迎关注每日好物推荐"]
    )
    typical = representativeness(vectors)
    assert typical[:-1].min() > 1 > typical[-1]
    assert typical.mean() == pytest.approx(1)
    assert not len(representativeness(vectors[:0]))


def test_mentions_and_sections_count_alike_for_the_effort_they_take() -> None:
    lengths = np.array([100, 100, 100, 400]) - OVERHEAD
    mentions, sections = np.array([8.0, 0.0, 0.0, 8.0]), np.array([0.0, 0.1, 0.0, 0.1])
    of_mentions, of_section, certain, long = uncertainty_by_effort(mentions, sections, lengths)
    assert of_mentions == pytest.approx(of_section) and certain == 0
    # Twice as much, for four times the effort.
    assert long == pytest.approx(of_mentions / 2)
    np.testing.assert_allclose(uncertainty_by_effort(3 * mentions, sections, lengths)[:2], [of_mentions, of_section])
    assert (uncertainty_by_effort(np.zeros(4), np.zeros(4), lengths) == 0).all()
    assert not len(uncertainty_by_effort(mentions[:0], sections[:0], lengths[:0]))
