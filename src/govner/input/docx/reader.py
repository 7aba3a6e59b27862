"""The text of a Word document: paragraphs with their automatic numbers, and tables."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from govner.errors import InputError
from govner.input.docx.numbering import Numbering, Styles, is_on
from govner.input.docx.package import Package, child, local, value
from govner.input.joins import join

# What is not shown: deleted, moved away, codes of fields, sounds above characters.
_UNSEEN: Final = frozenset({"del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "rt", "sdtPr"})
_SHAPES: Final = frozenset({"drawing", "pict", "object"})
_WRITTEN: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTED: Final = {
    "footnoteReference": "footnotes left out",
    "endnoteReference": "endnotes left out",
    "altChunk": "embedded documents left out",
}


@dataclass(frozen=True)
class DocxText:
    """The text of a Word document.

    text (str): A paragraph or a row of a table a line; cells are apart by tabs.
    notes (tuple[str, ...]): What was left out.
    """

    text: str
    notes: tuple[str, ...]


def read_docx(data: bytes, path: Path | str) -> DocxText:
    """Read the text of a Word document.

    Tracked changes are taken as accepted; heads, feet, notes, comments and hidden text are left out. The text of a
    text box follows the paragraph that it is anchored in.

    data (bytes): The file.
    path (Path | str): Its name, for errors.
    RETURNS (DocxText): Its text.
    RAISES (InputError): It is no .docx file, damaged, encrypted or too large, holds no text, or lxml is missing.
    """
    package = Package(data, path)
    name = package.document_name()
    root = package.part(name)
    body = None if root is None else child(root, "body")
    if body is None:
        raise InputError("is not a Word document (.docx); check the file", path)
    parts = _related(package, name)
    styles = Styles(parts.get("styles"))
    document = _Document(styles, Numbering(parts.get("numbering"), styles))
    try:
        text = "\n".join(document.lines(body))
    except RecursionError:
        raise InputError("is nested too deep; save it anew with Word or LibreOffice", path) from None
    if not text.strip():
        raise InputError("holds no text (pictures only?); run OCR on it first", path)
    return DocxText(text, tuple(document.notes))


def _related(package: Package, name: str) -> dict[str, Any]:
    """The parts with styles and numbering."""
    folder, base = posixpath.split(name)
    relations = package.part(posixpath.join(folder, "_rels", base + ".rels"))
    parts = {}
    for relation in () if relations is None else relations:
        kind = (value(relation, "Type") or "").rpartition("/")[2]
        if kind in ("styles", "numbering") and value(relation, "TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, value(relation, "Target") or ""))
            parts[kind] = package.part(target.lstrip("/"))
    return parts


@dataclass
class _Document:
    styles: Styles
    numbering: Numbering
    notes: dict[str, None] = field(default_factory=dict)

    def lines(self, container: Any) -> Iterator[str]:
        """The lines of a body, a text box or a cell."""
        before = ""
        for block in _blocks(container):
            if local(block.tag) == "tbl":
                yield from _split(before)
                before = ""
                yield from self._table(block)
                continue
            if local(block.tag) == "altChunk":
                self.notes[_NOTED["altChunk"]] = None
                continue
            boxes: list[Any] = []
            goes_on = child(block, "pPr", "rPr", "del") is not None  # its end is deleted
            text = self._paragraph(block, boxes)
            if before:
                before += text
            elif text.strip() or not (goes_on or self._is_hidden_mark(block)):
                before = self.numbering.label(child(block, "pPr")) + text.lstrip()
            if not goes_on:
                yield from _split(before)
                before = ""
            for box in boxes:
                yield from self.lines(box)
        yield from _split(before)

    def _paragraph(self, paragraph: Any, boxes: list[Any]) -> str:
        if self._is_hidden_paragraph(paragraph):
            return ""
        parts: list[str] = []
        self._inline(paragraph, parts, boxes)
        return "".join(parts)

    def _is_hidden_paragraph(self, paragraph: Any) -> bool:
        style = child(paragraph, "pPr", "pStyle")
        return self.styles.hides(None if style is None else value(style))

    def _is_hidden_mark(self, paragraph: Any) -> bool:
        """Whether not even the number of a paragraph without text is shown."""
        return is_on(child(paragraph, "pPr", "rPr"), "vanish") or self._is_hidden_paragraph(paragraph)

    def _inline(self, element: Any, parts: list[str], boxes: list[Any]) -> None:
        """Gather the text of a paragraph or a part of it, and the text boxes that are anchored in it."""
        for part in element:
            name = local(part.tag)
            if name in _UNSEEN:
                continue
            if name == "t":
                parts.append(part.text or "")
            elif name in _WRITTEN:
                parts.append(_WRITTEN[name])
            elif name == "sym":
                parts.append(_symbol(value(part, "char") or ""))
            elif name in _NOTED:
                self.notes[_NOTED[name]] = None
            elif name in _SHAPES:
                self._shape(part, boxes)
            elif name == "AlternateContent":
                self._inline(_chosen(part), parts, boxes)
            elif name != "r" or not self._is_hidden(part):
                self._inline(part, parts, boxes)

    def _shape(self, shape: Any, boxes: list[Any]) -> None:
        found = list(_text_boxes(shape))
        boxes.extend(found)
        if not found and any(local(part.tag) in ("blip", "imagedata") for part in shape.iter()):
            self.notes["pictures left out"] = None

    def _is_hidden(self, run: Any) -> bool:
        properties = child(run, "rPr")
        if properties is None:
            return False
        style = child(properties, "rStyle")
        if style is not None and self.styles.hides(value(style)) and child(properties, "vanish") is None:
            return True
        return is_on(properties, "vanish")

    def _table(self, table: Any) -> Iterator[str]:
        """The rows of a table; a frame around text is none."""
        rows = [list(_named(row, "tc")) for row in _named(table, "tr") if not _is_deleted(row)]
        if all(len(cells) < 2 for cells in rows):
            for cells in rows:
                for cell in cells:
                    yield from self.lines(cell)
            return
        for cells in rows:
            texts = []
            for cell in cells:
                properties = child(cell, "tcPr")
                if _continues(properties, "hMerge"):
                    continue
                text = "" if _continues(properties, "vMerge") else join(self.lines(cell))
                texts.append(text.replace("\t", " "))
            yield "\t".join(texts)


def _blocks(container: Any) -> Iterator[Any]:
    """The paragraphs and tables of a container, those in marked parts of it too."""
    for block in container:
        name = local(block.tag)
        if name in ("p", "tbl", "altChunk"):
            yield block
        elif name == "AlternateContent":
            yield from _blocks(_chosen(block))
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            yield from _blocks(block)


def _named(element: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, those in marked parts too."""
    for part in element:
        found = local(part.tag)
        if found == name:
            yield part
        elif found in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _named(part, name)


def _text_boxes(shape: Any) -> Iterator[Any]:
    """The text boxes of a shape, not those within them."""
    for part in shape:
        if local(part.tag) == "txbxContent":
            yield part
        elif local(part.tag) == "AlternateContent":
            yield from _text_boxes(_chosen(part))
        else:
            yield from _text_boxes(part)


def _chosen(alternatives: Any) -> Iterable[Any]:
    """The first of several forms of the same thing."""
    choice = child(alternatives, "Choice")
    if choice is None:
        choice = child(alternatives, "Fallback")
    return () if choice is None else choice


def _is_deleted(row: Any) -> bool:
    properties = child(row, "trPr")
    return properties is not None and (child(properties, "del") is not None or is_on(properties, "hidden"))


def _continues(properties: Any, name: str) -> bool:
    """Whether a cell belongs to the one above or before it."""
    merge = None if properties is None else child(properties, name)
    return merge is not None and value(merge) in (None, "continue")


def _symbol(code: str) -> str:
    """A character given by its number; those of symbol fonts have none in Unicode."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 32 <= number < 0xD800 or 0xF900 <= number < 0x110000 else ""


def _split(text: str) -> Iterator[str]:
    """The lines of a paragraph that are not blank."""
    for line in text.split("\n"):
        if line := line.strip():
            yield line
