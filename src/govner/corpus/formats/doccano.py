"""doccano's JSONL for sequence labelling: a record a report, mentions and sections as spans that overlap.

Columns as doccano imports and exports them (`text`, `label`; older exports `labels`, exports with relations
`entities`); other columns become the metadata of an example and are exported again. Its editor counts UTF-16 units,
as JavaScript does, unless the project counts grapheme clusters (https://github.com/doccano/doccano/issues/2290), which
is not read. Intent detection (`cats`, `entities`) is read too: the category is the section of the whole text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from govner.corpus.formats.annotated import AnnotatedText
from govner.corpus.formats.checking import Marked, Tell, by_label, by_line, collect, is_text
from govner.corpus.formats.json_objects import read_json_objects, write_json_lines
from govner.corpus.formats.utf16 import from_utf16, to_utf16
from govner.errors import InputError

_SHAPE: Final = 'needs a JSON object with "text" and "label": [[start, end, label]]'
_SPANS: Final = ("label", "labels", "entities")
_OWN: Final = {*_SPANS, "text", "data", "id", "meta", "cats", "relations", "Comments", "comments", "offset_unit"}


def write_doccano(texts: Sequence[AnnotatedText], out: Path) -> list[Path]:
    """Write a record a text; returns the file."""
    write_json_lines(out, map(_record, texts))
    return [out]


def _record(annotated: AnnotatedText) -> dict[str, Any]:
    units = to_utf16(annotated.text)
    spans = sorted([*annotated.mentions, *annotated.sections])
    label = [[units(span.start), units(span.end), span.label] for span in spans]
    return {"text": annotated.text, "label": label, "meta": annotated.meta, "offset_unit": "utf-16"}


def read_doccano(path: Path, tell: Tell) -> Iterator[AnnotatedText]:
    """Read records as we write them or as doccano exports them.

    path (Path): The file.
    tell (Tell): Told of records and passages that are left out, of relations and of comments.
    YIELDS (AnnotatedText): A text a record.
    RAISES (InputError): The file cannot be read.
    """
    for line, record in read_json_objects(path, _SHAPE, tell):
        text = record.get("text", record.get("data"))
        items = next((record[key] for key in _SPANS if isinstance(record.get(key), list)), None)
        if not is_text(text) or items is None:
            tell(InputError(_SHAPE, path, line))
            continue
        meta = record.get("meta")
        if not isinstance(meta, dict):
            meta = {
                key: value
                for key, value in record.items()
                if key not in _OWN and value not in (None, "") and value == value
            }
            meta = {"id": record.get("id", f"{path.stem}-{line}"), **meta}
        spans = []
        characters = from_utf16(text)
        for item in items:
            span = _span(item)
            if span is None:
                tell(InputError(_SHAPE, path, line))
            elif record.get("offset_unit") == "character":
                spans.append(span)
            else:
                spans.append(span._replace(start=characters(span.start), end=characters(span.end)))
        mentions, sections = by_label(spans)
        for kind in ("relations", "Comments", "comments"):
            if record.get(kind):
                tell(InputError(f"{meta.get('id')}: has {len(record[kind])} {kind.lower()}; not read", path, line))
        categories = record.get("cats") or []
        if len(categories) > 1:
            tell(InputError(f"{meta.get('id')}: has {len(categories)} categories; the first is kept", path, line))
        if categories:
            sections = [Marked(0, len(text), str(categories[0]))]
        yield collect(text, mentions, by_line(text, sections), {"id": f"{path.stem}-{line}", **meta}, path, line, tell)


def _span(item: Any) -> Marked | None:
    """A span given as a list or as an object."""
    try:
        keys = ("start_offset", "end_offset", "label")
        start, end, label = [item[key] for key in keys] if isinstance(item, dict) else item
        return Marked(int(start), int(end), str(label))
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
