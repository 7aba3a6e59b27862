"""Which elements of a page are seen, and which stand in lines of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

Look = Literal["unseen", "block", "inline"]


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_UNSEEN: Final = _names(
    "script style noscript noframes noembed template title meta link base iframe svg canvas audio video datalist"
    " rp rt rtc w:worddocument w:latentstyles o:officedocumentsettings o:shapedefaults o:shapelayout"
)
_BLOCKS: Final = _names(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main marquee menu nav ol optgroup option p"
    " plaintext pre search section select summary table tbody td textarea tfoot th thead tr ul xmp"
)
# Those whose white space and line breaks the page shows.
AS_IS: Final = _names("pre textarea listing xmp plaintext")
_DISPLAY: Final = re.compile(r"(?:^|[;\s])(?:display\s{0,9}:\s{0,9}([a-z-]{1,20})|visibility\s{0,9}:\s{0,9}hidden)")
_WHOLE: Final = _names("html body")
_CELLS: Final = _names("td th")
_DISPLAYED_AS_BLOCK: Final = _names("block flex grid table list-item table-row")


def look_of(tag: str, attributes: Mapping[str, str]) -> Look:
    """How the reader sees an element.

    tag (str): Its name in lower case.
    attributes (Mapping[str, str]): Its attributes.
    RETURNS (str): "unseen" with all that is in it; "block" for one in lines of its own; "inline" for one in a line.
    """
    if tag in _UNSEEN:
        return "unseen"
    # Pages hide all of themselves until a script shows them.
    if "hidden" in attributes and tag not in _WHOLE:
        return "unseen"
    style = attributes.get("style")
    if style:
        displays = [match[1] or "none" for match in _DISPLAY.finditer(style.lower())]
        if "none" in displays and tag not in _WHOLE:
            return "unseen"
        if displays and tag not in _CELLS:
            if displays[0] in _DISPLAYED_AS_BLOCK:
                return "block"
            if displays[0] == "inline":
                return "inline"
    return "block" if tag in _BLOCKS else "inline"
