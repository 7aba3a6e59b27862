"""Our JSONL: a text a line with `text`, `entities` and `sections` (lists of start, end, label), `meta`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from govner.corpus.formats.annotated import AnnotatedText
from govner.corpus.formats.checking import Marked, Tell, collect, is_text
from govner.corpus.formats.json_objects import read_json_objects, write_json_lines
from govner.corpus.inline import Mention
from govner.errors import InputError

_SHAPE: Final = 'needs a JSON object with "text" and "entities": [{"start", "end", "label"}]'


def read_jsonl(path: Path, tell: Tell) -> Iterator[AnnotatedText]:
    """Read our JSONL; offsets are characters.

    path (Path): The file.
    tell (Tell): Told of lines and passages that are left out.
    YIELDS (AnnotatedText): A text a line.
    RAISES (InputError): The file cannot be read.
    """
    for line, record in read_json_objects(path, _SHAPE, tell):
        try:
            text, meta = record["text"], record.get("meta", {})
            if not is_text(text) or not isinstance(meta, dict):
                raise TypeError
            mentions = [_passage(item) for item in record.get("entities", [])]
            sections = [_passage(item) for item in record.get("sections", [])]
        except (ValueError, KeyError, TypeError, OverflowError):
            tell(InputError(_SHAPE, path, line))
            continue
        yield collect(text, mentions, sections, {"id": f"{path.stem}-{line}", **meta}, path, line, tell)


def _passage(item: Any) -> Marked:
    """A passage given as an object or as a list."""
    start, end, label = (item["start"], item["end"], item["label"]) if isinstance(item, dict) else item
    return Marked(int(start), int(end), str(label))


def to_record(annotated: AnnotatedText) -> dict[str, Any]:
    """Make the JSON object of a text."""

    def passages(spans: Iterable[Mention]) -> list[dict[str, Any]]:
        return [{"start": span.start, "end": span.end, "label": span.label} for span in spans]

    return {
        "text": annotated.text,
        "entities": passages(annotated.mentions),
        "sections": passages(annotated.sections),
        "meta": annotated.meta,
    }


def write_jsonl(texts: Sequence[AnnotatedText], out: Path) -> list[Path]:
    """Write texts as our JSONL; returns the file."""
    write_json_lines(out, map(to_record, texts))
    return [out]
