"""Who issued a document, by its number: from the list of codes, the words of the number, or the report's own place.

Codes are unique among the bodies that one body supervises, not in the country: 宁政 is Ningxia, Nanjing or Ningde. So
the place of the report decides between several, and a code that nothing decides on has candidates and no issuer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from govner.data import load_list
from govner.records.citations.issuer_codes import FORM, OFFICE, UNIT, CodeRow, find_rows, load_departments, load_offices
from govner.records.citations.named_issuers import find_named, find_own, is_same_name, name_as_report, name_bodies
from govner.records.identity.names import clean_name, complete, find_national, is_body, split_own
from govner.records.identity.place import Place
from govner.records.identity.regions import bare_name, load_divisions, place_level
from govner.records.schema import DocumentNumber

_NO_BRACKETS: Final = str.maketrans("", "", "()")
_PUBLISHED: Final = re.compile(r"(?:文件|令|公告|通告)$")
_MINUTES: Final = re.compile(r"(?P<body>.*政府)(?:党组|常务|专题|全体|办公)*会议纪要")
_STATE: Final = re.compile("^中华人民共和国(?!主席|海关)(?=.)")
_SPELLED_OUT: Final = re.compile("^中共.{3,}|(?:人民政府|委员会|办公室|办公厅|领导小组|指挥部|联席会议)$")
# Provinces where the code of a government has 府 instead of 政.
_PREFECTURAL: Final = frozenset(("上海市", "江西省", "广东省", "海南省", "重庆市", "四川省", "贵州省"))
_LEVEL_WORDS: Final = ("省", "市", "县", "区", "州", "盟", "旗", "镇", "乡", "地")
_KINDS: Final = {"州": ("州",), "地": ("地区",), "县": ("县",), "旗": ("旗",)}
# Longest beginning of a code that names a place.
_LONGEST_PART: Final = 6
# What follows the place in a code, and the body after a place's name in the form that `complete` makes full.
_BODIES: Final = {
    "政": "人民政府", "府": "人民政府", "政府": "人民政府",
    "政办": "人民政府办", "府办": "人民政府办", "政府办": "人民政府办", "府厅": "人民政府办", "政厅": "人民政府办",
    "办": "委办公室",
    "委": "委", "党": "委", "党委": "委", "委办": "委办公室", "党办": "委办公室", "党委办": "委办公室",
    "人大": "人大常委会", "人大常": "人大常委会", "政协": "政协",
    "行署": "行政公署", "行": "行政公署", "署": "行政公署",
    "行署办": "行政公署办公室", "行办": "行政公署办公室", "署办": "行政公署办公室",
    "管": "管理委员会", "管委": "管理委员会", "管办": "管理委员会办公室", "管委办": "管理委员会办公室",
}  # fmt: skip
_BODY: Final = re.compile(rf"(?P<body>{'|'.join(sorted(_BODIES, key=len, reverse=True))}){FORM}")
_PREFECTURE: Final = re.compile("(?:地区|盟)$")
_ZONE: Final = re.compile("(?:开发区|高新区|新区|示范区|保税区|园区|度假区|景区|名胜区|合作区|试验区|管理区)$")


@dataclass(frozen=True)
class Resolution:
    """Who issued a document: the body, or those it may be where nothing decides between them."""

    issuer: str | None = None
    candidates: tuple[str, ...] = ()


_UNKNOWN: Final = Resolution()


def resolve_issuer(number: DocumentNumber, place: Place, bodies: Iterable[str] = ()) -> Resolution:
    """Find who issued a document.

    number (DocumentNumber): Its number.
    place (Place): The place of the report that cites it.
    bodies (Iterable[str]): Names of bodies in the report, which decide what a body is called.
    RETURNS (Resolution): The issuer by full name, candidates where there are several, neither for an unknown code.
    """
    # 深府(办)规 is 深府办规.
    code = (number.code or "").translate(_NO_BRACKETS)
    if (name := _spelled_out(code)) is not None:
        return _resolve_name(name, place)
    rows = find_rows(code, number.year)
    if rows and not rows[0].regions:
        return _choose(row.issuer for row in rows)
    own = [row for row in rows if row.regions[-1] in place.regions]
    if own:
        return _choose(row.issuer for row in own)
    parts = _place_parts(place.regions)
    named = name_bodies(tuple(bodies), place)
    province = next((region for region in place.regions if place_level(region) == "province"), None)
    if local := _find_governments(code, parts, province):
        return _choose(name_as_report(local, place, named))
    if issuer := find_own(code, parts, place):
        return Resolution(issuer)
    if rows:
        near = [row for row in rows if row.regions[0] in place.regions]
        return _elsewhere(code, near or rows, place.regions if near else ())
    if place.regions and province is None:
        parts = _province_parts(code) | parts
    departments = _find_department(code, parts, named)
    if departments.issuer is None and (found := find_named(code, parts, place, named)):
        return _choose(found)
    return _choose(name_as_report((departments.issuer,), place, named)) if departments.issuer else departments


def complete_body(name: str, place: Place) -> str | None:
    """Make a body's name full with the place of the report.

    name (str): Such as 县水务局, 省政府, 国家发改委 or a name that is full already.
    place (Place): The place of the report.
    RETURNS (str | None): Its full name; None if it needs a place that is not known.
    """
    name = clean_name(name)
    if national := find_national(name):
        return national
    if own := split_own(name):
        region = _region_of_kind(own[0], place.regions)
        # 省局 is a bureau of the province, whichever.
        return complete(region, own[1]) if region and (len(own[1]) > 1 or own[1] == "委") else None
    return re.sub(r"(?<!人民)政府$", "人民政府", name)


def _choose(issuers: Iterable[str]) -> Resolution:
    found = tuple(dict.fromkeys(issuers))
    return Resolution(found[0]) if len(found) == 1 else Resolution(None, found)


def _elsewhere(code: str, rows: list[CodeRow], regions: tuple[str, ...]) -> Resolution:
    """A code of another place: that of a province, or of a city no other place of the report's province, if that is
    known, or of the country shares it with."""
    chosen = _choose(row.issuer for row in rows)
    if chosen.issuer and (len(rows[0].regions) == 1 or not _sharers(code, regions) - {rows[0].regions[-1]}):
        return chosen
    return Resolution(None, chosen.candidates or (chosen.issuer or "",))


def _sharers(code: str, regions: tuple[str, ...]) -> set[str]:
    """The places whose codes may begin like one: by their first character and by 政 or 府, as their province has it."""
    if regions:
        return {place for place, province in _by_initial().get(code[0], ()) if province in regions}
    word = "府" if "府" in code else "政"
    return {place for place, province in _by_initial().get(code[0], ()) if (province in _PREFECTURAL) == (word == "府")}


@cache
def _by_initial() -> dict[str, tuple[tuple[str, str], ...]]:
    """Name and province of the places below the provinces, by their first characters."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for division in load_divisions():
        if division.above:
            found[division.name[0]].append((division.name, division.above[0]))
    return {initial: tuple(places) for initial, places in found.items()}


def _spelled_out(code: str) -> str | None:
    """The body that the words of a number name (临江市政务公开领导小组文件, 国务院令); None for an abbreviation."""
    if minutes := _MINUTES.fullmatch(code):
        return minutes["body"]
    name = _PUBLISHED.sub("", code)
    if _SPELLED_OUT.search(name):
        return name
    published = name != code and len(name) > 2
    return (
        name
        if published and (is_body(name) or find_national(_STATE.sub("", name))) and not find_rows(code, None)
        else None
    )


def _resolve_name(name: str, place: Place) -> Resolution:
    return Resolution(complete_body(_STATE.sub("", name), place))


def _region_of_kind(kind: str, regions: tuple[str, ...]) -> str | None:
    """The smallest of the regions that a word (省, 市, 县 …) can stand for."""
    for region in reversed(regions):
        if kind == "省" and place_level(region) == "province" and region.endswith("省"):
            return region
        if kind == "区" and (not region.endswith("区") or region.endswith(("自治区", "地区"))):
            continue
        if region.endswith(_KINDS.get(kind, (kind,))):
            return region
    return None


@lru_cache(maxsize=1024)
def _place_parts(regions: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """What the regions of a report may be called at the head of a code, and the regions each stands for.

    A region is called by its first character or that and another (巴塔 of 巴彦塔拉旗), its name, or its first character
    and its kind (梅市), at times behind the signs of the regions above it (湘沅, 粤梅市); by another character of its
    name only where no region begins with that.
    """
    strong: dict[str, list[str]] = {}
    weak: dict[str, list[str]] = {}
    above = [""]
    for region in regions:
        bare = bare_name(region)
        signs = _province_signs(region)
        own = {bare[:1], bare, region, bare[:1] + region[-1:], bare[:2] + region[-1:], *signs}
        own |= {bare[:1] + char for char in bare[1:]}
        for before in above:
            for part in own:
                strong.setdefault(before + part, []).append(region)
            for char in bare[1:]:
                weak.setdefault(before + char, []).append(region)
        heads = {bare[:1], bare[:2], *signs}
        above += [before + head for before in above for head in heads]
    for word in _LEVEL_WORDS:
        if (own_region := _region_of_kind(word, regions)) is not None:
            strong[word] = [own_region]
    return {part: tuple(dict.fromkeys(found)) for part, found in (weak | strong).items() if len(part) <= _LONGEST_PART}


@cache
def _province_signs(region: str) -> tuple[str, ...]:
    pairs = (entry.split("\t") for entry in load_list("province_signs"))
    return tuple(sign for sign, province in pairs if province == region)


@lru_cache(maxsize=1024)
def _province_parts(code: str) -> dict[str, tuple[str, ...]]:
    """What a code may call a province in a report that does not say which it is in: 甘发改, 吉省价."""
    pairs = (entry.split("\t") for entry in load_list("province_signs"))
    return {
        part: (province,) for sign, province in pairs if code.startswith(sign) for part in (sign, sign + province[-1:])
    }


def _find_governments(code: str, parts: dict[str, tuple[str, ...]], province: str | None) -> list[str]:
    """The bodies of the report's own regions that a code such as 青政办 can stand for."""
    found: list[str] = []
    for length in range(1, min(_LONGEST_PART, len(code) - 1) + 1):
        match = _BODY.fullmatch(code, length)
        if match:
            regions = parts.get(code[:length], ())
            found += [name for region in regions for name in _bodies_of(region, match["body"], province)]
    return found


def _bodies_of(region: str, sign: str, province: str | None) -> tuple[str, ...]:
    """The body of a region that a sign (政, 委办, 署) stands for, under the names it may have."""
    body = _BODIES[sign]
    # Where a government's office has 政办 in its codes, 办 is that of the party's committee; 川办 is a government's.
    if sign == "办" and (province is None or province in _PREFECTURAL):
        return ()
    if body.startswith("行政公署") != bool(_PREFECTURE.search(region)):
        return () if sign not in ("委", "委办", "党委", "党委办") else (complete(region, body),)
    is_zone = bool(_ZONE.search(region))
    if (
        body.startswith("管理委员会") != is_zone
        and (is_zone or body.startswith("管理委员会"))
        and not region.endswith("新区")
    ):
        return ()
    if body != "人民政府办":
        return (complete(region, body),)
    usual = "办公厅" if place_level(region) == "province" else "办公室"
    return tuple(f"{region}人民政府{office}" for office in load_offices().get(region, (usual,)))


def _find_department(code: str, parts: dict[str, tuple[str, ...]], named: frozenset[str]) -> Resolution:
    """The department of a region of the report, if a code (青水发) fits one body only, or one the report names."""
    departments = load_departments()
    names: list[str] = []
    is_office = False
    for length in range(1, min(_LONGEST_PART, len(code) - 1) + 1):
        if code[:length] not in parts:
            continue
        for end in range(min(len(code), length + 4), length, -1):
            kinds = departments.get(code[length:end])
            office = OFFICE.fullmatch(code, end)
            if kinds is not None and (office or UNIT.fullmatch(code, end)):
                is_office = is_office or office is not None
                names += [
                    complete(region, kind) for region in parts[code[:length]] for kind in _at_level(kinds, region)
                ]
                break
    if len(set(names)) <= 1 and not is_office:
        # It has had no other name.
        return Resolution(names[0]) if names else _UNKNOWN
    known = [name for name in dict.fromkeys(names) if any(one.endswith(name) for one in named)] or [
        name for name in dict.fromkeys(names) if any(is_same_name(one, name) for one in named)
    ]
    if len(known) == 1 and not is_office:
        return Resolution(known[0])
    return Resolution(None, tuple(dict.fromkeys(known or names)))


def _at_level(kinds: tuple[str, ...], region: str) -> tuple[str, ...]:
    """The names a department can have in a province (局 only where it never was a 厅 or 委员会), or below (no 厅)."""
    upper = tuple(kind for kind in kinds if kind.endswith(("厅", "委员会")))
    if place_level(region) == "province":
        return upper or kinds
    return tuple(kind for kind in kinds if not kind.endswith("厅"))
