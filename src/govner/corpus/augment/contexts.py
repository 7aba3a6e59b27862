"""Say mentions of a report again among other words.

Where a body's or a channel's name begins and ends shows in the name; before it may stand any word. A corpus has few of
them, so that a model takes 根据 before 市发改委 for a part of the name: it has seen cities there, and no other word.
"""

from __future__ import annotations

import re
from random import Random
from typing import Final

from spacy.tokens import Doc

from govner.corpus.augment.edits import Edit
from govner.data import load_list

_CLAUSE_END = re.compile(r"[。；]")
# Share of a report's clauses that get another one behind them.
_CLAUSES: Final = 0.06
# Shorter names can be something else among other words: 电话, 市委 before 书记.
_SHORTEST: Final = {"AGENCY": 3, "CHANNEL": 5, "OFFICIAL": 3}
_HAN = re.compile(r"[一-鿿]+")


def add_contexts(doc: Doc, rng: Random) -> list[Edit]:
    """Plan clauses of any words around names that the report has.

    doc (Doc): A gold document.
    rng (Random): The source of chance.
    RETURNS (list[Edit]): Insertions after ends of clauses outside mentions.
    """
    names = [
        (span.text, span.label_)
        for span in doc.ents
        if len(span.text) >= _SHORTEST.get(span.label_, 99) and _HAN.fullmatch(span.text)
    ]
    if not names:
        return []
    inside = {place for span in doc.ents for place in range(span.start_char + 1, span.end_char)}
    return [
        _make_clause(match.end(), *rng.choice(names), rng)
        for match in _CLAUSE_END.finditer(doc.text)
        if match.end() not in inside and rng.random() < _CLAUSES
    ]


def _make_clause(place: int, name: str, label: str, rng: Random) -> Edit:
    verbs, nouns = load_list("verbs"), load_list("nouns")
    lead = rng.choice(("", "", rng.choice(nouns))) + rng.choice(verbs)
    text = f"{lead}{name}{rng.choice(verbs)}{rng.choice(nouns)}{rng.choice(('。', '，', '；'))}"
    return Edit(place, place, text, mentions=((len(lead), len(lead) + len(name), label),))
