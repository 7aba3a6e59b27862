"""Several rules read the same things of one report: what was read last is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")


def remember_last(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Keep the last result of a pure function, for the very same objects.

    function (Callable): Of positional arguments.
    RETURNS (Callable): The same; its results must not be changed.
    """
    last: tuple[tuple[object, ...], _R] | None = None

    @wraps(function)
    def remembering(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        nonlocal last
        # One look and one assignment, so that threads at worst read again.
        kept = last
        if kept is not None and not kwargs and _same(kept[0], args):
            return kept[1]
        result = function(*args, **kwargs)
        if not kwargs:
            last = args, result
        return result

    return remembering


def _same(first: tuple[object, ...], second: tuple[object, ...]) -> bool:
    return len(first) == len(second) and all(old is new for old, new in zip(first, second, strict=True))
