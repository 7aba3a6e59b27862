"""The bodies a report names, with their full names where its place and issuer determine them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from govner.records.identity.names import (
    abbreviates,
    clean_name,
    complete,
    expand,
    find_national,
    is_central,
    split_own,
)
from govner.records.identity.place import Place, read_place, split_body, upper_of
from govner.records.identity.regions import bare_name
from govner.records.schema import BodyMention, Evidence, Identity, maker
from govner.records.source import Mention, Source

_make_mention: Final = maker(BodyMention)
# What a report calls its own body. 本办法, 本会议, 本处罚 are other words.
_SELF: Final = re.compile(
    r"(?:我|本)(?P<body>局(?!限)|厅|委(?!托)|办(?![法理])|院|校|中心|站(?!原创)|所(?![有需在])|会(?!议)|社(?![会区])|队|处(?!罚)|馆|支?行(?!政|业)"
    r"|公司|集团|机关|单位|部门(?!规)|[省市县区州盟旗镇乡](?:人民)?政府|街道办(?:事处)?|管委会|领导小组)"
)
# The words a body can be called by, beside the character it ends with.
_CALLED: Final = {
    "校": "学院 大学 中学 小学 学校",
    "办": "办公室 办公厅",
    "委": "委员会",
    "会": "委员会 联合会 工会",
    "行": "支行 银行",
}
_ANY_BODY: Final = ("机关", "单位", "部门")
_INNER: Final = re.compile("(?P<body>局|厅|委|院|校|站|中心|处|所|社|队|馆|办)(?P<unit>.{2,16})")
_SECTION: Final = re.compile("(?!驻|派驻).{2,14}(?:[科股]|(?<!管理)(?<!办事)(?<!公证)(?<!海事)处)")
_LOCAL: Final = re.compile("(?!驻|派驻).{2,14}(?:局|委|委员会|厅|办|联|院)")
_LEAGUE: Final = re.compile("团(?P<kind>[省市县区州盟旗])委")
_OFFICE: Final = re.compile("省|自治区")
_LISTED: Final = re.compile(r"\s{0,20}[、和及与,，]\s{0,20}|[ \u3000]?")


def read_bodies(source: Source, identity: Identity) -> tuple[BodyMention, ...]:
    """Read the bodies a report names.

    source (Source): The report.
    identity (Identity): What `read_identity` read from it.
    RETURNS (tuple[BodyMention, ...]): Every mention of a body and every word a report has for its own (我局), in order;
        without a name where the report does not determine it.
    """
    place = read_place(source, identity)
    mentions = source.mentions_in(0, len(source.text), "AGENCY")
    bodies: list[BodyMention] = []
    before: Mention | None = None
    kind: str | None = None
    for mention in mentions:
        name, own = _read_name(mention.text)
        # 县财政局、教育局: the second is also of the county.
        if own is not None:
            kind = own
        elif kind is not None and not (_follows(before, mention, source) and _LOCAL.fullmatch(name)):
            kind = None
        full = full_name(name, place, kind)
        is_self = full is not None and full == place.issuer
        bodies.append(_make_body(full, is_self, source.evidence(mention.start, mention.end)))
        before = mention
    bodies += _self_mentions(source, place)
    return tuple(sorted(bodies, key=lambda body: body.evidence.start))


@lru_cache(maxsize=8192)
def _read_name(text: str) -> tuple[str, str | None]:
    """A mention's name, and the word for a place it begins with if it begins with no place."""
    name = clean_name(text)
    own = None if split_body(name).places else split_own(name)
    return name, own[0] if own else None


def _follows(before: Mention | None, mention: Mention, source: Source) -> bool:
    """Whether a mention is the next in a list."""
    return before is not None and _LISTED.fullmatch(source.text, before.end, mention.start) is not None


def _make_body(name: str | None, is_self: bool, evidence: Evidence) -> BodyMention:
    return _make_mention({"name": name, "is_self": is_self, "evidence": evidence})


@lru_cache(maxsize=8192)
def full_name(name: str, place: Place, kind: str | None = None) -> str | None:
    """The full name of a body.

    name (str): As the report has it, without white space.
    place (Place): The place of the report.
    kind (str | None): The word for a place that holds for a name without one (县 for 教育局 in 县财政局、教育局).
    RETURNS (str | None): None if neither the list of short forms nor the place determines it.
    """
    if national := find_national(name):
        return national
    head, upper = split_body(name), upper_of(name)
    if head.places:
        written = name[len(upper) : len(name) - len(head.rest)]
        longer = next((one for one in place.regions if _is_short_for(head.places[-1], one)), None)
        written = written.removesuffix(head.places[-1]) + longer if longer else written
        return complete(written, head.rest, upper) if head.rest else name
    if (upper and upper != "中共") or is_central(name):
        return name
    if league := _LEAGUE.fullmatch(name):
        region = _region_of(league["kind"], place)
        return f"共青团{region}委员会" if region else None
    if name.startswith(("行署", "行政公署")):
        region = _region_of("地区", place) or _region_of("盟", place)
        return complete(region, name) if region else None
    own = split_own(name)
    if own or kind:
        region = _region_of(own[0] if own else kind or "", place)
        return _at(region, own[1] if own else name, place) if region else None
    return _within(name, place)


def _is_short_for(place: str, region: str) -> bool:
    """Whether a place's name leaves out the peoples a region is named by: 湘西州 for 湘西土家族苗族自治州."""
    return len(place) < len(region) and place[-1] == region[-1] and bare_name(place) == bare_name(region)


def _region_of(kind: str, place: Place) -> str | None:
    """The smallest region of a report's place that a word stands for."""
    kinds = ("地区",) if kind == "地" else (kind,)
    found = [region for region in place.regions if region.endswith(kinds)]
    if kind == "区":
        # In an autonomous region 区 can be the region, in one of its districts the district.
        found = [region for region in found if not region.endswith(("自治区", "地区"))]
    return found[-1] if found else None


def _at(region: str, rest: str, place: Place) -> str | None:
    """The full name of a body of a region: 局 alone is the one of the issuer's own line."""
    issuer = place.issuer or ""
    head, upper = split_body(issuer), upper_of(issuer)
    if rest.startswith("局"):
        if not head.rest.endswith("局"):
            return None
        if region == place.regions[-1]:
            return issuer + rest[1:]
        # 昌澍市生态环境局 above 昌澍市禾田生态环境局.
        return upper + region + head.rest.removeprefix(bare_name(place.regions[-1])) + rest[1:]
    if rest.startswith("厅"):
        return issuer + rest[1:] if issuer.endswith("厅") and region in issuer else None
    full = complete(region, rest)
    if _OFFICE.search(region[-3:]) and rest in ("政府办", "府办"):
        full = full.removesuffix("办公室") + "办公厅"
    # A short form that is in no list, of the issuer: 市外经贸局.
    if head.places and head.places[-1] == region and expand(rest) == rest and abbreviates(rest, head.rest):
        return issuer
    return full


def _within(name: str, place: Place) -> str | None:
    """The full name of a body without place: one inside the issuer, or the issuer itself."""
    issuer = place.issuer
    if issuer is None:
        return None
    body = split_body(issuer).rest
    full = expand(name)
    if full == body or name == issuer:
        return issuer
    is_government = body.endswith(("政府", "委员会", "办事处")) and place.level == "township"
    if is_government and full.startswith("党政"):
        return complete("".join(split_body(issuer).places), name)
    inner = _INNER.fullmatch(name)
    if inner and _can_be_called(inner["body"], issuer) and not body.startswith(("人民政府", "委")):
        return issuer + inner["unit"]
    if _SECTION.fullmatch(name) and body.endswith(
        ("局", "委员会", "办公室", "办公厅", "厅", "中心", "站", "社", "医院")
    ):
        return issuer + name
    if len(name) > 2 and body.endswith("局") and name.endswith("局") and abbreviates(name, body):
        return issuer
    return None


def _can_be_called(word: str, issuer: str) -> bool:
    """Whether a body can be called by a word: 局 for 水务局, 校 for 第一中学, 机关 for any."""
    if word.startswith(_ANY_BODY):
        return True
    if "政府" in word or word.startswith("街道"):
        return issuer.endswith(("人民政府", "办事处", "政府办公室", "政府办公厅"))
    if word == "局":
        return "局" in issuer or issuer.endswith("海关")
    return issuer.endswith((word, *_CALLED.get(word, "").split()))


def _self_mentions(source: Source, place: Place) -> list[BodyMention]:
    """The words a report has for its own body, outside all mentions and page furniture."""
    found = []
    for match in _SELF.finditer(source.text):
        paragraph = source.paragraph_at(match.start())
        inside = source.mentions_in(match.start(), match.end(), "AGENCY", "DOCUMENT")
        if inside or (paragraph is not None and paragraph.label == "NOISE"):
            continue
        fits = place.issuer is not None and _can_be_called(match["body"], place.issuer)
        evidence = source.evidence(match.start(), match.end())
        found.append(_make_body(place.issuer if fits else None, True, evidence))
    return found
