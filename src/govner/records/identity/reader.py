"""Whose report a report is, of which place and of which year, by weighing the passages that say so."""

from __future__ import annotations

from collections import Counter

from govner.records.identity.claims import find_title
from govner.records.identity.issuer import Issuer, find_issuer, own_kind
from govner.records.identity.names import is_central
from govner.records.identity.place import count_places, find_regions, own_places, split_body
from govner.records.identity.regions import KINDS, find_division, find_divisions, place_level
from govner.records.identity.timing import read_timing
from govner.records.schema import Conflict, Evidence, Identity, Level
from govner.records.source import Source


def read_identity(source: Source) -> Identity:
    """Read whose report a report is, its place and its year.

    source (Source): The report.
    RETURNS (Identity): What its text determines; its evidence are the passages it was read from.
    """
    title = find_title(source)
    counts = count_places(source)
    issuer = find_issuer(source, title, counts)
    own = own_places(issuer.name, counts)
    timing = read_timing(source, title)
    region, code = _find_region(own, find_regions(source, own, counts))
    passages = [source.evidence(claim.start, claim.end) for claim in issuer.claims] + list(timing.evidence)
    return Identity(
        issuer=issuer.name,
        level=_find_level(source, issuer.name, own, counts),
        region=region,
        region_code=code,
        year=timing.year,
        period_start=timing.start,
        period_end=timing.end,
        published=timing.published,
        evidence=tuple(sorted(set(passages), key=lambda passage: (passage.start, passage.end))),
        conflicts=(*_issuer_conflicts(source, issuer), *timing.conflicts),
    )


def _find_region(own: tuple[str, ...], regions: tuple[str, ...]) -> tuple[str | None, str | None]:
    """The issuer's place as its name has it, and the code of the smallest division in the list."""
    if not own:
        return None, None
    # A place in no list has no code, nor has a township; the divisions above it do, but they are not its own.
    division = find_division(own[-1], regions)
    fits = division is not None and all(place in division.path for place in own)
    return "".join(own), division.code if division is not None and fits else None


def _find_level(
    source: Source, issuer: str | None, own: tuple[str, ...], counts: Counter[tuple[str, ...]]
) -> Level | None:
    """Level by the smallest place of the issuer; by its name; by the words the report has for its own place."""
    if issuer is None:
        return None
    if own:
        known = [division for division in find_divisions(own[-1]) if division.name == own[-1]]
        if len(own) > 1 and own[-1].endswith("市") and not known and place_level(own[-2]) == "city":
            return "county"
        division = find_division(own[-1], {place for row in counts for place in row})
        return division.level if known and division else place_level(own[-1])
    if is_central(issuer) and issuer == split_body(issuer).rest:
        return "central"
    kind = own_kind(source)
    return KINDS.get(kind) if kind else None


def _issuer_conflicts(source: Source, issuer: Issuer) -> tuple[Conflict, ...]:
    """A title and a signature that name different bodies."""
    if issuer.rival is None or issuer.name is None:
        return ()
    title = next(claim for claim in issuer.claims if claim.kind == "title")
    passages: tuple[Evidence, ...] = tuple(source.evidence(one.start, one.end) for one in (title, issuer.rival))
    return (Conflict(field="issuer", values=(issuer.name, issuer.rival.name), evidence=passages),)
