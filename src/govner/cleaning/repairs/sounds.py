"""Pinyin in brackets after characters."""

from __future__ import annotations

from govner.cleaning.edits import Edit
from govner.text.sounds import find_sounds


def drop_sounds(text: str) -> list[Edit]:
    """Plan to leave out bracketed sounds."""
    return [Edit(start, end, "", "sound") for start, end in find_sounds(text)]
