"""Annotated records: `corpus/records/ID.json`, the gold of `govner evaluate-records`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from govner.errors import InputError
from govner.records.schema import TableEdition, TableKind
from govner.text.files import read_text


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldFact(_Part):
    """A figure, or a stated zero (`zero`); `parent` is a place in the list of facts, `value` may be a range (3-5)."""

    start: int
    end: int
    text: str
    metric: str
    value: str | None
    unit: str
    channel: tuple[int, int] | None = None
    parent: int | None = None
    zero: bool = False


class GoldDocumentMention(_Part):
    """A mention of a cited document; a number has its parts."""

    start: int
    end: int
    text: str
    role: Literal["title", "alias", "number"]
    code: str | None = None
    year: int | None = None
    serial: int | None = None
    order: bool | None = None
    issuer: str | None = None


class GoldOfficial(_Part):
    """A mention of a person with what is said of them there."""

    start: int
    end: int
    text: str
    person: str
    post: str | None
    body: str | None
    role: str | None


class GoldCell(_Part):
    """What stands in a cell of a national table ("" for a blank); row and column as in its template."""

    row: str
    column: str
    text: str


class GoldTable(_Part):
    """A national table, with the cells that the text determines."""

    kind: TableKind
    edition: TableEdition
    cells: tuple[GoldCell, ...]


class GoldRecord(_Part):
    """What the record of a report is to hold; `documents` has a list of mentions for each cited document.

    Where facts alone are annotated, for training, the rest is None. `tables` is empty where the report has none.
    """

    id: str
    split: str
    issuer: str | None
    year: int | None
    level: str | None
    region: str | None
    facts: tuple[GoldFact, ...]
    documents: tuple[tuple[GoldDocumentMention, ...], ...] | None
    officials: tuple[GoldOfficial, ...] | None
    tables: tuple[GoldTable, ...] | None = None


def read_record_gold(path: Path, splits: Collection[str] | None = None) -> Iterator[GoldRecord]:
    """Read annotated records.

    path (Path): A JSON file or a directory of them.
    splits (Collection[str] | None): Only records of these splits.
    YIELDS (GoldRecord): In order of name.
    RAISES (InputError): A file is missing or is no such record, or none is of these splits.
    """
    paths = sorted(path.glob("*.json")) if path.is_dir() else [path]
    empty = True
    for file in paths:
        try:
            gold = GoldRecord.model_validate_json(read_text(file))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise InputError(f"is no annotated record ({place}: {first['msg']}); see corpus/README.md", file) from None
        if splits is None or gold.split in splits:
            empty = False
            yield gold
    if empty:
        raise InputError("has no annotated records (*.json) of the split; check --split and the path", path)
