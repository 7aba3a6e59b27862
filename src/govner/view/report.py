"""A tagged report as its page shows it: paragraphs cut into plain text and mentions, blocks, an outline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from govner.input.discovery import STANDARD_INPUT
from govner.own_labels import shown_labels
from govner.records.reading import record_of
from govner.records.schema import MentionPart, Record
from govner.scheme import SECTIONS_KEY
from govner.tagging import Tagged
from govner.view.labels import UNCERTAIN
from govner.view.notes import find_notes

# A block is laid out when it comes near the screen: longer ones would take longer than a frame.
_MOST_PARAGRAPHS: Final = 30
# About how many characters a line has, and how high it is in px: what a block measures before it is laid out.
_LINE, _LINE_HEIGHT, _PARAGRAPH_SPACE = 38, 32, 8
_HEADING_WORDS: Final = 60


@dataclass(frozen=True)
class Piece:
    """Part of a paragraph: plain text, or a mention if it has a `label`.

    start (int): Its first character in the report's text.
    probability (float | None): Of a mention; `is_uncertain`: it is low.
    note (str): What the record says of a mention, in a line.
    """

    text: str
    start: int
    label: str = ""
    probability: float | None = None
    note: str = ""

    @property
    def is_uncertain(self) -> bool:
        """Whether the mention may well be none."""
        return _is_uncertain(self.probability)


@dataclass(frozen=True)
class PageParagraph:
    """A paragraph; one without `label` is text that a repair took out, so that no section has it."""

    start: int
    label: str
    probability: float
    level: int
    is_heading: bool
    pieces: list[Piece]


@dataclass
class Block:
    """Paragraphs under one heading and one section label; `is_first`: the label was another before."""

    start: int
    label: str
    is_first: bool
    paragraphs: list[PageParagraph] = field(default_factory=list)

    @property
    def height(self) -> int:
        """About how high it is, in px."""
        lengths = [sum(len(piece.text) for piece in paragraph.pieces) for paragraph in self.paragraphs]
        return sum((length // _LINE + 1) * _LINE_HEIGHT + _PARAGRAPH_SPACE for length in lengths)


@dataclass
class OutlineItem:
    """A heading, or the beginning of a section without one (`is_heading` false); `items` are those below it."""

    start: int
    label: str
    words: str
    level: int
    is_heading: bool
    items: list[OutlineItem] = field(default_factory=list)


@dataclass(frozen=True)
class PageReport:
    """A report as its page shows it.

    name (str): Its file, with the row if that has several.
    text (str): Its text; every character of it that is no white space is in one of `blocks`.
    record (Record): Its record, with evidence in characters of `text`.
    counts (dict[str, int]): Mentions by label; uncertain (int): how many of them are.
    """

    name: str
    text: str
    record: Record
    blocks: list[Block]
    outline: list[OutlineItem]
    counts: dict[str, int]
    uncertain: int

    @property
    def title(self) -> str:
        """Issuer and year, or the name where neither is known."""
        known = (self.record.issuer, self.record.year)
        return " ".join(str(value) for value in known if value is not None) or self.name


def page_report(tagged: Tagged) -> PageReport:
    """Make what the page of a report shows.

    tagged (Tagged): The report, tagged by a govner pipeline.
    RETURNS (PageReport): With offsets in characters of its text as it was read.
    """
    record = record_of(tagged)
    text = tagged.text.text
    paragraphs = list(_paragraphs(tagged, record, text))
    blocks = _blocks(paragraphs)
    counts = Counter(mention.label for mention in record.mentions)
    name = tagged.text.id if tagged.text.path in ("", STANDARD_INPUT) else Path(tagged.text.path).name
    return PageReport(
        name=name if tagged.text.row is None else f"{name}:{tagged.text.row}",
        text=text,
        record=record,
        blocks=blocks,
        outline=_outline(blocks),
        counts={label: counts[label] for label in shown_labels().entity_labels},
        uncertain=sum(
            mention.probability is not None and mention.probability < UNCERTAIN for mention in record.mentions
        ),
    )


def _is_uncertain(probability: float | None) -> bool:
    return probability is not None and probability < UNCERTAIN


def _paragraphs(tagged: Tagged, record: Record, text: str) -> Iterator[PageParagraph]:
    group = tagged.doc.spans[SECTIONS_KEY]
    notes = find_notes(record)
    mentions = record.mentions
    at = place = 0
    shapes = zip(record.sections, group, group.attrs["probability"], group.attrs["heading"], strict=True)
    for section, span, probability, heading in shapes:
        start, end = max(section.evidence.start, at), section.evidence.end
        yield from _left_out(text, at, start)
        if start >= end:
            continue
        inside = []
        while place < len(mentions) and mentions[place].evidence.start < end:
            inside.append(mentions[place])
            place += 1
        yield PageParagraph(
            start=start,
            label=section.label,
            probability=probability,
            level=section.level,
            # A closing mark does not count.
            is_heading=heading is not None and heading[1] >= span.end_char - 1,
            pieces=_pieces(text, start, end, inside, notes),
        )
        at = end
    yield from _left_out(text, at, len(text))


def _left_out(text: str, start: int, end: int) -> Iterator[PageParagraph]:
    """Lines between two paragraphs that neither has."""
    for line in text[start:end].splitlines(keepends=True):
        if line.strip():
            shown = line.rstrip()
            yield PageParagraph(start, "", 0.0, 0, False, [Piece(shown, start)])
        start += len(line)


def _pieces(
    text: str, start: int, end: int, mentions: list[MentionPart], notes: dict[tuple[int, int], str]
) -> list[Piece]:
    """Cut a paragraph into plain text and mentions."""
    pieces: list[Piece] = []
    for mention in mentions:
        # Mentions that a repair made overlap share no character here.
        first, last = max(mention.evidence.start, start), min(mention.evidence.end, end)
        if first >= last:
            continue
        if start < first:
            pieces.append(Piece(text[start:first], start))
        note = notes.get((mention.evidence.start, mention.evidence.end), "")
        pieces.append(Piece(text[first:last], first, mention.label, mention.probability, note))
        start = last
    if start < end:
        pieces.append(Piece(text[start:end], start))
    return pieces


def _blocks(paragraphs: list[PageParagraph]) -> list[Block]:
    blocks: list[Block] = []
    label = ""
    for paragraph in paragraphs:
        # What a repair took out goes with what stands before it.
        own = paragraph.label or label or "NOISE"
        begins = own != label or paragraph.level > 0
        if not blocks or begins or len(blocks[-1].paragraphs) >= _MOST_PARAGRAPHS:
            blocks.append(Block(paragraph.start, own, own != label))
        blocks[-1].paragraphs.append(paragraph)
        label = own
    return blocks


def _outline(blocks: list[Block]) -> list[OutlineItem]:
    top: list[OutlineItem] = []
    path: list[OutlineItem] = []
    for block in blocks:
        first = block.paragraphs[0]
        if not first.level and not block.is_first:
            continue
        # A section that begins without a heading stands as deep as the headings it lies between.
        level = first.level or len(path) + 1
        item = OutlineItem(first.start, block.label, _heading_words(first), level, bool(first.level))
        while path and path[-1].level >= item.level:
            path.pop()
        (path[-1].items if path else top).append(item)
        if first.level:
            path.append(item)
    return top


def _heading_words(paragraph: PageParagraph) -> str:
    words = " ".join("".join(piece.text for piece in paragraph.pieces).split())
    if not paragraph.is_heading and paragraph.level:
        # A heading that text follows on the same line: up to the first full stop.
        words = words.partition("。")[0]
    return words if len(words) <= _HEADING_WORDS else words[: _HEADING_WORDS - 1] + "…"
