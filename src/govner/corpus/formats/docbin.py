"""spaCy's binary format: a DocBin with entities, section spans and metadata."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.tokens import DocBin
from spacy.vocab import Vocab

from govner.corpus.formats.annotated import AnnotatedText, from_doc, to_doc
from govner.corpus.formats.checking import Marked, Tell, collect
from govner.errors import InputError


def read_docbin(path: Path, tell: Tell) -> Iterator[AnnotatedText]:
    """Read a `.spacy` file of any tokens.

    path (Path): The file.
    tell (Tell): Told of passages that are left out, and if the file is none.
    YIELDS (AnnotatedText): Its documents; those without metadata are numbered.
    """
    try:
        docs = list(DocBin().from_disk(path).get_docs(Vocab()))
    except Exception:
        # DocBin raises whatever zlib, msgpack or its own asserts raise on foreign bytes.
        tell(InputError("is not a .spacy file; write one with `govner corpus convert`", path))
        return
    for number, doc in enumerate(docs, 1):
        found = from_doc(doc)
        mentions = [Marked(span.start, span.end, span.label) for span in found.mentions]
        sections = [Marked(span.start, span.end, span.label) for span in found.sections]
        yield collect(doc.text, mentions, sections, {"id": f"{path.stem}-{number}", **found.meta}, path, None, tell)


def write_docbin(texts: Sequence[AnnotatedText], out: Path) -> list[Path]:
    """Write a `.spacy` file, one token a character, so that every annotation is kept; returns the file."""
    vocab = Vocab()
    out.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=[to_doc(annotated, vocab) for annotated in texts], store_user_data=True).to_disk(out)
    return [out]
