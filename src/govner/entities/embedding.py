"""Embed the character features of `govner.tokens.characters`."""

from spacy.util import registry
from thinc.api import Dropout, LayerNorm, Model, chain, with_array
from thinc.types import Floats2d, Ints2d

from govner.layers.known_embed import KnownEmbed
from govner.tokens.characters import FEATURES


@registry.architectures("govner.CharacterEmbed.v2")
def character_embed(width: int, feature_dropout: float) -> Model[list[Ints2d], list[Floats2d]]:
    """Build the embedding of character tokens: the vectors of a token's known features, summed.

    width (int): Width of the vectors.
    feature_dropout (float): Share of a token's features left out in training, so that no n-gram is learnt by heart.
    RETURNS (Model): From keys (tokens x features) to vectors (tokens x width), one array a document. The `KnownEmbed`
        layer is found as the ref "known".
    """
    known = KnownEmbed(width, len(FEATURES), feature_dropout)
    model: Model[list[Ints2d], list[Floats2d]] = with_array(chain(known, LayerNorm(nI=width), Dropout(0.0)))
    model.set_ref("known", known)
    return model
