"""Character tokens: every character is a token, runs of ASCII digits and of ASCII letters are kept whole.

No mention of the corpus begins or ends inside such a run, so no mention is lost to tokenization; a word
segmenter loses some (see `training/RESULTS.md`).
"""

import re
from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

# One space after a token belongs to it, as everywhere in spaCy; other white space is tokens of its own.
_TOKEN = re.compile(r"(?:[0-9]+|[A-Za-z]+|\S) ?|\s")


class CharacterTokenizer(DummyTokenizer):
    """Split a text into characters and runs of digits or Latin letters, without losing a character."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenize a text.

        text (str): Any text.
        RETURNS (Doc): Tokens such that `doc.text == text`.
        """
        parts = _TOKEN.findall(text)
        spaces = [len(part) > 1 and part[-1] == " " for part in parts]
        words = [part[:-1] if space else part for part, space in zip(parts, spaces, strict=True)]
        return Doc(self.vocab, words=words, spaces=spaces)

    def __reduce__(self) -> tuple[Any, ...]:
        return CharacterTokenizer, (self.vocab,)


@registry.tokenizers("govner.CharacterTokenizer.v1")
def create_character_tokenizer() -> Callable[[Language], CharacterTokenizer]:
    """Create a factory of character tokenizers, for `[nlp.tokenizer]` of a config."""

    def make(nlp: Language) -> CharacterTokenizer:
        return CharacterTokenizer(nlp.vocab)

    return make
