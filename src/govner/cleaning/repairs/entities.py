"""HTML entities left in a text: &nbsp; &ldquo; &#25919;."""

from __future__ import annotations

import html
import re
from typing import Final

from govner.cleaning.edits import Edit

# The semicolon is often lost behind the commonest; `&amp;` stands before a name where a page was escaped twice.
_ENTITY: Final = re.compile(
    r"&(?:amp;)*(?P<name>#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};"
    r"|(?:nbsp|ldquo|rdquo|mdash|hellip|middot)(?![A-Za-z0-9=]))|&amp;"
)


def repair_entities(text: str) -> list[Edit]:
    """Plan the characters that entities stand for in their place."""
    edits = []
    for match in _ENTITY.finditer(text):
        old = f"&{match['name']}" if match["name"] else match[0]
        new = html.unescape(old)
        if new != old:
            edits.append(Edit(match.start(), match.end(), new, "entity"))
    return edits
