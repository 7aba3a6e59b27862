"""The figures of a report with what stands before and behind each, as the search for wholes and parts needs them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from govner.data import load_table
from govner.records.facts.quantities import Quantity
from govner.records.source import Mention, Source

# Words that announce parts; the last in a sentence counts.
_CUE: Final = re.compile(
    r"(?P<among>其中)|(?P<holds>包括|包含|涵盖|涉及|(?<![一-鿿])内?含|除)|(?P<apart>分别|分为|具体为|具体是|依次)"
    r"|(?P<by>按[^，,。；;：:\n]{1,8}(?:分|看|计)|分[类渠方途]|类别|渠道|形式|方式|途径|载体|来源)"
    r"|(?P<rest>其余|其他|其它|另有|另外|另|还有|余)"
)
_SENTENCE: Final = re.compile(r"[。！？!?]|\.(?![0-9A-Za-z])")
_MARKS: Final = (("M", "；;"), ("O", "：:"), ("C", "，,"), ("D", "、"), ("T", "|｜"), ("E", "）)"))
_BRACKET: Final = re.compile(r"[（(）)]")
_CLAUSE: Final = re.compile(r"[，,。；;：:\n、（()）|｜]")
_LINE_ENDS: Final = frozenset("。！？；;.:：!?")
# Measure words that count the same things by other names.
_ALIKE: Final = frozenset("条件份篇项期则宗起个次")
_FLAGS: Final = {"growth": "g", "share": "s", "rate": "r", "total": "t", "receive": "t", "answer": "c", "left": "c"}
_LONGEST_CLAUSE, _LONGEST_SENTENCE, _BEHIND = 20, 60, 12


@dataclass(slots=True)
class Figure:
    """A figure and its surroundings.

    value (float | None), unit (str): What it says.
    measure (str): The unit, with all units that count alike under one name.
    depth (int): Brackets that are open at it; `opener` is the figure before the innermost.
    section (str), row (int): Label and place of its paragraph.
    mark (str): The strongest mark since the figure before: "P" end of a paragraph, "L" of a line that breaks off,
        "S" of a sentence, "M" semicolon, "B" opening bracket, "O" colon, "C" comma, "D" 、, "T" bar, "E" closing
        bracket, "N" none.
    cue (str): The word that announces parts since then; "far" is put before one of an earlier sentence.
    flags (str): Kinds of words in its clause, one letter each, in order.
    word (str): Kind of the last word before it, or (with "a") of the first behind it, or the label of a mention.
    """

    value: float | None
    unit: str
    measure: str
    depth: int
    opener: int | None
    section: str
    row: int
    mark: str
    cue: str
    flags: str
    word: str


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all words, longest first, and the kind of each."""
    kind_of = {word: kind for kind, words in load_table("part_words") for word in words.split(" ")}
    return re.compile("|".join(sorted(map(re.escape, kind_of), key=len, reverse=True))), kind_of


def read_figures(source: Source, counts: Sequence[Mention], quantities: Sequence[Quantity | None]) -> list[Figure]:
    """Read the figures of a report.

    source (Source): The report.
    counts (Sequence[Mention]): Its COUNT mentions in order.
    quantities (Sequence[Quantity | None]): What they say.
    RETURNS (list[Figure]): A figure for each.
    """
    figures: list[Figure] = []
    opened: list[int] = []
    text, last = source.text, 0
    starts = [paragraph.start for paragraph in source.paragraphs]
    for number, (count, quantity) in enumerate(zip(counts, quantities, strict=True)):
        row = bisect_right(starts, count.start) - 1
        lead = text[last : count.start]
        line = lead.rfind("\n") + 1
        if line:
            opened = []
        for match in _BRACKET.finditer(lead, line):
            if match[0] in "（(":
                opened.append(number - 1)
            elif opened:
                opened.pop()
        opener = opened[-1] if opened and opened[-1] >= 0 else None
        if line:
            before = (lead[:line].rstrip() or text[max(last - 1, 0) : last])[-1:]
            mark = "P" if before in _LINE_ENDS else "L"
        else:
            mark = _mark(lead, opener == number - 1 and number > 0)
        clause = _CLAUSE.split(lead[-_LONGEST_CLAUSE - 1 :])[-1]
        following = counts[number + 1].start if number + 1 < len(counts) else len(text)
        behind = _CLAUSE.split(text[count.end : min(following, count.end + _BEHIND)], maxsplit=1)[0]
        flags, word = _describe(clause, behind)
        if word in ("", "total", "publish", "kind", "rest"):
            named = source.mentions_in(max(last, count.start - len(clause)), count.start, "CHANNEL", "AGENCY")
            word = f"{word[:1]}{named[-1].label}" if named else word
        unit = quantity.unit if quantity is not None else ""
        figures.append(
            Figure(
                float(quantity.value) if quantity is not None and quantity.value is not None else None,
                unit,
                "=" if unit in _ALIKE else unit,
                len(opened),
                opener,
                source.paragraphs[row].label if row >= 0 else "",
                row,
                mark,
                _cue(lead, line, mark),
                flags,
                word,
            )
        )
        last = count.end
    return figures


def _mark(lead: str, bracket: bool) -> str:
    if _SENTENCE.search(lead):
        return "S"
    if bracket and not ("；" in lead or ";" in lead):
        return "B"
    return next((name for name, signs in _MARKS if signs[0] in lead or (signs[1:] and signs[1] in lead)), "N")


def _cue(lead: str, line: int, mark: str) -> str:
    sentence = lead[max(line, len(lead) - _LONGEST_SENTENCE) :]
    if mark in "PLS":
        sentence = _SENTENCE.split(sentence)[-1]
    cue = ""
    for match in _CUE.finditer(sentence):
        cue = match.lastgroup or ""
    if cue:
        return cue
    if mark in "PLS":
        earlier = _CUE.search(lead[-_LONGEST_SENTENCE:])
        if earlier is not None:
            return f"far {earlier.lastgroup}"
    return ":" if "：" in sentence or ":" in sentence else ""


def _describe(clause: str, behind: str) -> tuple[str, str]:
    """Flags of the words of a clause, and the kind of the last one or of the first behind the figure."""
    pattern, kind_of = _words()
    kinds = [kind_of[word] for word in pattern.findall(clause)]
    flags = "".join(sorted({_FLAGS[kind] for kind in kinds if kind in _FLAGS}))
    if kinds:
        return flags, kinds[-1]
    match = pattern.search(behind)
    return flags, f"a{kind_of[match[0]]}" if match else ""
