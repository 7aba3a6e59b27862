"""Read reports into records: `govner.read`, `govner.read_many`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language

from govner.errors import InputError
from govner.records.record import make_record
from govner.records.schema import Record
from govner.tagging import report_ids
from govner.text.files import read_text

DEFAULT_MODEL = "zh_govner_sm"


@cache
def _load(model: str) -> Language:
    try:
        return spacy.load(model)
    except OSError:
        raise InputError("no such model; install its wheel, or name the path of a trained pipeline", model) from None


def read(path: Path | str | None = None, *, text: str | None = None, model: str | Language = DEFAULT_MODEL) -> Record:
    """Read one report.

    path (Path | str | None): A UTF-8 text file.
    text (str | None): Or the text itself.
    model (str | Language): A govner pipeline: a package, a path, or one that is loaded.
    RETURNS (Record): Its record; `record.issuer`, `record.year`, `record.facts` …
    RAISES (InputError): There is no such file or model, or it is not UTF-8 text.
    RAISES (TypeError): Both or neither of `path` and `text` are given.
    """
    if (path is None) == (text is None):
        raise TypeError("read() needs a path or text=, and not both")
    nlp = _load(model) if isinstance(model, str) else model
    if text is not None:
        return make_record(nlp(text), "text")
    assert path is not None
    path = Path(path)
    return make_record(nlp(read_text(path)), path.stem, str(path))


def read_many(
    paths: Iterable[Path | str], *, model: str | Language = DEFAULT_MODEL, batch_size: int = 16
) -> Iterator[Record]:
    """Read reports one after another, in batches, without keeping them.

    paths (Iterable[Path | str]): UTF-8 text files; a record's id is the file's name, or its path if two share a name.
    model (str | Language): A govner pipeline: a package, a path, or one that is loaded.
    batch_size (int): Reports tagged at a time.
    YIELDS (Record): The records in order.
    RAISES (InputError): A file cannot be read.
    """
    nlp = _load(model) if isinstance(model, str) else model
    files = [Path(path) for path in paths]
    items = ((read_text(path), place) for place, path in enumerate(files))
    ids = report_ids(files)
    for doc, place in nlp.pipe(items, as_tuples=True, batch_size=batch_size):
        yield make_record(doc, ids[place], str(files[place]))
