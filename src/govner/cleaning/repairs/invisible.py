"""Characters that are not seen: zero width, control, byte-order marks; odd blanks and line separators."""

from __future__ import annotations

import re
from itertools import chain
from typing import Final

from govner.cleaning.edits import Edit, one_for_one

_DROPPED: Final = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef"
)
_BLANKS: Final = "\xa0\u1680\u2000-\u200a\u202f\u205f"
_BREAKS: Final = "\x0b\x0c\x85\u2028\u2029"
_ANY: Final = re.compile(f"(?P<dropped>[{_DROPPED}]+)|(?P<blank>[{_BLANKS}]+)|[{_BREAKS}]+")
# Looked for first, which is far faster.
_ALL: Final = re.compile("[{0}][{0}]*".format(_DROPPED + _BLANKS + _BREAKS))

INVISIBLE: Final = "".join(char for char in map(chr, range(0x10000)) if _ANY.fullmatch(char))


def repair_invisible(text: str) -> list[Edit]:
    """Plan plain blanks for odd ones, line breaks for line separators, and nothing for what cannot be seen."""
    edits = []
    for match in chain.from_iterable(_ANY.finditer(text, *found.span()) for found in _ALL.finditer(text)):
        start, end = match.span()
        if match["dropped"]:
            edits.append(Edit(start, end, "", "invisible"))
        elif match["blank"]:
            edits.append(one_for_one(start, " " * (end - start), "blank"))
        else:
            # A form feed beside a line break, or at an end of the text, breaks no further line.
            broken = {text[start - 1 : start], text[end : end + 1]} & {"", "\n", "\r"}
            edits.append(Edit(start, end, "" if broken else "\n", "line separator"))
    return edits
