"""The documents a report cites, each once, with its title, number, short names, issuer and all its mentions."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from govner.data import load_table
from govner.records.citations.document_numbers import parse_number
from govner.records.citations.issuers import Resolution, choose_by_words, complete_body, resolve_issuer
from govner.records.citations.joints import Joints, find_joints
from govner.records.citations.place_signs import Signs, first_signs
from govner.records.citations.same_documents import Groups, Piece, join_titles
from govner.records.citations.titles import (
    fold_title,
    is_open,
    is_title,
    strip_marks,
    title_issuer,
    title_names,
    without_state,
)
from govner.records.identity.names import is_body
from govner.records.identity.place import Place
from govner.records.schema import Citation, DocumentNumber, maker
from govner.records.source import Mention, Source

_make: Final = maker(Citation)
_TITLE_END: Final = re.compile(r"[^《<＜〈]{0,200}[》>＞〉]\s{0,20}$")
_SERIAL_ONLY: Final = re.compile(r"\s{0,20}第?\s{0,20}[0-9０-９][0-9０-９ ]{0,20}\s{0,20}号\s{0,20}")
# The code of a number that may lack the sign of its place; national ones do not.
_ABBREVIATED: Final = re.compile(r"(?!国|中|财税|发改)[^\W\d_]{1,10}[〔﹝［\[(（【]\s*[0-9]{4}")
_LEVEL_WORD: Final = re.compile("[省市县区州盟旗镇乡地]")
# Longest mention that may cover what stands before a number.
_REACH: Final = 80
_JOINT_BODIES: Final = re.compile(r"\s{0,20}[、和]\s{0,20}$")
_TWO_OFFICES: Final = re.compile("(?<=办公厅)(?=国务院)")


def read_citations(source: Source, place: Place) -> tuple[Citation, ...]:
    """Read which documents a report cites.

    Mentions are of one document where the text joins them (a title and its number, a short title and what it is
    short for), where they have the same number or title, or where only one title fits a shorter one. Different
    numbers are never one document.

    source (Source): The report.
    place (Place): Its place, which says whom its codes stand for.
    RETURNS (tuple[Citation, ...]): In the order of their first mentions.
    """
    pieces = _read_pieces(source, first_signs(place.regions))
    if not pieces:
        return ()
    joints = find_joints(
        source.text, [(piece.start, piece.end) for piece in pieces], [piece.title is not None for piece in pieces]
    )
    bodies = [mention.text for mention in source.mentions if mention.label == "AGENCY"]
    bodies += [name for piece in pieces if piece.title and (name := title_issuer(piece.title)) and is_body(name)]
    known = tuple(dict.fromkeys(bodies))
    codes = tuple(dict.fromkeys(piece.number.code for piece in pieces if piece.number and piece.number.code))
    issuers = [resolve_issuer(piece.number, place, known, codes) if piece.number else None for piece in pieces]
    groups = Groups(pieces, issuers)
    for title, number in joints.numbers.items():
        groups.join(title, number)
    groups.join_numbers()
    join_titles(pieces, joints, groups)
    agencies = {mention.end: mention for mention in source.mentions if mention.label == "AGENCY"}
    return tuple(_make_citation(group, pieces, issuers, joints, agencies, source.text, place) for group in groups.all())


def _read_pieces(source: Source, signs: Signs) -> list[Piece]:
    """The titles and numbers of a report; parts that only a line's end divides are put together."""
    pieces: list[Piece] = []
    mentions = [_with_sign(mention, source, signs) for mention in source.mentions if mention.label == "DOCUMENT"]
    place = 0
    while place < len(mentions):
        parts = [mentions[place]]
        while place + 1 < len(mentions) and _goes_on(parts, mentions[place + 1], source.text):
            place += 1
            parts.append(mentions[place])
        pieces.append(_make_piece(parts, source))
        place += 1
    return pieces


def _with_sign(mention: Mention, source: Source, signs: Signs) -> Mention:
    """A mention with the sign of the report's place right before it, if that was left out: 沅|水办发〔2015〕3号."""
    if mention.text[:1] in signs or not _ABBREVIATED.match(mention.text):
        return mention
    for length in (2, 1):
        start = max(mention.start - length, 0)
        sign = source.text[start : mention.start]
        covered = any(one.end > start for one in source.mentions_in(start - _REACH, mention.start))
        if sign in signs and not _LEVEL_WORD.fullmatch(sign) and not covered:
            return Mention(start, mention.end, sign + mention.text, mention.label, mention.probability)
    return mention


def _goes_on(parts: list[Mention], second: Mention, text: str) -> bool:
    """Whether a mention is the rest of one that a line's end cut."""
    first = "".join(part.text for part in parts)
    if text[parts[-1].end : second.start].strip():
        return False
    if is_open(first):
        return not is_title(second.text) and bool(_TITLE_END.match(second.text))
    return not is_title(first) and "号" not in first and bool(_SERIAL_ONLY.fullmatch(second.text))


def _make_piece(parts: list[Mention], source: Source) -> Piece:
    text = "".join(part.text for part in parts)
    evidence = tuple(source.evidence(part.start, part.end) for part in parts)
    number = None if is_title(text) else parse_number(text)
    title = None if number else strip_marks(text)
    return Piece(parts[0].start, parts[-1].end, evidence, title, number, fold_title(title) if title else "")


def _make_citation(
    group: list[int],
    pieces: list[Piece],
    issuers: list[Resolution | None],
    joints: Joints,
    agencies: dict[int, Mention],
    text: str,
    place: Place,
) -> Citation:
    titles = [pieces[one] for one in group if pieces[one].title]
    main = max(titles, key=lambda piece: len(piece.key)) if titles else None
    numbered = [one for one in group if pieces[one].number]
    best = max(numbered, key=lambda one: _certainty(pieces[one].number), default=None)
    resolution = (issuers[best] if best is not None else None) or Resolution()
    if resolution.issuer is None:
        members = [pieces[one] for one in group]
        named = _named_issuer(main, members, resolution.candidates, agencies, text, place)
        resolution = Resolution(named) if named else resolution
    others = [pieces[one] for one in group if main and pieces[one].title and pieces[one].key != main.key]
    aliases = [piece.title or "" for piece in others] + [joints.words[one] for one in group if one in joints.words]
    return _make(
        {
            "title": main.title if main else None,
            "number": pieces[best].number if best is not None else None,
            "aliases": tuple(dict.fromkeys(aliases)),
            "issuer": resolution.issuer,
            "issuer_candidates": resolution.candidates,
            "mentions": tuple(evidence for one in group for evidence in pieces[one].evidence),
        }
    )


def _certainty(number: DocumentNumber | None) -> float:
    return number.confidence if number else 0.0


@cache
def _national_titles() -> dict[str, str]:
    return {fold_title(title): issuer for title, issuer in load_table("national_documents")}


def _blanks_before(text: str, offset: int) -> int:
    near = text[max(0, offset - 4) : offset]
    return len(near) - len(near.rstrip(" \t\u3000"))


def _named_issuer(
    main: Piece | None,
    group: list[Piece],
    candidates: tuple[str, ...],
    agencies: dict[int, Mention],
    text: str,
    place: Place,
) -> str | None:
    """The issuer of a known national document, or the body that begins the title or stands right before it."""
    if main is not None and main.title is not None:
        for name in (without_state(main.key), *map(without_state, title_names(main.title))):
            if national := _national_titles().get(name):
                return national
        words = title_issuer(main.title)
        if words and is_body(words):
            if chosen := choose_by_words(words, candidates):
                return chosen
            names = [complete_body(one, place) for one in _TWO_OFFICES.sub("、", words).split("、")]
            return None if None in names else "、".join(name for name in names if name)
    for piece in group:
        if main is not None and piece.title is not None and piece.key != main.key:
            continue
        before = _first_of_list(agencies, piece.start, text)
        if before is None or not is_body(before.text):
            continue
        if full := choose_by_words(before.text, candidates) or complete_body(before.text, place):
            return full
    return None


def _first_of_list(agencies: dict[int, Mention], offset: int, text: str) -> Mention | None:
    """The body right before an offset; of several (县委、县政府《…》) the first, whose number a joint document has."""
    first = None
    while (found := agencies.get(offset - _blanks_before(text, offset))) is not None:
        first = found
        joint = _JOINT_BODIES.search(text, max(0, found.start - 3), found.start)
        if joint is None:
            break
        offset = joint.start()
    return first
