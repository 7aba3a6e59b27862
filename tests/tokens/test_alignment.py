"""Character offsets to tokens: exact where the tokens allow it, and a ledger of what they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from govner.tokens.alignment import misaligned, token_grid
from govner.tokens.tokenizer import CharacterTokenizer
from strategies import any_texts

VOCAB = Vocab()


@st.composite
def docs(draw: st.DrawFn) -> Doc:
    """A document of character tokens, or of words with and without spaces after them."""
    if draw(st.booleans()):
        return CharacterTokenizer(VOCAB)(draw(any_texts))
    words = draw(st.lists(st.text("甲𠮷1a", min_size=1, max_size=3), max_size=8))
    return Doc(VOCAB, words=words, spaces=[draw(st.booleans()) for _ in words])


@given(docs())
def test_grid_has_the_offsets_of_each_token(doc: Doc) -> None:
    grid = token_grid(doc)
    assert grid.starts.tolist() == [token.idx for token in doc]
    assert grid.ends.tolist() == [token.idx + len(token) for token in doc]


@given(docs(), st.data())
def test_span_is_found_exactly_where_spacy_finds_it(doc: Doc, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(doc.text)))
    end = data.draw(st.integers(start, len(doc.text)))
    span = doc.char_span(start, end) if start < end else None
    expected = None if span is None else (span.start, span.end)
    assert token_grid(doc).find(start, end) == expected
    assert misaligned(doc, [(start, end)]) == ([] if expected else [(start, end)])


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 2, (0, 1)), (0, 4, (0, 2)), (2, 4, (1, 2)), (0, 3, None), (1, 4, None), (2, 2, None), (0, 9, None)],
)
def test_span_of_whole_tokens_is_found_and_others_are_not(
    start: int, end: int, expected: tuple[int, int] | None
) -> None:
    assert token_grid(Doc(VOCAB, words=["县局", "公开"], spaces=[False, True])).find(start, end) == expected


def test_misaligned_spans_are_listed_in_order() -> None:
    doc = Doc(VOCAB, words=["县局", "公开"], spaces=[False, False])
    assert misaligned(doc, [(3, 4), (0, 2), (0, 1)]) == [(3, 4), (0, 1)]


def test_document_without_tokens_has_an_empty_grid() -> None:
    grid = token_grid(Doc(VOCAB))
    assert (len(grid.starts), grid.find(0, 0)) == (0, None)
