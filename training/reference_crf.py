"""A reference: a feature-rich conditional random field over characters, by CRFsuite (Okazaki 2007).

Usage: python training/reference_crf.py CORPUS OUTPUT.json [--gold NAME=FILE,FILE ...]; needs python-crfsuite.
It sees the features of `govner_entities` (govner.tokens.characters.FEATURES) for a token and its neighbours, and learns
from the train split, varied once as in training. Scores are on dev, test and what --gold names.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pycrfsuite
import spacy
from numpy.typing import NDArray
from reference_scores import Tagger, main
from spacy.tokens import Doc, Span
from spacy.util import load_config, registry

from govner.corpus.reader import create_inline_reader
from govner.entities.decoding import places_read
from govner.entities.tags import TagSet
from govner.scheme import ENTITY_LABELS
from govner.tokens.alignment import token_grid
from govner.tokens.characters import FEATURES, CharacterFeatures, newline_mask
from govner.tokens.tokenizer import CharacterTokenizer

CONFIG: Final = Path(__file__).parent.parent / "configs" / "zh_govner_sm.cfg"
TAGS: Final = TagSet(ENTITY_LABELS)
# The first five features say most of a neighbour; of the others the token's own suffice.
NEIGHBOURS: Final = ((-2, 1), (-1, 5), (0, len(FEATURES)), (1, 5), (2, 1))
features = CharacterFeatures()


def lines(doc: Doc) -> Iterator[tuple[NDArray[np.intp], list[list[str]]]]:
    """The places of the tokens of each line that is not empty, and their features."""
    keys = features(doc)
    places = places_read(doc, len(keys))
    breaks = np.flatnonzero(newline_mask(doc)[places])
    for start, end in zip([0, *(breaks + 1).tolist()], [*breaks.tolist(), len(places)], strict=True):
        if end > start:
            yield places[start:end], [describe(keys[start:end], at) for at in range(end - start)]


def describe(keys: NDArray[np.uint64], at: int) -> list[str]:
    """Names of the features of a token and its neighbours."""
    return [
        f"{offset}:{column}:{key:x}"
        for offset, count in NEIGHBOURS
        if 0 <= at + offset < len(keys)
        for column, key in enumerate(keys[at + offset, :count].tolist())
    ]


def make(corpus: Path, model: Path) -> Tagger:
    """Train on the varied train split and load the result."""
    random.seed(0)
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    rates = load_config(CONFIG)["corpora"]["train"]["augmenter"]["rates"]
    vary = registry.augmenters.get("govner.vary_reports.v1")(dict(rates))
    trainer = pycrfsuite.Trainer(verbose=False)
    for example in create_inline_reader(corpus, "train", False, vary)(nlp):
        tags = ["O"] * len(example.predicted)
        grid = token_grid(example.predicted)
        for span in example.reference.ents:
            if found := grid.find(span.start_char, span.end_char):
                tags[slice(*found)] = [TAGS.names[tag] for tag in TAGS.encode_mention(span.label_, found[1] - found[0])]
        for places, items in lines(example.predicted):
            trainer.append(items, [tags[place] for place in places])
    trainer.set_params({"c1": 0.05, "c2": 0.01, "max_iterations": 60, "feature.possible_transitions": True})
    trainer.train(str(model))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))

    def tag(doc: Doc) -> None:
        ents = []
        for places, items in lines(doc):
            start = None
            for place, name in zip(places.tolist(), tagger.tag(items), strict=True):
                start = place if name[0] in "BU" else start
                if name[0] in "LU" and start is not None:
                    ents.append(Span(doc, start, place + 1, label=name[2:]))
                start = None if name[0] in "OLU" else start
        doc.ents = ents

    return tag


if __name__ == "__main__":
    main("CRFsuite, same features", (__doc__ or "").split("\n")[0], make)
