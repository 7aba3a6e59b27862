"""A tagged document as the functions of this package read it: text, paragraphs, mentions, sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from spacy.tokens import Doc, Span

from govner.paragraphs.headings import find_heading
from govner.records.schema import Evidence, maker
from govner.scheme import MENTIONS_KEY, SECTIONS_KEY
from govner.tokens.text import text_of

_make_evidence: Final = maker(Evidence)
# A full stop of half-width text ends a sentence unless it stands within a number, an address or a heading's number.
_SENTENCE_END: Final = re.compile(r"[。！？!?；;\n]|\.(?![0-9A-Za-z.%])(?<!\d\.)")
_CLAUSE_END: Final = re.compile(r"[。！？!?；;\n，,：:]|\.(?![0-9A-Za-z.%])(?<!\d\.)")


class Mention(NamedTuple):
    """A mention: `text` stands at characters `start` to `end`."""

    start: int
    end: int
    text: str
    label: str
    probability: float | None = None


class Paragraph(NamedTuple):
    """A labelled paragraph. `heading` is the characters of its own heading, if it has one."""

    start: int
    end: int
    text: str
    label: str
    level: int
    heading: tuple[int, int] | None
    heading_path: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """The text of a report with its paragraphs and mentions, both in order."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    mentions: tuple[Mention, ...]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [match.end() for match in _SENTENCE_END.finditer(self.text)] + [len(self.text)]

    @cached_property
    def _clause_ends(self) -> list[int]:
        return [match.end() for match in _CLAUSE_END.finditer(self.text)] + [len(self.text)]

    @cached_property
    def _passages(self) -> dict[tuple[int, int], Evidence]:
        return {}

    def evidence(self, start: int, end: int) -> Evidence:
        """The passage between two offsets of the text; one object however often it is asked for."""
        place = start, end
        passage = self._passages.get(place)
        if passage is None:
            passage = _make_evidence({"start": start, "end": end, "text": self.text[start:end]})
            self._passages[place] = passage
        return passage

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """The paragraph an offset lies in, or the last that begins before it."""
        place = bisect_right(self._paragraph_starts, offset) - 1
        return self.paragraphs[place] if place >= 0 else None

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Start and end of the sentence (up to 。；！？ or the line's end, its mark included) an offset lies in."""
        return _between(self._sentence_ends, offset)

    def clause_at(self, offset: int) -> tuple[int, int]:
        """Start and end of the clause (up to a comma, colon or the sentence's end, its mark included)."""
        return _between(self._clause_ends, offset)

    def mentions_in(self, start: int, end: int, *labels: str) -> list[Mention]:
        """Mentions that begin between two offsets, of some labels or of all."""
        first, last = bisect_right(self._mention_starts, start - 1), bisect_right(self._mention_starts, end - 1)
        return [mention for mention in self.mentions[first:last] if not labels or mention.label in labels]


def read_source(doc: Doc) -> Source:
    """Make the source of a tagged or gold document.

    doc (Doc): With `ents` and `spans["sections"]`; the attributes a govner pipeline adds are used where they are.
    RETURNS (Source): Its text, paragraphs and mentions.
    """
    text = text_of(doc)
    sections = doc.spans.get(SECTIONS_KEY, [])
    attrs = getattr(sections, "attrs", {})
    group = doc.spans.get(MENTIONS_KEY)
    probabilities = group.attrs.get("probability") if group is not None else None
    mentions = tuple(
        Mention(start, end, text[start:end], label, probabilities[number] if probabilities else None)
        for number, (start, end, label) in enumerate(_places(group if group is not None else doc.ents))
    )
    spans = _places(sections)
    if "heading_path" in attrs:
        shapes = list(zip(attrs["level"], attrs["heading"], attrs["heading_path"], strict=True))
    else:
        shapes = _find_headings(text, spans)
    paragraphs = tuple(
        Paragraph(start, end, text[start:end], label, level, None if heading is None else tuple(heading), tuple(path))
        for (start, end, label), (level, heading, path) in zip(spans, shapes, strict=True)
    )
    return Source(text, paragraphs, mentions)


def _places(spans: Iterable[Span]) -> list[tuple[int, int, str]]:
    """Start, end and label of spans."""
    return [(span.start_char, span.end_char, span.label_) for span in spans]


def _find_headings(
    text: str, spans: list[tuple[int, int, str]]
) -> list[tuple[int, tuple[int, int] | None, tuple[str, ...]]]:
    """Level, heading and heading path of each paragraph of a document that has none."""
    path: list[tuple[int, str]] = []
    shapes: list[tuple[int, tuple[int, int] | None, tuple[str, ...]]] = []
    for start, end, _ in spans:
        heading = find_heading(text[start:end])
        if heading is not None:
            path = [(level, words) for level, words in path if level < heading.level]
        above = tuple(words for _, words in path)
        if heading is None:
            shapes.append((0, None, above))
            continue
        shapes.append((heading.level, (start + heading.start, start + heading.end), above))
        path.append((heading.level, text[start + heading.start : start + heading.end]))
    return shapes


def _between(ends: list[int], offset: int) -> tuple[int, int]:
    place = bisect_right(ends, offset)
    return (ends[place - 1] if place else 0), ends[min(place, len(ends) - 1)]
