"""Who issued a document, by its number: from the list of codes, the words of the number, or the report's own place.

Codes are unique among the bodies that one body supervises, not in the country: 宁政 is Ningxia, Nanjing or Ningde. So
the place of the report decides between several, and a code that nothing decides on has candidates and no issuer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from govner.records.citations.departments import find_departments
from govner.records.citations.governments import are_of_party, find_governments, is_of_government, long_signs
from govner.records.citations.issuer_codes import CodeRow, find_rows
from govner.records.citations.named_issuers import find_named, find_own, name_as_report, name_bodies
from govner.records.citations.place_signs import (
    LONGEST_SIGN,
    first_signs,
    place_signs,
    places_by_initial,
    provinces_at_head,
    region_of_kind,
)
from govner.records.identity.names import clean_name, complete, find_national, is_body, split_own
from govner.records.identity.place import Place, split_body
from govner.records.identity.regions import bare_name, place_level
from govner.records.schema import DocumentNumber

_NO_BRACKETS: Final = str.maketrans("", "", "()")
_PUBLISHED: Final = re.compile(r"(?:文件|令|公告|通告)$")
_MINUTES: Final = re.compile(r"(?P<body>.{0,160}政府)(?:党组|常务|专题|全体|办公)*会议纪要")
_STATE: Final = re.compile("^中华人民共和国(?!主席|海关)(?=.)")
_SPELLED_OUT: Final = re.compile("^中共.{3,}|(?:人民政府|委员会|办公室|办公厅|领导小组|指挥部|联席会议)$")
# Provinces where the code of a government has 府 instead of 政.
_PREFECTURAL: Final = frozenset(("上海市", "江西省", "广东省", "海南省", "重庆市", "四川省", "贵州省"))
# The codes of these are known all over the country, also where a place's own begin with the same character.
_HIGHEST: Final = ("国务院", "中共中央", "中国共产党中央委员会")
# What a report calls the place above its own, by the level of its own.
_UPPER_KINDS: Final = {"township": ("县", "区", "市", "旗"), "county": ("市", "州", "盟", "地区")}


@dataclass(frozen=True)
class Resolution:
    """Who issued a document: the body, or those it may be where nothing decides between them."""

    issuer: str | None = None
    candidates: tuple[str, ...] = ()


_UNKNOWN: Final = Resolution()


def resolve_issuer(
    number: DocumentNumber, place: Place, bodies: Iterable[str] = (), codes: Collection[str] = ()
) -> Resolution:
    """Find who issued a document.

    number (DocumentNumber): Its number.
    place (Place): The place of the report that cites it.
    bodies (Iterable[str]): Names of bodies in the report, which decide what a body is called.
    codes (Collection[str]): The codes of all documents that the report cites.
    RETURNS (Resolution): The issuer by full name, candidates where there are several, neither for an unknown code.
    """
    # 深府(办)规 is 深府办规.
    code = (number.code or "").translate(_NO_BRACKETS)
    if (name := _spelled_out(code)) is not None:
        return _resolve_name(name, place)
    rows = find_rows(code, number.year)
    named = name_bodies(tuple(bodies), place)
    province = next((region for region in place.regions if place_level(region) == "province"), None)
    signs = place_signs(place.regions)
    party = are_of_party(province, codes, signs)
    if rows and not rows[0].regions:
        same = () if rows[0].issuer.startswith(_HIGHEST) else _same_at_place(code, place, number.year, party=party)
        return _choose([*(row.issuer for row in rows), *same])
    own = [row for row in rows if row.regions[-1] in place.regions]
    if own:
        return _choose(row.issuer for row in own)
    if local := _choose_local(find_governments(code, signs, party=party), rows, codes, place.regions):
        return _choose(name_as_report(local, place, named))
    if issuer := find_own(code, signs, place):
        return Resolution(issuer)
    if rows:
        near = [row for row in rows if row.regions[0] in place.regions]
        return _elsewhere(code, near or rows, place.regions if near else ())
    if province is None:
        signs = provinces_at_head(code) | signs
    departments, is_office = find_departments(code, signs, number.year, named)
    if len(departments) == 1 and not is_office:
        return _choose(name_as_report(departments, place, named))
    if found := find_named(code, signs, place, named):
        return _choose(found)
    if departments:
        return Resolution(None, departments)
    return _above(code, place, tuple(bodies)) or _UNKNOWN


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
        region = region_of_kind(own[0], place.regions)
        # 省局 is a bureau of the province, whichever.
        return complete(region, own[1]) if region and (len(own[1]) > 1 or own[1] == "委") else None
    return re.sub(r"(?<!人民)政府$", "人民政府", name)


def choose_by_words(words: str, candidates: Iterable[str]) -> str | None:
    """Choose among the bodies that a code may stand for by what the text calls the issuer.

    words (str): A name without the name of its place: 自治区人民政府办公厅, 市政府办.
    candidates (Iterable[str]): The bodies.
    RETURNS (str | None): The only one that can be called so.
    """
    own = split_own(clean_name(words))
    if own is None:
        return None
    kind, rest = own
    found = [
        name
        for name in candidates
        if (places := split_body(name).places)
        and region_of_kind(kind, places[-1:])
        and name == complete(places[-1], rest)
    ]
    return found[0] if len(found) == 1 else None


def _choose(issuers: Iterable[str]) -> Resolution:
    found = tuple(dict.fromkeys(issuers))
    return Resolution(found[0]) if len(found) == 1 else Resolution(None, found)


def _same_at_place(code: str, place: Place, year: int | None, *, party: bool) -> Iterable[str]:
    """The bodies of the report's own places that have the code of a ministry: 民办发 of the committee of 民乐县."""
    signs = first_signs(place.regions)
    return find_governments(code, signs, party=party) or find_departments(code, signs, year, frozenset())[0]


def _choose_local(
    found: dict[str, str], rows: list[CodeRow], codes: Collection[str], regions: tuple[str, ...]
) -> tuple[str, ...]:
    """The bodies of the report's places that a code can stand for, but for those that have another code.

    In a report that cites 辽浑政办发, 辽政办发 is not of 辽浑市 if it can be of another body.
    """
    if len(found) < 2 and not rows:
        return tuple(found)
    longer = long_signs(codes, place_signs(regions))
    left = tuple(name for name, sign in found.items() if len(sign) > 1 or not _is_of(name, longer))
    return left if left or rows else tuple(found)


def _is_of(name: str, regions: Collection[str]) -> bool:
    return any(region in name for region in regions)


def _above(code: str, place: Place, bodies: tuple[str, ...]) -> Resolution | None:
    """The government of the unknown place above the report's own: 延岭政办 for a township that writes of 县政府办."""
    kinds = _UPPER_KINDS.get(place.level or "", ())
    levels = {place_level(region) for region in place.regions}
    if not kinds or not levels <= {"province", place.level}:
        return None
    said = {own[0] for body in bodies if (own := split_own(clean_name(body))) and own[0] in kinds}
    own_initials = {bare_name(region)[:1] for region in place.regions}
    if len(said) != 1 or code[:1] in own_initials:
        return None
    for length in range(LONGEST_SIGN, 1, -1):
        if is_of_government(code, length):
            above = code[:length] + said.pop()
            return _choose(find_governments(code, {code[:length]: (above,)}, party=False))
    return None


def _elsewhere(code: str, rows: list[CodeRow], regions: tuple[str, ...]) -> Resolution:
    """A code of another place: that of a province, or of a city no other place of the report's province, if that is
    known, or of the country shares it with."""
    chosen = _choose(row.issuer for row in rows)
    if chosen.issuer and (len(rows[0].regions) == 1 or not _sharers(code, regions) - {rows[0].regions[-1]}):
        return chosen
    return Resolution(None, chosen.candidates or (chosen.issuer or "",))


def _sharers(code: str, regions: tuple[str, ...]) -> set[str]:
    """The places whose codes may begin like one: by their first character and by 政 or 府, as their province has it."""
    places = places_by_initial().get(code[0], ())
    if regions:
        return {place for place, province in places if province in regions}
    word = "府" if "府" in code else "政"
    return {place for place, province in places if (province in _PREFECTURAL) == (word == "府")}


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
