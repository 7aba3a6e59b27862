"""Traditional and simplified script."""

from __future__ import annotations

from functools import cache

from govner.data import load_list


@cache
def simplified_characters() -> dict[str, str]:
    """The simplified form of each traditional character that has one of its own."""
    return {pair[0]: pair[1] for pair in load_list("simplified")}
