"""An annotated text as every format holds it: text, mentions, sections, metadata."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

from govner.corpus.inline import Mention, Paragraph, Report
from govner.errors import InputError
from govner.scheme import SECTIONS_KEY


@dataclass
class AnnotatedText:
    """A text with what is marked in it; offsets are characters (code points) of the text.

    text (str): The text.
    mentions (list[Mention]): Flat, in order, none across a line end.
    sections (list[Mention]): Labelled passages, flat, in order; a text may have none.
    meta (dict[str, Any]): Front matter and the like; "id" names the text.
    path (Path | None): The file it was read from.
    line (int | None): Its line there, counted from 1.
    """

    text: str
    mentions: list[Mention] = field(default_factory=list)
    sections: list[Mention] = field(default_factory=list)
    meta: dict[str, Any] = field(default_factory=dict)
    path: Path | None = None
    line: int | None = None

    @property
    def id(self) -> str:
        """The name of the text; empty if it has none."""
        return str(self.meta.get("id") or "")

    def lines(self) -> list[tuple[int, str]]:
        """Lines that are not empty, each with the offset at which it begins."""
        found, offset = [], 0
        for line in self.text.split("\n"):
            if line.strip():
                found.append((offset, line))
            offset += len(line) + 1
        return found


def from_report(report: Report) -> AnnotatedText:
    """Take over an annotated report; it gets its file's name as id if it has none."""
    meta = {"id": report.id, **report.meta}
    return AnnotatedText(report.text, report.mentions(), report.sections(), meta, report.path)


def fill_sections(annotated: AnnotatedText, label: str) -> AnnotatedText:
    """Give a section to each line that has none.

    annotated (AnnotatedText): An annotated text.
    label (str): The section.
    RETURNS (AnnotatedText): The text with a section in every line that is not empty.
    """
    added = []
    for offset, line in annotated.lines():
        end = offset + len(line)
        if not any(span.start < end and span.end > offset for span in annotated.sections):
            added.append(Mention(offset + len(line) - len(line.lstrip()), offset + len(line.rstrip()), label))
    return replace(annotated, sections=sorted([*annotated.sections, *added]))


def to_report(annotated: AnnotatedText) -> Report:
    """Make an annotated report, whose unit is the line; lines without text are left out.

    annotated (AnnotatedText): An annotated text.
    RETURNS (Report): The report.
    RAISES (InputError): Lines have no section or several, something crosses a line end, or the inline format cannot
        hold the text or the metadata.
    """
    name = annotated.id or "a document"
    meta = {key: "" if value is None else str(value).strip() for key, value in annotated.meta.items()}
    _require_inline_text(annotated, meta, name)
    paragraphs, bare, placed, labelled = [], [], 0, 0
    for offset, line in annotated.lines():
        end = offset + len(line)
        sections = [span for span in annotated.sections if offset <= span.start and span.end <= end]
        mentions = [span for span in annotated.mentions if offset <= span.start and span.end <= end]
        if len(sections) > 1:
            problem = f"{name}: the line at character {offset} has {len(sections)} sections; keep one or split the line"
            raise InputError(problem, annotated.path, annotated.line)
        if not sections:
            bare.append(offset)
        placed += len(mentions)
        labelled += len(sections)
        section = sections[0].label if sections else ""
        own = tuple(Mention(span.start - offset, span.end - offset, span.label) for span in mentions)
        paragraphs.append(Paragraph(section, line, own))
    if placed != len(annotated.mentions) or labelled != len(annotated.sections):
        raise InputError(f"{name}: a mention or section crosses a line end; split it", annotated.path, annotated.line)
    if bare:
        raise InputError(
            f"{name}: no section in {len(bare)} of {len(paragraphs)} lines, first at character {bare[0]}; "
            "mark it or name a section for such lines (--section)",
            annotated.path,
            annotated.line,
        )
    if not paragraphs:
        raise InputError(f"{name}: has no text; leave it out", annotated.path, annotated.line)
    return Report(paragraphs, meta, annotated.path)


def _require_inline_text(annotated: AnnotatedText, meta: dict[str, str], name: str) -> None:
    """Refuse what cannot stand on a line of its own in a file that is read as text."""
    if "\r" in annotated.text or "\0" in annotated.text:
        problem = "has a carriage return or a NUL in its text"
    elif any("\n" in part or "\r" in part for part in (*meta, *meta.values())):
        problem = "has a carriage return or a line end in its metadata"
    elif any(":" in key or key != key.strip() or not key for key in meta):
        problem = "has a colon or outer white space in the name of a metadatum"
    else:
        return
    raise InputError(f"{name}: {problem}; mend it", annotated.path, annotated.line)


def to_doc(annotated: AnnotatedText, vocab: Vocab) -> Doc:
    """Make the gold document of a text: one token a character, so that every annotation is aligned.

    annotated (AnnotatedText): An annotated text.
    vocab (Vocab): The vocabulary.
    RETURNS (Doc): With `ents`, `spans["sections"]` and `user_data["meta"]`.
    """
    text = annotated.text
    doc = Doc(vocab, words=list(text), spaces=[False] * len(text))
    doc.set_ents([Span(doc, span.start, span.end, label=span.label) for span in annotated.mentions])
    sections = [Span(doc, span.start, span.end, label=span.label) for span in annotated.sections]
    doc.spans[SECTIONS_KEY] = SpanGroup(doc, name=SECTIONS_KEY, spans=sections)
    doc.user_data["meta"] = dict(annotated.meta)
    return doc


def from_doc(doc: Doc) -> AnnotatedText:
    """Take over `ents`, `spans["sections"]` and `user_data["meta"]` of a document, unchecked."""
    mentions = [Mention(span.start_char, span.end_char, span.label_) for span in doc.ents]
    sections = [Mention(span.start_char, span.end_char, span.label_) for span in doc.spans.get(SECTIONS_KEY, ())]
    return AnnotatedText(doc.text, mentions, sorted(sections), dict(doc.user_data.get("meta", {})))
