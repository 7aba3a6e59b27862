"""Convert annotated reports between the inline format, spaCy's DocBin and JSONL with offsets."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin

from govner.corpus.inline import Mention, Paragraph, Report, format_report
from govner.errors import InputError
from govner.scheme import SECTIONS_KEY


def doc_to_report(doc: Doc) -> Report:
    """Make an annotated report from a gold document.

    doc (Doc): With `ents`, one section span a line, and metadata in `user_data["meta"]`.
    RETURNS (Report): The report; lines without text are left out.
    RAISES (InputError): A line has no section or several, a mention crosses a line end, or the inline format cannot
        hold the text or metadata.
    """
    text = doc.text
    meta = {key: str(value) for key, value in doc.user_data.get("meta", {}).items()}
    if "\r" in text or any("\n" in value or "\r" in value for value in meta.values()):
        name = meta.get("id", "a document")
        raise InputError(f"{name}: has a carriage return or a line end in its metadata; mend it")
    sections = {span.start_char: span.label_ for span in doc.spans.get(SECTIONS_KEY, ())}
    mentions = [(span.start_char, span.end_char, span.label_) for span in doc.ents]
    paragraphs, offset, placed = [], 0, 0
    for line in text.split("\n"):
        end = offset + len(line)
        if line.strip():
            start = offset + len(line) - len(line.lstrip())
            if start not in sections:
                raise InputError(f"{meta.get('id', 'a document')}: no section begins at character {start}")
            own = [Mention(a - offset, b - offset, label) for a, b, label in mentions if offset <= a and b <= end]
            placed += len(own)
            paragraphs.append(Paragraph(sections[start], line, tuple(own)))
        offset = end + 1
    if placed != len(mentions) or len(paragraphs) != len(sections):
        raise InputError(f"{meta.get('id', 'a document')}: a mention or section crosses a line end; split it")
    return Report(paragraphs, meta)


def doc_to_record(doc: Doc) -> dict[str, Any]:
    """Make a JSON object from a gold document: `text`, `entities`, `sections` (start, end, label), `meta`."""

    def spans(group: Iterable) -> list[dict[str, Any]]:
        return [{"start": s.start_char, "end": s.end_char, "label": s.label_} for s in group]

    return {
        "text": doc.text,
        "entities": spans(doc.ents),
        "sections": spans(doc.spans.get(SECTIONS_KEY, ())),
        "meta": doc.user_data.get("meta", {}),
    }


def write_docs(docs: list[Doc], out: Path) -> list[Path]:
    """Write gold documents in the format the target's name asks for.

    docs (list[Doc]): Gold documents.
    out (Path): `NAME.spacy`, `NAME.jsonl`, or a directory for inline files.
    RETURNS (list[Path]): The files written.
    RAISES (InputError): The name asks for no known format, two documents share an id, or it cannot be written.
    """
    try:
        if out.suffix == ".spacy":
            out.parent.mkdir(parents=True, exist_ok=True)
            DocBin(docs=docs, store_user_data=True).to_disk(out)
            return [out]
        if out.suffix == ".jsonl":
            out.parent.mkdir(parents=True, exist_ok=True)
            lines = [json.dumps(doc_to_record(doc), ensure_ascii=False) + "\n" for doc in docs]
            out.write_text("".join(lines), encoding="utf8")
            return [out]
        if out.suffix:
            raise InputError("is no known format; name a .spacy or .jsonl file, or a directory for inline files", out)
        return _write_inline(docs, out)
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror}); choose another place", out) from None


def _write_inline(docs: list[Doc], out: Path) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for doc in docs:
        report = doc_to_report(doc)
        name = Path(report.id).name or f"report-{len(written) + 1}"
        path = out / f"{name}.txt"
        if path in written:
            raise InputError(f"two documents have the id {name!r}; give each its own", out)
        path.write_text(format_report(report), encoding="utf8")
        written.append(path)
    return written
