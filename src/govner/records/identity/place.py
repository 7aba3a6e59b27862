"""Where and by whom a report was made, as far as its text says: what short forms in it are completed with."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from govner.data import load_list
from govner.records.identity.names import clean_name
from govner.records.identity.regions import (
    RANKS,
    Head,
    bare_name,
    find_division,
    find_divisions,
    place_level,
    split_head,
)
from govner.records.schema import Identity, Level
from govner.records.source import Source

# Bodies under a ministry have its name before the place: 国家税务总局榕浔市税务局, 中华人民共和国泉屿海关.
_UPPER: Final = re.compile(
    "^(?:中国共产党|中共|中华人民共和国|国家税务总局|国家统计局|中国人民银行|国家金融监督管理总局|国家外汇管理局|中国银行业监督管理委员会"
    "|中国银监会|中国证监会|共青团)(?=.)"
)
_TITLE_MARKS: Final = re.compile(r"^[《<＜〈“\"]+|关于(?:印发|转发|公布|做好)")
# The sign of a province in the number that a site is registered under: 皖ICP备….
_SIGNS: Final = dict(entry.split("\t") for entry in load_list("province_signs"))
_REGISTERED: Final = re.compile(rf"(?P<sign>[{''.join(_SIGNS)}])(?:ICP|icp|公网安备)")
_NAMED: Final = ("AGENCY", "DOCUMENT", "CHANNEL")


@dataclass(frozen=True)
class Place:
    """The place of a report.

    issuer (str | None): Whose report it is, by full name.
    regions (tuple[str, ...]): Its divisions from the largest to the smallest, as far as the text or the list of
        divisions determines them: ("黑龙江省", "哈尔滨市", "南岗区").
    level (Level | None): Level of the issuer.
    """

    issuer: str | None = None
    regions: tuple[str, ...] = ()
    level: Level | None = None


def upper_of(name: str) -> str:
    """The ministry a body's name has before its place: 国家税务总局 of 国家税务总局榕浔市税务局; mostly nothing."""
    match = _UPPER.match(name)
    return match[0] if match else ""


@lru_cache(maxsize=8192)
def split_body(name: str) -> Head:
    """Split a body's name into places and rest, after the ministry it begins with or 中共."""
    return split_head(_UPPER.sub("", name))


def count_places(source: Source) -> Counter[tuple[str, ...]]:
    """Count the places that names in a report begin with.

    source (Source): The report.
    RETURNS (Counter[tuple[str, ...]]): How often each row of places, the largest first, stands at the head of a name.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    for mention in source.mentions:
        if mention.label in _NAMED and (places := _head_places(mention.text)):
            counts[places] += 1
    return counts


@lru_cache(maxsize=8192)
def _head_places(text: str) -> tuple[str, ...]:
    return split_body(_TITLE_MARKS.sub("", clean_name(text))).places


def read_place(source: Source, identity: Identity) -> Place:
    """Read the place that short forms in a report are completed with.

    source (Source): The report.
    identity (Identity): What `govner.records.identity.read_identity` read from it.
    RETURNS (Place): Its issuer, divisions and level.
    """
    counts = count_places(source)
    own = own_places(identity.issuer, counts)
    return Place(identity.issuer, find_regions(source, own, counts), identity.level)


def own_places(issuer: str | None, counts: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """The places an issuer's name begins with, or stands for: 淮桐市 for 国家统计局淮桐调查队.

    issuer (str | None): Its full name.
    counts (Counter[tuple[str, ...]]): The places in the report, by `count_places`.
    RETURNS (tuple[str, ...]): The largest first.
    """
    if issuer is None:
        return ()
    head = split_body(issuer)
    bare = place_of_bare(head.rest, counts)
    return (*head.places, *([bare] if bare and bare not in head.places else []))


def find_regions(source: Source, places: tuple[str, ...], counts: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """Find the divisions above a report's own place.

    source (Source): The report.
    places (tuple[str, ...]): Its own place as its issuer's name has it, the largest first.
    counts (Counter[tuple[str, ...]]): The places in the report, by `count_places`.
    RETURNS (tuple[str, ...]): All that are known, the largest first.
    """
    if not places:
        return ()
    places = _joined_above(places, counts)
    named = {place for row in counts for place in row}
    known = find_division(places[-1], named) or find_division(places[0], named)
    if known is not None and places[0] in known.path:
        return (*known.path[: known.path.index(places[0])], *places)
    level = place_level(places[0])
    if level == "township":
        places = _only(counts, "county", places) + places
        level = place_level(places[0])
    if level == "county":
        places = _only(counts, "city", places) + places
    if (above := find_division(places[0], named)) is not None:
        return (*above.above, *places)
    province = None if place_level(places[0]) == "province" else find_province(source, counts)
    return (province, *places) if province else places


def find_province(source: Source, counts: Counter[tuple[str, ...]]) -> str | None:
    """The province that the names in a report and the registration of its site agree on; None if they do not."""
    votes: Counter[str] = Counter()
    for row, count in counts.items():
        if place_level(row[0]) == "province":
            votes[row[0]] += min(count, 3)
    for match in _REGISTERED.finditer(source.text):
        votes[_SIGNS[match["sign"]]] += 2
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return ranked[0][0]


def place_of_bare(name: str, counts: Counter[tuple[str, ...]]) -> str | None:
    """The place a name begins with that leaves out its kind: 淮桐市 for 淮桐调查队 where the report has 淮桐市."""
    named = Counter(place for row in counts for place in row)
    for place, _ in named.most_common():
        if len(bare := bare_name(place)) > 1 and name.startswith(bare):
            return place
    return None


def _joined_above(places: tuple[str, ...], counts: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """The places, with those that stand before them elsewhere in the report."""
    rows = [row[: row.index(places[0])] for row in counts if places[0] in row[1:]]
    return (*max(rows, key=len), *places) if rows else places


def _only(counts: Counter[tuple[str, ...]], level: Level, below: tuple[str, ...]) -> tuple[str, ...]:
    """The only place of a level that the report names; nothing if there are several."""
    found = {
        row[: number + 1]
        for row in counts
        for number, place in enumerate(row)
        if place not in below and place_level(place) == level and not _lies_elsewhere(place, counts, below)
    }
    names = {row[-1] for row in found}
    return max(found, key=len) if len(names) == 1 else ()


def _lies_elsewhere(place: str, counts: Counter[tuple[str, ...]], below: tuple[str, ...]) -> bool:
    """Whether a place is one that cannot be above another: it is no larger, or a municipality."""
    ranks = [RANKS[level] for one in (place, below[0]) if (level := place_level(one))]
    divisions = find_divisions(place)
    return len(ranks) < 2 or ranks[0] >= ranks[1] or any(division.level == "province" for division in divisions)
