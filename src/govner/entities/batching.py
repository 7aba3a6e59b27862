"""How many tokens are scored and decoded together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spacy.tokens import Doc
from thinc.api import Model

# Tokens decoded together: many lines at each step, little memory.
_GROUP = 20_000
# Tokens encoded together: their vectors stay in the processor's cache, and memory does not grow with a document.
CHUNK = 1_200


def score_trimmed(score: Model, waiting: list[tuple[Any, int, int]]) -> list[Any]:
    """Score chunks together and cut off what each carried beyond its ends."""
    if not waiting:
        return []
    found = score.predict([keys for keys, _, _ in waiting])
    return [
        score.ops.to_numpy(part[lead : lead + length]) for part, (_, lead, length) in zip(found, waiting, strict=True)
    ]


def in_groups(docs: Iterable[Doc]) -> Iterator[list[Doc]]:
    """Documents in groups of about `_GROUP` tokens, a longer one by itself."""
    group: list[Doc] = []
    size = 0
    for doc in docs:
        if group and size + len(doc) > _GROUP:
            yield group
            group, size = [], 0
        group.append(doc)
        size += len(doc)
    if group:
        yield group
