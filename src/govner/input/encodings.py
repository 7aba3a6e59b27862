"""Bytes to text, whatever their encoding is and whatever they say it is."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple

from govner.cleaning.plausibility import plausibility
from govner.errors import InputError

Chosen = Literal["bom", "declared", "utf-8", "detected"]

# That of UTF-32 begins with that of UTF-16.
_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Neither of the two of Big5 has all characters of the other.
_BYTE_ENCODINGS: Final = ("utf-8", "gb18030", "cp950", "big5hkscs")
# Encodings of wide characters, and the bytes that the least of theirs has.
_WIDE_ENCODINGS: Final = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
# What pages and files declare, and the widest encoding that reads it; as browsers do, Latin-1 is Windows-1252.
_DECLARED: Final[dict[str, str]] = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "x-utf-8"), "utf-8"),
    **dict.fromkeys(
        ("gb2312", "gbk", "x-gbk", "gb18030", "gb-18030", "gb-2312", "gb2312-80", "csgb2312", "iso-ir-58"), "gb18030"
    ),
    **dict.fromkeys(
        ("gb-2312-80", "euc-cn", "x-euc-cn", "cp936", "ms936", "windows-936", "chinese", "cn-gb"), "gb18030"
    ),
    **dict.fromkeys(("big5-hkscs", "big5hkscs"), "big5hkscs"),
    **dict.fromkeys(("big5", "big-5", "x-x-big5", "cn-big5", "csbig5", "cp950"), "cp950"),
    **dict.fromkeys(("hz", "hz-gb-2312"), "hz"),
    **dict.fromkeys(("utf-16", "utf16", "unicode", "utf-16le", "utf-16-le"), "utf-16-le"),
    **dict.fromkeys(("utf-16be", "utf-16-be", "unicodefffe"), "utf-16-be"),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "windows-1252", "cp1252"), "cp1252"),
    **dict.fromkeys(("us-ascii", "ascii", "ansi-x3.4-1968"), "cp1252"),
}
# What begins files of other kinds: PDF, ZIP, OLE, RTF, pictures, archives, programs.
_BINARY_SIGNS: Final = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x7fELF",
    b"SQLite format 3",
)
# Plausibilities: above the first a reading needs no comparison, below the second it is no Chinese.
_CLEAR, _LEAST = -9.0, -11.5
# One broken byte among so many is let pass, and a character cut short at the end.
_BYTES_PER_BROKEN_ONE: Final = 100
_LONGEST_TAIL: Final = 3
# How bytes that an encoding cannot read are marked, so that they can be counted.
_ERRORS: Final = {"hz": "strict", "cp1252": "strict", **dict.fromkeys(_WIDE_ENCODINGS, "replace")}
_UNREAD: Final = "".join(map(chr, range(0xDC80, 0xDD00)))
_REPLACED: Final = re.compile("\ufffd")
_BROKEN: Final = re.compile("[\udc80-\udcff]")
_FOREIGN: Final = re.compile(rb"[\x80-\xff\0]")
# How many bytes from the first beyond ASCII are enough to compare readings by; in fours, as UTF-32 has them.
_SAMPLE: Final = 1 << 16
_BEYOND_ASCII: Final = re.compile("[^\x00-\x7f]")
_SURE: Final = 8
_CONTROL: Final = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
_CHARACTERS_PER_CONTROL: Final = 100
_BINARY: Final = "is a binary file, not text; extract its text first"


@dataclass(frozen=True)
class Decoded:
    """Bytes as text.

    text (str): Their text; lines end with a newline alone, a byte-order mark is dropped.
    encoding (str): The encoding they were read by, as Python names it.
    chosen (str): What told it: a byte-order mark ("bom"), the declaration ("declared"), that they are good UTF-8
        ("utf-8"), or how much the text looks like Chinese ("detected").
    notes (tuple[str, ...]): What was odd: a wrong declaration, broken bytes.
    """

    text: str
    encoding: str
    chosen: Chosen
    notes: tuple[str, ...] = ()


class _Reading(NamedTuple):
    """What an encoding makes of the bytes; `broken` of them it cannot read, which are lone surrogates or U+FFFD."""

    encoding: str
    text: str
    broken: int
    is_cut: bool

    @property
    def is_whole(self) -> bool:
        return not self.broken and not self.is_cut


def decode(data: bytes, path: Path | str, declared: str | None = None) -> Decoded:
    """Read bytes of text, most likely Chinese, whose encoding may be unknown or wrongly declared.

    data (bytes): All bytes of a file.
    path (Path | str): The file, for messages.
    declared (str | None): The encoding that the file or its sender names; it is followed where that gives a text.
    RETURNS (Decoded): Their text and how it was read.
    RAISES (InputError): They are no text, or none of the encodings reads them.
    """
    if data.startswith(_BINARY_SIGNS):
        raise InputError(_BINARY, path)
    notes: list[str] = []
    reading = _by_mark(data, notes)
    chosen: Chosen = "bom"
    if reading is None:
        encoding = _declared_encoding(declared, notes)
        reading = _find(data.removeprefix(codecs.BOM_UTF8), encoding)
        if reading is None and b"\0" in data:
            raise InputError(_BINARY, path)
        if reading is None:
            raise InputError("is not text in UTF-8, GB18030, Big5 or UTF-16; convert it to UTF-8", path)
        chosen = _told_by(reading, encoding)
        if encoding and declared and not _is_named(reading, declared):
            notes.append(f"declares {declared.strip()[:40]}, was read as {reading.encoding}")
    text = _BROKEN.sub("\ufffd", reading.text)
    if len(_CONTROL.findall(text)) * _CHARACTERS_PER_CONTROL > len(text):
        raise InputError(_BINARY, path)
    if reading.broken:
        notes.append(f"{reading.broken} broken bytes replaced by U+FFFD")
    if reading.is_cut:
        notes.append("ends in the middle of a character")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), reading.encoding, chosen, tuple(notes))


def _by_mark(data: bytes, notes: list[str]) -> _Reading | None:
    """What the encoding of a byte-order mark makes of the bytes; None without one or where it misleads."""
    for mark, encoding in _ORDER_MARKS:
        if data.startswith(mark):
            if (reading := _read(data[len(mark) :], encoding)) is not None:
                return reading
            notes.append(f"begins with the byte-order mark of {encoding}, but is not {encoding}")
    return None


def _declared_encoding(declared: str | None, notes: list[str]) -> str | None:
    """The encoding to read what is declared; None without or where it is none for text in Chinese."""
    if declared is None:
        return None
    encoding = _DECLARED.get(_label(declared))
    if encoding is None:
        notes.append(f"declares the unknown encoding {declared.strip()[:40]!r}")
    return encoding


def _label(declared: str) -> str:
    return declared.strip(" \t\r\n\"'").lower().replace("_", "-")


def _told_by(reading: _Reading, declared: str | None) -> Chosen:
    if reading.encoding == declared:
        return "declared"
    return "utf-8" if reading.encoding == "utf-8" else "detected"


def _is_named(reading: _Reading, declared: str) -> bool:
    """Whether text was read by the very encoding that is declared; pure ASCII is the same in all."""
    return reading.text.isascii() or _label(declared).replace("-", "") == reading.encoding.replace("-", "")


def _find(data: bytes, declared: str | None) -> _Reading | None:
    """The reading of bytes without a byte-order mark; the encoding of much text is chosen by a part of it."""
    if len(data) > 2 * _SAMPLE:
        foreign = _FOREIGN.search(data)
        start = foreign.start() // 4 * 4 if foreign else 0
        sample = _choose(data[start : start + _SAMPLE], declared)
        reading = _read(data, sample.encoding) if sample else None
        if reading is not None:
            return reading
    return _choose(data, declared)


def _choose(data: bytes, declared: str | None) -> _Reading | None:
    """The reading of bytes without a byte-order mark; None where there is none."""
    first: list[_Reading] = []
    for encoding in dict.fromkeys([declared or "utf-8", "utf-8"]):
        reading = _read(data, encoding)
        if reading is not None:
            if reading.is_whole and plausibility(reading.text) >= _CLEAR:
                return reading
            # So many characters are good UTF-8 by intent alone, be they what other bytes were misread as.
            if encoding == "utf-8" and not reading.broken and len(_BEYOND_ASCII.findall(reading.text)) >= _SURE:
                return reading
            first.append(reading)
    # Chinese in UTF-16 need not hold a single NUL.
    others = (_read(data, encoding) for encoding in (*_BYTE_ENCODINGS[1:], *_WIDE_ENCODINGS))
    readings = [*first, *(reading for reading in others if reading is not None)]
    scored = [(plausibility(reading.text), reading.is_whole, -place) for place, reading in enumerate(readings)]
    if scored and max(scored)[0] >= _LEAST:
        return readings[-max(scored)[2]]
    # Nothing looks like Chinese: bytes that are good UTF-8 are that, hardly by chance; then the declaration counts.
    whole = [reading for reading in reversed(first) if reading.is_whole]
    if not whole and b"\0" not in data:
        whole = [readings[-place] for _, is_whole, place in sorted(scored, reverse=True) if is_whole]
    return whole[0] if whole else None


def _read(data: bytes, encoding: str) -> _Reading | None:
    """What an encoding makes of the bytes; None where too many of them are none of it, or are NUL."""
    unit = _WIDE_ENCODINGS.get(encoding, 1)
    if unit == 1 and b"\0" in data:
        return None
    whole = len(data) - len(data) % unit
    try:
        text = data[:whole].decode(encoding, _ERRORS.get(encoding, "surrogateescape"))
    except UnicodeDecodeError:
        return None
    if "\0" in text:
        return None
    kept = text.rstrip(_UNREAD) if unit == 1 else text
    cut = len(text) - len(kept)
    if cut > _LONGEST_TAIL:
        return None
    broken = len((_BROKEN if unit == 1 else _REPLACED).findall(kept))
    if broken > max(1, len(data) // _BYTES_PER_BROKEN_ONE):
        return None
    return _Reading(encoding, kept, broken, bool(cut) or whole < len(data))
