"""Score a reference tagger as the models of an experiment are scored, and write its figures in the same form."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc
from spacy.training import Example

from govner.evaluation.gold import read_gold
from govner.evaluation.scores import score
from govner.tokens.tokenizer import CharacterTokenizer
from govner.training.experiment import summarise

Tagger = Callable[[Doc], None]


def main(name: str, description: str, make: Callable[[Path, Path], Tagger]) -> None:
    """Read the command line, make the tagger, score it and write the figures.

    name (str): Name of the variant.
    description (str): For --help.
    make (Callable): Makes the tagger, from the corpus and a path to keep a model at; it sets `doc.ents`.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("output", type=Path, help="a JSON file")
    parser.add_argument("--gold", action="append", default=[], metavar="NAME=FILE,...")
    options = parser.parse_args()
    nlp = spacy.blank("zh")
    nlp.tokenizer = CharacterTokenizer(nlp.vocab)
    kept = options.output.with_suffix(".model")
    start = time.perf_counter()
    tag = make(options.corpus, kept)
    run: dict[str, Any] = {
        "seed": 0,
        "seconds": round(time.perf_counter() - start),
        "bytes": kept.stat().st_size if kept.exists() else 0,
        "scores": {},
    }
    gold: dict[str, tuple[list[Path], str | None]] = {split: ([options.corpus], split) for split in ("dev", "test")}
    for item in options.gold:
        which, _, files = item.partition("=")
        gold[which] = ([Path(file) for file in files.split(",")], None)
    for which, (paths, split) in gold.items():
        examples = [Example(nlp.make_doc(doc.text), doc) for doc in read_gold(paths, nlp.vocab, split)]
        start = time.perf_counter()
        for example in examples:
            tag(example.predicted)
        seconds = time.perf_counter() - start
        run["scores"][which] = summarise(score(examples).to_json())
        if which == "test":
            run["characters_a_second"] = round(sum(len(example.text) for example in examples) / seconds)
        print(which, run["scores"][which]["entities"], run["scores"][which]["by_label"])
    summary = {"name": name, "note": "", "settings": {}, "runs": [run]}
    options.output.write_text(json.dumps(summary, indent=1, ensure_ascii=False) + "\n", "utf8")
