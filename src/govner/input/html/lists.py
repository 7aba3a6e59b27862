"""The numbers that a page shows before the entries of its lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from govner.input.html.tree import Element

_NO_NUMBERS: Final = re.compile(r"list-style(?:-type)?\s{0,9}:[^;]{0,80}\bnone\b")
_IN_CHINESE: Final = re.compile(r"list-style(?:-type)?\s{0,9}:[^;]{0,80}(?:cjk-ideographic|chinese|cjk-decimal)")
_DIGITS: Final = "〇一二三四五六七八九"
_ROMAN: Final = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass
class List:
    """An open list with numbers.

    entries (frozenset[Element]): Its entries.
    last (int): The number of the last entry.
    step (int): What comes from one to the next.
    look (str): "1", "a", "A", "i", "I" as in HTML, "一", or "" for numbers that the page does not show.
    is_numbered (bool): The last entry has a number.
    """

    entries: frozenset[Element]
    last: int
    step: int
    look: str
    is_numbered: bool = False

    def number(self, entry: Element) -> str:
        """The number of the next entry as the page shows it; "" for none."""
        value = _whole_number(entry, "value")
        self.last = self.last + self.step if value is None else value
        self.is_numbered = bool(self.look) and not _NO_NUMBERS.search(entry.style)
        return _write_number(self.last, self.look) if self.is_numbered else ""


def open_list(element: Element) -> List:
    """The numbers of a list, before its first entry."""
    style = element.style
    look = (
        ""
        if _NO_NUMBERS.search(style)
        else "一"
        if _IN_CHINESE.search(style)
        else element.attributes.get("type") or "1"
    )
    entries = frozenset(child for child in element.elements if child.tag == "li")
    step = 1 if "reversed" not in element.attributes else -1
    first = _whole_number(element, "start")
    if first is None:
        first = 1 if step == 1 else len(entries)
    return List(entries, first - step, step, look)


def _whole_number(element: Element, name: str) -> int | None:
    value = element.attributes.get(name, "").strip()
    return int(value) if value.isdecimal() and len(value) < 6 else None


def _write_number(number: int, look: str) -> str:
    """A number of a list as the page shows it."""
    if look == "一" and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return (
            ("" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "") + "、"
        )
    if look in ("a", "A") and 0 < number <= 26:
        return chr(ord(look) + number - 1) + ". "
    if look in ("i", "I") and 0 < number < 200:
        letters = ""
        for value, numeral in _ROMAN:
            letters += numeral * (number // value)
            number %= value
        return (letters if look == "i" else letters.upper()) + ". "
    return f"{number}. "
