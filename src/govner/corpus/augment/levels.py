"""Exchange the level that a report's short forms name: 市委 becomes 盟委, 市政府 becomes 行署.

Reports say 市委 and 县政府 a hundred times for each 地委 or 旗政府, but there are prefectures, leagues and banners in a
fifth of the country.
"""

from __future__ import annotations

import re
from random import Random
from typing import Final

from spacy.tokens import Doc

from govner.corpus.augment.edits import Edit

# A character that names a level; 市场, 县域, 区块 and the like name none.
_LEVEL: Final = r"(?P<level>市(?!场|容|民|域|监局|政(?!府|务|协|数|法))|县(?!域)|区(?!块|域|划))"
# A short form at the start of a mention: a level and no place before it.
_SHORT: Final = re.compile(_LEVEL + r"(?P<government>(?:人民)?政府)?(?=[一-鿿]|$)")
_OWN: Final = re.compile(r"(?<=[全我本])" + _LEVEL + r"(?![一-鿿]{1,4}[局委办])")
# What each level may become.
_OTHERS: Final = {
    "市": ("州", "盟", "地区", "县", "旗"),
    "县": ("旗", "市", "区", "州", "新区"),
    "区": ("旗", "县", "市", "新区"),
}
# In prefectures and leagues the administrative office stands for the government, and short forms drop 区.
_ADMINISTRATIVE: Final = {"盟": ("行署", "盟行署", "盟行政公署"), "地区": ("行署", "地区行署", "行政公署")}
_SHORT_LEVELS: Final = {"地区": "地"}


def exchange_levels(doc: Doc, rng: Random) -> list[Edit]:
    """Plan another level for each level that the agencies and channels of a report begin with.

    doc (Doc): A gold document.
    rng (Random): The source of chance.
    RETURNS (list[Edit]): At the start of mentions, and where the report speaks of itself (全市, 我县).
    """
    new = {level: rng.choice(others) for level, others in _OTHERS.items()}
    offices = {level: rng.choice(_ADMINISTRATIVE[other]) for level, other in new.items() if other in _ADMINISTRATIVE}
    edits = []
    for span in doc.ents:
        match = _SHORT.match(span.text)
        if match is None or span.label_ not in ("AGENCY", "CHANNEL") or span.text == match["level"]:
            continue
        level, end = match["level"], span.start_char + match.end()
        if match["government"] and level in offices:
            edits.append(Edit(span.start_char, end, offices[level]))
        else:
            following = span.text[1:2]
            name = _SHORT_LEVELS.get(new[level], new[level]) if following == "委" else new[level]
            # The head of a prefecture is no 长 of it (专员, 盟长).
            if following == "长" and new[level] in _SHORT_LEVELS:
                continue
            edits.append(Edit(span.start_char, span.start_char + 1, name))
    inside = {place for span in doc.ents for place in range(span.start_char, span.end_char)}
    for match in _OWN.finditer(doc.text):
        if match.start() not in inside:
            edits.append(Edit(match.start(), match.end(), new[match["level"]]))
    return edits
