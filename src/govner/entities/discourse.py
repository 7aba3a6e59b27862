"""Find where a document says something again that is a mention elsewhere and was missed there.

What words are in one place of a document they nearly always are in the others (one sense per discourse: Gale, Church
and Yarowsky 1992; for names Krishnan and Manning 2006). So a mention found several times is looked for elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

import numpy as np
from numpy.typing import NDArray

from govner.entities.tags import OUTSIDE, TagSet
from govner.layers.crf import Ints

Keys = NDArray[np.uint64]

# Fewest tokens of a name and times it was found: shorter and rarer ones can be something else elsewhere.
_SHORTEST: Final = 3
_FOUND: Final = 2
# A name said again needs at least this probability of its own.
LEAST: Final = 0.05
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)


def missed_repeats(tokens: Keys, tags: Ints, tag_set: TagSet) -> list[tuple[int, int, str]]:
    """Find stretches outside every mention that say a name of the document again.

    tokens (uint64, n): Keys of a document's tokens; equal tokens have equal keys.
    tags (ints, n): Their tags.
    tag_set (TagSet): What the tags are.
    RETURNS (list[tuple[int, int, str]]): Start, end and label of each, in order and without overlap.
    """
    if len(tokens) < _SHORTEST:
        return []
    found: dict[tuple[bytes, str], int] = defaultdict(int)
    for start, end, label in tag_set.spans(tags):
        if end - start >= _SHORTEST:
            found[tokens[start:end].tobytes(), label] += 1
    # By how they begin the lengths there are, and the label of each; of several labels the most frequent.
    labels: dict[bytes, str] = {}
    lengths: dict[int, set[int]] = defaultdict(set)
    for (name, label), count in sorted(found.items(), key=lambda item: item[1]):
        if count >= _FOUND:
            labels[name] = label
            lengths[int(_beginnings(np.frombuffer(name, np.uint64))[0])].add(len(name) // 8)
    if not labels:
        return []
    beginnings = _beginnings(tokens)
    outside = tags[: len(beginnings)] == OUTSIDE
    again = []
    done = 0
    for start in np.flatnonzero(outside & np.isin(beginnings, np.array(list(lengths), np.uint64))).tolist():
        if start < done:
            continue
        # Of two that begin at a place, the longer.
        for length in sorted(lengths[int(beginnings[start])], reverse=True):
            label = labels.get(tokens[start : start + length].tobytes(), "")
            if label and not (tags[start : start + length] != OUTSIDE).any():
                done = start + length
                again.append((start, done, label))
                break
    return again


def _beginnings(tokens: Keys) -> Keys:
    """A key of each token and the two after it."""
    first = tokens[: len(tokens) - 2] * _MIX + tokens[1 : len(tokens) - 1]
    return first * _MIX + tokens[2:]
