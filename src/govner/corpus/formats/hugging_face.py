"""A directory that the library `datasets` loads: a file a split, Parquet or JSONL, and a dataset card.

The YAML at the head of README.md names the files of each split and the columns, as
https://huggingface.co/docs/hub/datasets-cards and …/datasets-manual-configuration have it. A row is a text: `id`,
`text`, `mentions` and `sections` (lists of start, end, label, text), the keys of the front matter as columns, and in
`metadata`, as JSON, what else there is.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from govner.corpus.formats.annotated import AnnotatedText
from govner.corpus.formats.checking import Marked, Tell, collect, is_text
from govner.corpus.formats.json_objects import read_json_objects, write_json_lines
from govner.corpus.formats.labels import known_labels
from govner.corpus.front_matter import FRONT_MATTER
from govner.corpus.inline import Mention
from govner.errors import InputError

_SHAPE: Final = 'needs a row with "text", "mentions" and "sections": [{"start", "end", "label"}]'
# The splits as the library's users name them.
_SPLITS: Final = {"train": "train", "dev": "validation", "test": "test"}
_PASSAGES: Final = pa.list_(
    pa.struct([("start", pa.int64()), ("end", pa.int64()), ("label", pa.string()), ("text", pa.string())])
)
_SCHEMA: Final = pa.schema(
    [
        ("id", pa.string()),
        ("text", pa.string()),
        ("mentions", _PASSAGES),
        ("sections", _PASSAGES),
        *((key, pa.string()) for key in FRONT_MATTER if key != "id"),
        ("metadata", pa.string()),
    ]
)


def write_parquet(texts: Sequence[AnnotatedText], out: Path) -> list[Path]:
    """Write a dataset of Parquet files; returns the files."""
    return _write(texts, out, "parquet")


def write_jsonl(texts: Sequence[AnnotatedText], out: Path) -> list[Path]:
    """Write a dataset of JSONL files; returns the files."""
    return _write(texts, out, "jsonl")


def _write(texts: Sequence[AnnotatedText], out: Path, suffix: str) -> list[Path]:
    splits: dict[str, list[AnnotatedText]] = {}
    for annotated in texts:
        # A dataset without splits is, to the library, one of training data.
        splits.setdefault(_SPLITS.get(str(annotated.meta.get("split")), "train"), []).append(annotated)
    (out / "data").mkdir(parents=True, exist_ok=True)
    files = {}
    for split in (name for name in _SPLITS.values() if name in splits):
        rows = [_row(annotated) for annotated in splits[split]]
        files[split] = out / "data" / f"{split}.{suffix}"
        if suffix == "parquet":
            pq.write_table(pa.Table.from_pylist(rows, schema=_SCHEMA), files[split])
        else:
            write_json_lines(files[split], iter(rows))
    (out / "README.md").write_text(_card(splits, suffix), encoding="utf8", newline="\n")
    return list(files.values())


def _row(annotated: AnnotatedText) -> dict[str, Any]:
    def passages(spans: Iterable[Mention]) -> list[dict[str, Any]]:
        text = annotated.text
        return [{"start": s.start, "end": s.end, "label": s.label, "text": text[s.start : s.end]} for s in spans]

    columns = {key: value for key in FRONT_MATTER if isinstance(value := annotated.meta.get(key), str)}
    rest = {key: value for key, value in annotated.meta.items() if key not in columns}
    # Columns come back in their own order; where the keys had another one, it is noted.
    usual = not rest and list(columns) == list(annotated.meta)
    metadata = None if usual else json.dumps({"keys": list(annotated.meta), "rest": rest}, ensure_ascii=False)
    return {
        **dict.fromkeys(_SCHEMA.names),
        **columns,
        "text": annotated.text,
        "mentions": passages(annotated.mentions),
        "sections": passages(annotated.sections),
        "metadata": metadata,
    }


def read_dataset(path: Path, tell: Tell) -> Iterator[AnnotatedText]:
    """Read a dataset's directory, or one file of it.

    path (Path): The directory, or a `.parquet` or `.jsonl` file.
    tell (Tell): Told of rows and passages that are left out.
    YIELDS (AnnotatedText): A text a row, splits in the order train, validation, test.
    RAISES (InputError): There is no such file, or it cannot be read.
    """
    order = list(_SPLITS.values())
    for file in _files(path, order):
        for number, row in _rows(file, tell):
            text = row.get("text")
            try:
                mentions, sections = _passages(row.get("mentions")), _passages(row.get("sections"))
                meta = {"id": f"{file.stem}-{number}", **_metadata(row)}
                if not is_text(text):
                    raise TypeError
            except (AttributeError, KeyError, TypeError, ValueError):
                tell(InputError(f"row {number} {_SHAPE}", file))
                continue
            yield collect(text, mentions, sections, meta, file, number if file.suffix == ".jsonl" else None, tell)


def _files(path: Path, order: Sequence[str]) -> list[Path]:
    if path.is_file():
        return [path]
    found = [file for suffix in ("parquet", "jsonl") for file in sorted((path / "data").glob(f"*.{suffix}"))]
    if not found:
        raise InputError("holds no data/*.parquet and no data/*.jsonl; name the directory of a dataset", path)
    places = {name: number for number, name in enumerate(order)}
    return sorted(found, key=lambda file: places.get(file.name.split(".")[0].split("-")[0], len(order)))


def _rows(file: Path, tell: Tell) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if file.suffix == ".jsonl":
        yield from read_json_objects(file, _SHAPE, tell)
        return
    try:
        table = pq.read_table(file)
    except (OSError, pa.ArrowInvalid):
        raise InputError("is not a Parquet file that can be read; check it", file) from None
    yield from enumerate(table.to_pylist(), 1)


def _passages(items: Any) -> list[Marked]:
    return [Marked(int(item["start"]), int(item["end"]), str(item["label"]), item.get("text")) for item in items or ()]


def _metadata(row: Mapping[str, Any]) -> dict[str, Any]:
    columns = {key: row[key] for key in FRONT_MATTER if row.get(key) is not None}
    noted = json.loads(row.get("metadata") or "{}")
    found = {**columns, **noted.get("rest", {})}
    keys = [key for key in noted.get("keys", ()) if key in found]
    return {key: found[key] for key in [*keys, *(key for key in found if key not in keys)]}


def _card(splits: Mapping[str, Sequence[AnnotatedText]], suffix: str) -> str:
    """README.md: metadata in YAML, and what the columns and labels mean."""
    labels = known_labels()
    total = sum(map(len, splits.values()))
    sizes = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"))
    size = next((name for limit, name in sizes if total < limit), "100K<n<1M")
    head = ["---", "language:", "- zh", "task_categories:", "- token-classification", "size_categories:", f"- {size}"]
    head += ["configs:", "- config_name: default", "  data_files:"]
    for split in (name for name in _SPLITS.values() if name in splits):
        head += [f"  - split: {split}", f"    path: data/{split}.{suffix}"]
    head += ["dataset_info:", "  features:"]
    for field in _SCHEMA:
        head.append(f"  - name: {field.name}")
        if pa.types.is_list(field.type):
            head.append("    list:")
            for part in field.type.value_type:
                head += [f"    - name: {part.name}", f"      dtype: {part.type}"]
        else:
            head.append(f"    dtype: {field.type}")
    rows = []
    for split in (name for name in _SPLITS.values() if name in splits):
        mentions = sum(len(annotated.mentions) for annotated in splits[split])
        sections = sum(len(annotated.sections) for annotated in splits[split])
        rows.append(f"| {split} | {len(splits[split]):,} | {mentions:,} | {sections:,} |")
    counts = Counter(
        span.label for texts in splits.values() for text in texts for span in (*text.mentions, *text.sections)
    )
    lists = [
        f"| {label.name} | {kind} | {label.meaning} | {counts[label.name]:,} |"
        for kind, group in (("mention", labels.entities), ("section", labels.sections))
        for label in group
    ]
    return "\n".join(
        [
            *head,
            "---",
            "",
            "# Annotated reports on the disclosure of government information",
            "",
            "Chinese reports, one a row, with mentions and sections marked. Offsets `start` and `end` are characters",
            "(code points) of `text`, `end` exclusive; a section is that of a line.",
            "",
            "| split | reports | mentions | sections |",
            "|---|---:|---:|---:|",
            *rows,
            "",
            "| label | marks | meaning | number |",
            "|---|---|---|---:|",
            *lists,
            "",
            "```python",
            "from datasets import load_dataset",
            "",
            'reports = load_dataset("path/to/this/directory")',
            "```",
            "",
        ]
    )
