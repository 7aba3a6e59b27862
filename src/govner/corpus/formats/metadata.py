"""Metadata beside a format that has no place for them: a JSON object a line, the text's name in `name`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from govner.corpus.formats.checking import Tell
from govner.corpus.formats.json_objects import read_json_objects, write_json_lines
from govner.errors import InputError

_SHAPE: Final = 'needs a JSON object with "name" and "meta"'


def write_metadata(path: Path, metadata: Mapping[str, dict[str, Any]]) -> None:
    """Write metadata by the names of their texts, in the order of the texts."""
    write_json_lines(path, ({"name": name, "meta": meta} for name, meta in metadata.items()))


def read_metadata(path: Path, tell: Tell) -> dict[str, dict[str, Any]]:
    """Read metadata; none where there is no such file. Lines of another shape are told of."""
    found: dict[str, dict[str, Any]] = {}
    if not path.exists():
        return found
    for line, record in read_json_objects(path, _SHAPE, tell):
        if isinstance(record.get("name"), str) and isinstance(record.get("meta"), dict):
            found[record["name"]] = record["meta"]
        else:
            tell(InputError(_SHAPE, path, line))
    return found
