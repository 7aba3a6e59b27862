"""Titles of documents: their form without marks, when two are the same, and what shorter forms they may have."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from govner.records.citations.document_numbers import fold

STATE: Final = "中华人民共和国"
_OPENING: Final = re.compile(r"^\s*(?:《|[<＜]{2}|[<＜〈‹«])")
_CLOSING: Final = re.compile(r"(?:》|[>＞]{2}|[>＞〉›»])\s*$")
_BLANKS: Final = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])")
# Marks of a title in a title, of any kind; brackets stay brackets.
_NESTED: Final = str.maketrans(dict.fromkeys("《〈<＜‹«", "⟨") | dict.fromkeys("》〉>＞›»", "⟩"))
_NO_WORD: Final = re.compile(r"\W+")
_BRACKET_AT_END: Final = re.compile("〔[^〔〕]*〕$")
# What a notice puts into force has its own name, with or without marks: 关于印发〈2014年工作要点〉的通知.
_ENCLOSED: Final = re.compile(r"(?:印发|转发|公布|发布|下发)⟨?(?P<name>.{4,300}?)⟩?(?:的?(?:通知|公告|函|决定))⟩?$")
_ISSUER: Final = re.compile(r"(?P<issuer>\w{2,40}?)(?:关于|转发|印发|批转)")


def is_title(text: str) -> bool:
    """Whether a mention begins with a book-title mark."""
    return bool(_OPENING.match(text))


def is_open(text: str) -> bool:
    """Whether a mention begins with a book-title mark that is not closed in it."""
    return is_title(text) and not _CLOSING.search(text)


def strip_marks(text: str) -> str:
    """A title without its outer marks and without white space, other than between Latin letters.

    text (str): A mention: 《关于印发〈要点〉的通知》, <<条例>>, 《条例>.
    RETURNS (str): 关于印发〈要点〉的通知, 条例.
    """
    return _BLANKS.sub("", _CLOSING.sub("", _OPENING.sub("", text)))


@lru_cache(maxsize=4096)
def fold_title(title: str) -> str:
    """Fold a title for comparing: one width and script, no marks, brackets, punctuation or white space."""
    return _NO_WORD.sub("", fold(title.translate(_NESTED)))


@lru_cache(maxsize=4096)
def title_names(title: str) -> frozenset[str]:
    """The folded names a document may be cited by.

    title (str): Its title without outer marks.
    RETURNS (frozenset[str]): Its own, that without a bracket at its end (试行), and the same of what a notice
        puts into force.
    """
    folded = fold(title.translate(_NESTED))
    wholes = [folded]
    if enclosed := _ENCLOSED.search(folded):
        wholes.append(enclosed["name"])
    names = (name for whole in wholes for name in (whole, _BRACKET_AT_END.sub("", whole)))
    return frozenset(_NO_WORD.sub("", name) for name in names) - {""}


def without_state(folded: str) -> str:
    """A folded title without 中华人民共和国 at its head."""
    return folded.removeprefix(STATE) or folded


def title_issuer(title: str) -> str | None:
    """The body a title begins with: 国务院办公厅 of 国务院办公厅关于印发…的通知; None without one."""
    match = _ISSUER.match(title)
    return match["issuer"] if match else None
