"""Codes (机关代字) read with the names that the report itself has for the bodies of its place.

钦港航发 is of 钦海市港航管理局 in the report of that bureau, 柳政公开办 of the office that the report names for the
disclosure of information; and a body is called as the report calls it: 北京市清榆区人民政府, 浍阳市人民政府办公厅.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from govner.records.citations.issuer_codes import FORM, OFFICE, UNIT, load_departments
from govner.records.identity.bodies import full_name
from govner.records.identity.place import Place, split_body, upper_of
from govner.records.identity.regions import bare_name

# 政公开办, 府信公办, 政务公开办: the office for the disclosure of information, under whichever name.
_DISCLOSURE: Final = re.compile(rf"[政府]{{0,2}}务?(?:信息|信)?公开?工?作?(?:领|组)?办{FORM}")
_DISCLOSURE_BODY: Final = re.compile("(?:政务|政府信息|信息).{0,4}公开.{0,60}办公室")
_AND: Final = re.compile("[和与及]")
# The ministry a body's name begins with: 水利部濛江水利委员会.
_MINISTRY: Final = re.compile("^[^部局署省市县]{2,9}(?:部|总局|总署)(?=.{4})")
_SCHOOL: Final = re.compile("(?:大学|学院|学校|中学|小学|幼儿园)$")
# What follows the sign of a body that has its place's name in its own: 辽汀校字, 陇理院发.
_OF_SCHOOL: Final = re.compile(rf"[校院]?[党委政行]?办?{FORM}")
_GOVERNMENT: Final = "人民政府"


@lru_cache(maxsize=64)
def name_bodies(bodies: tuple[str, ...], place: Place) -> frozenset[str]:
    """The full names of the bodies that a report names, its issuer among them.

    bodies (tuple[str, ...]): Their names as the report has them.
    place (Place): The place of the report.
    RETURNS (frozenset[str]): Without those that the place does not make full.
    """
    return frozenset(name for body in (place.issuer, *bodies) if body and (name := full_name(body, place)))


def find_own(code: str, parts: dict[str, tuple[str, ...]], place: Place) -> str | None:
    """Find whether a code is one of the report's own issuer.

    code (str): Such as 钦港航发; 淮体办 is of the office of a bureau, 濛委 of 濛江水利委员会.
    parts (dict[str, tuple[str, ...]]): What places are called at the head of a code.
    place (Place): The place of the report.
    RETURNS (str | None): The issuer or its office; None if the code is of another body or may be.
    """
    if place.issuer is None:
        return None
    bare = place.issuer if not place.regions else _without_place(place.issuer, place.regions[-1])
    rest = re.sub("办$", "办公室", bare.removeprefix(_GOVERNMENT))
    if rest in ("", "办公室", "办公厅"):
        return None
    for sign, tail in _split(code, parts, place.regions[-1]) if place.regions else ():
        kinds = load_departments().get(sign, ())
        # A branch (国家税务局清口分局) has the sign of its bureau in its name, and no code by it.
        if any(rest.startswith(kind) and rest != kind for kind in kinds):
            return None
        # 农 is in many names; a sign of one character that is in the list is of the bodies there.
        is_plain = len(sign) > 1 or (not kinds and sign == rest[:1])
        # 住房保障和房产管理局 has the sign of a 房产管理局.
        is_kind = any(is_same_name(rest, kind) or rest.endswith(("和" + kind, "与" + kind)) for kind in kinds)
        if is_kind or (is_plain and _shortens(sign, rest)):
            return _or_office(place.issuer, tail)
        if kinds:
            return None
    name = _MINISTRY.sub("", bare.removeprefix(upper_of(bare)))
    for end in range(len(code) - 1, 1, -1):
        sign, tail = code[:end], code[end:]
        if sign[0] == name[0] and _OF_SCHOOL.fullmatch(tail) and _shortens(sign, name) and _is_telling(sign, name):
            return _or_office(place.issuer, tail)
    return None


def _or_office(issuer: str, tail: str) -> str:
    return issuer + "办公室" if tail.startswith("办") else issuer


def _is_telling(sign: str, name: str) -> bool:
    """Whether a sign without a place has more of a body's name than the beginning of it, which may be a place's."""
    return sign[-1] not in name[:2] or _SCHOOL.search(name) is not None


def find_named(code: str, parts: dict[str, tuple[str, ...]], place: Place, named: Iterable[str]) -> list[str]:
    """Find the bodies a report names that a code of one of its places can stand for.

    code (str): Such as 柳政公开办 or 沧港航发.
    parts (dict[str, tuple[str, ...]]): What places are called at the head of a code.
    place (Place): The place of the report.
    named (Iterable[str]): The bodies, by `name_bodies`.
    RETURNS (list[str]): Their full names.
    """
    found: list[str] = []
    for region in place.regions:
        for name in sorted(named):
            rest = name.partition(region)[2]
            # A name the report has in short alone is not full.
            if rest and not rest.endswith("办") and _stands_for(code, parts, region, rest):
                found.append(name)
    return list(dict.fromkeys(found))


def is_same_name(one: str, other: str) -> bool:
    """Whether two names differ in 和 alone: 发展改革局, 发展和改革局."""
    return one == other or _AND.sub("", one) == _AND.sub("", other)


def name_as_report(issuers: Iterable[str], place: Place, named: frozenset[str]) -> list[str]:
    """Name bodies of the report's places as the report does.

    issuers (Iterable[str]): The bodies that a code may stand for.
    place (Place): The place of the report.
    named (frozenset[str]): The bodies it names, by `name_bodies`.
    RETURNS (list[str]): With the place above where the report has it, with the office the report names.
    """
    found = []
    for issuer in dict.fromkeys(issuers):
        hall = issuer[:-1] + "厅"
        is_office = issuer.endswith(("人民政府办公室", "委办公室"))
        is_hall = is_office and not _has(issuer, named) and _has(hall, named)
        found.append(_with_upper(hall if is_hall else issuer, place, named))
    known = [name for name in found if name in named]
    return list(dict.fromkeys(known if len(found) > 1 and len(known) == 1 else found))


def _longer(name: str, named: frozenset[str]) -> str:
    """The name with the places above that the report has before it; itself if it has none."""
    longer = [one for one in named if one.endswith(name) and not split_body(one[: -len(name)]).rest]
    return max(longer, key=len, default=name)


def _has(name: str, named: frozenset[str]) -> bool:
    return _longer(name, named) in named


def _with_upper(name: str, place: Place, named: frozenset[str]) -> str:
    """A body's name with the place above its own, as the report or the issuer of the same district has it."""
    longer = _longer(name, named)
    if not place.regions:
        return longer
    region = place.regions[-1]
    upper = (place.issuer or "").partition(region)[0]
    if longer == name and region.endswith("区") and name.startswith(region) and upper.endswith(place.regions[:-1]):
        return upper + name
    return longer


def _without_place(name: str, region: str) -> str:
    head = split_body(name)
    if head.places:
        return head.rest
    return name.removeprefix(bare_name(region))


def _split(code: str, parts: dict[str, tuple[str, ...]], region: str) -> Iterator[tuple[str, str]]:
    """The signs of a department that a code of a region may have, the longest first, and what follows each."""
    for length in range(1, len(code)):
        if region not in parts.get(code[:length], ()):
            continue
        for end in range(len(code), length, -1):
            if OFFICE.fullmatch(code, end) or UNIT.fullmatch(code, end):
                yield code[length:end], code[end:]


def _stands_for(code: str, parts: dict[str, tuple[str, ...]], region: str, rest: str) -> bool:
    if _DISCLOSURE_BODY.match(rest):
        return any(
            region in parts.get(code[:length], ()) and _DISCLOSURE.fullmatch(code, length)
            for length in range(1, len(code))
        )
    if rest.startswith(_GOVERNMENT):
        return False
    return any(
        len(sign) > 1 and sign not in load_departments() and not OFFICE.fullmatch(tail) and _shortens(sign, rest)
        for sign, tail in _split(code, parts, region)
    )


def _shortens(sign: str, name: str) -> bool:
    """Whether the characters of a sign stand in a name in this order, the first at its beginning."""
    if not name or sign[0] not in name[:2]:
        return False
    left = iter(name)
    return all(char in left for char in sign)
