"""Styles and automatic numbers of a Word document, as Word shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from govner.input.docx.numerals import write_number
from govner.input.docx.package import child, local, value

_PLACE: Final = re.compile(r"%([1-9])")
# Symbols of fonts that are no characters of Unicode, as bullets are.
_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
# How many styles may be based on each other.
_MOST_DEEP: Final = 20


def is_on(properties: Any, name: str) -> bool:
    """Whether a property such as <w:vanish/> is set."""
    found = None if properties is None else child(properties, name)
    return found is not None and value(found) not in ("0", "false", "off", "none")


def _number(element: Any, default: int | None) -> int | None:
    """The number that an element gives."""
    found = None if element is None else value(element)
    if found is None or not re.fullmatch(r"-?[0-9]{1,9}", found):
        return default
    return int(found)


@dataclass
class _Style:
    based_on: str | None
    number: int | None
    level: int | None
    hidden: bool


@dataclass
class _Level:
    start: int
    format: str
    pattern: str
    suffix: str
    restart: int | None
    legal: bool
    style: str | None


@dataclass
class _List:
    """A list of a document: the form that it takes its levels from, and what it has of its own."""

    form: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Styles:
    """The styles of a document.

    root (Any): Its part with the styles; None if it has none.
    """

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, _Style] = {}
        self._default: str | None = None
        for style in () if root is None else root:
            name = value(style, "styleId")
            if local(style.tag) != "style" or name is None:
                continue
            base = child(style, "basedOn")
            self._styles[name] = _Style(
                None if base is None else value(base),
                _number(child(style, "pPr", "numPr", "numId"), None),
                _number(child(style, "pPr", "numPr", "ilvl"), None),
                is_on(child(style, "rPr"), "vanish"),
            )
            if value(style, "type") == "paragraph" and value(style, "default") in ("1", "true", "on"):
                self._default = name

    def chain(self, name: str | None) -> Iterator[tuple[str, _Style]]:
        """A style and those that it is based on; that of plain paragraphs for None."""
        name = name or self._default
        for _ in range(_MOST_DEEP):
            if name is None or name not in self._styles:
                return
            yield name, self._styles[name]
            name = self._styles[name].based_on

    def hides(self, name: str | None) -> bool:
        """Whether text of a style is hidden."""
        return any(style.hidden for _, style in self.chain(name))


class Numbering:
    """The numbers of a document, counted on from paragraph to paragraph.

    root (Any): Its part with the lists; None if it has none.
    styles (Styles): Its styles.
    """

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._forms: dict[str, dict[int, _Level]] = {}
        self._lists: dict[int, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[int] = set()
        links: dict[str, str] = {}
        for element in () if root is None else root:
            if local(element.tag) == "abstractNum":
                form = value(element, "abstractNumId") or ""
                self._forms[form] = dict(_levels(element))
                link = child(element, "numStyleLink")
                if link is not None:
                    links[form] = value(link) or ""
            elif local(element.tag) == "num":
                self._read_list(element)
        for known in self._lists.values():
            # A form may say: as the list of that style.
            for _, style in styles.chain(links[known.form]) if known.form in links else ():
                if style.number in self._lists:
                    known.form = self._lists[style.number].form
                    break

    def _read_list(self, element: Any) -> None:
        number = value(element, "numId") or ""
        form = child(element, "abstractNumId")
        if not re.fullmatch(r"[0-9]{1,9}", number) or form is None:
            return
        known = self._lists[int(number)] = _List(value(form) or "")
        for override in element:
            if local(override.tag) != "lvlOverride":
                continue
            known.levels.update(_levels(override))
            start = _number(child(override, "startOverride"), None)
            level = value(override, "ilvl") or ""
            if start is not None and re.fullmatch(r"[0-8]", level):
                known.starts[int(level)] = start

    def label(self, properties: Any) -> str:
        """The number of the next paragraph.

        properties (Any): The <w:pPr> of the paragraph; None if it has none.
        RETURNS (str): What Word shows before its text; "" if it has no number.
        """
        place = self._place(properties)
        if place is None:
            return ""
        number, level = place
        known = self._lists[number]
        levels = {**self._forms.get(known.form, {}), **known.levels}
        if level not in levels:
            return ""
        counts = self._counts.setdefault(known.form, {})
        if number not in self._started:
            self._started.add(number)
            for other in known.starts:
                counts.pop(other, None)
        starts = {other: known.starts.get(other, levels[other].start) for other in levels}
        counts[level] = counts[level] + 1 if level in counts else starts[level]
        for other in [other for other in counts if other > level]:
            restart = levels[other].restart if other in levels else None
            if restart is None or level < restart:
                del counts[other]
        return _show(level, levels, {**starts, **counts})

    def _place(self, properties: Any) -> tuple[int, int] | None:
        """The list and the level of a paragraph: its own, else those of its style."""
        numbers = None if properties is None else child(properties, "numPr")
        number = None if numbers is None else _number(child(numbers, "numId"), None)
        level = None if numbers is None else _number(child(numbers, "ilvl"), None)
        if number is None:
            named = None if properties is None else child(properties, "pStyle")
            for name, style in self._styles.chain(None if named is None else value(named)):
                if level is None:
                    level = style.level
                if style.number is not None:
                    number = style.number
                    form = self._lists[number].form if number in self._lists else ""
                    for other, found in self._forms.get(form, {}).items():
                        if found.style == name:
                            level = other
                    break
        return (number, level or 0) if number in self._lists and number is not None else None


def _levels(element: Any) -> Iterator[tuple[int, _Level]]:
    """The levels that a form or a list describes."""
    for level in element:
        place = value(level, "ilvl") or ""
        if local(level.tag) != "lvl" or not re.fullmatch(r"[0-8]", place):
            continue
        values = {
            name: None if found is None else value(found)
            for name in ("numFmt", "lvlText", "suff", "pStyle")
            for found in [child(level, name)]
        }
        start = _number(child(level, "start"), 0)
        yield (
            int(place),
            _Level(
                start or 0,
                values["numFmt"] or "decimal",
                values["lvlText"] or "",
                values["suff"] or "tab",
                _number(child(level, "lvlRestart"), None),
                is_on(level, "isLgl"),
                values["pStyle"],
            ),
        )


def _show(level: int, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    """The pattern of a level with its numbers; a blank behind it only where Chinese text would have one."""
    own = levels[level]
    if own.format == "bullet":
        text = _PRIVATE.sub("•", own.pattern)
    else:

        def write(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            if other not in levels:
                return ""
            return write_number(counts[other], "decimal" if own.legal else levels[other].format)

        text = _PLACE.sub(write, own.pattern)
    is_bare = text[-1:].isascii() and text[-1:].isalnum()
    blank = own.suffix == "space" or own.format == "bullet" or (own.suffix == "tab" and is_bare)
    return text + " " if text and blank else text
