"""JSON objects of a file with the lines on which they begin: an object a line, or one array of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from govner.corpus.formats.checking import Tell
from govner.errors import InputError
from govner.text.files import read_text

_DECODER: Final = json.JSONDecoder()
_BLANK: Final = re.compile(r"[\s,]*")


def read_json_objects(path: Path, shape: str, tell: Tell) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read JSON objects one by one.

    path (Path): A file with an object a line, or with an array of objects laid out in any way.
    shape (str): What an object needs, for messages.
    tell (Tell): Told of what is no object; of an array that breaks off, what stands before is read.
    YIELDS (tuple[int, dict]): The line on which an object begins, counted from 1, and the object.
    RAISES (InputError): The file cannot be read.
    """
    source = read_text(path)
    found = _array(source) if source.lstrip().startswith("[") else _lines(source)
    for line, value in found:
        if isinstance(value, dict):
            yield line, value
        else:
            tell(InputError(shape, path, line))


def write_json_lines(path: Path, objects: Iterator[dict[str, Any]]) -> None:
    """Write an object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf8", newline="\n") as file:
        for value in objects:
            file.write(json.dumps(value, ensure_ascii=False) + "\n")


def _lines(source: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(source.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, None


def _array(source: str) -> Iterator[tuple[int, Any]]:
    position, line = source.index("[") + 1, 1
    counted = 0
    while True:
        position = _BLANK.match(source, position).end()  # type: ignore[union-attr]
        line += source.count("\n", counted, position)
        counted = position
        if source[position : position + 1] == "]":
            return
        try:
            value, position = _DECODER.raw_decode(source, position)
        except (ValueError, RecursionError):
            yield line, None
            return
        yield line, value
