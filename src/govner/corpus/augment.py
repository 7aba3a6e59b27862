"""Vary annotated reports while training, so that the model learns the pattern of a name and not the names.

The corpus has invented places and persons; real reports have real ones. Each time a report is read, its places and
persons may be exchanged for others, everywhere in the report alike, and spaces put around its numbers as word
processors do. The gold annotation moves along.
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.training import Example
from spacy.util import registry

from govner.data import load_list
from govner.scheme import SECTIONS_KEY

_LEVELS = "省市县区州盟旗镇乡"
# A place at the start of a body's, channel's or document's name; words of office cannot be part of it.
_PLACE = re.compile(
    rf"^[《“\"]?(?:中共|中国[·•.]?)?([^{_LEVELS}政府委局厅办院会党人大中国全各本我国务\W\d_a-zA-Z]{{2,4}})(?=[{_LEVELS}])"
)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class Edit(NamedTuple):
    """Replace the characters [start, end) by others; an insertion where start == end."""

    start: int
    end: int
    text: str


@registry.augmenters("govner.vary_names.v1")
def create_names_augmenter(
    places: float, persons: float, spaces: float
) -> Callable[[Language, Example], Iterator[Example]]:
    """Create an augmenter of annotated reports.

    places (float): Share of reports, in [0, 1], in which places are exchanged for real ones.
    persons (float): Share of reports in which persons are exchanged for made-up ones.
    spaces (float): Share of reports in which numbers get spaces around them.
    RETURNS (Callable): From a pipeline and an example to one example.
    """

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        gold = example.reference
        edits: list[Edit] = []
        if random.random() < persons:
            edits += exchange_persons(gold)
        if random.random() < places:
            edits += exchange_places(gold)
        if edits:
            gold = apply_edits(gold, edits)
        if random.random() < spaces:
            gold = apply_edits(gold, space_numbers(gold))
        yield example if gold is example.reference else Example(nlp.make_doc(gold.text), gold)

    return augment


def exchange_places(doc: Doc) -> list[Edit]:
    """Plan new names for the places that bodies, channels and documents of a report begin with.

    doc (Doc): A gold document.
    RETURNS (list[Edit]): Every occurrence of each place, with its new name, outside persons' names.
    """
    text = doc.text
    stems = set()
    for span in doc.ents:
        match = _PLACE.match(span.text)
        if match and span.label_ in ("AGENCY", "CHANNEL", "DOCUMENT"):
            stems.add((match[1], span.text[match.end(1)]))
    new: dict[str, str] = {}
    for stem, level in sorted(stems):
        new.setdefault(stem, random.choice(_stems(level)))
    if not new:
        return []
    borders = {border for span in doc.ents for border in (span.start_char, span.end_char)}
    persons = [(span.start_char, span.end_char) for span in doc.ents if span.label_ == "OFFICIAL"]
    pattern = re.compile("|".join(sorted(map(re.escape, new), key=len, reverse=True)))
    return [
        Edit(match.start(), match.end(), new[match[0]])
        for match in pattern.finditer(text)
        if borders.isdisjoint(range(match.start() + 1, match.end()))
        and not any(start < match.end() and match.start() < end for start, end in persons)
    ]


def exchange_persons(doc: Doc) -> list[Edit]:
    """Plan a new name for each person of a report, the same wherever the person is named."""
    new: dict[str, str] = {}
    edits = []
    for span in doc.ents:
        if span.label_ == "OFFICIAL":
            name = new.setdefault(span.text, make_name())
            edits.append(Edit(span.start_char, span.end_char, name))
    return edits


def make_name() -> str:
    """Make up a person's name of two to four characters, now and then typed with a space inside."""
    surnames, given = load_list("surnames"), load_list("given_names")
    # Powers favour the head of the lists, where the common surnames and characters are.
    surname = surnames[int(len(surnames) * random.random() ** 2)]
    count = 1 if random.random() < 0.25 else 2
    name = surname + "".join(given[int(len(given) * random.random() ** 1.5)] for _ in range(count))
    return f"{name[0]} {name[1]}" if len(name) == 2 and random.random() < 0.15 else name


def space_numbers(doc: Doc) -> list[Edit]:
    """Plan a space on each side of the numbers of a report, as some word processors leave them."""
    text = doc.text
    edits = []
    for match in _NUMBER.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if "一" <= before <= "鿿":
            edits.append(Edit(match.start(), match.start(), " "))
        if "一" <= after <= "鿿":
            edits.append(Edit(match.end(), match.end(), " "))
    return edits


def apply_edits(doc: Doc, edits: Iterable[Edit]) -> Doc:
    """Apply edits to a gold document and move its annotation along.

    doc (Doc): One token a character, with `ents` and `spans["sections"]`.
    edits (Iterable[Edit]): Edits that do not overlap and do not cross the border of a mention; an insertion at a
        border stays outside the mention.
    RETURNS (Doc): A new document, one token a character.
    """
    text = doc.text
    parts: list[str] = []
    # Where each old offset lands, for spans that start there and for spans that end there.
    starts, ends = list(range(len(text) + 1)), list(range(len(text) + 1))
    position, shift = 0, 0
    for edit in sorted(edits):
        for offset in range(position + 1, edit.start + 1):
            starts[offset] = ends[offset] = offset + shift
        parts += [text[position : edit.start], edit.text]
        shift += len(edit.text) - (edit.end - edit.start)
        starts[edit.end] = edit.end + shift
        if edit.end > edit.start:
            ends[edit.end] = edit.end + shift
        position = edit.end
    for offset in range(position + 1, len(text) + 1):
        starts[offset] = ends[offset] = offset + shift
    parts.append(text[position:])
    return _rebuild(doc, "".join(parts), starts, ends)


def _rebuild(doc: Doc, text: str, starts: list[int], ends: list[int]) -> Doc:
    new = Doc(doc.vocab, words=list(text), spaces=[False] * len(text), user_data=dict(doc.user_data))
    new.set_ents([Span(new, starts[span.start_char], ends[span.end_char], label=span.label_) for span in doc.ents])
    sections = [
        Span(new, starts[span.start_char], ends[span.end_char], label=span.label_) for span in doc.spans[SECTIONS_KEY]
    ]
    new.spans[SECTIONS_KEY] = SpanGroup(new, name=SECTIONS_KEY, spans=sections)
    return new


def _stems(level: str) -> list[str]:
    """Names, without their last character, of the real places of a level; of like ones where the list has none."""
    if level not in _stem_cache:
        wanted = {"镇": "县", "乡": "县", "州": "市"}.get(level, level)
        _stem_cache[level] = [
            place[:-1] for place in load_list("places") if place.endswith(wanted) and 2 <= len(place[:-1]) <= 5
        ]
    return _stem_cache[level]


_stem_cache: dict[str, list[str]] = {}
