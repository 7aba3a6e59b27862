"""The XML parts of a Word document, unpacked with care."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any, Final

from govner.errors import InputError

# No part of a report is so long, or so much longer than it is packed; small ones may be.
_MOST_BYTES: Final = 64 << 20
_MOST_TIMES: Final = 200
_SMALL: Final = 1 << 20
_STEP: Final = 1 << 18
_OLE: Final = b"\xd0\xcf\x11\xe0"
_DAMAGED: Final = "is not a Word document that can be read; check the file"
_BOMB: Final = "unpacks to more than a report can have; check the file"
# What zipfile throws at damaged files.
_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    KeyError,
    IndexError,
    ValueError,
    OverflowError,
    OSError,
    RuntimeError,  # encrypted, or packed in a way that is not known
)


def local(name: Any) -> str:
    """The name of an element or an attribute without its namespace; "" for comments and the like."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def value(element: Any, name: str = "val") -> str | None:
    """An attribute by its name without namespace."""
    for key, found in element.attrib.items():
        if local(key) == name:
            return str(found)
    return None


def child(element: Any, *names: str) -> Any:
    """The first child of a name, or its first child of the next name, and so on; None if there is none."""
    for name in names:
        element = next((found for found in element if local(found.tag) == name), None)
        if element is None:
            return None
    return element


class Package:
    """The parts of a document.

    data (bytes): The file.
    path (Path | str): Its name, for errors.
    RAISES (InputError): It is no .docx file, or lxml is missing.
    """

    def __init__(self, data: bytes, path: Path | str) -> None:
        try:
            from lxml import etree
        except ImportError:
            raise InputError("needs lxml; install it with pip install 'govner[docx]'", path) from None
        self._etree = etree
        self.path = path
        if data.startswith(_OLE):
            if "EncryptedPackage".encode("utf-16-le") in data:
                raise InputError("is encrypted; save it without a password", path)
            raise InputError("is an old Word file; save it as .docx (for example with LibreOffice)", path)
        if data.startswith(b"{\\rtf"):
            raise InputError("is an RTF file; save it as .docx (for example with LibreOffice)", path)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _ERRORS:
            raise InputError(_DAMAGED, path) from None

    def part(self, name: str) -> Any:
        """The root element of a part; None if there is no such part.

        RAISES (InputError): It is damaged, or too large.
        """
        data = self._unpack(name)
        if data is None:
            return None
        parser = self._etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
        )
        try:
            root = self._etree.fromstring(data, parser)
        except (self._etree.XMLSyntaxError, ValueError):
            raise InputError(_DAMAGED, self.path) from None
        if root is None or root.getroottree().docinfo.internalDTD is not None:
            raise InputError(_DAMAGED, self.path)
        return root

    def document_name(self) -> str:
        """The name of the part with the text."""
        relations = self.part("_rels/.rels")
        for relation in () if relations is None else relations:
            if (value(relation, "Type") or "").endswith("/officeDocument"):
                return (value(relation, "Target") or "").lstrip("/")
        return "word/document.xml"

    def _unpack(self, name: str) -> bytes | None:
        try:
            about = self._archive.getinfo(name)
        except KeyError:
            return None
        parts: list[bytes] = []
        length = 0
        try:
            with self._archive.open(about) as file:
                while part := file.read(_STEP):
                    parts.append(part)
                    length += len(part)
                    is_bomb = length > _SMALL and length > _MOST_TIMES * about.compress_size
                    if is_bomb or length > _MOST_BYTES:
                        raise InputError(_BOMB, self.path)
        except InputError:
            raise
        except _ERRORS:
            raise InputError(_DAMAGED, self.path) from None
        return b"".join(parts)
