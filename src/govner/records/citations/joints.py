"""How the text joins what it cites: a title with its number, a short title with the document it stands for.

Read from what stands between mentions: 《…》（国办发〔2014〕32号，以下简称《通知》）, 国务院令第711号公布的《…》,
《甲》和《乙》（甲〔2014〕3号、乙〔2015〕4号).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

_OPEN: Final = "[（(﹝〔【\\[]"
_CLOSED: Final = re.compile("[）)﹞〕】\\]。；;\n]")
_KIND: Final = "(?:的?(?:通知|意见|决定|函|公告|批复|方案|办法|规定))?"
_ALIAS_WORD: Final = "(?:(?:以下|下)(?:简称|统称|合称|并称|称)|简称|统称|合称|并称)(?:为|作)?"
_DATE: Final = "(?:[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)?"
_BRACKET: Final = re.compile(rf"\s{{0,20}}{_KIND}\s{{0,20}}{_OPEN}")
# The bracket around a number is closed and another one opened: （国务院令第492号）（以下简称《条例》）.
_REOPENED: Final = re.compile(rf"\s{{0,20}}[）)]\s{{0,20}}{_OPEN}")
_NUMBER_NEXT: Final = re.compile(
    rf"\s{{0,20}}{_KIND}\s{{0,20}}{_OPEN}\s{{0,20}}(?:(?:发文字号|文号|编号)[:：]?)?\s{{0,20}}{_DATE}\s{{0,20}}原?"
)
_ALIAS_NEXT: Final = re.compile(rf"(?P<word>{_ALIAS_WORD}|即)[:：]?\s?[新旧]?[“\"‘「'']?\s?$")
_BEFORE_ALIAS: Final = re.compile(rf"\s?[）)]?[^（()）]{{0,12}}{_OPEN}?(?:[^（()）]{{0,300}}[，,；;、\s])?")
_LISTED: Final = re.compile(r"\s*(?:公布|发布|颁布|修订)?\s*[、，,；;]?\s*(?:和|及|与)?\s*")
_AND: Final = re.compile(r"\s*(?:[、，,]|以?及|和|与)?\s*(?:以及)?\s*")
_ADJACENT: Final = re.compile(r"[ \t\u3000]*")
_NUMBER_OF: Final = re.compile(r"[ \t\u3000]*(?:文件?)?(?:公布|发布|颁布|印发)?的?[ \t\u3000]*|[ \t]*\|[ \t]*")
_FARTHEST: Final = 60
_BLANKS: Final = re.compile(r"[^\S\n]+")
_SEVERAL: Final = re.compile("[统合并]称")
# An alias that is no title in marks: （以下简称“条例”）.
_PLAIN_ALIAS: Final = re.compile(
    rf"\s{{0,20}}{_OPEN}[^（()）]{{0,40}}?(?:{_ALIAS_WORD})[:：]?[“\"‘「]?(?P<alias>\w{{2,20}})[”\"’」]?\s{{0,20}}(?=[）)，,；;])"
)


@dataclass
class Joints:
    """What belongs together, by the places of the pieces.

    numbers (dict[int, int]): Number of each title that has one.
    aliases (dict[int, int]): For each short title that is defined, the piece it stands for.
    shared (set[int]): Short titles defined for several documents at once.
    words (dict[int, str]): Short names without marks, by the piece each stands for.
    """

    numbers: dict[int, int] = field(default_factory=dict)
    aliases: dict[int, int] = field(default_factory=dict)
    shared: set[int] = field(default_factory=set)
    words: dict[int, str] = field(default_factory=dict)


def find_joints(text: str, spans: Sequence[tuple[int, int]], titles: Sequence[bool]) -> Joints:
    """Find which titles, numbers and short titles the text joins.

    text (str): The text of a report.
    spans (Sequence[tuple[int, int]]): Start and end of its titles and numbers, in order.
    titles (Sequence[bool]): Which of them are titles.
    RETURNS (Joints): By the places of the spans.
    """
    # What stands farther apart than this has nothing to do with each other.
    near = (text[one[1] : other[0]] if other[0] - one[1] <= _FARTHEST else "。" for one, other in pairwise(spans))
    gaps = [_BLANKS.sub(" ", gap) for gap in near]
    joints = Joints()
    taken: set[int] = set()
    for base in range(len(spans)):
        if base not in taken:
            taken |= _read_bracket(base, gaps, titles, joints)
        end = spans[base][1]
        if match := _PLAIN_ALIAS.match(text, end, end + 80):
            joints.words[base] = match["alias"]
    used = set(joints.numbers.values())
    for place in range(len(gaps)):
        if titles[place] == titles[place + 1] or place in joints.aliases or place + 1 in joints.aliases:
            continue
        number, title = (place + 1, place) if titles[place] else (place, place + 1)
        if number in used or title in joints.numbers or not _stands_by(place, gaps, titles):
            continue
        joints.numbers[title] = number
        used.add(number)
    return joints


def _stands_by(place: int, gaps: Sequence[str], titles: Sequence[bool]) -> bool:
    """Whether a title and a number next to each other are of one document.

    A number between two titles without anything in between is of neither for certain.
    """
    if titles[place]:
        follows = place + 1 < len(gaps) and titles[place + 2] and _ADJACENT.fullmatch(gaps[place + 1])
        return bool(_ADJACENT.fullmatch(gaps[place])) and not follows
    precedes = place > 0 and titles[place - 1] and _ADJACENT.fullmatch(gaps[place - 1])
    return bool(_NUMBER_OF.fullmatch(gaps[place])) and not precedes


def _read_bracket(base: int, gaps: Sequence[str], titles: Sequence[bool], joints: Joints) -> set[int]:
    """Read the bracket behind a title or number, or the clause that gives it a short title; what of it was read."""
    members: list[int] = []
    numbers: list[int] = []
    place = base
    while place < len(gaps):
        gap, inside = gaps[place], place > base
        if inside and _CLOSED.search(gap) and not _REOPENED.match(gap):
            break
        alias = _find_alias(gap, inside) if titles[place + 1] else None
        if alias:
            joints.aliases[place + 1] = base
            if _SEVERAL.search(alias) and len(_run_before(base, gaps, titles)) > 1:
                joints.shared.add(place + 1)
        elif not titles[place + 1] and (_LISTED if inside else _NUMBER_NEXT).fullmatch(gap):
            numbers.append(place + 1)
        else:
            break
        members.append(place + 1)
        place += 1
    if titles[base] and numbers:
        run = _run_before(base, gaps, titles)
        heads = run if len(numbers) == len(run) and not set(run) & set(joints.numbers) else [base]
        joints.numbers.update(zip(heads, numbers, strict=False))
    return set(members)


def _find_alias(gap: str, inside: bool) -> str | None:
    """The words (以下简称) that make what follows a gap a short title of what is before it, in brackets or a clause."""
    alias = _ALIAS_NEXT.search(gap)
    if alias is None or not _BEFORE_ALIAS.fullmatch(gap, 0, alias.start()):
        return None
    return alias["word"] if inside or _BRACKET.match(gap) or gap.lstrip().startswith((",", "，")) else None


def _run_before(base: int, gaps: Sequence[str], titles: Sequence[bool]) -> list[int]:
    """The titles in a row (《甲》、《乙》和《丙》) that end with one."""
    first = base
    while first > 0 and titles[first - 1] and titles[first] and _AND.fullmatch(gaps[first - 1]):
        first -= 1
    return list(range(first, base + 1))
