"""Keys to type labels with."""

from __future__ import annotations

from string import ascii_lowercase, digits
from typing import Final

from govner.scheme import Scheme

# Keys that Label Studio's editor uses itself.
_TAKEN: Final = frozenset("hru")


def hotkeys(labels: Scheme) -> dict[str, str]:
    """Give each label a key: digits to mentions, letters, of the name where one is free, to sections.

    labels (Scheme): The labels.
    RETURNS (dict[str, str]): Keys by label; labels beyond the 32 keys there are have none.
    """
    free = [key for key in digits[1:] + "0" + ascii_lowercase if key not in _TAKEN]
    keys: dict[str, str] = {}
    for label, wanted in [
        *((label, digits[1:] + "0") for label in labels.entities),
        *((label, label.name.lower()) for label in labels.sections),
    ]:
        letters = [key for key in free if key.isalpha()]
        key = next((key for key in wanted if key in free), None) or next(iter(letters or free), None)
        if key is not None:
            free.remove(key)
            keys[label.name] = key
    return keys
