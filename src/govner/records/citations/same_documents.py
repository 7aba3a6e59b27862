"""Which titles and numbers of a report are of one document."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from govner.records.citations.issuers import Resolution
from govner.records.citations.joints import Joints
from govner.records.citations.titles import title_names, without_state
from govner.records.schema import DocumentNumber, Evidence

_COUNTED_THROUGH: Final = ("国务院", "中华人民共和国主席")


@dataclass(frozen=True)
class Piece:
    """A title or a number: one mention, or several of which line ends made parts.

    start, end (int): Where it stands.
    evidence (tuple[Evidence, ...]): Its mentions.
    title (str | None): The title without marks.
    number (DocumentNumber | None): The number.
    key (str): The folded title, empty for a number.
    """

    start: int
    end: int
    evidence: tuple[Evidence, ...]
    title: str | None
    number: DocumentNumber | None
    key: str


class Groups:
    """Pieces grouped by document; two groups with different numbers are never joined."""

    def __init__(self, pieces: list[Piece], issuers: list[Resolution | None]) -> None:
        self._heads = list(range(len(pieces)))
        self._numbers: list[tuple[object, ...] | None] = [
            _number_key(piece.number, issuer) if piece.number and issuer else None
            for piece, issuer in zip(pieces, issuers, strict=True)
        ]

    def head(self, place: int) -> int:
        """The piece that stands for a group."""
        while self._heads[place] != place:
            self._heads[place] = self._heads[self._heads[place]]
            place = self._heads[place]
        return place

    def has_number(self, place: int) -> bool:
        """Whether a piece's group has a number."""
        return self._numbers[self.head(place)] is not None

    def join(self, one: int, other: int) -> bool:
        """Join the groups of two pieces, unless they have different numbers."""
        first, second = sorted((self.head(one), self.head(other)))
        if first == second:
            return True
        numbers = self._numbers[first], self._numbers[second]
        if None not in numbers and numbers[0] != numbers[1]:
            return False
        self._heads[second] = first
        self._numbers[first] = numbers[0] or numbers[1]
        return True

    def join_numbers(self) -> None:
        """Join groups with the same number; 第711号令 is the only order 711 of the report."""
        heads: dict[tuple[object, ...], int] = {}
        orders: defaultdict[object, set[tuple[object, ...]]] = defaultdict(set)
        for key in self._numbers:
            if key and key[0] == "order" and key[1]:
                orders[key[-1]].add(key)
        for place, key in enumerate(self._numbers):
            if key and key[0] == "order" and not key[1] and len(same := orders[key[-1]]) == 1:
                key = self._numbers[self.head(place)] = next(iter(same))
            if key:
                self.join(heads.setdefault(key, place), place)

    def all(self) -> list[list[int]]:
        """The places of the pieces of each group, in order."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for place in range(len(self._heads)):
            found[self.head(place)].append(place)
        return [found[head] for head in sorted(found)]


def _number_key(number: DocumentNumber, resolution: Resolution) -> tuple[object, ...]:
    """What two writings of a number share; one without serial, or without the year it needs, is only like itself."""
    if number.is_order:
        code = number.code or ""
        issuer = "" if code == "令" else resolution.issuer or code
        # These orders are counted through all years, so that a year is only a date.
        year = None if issuer in _COUNTED_THROUGH else number.year
        return ("order", issuer, year, number.serial if number.serial is not None else number.text)
    if number.code and number.year is not None and number.serial is not None:
        return (number.code.replace("(", "").replace(")", ""), number.year, number.serial)
    return ("text", number.text)


def join_titles(pieces: list[Piece], joints: Joints, groups: Groups) -> None:
    """Join short titles with what they are defined as, the same titles, and titles that shorten only one other.

    pieces (list[Piece]): The titles and numbers of a report, in order.
    joints (Joints): What the text joins.
    groups (Groups): Their groups, which are joined.
    """
    aliases: defaultdict[str, list[int]] = defaultdict(list)
    for alias, base in joints.aliases.items():
        if alias not in joints.shared:
            groups.join(base, alias)
        aliases[pieces[alias].key].append(alias)
    same: defaultdict[str, list[int]] = defaultdict(list)
    for place, piece in enumerate(pieces):
        if not piece.key or place in joints.aliases:
            continue
        defined = aliases.get(piece.key)
        if defined and place not in joints.numbers:
            before = [alias for alias in defined if alias < place]
            if before or len(defined) == 1:
                groups.join((before or defined)[-1], place)
        else:
            same[piece.key].append(place)
    for places in same.values():
        plain = [place for place in places if not groups.has_number(place)]
        numbered = {groups.head(place) for place in places if groups.has_number(place)}
        for place in plain[1:]:
            groups.join(plain[0], place)
        # Of several numbers none is known to be that of a title without one.
        if plain and len(numbered) == 1:
            groups.join(numbered.pop(), plain[0])
    titles = [place for places in same.values() for place in {groups.head(one): one for one in places}.values()]
    _join_shortened(pieces, titles, groups)


def _join_shortened(pieces: list[Piece], places: list[int], groups: Groups) -> None:
    """Join each title that has no number with the only longer one that ends with it."""
    names = [(name, place) for place in places for name in title_names(pieces[place].title or "")]
    text = "".join(f"\n{name}" for name, _ in names) + "\n"
    starts = [0, *accumulate(len(name) + 1 for name, _ in names)]
    bare: defaultdict[str, list[int]] = defaultdict(list)
    for name, place in names:
        bare[without_state(name)].append(place)
    for place in sorted(places, key=lambda one: -len(pieces[one].key)):
        if groups.has_number(place):
            continue
        key = pieces[place].key
        equal = bare[without_state(key)]
        others = _other_groups(equal, place, groups)
        # 政府信息公开条例 is the national one, where that is cited, and no province's.
        if len(equal) == 1:
            found = _find_all(text, key + "\n")
            others = _other_groups((names[bisect_right(starts, start) - 1][1] for start in found), place, groups)
        if len(others) == 1:
            groups.join(others.pop(), place)


def _find_all(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _other_groups(found: Iterable[int], place: int, groups: Groups) -> set[int]:
    return {groups.head(one) for one in found} - {groups.head(place)}
