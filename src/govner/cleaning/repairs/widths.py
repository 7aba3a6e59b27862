"""Full-width digits and letters, and characters that only look like the ordinary ones (radicals of a PDF's font)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from govner.cleaning.edits import Edit, one_for_one

# Simplified radicals, which Unicode says are like no character; fonts show them for these.
_RADICALS: Final = dict(
    zip(
        "⺟⺠⺁⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母民厂虎西见角贝车长门青页风飞食马鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
_ALIKE: Final = "\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f"
# What a match begins with stands first in each, so that it is looked for fast.
_WIDE: Final = re.compile("[{0}][{0}]*".format(f"０-９Ａ-Ｚａ-ｚ{_ALIKE}"))
# A decimal point, not the point behind the number of a heading.
_POINT: Final = re.compile("．(?<=[0-9０-９]．)(?=[0-9０-９]{1,4}[%％万亿元倍])")
# A letter O for the zero of a year: 二Ｏ一六.
_ZERO: Final = re.compile("Ｏ(?<=[一二三四五六七八九Ｏ]Ｏ)(?=[一二三四五六七八九Ｏ])")


def repair_widths(text: str) -> list[Edit]:
    """Plan ordinary characters for full-width and look-alike ones."""
    edits = [one_for_one(match.start(), "〇", "width") for match in _ZERO.finditer(text)]
    edits += [one_for_one(match.start(), ".", "width") for match in _POINT.finditer(text)]
    for match in _WIDE.finditer(_ZERO.sub("〇", text)):
        new = "".join(map(_ordinary, match[0]))
        if new != match[0]:
            kind = "width" if match[0][0] >= "\uff00" else "look-alike"
            edits.append(one_for_one(match.start(), new, kind))
    return sorted(edits)


@lru_cache(maxsize=4096)
def _ordinary(char: str) -> str:
    plain = _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


WIDE: Final = "".join(char for char in map(chr, range(0x10000)) if char == "．" or repair_widths(char))
