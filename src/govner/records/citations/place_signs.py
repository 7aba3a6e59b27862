"""What places are called at the head of a code: 湘 of 湖南省; 沅, 沅江, 沅市 or 湘沅 of 沅江市."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from typing import Final

from govner.data import load_list
from govner.records.identity.regions import bare_name, load_divisions, place_level

# Longest beginning of a code that names a place.
LONGEST_SIGN: Final = 6
_LEVEL_WORDS: Final = ("省", "市", "县", "区", "州", "盟", "旗", "镇", "乡", "地")
_KINDS: Final = {"州": ("州",), "地": ("地区",), "县": ("县",), "旗": ("旗",)}

# What a code may begin with, and the places each beginning may stand for.
Signs = dict[str, tuple[str, ...]]


@lru_cache(maxsize=1024)
def place_signs(regions: tuple[str, ...]) -> Signs:
    """What the regions of a report may be called at the head of a code, and the regions each stands for.

    A region is called by its first character or that and another (巴塔 of 巴彦塔拉旗), its name, or its first character
    and its kind (梅市), at times behind the signs of the regions above it (湘沅, 粤梅市); by another character of its
    name only where no region begins with that.
    """
    strong = first_signs(regions)
    weak: dict[str, list[str]] = {}
    above = [""]
    for region in regions:
        bare = bare_name(region)
        for before in above:
            for char in bare[1:]:
                weak.setdefault(before + char, []).append(region)
        heads = {bare[:1], bare[:2], *province_signs(region)}
        above += [before + head for before in above for head in heads]
    return {sign: tuple(dict.fromkeys(found)) for sign, found in weak.items() if len(sign) <= LONGEST_SIGN} | strong


@lru_cache(maxsize=1024)
def first_signs(regions: tuple[str, ...]) -> Signs:
    """The signs of `place_signs` that hold the first character of a region or are words for its kind (市, 县)."""
    strong: dict[str, list[str]] = {}
    above = [""]
    for region in regions:
        bare = bare_name(region)
        signs = province_signs(region)
        own = {bare[:1], bare, region, bare[:1] + region[-1:], bare[:2] + region[-1:], *signs}
        own |= {bare[:1] + char for char in bare[1:]}
        for before in above:
            for sign in own:
                strong.setdefault(before + sign, []).append(region)
        heads = {bare[:1], bare[:2], *signs}
        above += [before + head for before in above for head in heads]
    for word in _LEVEL_WORDS:
        if (own_region := region_of_kind(word, regions)) is not None:
            strong[word] = [own_region]
    return {sign: tuple(dict.fromkeys(found)) for sign, found in strong.items() if len(sign) <= LONGEST_SIGN}


def region_of_kind(kind: str, regions: tuple[str, ...]) -> str | None:
    """The smallest of the regions that a word (省, 市, 县 …) can stand for."""
    for region in reversed(regions):
        if kind == "省" and place_level(region) == "province" and region.endswith("省"):
            return region
        if kind == "区" and (not region.endswith("区") or region.endswith(("自治区", "地区"))):
            continue
        if region.endswith(_KINDS.get(kind, (kind,))):
            return region
    return None


@cache
def province_signs(region: str) -> tuple[str, ...]:
    """The signs of a province: 川 and 蜀 of 四川省; none of another place."""
    return tuple(sign for sign, province in _signs_of_provinces() if province == region)


@lru_cache(maxsize=1024)
def provinces_at_head(code: str) -> Signs:
    """What a code may call a province in a report that does not say which it is in: 甘发改, 吉省价."""
    return {
        part: (province,)
        for sign, province in _signs_of_provinces()
        if code.startswith(sign)
        for part in (sign, sign + province[-1:])
    }


@cache
def _signs_of_provinces() -> tuple[tuple[str, str], ...]:
    return tuple((sign, province) for sign, province in (entry.split("\t") for entry in load_list("province_signs")))


@cache
def places_by_initial() -> dict[str, tuple[tuple[str, str], ...]]:
    """Name and province of the places below the provinces, by their first characters."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for division in load_divisions():
        if division.above:
            found[division.name[0]].append((division.name, division.above[0]))
    return {initial: tuple(places) for initial, places in found.items()}
