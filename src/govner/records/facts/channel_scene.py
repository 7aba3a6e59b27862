"""What is known of the figures and the channels of a report by themselves: the words around them, their kinds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from govner.data import load_table
from govner.records.facts.quantities import Quantity
from govner.records.source import Mention, Source

# Farthest that a figure has to do with a channel or with the figure before.
LONGEST: Final = 300
# Marks between a channel and a figure, the strongest first.
_MARKS: Final = tuple(
    (name, re.compile(marks))
    for name, marks in (
        ("S", r"[。；;！？\n]"), ("C", "[，,]"), ("O", "[：:]"), ("T", "[|｜]"), ("B", "[（(]"), ("E", "[）)]"),
        ("D", "、"),
    )
)  # fmt: skip
_QUOTES: Final = ' \t\u3000“”"‘’『』「」'


class Name(NamedTuple):
    """What is known of a channel by itself: what leads to it, its kind and end, what stands before and behind it."""

    lead: str
    ending: str
    tail: str
    ahead: str
    follows: str


class Scene(NamedTuple):
    """The figures and channels of a report, with what is known of each by itself.

    source (Source): The report.
    counts (Sequence[Mention]): Its COUNT mentions in order.
    units, metrics (Sequence[str]): Their units, and what they count.
    words (Sequence[tuple[str, str]]): What stands right before each figure and right behind it.
    chains (Sequence[tuple[str, str]]): What parts each from the one before, and whether the two are of one kind.
    names (dict[int, Name]): What is known of each channel by itself, by its start.
    """

    source: Source
    counts: Sequence[Mention]
    units: Sequence[str]
    metrics: Sequence[str]
    words: Sequence[tuple[str, str]]
    chains: Sequence[tuple[str, str]]
    names: dict[int, Name]


def read_scene(
    source: Source, counts: Sequence[Mention], quantities: Sequence[Quantity | None], metrics: Sequence[str]
) -> Scene:
    """Read what is known of the figures of a report by themselves.

    source (Source): The report.
    counts (Sequence[Mention]): Its COUNT mentions in order.
    quantities (Sequence[Quantity | None]): What they say.
    metrics (Sequence[str]): What they count.
    RETURNS (Scene): What `find_candidates` needs.
    """
    units = [quantity.unit if quantity is not None else "" for quantity in quantities]
    text = source.text
    words = [(_before(text, count.start), _behind(text, count.end)) for count in counts]
    chains = [_chain(text, counts, units, metrics, place) for place in range(len(counts))]
    names = {one.start: _read_name(text, one) for one in source.mentions if one.label == "CHANNEL"}
    return Scene(source, counts, units, metrics, words, chains, names)


def _read_name(text: str, channel: Mention) -> Name:
    ahead, follows = _before(text, channel.start), _behind(text, channel.end)
    return Name(_lead(text, channel), _ending(channel.text), _tail(channel.text), ahead, follows)


def _chain(
    text: str, counts: Sequence[Mention], units: Sequence[str], metrics: Sequence[str], place: int
) -> tuple[str, str]:
    """What parts a figure from the one before, and whether the two are of one kind."""
    if not place:
        return "first", ""
    gap = text[counts[place - 1].end : counts[place].start]
    same = f"{units[place] == units[place - 1]} {metrics[place] == metrics[place - 1]}"
    return ("far" if len(gap) > LONGEST else strongest_mark(gap)), same


@cache
def _words(place: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of the words of a place, longest first, and the kind of each."""
    kind_of: dict[str, str] = {}
    for name, words in load_table("channel_words"):
        where, kind = name.split(" ")
        if where == place:
            kind_of |= dict.fromkeys(words.split(" "), kind)
    pattern = "|".join(sorted(map(re.escape, kind_of), key=len, reverse=True))
    return re.compile(pattern if place == "gap" else f"(?:{pattern})$"), kind_of


def strongest_mark(gap: str) -> str:
    """The strongest mark in a passage."""
    return next((name for name, marks in _MARKS if marks.search(gap)), "") if gap else ""


def _before(text: str, offset: int) -> str:
    return _letters(text[max(offset - 4, 0) : offset].rstrip(_QUOTES)[-2:])


def _behind(text: str, offset: int) -> str:
    return _letters(text[offset : offset + 4].lstrip(_QUOTES)[:2])


@lru_cache(maxsize=1 << 14)
def _letters(text: str) -> str:
    """A text as it stands in the table of weights: every digit as 0, white space and what cannot be printed as |."""
    return "".join("0" if char.isdecimal() else char if char.isprintable() and char != " " else "|" for char in text)


def gap_word(text: str) -> str:
    """The kind of the last word in a passage that tells what happened: publish, receive …; empty without one."""
    pattern, kind_of = _words("gap")
    found = pattern.findall(text)
    return kind_of[found[-1]] if found else ""


def _lead(text: str, channel: Mention) -> str:
    pattern, kind_of = _words("lead")
    match = pattern.search(text[max(channel.start - 5, 0) : channel.start].rstrip(_QUOTES))
    return kind_of[match[0]] if match else ""


def _tail(name: str) -> str:
    return _letters(name.rstrip('”"》』」')[-2:])


@cache
def _ending(name: str) -> str:
    pattern, kind_of = _words("name")
    match = pattern.search(name.rstrip('”"》』」'))
    if match:
        return kind_of[match[0]]
    return "address" if re.search(r"[0-9a-zA-Z]$", name) else ""
