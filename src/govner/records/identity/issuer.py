"""Whose report a report is: the names that stand where an issuer is named are weighed, and the best one made full."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from govner.records.identity.claims import Claim, ClaimKind, Title, find_claims
from govner.records.identity.names import abbreviates, clean_name, complete, expand, split_own
from govner.records.identity.place import place_of_bare, split_body, upper_of
from govner.records.identity.regions import bare_name, place_level
from govner.records.identity.timing import is_plan
from govner.records.source import Source

# The title says whose report it is, a signature nearly always; a source or a site may be one that only shows it.
_WEIGHTS: Final[dict[ClaimKind, float]] = {
    "title": 9, "letterhead": 4, "signature": 3.5, "preamble": 2, "index": 2, "origin": 1, "site": 0.5
}  # fmt: skip
# A place in the title of a plan says where it holds, not who made it.
_PLACE_ONLY: Final = 2.5
# More claims than any report has: pages of many reports have those of the first.
_CLAIMS: Final = 60
# An office or section of a body signs for it: 水务局办公室, 政府办电子政务股. The offices of governments, of the Party
# and of commissions that only coordinate are bodies of their own.
_OFFICE: Final = re.compile(
    r"(?P<body>(?!委|中共).{0,40}(?:[局厅院校站所馆社队行]|中心|海关|管委会|[^常民]委|(?<!常务)(?<!编制)(?<!工作)(?<!考试)(?<!安全)委员会))"
    r"(?:办公[室厅]|综合[科处股])|(?P<office>(?:人民)?政府办(?:公[室厅])?)[^办]{2,8}[科股处]"
)
_SELF: Final = re.compile("[我全本](?P<kind>省|自治区|市|州|盟|地区|县|旗|区|镇|乡|街道|苏木)(?![级直属])")
_SELF_BODY: Final = re.compile("[我本](?:局|委|厅|院|校|站|所|中心|办|处|会|社|队|行)")


@dataclass(frozen=True)
class Issuer:
    """The issuer of a report.

    name (str | None): Its name, as full as the report has it.
    claims (tuple[Claim, ...]): Where it stands.
    rival (Claim | None): The title names it, and this signature another body.
    """

    name: str | None
    claims: tuple[Claim, ...] = ()
    rival: Claim | None = None


@dataclass(frozen=True)
class _Name:
    """A claimed name in parts: the places, or the word for one (市), and the body's name in its full form."""

    claim: Claim
    full: str
    places: tuple[str, ...]
    kind: str | None
    body: str
    weight: float


def find_issuer(source: Source, title: Title | None, counts: Counter[tuple[str, ...]]) -> Issuer:
    """Find whose report it is.

    source (Source): The report.
    title (Title | None): Its title.
    counts (Counter[tuple[str, ...]]): The places in the report, by `count_places`.
    RETURNS (Issuer): The name with most weight, made full with what the report has elsewhere.
    """
    speaks_as_body = bool(_SELF_BODY.search(source.text)) and not _SELF.search(source.text)
    place_is_weak = speaks_as_body or (title is not None and is_plan(title))
    names = [_read(claim, place_is_weak) for claim in find_claims(source, title)[:_CLAIMS]]
    groups = _group(names)
    if not groups:
        return Issuer(None)
    best = max(groups, key=_weigh)
    rival = None
    if any(name.claim.kind == "title" for name in best):
        others = (name for group in groups if group is not best for name in group)
        rival = next(
            (name.claim for name in others if name.claim.kind == "signature" and _contradicts(name, best)), None
        )
    return Issuer(_make_full(source, best, counts), tuple(name.claim for name in best), rival)


def own_kind(source: Source) -> str | None:
    """The word a report uses for its own place: 县 where it says 我县, 全县, else where it names the bodies 县….

    source (Source): The report.
    RETURNS (str | None): The one it uses most often; None for a draw.
    """
    kinds = Counter(match["kind"] for match in _SELF.finditer(source.text)).most_common(2)
    if not kinds:
        bodies = (split_own(mention.text) for mention in source.mentions if mention.label == "AGENCY")
        kinds = Counter(parts[0] for parts in bodies if parts).most_common(2)
    return kinds[0][0] if kinds and (len(kinds) == 1 or kinds[0][1] > kinds[1][1]) else None


def place_of_kind(kind: str, counts: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """The places down to the one of a kind that a report names more often than all others of that kind."""
    found: Counter[tuple[str, ...]] = Counter()
    for row, count in counts.items():
        for number, place in enumerate(row):
            if place.endswith(kind):
                found[row[: number + 1]] += count
    last: Counter[str] = Counter()
    for row, count in found.items():
        last[row[-1]] += count
    ranked = last.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return ()
    return max((row for row in found if row[-1] == ranked[0][0]), key=len)


def _read(claim: Claim, place_is_weak: bool) -> _Name:
    full = clean_name(claim.name)
    upper, head = upper_of(full), split_body(full)
    weight = _WEIGHTS[claim.kind]
    rest, kind = head.rest, None
    if head.places and not rest:
        rest = _body_of_place(head.places[-1])
        full += rest
        if place_is_weak and claim.kind == "title":
            weight = _PLACE_ONLY
    elif not head.places and (own := split_own(rest)):
        kind, rest = own
    elif not head.places and claim.kind == "signature" and not upper:
        # A section or group of a body rather than the body.
        weight = 1
    if office := _OFFICE.fullmatch(rest):
        shorter = office["body"] or office["office"]
        full, rest = full[: len(full) - len(rest) + len(shorter)], shorter
    body = expand(rest)
    if head.places and body != rest:
        written = full[len(upper) : len(full) - len(rest)]
        full = complete(written, rest, upper)
    return _Name(claim, full, head.places, kind, body, weight)


def _body_of_place(place: str) -> str:
    """The body a place alone stands for."""
    if place.endswith("街道"):
        return "办事处"
    return "管理委员会" if place.endswith("区") and len(place) > 5 and place_level(place) == "county" else "人民政府"


def _group(names: list[_Name]) -> list[list[_Name]]:
    """Names of the same body together, those with most weight first."""
    groups: list[list[_Name]] = []
    for name in sorted(names, key=lambda one: -one.weight):
        group = next((one for one in groups if any(not _differ(member, name) for member in one)), None)
        if group is None:
            groups.append([name])
        else:
            group.append(name)
    return groups


def _differ(one: _Name, other: _Name) -> bool:
    """Whether two names are of different bodies."""
    if one.places and other.places and bare_name(one.places[-1]) != bare_name(other.places[-1]):
        return True
    first, second = sorted((one.body, other.body), key=len)
    return not (first == second or abbreviates(first, second) or (len(first) > 3 and second.endswith(first)))


def _contradicts(name: _Name, best: list[_Name]) -> bool:
    """Whether a signature is of another body, and of none in the one whose report it is or that made it for it."""
    bodies = [one.body for one in best]
    return bool(name.places) and not any(name.body.startswith(body) or body.startswith(name.body) for body in bodies)


def _weigh(group: list[_Name]) -> float:
    kinds: dict[str, float] = {}
    for name in group:
        kinds[name.claim.kind] = max(kinds.get(name.claim.kind, 0), name.weight)
    return sum(kinds.values())


def _make_full(source: Source, group: list[_Name], counts: Counter[tuple[str, ...]]) -> str:
    """The fullest form of the names of a group, with the place the report has for it."""
    body = max((name.body for name in group), key=len)
    placed = [name for name in group if name.places]
    if placed:
        best = max(placed, key=lambda name: (len(name.body), len(name.full)))
        full = best.full.removesuffix(best.body) + body if abbreviates(best.body, body) else best.full
        full = _with_place_in_full(full, best.places[0], counts)
        fuller = (one.text for one in source.mentions if one.label == "AGENCY" and one.text.endswith(full))
        return max((clean_name(name) for name in fuller if split_body(name).places), key=len, default=full)
    best = max(group, key=lambda name: (len(name.body), name.weight))
    kind = next((name.kind for name in group if name.kind), None)
    if kind is None and best.body.endswith(("局", "委员会", "办公室", "厅")) and not place_of_bare(best.body, counts):
        kind = own_kind(source)
    places = place_of_kind(kind, counts) if kind else ()
    return complete("".join(places), body) if places else best.full


def _with_place_in_full(full: str, place: str, counts: Counter[tuple[str, ...]]) -> str:
    """A name with its place's full name (澜普州 is 澜普哈尼族自治州) and those the report has before it elsewhere."""
    if not full.startswith(place):
        return full
    named = {one for row in counts for one in row if bare_name(one) == bare_name(place) and one[-1] == place[-1]}
    longest = max(named | {place}, key=len)
    rows = [row[: row.index(one)] for row in counts for one in (place, longest) if one in row[1:]]
    above = max(rows, key=len) if rows else ()
    return "".join(above) + longest + full.removeprefix(place)
