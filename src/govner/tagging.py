"""Tag files and write the tables, file by file, so that nothing done is lost."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Literal

from spacy.language import Language
from spacy.tokens import Doc

from govner.errors import InputError
from govner.tables import COLUMNS, Row, tables_of
from govner.text.files import read_text

Format = Literal["jsonl", "csv"]


class TableWriter:
    """Writes rows to `reports`, `sections` and `mentions` files of a directory; a context manager.

    directory (Path): Made if need be; tables of an earlier run are replaced.
    format (Format): "jsonl" or "csv" (UTF-8, header row, `heading_path` joined by " > ").
    RAISES (InputError): The directory cannot be written.
    """

    def __init__(self, directory: Path, format: Format) -> None:
        self._format = format
        self.paths = {table: directory / f"{table}.{format}" for table in COLUMNS}
        self._files: dict[str, IO[str]] = {}
        self._stack = ExitStack()
        try:
            directory.mkdir(parents=True, exist_ok=True)
            for table, path in self.paths.items():
                self._files[table] = self._stack.enter_context(path.open("w", encoding="utf8", newline=""))
        except OSError as error:
            self._stack.close()
            raise InputError(f"cannot be written ({error.strerror}); choose another --out", directory) from None
        if format == "csv":
            for table, columns in COLUMNS.items():
                csv.writer(self._files[table]).writerow(columns)

    def write(self, tables: dict[str, list[Row]]) -> None:
        """Append the rows of one report to each table and hand them to the system."""
        for table, rows in tables.items():
            file = self._files[table]
            if self._format == "jsonl":
                file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            else:
                writer = csv.DictWriter(file, COLUMNS[table])
                writer.writerows(_flat(row) for row in rows)
            file.flush()

    def __enter__(self) -> TableWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()


def tag_files(
    nlp: Language, paths: Iterable[Path], writer: TableWriter | None = None
) -> Iterator[tuple[Path, Doc | None, InputError | None]]:
    """Tag files one after another.

    nlp (Language): A govner pipeline.
    paths (Iterable[Path]): Text files.
    writer (TableWriter | None): Gets the rows of each file before the next is read.
    YIELDS (tuple): The file, and its document, or the error that kept it from being read.
    """
    paths = list(paths)
    ids = report_ids(paths)
    for path, report_id in zip(paths, ids, strict=True):
        try:
            text = read_text(path)
        except InputError as error:
            yield path, None, error
            continue
        doc = nlp(text)
        if writer is not None:
            writer.write(tables_of(doc, report_id, str(path)))
        yield path, doc, None


def report_ids(paths: list[Path]) -> list[str]:
    """An id for each file: its name without suffix, or its whole path where two files share a name."""
    shared = Counter(path.stem for path in paths)
    return [path.stem if shared[path.stem] == 1 else str(path) for path in paths]


def _flat(row: Row) -> Row:
    return {key: " > ".join(value) if isinstance(value, list) else value for key, value in row.items()}
