"""The tagger's network: features of character tokens to a score for every tag."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Linear, Model, chain, with_array, zero_init
from thinc.types import Floats2d, Ints2d

from govner.layers.transitions import Transitions
from govner.tokens.characters import CharacterFeatures, Keys

# Tokens encoded at once: enough to keep matrix products busy, little enough to bound memory on a long document.
CHUNK = 2000


@registry.architectures("govner.CharacterTagger.v1")
def build_character_tagger(
    embed: Model[list[Ints2d], list[Floats2d]],
    encode: Model[list[Floats2d], list[Floats2d]],
    nO: int | None = None,
) -> Model[list[Doc], list[Floats2d]]:
    """Build the network of `govner_entities`.

    embed (Model): From keys (tokens x features) to vectors (tokens x width), such as `govner.CharacterEmbed.v1`.
    encode (Model): From vectors to vectors of the same width, such as `spacy.MaxoutWindowEncoder.v2`.
    nO (int | None): Number of tags, set at initialization.
    RETURNS (Model): From documents to tag scores (tokens x nO), one array a chunk; the chunks of all documents
        laid end to end are all their tokens. The parts are found as the refs "extract", "score" and "transitions".
    """
    output = Linear(nO, init_W=zero_init)
    transitions = Transitions()
    with Model.define_operators({">>": chain}):
        score = embed >> encode >> with_array(output) >> transitions
    extract: Model[list[Doc], list[Ints2d]] = Model("govner_extract", _extract)
    model: Model[list[Doc], list[Floats2d]] = chain(extract, score)
    model.set_ref("extract", extract)
    model.set_ref("score", score)
    model.set_ref("output", output)
    model.set_ref("transitions", transitions)
    return model


def chunk_lines(keys: Keys, newline: NDArray[np.bool_]) -> list[Keys]:
    """Cut a document's keys into chunks of about `CHUNK` tokens, after a line break where there is one."""
    cuts, start = [0], 0
    breaks = np.flatnonzero(newline) + 1
    while len(keys) - start > CHUNK:
        within = breaks[(breaks > start + CHUNK // 2) & (breaks <= start + CHUNK)]
        start = int(within[-1]) if len(within) else start + CHUNK
        cuts.append(start)
    cuts.append(len(keys))
    return [keys[a:b] for a, b in pairwise(cuts) if b > a]


_features = CharacterFeatures()


def _extract(model: Model, docs: list[Doc], is_train: bool) -> tuple[list[Any], Callable]:
    chunks: list[Keys] = []
    for doc in docs:
        chunks += chunk_lines(*_features(doc))
    return [model.ops.asarray(cast(Ints2d, chunk)) for chunk in chunks], lambda d_chunks: []
