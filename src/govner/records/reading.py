"""Read reports into records: `govner.read`, `govner.read_many`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

from spacy.language import Language

from govner.errors import InputError
from govner.input.discovery import find_files
from govner.input.limits import Limits
from govner.input.reader import read_inputs, read_one
from govner.input.rows import Columns
from govner.input.text import InputText, without_surrogates
from govner.loading import load_pipeline
from govner.records.projection import project_record
from govner.records.record import make_record
from govner.records.schema import Record
from govner.tagging import Tagged, tag_texts

DEFAULT_MODEL = "zh_govner_sm"


_load = cache(load_pipeline)


def read(
    path: Path | str | None = None,
    *,
    text: str | None = None,
    model: str | Language = DEFAULT_MODEL,
    repair: bool = True,
    limits: Limits | None = None,
) -> Record:
    """Read one report.

    path (Path | str | None): A text, HTML, PDF or Word file, or one of rows that has a single report.
    text (str | None): Or the text itself.
    model (str | Language): A govner pipeline: a package, a path, or one that is loaded.
    repair (bool): Read damaged text from a repaired copy; evidence is in characters of the text as given either way.
    limits (Limits | None): How large file and text may be, and how long reading the file may take.
    RETURNS (Record): Its record; `record.issuer`, `record.year`, `record.facts` …
    RAISES (InputError): There is no such file or model, or the file cannot be read.
    RAISES (TypeError): Both or neither of `path` and `text` are given.
    """
    if (path is None) == (text is None):
        raise TypeError("read() needs a path or text=, and not both")
    nlp = _load(model) if isinstance(model, str) else model
    given = None if text is None else InputText("text", "", without_surrogates(text)[0])
    [tagged] = tag_texts(nlp, [given or read_one(str(path), limits=limits)], repair=repair)
    assert isinstance(tagged, Tagged)
    return record_of(tagged)


def read_many(
    paths: Iterable[Path | str],
    *,
    model: str | Language = DEFAULT_MODEL,
    batch_size: int = 16,
    repair: bool = True,
    columns: Columns | None = None,
    limits: Limits | None = None,
    on_error: Callable[[InputError], None] | None = None,
) -> Iterator[Record]:
    """Read reports one after another, in batches, without keeping them.

    paths (Iterable[Path | str]): Files of any kind, directories, patterns; a record's id is the file's name, or its
        path if two share a name; reports of a file of rows have their own id, or the file's and their row.
    model (str | Language): A govner pipeline: a package, a path, or one that is loaded.
    batch_size (int): Reports tagged at a time.
    repair (bool): Read damaged text from a repaired copy.
    columns (Columns | None): Where text and id of a row stand.
    limits (Limits | None): How large files and texts may be, and how long reading a file may take.
    on_error (Callable[[InputError], None] | None): Given each report that cannot be read, and the others go on.
    YIELDS (Record): The records in order.
    RAISES (InputError): A path stands for no file; without `on_error`, also where a report cannot be read.
    """
    nlp = _load(model) if isinstance(model, str) else model
    found = read_inputs(find_files(paths), columns=columns, limits=limits)
    for tagged in tag_texts(nlp, found, repair=repair, batch_size=batch_size):
        if isinstance(tagged, Tagged):
            yield record_of(tagged)
        elif on_error is None:
            raise tagged
        else:
            on_error(tagged)


def record_of(tagged: Tagged, disabled: Collection[str] = ()) -> Record:
    """The record of a tagged report, with evidence in characters of its text as it was read."""
    text = tagged.text
    return project_record(make_record(tagged.doc, text.id, text.path or None, disabled), tagged.view)
