"""Scores of a pipeline on parts of the gold documents: by form, level, period, or any key of the front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from spacy.tokens import Doc
from spacy.training import Example

from govner.corpus.front_matter import FRONT_MATTER
from govner.errors import InputError
from govner.evaluation.scores import Evaluation, score

# What is broken down where nothing else is said, as far as the front matter has it; "period" comes from the year.
KEYS: Final = ("form", "level", "period")
# 《政府信息公开条例》 is in force since 1 May 2008; with its amendment of 2019 came the national tables, first in the
# reports on that year (国办公开办函〔2019〕60号).
_RULES, _AMENDED = 2008, 2019
PERIODS: Final = (f"before {_RULES}", f"{_RULES}–{_AMENDED - 1}", f"from {_AMENDED}")
# The value of a report that does not say.
UNSTATED: Final = ""


def period_of(year: object) -> str:
    """The period of the rules that a report of a year was written under.

    year (object): The year reported on, such as "2016".
    RETURNS (str): One of `PERIODS`; "" where this is no year.
    """
    if not re.fullmatch(r"[12]\d{3}", str(year).strip(), re.ASCII):
        return UNSTATED
    number = int(str(year))
    return PERIODS[(number >= _RULES) + (number >= _AMENDED)]


def value_of(doc: Doc, key: str) -> str:
    """What the front matter of a gold document says.

    doc (Doc): As `read_gold` gives it.
    key (str): A key of the front matter, or "period".
    RETURNS (str): The value; "" where it says nothing.
    """
    meta = doc.user_data.get("meta", {})
    if key == "period" and key not in meta:
        return period_of(meta.get("year", ""))
    value = meta.get(key)
    return UNSTATED if value is None else str(value).strip()


def choose_keys(docs: Iterable[Doc], wanted: Iterable[str] = ()) -> list[str]:
    """The keys to break scores down by.

    docs (Iterable[Doc]): Gold documents.
    wanted (Iterable[str]): Keys that must be there.
    RETURNS (list[str]): Those of `KEYS` that any document has a value of, then those wanted.
    RAISES (InputError): No document has a wanted key.
    """
    docs, wanted = list(docs), list(wanted)
    for key in wanted:
        if not any(value_of(doc, key) for doc in docs):
            known = sorted({str(key) for doc in docs for key in doc.user_data.get("meta", {})} | {"period"})
            raise InputError(f"no gold report has the key {key!r}; use one of {', '.join(known)}")
    usual = [key for key in KEYS if any(value_of(doc, key) for doc in docs)]
    return list(dict.fromkeys([*usual, *wanted]))


def break_down(examples: list[Example], key: str) -> dict[str, Evaluation]:
    """Score the reports of each value of a key apart.

    examples (list[Example]): Predicted and reference documents of the same texts.
    key (str): A key of the front matter, or "period".
    RETURNS (dict[str, Evaluation]): Scores by value, in the order of the guidelines, else in that of sorting; reports
        that do not say come last, under "". Each report counts once.
    """
    groups: dict[str, list[Example]] = {}
    for example in examples:
        groups.setdefault(value_of(example.reference, key), []).append(example)
    known = PERIODS if key == "period" else FRONT_MATTER.get(key) or ()
    ordered = sorted(
        groups, key=lambda value: (value == UNSTATED, known.index(value) if value in known else len(known), value)
    )
    return {value: score(groups[value]) for value in ordered}
