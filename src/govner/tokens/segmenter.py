"""Train a word segmenter (spacy-pkuseg) on the corpus, for pipelines that work on words.

A mention's borders are word borders; inside and outside mentions the words of the lexicon are cut by longest match. The
released model works on characters; `configs/words.cfg` is the maintained pipeline on words.
"""

import contextlib
import io
import re
import tempfile
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from spacy.util import registry

from govner.corpus.inline import Report
from govner.errors import InputError
from govner.tokens.lexicon import MAX_LENGTH, Lexicon, load_lexicon, word_keys

_RUN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[A-Za-z]+|[一-鿿]+|\S")


def train_segmenter(train: Iterable[Report], dev: Iterable[Report], out: Path, epochs: int = 10) -> None:
    """Train a segmentation model.

    train, dev (Iterable[Report]): Annotated reports.
    out (Path): Directory for the model; give it as `initialize.tokenizer.pkuseg_model`.
    epochs (int): Passes over the reports.
    """
    import spacy_pkuseg  # slow to import, and needed here alone

    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory:
        paths = []
        for name, reports in (("train", train), ("dev", dev)):
            path = Path(directory) / f"{name}.txt"
            path.write_text("".join(" ".join(line) + "\n" for line in segmented_lines(reports)), "utf8")
            paths.append(str(path))
        # It prints a table of its features and losses.
        with contextlib.redirect_stdout(io.StringIO()):
            spacy_pkuseg.train(*paths, str(out), train_iter=epochs)


def segmented_lines(reports: Iterable[Report]) -> Iterator[list[str]]:
    """Yield the words of each paragraph."""
    lexicon = load_lexicon()
    for report in reports:
        for paragraph in report.paragraphs:
            borders = [0, *(at for m in paragraph.mentions for at in (m.start, m.end)), len(paragraph.text)]
            parts = [paragraph.text[a:b] for a, b in pairwise(borders)]
            words = [word for part in parts for run in _RUN.findall(part) for word in _cut(run, lexicon)]
            if words:
                yield words


def _cut(run: str, lexicon: Lexicon) -> Iterator[str]:
    """Cut a run of Chinese characters into the longest words, from the left."""
    if not "一" <= run[0] <= "鿿":
        yield run
        return
    codes = np.array([ord(char) for char in run], np.uint64)
    found = {length: lexicon.find(word_keys(codes, length)) for length in range(2, MAX_LENGTH + 1)}
    start = 0
    while start < len(run):
        fits = [n for n in range(MAX_LENGTH, 1, -1) if start + n <= len(run) and found[n][start]]
        length = fits[0] if fits else 1
        yield run[start : start + length]
        start += length


@registry.misc("govner.SegmenterPath.v1")
def segmenter_path(path: str | None) -> str:
    """Resolve `initialize.tokenizer.pkuseg_model`.

    path (str | None): Directory that `train_segmenter` wrote.
    RETURNS (str): The path, checked; spacy-pkuseg would take a name it does not know to the network.
    RAISES (InputError): There is no trained segmenter.
    """
    if not path or not (Path(path) / "weights.npz").exists():
        raise InputError(
            "no segmentation model; make one with training/train_segmenter.py and give it as --paths.segmenter DIR",
            path,
        )
    return str(path)
