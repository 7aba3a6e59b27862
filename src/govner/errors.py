"""The one exception for mistakes a user can mend."""

from __future__ import annotations

from pathlib import Path


class InputError(ValueError):
    """Bad input, described in one line that names the file, the line and the remedy.

    problem (str): What is wrong and what to do about it.
    path (Path | str | None): The file at fault.
    line (int | None): Its line, counted from 1.
    """

    def __init__(self, problem: str, path: Path | str | None = None, line: int | None = None) -> None:
        self.problem = problem
        self.path = None if path is None else str(path)
        self.line = line
        place = "" if path is None else f"{path}: " if line is None else f"{path}:{line}: "
        super().__init__(place + problem)
