"""A reference: a feature-rich conditional random field over characters, by CRFsuite (Okazaki 2007).

Usage: python training/reference_crf.py CORPUS OUTPUT.json [--gold NAME=FILE,FILE ...]; needs python-crfsuite.
It sees the features of `govner_entities` (govner.tokens.characters.FEATURES) for a token and its neighbours, and learns
from the train split as it is and once varied as in training. Scores are on dev, test and what --gold names.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pycrfsuite
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import load_config, registry

from govner.corpus.reader import create_inline_reader
from govner.entities.tags import TagSet
from govner.evaluation.gold import read_gold
from govner.evaluation.scores import score
from govner.scheme import ENTITY_LABELS
from govner.tokens.alignment import token_grid
from govner.tokens.characters import FEATURES, CharacterFeatures, newline_mask
from govner.tokens.tokenizer import CharacterTokenizer

CONFIG = Path(__file__).parent.parent / "configs" / "zh_govner_sm.cfg"
TAGS = TagSet(ENTITY_LABELS)
# The first five features say most of a neighbour; of the others the token's own suffice.
NEIGHBOURS = ((-2, 1), (-1, 5), (0, len(FEATURES)), (1, 5), (2, 1))
features = CharacterFeatures()


def lines(doc: Doc) -> Iterator[tuple[slice, list[list[str]]]]:
    """The tokens of each line that is not empty, and their features."""
    keys = features(doc)
    start = 0
    for end in [*newline_mask(doc).nonzero()[0].tolist(), len(doc)]:
        if end > start:
            yield slice(start, end), [describe(keys[start:end], at) for at in range(end - start)]
        start = end + 1


def describe(keys: object, at: int) -> list[str]:
    """Names of the features of a token and its neighbours."""
    found = []
    for offset, count in NEIGHBOURS:
        if 0 <= at + offset < len(keys):  # type: ignore[arg-type]
            row = keys[at + offset, :count].tolist()  # type: ignore[index]
            found += [f"{offset}:{column}:{key:x}" for column, key in enumerate(row)]
    return found


def train(nlp: Language, corpus: Path, model: str) -> None:
    """Train on the train split, plain and varied."""
    settings = load_config(CONFIG)["corpora"]["train"]["augmenter"]
    augmenter = registry.augmenters.get("govner.vary_reports.v1")(dict(settings["rates"]))
    trainer = pycrfsuite.Trainer(verbose=False)
    for vary in (None, augmenter):
        for example in create_inline_reader(corpus, "train", False, vary)(nlp):
            tags = ["O"] * len(example.predicted)
            grid = token_grid(example.predicted)
            for span in example.reference.ents:
                if found := grid.find(span.start_char, span.end_char):
                    numbers = TAGS.encode_mention(span.label_, found[1] - found[0])
                    tags[slice(*found)] = [TAGS.names[number] for number in numbers]
            for place, items in lines(example.predicted):
                trainer.append(items, tags[place])
    trainer.set_params({"c1": 0.05, "c2": 0.01, "max_iterations": 120, "feature.possible_transitions": True})
    trainer.train(model)


def tag(nlp: Language, tagger: pycrfsuite.Tagger, text: str) -> Doc:
    """Tag a text; a sequence that is no mention is dropped."""
    doc = nlp.make_doc(text)
    ents = []
    for place, items in lines(doc):
        start = None
        for at, name in enumerate(tagger.tag(items), place.start):
            if name[0] in "BU":
                start = at
            if name[0] in "LU" and start is not None:
                ents.append(Span(doc, start, at + 1, label=name[2:]))
            if name[0] in "OLU":
                start = None
    doc.ents = ents
    return doc


def main() -> None:
    """Train, score and write the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--gold", action="append", default=[], metavar="NAME=FILE,...")
    options = parser.parse_args()
    random.seed(0)
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    model = str(options.output.with_suffix(".crfsuite"))
    start = time.perf_counter()
    train(nlp, options.corpus, model)
    figures: dict[str, object] = {"name": "CRFsuite", "seconds": round(time.perf_counter() - start), "scores": {}}
    tagger = pycrfsuite.Tagger()
    tagger.open(model)
    gold: dict[str, tuple[list[Path], str | None]] = {}
    for split in ("dev", "test"):
        gold[split] = ([options.corpus], split)
    for item in options.gold:
        name, _, files = item.partition("=")
        gold[name] = ([Path(file) for file in files.split(",")], None)
    for name, (paths, part) in gold.items():
        docs = list(read_gold(paths, nlp.vocab, part))
        start = time.perf_counter()
        examples = [Example(tag(nlp, tagger, doc.text), doc) for doc in docs]
        seconds = time.perf_counter() - start
        found = score(examples)
        figures["scores"][name] = {label: round(value.f, 4) for label, value in found.entities.items()}  # type: ignore[index]
        print(name, figures["scores"][name], f"{sum(len(doc.text) for doc in docs) / seconds:,.0f} characters/s")  # type: ignore[index]
    options.output.write_text(json.dumps(figures, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
