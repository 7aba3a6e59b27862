"""Label Studio's JSON: a task a report, mentions and sections as regions of two `Labels` controls on one `Text`.

Regions as https://labelstud.io/guide/task_format and the `Text` and `Labels` tags have them. Offsets are characters:
the editor counts code points, not the UTF-16 units of JavaScript (label-studio-frontend, pull request 308). The
labelling configuration is that of `govner corpus label-config label-studio`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from govner.corpus.formats.annotated import AnnotatedText
from govner.corpus.formats.checking import Marked, Tell, by_label, by_line, collect, is_text
from govner.corpus.formats.json_objects import read_json_objects
from govner.corpus.inline import Mention
from govner.errors import InputError

# Names of the controls and of the text in the labelling configuration.
MENTIONS: Final = "mentions"
SECTIONS: Final = "sections"
TEXT: Final = "text"
_SHAPE: Final = 'needs a task with "data": {"text"} and "annotations": [{"result"}], or an object of JSON-MIN'


def write_label_studio(texts: Sequence[AnnotatedText], out: Path) -> list[Path]:
    """Write tasks with annotations, for import; returns the file."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf8", newline="\n") as file:
        file.write("[\n")
        for number, annotated in enumerate(texts, 1):
            file.write(json.dumps(_task(annotated), ensure_ascii=False) + (",\n" if number < len(texts) else "\n"))
        file.write("]\n")
    return [out]


def _task(annotated: AnnotatedText) -> dict[str, Any]:
    text = annotated.text
    result = [
        _region(f"{control[0]}{number}", control, span, text)
        for control, spans in ((MENTIONS, annotated.mentions), (SECTIONS, annotated.sections))
        for number, span in enumerate(spans, 1)
    ]
    data = {TEXT: text, "id": annotated.id, "meta": annotated.meta}
    return {"data": data, "annotations": [{"result": result}]}


def _region(name: str, control: str, span: Mention, text: str) -> dict[str, Any]:
    value = {"start": span.start, "end": span.end, "text": text[span.start : span.end], "labels": [span.label]}
    return {"id": name, "from_name": control, "to_name": TEXT, "type": "labels", "value": value}


def read_label_studio(path: Path, tell: Tell) -> Iterator[AnnotatedText]:
    """Read tasks as we write them or as Label Studio exports them (JSON, JSON-MIN).

    path (Path): The file.
    tell (Tell): Told of what is left out: tasks without annotation, annotations beyond the last, results that are
        no regions, bad passages.
    YIELDS (AnnotatedText): A text a task. What label a region has, not its control, tells mentions from sections.
    RAISES (InputError): The file cannot be read.
    """
    for line, task in read_json_objects(path, _SHAPE, tell):
        nested = isinstance(task.get("data"), dict)
        data = task["data"] if nested else task
        text = data.get(TEXT)
        if not is_text(text):
            tell(InputError(_SHAPE, path, line))
            continue
        meta = _meta(data, task, f"{path.stem}-{line}")
        name = str(meta["id"])
        values = _chosen(task, name, path, line, tell) if nested else _minimal(task)
        if values is None:
            continue
        spans = []
        for value in values:
            found = _spans(value)
            if not found:
                what = value.get("type", "a result") if isinstance(value, dict) else "a result"
                tell(InputError(f"{name}: {what} is no labelled passage; it is left out", path, line))
            spans += found
        mentions, sections = by_label(spans)
        yield collect(text, mentions, by_line(text, sections), meta, path, line, tell)


def _meta(data: dict[str, Any], task: dict[str, Any], name: str) -> dict[str, Any]:
    """Metadata of a task: what we wrote, or the other fields of its data."""
    if isinstance(data.get("meta"), dict):
        return {"id": name, **data["meta"]}
    # JSON-MIN has fields of its own beside those of the data.
    own = {TEXT, "id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time"}
    fields = {key: value for key, value in data.items() if key not in own and isinstance(value, str | int | float)}
    return {"id": data.get("id", task.get("id", name)), **fields}


def _chosen(task: dict[str, Any], name: str, path: Path, line: int, tell: Tell) -> list[Any] | None:
    """The results of a task's last annotation that was not cancelled."""
    annotations = [item for item in task.get("annotations") or [] if isinstance(item, dict)]
    done = [item for item in annotations if not item.get("was_cancelled") and isinstance(item.get("result"), list)]
    done.sort(key=lambda item: str(item.get("updated_at") or ""))
    if not done:
        tell(InputError(f"{name}: has no annotation; it is left out", path, line))
        return None
    if len(done) > 1:
        tell(InputError(f"{name}: has {len(done)} annotations; the last is read", path, line))
    return list(done[-1]["result"])


def _minimal(task: dict[str, Any]) -> list[Any]:
    """The passages of an object of JSON-MIN: lists under the names of the controls."""
    lists = [value for value in task.values() if isinstance(value, list)]
    return [item for values in lists for item in values if isinstance(item, dict) and "start" in item]


def _spans(result: Any) -> list[Marked]:
    """The passages of a region, one a label; none if it is something else."""
    try:
        value = result.get("value", result)
        text = value.get("text")
        start, end = int(value["start"]), int(value["end"])
        return [Marked(start, end, str(label), text if is_text(text) else None) for label in value["labels"]]
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        return []
