"""Change how a report is typed: punctuation, spaces, indents, brackets, marks, script, pinyin."""

from __future__ import annotations

import re
from functools import cache
from random import Random
from typing import Any

from spacy.tokens import Doc

from govner.corpus.augment.edits import Edit
from govner.errors import InputError

_FULL, _HALF = "，：；（）！？", ",:;()!?"
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LINE_START = re.compile(r"^[ \t\u3000\xa0]*(?=\S)", re.MULTILINE)
_INDENTS = ("", "", "\u3000\u3000", "    ", "  ", "\u3000")
# Issuer's code, brackets around the year, number: 国办发〔2017〕12号.
_DOCUMENT_NUMBER = re.compile(
    r"[〔\[［(（【﹝]\s{0,20}(?P<year>[0-9]{4})\s{0,20}[〕\]］)）】﹞]\s{0,20}第?\s{0,20}(?P<number>[0-9]+)\s{0,20}号$"
)
_BRACKETS = ("〔〕", "[]", "()", "（）", "【】", "［］", "﹝﹞", "〔]", "[〕", "〔）", "(〕")
_TITLE_MARKS = ("<>", "<<>>", "〈〉", "‹›", "«»")


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one of the basic block."""
    return "一" <= char <= "鿿"


def vary_punctuation(doc: Doc, rng: Random) -> list[Edit]:
    """Plan half-width or full-width punctuation for a whole report, or the other width for half of its marks."""
    text = doc.text
    target = rng.choice(("half", "half", "full", "mixed"))
    edits = []
    for at, char in enumerate(text):
        if char in _FULL:
            if target == "half" or (target == "mixed" and rng.random() < 0.5):
                edits.append(Edit(at, at + 1, _HALF[_FULL.index(char)]))
        elif char in _HALF and target != "half":
            # Marks inside numbers, times and web addresses are half-width in every report.
            beside = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
            if any(map(is_han, beside)) and (target == "full" or rng.random() < 0.5):
                edits.append(Edit(at, at + 1, _FULL[_HALF.index(char)]))
    return edits


def space_numbers(doc: Doc, rng: Random) -> list[Edit]:
    """Plan a space on each side of the numbers of a report, as some word processors leave them."""
    text = doc.text
    edits = []
    for match in _NUMBER.finditer(text):
        if is_han(text[max(0, match.start() - 1) : match.start()] or " "):
            edits.append(Edit(match.start(), match.start(), " "))
        if is_han(text[match.end() : match.end() + 1] or " "):
            edits.append(Edit(match.end(), match.end(), " "))
    return edits


def vary_indents(doc: Doc, rng: Random) -> list[Edit]:
    """Plan one kind of indent, or none, for all lines of a report."""
    indent = rng.choice(_INDENTS)
    return [Edit(match.start(), match.end(), indent) for match in _LINE_START.finditer(doc.text) if match[0] != indent]


def damage_document_numbers(doc: Doc, rng: Random) -> list[Edit]:
    """Plan other, unlike, spaced or lost brackets in the document numbers of a report, and now and then a lost 号."""
    edits = []
    for span in doc.ents:
        match = _DOCUMENT_NUMBER.search(span.text) if span.label_ == "DOCUMENT" else None
        if match is None or rng.random() < 0.3:
            continue
        brackets = rng.choice(_BRACKETS) if rng.random() < 0.85 else ""
        before, after = (brackets[0], brackets[1]) if brackets else ("", "")
        space = " " if rng.random() < 0.25 else ""
        # A number runs into a digit behind it, so that its end is only lost before another character.
        lost = rng.random() < 0.1 and is_han(doc.text[span.end_char : span.end_char + 1] or " ")
        new = f"{before}{match['year']}{after}{space}{match['number']}{space}{'' if lost else '号'}".rstrip()
        edits.append(Edit(span.start_char + match.start(), span.end_char, new))
    return edits


def damage_title_marks(doc: Doc, rng: Random) -> list[Edit]:
    """Plan misprinted book-title marks in a report; now and then one of the two is lost."""
    edits = []
    marks = rng.choice(_TITLE_MARKS)
    half = len(marks) // 2
    for span in doc.ents:
        if span.label_ == "DOCUMENT" and len(span.text) > 2 and span.text[0] + span.text[-1] == "《》":
            lost = rng.choice(("first", "last")) if rng.random() < 0.1 else ""
            edits.append(Edit(span.start_char, span.start_char + 1, "" if lost == "first" else marks[:half]))
            edits.append(Edit(span.end_char - 1, span.end_char, "" if lost == "last" else marks[half:]))
    return edits


def write_traditional(doc: Doc, rng: Random) -> list[Edit]:
    """Plan traditional script for a report (OpenCC, characters only where phrases would change the length)."""
    edits, offset = [], 0
    for line in doc.text.split("\n"):
        new = _to_traditional(line)
        for at, (old, char) in enumerate(zip(line, new, strict=True)):
            if old != char:
                edits.append(Edit(offset + at, offset + at + 1, char))
        offset += len(line) + 1
    return edits


def add_pinyin(doc: Doc, rng: Random) -> list[Edit]:
    """Plan pinyin in brackets after each Chinese character of some lines of a report."""
    edits, offset = [], 0
    before, after = rng.choice(("()", "（）", "()"))
    for line in doc.text.split("\n"):
        if rng.random() < 0.15:
            for at, char in enumerate(line):
                if is_han(char):
                    edits.append(Edit(offset + at, offset + at + 1, f"{char}{before}{pinyin(char)}{after}"))
        offset += len(line) + 1
    return edits


def _to_traditional(line: str) -> str:
    new = _converter().convert(line)
    return new if len(new) == len(line) else "".join(_traditional_character(char) for char in line)


@cache
def _converter() -> Any:
    try:
        from opencc import OpenCC
    except ImportError:
        raise InputError("traditional script needs opencc; install it with: pip install 'govner[train]'") from None
    return OpenCC("s2t")


@cache
def _traditional_character(char: str) -> str:
    new = _converter().convert(char)
    return str(new) if len(new) == 1 else char


@cache
def pinyin(char: str, tone: bool = True) -> str:
    """The pinyin of a character; raises InputError where pypinyin is not installed."""
    try:
        from pypinyin import Style, lazy_pinyin
    except ImportError:
        raise InputError("pinyin needs pypinyin; install it with: pip install 'govner[train]'") from None
    return str(lazy_pinyin(char, style=Style.TONE if tone else Style.NORMAL)[0])
