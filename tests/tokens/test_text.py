"""A document's text from its arrays."""

from hypothesis import given
from spacy.tokens import Doc
from spacy.vocab import Vocab

from govner.tokens.text import text_of
from govner.tokens.tokenizer import CharacterTokenizer
from strategies import any_texts, texts

TOKENIZE = CharacterTokenizer(Vocab())


@given(any_texts | texts)
def test_text_is_that_of_the_document(text: str) -> None:
    doc = TOKENIZE(text)
    assert text_of(doc) == doc.text == text


def test_text_of_other_tokens_and_of_none() -> None:
    vocab = Vocab()
    assert text_of(Doc(vocab, words=["政府", "公开", "12"], spaces=[False, True, True])) == "政府公开 12 "
    assert text_of(Doc(vocab)) == ""
