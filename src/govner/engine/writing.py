"""Write files so that they are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Write a file under another name, and give it its own when it is whole and on the disk: a context manager.

    path (Path): The file; its directory is made if need be. What stood there before is replaced, or stays as it was.
    YIELDS (Path): Where to write.
    RAISES (OSError): It cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Another process may be writing the same file.
    place = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield place
        with place.open("rb+") as file:
            os.fsync(file.fileno())
        place.replace(path)
    finally:
        place.unlink(missing_ok=True)
    _sync_directory(path.parent)


def append_line(path: Path, line: str) -> None:
    """Add a line to a file and see it onto the disk.

    RAISES (OSError): It cannot be written; part of the line may be.
    """
    with path.open("a", encoding="utf8") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def _sync_directory(directory: Path) -> None:
    """See the names of a directory onto the disk, where the system can."""
    try:
        descriptor = os.open(directory, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
