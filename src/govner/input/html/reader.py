"""Web pages to text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from govner.errors import InputError
from govner.input.encodings import Decoded, decode
from govner.input.html.tree import Element, parse_page
from govner.input.html.walk import walk

# Where pages declare their encoding, and how.
_HEAD: Final = 4096
_CHARSET: Final = re.compile(
    rb"<(?:meta\b|\?xml\b)[^>]{0,400}?(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{1,40})",
    re.IGNORECASE,
)
_COMMENT: Final = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
# What stands between the title of a report and the name of the site.
_TITLE_PARTS: Final = re.compile(r"[-—–_|｜:：»>]")


@dataclass(frozen=True)
class HtmlPage:
    """The text of a web page.

    text (str): What a reader sees, in the order of reading: blocks and line breaks are lines, a row of a table is a
        line with its cells apart by tabs. The title is the first line unless the page says it anyway.
    title (str): The title; "" without one.
    decoded (Decoded): Its source, and how its encoding was told.
    """

    text: str
    title: str
    decoded: Decoded


def read_html(data: bytes | str, path: Path | str) -> HtmlPage:
    """Read a web page.

    data (bytes | str): The page, or a part of one; ill-formed ones are read as browsers do.
    path (Path | str): Its file, for messages.
    RETURNS (HtmlPage): Its text.
    RAISES (InputError): It is no text, it holds none, or lxml is not installed.
    """
    decoded = Decoded(data, "utf-8", "utf-8") if isinstance(data, str) else decode(data, path, _declared(data))
    root = parse_page(decoded.text)
    text = walk(root).text.rstrip("\n")
    if not text.strip():
        raise InputError("holds no text; if it is a frame, name the page in it", path)
    title = _title(root)
    if title and not _says(text, title):
        text = f"{title}\n{text}"
    return HtmlPage(text, title, decoded)


def _declared(data: bytes) -> str | None:
    """The encoding that a page declares."""
    match = _CHARSET.search(_COMMENT.sub(b"", data[:_HEAD]))
    return match[1].decode("ascii") if match else None


def _title(root: Element) -> str:
    """The title that stands in the head of a page, or where ill-formed pages have it."""
    inner = [child for element in (root, *root.elements) for child in element.elements]
    for element in (element for outer in inner for element in (outer, *outer.elements)):
        if element.tag == "title":
            return " ".join("".join(child for child in element.children if isinstance(child, str)).split())
    return ""


def _says(text: str, title: str) -> bool:
    """Whether a text has a title, or the longest part of it: the others are names of the site."""
    longest = max(_TITLE_PARTS.split(title), key=len)
    return "".join(longest.split()) in "".join(text.split())
