"""The pages of a PDF: their words and straight rules, by where they stand."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from govner.errors import InputError

# A gap between characters, in parts of their size, that parts words.
_WORD_GAP: Final = 0.2
# Copies of a character, drawn to make it bold, stand this close to it, in parts of their size.
_COPY: Final = 0.3
# How many forms may lie within each other, and how many parts of drawings of a page are looked at.
_MOST_DEPTH: Final = 8
_MOST_RULES: Final = 20_000
_UNREADABLE: Final = "is not a PDF that can be read; check the file"


class Word(NamedTuple):
    """Characters without a gap; `spaced` says that the file has a blank before them. Points, from the top left."""

    left: float
    right: float
    top: float
    bottom: float
    text: str
    spaced: bool = False

    @property
    def middle(self) -> float:
        """Where its middle stands from the left."""
        return (self.left + self.right) / 2


class Rule(NamedTuple):
    """A straight line; along one direction its ends are the same."""

    left: float
    right: float
    top: float
    bottom: float


class PdfPage(NamedTuple):
    """What is on a page, turned so that its text is upright."""

    width: float
    height: float
    words: list[Word]
    rules: list[Rule]


class _Frame(NamedTuple):
    """How to turn coordinates of a file, from the bottom left, into those of an upright page."""

    turns: int
    left: float
    top: float

    def turned(self, x: float, y: float) -> tuple[float, float]:
        """A point before it is moved to the page's corner."""
        across, up = ((x, y), (y, -x), (-x, -y), (-y, x))[self.turns]
        return across, -up

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point stands on the page, from the left and the top."""
        across, down = self.turned(x, y)
        return across - self.left, down - self.top


class _Char(NamedTuple):
    text: str
    turns: int
    size: float
    start: tuple[float, float]
    end: float  # of its box along its direction, in coordinates of the file


def read_pages(data: bytes, path: Path | str, most_pages: int) -> tuple[list[PdfPage], int]:
    """Read the pages of a PDF.

    data (bytes): The file.
    path (Path | str): Its name, for errors.
    most_pages (int): How many pages to read at most.
    RETURNS (tuple[list[PdfPage], int]): The pages, empty where one is broken, and how many the file has.
    RAISES (InputError): It is no PDF, broken or encrypted, or pypdfium2 is missing.
    """
    try:
        import pypdfium2
    except ImportError:
        raise InputError("needs pypdfium2; install it with pip install 'govner[pdf]'", path) from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise InputError("is encrypted; save it without a password", path) from None
        raise InputError(_UNREADABLE, path) from None
    try:
        count = len(document)
        if not count:
            raise InputError(_UNREADABLE, path)
        return [_read_page(document, number) for number in range(min(count, most_pages))], count
    finally:
        document.close()


def _read_page(document: Any, number: int) -> PdfPage:
    from pypdfium2 import PdfiumError, raw

    try:
        page = document[number]
    except PdfiumError:
        return PdfPage(0, 0, [], [])
    try:
        left, bottom, right, top = page.get_bbox()
        letters = page.get_textpage()
        try:
            chars = list(_chars(letters, letters.count_chars()))
        finally:
            letters.close()
        turns = Counter(char.turns for char in chars if char).most_common(1)
        frame = _Frame(turns[0][0] if turns else 0, 0, 0)
        corners = [frame.turned(left, bottom), frame.turned(right, top)]
        (first, last), (upper, lower) = (sorted(ends) for ends in zip(*corners, strict=True))
        frame = frame._replace(left=first, top=upper)
        words = [word for word in _words(chars, frame) if 0 <= word.middle <= last - first]
        rules = []
        for rule in _rules(page, (1, 0, 0, 1, 0, 0), frame, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject):
            rules.append(rule)
            if len(rules) == _MOST_RULES:
                break
        return PdfPage(last - first, lower - upper, words, rules)
    except PdfiumError:
        return PdfPage(0, 0, [], [])
    finally:
        page.close()


def _chars(letters: Any, count: int) -> Iterator[_Char | None]:
    """The characters of a page as the file has them; None for a blank. Oblique ones, as of watermarks, are left out."""
    from pypdfium2 import raw

    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    high = 0
    for index in range(count):
        code = raw.FPDFText_GetUnicode(letters, index)
        if 0xD800 <= code < 0xDC00:  # the first half of a character, where wide ones are given in two
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + (high - 0xD800) * 0x400 + code - 0xDC00
        high = 0
        text = _clean(code)
        if not text or raw.FPDFText_IsGenerated(letters, index) == 1:
            continue
        if text.isspace():
            yield None
            continue
        raw.FPDFText_GetMatrix(letters, index, matrix)
        size = raw.FPDFText_GetFontSize(letters, index)
        sign = -1 if size < 0 else 1  # some files write text upside down, twice
        angle = math.atan2(sign * matrix.b, sign * matrix.a) / (math.pi / 2)
        if abs(angle - round(angle)) > 0.05:
            continue
        turns = round(angle) % 4
        size *= sign * math.hypot(matrix.c, matrix.d)
        raw.FPDFText_GetCharOrigin(letters, index, x, y)
        raw.FPDFText_GetLooseCharBox(letters, index, box)
        end = (box.right, box.top, box.left, box.bottom)[turns]
        if math.isfinite(size + x.value + y.value + end) and size > 0:
            yield _Char(text, turns, size, (x.value, y.value), end)


def _clean(code: int) -> str:
    """A character as it is to be read: no controls, radicals as the characters that they look like."""
    if code == 2:  # a hyphen at the end of a line
        return "-"
    if code < 32 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return " " if code in (9, 10, 13) else ""
    if code in (0xAD, 0xFEFF, 0xFFFE, 0xFFFF) or 0x7F <= code < 0xA0:
        return ""
    if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00:
        return unicodedata.normalize("NFKC", chr(code))
    return chr(code)


def _words(chars: list[_Char | None], frame: _Frame) -> Iterator[Word]:
    """Put characters together that follow each other; those that run in another direction are left out."""
    word: Word | None = None
    blank = False
    for char in chars:
        if char is None:
            blank = True
            continue
        if char.turns != frame.turns:
            continue
        left, base = frame.place(*char.start)
        x, y = char.start
        right = frame.place(*((char.end, y) if frame.turns % 2 == 0 else (x, char.end)))[0]
        # Most fonts stand an eighth of their size below the line.
        top, bottom = base - char.size * 0.88, base + char.size * 0.12
        new = Word(left, max(right, left), top, bottom, char.text, blank)
        if word is not None and abs(word.bottom - bottom) < char.size * 0.3 and not blank:
            if char.text == word.text[-1] and left < word.right - char.size * _COPY and left > word.left - char.size:
                continue
            if -char.size * 0.5 < left - word.right < char.size * _WORD_GAP:
                word = word._replace(
                    right=max(word.right, new.right),
                    top=min(word.top, top),
                    bottom=max(word.bottom, bottom),
                    text=word.text + char.text,
                )
                continue
        if word is not None:
            yield word
        word, blank = new, False
    if word is not None:
        yield word


def _rules(
    holder: Any, outer: tuple[float, ...], frame: _Frame, count: Any, get: Any, depth: int = 0
) -> Iterator[Rule]:
    """The straight lines that are drawn on a page or in a form on it, those around rectangles too."""
    from pypdfium2 import raw

    for index in range(count(holder)):
        part = get(holder, index)
        kind = raw.FPDFPageObj_GetType(part)
        if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM):
            continue
        matrix = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(part, matrix)
        whole = _times((matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), outer)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            if depth < _MOST_DEPTH:
                yield from _rules(
                    part, whole, frame, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, depth + 1
                )
            continue
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(part, fill, stroke)
        if fill.value or stroke.value:
            yield from _straight(part, whole, frame)


def _times(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    """One transformation after another."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _straight(path: Any, matrix: tuple[float, ...], frame: _Frame) -> Iterator[Rule]:
    """The parts of a path that run along or across the page."""
    from pypdfium2 import raw

    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    begin = last = (0.0, 0.0)
    for index in range(min(raw.FPDFPath_CountSegments(path), _MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = frame.place(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = raw.FPDFPathSegment_GetType(segment)
        sides = [(last, point)] if kind == raw.FPDF_SEGMENT_LINETO else []
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begin = point
        if raw.FPDFPathSegment_GetClose(segment):
            sides.append((point, begin))
        last = point
        for (x0, y0), (x1, y1) in sides:
            if (abs(x0 - x1) < 1) != (abs(y0 - y1) < 1) and math.isfinite(x0 + x1 + y0 + y1):
                yield Rule(min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1))
