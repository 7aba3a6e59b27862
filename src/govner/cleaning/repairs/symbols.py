"""Symbols injected inside words: 为ξ方便, 政♀府."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from govner.cleaning.edits import Edit
from govner.cleaning.plausibility import follows

# What has no business between two Chinese characters, and what may be a bullet, an arrow or the border of a table.
_FOREIGN: Final = "αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩ♀♂♠♣♥♦♡♢♤♧♪♫♬☻☺♨☼¤§∮∑∏∽≌⊙㊣卍卐"
_ORNAMENTS: Final = "◆◇■□●○◎◉★☆▲△▼▽▶▷◀◁※→←↑↓⇒◤◢▪▫◘◙"
SYMBOLS: Final = _FOREIGN + _ORNAMENTS
_HAN: Final = "[\u3400-\u4dbf\u4e00-\u9fff]"
# The symbol stands first, so that it is looked for fast.
_INSIDE: Final = re.compile(f"[{SYMBOLS}](?<=({_HAN})[{SYMBOLS}])(?=({_HAN}))")
# Least log-probability of the right character after the left one that tears a pair apart.
_COMMON_AFTER_FOREIGN, _COMMON = -8.0, -2.6
# An ornament that is so often inside words was put there; then it goes wherever the pair is not unheard of.
_OFTEN: Final = 3
_NUMERALS: Final = frozenset("一二三四五六七八九十零百千")


def drop_symbols(text: str) -> list[Edit]:
    """Plan to leave out single symbols between two Chinese characters that belong together."""
    found = [(match.start(), match[0], match[1], match[2]) for match in _INSIDE.finditer(text)]
    # ○ is a zero between numerals.
    found = [item for item in found if not (item[1] in "○◎" and {item[2], item[3]} & _NUMERALS)]
    scores = follows([left + right for _, _, left, right in found]).tolist()
    inside = Counter(char for (_, char, _, _), score in zip(found, scores, strict=True) if score > _COMMON)
    return [
        Edit(at, at + 1, "", "symbol")
        for (at, char, _, _), score in zip(found, scores, strict=True)
        if score > (_COMMON_AFTER_FOREIGN if char in _FOREIGN or inside[char] >= _OFTEN else _COMMON)
    ]
