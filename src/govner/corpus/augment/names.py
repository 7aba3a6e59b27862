"""Exchange what a report names: places, persons, offices, titles and figures.

The corpus has invented places and persons; real reports have real ones. Whatever is exchanged gets the same new name
wherever the report has it, so that the model learns the pattern of a name and not the names.
"""

from __future__ import annotations

import re
from functools import cache
from random import Random

from spacy.tokens import Doc

from govner.corpus.augment.edits import Edit
from govner.data import load_list

_LEVELS = "省市县区州盟旗镇乡"
# A place at the start of a body's, channel's or document's name; words of office cannot be part of it.
_PLACE = re.compile(
    rf"^[《“\"]?(?:中共|中国[·•.]?)?([^{_LEVELS}政府委局厅办院会党人大中国全各本我国务\W\d_a-zA-Z]{{2,4}})(?=[{_LEVELS}])"
)
# Shorter titles are aliases (《条例》), which a report introduces and then uses.
_SHORTEST_TITLE = 8
# Share of made-up names that are not a surname and one or two characters.
_OTHER_NAMES = 0.08
_WIDE_SPACE = "\u3000"
_DIGITS = re.compile(r"(?<![0-9.])[0-9]+(?![0-9.])")


def exchange_places(doc: Doc, rng: Random) -> list[Edit]:
    """Plan new names for the places that bodies, channels and documents of a report begin with.

    doc (Doc): A gold document.
    rng (Random): The source of chance.
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
        new.setdefault(stem, rng.choice(_stems(level)))
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


def exchange_persons(doc: Doc, rng: Random) -> list[Edit]:
    """Plan a new name for each person of a report, the same wherever the person is named."""
    new: dict[str, str] = {}
    edits = []
    for span in doc.ents:
        if span.label_ == "OFFICIAL":
            name = new.setdefault(span.text, make_name(rng))
            edits.append(Edit(span.start_char, span.end_char, name))
    return edits


def make_name(rng: Random) -> str:
    """Make up a person's name: a surname and one or two characters, or a name of a people that has other names."""
    if rng.random() < _OTHER_NAMES:
        return _make_minority_name(rng)
    surnames, given = load_list("surnames"), load_list("given_names")
    # Powers favour the head of the lists, where the common surnames and characters are.
    surname = surnames[int(len(surnames) * rng.random() ** rng.choice((1, 2)))]
    count = 1 if rng.random() < 0.25 else 2
    name = surname + "".join(given[int(len(given) * rng.random() ** 1.5)] for _ in range(count))
    # Rosters are typed so that names of two characters are as wide as those of three.
    return f"{name[0]}{rng.choice((' ', ' ', '  ', _WIDE_SPACE))}{name[1]}" if _is_spaced(name, rng) else name


def _is_spaced(name: str, rng: Random) -> bool:
    return len(name) == 2 and rng.random() < 0.2


def _make_minority_name(rng: Random) -> str:
    dotted, paired, whole = _minority_names()
    kind = rng.random()
    if kind < 0.4:
        return "·".join(rng.sample(dotted, 2))
    if kind < 0.7:
        return "".join(rng.sample(paired, 2))
    return rng.choice(whole)


@cache
def _minority_names() -> tuple[list[str], list[str], list[str]]:
    names = load_list("minority_names")
    dotted = [name[:-1] for name in names if name.endswith("·")]
    paired = [name[:-1] for name in names if name.endswith("+")]
    return dotted, paired, [name for name in names if name[-1] not in "·+"]


def exchange_offices(doc: Doc, rng: Random) -> list[Edit]:
    """Plan other offices for those that agencies and channels of a report name: 县水利局 becomes 县审计局.

    doc (Doc): A gold document.
    rng (Random): The source of chance.
    RETURNS (list[Edit]): Inside mentions of agencies, channels and documents; each office is exchanged for one
        other of the same kind (局, 委 …) in the whole report.
    """
    new: dict[str, str] = {}
    edits = []
    for span in doc.ents:
        if span.label_ not in ("AGENCY", "CHANNEL", "DOCUMENT"):
            continue
        for match in _office_pattern().finditer(span.text):
            office = match[0]
            if office not in new:
                new[office] = rng.choice(_offices(office[-1]))
            edits.append(Edit(span.start_char + match.start(), span.start_char + match.end(), new[office]))
    return edits


def exchange_titles(doc: Doc, rng: Random) -> list[Edit]:
    """Plan national documents in the place of the titles that a report cites; short titles stay."""
    new: dict[str, str] = {}
    edits = []
    for span in doc.ents:
        title = span.text[1:-1]
        if span.label_ == "DOCUMENT" and span.text[0] + span.text[-1] == "《》" and len(title) >= _SHORTEST_TITLE:
            if title not in new:
                new[title] = rng.choice(load_list("titles"))
            edits.append(Edit(span.start_char + 1, span.end_char - 1, new[title]))
    return edits


def exchange_numbers(doc: Doc, rng: Random) -> list[Edit]:
    """Plan other whole numbers, of as many digits or one less, in the counts of a report."""
    edits = []
    for span in doc.ents:
        if span.label_ == "COUNT":
            for match in _DIGITS.finditer(span.text):
                digits = max(1, len(match[0]) - (rng.random() < 0.2))
                number = rng.randrange(10 ** (digits - 1), 10**digits)
                edits.append(Edit(span.start_char + match.start(), span.start_char + match.end(), str(number)))
    return edits


@cache
def _stems(level: str) -> tuple[str, ...]:
    """Names, without their last character, of the real places of a level; of like ones where the list has none."""
    wanted = {"镇": "县", "乡": "县", "州": "市"}.get(level, level)
    return tuple(place[:-1] for place in load_list("places") if place.endswith(wanted) and 2 <= len(place[:-1]) <= 5)


@cache
def _office_pattern() -> re.Pattern[str]:
    """An office after a place, a level or nothing, so that a part of a longer name is left alone."""
    offices = "|".join(sorted(map(re.escape, load_list("offices")), key=len, reverse=True))
    return re.compile(rf"(?:(?<=^)|(?<=[{_LEVELS}]))(?:{offices})")


@cache
def _offices(kind: str) -> tuple[str, ...]:
    return tuple(office for office in load_list("offices") if office.endswith(kind))
