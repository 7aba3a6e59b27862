"""Embed the character features of `govner.tokens.characters`."""

from typing import List  # noqa: UP035 - pydantic reads the registered function's annotations

from spacy.util import registry
from thinc.api import Dropout, LayerNorm, Model, chain, with_array
from thinc.types import Floats2d, Ints2d

from govner.errors import InputError
from govner.layers.known_embed import KnownEmbed
from govner.tokens.characters import FEATURES


@registry.architectures("govner.CharacterEmbed.v2")
def character_embed(
    width: int,
    feature_dropout: float,
    left_out: List[str] = [],  # noqa: UP006, B006
) -> Model[list[Ints2d], list[Floats2d]]:
    """Build the embedding of character tokens: the vectors of a token's known features, summed.

    width (int): Width of the vectors.
    feature_dropout (float): Share of a token's features left out in training, so that no n-gram is learnt by heart.
    left_out (list[str]): Names of features, of `govner.tokens.characters.FEATURES`, to do without.
    RETURNS (Model): From keys (tokens x features) to vectors (tokens x width), one array a document. The `KnownEmbed`
        layer is found as the ref "known".
    RAISES (InputError): There is no such feature.
    """
    if unknown := [name for name in left_out if name not in FEATURES]:
        raise InputError(f"no feature {unknown[0]!r} to leave out; use {', '.join(FEATURES)}")
    known = KnownEmbed(width, len(FEATURES), feature_dropout, [FEATURES.index(name) for name in left_out])
    model: Model[list[Ints2d], list[Floats2d]] = with_array(chain(known, LayerNorm(nI=width), Dropout(0.0)))
    model.set_ref("known", known)
    return model
