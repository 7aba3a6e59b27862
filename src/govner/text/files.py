"""Read text files strictly, and say what is wrong with the ones that are not UTF-8 text."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from charset_normalizer import from_bytes

from govner.errors import InputError

# Bytes that no text file in any encoding we may meet holds, UTF-16 apart.
_BINARY_SIGNS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")
_CHINESE_ENCODINGS = ["gb18030", "big5", "utf_16", "utf_16_le", "utf_16_be"]


def read_text(path: Path) -> str:
    """Read a UTF-8 file (a byte-order mark is allowed and dropped; line ends become newlines).

    path (Path): The file.
    RETURNS (str): Its text.
    RAISES (InputError): The file is missing, unreadable, empty, binary or not UTF-8.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError("no such file; check the path", path) from None
    except IsADirectoryError:
        raise InputError("is a directory; name a file in it", path) from None
    except PermissionError:
        raise InputError("cannot be read; check its permissions", path) from None
    except OSError as error:
        raise InputError(f"cannot be read ({os.strerror(error.errno or 0)}); check the file", path) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1  # its offsets do not count a byte-order mark
        raise InputError(_describe_foreign(data), path, line) from None
    if "\x00" in text or data.startswith(_BINARY_SIGNS):
        raise InputError(_describe_foreign(data), path)
    if not text.strip():
        raise InputError("is empty; expected the text of a report", path)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def expand_paths(paths: Iterable[Path], pattern: str = "*.txt") -> Iterator[Path]:
    """Replace each directory by the files in it that match, sorted by name.

    paths (Iterable[Path]): Files and directories.
    pattern (str): Which files of a directory to take.
    YIELDS (Path): Files.
    RAISES (InputError): A path does not exist, or a directory holds no such file.
    """
    for path in paths:
        try:
            is_directory, exists = path.is_dir(), path.exists()
        except OSError as error:
            raise InputError(f"cannot be read ({os.strerror(error.errno or 0)}); check the path", path) from None
        if is_directory:
            found = sorted(path.glob(pattern))
            if not found:
                raise InputError(f"holds no {pattern} file; name another directory or a file", path)
            yield from found
        elif exists:
            yield path
        else:
            raise InputError("no such file or directory; check the path", path)


def _describe_foreign(data: bytes) -> str:
    """Say in a line what bytes that are not UTF-8 text look like, and the remedy."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if data.startswith(_BINARY_SIGNS) or (b"\x00" in data[:4096] and not utf16):
        return "is a binary file, not text; extract its text first"
    guess = from_bytes(data, cp_isolation=_CHINESE_ENCODINGS).best()
    if guess is None:
        return "is not UTF-8 text; convert it to UTF-8"
    name = guess.encoding.upper().replace("_", "-")
    return f"is not UTF-8; it looks like {name}: convert it (iconv -f {name} -t UTF-8)"
