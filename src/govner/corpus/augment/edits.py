"""Change the text of a gold document and move its annotation along."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Doc, Span, SpanGroup

from govner.scheme import SECTIONS_KEY


class Edit(NamedTuple):
    """Replace the characters [start, end) by others; an insertion where start == end.

    section (str): The label of lines that the edit brings in whole; empty for lines that stay what they were.
    mentions (tuple): Mentions that an insertion brings in: start and end in `text`, and label.
    """

    start: int
    end: int
    text: str
    section: str = ""
    mentions: tuple[tuple[int, int, str], ...] = ()


def apply_edits(doc: Doc, edits: Iterable[Edit]) -> Doc:
    """Apply edits to a gold document and move its annotation along.

    doc (Doc): One token a character, with `ents` and one span a line in `spans["sections"]`.
    edits (Iterable[Edit]): Edits that do not overlap, do not cross the border of a mention and put no line end into
        one; an insertion at the border of a mention stays outside it.
    RETURNS (Doc): A new document, one token a character. A line has the section that most of its characters come
        from, of two with equally many the first.
    """
    text = doc.text
    sections = [""] * len(text)
    for span in doc.spans[SECTIONS_KEY]:
        sections[span.start_char : span.end_char] = [span.label_] * (span.end_char - span.start_char)
    parts: list[str] = []
    origin: list[str] = []  # the section that each new character comes from
    # Where each old offset lands, for spans that start there and for spans that end there.
    starts, ends = list(range(len(text) + 1)), list(range(len(text) + 1))
    brought: list[tuple[int, int, str]] = []
    position, shift = 0, 0
    for edit in sorted(edits):
        for offset in range(position + 1, edit.start + 1):
            starts[offset] = ends[offset] = offset + shift
        parts += [text[position : edit.start], edit.text]
        origin += sections[position : edit.start]
        at = edit.start + shift
        brought += [(at + start, at + end, label) for start, end, label in edit.mentions]
        # What replaces text has its section; what is put between belongs to nothing unless it says so.
        replaced = sections[edit.start] if edit.start < edit.end else ""
        origin += [edit.section or replaced] * len(edit.text)
        shift += len(edit.text) - (edit.end - edit.start)
        starts[edit.end] = edit.end + shift
        if edit.end > edit.start:
            ends[edit.end] = edit.end + shift
        position = edit.end
    for offset in range(position + 1, len(text) + 1):
        starts[offset] = ends[offset] = offset + shift
    parts.append(text[position:])
    origin += sections[position:]
    new_text = "".join(parts)
    new = Doc(doc.vocab, words=list(new_text), spaces=[False] * len(new_text), user_data=dict(doc.user_data))
    moved = [(starts[span.start_char], ends[span.end_char], span.label_) for span in doc.ents]
    new.set_ents([Span(new, start, end, label=label) for start, end, label in moved + brought])
    spans = list(_sections(new, new_text, origin))
    new.spans[SECTIONS_KEY] = SpanGroup(new, name=SECTIONS_KEY, spans=spans)
    return new


def _sections(doc: Doc, text: str, origin: list[str]) -> Iterable[Span]:
    """A span for each line that is not empty: the line without outer white space."""
    offset = 0
    for line in text.split("\n"):
        body = line.strip()
        labels = [label for label in origin[offset : offset + len(line)] if label]
        if body and labels:
            start = offset + len(line) - len(line.lstrip())
            yield Span(doc, start, start + len(body), label=max(labels, key=labels.count))
        offset += len(line) + 1
