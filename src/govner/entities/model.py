"""The tagger's network: features of character tokens to a score for every tag."""

from collections.abc import Callable
from typing import cast

import numpy as np
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Linear, Model, chain, with_array, zero_init
from thinc.types import Floats2d, Ints2d

from govner.layers.transitions import Transitions
from govner.tokens.characters import CharacterFeatures

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
    extract = Model("govner_extract", _extract)
    model = chain(extract, score)
    model.set_ref("extract", extract)
    model.set_ref("score", score)
    model.set_ref("output", output)
    model.set_ref("transitions", transitions)
    return cast("Model[list[Doc], list[Floats2d]]", model)


def chunk_lines(keys: Ints2d, newline: np.ndarray) -> list[Ints2d]:
    """Cut a document's keys into chunks of about `CHUNK` tokens, after a line break where there is one."""
    cuts, start = [0], 0
    breaks = np.flatnonzero(newline) + 1
    while len(keys) - start > CHUNK:
        within = breaks[(breaks > start + CHUNK // 2) & (breaks <= start + CHUNK)]
        start = int(within[-1]) if len(within) else start + CHUNK
        cuts.append(start)
    cuts.append(len(keys))
    return [keys[a:b] for a, b in zip(cuts, cuts[1:], strict=False) if b > a]


_features = CharacterFeatures()


def _extract(model: Model, docs: list[Doc], is_train: bool) -> tuple[list[Ints2d], Callable]:
    chunks: list[Ints2d] = []
    for doc in docs:
        chunks += chunk_lines(*_features(doc))
    return [model.ops.asarray(chunk) for chunk in chunks], lambda d_chunks: []
