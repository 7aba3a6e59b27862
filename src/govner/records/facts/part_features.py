"""Features of a figure and a figure that may be its whole, by which `part_weights.tsv` scores it.

A candidate has a few shapes: tuples of what is known of it. A shape stands for features (`feature_names`), and shapes
come back often, so that their scores can be kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from govner.records.facts.part_figures import Figure
from govner.records.facts.part_sums import list_sums, mixed_sums, ratio_of, sentence_sum, sum_state
from govner.records.facts.shape_scores import Shape

# How far back totals are looked for, in figures: by their neighbourhood, by sums, by their size, and at all; and how
# many wholes of wholes.
_NEAR, _BACK, _FAR, _FARTHEST, _DEEPEST = 3, 12, 25, 60, 4
_TELLING: Final = 15
_SMALL: Final = 3
_ROUNDING: Final = 0.6


@dataclass(slots=True)
class Split:
    """The parts of a figure so far: their sum since it was last full, and how the first and the last were said."""

    taken: float = 0.0
    cue: str = ""
    word: str = ""


class Candidate(NamedTuple):
    """A figure that may be the whole (None: there is none) and its shapes."""

    place: int | None
    shapes: list[Shape]


@dataclass(slots=True)
class Links:
    """What is decided so far: the parent of each figure before, and the splits of those that have parts."""

    parents: list[int | None] = field(default_factory=list)
    splits: dict[int, Split] = field(default_factory=dict)

    def add(self, figures: Sequence[Figure], parent: int | None) -> None:
        """Decide the parent of the next figure."""
        part = figures[len(self.parents)]
        self.parents.append(parent)
        if parent is None:
            return
        whole = figures[parent]
        split = self.splits.setdefault(parent, Split(cue=part.cue))
        split.word = part.word
        if part.value is not None and whole.value is not None and part.unit != "%" and part.measure == whole.measure:
            if split.taken + part.value > whole.value:
                split.taken = 0.0
            split.taken = round(split.taken + part.value, 4)


def find_candidates(figures: Sequence[Figure], place: int, links: Links) -> list[Candidate]:
    """Find what the whole of a figure may be.

    figures (Sequence[Figure]): The figures of a report.
    place (int): Place of the figure.
    links (Links): What is decided of those before it.
    RETURNS (list[Candidate]): None first, then figures before it, none of them smaller in the same unit.
    """
    part = figures[place]
    following = figures[place + 1] if place + 1 < len(figures) else None
    onward = "" if following is None else f"{following.mark}{_measures(following, part)}"
    if place == 0:
        return [Candidate(None, [])]
    relations = _relations(figures, place, links)
    wholes = [figures[back].value or 0.0 for back in relations]
    reach = range(place - 1, max(place - _BACK, 0) - 1, -1)
    wholes += [figures[back].value or 0.0 for back in reach if figures[back].section == part.section]
    limit = max(wholes)
    sums = list_sums(figures, place, limit)
    mixed = mixed_sums(figures, place, limit) if part.mark != "N" and limit >= _TELLING else {}
    for back in reach:
        whole = figures[back]
        if back in relations or not whole.value or whole.section != part.section or whole.unit in ("%", "元"):
            continue
        if (whole.measure == part.measure and sums.get(whole.value, 0) > 1) or (
            whole.value >= _TELLING and whole.value in mixed
        ):
            relations[back] = "far"
    share = _share(part, following)
    run, members = sentence_sum(figures, place)
    marks = _strongest(figures, min(relations), place)
    found: list[Candidate] = []
    summed = agrees = False
    for back, relation in relations.items():
        whole = figures[back]
        if whole.unit == part.unit and whole.value is not None and part.value is not None and part.value > whole.value:
            continue
        measures = _measures(part, whole)
        strong = marks[back]
        shapes = _place_shapes(figures, back, place, relation, measures, strong, links)
        shapes.append(("onward", relation, measures, part.mark, onward))
        split = links.splits.get(back)
        if split is not None:
            shapes.append(("split", split.cue, part.mark, part.cue, split.word, part.word))
        if measures in ("=", "~") and whole.value and part.value is not None:
            state = sum_state(part.value, whole.value, split.taken if split else 0.0, sums)
            exact = state.startswith(("sum", "rest", "last"))
            blend = min(mixed.get(whole.value, 0), 5) if whole.value >= _TELLING and state in ("first", "under") else 0
            stated = "" if share is None else "ok" if abs(part.value * 100 / whole.value - share) < _ROUNDING else "bad"
            ratio = ratio_of(run + (split.taken if split and split.taken < whole.value else 0.0), whole.value)
            shapes.append(("sum", state, relation, part.mark, part.cue, strong, part.value == whole.value))
            shapes.append(("run", ratio if members > 1 else "", min(members, 4), relation, blend, stated))
            summed, agrees = summed or exact, agrees or stated == "ok"
        elif whole.value in mixed and (whole.value or 0) >= _TELLING:
            shapes.append(("mixed",))
        found.append(Candidate(back, shapes))
    none: list[Shape] = [
        ("none", part.mark, part.cue, part.flags, part.word, _kind(part.unit), onward, part.depth > 0),
        ("available", summed, agrees),
    ]
    return [Candidate(None, none), *found]


def feature_names(shape: Shape) -> list[str]:
    """The features a shape stands for."""
    kind = shape[0]
    if kind == "none":
        _, mark, cue, flags, word, unit, onward, inside = shape
        names = [
            "",
            f"mark {mark}",
            f"cue {cue}",
            f"unit {unit}",
            f"word {word}",
            f"word {word} {mark}",
            f"on {onward}",
        ]
        names += [f"flag {flag}" for flag in str(flags)] + ["inside"] * bool(inside)
    elif kind == "place":
        _, relation, measures, mark, cue, strong, rows = shape
        names = [f"{relation}", f"{relation} {measures}", f"{relation} mark {mark}", f"{relation} cue {cue}"]
        names += [
            f"{measures} mark {mark}",
            f"{measures} cue {cue}",
            f"between {strong}",
            f"{measures} between {strong}",
        ]
        names += [f"rows {rows}", f"cue {cue} {mark} {measures}", f"cue {cue} between {strong}"]
    elif kind == "words":
        _, relation, measures, flags, whole_flags, word, whole_word = shape
        names = [f"{flag} {about}" for flag in str(flags) for about in ("", relation, measures)]
        names += [f"whole {flag}" for flag in str(whole_flags)]
        names += [f"{whole_word}>{word}", f"{measures} {word}", f"{relation} {word}", f"whole {whole_word}"]
    elif kind == "sum":
        _, state, relation, mark, cue, strong, equal = shape
        names = [f"{state}", f"{state} {relation}", f"{state} mark {mark}", f"{state} cue {cue}", f"{state} {strong}"]
        names += ["equal"] * bool(equal)
    elif kind == "run":
        _, ratio, members, relation, blend, stated = shape
        names = [f"ratio {ratio}", f"ratio {ratio} {relation}", f"ratio {ratio} of {members}"]
        names += [f"blend {blend}", f"stated {stated}"]
    elif kind == "split":
        _, first, mark, cue, last_word, word = shape
        names = [f"{first} {mark}", f"{first}>{cue}", f"{last_word}>{word}"]
    elif kind == "onward":
        _, relation, measures, mark, onward = shape
        names = [f"{str(relation)[:1]} {measures} {mark} {onward}"]
    elif kind == "stand":
        _, relation, measures, depth, root, small, same_section = shape
        names = [
            f"{depth}",
            f"{depth} {measures}",
            f"root {root} {relation}",
            f"small {small}",
            f"section {same_section}",
        ]
    elif kind == "list":
        _, last_mark, mark, last_cue, cue, measures, depth, units, same_word = shape
        names = [
            f"{last_mark}{mark}",
            f"{last_cue}, {cue}",
            f"{depth}",
            f"{units} {measures}",
            f"same word {same_word}",
        ]
    else:
        names = [" ".join(map(str, shape[1:]))]
    return [f"{kind}: {name}" for name in names]


def _relations(figures: Sequence[Figure], place: int, links: Links) -> dict[int, str]:
    """Figures that may be the whole, and how each was come by."""
    part, parents = figures[place], links.parents
    relations = {place - 1: "before"}
    _add_wholes(relations, parents, place - 1, "sibling", "above")
    if part.opener is not None:
        relations.setdefault(part.opener, "bracket")
    for back in range(2, min(_NEAR, place) + 1):
        if figures[place - back].measure == part.measure or part.unit == "%":
            relations.setdefault(place - back, f"back {back}")
        _add_wholes(relations, parents, place - back, f"above {back}", f"above {back}")
    highest, last_split = None, None
    top = 0.0
    for back in range(place - 1, max(place - _FAR, -1), -1):
        whole = figures[back]
        if whole.section != part.section:
            break
        if last_split is None and back in links.splits:
            last_split = back
        if back in relations or parents[back] is not None or "g" in whole.flags:
            continue
        if whole.value and whole.measure == part.measure != "%" and whole.value > top:
            highest, top = back, whole.value
    if highest is not None:
        relations[highest] = "highest"
    if last_split is not None:
        relations.setdefault(last_split, "last split")
    return {back: how for back, how in relations.items() if back >= place - _FARTHEST}


def _add_wholes(relations: dict[int, str], parents: Sequence[int | None], place: int, first: str, further: str) -> None:
    """Add the whole of a figure, the whole of that, and so on."""
    above, how = parents[place], first
    for _ in range(_DEEPEST):
        if above is None:
            return
        relations.setdefault(above, how)
        above, how = parents[above], further


def _place_shapes(
    figures: Sequence[Figure], back: int, place: int, relation: str, measures: str, strong: str, links: Links
) -> list[Shape]:
    part, whole = figures[place], figures[back]
    stand = (
        ("opens " if part.opener == back else "") + _deeper(part, whole),
        links.parents[back] is None,
        whole.value is not None and whole.value <= _SMALL,
        whole.section == part.section,
    )
    shapes: list[Shape] = [
        ("place", relation, measures, part.mark, part.cue, strong, min(part.row - whole.row, 3)),
        ("words", relation, measures, part.flags, whole.flags, part.word, whole.word),
        ("stand", relation, measures, *stand),
    ]
    if relation == "sibling":
        last = figures[place - 1]
        alike = (_deeper(part, last), _measures(last, part), last.word == part.word)
        shapes.append(("list", last.mark, part.mark, last.cue, part.cue, measures, *alike))
    return shapes


def _deeper(part: Figure, whole: Figure) -> str:
    return "level" if part.depth == whole.depth else "deeper" if part.depth > whole.depth else "higher"


def _measures(part: Figure, whole: Figure) -> str:
    """How the units of two figures stand to each other."""
    if part.unit == "%" or whole.unit == "%":
        return "%%" if part.unit == whole.unit else "%" if part.unit == "%" else "of %"
    if part.measure == whole.measure:
        return "=" if part.unit == whole.unit else "~"
    if (part.unit == "元") != (whole.unit == "元"):
        return "money"
    return "more" if part.value is not None and whole.value is not None and part.value > whole.value else "other"


def _kind(unit: str) -> str:
    return unit if unit in ("%", "元") else "other"


def _strongest(figures: Sequence[Figure], first: int, place: int) -> dict[int, str]:
    """The strongest mark between a figure and each before it."""
    found: dict[int, str] = {}
    strong = ""
    for back in range(place - 1, first - 1, -1):
        mark = figures[back + 1].mark
        if strong != "P" and mark in "PLSM" and "PLSM".find(mark) < ("PLSM".find(strong) if strong else 4):
            strong = mark
        found[back] = strong
    return found


def _share(part: Figure, following: Figure | None) -> float | None:
    """The share (占55.96%) that is stated behind a figure."""
    if following is None or following.unit != "%" or "s" not in following.flags or part.unit == "%":
        return None
    return following.value
