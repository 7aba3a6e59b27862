"""The tagger's network: features of character tokens to a score for every tag."""

from collections.abc import Callable
from typing import Any, cast

from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Linear, Model, chain, with_array, zero_init
from thinc.types import Floats2d, Ints2d

from govner.layers.transitions import Transitions
from govner.tokens.characters import CharacterFeatures


@registry.architectures("govner.CharacterTagger.v2")
def build_character_tagger(
    embed: Model[list[Ints2d], list[Floats2d]],
    encode: Model[list[Floats2d], list[Floats2d]],
    nO: int | None = None,
) -> Model[list[Doc], list[Floats2d]]:
    """Build the network of `govner_entities`.

    embed (Model): From keys (tokens x features) to vectors (tokens x width), such as `govner.CharacterEmbed.v2`.
    encode (Model): From vectors to vectors of the same width, such as `govner.DilatedWindowEncoder.v1`.
    nO (int | None): Number of tags, set at initialization.
    RETURNS (Model): From documents to tag scores (tokens read x nO), one array a document. The parts are found as the
        refs "extract" (documents to keys), "embed", "encode", "score" (keys to scores), "output" and "transitions".
    """
    output = Linear(nO, init_W=zero_init)
    transitions = Transitions()
    with Model.define_operators({">>": chain}):
        score = embed >> encode >> with_array(output) >> transitions
    extract: Model[list[Doc], list[Ints2d]] = Model("govner_extract", _extract)
    model: Model[list[Doc], list[Floats2d]] = chain(extract, score)
    for name, part in (
        ("extract", extract),
        ("embed", embed),
        ("encode", encode),
        ("score", score),
        ("output", output),
        ("transitions", transitions),
    ):
        model.set_ref(name, part)
    return model


_features = CharacterFeatures()


def _extract(model: Model, docs: list[Doc], is_train: bool) -> tuple[list[Any], Callable]:
    return [model.ops.asarray(cast(Ints2d, _features(doc))) for doc in docs], lambda d_keys: []
