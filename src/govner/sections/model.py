"""The section labeller's network: features of paragraphs to a score for every section."""

from collections.abc import Callable
from typing import cast

import numpy as np
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Linear, Maxout, Model, chain, reduce_mean, with_array, zero_init
from thinc.layers import HashEmbed
from thinc.types import Floats2d, Ints1d, Ints2d, Ragged

from govner.layers.field_dropout import FieldDropout
from govner.layers.transitions import Transitions
from govner.sections.features import FIELDS, paragraph_keys


@registry.architectures("govner.ParagraphTagger.v1")
def build_paragraph_tagger(
    encode: Model[list[Floats2d], list[Floats2d]],
    width: int,
    field_width: int,
    rows: list[int],
    field_dropout: float,
    nO: int | None = None,
) -> Model[list[Doc], list[Floats2d]]:
    """Build the network of `govner_sections`: each paragraph a bag of hashed n-grams, then its neighbours.

    encode (Model): Over the paragraphs of a document, vectors to vectors of `width`, such as
        `spacy.MaxoutWindowEncoder.v2`.
    width (int): Width of a paragraph vector.
    field_width (int): Width of each field's hash table.
    rows (list[int]): Rows of the tables of `govner.sections.features.FIELDS`.
    field_dropout (float): Share of a paragraph's fields left out in training, so that the headings above a
        paragraph get their say beside its words.
    nO (int | None): Number of labels, set at initialization.
    RETURNS (Model): From documents with paragraphs to scores (paragraphs x nO), one array a document.
    RAISES (ValueError): There are not as many numbers of rows as fields.
    """
    if len(rows) != len(FIELDS):
        raise ValueError(f"rows needs {len(FIELDS)} numbers, for {', '.join(FIELDS)}; got {len(rows)}")
    pooled: list[Model] = [
        chain(with_array(cast(Model, HashEmbed(field_width, count, column=0, seed=20 + field))), reduce_mean())
        for field, count in enumerate(rows)
    ]
    mix = Maxout(width, len(FIELDS) * field_width, nP=3, normalize=True, dropout=0.0)
    output = Linear(nO, init_W=zero_init)
    transitions = Transitions(kinds=2)  # see govner.sections.features.move_kinds
    with Model.define_operators({">>": chain}):
        model = (
            Model("govner_paragraph_fields", _extract)
            >> Model("govner_embed_fields", _embed_forward, init=_embed_init, layers=pooled)
            >> with_array(chain(FieldDropout(len(FIELDS), field_dropout), mix))
            >> encode
            >> with_array(output)
            >> transitions
        )
    model.set_ref("output", output)
    model.set_ref("transitions", transitions)
    return cast("Model[list[Doc], list[Floats2d]]", model)


FieldBatch = tuple[list[Ragged], list[int]]


def _extract(model: Model, docs: list[Doc], is_train: bool) -> tuple[FieldBatch, Callable]:
    """Lay the paragraphs of all documents end to end: one ragged array of keys a field, and paragraphs a document."""
    features = [paragraph_keys(doc) for doc in docs]
    raggeds = []
    for field in range(len(FIELDS)):
        keys = [part for document in features for part in document.fields[field]]
        flat = np.concatenate(keys) if keys else np.zeros(0, np.uint64)
        lengths = np.array([len(part) for part in keys], dtype="i")
        raggeds.append(
            Ragged(model.ops.asarray(cast(Ints2d, flat[:, None])), model.ops.asarray1i(cast(Ints1d, lengths)))
        )
    return (raggeds, [len(document) for document in features]), lambda d_fields: []


def _embed_init(model: Model, X: FieldBatch | None = None, Y: object = None) -> None:
    for layer in model.layers:
        layer.initialize()


def _embed_forward(
    model: Model, X: FieldBatch, is_train: bool
) -> tuple[list[Floats2d], Callable[[list[Floats2d]], FieldBatch]]:
    """Embed and pool each field of each paragraph, and split the joined vectors by document."""
    raggeds, counts = X
    results = [layer(ragged, is_train) for layer, ragged in zip(model.layers, raggeds, strict=True)]
    joined = model.ops.xp.hstack([vectors for vectors, _ in results])
    widths = np.cumsum([vectors.shape[1] for vectors, _ in results])[:-1]
    cuts = np.cumsum(counts)[:-1].tolist()

    def backprop(d_documents: list[Floats2d]) -> FieldBatch:
        d_joined = model.ops.xp.vstack(d_documents)
        parts = model.ops.xp.split(d_joined, widths.tolist(), axis=1)
        for (_, back), part in zip(results, parts, strict=True):
            back(model.ops.xp.ascontiguousarray(part))
        return X

    return model.ops.xp.split(joined, cuts), backprop
