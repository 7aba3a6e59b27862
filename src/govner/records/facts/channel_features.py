"""Features of a figure and a channel it may have gone through, by which `channel_weights.tsv` scores it.

As with `part_features`, a candidate has shapes: tuples of what is known of it, each of which stands for features.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from govner.records.facts.channel_scene import LONGEST, Scene, gap_word, strongest_mark
from govner.records.facts.shape_scores import Shape
from govner.records.source import Mention

# How many channels before a figure and behind it are looked at, and how much of the text around them.
_BEFORE, _BEHIND, _NEAR = 5, 2, 30
_JOINT: Final = re.compile(r"[）)]?\s{0,20}(?:[、和及与/（(]|以及)\s{0,20}")


class Candidate(NamedTuple):
    """A channel (None: there is none) and its shapes."""

    channel: Mention | None
    shapes: list[Shape]


def find_candidates(scene: Scene, place: int, chosen: Sequence[Mention | None]) -> list[Candidate]:
    """Find the channels that a figure may have gone through.

    scene (Scene): The report.
    place (int): Place of the figure.
    chosen (Sequence[Mention | None]): The channels of the figures before.
    RETURNS (list[Candidate]): None first, then channels of its sentence, and that of the figure before.
    """
    source, counts, count = scene.source, scene.counts, scene.counts[place]
    start, end = source.sentence_at(count.start)
    start, end = max(start, count.start - LONGEST), min(end, count.end + LONGEST)
    channels = source.mentions_in(start, end, "CHANNEL")
    before = [channel for channel in channels if channel.start < count.start][-_BEFORE:]
    behind = [channel for channel in channels if channel.start >= count.end][:_BEHIND]
    last = chosen[place - 1] if place else None
    found: list[Candidate] = []
    previous = counts[place - 1].end if place else 0
    following = counts[place + 1].start if place + 1 < len(counts) else len(source.text)
    for number, channel in enumerate(before):
        side = "since" if channel.start >= previous else "before"
        nearest = min(len(before) - number, 3)
        gap = source.text[channel.end : count.start]
        found.append(_candidate(scene, place, channel, f"{side} {nearest}", gap, chosen, before[:number]))
    for number, channel in enumerate(behind):
        side = "behind" if channel.start < following else "beyond"
        gap = source.text[count.end : channel.start]
        found.append(_candidate(scene, place, channel, f"{side} {number}", gap, chosen, behind[:number]))
    if last is not None and last not in before and count.start - last.end < LONGEST:
        passage = source.text[last.end : count.start]
        found.append(_candidate(scene, place, last, "earlier", passage[-_NEAR:], chosen, []))
    heading = _heading(scene, place, start)
    if heading is not None and heading is not last and heading not in before:
        passage = source.text[heading.end : count.start]
        found.append(_candidate(scene, place, heading, "heading", passage[-_NEAR:], chosen, []))
    if not found:
        return [Candidate(None, [])]
    return [Candidate(None, _none_shapes(scene, place, before, behind, previous, last)), *found]


def _heading(scene: Scene, place: int, start: int) -> Mention | None:
    """The last channel of what precedes the sentence in its line, or of the line before, if that is not ended."""
    source, count = scene.source, scene.counts[place]
    line = source.text.rfind("\n", 0, start) + 1
    if line == start and start:
        line = source.text.rfind("\n", 0, start - 1) + 1
    if count.start - line > LONGEST:
        return None
    found = source.mentions_in(line, start, "CHANNEL")
    return found[-1] if found else None


def _none_shapes(
    scene: Scene,
    place: int,
    before: Sequence[Mention],
    behind: Sequence[Mention],
    previous: int,
    last: Mention | None,
) -> list[Shape]:
    source, count = scene.source, scene.counts[place]
    metric, unit = scene.metrics[place], scene.units[place]
    paragraph = source.paragraph_at(count.start)
    near = "since" if before and before[-1].start >= previous else "before" if before else "behind"
    start, _ = source.sentence_at(count.start)
    clause = source.text[max(start, previous, count.start - _NEAR) : count.start]
    ahead, follows = scene.words[place]
    word = gap_word(clause)
    chain, whole = scene.chains[place]
    return [
        ("none", metric, unit, near, word, paragraph.label if paragraph else "", last is None),
        ("text", near, ahead, follows, metric),
        ("number", near, min(len(before), 3), min(len(behind), 2), metric, last is None),
        ("after", chain, whole, last is None, near, metric),
    ]


def feature_names(shape: Shape) -> list[str]:
    """The features a shape stands for."""
    kind = shape[0]
    if kind == "none":
        _, metric, unit, near, word, section, fresh = shape
        names = ["", f"{metric}", f"unit {unit}", near, f"{near} {metric}", f"{near} word {word}", f"word {word}"]
        names += [f"section {section}", f"{near} fresh {fresh}", f"{near} unit {unit}", f"{metric} word {word}"]
        names += [f"{near} fresh {fresh} {metric}", f"{near} fresh {fresh} word {word}"]
    elif kind == "text":
        _, near, ahead, follows, metric = shape
        ahead, follows = str(ahead), str(follows)
        names = [f"< {ahead}", f"< {ahead[-1:]}", f"> {follows}", f"> {follows[:1]}", f"{near} < {ahead}"]
        names += [f"{near} < {ahead[-1:]}", f"{near} > {follows}", f"{near} > {follows[:1]}"]
        names += [f"{metric} > {follows[:1]}", f"{metric} < {ahead[-1:]}"]
    elif kind == "number":
        _, near, before, behind, metric, fresh = shape
        names = [f"{near} {before} {behind}", f"{near} {before} {metric}", f"{near} {before} {behind} fresh {fresh}"]
    elif kind == "after":
        _, chain, whole, fresh, near, metric = shape
        names = [f"{chain} fresh {fresh}", f"{chain} same {whole} fresh {fresh}", f"{near} {chain} fresh {fresh}"]
        names += [f"{near} {chain} same {whole} fresh {fresh}", f"{metric} {chain} fresh {fresh}"]
    elif kind == "place":
        _, side, marks, passed, same, length = shape
        word = str(side).split(" ")[0]
        names = [f"{side}", f"{side} marks {marks}", f"{side} passed {passed}", f"{side} same {same}"]
        names += [f"{word} marks {marks} passed {passed}", f"{word} length {length}", f"{word} {length} marks {marks}"]
        names += [f"{word} same {same} marks {marks}", f"{side} same {same} passed {passed}"]
    elif kind == "gap":
        _, side, word, metric, unit = shape
        names = [f"{side} {word}", f"{side} {metric}", f"{side} unit {unit}", f"{word} {metric}"]
        names += [f"{side} {word} {metric}"]
    elif kind == "name":
        _, side, lead, name, metric, unit = shape
        names = [f"{lead} {side}", f"{name} {side}", f"{name} {metric}", f"{name} unit {unit}", f"{lead} {name}"]
        names += [f"{lead} {metric}"]
    elif kind == "letters":
        _, side, ahead, follows, tail, metric = shape
        ahead, follows, tail = str(ahead), str(follows), str(tail)
        names = [f"{side} < {ahead}", f"{side} < {ahead[-1:]}", f"{side} > {follows}", f"{side} > {follows[:1]}"]
        names += [f"{side} name {tail}", f"{side} name {tail[-1:]}", f"{tail} {metric}"]
    elif kind == "ends":
        _, side, ahead, follows = shape
        ahead, follows = str(ahead), str(follows)
        names = [f"{side} < {ahead}", f"{side} < {ahead[-1:]}", f"{side} > {follows}", f"{side} > {follows[:1]}"]
    elif kind == "used":
        _, side, times, chain, whole, same = shape
        names = [f"{side} {times}", f"{side} {times} same {same}", f"{side} {chain} same {same}"]
        names += [f"{side} {chain} {whole} same {same}", f"{side} {times} {chain} {whole}"]
    else:
        _, side, joined, bracket, owned = shape
        names = [f"{side} joined {joined}", f"{side} bracket {bracket}", f"{side} owned {owned}"]
    return [f"{kind}: {name}" for name in names]


def _candidate(
    scene: Scene,
    place: int,
    channel: Mention,
    side: str,
    gap: str,
    chosen: Sequence[Mention | None],
    listed: Sequence[Mention],
) -> Candidate:
    text, counts = scene.source.text, scene.counts
    metric, unit = scene.metrics[place], scene.units[place]
    last = chosen[place - 1] if place else None
    joined = bracket = False
    if listed:
        between = text[listed[-1].end : channel.start]
        joined, bracket = _JOINT.fullmatch(between) is not None, between.strip() in ("(", "（")
    length = 0 if not gap.strip() else 1 if len(gap) <= 4 else 2 if len(gap) <= 10 else 3 if len(gap) <= 25 else 4
    passed = times = 0
    while passed < min(place, 3) and counts[place - 1 - passed].start >= channel.end:
        passed += 1
    for one in chosen[max(place - 4, 0) : place]:
        times += one is channel
    # A figure right behind a channel that stands behind this one is that channel's own.
    owned = ""
    if side.startswith(("behind", "beyond")) and place + 1 < len(counts):
        following = counts[place + 1]
        owned = strongest_mark(text[channel.end : following.start]) if following.start - channel.end <= 25 else "far"
        owned = owned if following.start >= channel.end else "no"
    word = side.split(" ")[0]
    chain, whole = scene.chains[place]
    ahead, follows = scene.words[place]
    name = scene.names[channel.start]
    return Candidate(
        channel,
        [
            ("place", side, strongest_mark(gap), passed, channel is last, length),
            ("gap", word, gap_word(gap[-_NEAR:]), metric, unit),
            ("name", word, name.lead, name.ending, metric, unit),
            ("letters", word, ahead, follows, name.tail, metric),
            ("ends", word, name.ahead, name.follows),
            ("used", word, times, chain, whole, channel is last),
            ("list", side, joined, bracket, owned),
        ],
    )
