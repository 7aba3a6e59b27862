"""Character offsets to tokens, without losing count of what does not fit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IDX, LENGTH
from spacy.tokens import Doc


class TokenGrid(NamedTuple):
    """Where the tokens of a document begin and end.

    starts, ends (ints): Character offsets, one a token; ends exclude the space after a token.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def find(self, start: int, end: int) -> tuple[int, int] | None:
        """Token indices [first, last + 1) of the characters [start, end); None where a token crosses a border."""
        first = int(np.searchsorted(self.starts, start))
        last = int(np.searchsorted(self.ends, end))
        fits = (
            first < len(self.starts)
            and last < len(self.ends)
            and first <= last
            and self.starts[first] == start
            and self.ends[last] == end
        )
        return (first, last + 1) if fits else None


def token_grid(doc: Doc) -> TokenGrid:
    """Find where the tokens of a document begin and end."""
    starts, lengths = doc.to_array([IDX, LENGTH]).astype(np.int64).reshape(-1, 2).T
    return TokenGrid(starts, starts + lengths)


def misaligned(doc: Doc, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Character spans that the tokens of a document cannot express; the ledger of mentions lost to tokenization."""
    grid = token_grid(doc)
    return [span for span in spans if grid.find(*span) is None]
