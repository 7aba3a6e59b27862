"""The text of a report as it was found, and what is known of where it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class InputText:
    """The text of one report; all offsets of its results are characters of `text`.

    id (str): What its rows are called in the tables.
    path (str): The file it came from; "-" is standard input.
    text (str): The text.
    format (str): One of "text", "html", "pdf", "docx", "json", "jsonl", "csv", "parquet".
    row (int | None): Its row in a file of several, from 1.
    encoding (str | None): Of the file, where there is a choice.
    is_file (bool): The text is the file's own, so that it can be read again from there.
    pages (tuple[int, ...]): Where each page begins, in characters; of a PDF only.
    notes (tuple[str, ...]): What was doubtful or left out when it was read.
    """

    id: str
    path: str
    text: str
    format: str = "text"
    row: int | None = None
    encoding: str | None = None
    is_file: bool = False
    pages: tuple[int, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())


def without_surrogates(text: str) -> tuple[str, tuple[str, ...]]:
    """Put U+FFFD for halves of surrogate pairs, which no file can hold; offsets stay.

    text (str): Any text.
    RETURNS (tuple[str, tuple[str, ...]]): The text, and a note if there were any.
    """
    clean, number = _LONE_SURROGATE.subn("�", text)
    return clean, (f"{number} lone surrogates replaced by U+FFFD",) if number else ()
