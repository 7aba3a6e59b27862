"""Administrative divisions: by name, and at the head of a body's name.

The list is `adcodes.csv` of cpca (MIT), the divisions down to the county with their codes of GB/T 2260. It is of about
2016 and has no townships; a division it lacks is known by the kind its name ends with, and then has no code.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from govner.records.schema import Level

RANKS: Final[dict[Level, int]] = {"central": -1, "province": 0, "city": 1, "county": 2, "township": 3}
# Entries of the list that stand for no division: the rows under a city or province that only group others.
_GROUPS: Final = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff〇"
_PEOPLE: Final = (
    "壮族|回族|维吾尔|蒙古族?|藏族|羌族|彝族|白族|傣族|苗族|侗族|布依族|土家族|哈尼族|景颇族|傈僳族|朝鲜族"
    "|哈萨克族?|满族|瑶族|黎族|佤族|拉祜族|布朗族|土族|仡佬族|东乡族|撒拉族|保安族|锡伯|塔吉克|柯尔克孜|达斡尔族|怒族|独龙族|普米族|各族|畲族|仫佬族|毛南族|裕固族"
)
_BARE: Final = re.compile(rf"(?:{_PEOPLE}){{0,8}}自治[区州县旗]$|特别行政区$|地区$|[省市县区旗盟州]$")
# A division as names have it that are in no list. 市 may begin a word (市场), and names of kinds of areas (社区, 校区)
# and of cities (景德镇市, 萍乡市) hold the characters of others.
_STEP: Final = re.compile(
    rf"(?:人民政府(?=[{_HAN}]{{1,8}}街道))?(?P<stem>[{_HAN}]{{1,16}}?)"
    r"(?P<kind>省|特别行政区|自治[区州县旗]|地区|街道|苏木|(?<![城都])市(?!场|容|政(?![府务协法研策数])|民(?![政族防宗兵间])|辖)"
    r"|县(?!级市)|(?<![社校园小景库片牧灌辖厂山])区(?![域划县间])|旗(?![市县])|盟(?![市县])|州(?![市县区])|(?<!乡)镇(?![市县区江])|乡(?![村镇市县]))"
)
_KIND: Final = re.compile("[省市县区旗盟州镇乡]|街道|苏木")
_ZONE: Final = re.compile(
    rf"(?P<stem>[{_HAN}]{{2,12}}?)(?P<kind>(?:经济|技术|高新|产业|工业|农业|科技|风景|名胜|旅游|临空|临港|自由|贸易|综合){{1,8}}"
    r"(?:[技术产业]{0,8}(?:开发|示范|保税|试验|度假|名胜|产业园|工业园|园|新|集中)区)|保税区)"
)
# What no name of a place holds.
_NO_PLACE: Final = re.compile(
    "[局厅部会院和与及的省市县]|人民|政府|政务|委员|办公|管理|建设|开发|服务|公共|国家|中共|中国|公司|中心|学校|大学|农村|乡[镇村]|城[镇乡区市]"
    "|社[区会]|信息|监督|行政|文化|教育|卫生|关于|根据|全国|全[省市县区]|各|人[大行]|派驻|共青团|民[盟建进革]|九三|致公|农工|军分|主城|自治|^[州区团沿镇]|互$"
    "|^(?:高新|经济|综合|工业|技术)"
)
KINDS: Final[dict[str, Level]] = {
    "省": "province", "自治区": "province", "特别行政区": "province",
    "市": "city", "自治州": "city", "州": "city", "盟": "city", "地区": "city",
    "县": "county", "自治县": "county", "旗": "county", "自治旗": "county", "区": "county",
    "乡": "township", "镇": "township", "苏木": "township", "街道": "township",
}  # fmt: skip


@dataclass(frozen=True)
class Division:
    """A division of the list.

    name (str): Its full name.
    code (str): Six digits.
    level (Level): "province", "city" or "county".
    above (tuple[str, ...]): Names of the divisions it lies in, the largest first.
    """

    name: str
    code: str
    level: Level
    above: tuple[str, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """Its name after those of the divisions it lies in."""
        return (*self.above, self.name)


@dataclass(frozen=True)
class Head:
    """The divisions a name begins with.

    places (tuple[str, ...]): Their names, the largest first.
    levels (tuple[Level, ...]): Their levels; 市 without a known code counts as a city.
    rest (str): The name without them.
    """

    places: tuple[str, ...]
    levels: tuple[Level, ...]
    rest: str


@cache
def load_divisions() -> tuple[Division, ...]:
    """Load the list of divisions.

    RETURNS (tuple[Division, ...]): In order of their codes.
    RAISES (FileNotFoundError): cpca is not installed.
    """
    # Only its data is used: its code needs an older pandas.
    spec = find_spec("cpca")
    places = spec.submodule_search_locations if spec else None
    if not places:
        raise FileNotFoundError("the list of divisions is missing: install cpca")
    with (Path(places[0]) / "resources" / "adcodes.csv").open(encoding="utf8", newline="") as file:
        names = {row["adcode"][:6]: row["name"] for row in csv.DictReader(file)}
    return tuple(_make_division(code, names) for code in sorted(names) if names[code] not in _GROUPS)


def _make_division(code: str, names: dict[str, str]) -> Division:
    level: Level = "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"
    upper = [f"{code[:2]}0000"] * (level != "province") + [f"{code[:4]}00"] * (level == "county")
    return Division(
        names[code], code, level, tuple(names[one] for one in upper if names.get(one, _GROUPS[0]) not in _GROUPS)
    )


@cache
def _by_name() -> dict[str, tuple[Division, ...]]:
    """The divisions of each full name and of each name without its kind."""
    found: dict[str, list[Division]] = {}
    for division in load_divisions():
        bare = bare_name(division.name)
        for name in {division.name} | ({bare} if len(bare) > 1 else set()):
            found.setdefault(name, []).append(division)
    return {name: tuple(divisions) for name, divisions in found.items()}


def bare_name(name: str) -> str:
    """The name of a division without its kind: 黑龙江 for 黑龙江省, 湘西 for 湘西土家族苗族自治州."""
    return _BARE.sub("", name)


def find_divisions(name: str) -> tuple[Division, ...]:
    """Find the divisions of a name, full or without its kind; a full name leaves out those it is only a part of.

    name (str): Such as 南岗区 or 南岗.
    RETURNS (tuple[Division, ...]): All of them in order of their codes, none for an unknown name.
    """
    found = _by_name().get(name, ())
    return tuple(division for division in found if division.name == name) or found


def find_division(name: str, context: Iterable[str] = ()) -> Division | None:
    """Find the one division of a name.

    name (str): Full or without its kind.
    context (Iterable[str]): Names of other divisions, of which those it lies in decide between several.
    RETURNS (Division | None): None if there is none, or more than one that the context leaves.
    """
    found = find_divisions(name)
    if len(found) < 2:
        return found[0] if found else None
    known = set(context)
    matches = [sum(upper in known for upper in division.above) for division in found]
    best = max(matches)
    return found[matches.index(best)] if best and matches.count(best) == 1 else None


@lru_cache(maxsize=8192)
def split_head(name: str) -> Head:
    """Split the divisions off the head of a body's name.

    name (str): Such as 哈尔滨市南岗区教育局; without white space.
    RETURNS (Head): ("哈尔滨市", "南岗区") and 教育局; no places where the name begins with none.
    """
    places: list[str] = []
    levels: list[Level] = []
    rest = name
    while rest and (step := _take_step(rest, levels[-1] if levels else "central")):
        place, level, length = step
        places.append(place)
        levels.append(level)
        rest = rest[length:]
    return Head(tuple(places), tuple(levels), rest)


def place_level(place: str) -> Level | None:
    """The level of a division by its name: that of the list, or that of its kind; None without one."""
    found = find_divisions(place)
    levels = {division.level for division in found if division.name == place}
    if len(levels) == 1:
        return levels.pop()
    step = _STEP.fullmatch(place) or _ZONE.fullmatch(place)
    return KINDS.get(step["kind"], "county") if step else None


def _take_step(rest: str, above: Level) -> tuple[str, Level, int] | None:
    """The place a name begins with, its level and its length; it must be smaller than the one above."""
    for length in range(min(15, len(rest)) if rest[:2] in _beginnings() else 0, 1, -1):
        found = _by_name().get(rest[:length])
        # Where several divisions bear a name, the largest that can stand here.
        levels = [one.level for one in found or () if one.name == rest[:length] and RANKS[one.level] > RANKS[above]]
        if levels and not _runs_on(rest, length):
            return rest[:length], min(levels, key=RANKS.__getitem__), length
    written = _take_written(rest, above)
    if above == "central":
        for bare, province in _provinces():
            if rest.startswith(bare) and (written is None or _take_written(rest[len(bare) :], "province")):
                return province, "province", len(bare)
    return written


def _runs_on(rest: str, length: int) -> bool:
    """Whether a place's name that ends in 市 or 区 is only a part of a word: 市场, 区域."""
    return rest.startswith(("市场", "区域", "区划"), length - 1)


@cache
def _beginnings() -> frozenset[str]:
    """The first two characters of all names: most text has none of them."""
    return frozenset(name[:2] for name in _by_name())


@cache
def _provinces() -> tuple[tuple[str, str], ...]:
    """The provinces without and with their kinds."""
    return tuple((bare_name(one.name), one.name) for one in load_divisions() if one.level == "province")


def _take_written(rest: str, above: Level) -> tuple[str, Level, int] | None:
    """A place in no list, by the kind it ends with."""
    if not _KIND.search(rest, 1):
        return None
    zone = _ZONE.match(rest) if "区" in rest else None
    step = _STEP.match(rest)
    if zone and not _NO_PLACE.search(zone["stem"]) and RANKS[above] < RANKS["county"]:
        return zone[0], "county", zone.end()
    if step is None or _NO_PLACE.search(step["stem"]):
        return None
    stem, kind = step["stem"], step["kind"]
    if len(stem) < (1 if kind == "县" else 2) or (len(stem) > 7 and "族" not in stem):
        return None
    # A city in a city is one of county level.
    level: Level = "county" if kind == "市" and above == "city" else KINDS[kind]
    return (stem + kind, level, step.end()) if RANKS[level] > RANKS[above] else None
