"""The persons a report names, with their posts, bodies and parts in groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from govner.records.officials import posts as patterns
from govner.records.officials.posts import BODY, is_one_list, mask, shares_post
from govner.records.schema import Official, maker
from govner.records.source import Mention, Source

_make: Final = maker(Official)
# Farthest that a role or post before a name begins, that what follows it is read, and that its group is looked for.
_REACH: Final = 90
_GROUP_REACH: Final = 600
_GROUP: Final = re.compile(
    "(?:小组|专班|联席会议|指挥部|工作组|协调组|专责组|督导组|(?:协调|领导|指导|保密|工作|管理|评议)委员会)$"
)
_SEMICOLON: Final = re.compile("[；;]")
# A list that a line's end cuts goes on behind 、.
_STOP: Final = re.compile(r"[，,;；]|(?<!、)\n")
_SPACE: Final = re.compile(r"[\s\u3000]+")
_TENURE: Final = re.compile(patterns.TENURE)


@dataclass(frozen=True)
class _Reading:
    """What is read of one mention of a person.

    task (str | None): What the person does for the page or the report (联系人), a post if none other is said.
    shares (bool): Its post stands before the name, and so is also of the names joined to it.
    made (bool): Its role stands after the name, and so is also of the names before it in a list.
    joint (bool): Its post stands after the name, and so is also of the names before it in a list.
    end (int): Where what belongs to it ends.
    """

    mention: Mention
    post: str | None = None
    body: str | None = None
    role: str | None = None
    group: str | None = None
    task: str | None = None
    shares: bool = False
    made: bool = False
    joint: bool = False
    end: int = 0


def read_officials(source: Source) -> tuple[Official, ...]:
    """Read the persons a report names.

    source (Source): The report.
    RETURNS (tuple[Official, ...]): One for each name, in order of their first mentions, with what its most telling
        mention says and what the others add. What a person does for the page (联系人) is the post of one without any
        other, and else the role of one without any other.
    """
    persons = source.mentions_in(0, len(source.text), "OFFICIAL")
    if not persons:
        return ()
    masked = mask(source.text, source.mentions)
    read: list[_Reading] = []
    for mention, following in zip(persons, [*(one.start for one in persons[1:]), len(masked)], strict=True):
        read.append(_read(source, masked, mention, read[-1].end if read else 0, following))
    readings = _share(masked, read)
    by_name: dict[str, list[_Reading]] = {}
    for reading in readings:
        by_name.setdefault(_SPACE.sub("", reading.mention.text), []).append(reading)
    return tuple(_make_official(source, name, found) for name, found in by_name.items())


def _make_official(source: Source, name: str, readings: list[_Reading]) -> Official:
    best = max(readings, key=lambda one: (one.post is not None) * 2 + (one.body is not None))
    grouped = max((one for one in readings if one.role), key=lambda one: one.group is not None, default=None)
    body = best.body or next((one.body for one in readings if one.body and not best.post), None)
    task = next((one.task for one in readings if one.task), None)
    return _make(
        {
            "name": name,
            "post": best.post or task,
            "body": body,
            "role": grouped.role if grouped else task if best.post else None,
            "group": grouped.group if grouped else None,
            "evidence": tuple(source.evidence(one.mention.start, one.mention.end) for one in readings),
        }
    )


def _read(source: Source, masked: str, mention: Mention, done: int, following: int) -> _Reading:
    """Read what stands directly before and after one mention, between what is read and the next mention."""
    reading = _Reading(mention, end=mention.end)
    start = max(mention.start - _REACH, done)
    before = patterns.find_before(masked, start, mention.start)
    if before is not None and before["task"]:
        reading = replace(reading, task=_plain(before["task"]))
    if before is not None and before["role"]:
        reading = _read_role_before(source, masked, reading, before)
    if before is not None and before["posts"]:
        post, body = _split_posts(source, *before.span("posts"))
        # 负责人：李树清（局长): what a label says is the post if there is no other.
        if before["colon"]:
            reading = replace(reading, task=post, body=body)
        else:
            reading = replace(reading, post=post, body=body, shares=True)
    elif reading.post is None and (body_before := patterns.BODY_BEFORE.search(masked, start, mention.start)):
        reading = replace(reading, body=_body_before(source, body_before.end("body")))
    reading = _read_post_after(source, masked, reading, following)
    limit = min(reading.end + _REACH, following)
    if together := patterns.TOGETHER.match(masked, reading.end, limit):
        post, body = _split_posts(source, *together.span("posts"))
        return replace(reading, post=post, body=body or reading.body, joint=True, end=together.end())
    gets = patterns.GETS.match(masked, reading.end, limit)
    if gets is None:
        return reading
    if gets["role"]:
        named = gets.end("group") if gets["group"] else gets.end("of") if gets["of"] else None
        group = _body_before(source, named) if named else _find_group(source, gets.start("role"), 1)
        return replace(reading, role=_plain(gets["role"]), group=group, made=True, end=gets.end())
    if reading.post is None:
        post, body = _split_posts(source, gets.start("group"), gets.end())
        reading = replace(reading, post=post, body=body or reading.body, joint=True)
    return replace(reading, end=gets.end())


def _read_role_before(source: Source, masked: str, reading: _Reading, before: re.Match[str]) -> _Reading:
    """Add the role in a group that stands before a name: 副组长：, 领导小组组长."""
    role = _plain(before["role"])
    if before["group"] and role.endswith("组长"):
        named = _body_before(source, before.end("group")) or ""
        # 县纪委派驻第七纪检组组长 has a post, for that group is a body.
        if named.endswith("组") and not _GROUP.search(named):
            return replace(reading, post=role, body=named)
    # A roster can have its group in the heading above.
    lines = 5 if before["link"].strip() or "\n" in masked[before.start() - 1 : before.start()] else 1
    return replace(reading, role=role, group=_find_group(source, before.start("role"), lines))


def _read_post_after(source: Source, masked: str, reading: _Reading, following: int) -> _Reading:
    """Add a post that follows a name, in brackets or not."""
    end = reading.mention.end
    limit = min(end + _REACH, following)
    if brackets := patterns.IN_BRACKETS.match(masked, end, limit):
        inside = brackets.span("inside")
        reading = replace(reading, end=brackets.end())
        if posts := patterns.ONLY_POSTS.fullmatch(masked, *inside):
            post, body = _split_posts(source, *posts.span("posts"))
            return replace(reading, post=reading.post or post, body=body or reading.body)
        if patterns.ONLY_BODY.fullmatch(masked, *inside):
            return replace(reading, body=_body_before(source, inside[1]))
        return reading
    if reading.post is not None:
        return reading
    after = patterns.IN_ROSTER.match(masked, end, limit) or patterns.AFTER.match(masked, end, limit)
    # A post that the next name follows at once is that person's: 张三、局长李四.
    if after is None or (after.end() == following and following < len(masked)):
        return reading
    post, body = _split_posts(source, *after.span("posts"))
    return replace(reading, post=post, body=body or reading.body, end=after.end())


def _share(masked: str, readings: list[_Reading]) -> list[_Reading]:
    """Give the members of a list what stands once for all: a role or post before the first, a role after the last."""
    shared: list[_Reading] = []
    for reading in readings:
        before = shared[-1] if shared and (shared[-1].role or shared[-1].task or shared[-1].shares) else None
        between = masked[before.mention.end : reading.mention.start] if before else ""
        if before is not None and len(between) < _REACH and is_one_list(between):
            is_same = not before.made and not _SEMICOLON.search(between)
            if reading.role is None and before.role is not None and is_same:
                reading = replace(reading, role=before.role, group=before.group)
            if reading.post is None and reading.body is None and before.shares and shares_post(between):
                reading = replace(reading, post=before.post, body=before.body, shares=True)
            if reading.task is None and before.task and shares_post(between) and "\n" not in between:
                reading = replace(reading, task=before.task)
        shared.append(reading)
    for number in range(len(shared) - 1, 0, -1):
        reading, before = shared[number], shared[number - 1]
        between = masked[before.mention.end : reading.mention.start]
        if not (reading.made or reading.joint) or len(between) >= _REACH or _STOP.search(between):
            continue
        if not is_one_list(between):
            continue
        if reading.made and before.role is None:
            before = replace(before, role=reading.role, group=reading.group, made=True)
        if reading.joint and before.post is None:
            before = replace(before, post=reading.post, body=before.body or reading.body, joint=True)
        shared[number - 1] = before
    return shared


def _split_posts(source: Source, start: int, end: int) -> tuple[str | None, str | None]:
    """The posts of a passage without the bodies they are in, and the body that it begins with."""
    bodies = source.mentions_in(start, end, "AGENCY")
    body = bodies[0] if bodies and not source.text[start : bodies[0].start].strip() else None
    words = []
    for mention in bodies:
        words.append(source.text[start : mention.start])
        start = mention.end
    post = _TENURE.sub("", _plain("".join(words) + source.text[start:end]))
    return post or None, _plain(body.text) if body else None


def _body_before(source: Source, end: int) -> str | None:
    """The body whose mention ends at an offset, white space aside."""
    found = source.mentions_in(max(0, end - _REACH), end, "AGENCY")
    return _plain(found[-1].text) if found and not source.text[found[-1].end : end].strip() else None


def _find_group(source: Source, start: int, lines: int) -> str | None:
    """The group that a role before an offset is in: the last one named in its line or in some lines above."""
    place = source.paragraph_at(start)
    first = place.start if place else 0
    for paragraph in _above(source, first, lines):
        found = source.mentions_in(max(paragraph, start - _GROUP_REACH), start, "AGENCY")
        groups = [mention for mention in found if mention.end <= start and _GROUP.search(mention.text)]
        if groups:
            return _plain(groups[-1].text)
    return None


def _above(source: Source, start: int, lines: int) -> Iterator[int]:
    """Beginnings of a line and of some lines above it."""
    yield start
    for _ in range(lines):
        before = source.paragraph_at(start - 1) if start else None
        if before is None or before.start >= start:
            return
        start = before.start
        yield start


def _plain(text: str) -> str:
    return _SPACE.sub("", text).strip(BODY)
