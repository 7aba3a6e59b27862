"""Sums of figures that follow each other: what lists of parts add up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from govner.records.facts.part_figures import Figure

# How long a list may be; fewer where figures of other units may or may not count, and of those but a few.
_LONGEST, _LONGEST_MIXED, _OTHERS = 40, 24, 4
_DIGITS: Final = 4


def list_sums(figures: Sequence[Figure], first: int, limit: float) -> dict[float, int]:
    """What the lists that begin at a figure add up to, of figures of one measure.

    figures (Sequence[Figure]): The figures of a report.
    first (int): Place of the figure.
    limit (float): The highest sum that matters.
    RETURNS (dict[float, int]): Number of members of each sum.
    """
    start = figures[first]
    sums: dict[float, int] = {}
    if not start.value or start.unit == "%":
        return sums
    total, members = 0.0, 0
    for place in range(first, min(first + _LONGEST, len(figures))):
        figure = figures[place]
        if figure.section != start.section or figure.depth < start.depth:
            break
        if figure.depth > start.depth or figure.value is None or figure.measure != start.measure:
            continue
        if place > first and figure.cue == "among":
            continue
        total = round(total + figure.value, _DIGITS)
        members += 1
        if total > limit:
            break
        sums.setdefault(total, members)
    return sums


def mixed_sums(figures: Sequence[Figure], first: int, limit: float) -> dict[float, int]:
    """What lists of three or more add up to, where figures of other measures may be members (网站103条，公示栏33批)."""
    start = figures[first]
    found: dict[float, int] = {}
    if not start.value or start.unit in ("%", "元"):
        return found
    sums = {start.value: 1}
    others = 0
    for place in range(first + 1, min(first + _LONGEST_MIXED, len(figures))):
        figure = figures[place]
        if figure.section != start.section or figure.depth < start.depth:
            break
        if figure.depth > start.depth or figure.unit in ("%", "元") or figure.value is None or figure.cue == "among":
            continue
        added = {
            round(total + figure.value, _DIGITS): members + 1
            for total, members in sums.items()
            if total + figure.value <= limit
        }
        if figure.unit != start.unit:
            others += 1
            if others > _OTHERS:
                break
            for total, members in sums.items():
                added.setdefault(total, members)
        if not added:
            break
        sums = added
        for total, members in sums.items():
            if members >= 3:
                found.setdefault(total, members)
    return found


def sentence_sum(figures: Sequence[Figure], first: int) -> tuple[float, int]:
    """What the figures of one measure from a figure to the end of its sentence add up to, and how many they are."""
    start = figures[first]
    if start.value is None or start.unit == "%":
        return 0.0, 0
    total, members = start.value, 1
    for place in range(first + 1, min(first + _LONGEST, len(figures))):
        figure = figures[place]
        if figure.mark in "PS" or figure.depth < start.depth:
            break
        if figure.depth > start.depth or figure.value is None or figure.measure != start.measure:
            continue
        if figure.cue != "among":
            total += figure.value
            members += 1
    return round(total, _DIGITS), members


def sum_state(value: float, whole: float, taken: float, sums: Mapping[float, int]) -> str:
    """What the sums say: whether the list that begins here fills the whole, alone or with the parts before."""
    if taken and taken < whole:
        members = sums.get(round(whole - taken, _DIGITS), 0)
        if members:
            return "last" if members == 1 else "rest"
    members = sums.get(whole, 0)
    if members > 1:
        return f"sum {min(members, 4)} {'big' if whole >= 10 else 'small'}"
    if not taken:
        return "first"
    if taken == whole:
        return "full"
    return "over" if taken + value > whole else "under"


def ratio_of(run: float, whole: float) -> str:
    """How much of a whole a sum is."""
    ratio = run / whole
    if abs(ratio - 1) < 1e-4:
        return "all"
    return next((name for least, name in ((1.0, "over"), (0.7, "most"), (0.3, "some")) if ratio > least), "few")
