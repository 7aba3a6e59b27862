"""The section labeller's network: features of paragraphs to a score for every section."""

from collections.abc import Callable

from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Dropout, LayerNorm, Linear, Model, chain, with_array, zero_init
from thinc.types import Floats2d

from govner.layers.known_bag import Bags, KnownBag
from govner.layers.transitions import Transitions
from govner.sections.features import FIELDS, paragraph_features


@registry.architectures("govner.ParagraphTagger.v2")
def build_paragraph_tagger(
    encode: Model[list[Floats2d], list[Floats2d]],
    width: int,
    field_dropout: float,
    nO: int | None = None,
) -> Model[list[Doc], list[Floats2d]]:
    """Build the network of `govner_sections`: each paragraph a bag of n-grams in each field, then its neighbours.

    encode (Model): Over the paragraphs of a document, vectors to vectors of `width`, such as
        `govner.DilatedWindowEncoder.v1`.
    width (int): Width of a paragraph's vector.
    field_dropout (float): Share of a paragraph's fields left out in training, so that the headings above a
        paragraph get their say beside its words.
    nO (int | None): Number of labels, set at initialization.
    RETURNS (Model): From documents with paragraphs to scores (paragraphs x nO), one array a document. Its parts are
        found as the refs "extract" (documents to bags), "known" (the `KnownBag`), "score" (bags to scores), "output"
        and "transitions".
    """
    extract: Model[list[Doc], list[Bags]] = Model("govner_paragraph_features", _extract)
    known = KnownBag(width, len(FIELDS), field_dropout)
    output = Linear(nO, init_W=zero_init)
    transitions = Transitions()
    with Model.define_operators({">>": chain}):
        normalize: Model[list[Floats2d], list[Floats2d]] = with_array(LayerNorm(nI=width) >> Dropout(0.0))
        score = known >> normalize >> encode >> with_array(output) >> transitions
    model: Model[list[Doc], list[Floats2d]] = chain(extract, score)
    for name, part in (
        ("extract", extract),
        ("known", known),
        ("score", score),
        ("output", output),
        ("transitions", transitions),
    ):
        model.set_ref(name, part)
    return model


def _extract(model: Model, docs: list[Doc], is_train: bool) -> tuple[list[Bags], Callable]:
    return [paragraph_features(doc) for doc in docs], lambda d_bags: []
