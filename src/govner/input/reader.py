"""Read files of any kind into texts."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from govner.errors import InputError
from govner.input.discovery import ROW_FORMATS, STANDARD_INPUT, format_of, report_ids
from govner.input.encodings import decode
from govner.input.limits import Limits, OutOfTime, time_limit
from govner.input.rows import Columns, Row, read_rows
from govner.input.text import InputText, without_surrogates

_OLD_WORD: Final = "is an old Word file; save it as .docx (soffice --headless --convert-to docx FILE)"


def read_input(
    path: str, report_id: str | None = None, *, columns: Columns | None = None, limits: Limits | None = None
) -> Iterator[InputText | InputError]:
    """Read a file of any kind.

    path (str): The file, or "-" for standard input.
    report_id (str | None): The id of its report; its name if None. Rows have their own, or are numbered.
    columns (Columns | None): Where text and id of a row stand.
    limits (Limits | None): How large files and texts may be, and how long reading may take.
    YIELDS (InputText | InputError): Its one text, or those of its rows; an error for each that cannot be read.
    """
    columns, limits = columns or Columns(), limits or Limits()
    name = report_id or report_ids([path])[0]
    try:
        format = format_of(path, _head(path))
        if format in ROW_FORMATS:
            yield from _read_rows(path, name, format, columns, limits)
        else:
            yield _read_one(path, name, read_bytes(path, limits), format, limits)
    except InputError as error:
        yield error


def read_one(path: str, report_id: str | None = None, limits: Limits | None = None) -> InputText:
    """Read a file that holds one report.

    path (str): The file, or "-" for standard input.
    report_id (str | None): Its id; the file's name if None.
    limits (Limits | None): As for `read_input`.
    RETURNS (InputText): Its text.
    RAISES (InputError): It cannot be read, or it holds several.
    """
    found = list(read_input(path, report_id, limits=limits))
    if len(found) != 1:
        raise InputError(f"holds {len(found)} reports; read them with read_many, or name the one", path)
    if isinstance(found[0], InputError):
        raise found[0]
    return found[0]


def read_inputs(
    paths: Iterable[str], *, columns: Columns | None = None, limits: Limits | None = None
) -> Iterator[InputText | InputError]:
    """Read files one after another; as `read_input`, with ids by which files of one name are told apart."""
    paths = list(paths)
    for path, name in zip(paths, report_ids(paths), strict=True):
        yield from read_input(path, name, columns=columns, limits=limits)


def read_bytes(path: str, limits: Limits) -> bytes:
    """The bytes of a file, or of standard input.

    RAISES (InputError): It is missing, unreadable, no plain file, or larger than allowed.
    """
    if path == STANDARD_INPUT:
        data = sys.stdin.buffer.read(int(limits.megabytes * 1_000_000) + 1)
        limits.check_size(len(data), path)
        return data
    try:
        with Path(path).open("rb") as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode) and not stat.S_ISFIFO(about.st_mode):
                raise InputError("is no plain file; name a file with a report", path)
            limits.check_size(about.st_size, path)
            data = file.read(int(limits.megabytes * 1_000_000) + 1)
    except InputError:
        raise
    except (OSError, ValueError) as error:
        raise InputError(_why(error), path) from None
    limits.check_size(len(data), path)
    return data


def _head(path: str) -> bytes:
    if path == STANDARD_INPUT:
        return b""
    try:
        with Path(path).open("rb") as file:
            return file.read(64)
    except (OSError, ValueError) as error:
        raise InputError(_why(error), path) from None


def _why(error: OSError | ValueError) -> str:
    """What is wrong with a path, and the remedy."""
    if isinstance(error, FileNotFoundError):
        return "no such file; check the path"
    if isinstance(error, IsADirectoryError):
        return "is a directory; name a file in it"
    if isinstance(error, PermissionError):
        return "cannot be read; check its permissions"
    reason = os.strerror(error.errno or 0) if isinstance(error, OSError) else str(error)
    return f"cannot be read ({reason}); check the file"


def _read_one(path: str, name: str, data: bytes, format: str, limits: Limits) -> InputText:
    if path == STANDARD_INPUT:
        format = format_of(path, data[:64])
    try:
        with time_limit(limits.seconds):
            found = _extract(path, name, data, format)
    except OutOfTime as error:
        raise InputError(str(error), path) from None
    limits.check_length(found.text, path)
    if not found.text.strip():
        raise InputError("is empty; expected the text of a report", path)
    return found


def _extract(path: str, name: str, data: bytes, format: str) -> InputText:
    """The text of one report. Readers of other formats are imported when one is met: their packages are extras."""
    if format == "doc":
        raise InputError(_OLD_WORD, path)
    if format == "html":
        from govner.input.html.reader import read_html

        page = read_html(data, path)
        text, notes = without_surrogates(page.text)
        return InputText(name, path, text, format, encoding=page.decoded.encoding, notes=page.decoded.notes + notes)
    if format == "pdf":
        from govner.input.pdf.reader import read_pdf

        pdf = read_pdf(data, path)
        text, notes = without_surrogates(pdf.text)
        return InputText(name, path, text, format, pages=pdf.pages, notes=pdf.notes + notes)
    if format == "docx":
        from govner.input.docx.reader import read_docx

        docx = read_docx(data, path)
        text, notes = without_surrogates(docx.text)
        return InputText(name, path, text, format, notes=docx.notes + notes)
    decoded = decode(data, path)
    text, notes = without_surrogates(decoded.text)
    is_file = decoded.encoding.lower().startswith("utf-8") and not notes and not decoded.notes
    return InputText(name, path, text, "text", encoding=decoded.encoding, is_file=is_file, notes=decoded.notes + notes)


def _read_rows(path: str, name: str, format: str, columns: Columns, limits: Limits) -> Iterator[InputText | InputError]:
    for row in read_rows(Path(path), format, columns, limits):
        yield text_of_row(row, path, name, format, limits)


def text_of_row(row: Row, path: str, name: str, format: str, limits: Limits) -> InputText | InputError:
    """The text of a row of a file, or why it cannot be read; its id is its own, or the file's and its number."""
    if row.text is None:
        return InputError(row.problem or "has no text; leave it out", path, row.number)
    try:
        limits.check_length(row.text, path, row.number)
    except InputError as error:
        return error
    if not row.text.strip():
        return InputError("is empty; expected the text of a report", path, row.number)
    text, notes = without_surrogates(row.text.replace("\r\n", "\n").replace("\r", "\n"))
    return InputText(row.id or f"{name}:{row.number}", path, text, format, row=row.number, notes=notes)
