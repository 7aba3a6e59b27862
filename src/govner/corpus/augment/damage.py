"""Damage a report as the web does: injected words and symbols, masks, typing errors."""

from __future__ import annotations

import re
from functools import cache
from random import Random

from spacy.tokens import Doc

from govner.corpus.augment.edits import Edit
from govner.corpus.augment.typography import is_han, pinyin
from govner.data import load_list

_SPAM = (
    "百家乐", "时时彩", "老虎机", "六合彩", "真人荷官", "澳门赌场", "体育投注", "棋牌游戏下载", "彩票开奖结果",
    "送彩金", "现金网开户", "北京赛车", "足球盘口", "代开发票", "私家侦探", "无抵押贷款", "高仿手表", "刷信誉",
)  # fmt: skip
_SYMBOLS = "ξ◆★■●△※→◇▲☆□○"
_DIGITS = re.compile(r"[0-9]+")
# Errors a thousand characters.
_TYPING_ERRORS = 4


def inject_spam(doc: Doc, rng: Random) -> list[Edit]:
    """Plan betting, lending and other foreign phrases between the words of a report, outside its mentions."""
    phrases = rng.sample(_SPAM, rng.randint(1, 2))
    return [Edit(at, at, rng.choice(phrases)) for at in _places_outside(doc, rng, rng.randint(2, 8))]


def inject_symbols(doc: Doc, rng: Random) -> list[Edit]:
    """Plan stray symbols between the characters of a report, outside its mentions."""
    symbol = rng.choice(_SYMBOLS)
    return [Edit(at, at, symbol) for at in _places_outside(doc, rng, rng.randint(3, 12))]


def mask_characters(doc: Doc, rng: Random) -> list[Edit]:
    """Plan asterisks in the place of some counts' digits and of some characters outside mentions."""
    edits = []
    for span in doc.ents:
        if span.label_ == "COUNT" and rng.random() < 0.1:
            for match in _DIGITS.finditer(span.text):
                start = span.start_char + match.start()
                edits.append(Edit(start, start + len(match[0]), "*" * rng.choice((len(match[0]), 4))))
    text, outside = doc.text, _outside(doc)
    for at in _places_outside(doc, rng, rng.randint(1, 6)):
        length = rng.randint(1, 3)
        if all(place in outside and is_han(text[place]) for place in range(at, at + length)):
            edits.append(Edit(at, at + length, "*" * length))
    return _without_overlap(edits)


def make_typing_errors(doc: Doc, rng: Random) -> list[Edit]:
    """Plan typing errors: another character of the same sound, one left out, one typed twice.

    doc (Doc): A gold document.
    rng (Random): The source of chance.
    RETURNS (list[Edit]): In the text of mentions a character is only exchanged; persons and counts are spared.
    """
    text, outside = doc.text, _outside(doc)
    mentions = {
        at
        for span in doc.ents
        if span.label_ not in ("OFFICIAL", "COUNT")
        for at in range(span.start_char, span.end_char)
    }
    places = [at for at, char in enumerate(text) if is_han(char) and (at in outside or at in mentions)]
    edits = []
    for at in rng.sample(places, min(len(places), max(1, len(text) * _TYPING_ERRORS // 1000))):
        kind = rng.choice(("sound", "sound", "left out", "twice")) if at in outside else "sound"
        if kind == "sound":
            edits.append(Edit(at, at + 1, rng.choice(_same_sound(text[at]))))
        elif kind == "twice":
            edits.append(Edit(at, at + 1, text[at] * 2))
        # A character at the edge of a line stays, so that no line becomes empty.
        elif text[at - 1 : at + 2].strip() == text[at - 1 : at + 2] and len(text[at - 1 : at + 2]) == 3:
            edits.append(Edit(at, at + 1, ""))
    return edits


def _outside(doc: Doc) -> set[int]:
    """Characters in no mention."""
    inside = {at for span in doc.ents for at in range(span.start_char, span.end_char)}
    return {at for at in range(len(doc.text)) if at not in inside}


def _places_outside(doc: Doc, rng: Random, count: int) -> list[int]:
    """Some offsets between two Chinese characters in no mention."""
    text, outside = doc.text, _outside(doc)
    places = [at for at in range(1, len(text)) if {at - 1, at} <= outside and is_han(text[at - 1]) and is_han(text[at])]
    return sorted(rng.sample(places, min(count, len(places))))


def _without_overlap(edits: list[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


@cache
def _same_sound(char: str) -> tuple[str, ...]:
    """Characters of the package's lists with the sound of a character; itself where there is none."""
    return tuple(other for other in _by_sound().get(pinyin(char, tone=False), ()) if other != char) or (char,)


@cache
def _by_sound() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for char in sorted({char for name in ("given_names", "offices", "titles") for char in "".join(load_list(name))}):
        found.setdefault(pinyin(char, tone=False), []).append(char)
    return {sound: tuple(chars) for sound, chars in found.items()}
