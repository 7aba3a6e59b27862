"""From tag scores to mentions: names said again, and what does not depend on the company of other documents."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from govner.entities.decoding import cut_runs, decode
from govner.entities.discourse import LEAST
from govner.entities.tags import TagSet
from govner.layers.crf import Chain
from govner.tokens.tokenizer import CharacterTokenizer

TAGS = TagSet(["CHANNEL"])
CHAIN = Chain(np.zeros((len(TAGS) + 2, len(TAGS))), TAGS.forbidden())
TOKENIZE = CharacterTokenizer(Vocab())
NAME = "县电视台"


def scored(strengths: list[float]) -> tuple[Doc, np.ndarray]:
    """A document that says a name so many times, and scores by which each is so much likelier a mention than none."""
    doc = TOKENIZE("\n".join(f"在{NAME}" for _ in strengths))
    scores = np.full((len(doc), len(TAGS)), -20.0, np.float32)
    scores[:, 0] = 0.0
    for line, strength in enumerate(strengths):
        start = line * (len(NAME) + 2) + 1
        for place, tag in zip(range(start, start + 4), TAGS.encode_mention("CHANNEL", 4).tolist(), strict=True):
            scores[place, tag] = strength / 4
    return doc, scores


def found(strengths: list[float]) -> tuple[list[tuple[int, int]], np.ndarray]:
    doc, scores = scored(strengths)
    ((tags, probabilities),) = decode([doc], scores, [len(doc)], CHAIN, TAGS)
    spans = [(start, end) for start, end, _ in TAGS.spans(tags)]
    return spans, np.array([probabilities[end - 1] for _, end in spans])


def test_name_found_elsewhere_is_found_where_it_is_likely_enough() -> None:
    spans, certain = found([8.0, 8.0, -1.0])
    assert spans == [(1, 5), (7, 11), (13, 17)]
    assert certain[2] == pytest.approx(np.exp(-1) / (1 + np.exp(-1)), rel=0.01)
    assert certain[0] == pytest.approx(1 / (1 + np.exp(-8)), rel=0.01)


def test_name_that_is_too_unlikely_or_was_found_once_stays_unfound() -> None:
    assert 1 / (1 + np.exp(4)) < LEAST
    assert found([8.0, 8.0, -4.0])[0] == [(1, 5), (7, 11)]
    assert found([8.0, -1.0])[0] == [(1, 5)]
    assert found([8.0, 8.0, -60.0])[0] == [(1, 5), (7, 11)]


def test_documents_decoded_together_do_not_help_each_other() -> None:
    first, second = scored([8.0, 8.0]), scored([-1.0, -1.0])
    together = decode([first[0], second[0]], np.concatenate([first[1], second[1]]), [11, 11], CHAIN, TAGS)
    assert [len(list(TAGS.spans(tags))) for tags, _ in together] == [2, 0]


def test_documents_without_tokens_or_lines_are_decoded_to_nothing() -> None:
    docs = [TOKENIZE(""), TOKENIZE("\n\n"), scored([8.0])[0]]
    scores = np.concatenate([np.zeros((2, len(TAGS)), np.float32), scored([8.0])[1]])
    decoded = decode(docs, scores, [0, 2, 5], CHAIN, TAGS)
    assert [len(list(TAGS.spans(tags))) for tags, _ in decoded] == [0, 0, 1]


@given(st.lists(st.integers(1, 50), min_size=1), st.integers(1, 20))
def test_long_runs_are_cut_into_pieces_that_cover_them(lengths: list[int], most: int) -> None:
    cut = cut_runs(np.array(lengths), most)
    assert cut.max() <= most and cut.min() >= 1
    assert set(np.cumsum(lengths)) <= set(np.cumsum(cut))
    assert len(cut) == sum(-(-length // most) for length in lengths)
