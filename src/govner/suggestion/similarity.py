"""Vectors of short texts whose products are how much of their wording they share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Keys = NDArray[np.uint64]

# Signed hashing keeps products of vectors within about 1 / sqrt(WIDTH) of what they are (Weinberger et al. 2009);
# 100,000 paragraphs take 200 MB.
WIDTH: Final = 512
_SIZES: Final = (2, 3)
# Counted by this many remainders of their keys, n-grams of a large pool rarely fall together.
_COUNTED: Final = 1 << 20
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_SHIFT: Final = np.uint64(31)
_SPACE: Final = re.compile(r"\s+")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")


def folded(text: str, *, numbers: bool = False) -> str:
    """A text without white space and with one width of signs; and with 0 for every number, as in a template.

    text (str): Any text.
    numbers (bool): Keep the numbers.
    RETURNS (str): What is compared.
    """
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    return plain if numbers else _NUMBER.sub("0", plain)


def text_vectors(pool: Sequence[str], others: Sequence[str] = ()) -> tuple[Vectors, Vectors]:
    """Make vectors of length 1: which character n-grams a text has, weighted by how rare they are, hashed.

    Weights are inverse document frequencies (Spärck Jones 1972) over the texts of both kinds.

    pool, others (Sequence[str]): Texts. Their n-grams have two and three characters, ends of text included; numbers,
        white space and width do not count.
    RETURNS (tuple of float32, texts x `WIDTH`): Vectors of the pool, and of the others.
    """
    keys = [_ngrams(text) for text in (*pool, *others)]
    counts = np.zeros(_COUNTED, np.int64)
    for found in keys:
        counts[np.unique(found % np.uint64(_COUNTED))] += 1
    weights = np.log((1 + len(keys)) / (1 + counts)) + 1.0
    vectors = np.zeros((len(keys), WIDTH), np.float32)
    for row, found in zip(vectors, keys, strict=True):
        signs = np.where(found >> np.uint64(63), 1.0, -1.0)
        places = (found >> np.uint64(32)) % np.uint64(WIDTH)
        summed = np.bincount(places.astype(np.intp), signs * weights[found % np.uint64(_COUNTED)], minlength=WIDTH)
        row[:] = summed / max(float(np.linalg.norm(summed)), 1e-12)
    return vectors[: len(pool)], vectors[len(pool) :]


def greatest_similarity(vectors: Vectors, others: Vectors, rows: int = 4_096) -> Vectors:
    """How alike each text is to the most similar of some others.

    vectors (float32, n x width): Vectors of texts.
    others (float32, m x width): Vectors to compare them with.
    rows (int): How many to compare at a time.
    RETURNS (float32, n): Cosines in [0, 1]; 0 where there is no other.
    """
    found = np.zeros(len(vectors), np.float32)
    for first in range(0, len(vectors) if len(others) else 0, rows):
        part = slice(first, first + rows)
        for start in range(0, len(others), rows):
            alike = (vectors[part] @ others[start : start + rows].T).max(axis=1)
            found[part] = np.maximum(found[part], alike)
    return np.minimum(found, 1.0)


def _ngrams(text: str) -> Keys:
    """Keys of the n-grams of a text, each once."""
    codes = np.frombuffer(f"\0{folded(text)}\0".encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    found = []
    for size in _SIZES:
        key = np.full(max(len(codes) - size + 1, 0), size, np.uint64)
        for offset in range(size):
            key = (key + codes[offset : offset + len(key)]) * _MIX
            key ^= key >> _SHIFT
        found.append(key)
    return np.unique(np.concatenate(found))
