"""Change the lines of a report: page furniture, broken and joined lines, flattened tables."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

from spacy.tokens import Doc

from govner.corpus.augment.edits import Edit
from govner.corpus.augment.typography import is_han
from govner.scheme import SECTIONS_KEY

# Lines that stand around or in a crawled page. None of them holds a mention.
_ABOVE = (
    "首页 > 政府信息公开 > 年度报告",
    "您现在的位置：首页 >> 信息公开 >> 工作年报",
    "当前位置： 首页 - 政务公开 - 信息公开年报 - 正文",
    "设为首页 | 加入收藏 | 无障碍浏览 | 长者模式",
    "【字体：大 中 小】 【打印】 【关闭】",
    "字号：[ 大 中 小 ] 浏览次数：{visits}",
    "阅读次数：{visits} 分享到：",
    "A+ A- 打印本页 收藏",
    "视力保护色：",
)
_BELOW = (
    "【打印本页】 【关闭窗口】",
    "上一篇：没有了 下一篇：没有了",
    "扫一扫在手机打开当前页",
    "分享到： 微信 微博 QQ空间",
    "网站地图 | 隐私声明 | 关于我们 | 联系我们",
    "建议使用1024×768以上分辨率浏览",
    "返回顶部",
    "责编：admin 浏览：{visits}",
)
_PAGE_NUMBERS = ("— {page} —", "- {page} -", "-{page}-", "{page}", "第 {page} 页", "第{page}页 共{pages}页")
_LONG = 60
_CELL_BREAK = re.compile(r" {0,20}[|｜] {0,20}")


def add_furniture(doc: Doc, rng: Random) -> list[Edit]:
    """Plan lines of page furniture above and below a report, and under its first line."""

    def lines(choices: tuple[str, ...], most: int) -> str:
        chosen = rng.sample(choices, rng.randint(0, most))
        return "".join(line.format(visits=rng.randint(1, 4000)) + "\n" for line in chosen)

    text = doc.text
    edits = []
    if above := lines(_ABOVE, 3):
        edits.append(Edit(0, 0, above, "NOISE"))
    first = text.find("\n")
    if first >= 0 and (under := lines(_ABOVE[4:], 2)):
        edits.append(Edit(first + 1, first + 1, under, "NOISE"))
    if below := lines(_BELOW, 3):
        edits.append(Edit(len(text), len(text), "\n" + below.rstrip("\n"), "NOISE"))
    return edits


def break_lines(doc: Doc, rng: Random) -> list[Edit]:
    """Plan line ends inside the long lines of a report, as a PDF has them, and page numbers between some.

    doc (Doc): A gold document.
    rng (Random): The source of chance.
    RETURNS (list[Edit]): Line ends outside mentions, about every 25 to 45 characters.
    """
    text = doc.text
    width = rng.randint(25, 45)
    share = rng.choice((0.3, 1.0))
    inside = _inside_mentions(doc)
    pages, page = rng.randint(5, 12), 1
    edits = []
    for span in doc.spans[SECTIONS_KEY]:
        start, end = span.start_char, span.end_char
        if end - start < _LONG or rng.random() > share:
            continue
        at = start + width
        while at < end - 5:
            while at < end and (at in inside or text[at] in "，。、；：,;:)）" or text[at - 1].isspace()):
                at += 1
            if at >= end - 5:
                break
            if rng.random() < 0.06 and page < pages:
                line = rng.choice(_PAGE_NUMBERS).format(page=page, pages=pages)
                edits += [Edit(at, at, "\n"), Edit(at, at, f"{line}\n", "NOISE")]
                page += 1
            else:
                edits.append(Edit(at, at, "\n"))
            at += width
    return edits


def join_lines(doc: Doc, rng: Random) -> list[Edit]:
    """Plan the joining of lines that follow each other in one section, by nothing or by a space."""
    joint = rng.choice(("", " ", "\u3000", "  "))
    share = rng.choice((0.3, 0.7))
    spans = list(doc.spans[SECTIONS_KEY])
    text = doc.text
    inside = _inside_mentions(doc)
    edits = []
    for one, other in pairwise(spans):
        if one.label_ != other.label_ or one.label_ == "NOISE" or rng.random() > share:
            continue
        if one.end_char in inside or other.start_char in inside:  # A mention has the white space at an end of its line.
            continue
        # Two numbers or words must not become one.
        fused = not is_han(text[one.end_char - 1]) and not is_han(text[other.start_char])
        edits.append(Edit(one.end_char, other.start_char, joint or (" " if fused else "")))
    return edits


def flatten_tables(doc: Doc, rng: Random) -> list[Edit]:
    """Plan other borders between the cells of a report's tables: spaces, or a line a cell."""
    text = doc.text
    inside = _inside_mentions(doc)
    border = rng.choice((" ", "  ", "\u3000", "\n", "\n", " | "))
    edits = []
    for span in doc.spans[SECTIONS_KEY]:
        cells = list(_CELL_BREAK.finditer(text, span.start_char, span.end_char))
        if len(cells) < 2 or any(at in inside for match in cells for at in range(match.start(), match.end() + 1)):
            continue
        for match in cells:
            # No empty line where a cell is empty or a border stands at the end.
            bare = match.start() == span.start_char or match.end() == span.end_char
            empty = text[match.end() : match.end() + 1] in "|｜"
            edits.append(Edit(match.start(), match.end(), " " if bare or empty else border))
    return edits


def _inside_mentions(doc: Doc) -> set[int]:
    """Offsets at which an insertion would fall into a mention."""
    return {at for span in doc.ents for at in range(span.start_char + 1, span.end_char)}
