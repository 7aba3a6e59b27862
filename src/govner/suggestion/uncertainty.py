"""What a model does not know of each line of a report: the information that its annotation would give, in nats."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from govner.entities.component import EntityRecognizer
from govner.entities.decoding import cut_runs, lines_of, places_read
from govner.entities.pruning import uncertain_runs
from govner.layers.crf import Floats, Ints
from govner.scheme import PARAGRAPHS_KEY
from govner.sections.component import SectionLabeller
from govner.suggestion.entropy import label_entropies, sequence_entropies
from govner.tokens.alignment import token_grid
from govner.tokens.characters import newline_mask


class Uncertainty(NamedTuple):
    """Entropies of what the lines of a document are to be given, in nats.

    mentions (floats, lines): Of the tagging of a line as a whole, so that mentions which may have been missed count
        as those which may be wrong do.
    sections (floats, lines): Of its section, or the sum where it holds several paragraphs.
    """

    mentions: Floats
    sections: Floats


def line_uncertainty(nlp: Language, doc: Doc, starts: Ints) -> Uncertainty:
    """Find how unsure a pipeline is of each line.

    nlp (Language): A govner pipeline.
    doc (Doc): A document that it has tagged.
    starts (ints, lines): Offset of the first character of each line, in order, the first being 0.
    RETURNS (Uncertainty): One figure a line.
    """
    mentions, sections = np.zeros(len(starts)), np.zeros(len(starts))
    for _, component in nlp.pipeline:
        if isinstance(component, EntityRecognizer):
            places, entropies = _tagging(component, doc)
            np.add.at(mentions, np.searchsorted(starts, places, "right") - 1, entropies)
        elif isinstance(component, SectionLabeller) and len(doc.spans[PARAGRAPHS_KEY]):
            (scores,) = component.model.predict([doc])
            found = label_entropies(component.chain(), component.model.ops.to_numpy(scores), np.array([len(scores)]))
            places = np.array([span.start_char for span in doc.spans[PARAGRAPHS_KEY]])
            np.add.at(sections, np.searchsorted(starts, places, "right") - 1, found)
    return Uncertainty(mentions, sections)


def _tagging(component: EntityRecognizer, doc: Doc) -> tuple[Ints, Floats]:
    """Where the stretches begin in which there may be mentions, and the entropy of the tags of each."""
    nothing = np.zeros(0, np.intp), np.zeros(0)
    if not len(doc):
        return nothing
    (scores,) = component.model.predict([doc])
    scores = component.model.ops.to_numpy(scores)
    read = places_read(doc, len(scores))
    lengths, inner = lines_of([newline_mask(doc)[read]])
    if not len(lengths):
        return nothing
    # Where a mention is all but impossible there is next to no entropy either.
    lengths, kept = uncertain_runs(scores[inner], lengths, component.chain(), component.tags)
    lengths, inner = cut_runs(lengths), inner[kept]
    if not len(lengths):
        return nothing
    entropies = sequence_entropies(component.chain(), scores[inner], lengths)
    firsts = np.cumsum(lengths) - lengths
    return token_grid(doc).starts[read][inner[firsts]], entropies
