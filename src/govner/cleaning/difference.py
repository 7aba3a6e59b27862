"""The changes of a view with their place and what stands around them, to be shown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

from govner.cleaning.view import View

_CONTEXT: Final = 8


class Difference(NamedTuple):
    """A change at a line and column of the original, both counted from 1.

    kind (str): What was wrong.
    before, after (str): What the original and the copy have.
    left, right (str): What stands around it in the original, on the same line.
    """

    line: int
    column: int
    kind: str
    before: str
    after: str
    left: str
    right: str


def diff(view: View, context: int = _CONTEXT) -> Iterator[Difference]:
    """List what a cleaning changed.

    view (View): A repaired text.
    context (int): How many characters before and after a change to give.
    YIELDS (Difference): The changes in order.
    """
    text = view.original
    breaks = [at for at, char in enumerate(text) if char == "\n"] if view.changes else []
    for change in view.changes:
        line = bisect_right(breaks, change.start - 1)
        begins = breaks[line - 1] + 1 if line else 0
        left = text[max(begins, change.start - context) : change.start]
        right = text[change.end : change.end + context].partition("\n")[0]
        if change.before.endswith("\n"):
            right = ""
        yield Difference(line + 1, change.start - begins + 1, change.kind, change.before, change.after, left, right)
