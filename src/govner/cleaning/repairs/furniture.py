"""What the layout of pages repeats through a text: page numbers, heads of pages, bars to share and print."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import accumulate, pairwise
from typing import Final

from govner.cleaning.edits import Edit

_PAGE_NUMBER: Final = re.compile(
    r"[-—–－·] ?[0-9]{1,3} ?[-—–－·]"
    r"|第 ?[0-9]{1,3} ?页[ ,，、/|]{0,3}(?:[共总] ?[0-9]{1,3} ?页)?|[Pp]age [0-9]{1,3}(?: of [0-9]{1,3})?"
)
_PAGE_SIGNS: Final = frozenset("-—–－·第Pp")
_WIDGET: Final = (
    "分享到|分享至|分享|打印本页|打印此页|打印|关闭窗口|关闭本页|关闭|收藏本页|收藏|字号|字体|返回顶部|回到顶部|新浪微博|腾讯微博|"
    "微信好友|微信|微博|QQ空间|QQ好友|朋友圈|人人网|豆瓣网|豆瓣|超大|大|中|小"
)
_BAR: Final = re.compile(rf"(?:(?:{_WIDGET})|[\s:：【】\[\]|｜/]){{2,40}}")
_BAR_FIRST: Final = frozenset(":：【】[]|｜/" + "".join(word[0] for word in _WIDGET.split("|")))
_BAR_SIGN: Final = re.compile("分享到|分享至|打印|关闭|字号|字体|返回顶部|回到顶部")
_NUMBERS_ONLY: Final = re.compile(r"[-—–－·/0-9. \t+%]+")
# A head of pages: so long, so often, and so far apart, as pages are, about evenly.
_SHORTEST, _LONGEST, _FEWEST, _NEAREST, _UNEVEN = 6, 40, 3, 300, 3
_NO_HEAD: Final = re.compile(
    r"[0-9０-９|｜\t:：]|[。；;，,、]$|^[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|^第[一二三四五六七八九十百]{1,4}[章节条部步]"
)


def drop_furniture(text: str) -> list[Edit]:
    """Plan to leave out lines of furniture, with their line breaks; of a head of pages the first is left."""
    whole = text.split("\n")
    lines = [line.strip() for line in whole]
    starts = list(accumulate((len(line) + 1 for line in whole), initial=0))
    dropped = sorted({*_page_numbers(lines), *_bars(lines), *_heads(lines, starts)})
    if len(dropped) == len(lines):
        return []
    edits = []
    # The last line has no break behind it, so that the one before goes.
    tail = len(lines)
    for place in reversed(dropped):
        if place != tail - 1:
            break
        tail = place
    for place in dropped:
        before = place >= tail
        edits.append(Edit(starts[place] - before, starts[place + 1] - before, "", "furniture"))
    return edits


def _page_numbers(lines: list[str]) -> list[int]:
    """Lines that are the number of a page; between two lines of figures one may be a row of a table."""
    found = []
    for place, line in enumerate(lines):
        if line and line[0] in _PAGE_SIGNS and len(line) < 24 and _PAGE_NUMBER.fullmatch(line):
            beside = (lines[at] for at in (place - 1, place + 1) if 0 <= at < len(lines))
            if not any(other and _NUMBERS_ONLY.fullmatch(other) for other in beside):
                found.append(place)
    return found


def _bars(lines: list[str]) -> list[int]:
    """Lines that have nothing but the words of share bars and buttons."""
    return [
        place
        for place, line in enumerate(lines)
        if line and line[0] in _BAR_FIRST and len(line) < 80 and _BAR_SIGN.search(line) and _BAR.fullmatch(line)
    ]


def _heads(lines: list[str], starts: list[int]) -> list[int]:
    """Lines that come back at the distance of pages, all but the first of each."""
    counts = Counter(line for line in lines if _SHORTEST <= len(line) <= _LONGEST)
    often = {line for line, count in counts.items() if count >= _FEWEST and not _NO_HEAD.search(line)}
    if not often:
        return []
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if line in often:
            places[line].append(place)
    found = []
    for at in places.values():
        distances = [starts[after] - starts[before] for before, after in pairwise(at)]
        if min(distances) >= _NEAREST and max(distances) <= _UNEVEN * min(distances):
            found += at[1:]
    return found
