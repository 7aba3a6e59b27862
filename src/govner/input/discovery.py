"""Find the files that paths, directories, patterns and "-" stand for."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from govner.errors import InputError

STANDARD_INPUT: Final = "-"
# Formats by suffix. Files of other suffixes are read as what their first bytes say, if they are named.
FORMATS: Final = {
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), "text"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), "html"),
    ".pdf": "pdf",
    ".docx": "docx",
    ".doc": "doc",
    ".json": "json",
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    ".parquet": "parquet",
}
# Formats of which a file holds one report a row.
ROW_FORMATS: Final = frozenset({"json", "jsonl", "csv", "parquet"})
# Files beside reports that are no reports: what was decided about findings, what a run of ours wrote.
_OURS: Final = (".audit.json", "manifest.jsonl")
_SIGNS: Final = ((b"%PDF-", "pdf"), (b"PK\x03\x04", "docx"), (b"\xd0\xcf\x11\xe0", "doc"), (b"PAR1", "parquet"))
_HTML_SIGNS: Final = (b"<!doctype html", b"<html", b"<head", b"<?xml")
_WILD: Final = frozenset("*?[")


def find_files(paths: Iterable[Path | str]) -> Iterator[str]:
    """List files in a fixed order.

    paths (Iterable[Path | str]): Files; directories, of which files of a known suffix are taken, those in
        directories below included and hidden ones left out; patterns such as "2017/*.html"; "-".
    YIELDS (str): Paths, in the order given, those of a directory or a pattern sorted; none twice.
    RAISES (InputError): A path does not exist, or stands for no file.
    """
    seen: set[str] = set()
    for path in map(str, paths):
        for found in _expand(path):
            if found not in seen:
                seen.add(found)
                yield found


def report_ids(paths: Iterable[str]) -> list[str]:
    """An id for each file: its name without suffix, or its whole path where two files share a name."""
    paths = list(paths)
    names = [_stem(path) for path in paths]
    shared = Counter(names)
    return [name if shared[name] == 1 else path for name, path in zip(names, paths, strict=True)]


def format_of(path: str, head: bytes = b"") -> str:
    """The format of a file, by its first bytes where they are plain, else by its suffix; "text" if neither tells."""
    by_head = next((name for sign, name in _SIGNS if head.startswith(sign)), None)
    by_suffix = FORMATS.get(os.path.splitext(path)[1].lower())  # noqa: PTH122 (a million paths)
    if by_head is not None:
        return by_head
    if by_suffix is None and head.lstrip()[:20].lower().startswith(_HTML_SIGNS):
        return "html"
    return by_suffix or "text"


def _expand(path: str) -> Iterator[str]:
    if path == STANDARD_INPUT:
        yield path
        return
    try:
        is_directory, exists = Path(path).is_dir(), Path(path).exists()
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno or 0) if isinstance(error, OSError) else str(error)
        raise InputError(f"cannot be read ({reason}); check the path", path) from None
    if is_directory:
        found = _walk(path)
        if not found:
            raise InputError(f"holds no report ({' '.join(sorted(FORMATS))}); name another directory or a file", path)
        yield from found
    elif exists:
        yield path
    elif _WILD & set(path):
        found = sorted(name for name in glob.iglob(path, recursive=True) if Path(name).is_file())  # noqa: PTH207
        if not found:
            raise InputError("matches no file; check the pattern", path)
        yield from found
    else:
        raise InputError("no such file or directory; check the path", path)


def _walk(directory: str) -> list[str]:
    """The reports of a directory, sorted."""
    found = []
    for place, directories, names in os.walk(directory):
        directories[:] = [name for name in directories if not name.startswith(".")]
        if "manifest.jsonl" in names:  # what we wrote is no report
            directories.clear()
            continue
        found += [os.path.join(place, name) for name in names if _is_report(name)]  # noqa: PTH118 (a million paths)
    return sorted(found)


def _is_report(name: str) -> bool:
    return not name.startswith(".") and not name.endswith(_OURS) and Path(name).suffix.lower() in FORMATS


def _stem(path: str) -> str:
    return "stdin" if path == STANDARD_INPUT else Path(path).stem
