"""What tells which metric a figure is of: its unit, its section, the words and characters around it and above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from govner.data import load_table
from govner.records.facts.quantities import Quantity
from govner.records.source import Mention, Source

_MARK: Final = re.compile(r"[，,。；;：:\n、（）()！？]")
_NEAR, _FAR, _AFTER = 12, 60, 8
_DIGITS: Final = re.compile(r"[0-9]+(?:[.,，][0-9]+)*")
_BLANK: Final = re.compile(r"[ \t\u3000]+")


@cache
def _cues() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all cue words, longest first, and the cue of each."""
    cue_of: dict[str, str] = {}
    for cue, words in load_table("metric_cues"):
        for word in words.split(" "):
            cue_of.setdefault(word, cue)
    return re.compile("|".join(sorted(map(re.escape, cue_of), key=len, reverse=True))), cue_of


@lru_cache(maxsize=1024)
def find_cues(text: str) -> tuple[str, ...]:
    """The cues of the cue words of a text, in order."""
    pattern, cue_of = _cues()
    return tuple(cue_of[word] for word in pattern.findall(text))


def figure_features(
    source: Source,
    counts: Sequence[Mention],
    quantities: Sequence[Quantity | None],
    parents: Sequence[int | None],
) -> list[list[str]]:
    """Features of each figure of a report.

    source (Source): The report.
    counts (Sequence[Mention]): Its COUNT mentions in order.
    quantities (Sequence[Quantity | None]): What they say.
    parents (Sequence[int | None]): Which each is part of.
    RETURNS (list[list[str]]): Names of features, for each figure.
    """
    rows: list[list[str]] = []
    for number, (count, quantity) in enumerate(zip(counts, quantities, strict=True)):
        previous = counts[number - 1].end if number else 0
        following = counts[number + 1].start if number + 1 < len(counts) else len(source.text)
        rows.append(_features(source, count, quantity, previous, following))
        parent = parents[number]
        if parent is not None:
            rows[-1] += [f"p{feature}" for feature in rows[parent] if feature[:2] in ("C:", "L:", "A:")]
            rows[-1].append("part")
    return rows


def _features(source: Source, count: Mention, quantity: Quantity | None, previous: int, following: int) -> list[str]:
    start, end = source.sentence_at(count.start)
    paragraph = source.paragraph_at(count.start)
    label = paragraph.label if paragraph else ""
    unit = quantity.unit if quantity else "?"
    before = _plain(source.text[max(start, count.start - _FAR) : count.start])
    lead = _plain(source.text[max(start, previous, count.start - _FAR) : count.start])
    clause = _MARK.split(lead)[-1][-_NEAR:]
    after = _plain(source.text[count.end : min(following, end, count.end + 2 * _AFTER)])
    after = _MARK.split(after)[0][:_AFTER]
    headings = " ".join(paragraph.heading_path[-2:]) if paragraph else ""
    if paragraph and paragraph.heading:
        headings = f"{headings} {source.text[slice(*paragraph.heading)]}"
    clause_cues, after_cues = find_cues(clause), find_cues(after)
    lead_cues, before_cues, heading_cues = find_cues(lead), find_cues(before), find_cues(headings)
    named = {mention.label for mention in source.mentions_in(max(start, previous), count.start)}
    last = (clause_cues or lead_cues or before_cues or ("",))[-1]
    features = [
        f"u:{unit}",
        f"s:{label}",
        f"su:{label}{unit}",
        f"last:{last}",
        f"lastu:{last}{unit}",
        f"lasts:{last}{label}",
        f"after:{after_cues[0] if after_cues else ''}",
        f"afteru:{after_cues[0] if after_cues else ''}{unit}",
        *(f"C:{cue}" for cue in set(clause_cues)),
        *(f"Cu:{cue}{unit}" for cue in set(clause_cues)),
        *(f"L:{cue}" for cue in set(lead_cues)),
        *(f"Ls:{cue}{label}" for cue in set(lead_cues)),
        *(f"B:{cue}" for cue in set(before_cues)),
        *(f"H:{cue}" for cue in set(heading_cues)),
        *(f"Hu:{cue}{unit}" for cue in set(heading_cues)),
        *(f"A:{cue}" for cue in set(after_cues)),
        *(f"LA:{cue}{after_cues[0]}" for cue in set(lead_cues) if after_cues),
        *(f"n:{name}" for name in named),
        *(f"nu:{name}{unit}" for name in named),
        *(f"e{size}:{clause[-size:]}" for size in (1, 2, 3, 4) if len(clause) >= size),
        *(f"a{size}:{after[:size]}" for size in (1, 2, 3, 4) if len(after) >= size),
        *(f"c:{gram}" for gram in _grams(clause, 2)),
        *(f"c:{gram}" for gram in _grams(clause, 3)),
        *(f"g:{gram}" for gram in _grams(after, 2)),
        *(f"l:{gram}" for gram in _grams(lead[-30:], 2)),
    ]
    if count.start and source.text[count.start - 1] in "（(":
        features.append("bracket")
    if quantity is not None and quantity.value is not None:
        features.append(f"v:{min(len(str(int(quantity.value))), 6)}")
    if quantity is None or quantity.bound != "exact":
        features.append("vague")
    return features


def _grams(text: str, size: int) -> set[str]:
    return {text[place : place + size] for place in range(len(text) - size + 1)}


def _plain(text: str) -> str:
    """Without blanks, and numbers alike."""
    return _DIGITS.sub("0", _BLANK.sub("", text))
