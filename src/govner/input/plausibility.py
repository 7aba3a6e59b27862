"""How much a text looks like Chinese: what tells a right reading of bytes from a wrong one."""

from __future__ import annotations

from collections import Counter
from functools import cache
from math import log
from typing import Final

from govner.data import load_list
from govner.text.script import simplified_characters

# Words and names of reports; how many of them hold a character says how common it is.
_LISTS: Final = (
    "nouns",
    "verbs",
    "places",
    "titles",
    "offices",
    "national_bodies",
    "short_bodies",
    "surnames",
    "topics",
    "given_names",
)
# Marks that any text may hold, and how many words they count for.
_MARKS: Final = (
    "，。、：；？！“”‘’（）《》〈〉【】〔〕—…－·％℃￥０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩\u3000\xa0\ufeff©®°±×■□●○◆★※→"
)
_WORDS_OF_A_MARK: Final = 300
# What is added to the count of a character that is on a list, and of one that is on none.
_KNOWN, _UNKNOWN = 0.3, 0.1


def plausibility(text: str) -> float:
    """Say how much the characters of a text beyond ASCII look like those of Chinese reports.

    text (str): Any text.
    RETURNS (float): The mean logarithm of their probabilities: about -7.5 for Chinese in either script, -12 for what
        a wrong encoding makes of it; 0 where all is ASCII.
    """
    known, unknown = _probabilities()
    counts = Counter(text)
    foreign = [(char, count) for char, count in counts.items() if char > "\x7f"]
    total = sum(count for _, count in foreign)
    return sum(known.get(char, unknown) * count for char, count in foreign) / total if total else 0.0


@cache
def _probabilities() -> tuple[dict[str, float], float]:
    """The logarithms of the probabilities of common characters, and that of any other."""
    counts = Counter(char for name in _LISTS for word in load_list(name) for char in word if char > "\x7f")
    counts.update(
        {
            traditional: counts[simplified]
            for traditional, simplified in simplified_characters().items()
            if simplified in counts and traditional not in counts
        }
    )
    counts.update(dict.fromkeys(_MARKS, _WORDS_OF_A_MARK))
    total = sum(counts.values())
    return {char: log((count + _KNOWN) / total) for char, count in counts.items()}, log(_UNKNOWN / total)
