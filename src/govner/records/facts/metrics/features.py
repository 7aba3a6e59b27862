"""What tells which metric a figure is of: its unit, its section, the words around it and above it, its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from govner.records.facts.metrics.cues import CueText, cues_of
from govner.records.facts.quantities import Quantity
from govner.records.source import Mention, Source

# How many characters are read: of the clause before a figure, of its sentence before it, of what stands behind it.
_NEAR, _FAR, _BEHIND, _WIDE = 12, 60, 8, 30


@dataclass(slots=True)
class _Figure:
    """A figure with the cues around it.

    unit, section (str): Its unit, or "?", and the label of its paragraph.
    sentence (tuple[int, int]): Characters of its sentence.
    clause, lead, after (str): What stands between it and the last mark, the figure before, the next mark.
    clause_cues, lead_cues, before_cues, after_cues (tuple[str, ...]): Cues of these, and of its sentence before it.
    last (str): The last cue before it.
    """

    unit: str
    section: str
    sentence: tuple[int, int]
    clause: str
    lead: str
    after: str
    clause_cues: tuple[str, ...]
    lead_cues: tuple[str, ...]
    before_cues: tuple[str, ...]
    after_cues: tuple[str, ...]
    last: str


def figure_features(
    source: Source,
    counts: Sequence[Mention],
    quantities: Sequence[Quantity | None],
    parents: Sequence[int | None],
) -> list[set[str]]:
    """Features of each figure of a report.

    source (Source): The report.
    counts (Sequence[Mention]): Its COUNT mentions in order.
    quantities (Sequence[Quantity | None]): What they say.
    parents (Sequence[int | None]): Which each is part of.
    RETURNS (list[set[str]]): Names of features, for each figure.
    """
    text = CueText(source.text)
    figures = _read_figures(source, text, counts, quantities)
    rows = [
        {
            *_words(figure),
            *_value(source, count, quantity),
            *_named(source, text, figure, count),
            *_headings(source, figure, count),
        }
        for figure, count, quantity in zip(figures, counts, quantities, strict=True)
    ]
    for number, (row, parent) in enumerate(zip(rows, parents, strict=True)):
        if parent is not None:
            row.update(_part(figures[number], figures[parent]))
    for parent in {parent for parent in parents if parent is not None}:
        rows[parent].update(("whole", f"whole:{figures[parent].unit}"))
    for number, (before, after) in enumerate(pairwise(figures)):
        gap = source.text[counts[number].end : counts[number + 1].start]
        rows[number + 1].update(_after(before, after, gap))
        rows[number].update(_before(before, after))
    for row, first, third in zip(rows[2:], figures, figures[2:], strict=False):
        if first.sentence == third.sentence:
            row.update((f"N2u:{first.unit}{third.unit}", f"N2l:{first.last}"))
    return rows


def _read_figures(
    source: Source, text: CueText, counts: Sequence[Mention], quantities: Sequence[Quantity | None]
) -> list[_Figure]:
    figures: list[_Figure] = []
    for number, (count, quantity) in enumerate(zip(counts, quantities, strict=True)):
        start, end = sentence = source.sentence_at(count.start)
        paragraph = source.paragraph_at(count.start)
        previous = counts[number - 1].end if number else 0
        following = counts[number + 1].start if number + 1 < len(counts) else len(source.text)
        here, first = text.place(count.start), max(text.place(start), text.place(count.start) - _FAR)
        lead = max(first, text.place(previous))
        clause = max(lead, text.mark_before(here), here - _NEAR)
        behind = text.place(count.end)
        after = min(text.mark_after(behind), text.place(min(following, end)), behind + _BEHIND)
        clause_cues, lead_cues, before_cues = (text.cues(place, here) for place in (clause, lead, first))
        figures.append(
            _Figure(
                quantity.unit if quantity else "?",
                paragraph.label if paragraph else "",
                sentence,
                text.plain[clause:here],
                text.plain[lead:here],
                text.plain[behind:after],
                clause_cues,
                lead_cues,
                before_cues,
                text.cues(behind, after),
                (clause_cues or lead_cues or before_cues or ("",))[-1],
            )
        )
    return figures


def _words(figure: _Figure) -> list[str]:
    """The words of a figure's sentence, near and far, with its unit and its section."""
    unit, section, last, after, clause = figure.unit, figure.section, figure.last, figure.after, figure.clause
    following = figure.after_cues[0] if figure.after_cues else ""
    lead = figure.lead[-_WIDE:]
    found = [f"u:{unit}", f"s:{section}", f"su:{section}{unit}", f"last:{last}", f"lastu:{last}{unit}"]
    found += [f"lasts:{last}{section}", f"after:{following}", f"afteru:{following}{unit}"]
    for cue in figure.clause_cues:
        found += [f"C:{cue}", f"Cu:{cue}{unit}"]
    for cue in figure.lead_cues:
        found += [f"L:{cue}", f"Ls:{cue}{section}"]
    if following:
        found += [f"LA:{cue}{following}" for cue in figure.lead_cues]
    found += ["B:" + cue for cue in figure.before_cues]
    found += ["A:" + cue for cue in figure.after_cues]
    found += [f"e{size}:{clause[-size:]}" for size in range(1, min(len(clause), 4) + 1)]
    found += [f"a{size}:{after[:size]}" for size in range(1, min(len(after), 4) + 1)]
    found += ["k:" + letter for letter in clause]
    found += ["c:" + clause[place : place + 2] for place in range(len(clause) - 1)]
    found += ["c:" + clause[place : place + 3] for place in range(len(clause) - 2)]
    found += ["g:" + after[place : place + 2] for place in range(len(after) - 1)]
    found += ["l:" + lead[place : place + 2] for place in range(len(lead) - 1)]
    return found


def _value(source: Source, count: Mention, quantity: Quantity | None) -> Iterator[str]:
    """The size of a figure, and whether it is exact or stands in brackets."""
    if count.start and source.text[count.start - 1] in "（(":
        yield "bracket"
    if quantity is not None and quantity.value is not None:
        yield f"v:{min(len(str(int(quantity.value))), 6)}"
    if quantity is None or quantity.bound != "exact":
        yield "vague"


def _headings(source: Source, figure: _Figure, count: Mention) -> Iterator[str]:
    """The cues of the headings above a figure."""
    paragraph = source.paragraph_at(count.start)
    if paragraph is None:
        return
    headings = [*paragraph.heading_path[-2:]]
    if paragraph.heading:
        headings.append(source.text[slice(*paragraph.heading)])
    for heading in headings:
        for cue in cues_of(heading):
            yield from (f"H:{cue}", f"Hu:{cue}{figure.unit}")


def _named(source: Source, text: CueText, figure: _Figure, count: Mention) -> Iterator[str]:
    """The mentions before a figure, and the last channel of its sentence."""
    start, unit = figure.sentence[0], figure.unit
    lead = len(figure.lead)
    here = text.place(count.start)
    channel = None
    for mention in source.mentions_in(start, count.start):
        if text.place(mention.start) >= here - lead:
            yield from (f"n:{mention.label}", f"nu:{mention.label}{unit}")
        if mention.label == "CHANNEL":
            channel = mention
    if channel is not None:
        gap = text.plain[text.place(channel.end) : here]
        yield f"gap:{gap if len(gap) <= 6 else 'far'}"
        yield from (f"gapl:{min(len(gap) // 3, 5)}", f"gapu:{min(len(gap) // 3, 5)}{unit}")
        name = channel.text
        yield from ("ch:" + name[place : place + 2] for place in range(len(name) - 1))
        if text.place(channel.end) < here - lead:
            yield "chbefore"
    if any(source.mentions_in(count.end, min(count.end + 10, figure.sentence[1]), "CHANNEL")):
        yield from ("cha", f"cha:{unit}")


def _part(part: _Figure, whole: _Figure) -> Iterator[str]:
    """What a part takes over from its whole."""
    yield from (f"pC:{cue}" for cue in whole.clause_cues)
    yield from (f"pL:{cue}" for cue in whole.lead_cues)
    yield from (f"pA:{cue}" for cue in whole.after_cues)
    yield from ("part", f"pu:{whole.unit}", f"plast:{whole.last}", f"plastu:{whole.last}{part.unit}")
    yield from (f"psame:{whole.unit == part.unit}", f"plc:{whole.last}>{part.last}")


def _after(before: _Figure, figure: _Figure, gap: str) -> Iterator[str]:
    """What the figure before says of the next."""
    same = before.sentence == figure.sentence
    near = "=" if same else "/"
    yield from (f"N-u:{near}{before.unit}", f"N-uu:{near}{before.unit}{figure.unit}", f"N-l:{near}{before.last}")
    yield from (f"N-lu:{before.last}{figure.unit}{near}", f"N-ll:{before.last}>{figure.last}{near}")
    if same:
        yield f"N-g:{gap[:1]}"
        if len(gap) < 4:
            yield f"N-gap:{gap}"
        yield from (f"N-C:{cue}" for cue in before.clause_cues)


def _before(figure: _Figure, after: _Figure) -> Iterator[str]:
    """What the figure behind says of the one before."""
    near = "=" if after.sentence == figure.sentence else "/"
    yield from (f"N+u:{near}{after.unit}", f"N+l:{near}{after.last}")
