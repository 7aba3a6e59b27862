"""Names of bodies: their short forms, and the place words (市, 县, 局 …) that stand in them for a place."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import Final

from govner.data import load_list
from govner.text.script import simplified_characters

_BRACKETS: Final = re.compile(r"[(（【\[][^()（）【】\[\]]{0,24}(?:[)）】\]]|$)")
_EDGES: Final = "，。、；：︰,.;:·*-—_“”\"'‘’<>《》〈〉"
_SPACE: Final = re.compile(r"[\s\u3000]+")
# 市 in 市水务局 stands for the report's city; in 市场监督管理局 for nothing.
_OWN: Final = re.compile(
    r"(?:中共|共青团)?(?P<kind>自治区|自治州|自治县|自治旗|街道|苏木|地区|省|市|县|区|州|盟|旗|镇|乡|地(?=委))"
    r"(?!场|容|域|划|间|级|村|直|民[^政族防宗])(?P<rest>.*)"
)
_ENDINGS: Final = re.compile(
    "(?:政府|委员会|[^常监]委|[局厅部署院校站馆队团科股]|(?<!社)会|(?<![场之])所|[电视象]台|(?<!区)社|(?<![短好坏之长用])处|小组|中心|(?<!怎么)办"
    "|公室|海关|[分支银]行|大学|中学|小学|公司|法庭|专班|联席会议|人大|政协|残联|妇联|工商联|党组)$"
)


# Bodies of the centre begin so; ministries (国务院组成部门) since 2008 by name, for 宣传部 and 指挥部 are of any level.
_CENTRAL: Final = re.compile(
    "国务院|中共中央|中央|国家|最高人民|全国|中国|(?:中华人民共和国)?(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|民政|司法|财政"
    "|人力资源和社会保障|劳动和社会保障|人事|自然资源|国土资源|生态环境|环境保护|住房和城乡建设|建设|交通运输|交通|铁道|水利|农业农村|农业"
    "|商务|文化和旅游|文化|卫生|退役军人事务|应急管理)部(?!门|队)"
)


@cache
def _load_pairs(name: str) -> dict[str, str]:
    return dict(entry.split("\t") for entry in load_list(name))


@cache
def _simplified() -> dict[int, str]:
    return str.maketrans(simplified_characters())


@cache
def _only_traditional() -> frozenset[str]:
    return frozenset(simplified_characters())


@cache
def _only_simplified() -> frozenset[str]:
    return frozenset(_simplified().values()) - {chr(code) for code in _simplified()}


def simplify(text: str) -> str:
    """A text without white space, in simplified script if it is mostly in traditional.

    A simplified text keeps the rare traditional characters of names: 濛江水利委员会.
    """
    plain = _SPACE.sub("", text)
    if _only_traditional().isdisjoint(plain):
        return plain
    table = _simplified()
    traditional = sum(ord(char) in table for char in plain)
    if traditional < 2 or 2 * traditional < sum(char in _only_simplified() for char in plain):
        return plain
    return plain.translate(table)


@lru_cache(maxsize=8192)
def clean_name(text: str) -> str:
    """A body's name in simplified script, without white space and without what it has in brackets: 档案局(馆)."""
    name = simplify(text).strip(_EDGES)
    shorter = _BRACKETS.sub("", name)
    return shorter or name


def find_national(name: str) -> str | None:
    """The full name of a national body by its short form (党中央, 国家发改委); None for others."""
    return _load_pairs("national_bodies").get(name)


def split_own(name: str) -> tuple[str, str] | None:
    """Split off the word that stands for a place: 市水务局 into 市 and 水务局.

    name (str): A body's name that begins with no place's name.
    RETURNS (tuple[str, str] | None): The kind of place and the rest; None if it begins with no such word.
    """
    match = _OWN.fullmatch(name)
    return (match["kind"], match["rest"]) if match and match["rest"] else None


@lru_cache(maxsize=8192)
def complete(place: str, body: str, upper: str = "") -> str:
    """The full name of a body at a place.

    place (str): The place's name, such as 临江市.
    body (str): The body's name without place, in a full or a short form: 水务局, 政府办, 委宣传部.
    upper (str): What stands before the place: 中共, 共青团, 国家税务总局.
    RETURNS (str): Such as 临江市水务局, 临江市人民政府办公室, 中共临江市委宣传部.
    """
    if upper == "共青团":
        return upper + place + ("委员会" if body == "委" else body)
    full = expand(body)
    if upper in ("中共", "中国共产党"):
        return complete(place, body) if full.startswith("中共") else "中共" + place + full
    if upper:
        return upper + complete(place, body)
    if full == "中共委员会":
        return f"中共{place}委员会"
    if full.startswith("中共"):
        return f"中共{place}{full[2:]}"
    if full == "中国人民政治协商会议委员会":
        return f"中国人民政治协商会议{place}委员会"
    return place + full


def expand(body: str) -> str:
    """The full form of a body's name without place: of its whole, or of its first part (政府办信息公开科)."""
    pairs = _load_pairs("short_bodies")
    if body in pairs:
        return pairs[body]
    if body.startswith(("政府信息", "政府采购", "政府网")):
        return body
    # An inner unit after the body: the longest short form that ends a word.
    for length in range(min(8, len(body) - 2), 1, -1):
        if body[:length] in pairs and _is_unit(body[length:]) and not _is_unit(body[: length + 1][-2:]):
            return pairs[body[:length]] + body[length:]
    if body.startswith("委") and not body.startswith("委员"):
        return "中共" + body
    if body.startswith("政府"):
        return "人民" + body
    return body


def _is_unit(words: str) -> bool:
    return bool(re.fullmatch(r"(?:.{2,12}(?:科|处|股|室|组|中心|队|委员会|领导小组|办公室|党组))|办公室", words))


def is_central(name: str) -> bool:
    """Whether a name without place is of a body of the centre: 国务院办公厅, 水利部濛江水利委员会, 国家林业局."""
    return bool(_CENTRAL.match(name))


def is_body(name: str) -> bool:
    """Whether a name ends as those of public bodies do."""
    return bool(_ENDINGS.search(name))


def abbreviates(short: str, full: str) -> bool:
    """Whether a short form can stand for a full name: it has its characters, one of the first three and the last."""
    if len(short) >= len(full) or not short or short[0] not in full[:3]:
        return False
    if short[-1] != full[-1] and not (full.endswith(("委员会", "办公室")) and short[-1] == full[-3]):
        return False
    return not Counter(short) - Counter(full)
