"""Read gold documents from whatever a user has: inline files, directories, `.spacy`, JSONL with offsets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin, Span, SpanGroup
from spacy.vocab import Vocab

from govner.corpus.inline import read_report
from govner.corpus.reader import report_to_doc
from govner.errors import InputError
from govner.own_labels import labels_for
from govner.scheme import SECTIONS_KEY
from govner.text.files import expand_paths, read_text


def read_gold(paths: Iterable[Path], vocab: Vocab, split: str | None = None) -> Iterator[Doc]:
    """Read gold documents.

    paths (Iterable[Path]): Inline `.txt` files, directories of them, `.spacy` files, `.jsonl` files.
    vocab (Vocab): The vocabulary.
    split (str | None): Only documents whose metadata name this split.
    YIELDS (Doc): With `ents`, `spans["sections"]` and `user_data["meta"]`.
    RAISES (InputError): A file is missing or broken, or nothing is left.
    """
    paths = list(paths)
    empty = True
    for path in expand_paths(paths):
        for doc in _read_file(path, vocab):
            if split is None or doc.user_data.get("meta", {}).get("split") == split:
                empty = False
                yield doc
    if empty:
        wanted = f"of the split {split!r}" if split else "at all"
        raise InputError(f"no gold document {wanted}; check --split and the paths", ", ".join(map(str, paths)))


def _read_file(path: Path, vocab: Vocab) -> Iterator[Doc]:
    if path.suffix == ".spacy":
        yield from read_docbin(path, vocab)
    elif path.suffix == ".jsonl":
        yield from read_jsonl(path, vocab)
    else:
        yield report_to_doc(read_report(path), vocab)


def read_docbin(path: Path, vocab: Vocab) -> Iterator[Doc]:
    """Read a `.spacy` file; raises InputError if it is none."""
    try:
        docs = list(DocBin().from_disk(path).get_docs(vocab))
    except Exception:
        # DocBin raises whatever zlib, msgpack or its own asserts raise on foreign bytes.
        raise InputError("is not a .spacy file; write one with `govner corpus convert`", path) from None
    for number, doc in enumerate(docs, 1):
        doc.user_data.setdefault("meta", {"id": f"{path.stem}-{number}"})
        yield doc


def read_jsonl(path: Path, vocab: Vocab) -> Iterator[Doc]:
    """Read JSONL: a document a line with `text`, `entities` and `sections` (lists of start, end, label), `meta`.

    path (Path): The file.
    vocab (Vocab): The vocabulary.
    YIELDS (Doc): One token a character.
    RAISES (InputError): A line is not such an object, or a span lies outside the text, overlaps another or has an
        unknown label.
    """
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            text, meta = record["text"], record.get("meta", {})
            if not isinstance(text, str) or not isinstance(meta, dict):
                raise TypeError
            doc = Doc(vocab, words=list(text), spaces=[False] * len(text))
            entities = [_span(item) for item in record.get("entities", [])]
            sections = [_span(item) for item in record.get("sections", [])]
        except (ValueError, KeyError, TypeError, OverflowError):
            raise InputError(
                'needs a JSON object with "text" and "entities": [{"start", "end", "label"}]', path, number
            ) from None
        doc.set_ents(_make_spans(doc, entities, labels_for(path).entity_labels, path, number))
        doc.spans[SECTIONS_KEY] = SpanGroup(
            doc, name=SECTIONS_KEY, spans=_make_spans(doc, sections, labels_for(path).section_labels, path, number)
        )
        doc.user_data["meta"] = {"id": f"{path.stem}-{number}", **meta}
        yield doc


def _span(item: Any) -> tuple[int, int, str]:
    """A span given as an object or as a list."""
    start, end, label = (item["start"], item["end"], item["label"]) if isinstance(item, dict) else item
    return int(start), int(end), str(label)


def _make_spans(
    doc: Doc, spans: list[tuple[int, int, str]], labels: tuple[str, ...], path: Path, line: int
) -> list[Span]:
    made, last = [], 0
    for start, end, label in sorted(spans):
        if label not in labels:
            raise InputError(f"unknown label {label!r}; use one of {', '.join(labels)}", path, line)
        if not 0 <= start < end <= len(doc):
            raise InputError(f"span {start}-{end} lies outside the text of {len(doc)} characters", path, line)
        if start < last:
            raise InputError(f"span {start}-{end} overlaps the one before it; keep one of them", path, line)
        made.append(Span(doc, start, end, label=label))
        last = end
    return made
