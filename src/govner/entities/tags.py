"""Tags of the BILUO scheme and the moves between them (Ratinov and Roth 2009)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from govner.layers.crf import Bools, Ints

OUTSIDE = 0
_BEGIN, _INSIDE, _LAST, _UNIT = range(4)
_PREFIXES = "BILU"
TAGS_A_LABEL = len(_PREFIXES)


class TagSet:
    """The tags for some labels: O, then B, I, L and U of each label in order.

    labels (Sequence[str]): Entity labels.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = tuple(labels)
        self.names = ("O", *(f"{prefix}-{label}" for label in labels for prefix in _PREFIXES))

    def __len__(self) -> int:
        return len(self.names)

    def encode_mention(self, label: str, length: int) -> Ints:
        """Tags of a mention of some tokens; -1 (unknown) for a label that is not in the set."""
        if label not in self.labels:
            return np.full(length, -1, np.intp)
        first = 1 + 4 * self.labels.index(label)
        if length == 1:
            return np.array([first + _UNIT], np.intp)
        return np.array([first + _BEGIN, *[first + _INSIDE] * (length - 2), first + _LAST], np.intp)

    def forbidden(self) -> Bools:
        """Moves that no sequence makes, as `Chain` takes them ((n + 2) x n)."""
        n = len(self)
        inside = [self._opens(tag) for tag in range(n)]
        mask = np.ones((n + 2, n), bool)
        for tag in range(n):
            continues = self._continues(tag)
            for before in range(n):
                mask[before, tag] = inside[before] != continues
            mask[n, tag] = continues is not None
            mask[n + 1, tag] = inside[tag] is not None
        return mask

    def borders(self, tags: Ints) -> tuple[Ints, Ints]:
        """Starts and ends of the mentions of a legal tag sequence, in order."""
        kinds = np.where(tags == OUTSIDE, -1, (tags - 1) % 4)
        return np.flatnonzero((kinds == _BEGIN) | (kinds == _UNIT)), np.flatnonzero(kinds >= _LAST) + 1

    def spans(self, tags: Ints) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, label) of the mentions of a legal tag sequence, in order."""
        starts, ends = self.borders(tags)
        labels = ((tags[starts] - 1) // 4).tolist()
        for start, end, label in zip(starts.tolist(), ends.tolist(), labels, strict=True):
            yield start, end, self.labels[label]

    def _opens(self, tag: int) -> int | None:
        """The label that must go on after this tag."""
        label, kind = divmod(tag - 1, 4)
        return label if tag != OUTSIDE and kind in (_BEGIN, _INSIDE) else None

    def _continues(self, tag: int) -> int | None:
        """The label that must be open before this tag."""
        label, kind = divmod(tag - 1, 4)
        return label if tag != OUTSIDE and kind in (_INSIDE, _LAST) else None
