"""Codes of governments, party committees and their offices at the report's own places: 青政办, 沅办发, 区委办."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from govner.records.citations.issuer_codes import FORM, load_offices
from govner.records.citations.place_signs import LONGEST_SIGN, Signs
from govner.records.identity.names import complete
from govner.records.identity.regions import place_level

# Provinces in which 办 alone is of a government's office at some places (川办, 渝办, 成办), and of the party 委办.
_OFFICES_OF_GOVERNMENTS: Final = frozenset(("四川省", "重庆市", "上海市"))
# What follows the place in a code, and the body after a place's name in the form that `complete` makes full.
_BODIES: Final = {
    "政": "人民政府", "府": "人民政府", "政府": "人民政府",
    "政办": "人民政府办", "府办": "人民政府办", "政府办": "人民政府办", "府厅": "人民政府办", "政厅": "人民政府办",
    "办": "委办",
    "委": "委", "党": "委", "党委": "委", "委办": "委办", "党办": "委办", "党委办": "委办",
    "人大": "人大常委会", "人大常": "人大常委会", "人常": "人大常委会", "常": "人大常委会",
    "人大办": "人大常委会办公室", "人常办": "人大常委会办公室", "常办": "人大常委会办公室",
    "政协": "政协", "协": "政协",
    "行署": "行政公署", "行": "行政公署", "署": "行政公署",
    "行署办": "行政公署办", "行办": "行政公署办", "署办": "行政公署办",
    "管": "管理委员会", "管委": "管理委员会", "管办": "管理委员会办公室", "管委办": "管理委员会办公室",
    "开管": "管理委员会", "经管": "管理委员会", "高管": "管理委员会", "新管": "管理委员会", "园管": "管理委员会",
    "开管办": "管理委员会办公室", "经管办": "管理委员会办公室", "高管办": "管理委员会办公室",
    "新管办": "管理委员会办公室", "园管办": "管理委员会办公室",
}  # fmt: skip
_BODY: Final = re.compile(
    # What a committee of the party issues has 发 alone: 沅发〔2016〕3号.
    rf"(?P<body>{'|'.join(sorted(_BODIES, key=len, reverse=True))}){FORM}|(?P<committee>)发"
)
_PREFECTURE: Final = re.compile("(?:地区|盟)$")
_ZONE: Final = re.compile("(?:开发区|高新区|新区|示范区|保税区|园区|度假区|景区|名胜区|合作区|试验区|管理区)$")


def find_governments(code: str, signs: Signs, *, party: bool) -> dict[str, str]:
    """Find the bodies of the report's own places that a code such as 青政办 can stand for.

    code (str): A code.
    signs (Signs): What places are called at the head of a code, by `place_signs`.
    party (bool): Whether codes with 办 or 发 alone are of the party, by `are_of_party`.
    RETURNS (dict[str, str]): The bodies, each with the sign of its place in the code.
    """
    found: dict[str, str] = {}
    for length in range(1, min(LONGEST_SIGN, len(code) - 1) + 1):
        match = _BODY.fullmatch(code, length)
        if match is None:
            continue
        for region in signs.get(code[:length], ()):
            if match["body"] is None and (not party or place_level(region) == "province"):
                continue
            for name in _bodies_of(region, match["body"] or "委", party=party):
                found[name] = code[:length]
    return found


def are_of_party(province: str | None, codes: Collection[str], signs: Signs) -> bool:
    """Whether the codes of a report's places that have 办 alone (沅办发) are of the party's committees.

    province (str | None): The province of the report.
    codes (Collection[str]): All codes in the report, which tell where the province is not known.
    signs (Signs): What places are called at the head of a code.
    RETURNS (bool): False where governments have such codes, or may.
    """
    if province is not None:
        return province not in _OFFICES_OF_GOVERNMENTS
    # Where a government's code has 政, not 府, its office has 政办.
    return any(
        code[length] == "政" and _BODY.fullmatch(code, length)
        for code in codes
        for length in range(1, min(LONGEST_SIGN, len(code) - 1) + 1)
        if code[:length] in signs
    )


def long_signs(codes: Collection[str], signs: Signs) -> frozenset[str]:
    """The places whose governments the codes of a report call by more than one character: 辽浑市 for 辽浑政办发.

    codes (Collection[str]): The codes of a report.
    signs (Signs): What places are called at the head of a code.
    RETURNS (frozenset[str]): Their names. A body has one code, so that another code (辽政办发) is of another body.
    """
    found: set[str] = set()
    for code in codes:
        for length in range(min(LONGEST_SIGN, len(code) - 1), 1, -1):
            regions = signs.get(code[:length], ())
            if regions and _BODY.fullmatch(code, length):
                found |= {*regions} if len(regions) == 1 else set()
                break
    return frozenset(found)


def is_of_government(code: str, length: int) -> bool:
    """Whether a code goes on behind a place as those of governments and their offices do."""
    match = _BODY.fullmatch(code, length)
    return match is not None and _BODIES.get(match["body"] or "", "").startswith("人民政府")


def _bodies_of(region: str, sign: str, *, party: bool) -> tuple[str, ...]:
    """The body of a region that a sign (政, 委办, 署) stands for, under the names it may have."""
    body = _BODIES[sign]
    if sign == "办" and not party:
        return ()
    if body.startswith("行政公署") != bool(_PREFECTURE.search(region)) and body not in ("委", "委办"):
        return ()
    is_zone = bool(_ZONE.search(region))
    if (
        body.startswith("管理委员会") != is_zone
        and (is_zone or body.startswith("管理委员会"))
        and not region.endswith("新区")
    ):
        return ()
    if not body.endswith(("政府办", "委办", "公署办")):
        return (complete(region, body),)
    usual = "办公厅" if place_level(region) == "province" else "办公室"
    offices = load_offices().get(region, (usual,))
    # Of the cities whose governments have had a 办公厅 only the committees still have one.
    if body == "委办" and "办公厅" in offices:
        offices = ("办公厅",)
    stem = body.removesuffix("办")
    return tuple(complete(region, stem + office) for office in offices)
