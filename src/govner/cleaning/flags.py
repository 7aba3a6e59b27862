"""What is damaged in a text and cannot be repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from govner.cleaning.plausibility import code_points, score_codes, suspicious_lines

_HAN: Final = "[\u3400-\u4dbf\u4e00-\u9fff]"
_FLAGGED: Final = re.compile(
    # A line of nothing but asterisks is a rule.
    rf"(?P<masked>[*＊]{{2,}}|×{{2,}}|□{{2,}}|(?<={_HAN})[xXＸ]{{2,4}}(?={_HAN})|(?<![A-Za-z0-9])[xXＸ]{{2,4}}(?={_HAN}))"
    "|(?P<lost>[\ufffd\ud800-\udfff]+|(?:锟斤拷|斤拷锟|拷锟斤|锟斤)+|烫{3,}|屯{3,})|(?P<private>[\ue000-\uf8ff]+)"
)
# What any of that begins with: it is looked for first, which is far faster.
_SEEDS: Final = re.compile("[*＊×□xXＸ\ufffd\ud800-\udfff锟斤拷烫屯\ue000-\uf8ff]")
# Characters that are no plain text of a report by so much each, and together by so much, are garbled.
_EXPECTED, _TOGETHER = -12.5, 30.0
_GARBLED: Final = re.compile("[\x80-\xff\u0400-\u045f\u2500-\u257f\u3040-\u30ff\u3100-\u312f\u3400-\u9fff]+")


def find_flags(text: str) -> list[tuple[int, int, str]]:
    """Find what is damaged for good.

    text (str): A text, repaired as far as may be.
    RETURNS (list[tuple[int, int, str]]): Start, end and kind of each: masked characters, lost ones, characters of
        private use, and stretches that are garbled in a way that is not known; in order.
    """
    found = []
    at = 0
    for seed in _SEEDS.finditer(text):
        if seed.start() < at or (match := _FLAGGED.match(text, seed.start())) is None:
            continue
        at = match.end()
        if match.lastgroup != "masked" or not _is_rule(text, *match.span()):
            found.append((*match.span(), str(match.lastgroup)))
    return sorted([*found, *_garbled(text)])


def _is_rule(text: str, start: int, end: int) -> bool:
    """Whether characters are a line of their own."""
    return text[max(0, start - 1) : start] in ("", "\n") and text[end : end + 1] in ("", "\n")


def _garbled(text: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of implausible characters."""
    words = [match.span() for line in suspicious_lines(text) for match in _GARBLED.finditer(text, *line)]
    if not words:
        return
    # Each behind a character that makes no pair.
    scores = score_codes(code_points("".join(f"\0{text[start:end]}" for start, end in words)))
    lengths = np.array([end - start for start, end in words])
    firsts = np.cumsum(lengths + 1) - lengths
    excess = np.float32(_EXPECTED) - scores
    excess[firsts - 1] = 0.0
    most = np.add.reduceat(np.maximum(excess, np.float32(0.0)), firsts - 1, dtype=np.float64)
    for number in np.flatnonzero(most > _TOGETHER).tolist():
        start, end = words[number]
        first = int(firsts[number])
        for begin, finish in _heaviest(excess[first : first + end - start].tolist()):
            yield start + begin, start + finish, "garbled"


def _heaviest(weights: list[float]) -> Iterator[tuple[int, int]]:
    """Stretches that weigh enough together."""
    total = best = 0.0
    start = end = 0
    for at, weight in enumerate(weights):
        if total <= 0.0:
            if best > _TOGETHER:
                yield start, end
            total = best = 0.0
            start = at
        total += weight
        if total > best:
            best, end = total, at + 1
    if best > _TOGETHER:
        yield start, end
