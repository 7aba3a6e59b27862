"""The labels that annotated files may use, and keys to type them with."""

from __future__ import annotations

from string import ascii_lowercase, digits
from typing import Final, NamedTuple

from govner.scheme import ENTITIES, SECTIONS, Label

# Keys that Label Studio's editor uses itself.
_TAKEN: Final = frozenset("hru")


class KnownLabels(NamedTuple):
    """Labels of mentions and of sections.

    entities, sections (tuple[Label, ...]): In the order in which they are shown.
    """

    entities: tuple[Label, ...]
    sections: tuple[Label, ...]

    @property
    def entity_names(self) -> tuple[str, ...]:
        """Names of the labels of mentions."""
        return tuple(label.name for label in self.entities)

    @property
    def section_names(self) -> tuple[str, ...]:
        """Names of the labels of sections."""
        return tuple(label.name for label in self.sections)


def known_labels() -> KnownLabels:
    """The labels that every format is checked against."""
    return KnownLabels(ENTITIES, SECTIONS)


def hotkeys(labels: KnownLabels) -> dict[str, str]:
    """Give each label a key: digits to mentions, letters, of the name where one is free, to sections.

    labels (KnownLabels): The labels.
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
