"""Features of a figure and a channel it may have gone through, by which `channel_weights.tsv` scores it.

As with `part_features`, a candidate has shapes: tuples of what is known of it, each of which stands for features.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from govner.data import load_table
from govner.records.facts.shape_scores import Shape
from govner.records.source import Mention, Source

# How many channels before a figure and behind it are looked at, and how much of the text around them.
_BEFORE, _BEHIND, _NEAR = 5, 2, 30
_LONGEST: Final = 300
_JOINT: Final = re.compile(r"[）)]?\s*(?:[、和及与/（(]|以及)\s*")
_MARK: Final = re.compile(
    r"(?P<S>[。；;！？\n])|(?P<C>[，,])|(?P<O>[：:])|(?P<D>、)|(?P<B>[（(])|(?P<E>[）)])|(?P<T>[|｜])"
)
_ORDER: Final = "SCOTBED"


class Candidate(NamedTuple):
    """A channel (None: there is none) and its shapes."""

    channel: Mention | None
    shapes: list[Shape]


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


def find_candidates(
    source: Source, counts: Sequence[Mention], place: int, unit: str, metric: str, last: Mention | None
) -> list[Candidate]:
    """Find the channels that a figure may have gone through.

    source (Source): The report.
    counts (Sequence[Mention]): Its COUNT mentions in order.
    place (int): Place of the figure.
    unit (str), metric (str): Its unit and what it counts.
    last (Mention | None): The channel of the figure before.
    RETURNS (list[Candidate]): None first, then channels of its sentence, and that of the figure before.
    """
    count = counts[place]
    start, end = source.sentence_at(count.start)
    start, end = max(start, count.start - _LONGEST), min(end, count.end + _LONGEST)
    channels = source.mentions_in(start, end, "CHANNEL")
    before = [channel for channel in channels if channel.start < count.start][-_BEFORE:]
    behind = [channel for channel in channels if channel.start >= count.end][:_BEHIND]
    found: list[Candidate] = []
    previous = counts[place - 1].end if place else 0
    following = counts[place + 1].start if place + 1 < len(counts) else len(source.text)
    for number, channel in enumerate(before):
        side = "since" if channel.start >= previous else "before"
        nearest = min(len(before) - number, 3)
        gap = source.text[channel.end : count.start]
        passed = sum(channel.end <= other.start < count.start for other in counts[max(place - 3, 0) : place])
        found.append(_candidate(source, channel, f"{side} {nearest}", gap, passed, unit, metric, last, before[:number]))
    for number, channel in enumerate(behind):
        side = "behind" if channel.start < following else "beyond"
        gap = source.text[count.end : channel.start]
        found.append(_candidate(source, channel, f"{side} {number}", gap, 0, unit, metric, last, behind[:number]))
    if last is not None and last not in before:
        passage = source.text[last.end : count.start]
        if len(passage) < _LONGEST:
            found.append(_candidate(source, last, "earlier", passage[-_NEAR:], 3, unit, metric, last, []))
    if not found:
        return [Candidate(None, [])]
    paragraph = source.paragraph_at(count.start)
    near = "since" if before and before[-1].start >= previous else "before" if before else "behind"
    clause = source.text[max(start, previous, count.start - _NEAR) : count.start]
    none: list[Shape] = [
        ("none", metric, unit, near, _gap_word(clause), paragraph.label if paragraph else "", last is None)
    ]
    return [Candidate(None, none), *found]


def feature_names(shape: Shape) -> list[str]:
    """The features a shape stands for."""
    kind = shape[0]
    if kind == "none":
        _, metric, unit, near, word, section, fresh = shape
        names = ["", f"{metric}", f"unit {unit}", near, f"{near} {metric}", f"{near} word {word}", f"word {word}"]
        names += [f"section {section}", f"{near} fresh {fresh}"]
    elif kind == "place":
        _, side, marks, passed, same, length = shape
        word = str(side).split(" ")[0]
        names = [f"{side}", f"{side} marks {marks}", f"{side} passed {passed}", f"{side} same {same}"]
        names += [f"{word} marks {marks} passed {passed}", f"{word} length {length}", f"{word} {length} marks {marks}"]
    elif kind == "gap":
        _, side, word, metric, unit = shape
        names = [f"{side} {word}", f"{side} {metric}", f"{side} unit {unit}", f"{word} {metric}"]
    elif kind == "name":
        _, side, lead, name, metric, unit = shape
        names = [f"{lead} {side}", f"{name} {side}", f"{name} {metric}", f"{name} unit {unit}", f"{lead} {name}"]
    else:
        _, side, joined, bracket = shape
        names = [f"{side} joined {joined}", f"{side} bracket {bracket}"]
    return [f"{kind}: {name}" for name in names]


def _candidate(
    source: Source,
    channel: Mention,
    side: str,
    gap: str,
    passed: int,
    unit: str,
    metric: str,
    last: Mention | None,
    listed: Sequence[Mention],
) -> Candidate:
    joined = bracket = False
    if listed:
        between = source.text[listed[-1].end : channel.start]
        joined, bracket = _JOINT.fullmatch(between) is not None, between.strip() in ("(", "（")
    marks = {match.lastgroup for match in _MARK.finditer(gap)}
    strongest = next((mark for mark in _ORDER if mark in marks), "")
    length = 0 if not gap.strip() else 1 if len(gap) <= 4 else 2 if len(gap) <= 10 else 3 if len(gap) <= 25 else 4
    word = side.split(" ")[0]
    return Candidate(
        channel,
        [
            ("place", side, strongest, min(passed, 3), channel == last, length),
            ("gap", word, _gap_word(gap[-_NEAR:]), metric, unit),
            ("name", word, _lead(source, channel), _ending(channel.text), metric, unit),
            ("list", side, joined, bracket),
        ],
    )


def _gap_word(text: str) -> str:
    pattern, kind_of = _words("gap")
    found = pattern.findall(text)
    return kind_of[found[-1]] if found else ""


def _lead(source: Source, channel: Mention) -> str:
    pattern, kind_of = _words("lead")
    match = pattern.search(source.text[max(channel.start - 5, 0) : channel.start].rstrip(' “"『「'))
    return kind_of[match[0]] if match else ""


@cache
def _ending(name: str) -> str:
    pattern, kind_of = _words("name")
    match = pattern.search(name.rstrip('”"》』」'))
    if match:
        return kind_of[match[0]]
    return "address" if re.search(r"[0-9a-zA-Z]$", name) else ""
