"""Names of the files of a site: they stay in their directory, whatever a report or a body is called."""

from __future__ import annotations

from typing import Final

# In bytes of UTF-8, a name with its suffix and that under which it is written must not exceed 255.
_LONGEST: Final = 50
# What Windows keeps for devices.
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10))}
)


class FileNames:
    """Gives out names, none twice, also where capitals and small letters count the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def keep(self, name: str) -> None:
        """Say that a name is taken."""
        self._taken.add(name.casefold())

    def make(self, words: str) -> str:
        """Make a name.

        words (str): Any text, such as the id of a report.
        RETURNS (str): Letters, digits and -_. of it; without suffix.
        """
        plain = "".join(char if char.isalnum() or char in "-_." else "_" for char in words).strip(".")[:_LONGEST]
        plain = plain.strip(".") or "report"
        if plain.partition(".")[0].casefold() in _DEVICES:
            plain = f"_{plain}"
        name, number = plain, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{plain}-{number}"
        self.keep(name)
        return name
