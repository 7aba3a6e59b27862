"""What is left undecoded: nothing that a mention may cover."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from govner.entities.pruning import coverage_gains, uncertain_runs
from govner.entities.tags import TagSet
from govner.layers.crf import Chain, pack

TAGS = TagSet(["A", "B"])


def chain(moves: float = 0.0) -> Chain:
    rng = np.random.default_rng(1)
    return Chain(rng.uniform(-moves, moves, (len(TAGS) + 2, len(TAGS))), TAGS.forbidden())


def greedy(scores: np.ndarray, lengths: list[int], tags: TagSet) -> np.ndarray:
    """Score of each token's best tag, or of none where the best tags around it are no mentions from end to end."""
    found = scores[:, 0].copy()
    first = 0
    for length in lengths:
        stretch: list[int] = []
        for place in range(first, first + length + 1):
            if place < first + length and scores[place].argmax() != 0:
                stretch.append(place)
                continue
            best = [int(scores[at].argmax()) for at in stretch]
            legal = not (tags.forbidden()[best[:-1], best[1:]].any() if best else False)
            if best and legal and not tags.forbidden()[0, best[0]] and not tags.forbidden()[best[-1], 0]:
                found[stretch] = scores[stretch].max(axis=1)
            stretch = []
        first += length
    return found


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.integers(0, 2**32))
def test_bound_is_what_the_best_mention_over_a_token_gains(lengths: list[int], seed: int) -> None:
    one = TagSet(["A"])
    scores = np.random.default_rng(seed).normal(0, 8, (sum(lengths), len(one)))
    line = np.repeat(np.arange(len(lengths)), lengths)
    flat = Chain(np.zeros((len(one) + 2, len(one))), one.forbidden())
    over = scores - greedy(scores, lengths, one)[:, None]
    expected = np.full(len(scores), -np.inf)
    for start in range(len(scores)):
        for end in range(start + 1, len(scores) + 1):
            if line[start] == line[end - 1]:
                tags = one.encode_mention("A", end - start)
                gain = over[np.arange(start, end), tags].sum()
                expected[start:end] = np.maximum(expected[start:end], gain)
    assert_allclose(coverage_gains(scores, line, flat, one), expected, atol=1e-6)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=5), st.integers(0, 2**32), st.floats(0, 2))
def test_decoding_the_runs_alone_finds_the_same_tags_and_marginals(lengths: list[int], seed: int, moves: float) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(0, 3, (sum(lengths), len(TAGS)))
    scores[:, 0] += rng.choice([0.0, 10.0, 25.0], len(scores))
    whole, packing = chain(moves), pack(np.array(lengths))
    best = whole.decode(scores, packing)
    marginals = whole.infer(scores, packing).marginals()
    runs, places = uncertain_runs(scores, np.array(lengths), whole, TAGS)
    assert runs.sum() == len(places)
    outside = np.setdiff1d(np.arange(len(scores)), places)
    assert (marginals[outside, 0] > 0.99).all()
    if len(places):
        found = whole.decode(scores[places], pack(runs))
        # Only a score far from even may be decided by what was left out.
        sure = marginals.max(axis=1)[places] > 0.6
        assert (found == best[places])[sure].all()
        assert_allclose(whole.infer(scores[places], pack(runs)).marginals(), marginals[places], atol=0.02)


def test_lines_with_nothing_to_find_are_not_decoded_at_all() -> None:
    scores = np.zeros((6, len(TAGS)))
    scores[:, 0] = 50.0
    runs, places = uncertain_runs(scores, np.array([4, 2]), chain(), TAGS)
    assert (len(runs), len(places)) == (0, 0)


def test_runs_do_not_reach_over_a_line_end() -> None:
    scores = np.zeros((6, len(TAGS)))
    scores[:, 0] = 50.0
    scores[3, TAGS.names.index("U-A")] = 60.0
    runs, places = uncertain_runs(scores, np.array([4, 2]), chain(), TAGS)
    assert (runs.tolist(), places.tolist()) == ([2], [2, 3])
