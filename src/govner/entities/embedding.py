"""Embed the character features of `govner.tokens.characters`."""

from spacy.util import registry
from thinc.api import Maxout, Model, chain, concatenate, list2ragged, ragged2list, with_array
from thinc.layers import HashEmbed
from thinc.types import Floats2d, Ints2d

from govner.layers.field_dropout import FieldDropout
from govner.tokens.characters import FEATURES


@registry.architectures("govner.CharacterEmbed.v1")
def character_embed(
    width: int, feature_width: int, rows: list[int], feature_dropout: float
) -> Model[list[Ints2d], list[Floats2d]]:
    """Build hash embeddings, one table a feature, mixed by a maxout layer.

    width (int): Width of the output.
    feature_width (int): Width of each table.
    rows (list[int]): Rows of each table, in the order of `govner.tokens.characters.FEATURES`; 0 leaves one out.
    feature_dropout (float): Share of a token's features left out in training, so that no n-gram is learned by heart.
    RETURNS (Model): From keys (tokens x features) to vectors (tokens x width), a list of chunks each.
    RAISES (ValueError): There are not as many numbers of rows as features.
    """
    if len(rows) != len(FEATURES):
        raise ValueError(f"rows needs {len(FEATURES)} numbers, for {', '.join(FEATURES)}; got {len(rows)}")
    tables: list[Model] = [
        HashEmbed(feature_width, count, column=column, seed=7 + column) for column, count in enumerate(rows) if count
    ]
    mix = Maxout(width, len(tables) * feature_width, nP=3, normalize=True, dropout=0.0)
    rows_of: Model = chain(concatenate(*tables), FieldDropout(len(tables), feature_dropout), mix)
    return chain(list2ragged(), with_array(rows_of), ragged2list())
