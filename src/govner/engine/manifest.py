"""The manifest of a run: what it is, and which chunks are done; one JSON object a line, added as the run goes on."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from govner.engine.writing import append_line, new_file
from govner.errors import InputError

NAME: Final = "manifest.jsonl"


@dataclass(frozen=True)
class Entry:
    """A chunk that is done.

    chunk (int): Its number.
    fingerprint (str): Of its files just before they were read.
    reports, errors, characters (int): How many it had.
    rows (dict[str, int]): Rows by table; a table with none has no part.
    """

    chunk: int
    fingerprint: str
    reports: int
    errors: int
    characters: int
    rows: dict[str, int] = field(default_factory=dict)


class Manifest:
    """The manifest in the directory of a run.

    directory (Path): The run's directory.
    """

    def __init__(self, directory: Path) -> None:
        self.path = directory / NAME

    def begin(self, run: dict[str, Any]) -> None:
        """Begin a run: `run` says what it is. What the manifest had is gone."""
        with new_file(self.path) as place:
            place.write_text(_line({"run": run}) + "\n", encoding="utf8")

    def add(self, entry: Entry) -> None:
        """Say that a chunk is done; its parts must be written."""
        append_line(self.path, _line(asdict(entry)))

    def finish(self, chunks: int) -> None:
        """Say that all is done: `chunks` is how many there were."""
        append_line(self.path, _line({"finished": chunks}))

    def read(self) -> tuple[dict[str, Any], dict[int, Entry], bool] | None:
        """What the manifest says.

        RETURNS (tuple[dict, dict[int, Entry], bool] | None): What the run is, its last entry for each chunk,
            whether it finished; None if there is no manifest. A last line that was not written whole is taken off,
            so that no other is joined to it.
        RAISES (InputError): It is no manifest.
        """
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return None
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) < len(data):
            with new_file(self.path) as place:
                place.write_bytes(whole)
        try:
            first, *lines = [json.loads(line) for line in whole.splitlines()]
            run = first["run"]
            entries = {line["chunk"]: Entry(**line) for line in lines if "chunk" in line}
        except (ValueError, KeyError, TypeError):
            raise InputError(
                "is no manifest of a run; delete the directory or choose another --out", self.path
            ) from None
        return run, entries, bool(lines) and "finished" in lines[-1]


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
