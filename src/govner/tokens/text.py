"""The text of a document, without a Python object for each token."""

from __future__ import annotations

import numpy as np
from spacy.attrs import ORTH, SPACY
from spacy.tokens import Doc


def text_of(doc: Doc) -> str:
    """Put a document's text together: what `doc.text` is, several times as fast."""
    orths, places = np.unique(doc.to_array(ORTH), return_inverse=True)
    strings = doc.vocab.strings
    words = [strings[orth] for orth in orths.tolist()]
    spaced = places + len(words) * (doc.to_array(SPACY) != 0)
    both = [*words, *(word + " " for word in words)]
    return "".join([both[place] for place in spaced.tolist()])
