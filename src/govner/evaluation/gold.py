"""Read gold documents from whatever a user has: any format of annotated texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

from govner.corpus.formats.annotated import to_doc
from govner.corpus.formats.registry import read_texts
from govner.errors import InputError


def read_gold(paths: Iterable[Path], vocab: Vocab, split: str | None = None) -> Iterator[Doc]:
    """Read gold documents.

    paths (Iterable[Path]): Files and directories in any format of `govner.corpus.formats`, told from their names, and
        from what is in them where names tell too little.
    vocab (Vocab): The vocabulary.
    split (str | None): Only documents whose metadata name this split.
    YIELDS (Doc): With `ents`, `spans["sections"]` and `user_data["meta"]`, a token a character.
    RAISES (InputError): A file is missing or something in it is wrong, or nothing is left.
    """
    paths = list(paths)
    empty = True
    for annotated in read_texts(paths):
        if split is None or annotated.meta.get("split") == split:
            empty = False
            yield to_doc(annotated, vocab)
    if empty:
        wanted = f"of the split {split!r}" if split else "at all"
        raise InputError(f"no gold document {wanted}; check --split and the paths", ", ".join(map(str, paths)))
