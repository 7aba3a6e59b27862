"""brat's standoff format: `.txt` and `.ann` a text, mentions and sections as text-bound annotations.

As https://brat.nlplab.org/standoff.html has it: `T1<TAB>LABEL START END<TAB>text`, offsets in characters. The format
has no place for metadata; they are in `metadata.jsonl` beside the texts, which brat leaves alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from govner.corpus.formats.annotated import AnnotatedText
from govner.corpus.formats.checking import Marked, Tell, by_label, by_line, collect
from govner.corpus.formats.inline_files import file_names
from govner.corpus.formats.interfaces import brat_files
from govner.corpus.formats.labels import known_labels
from govner.corpus.formats.metadata import read_metadata, write_metadata
from govner.errors import InputError
from govner.text.files import expand_paths, read_text

METADATA: Final = "metadata.jsonl"
_BOUND: Final = re.compile(r"(T\d+)\t(\S+) (\d+) (\d+)((?:;\d+ \d+)*)(?:\t(.*))?", re.DOTALL)
_KINDS: Final = {
    "R": "a relation", "E": "an event", "A": "an attribute", "M": "an attribute", "N": "a normalization", "#": "a note",
    "*": "an equivalence",
}  # fmt: skip


def write_brat(texts: Sequence[AnnotatedText], out: Path) -> list[Path]:
    """Write a directory that brat serves as it is: texts, annotations, configuration of labels, colours and keys.

    RETURNS (list[Path]): The texts.
    """
    out.mkdir(parents=True, exist_ok=True)
    names = file_names(texts, out)
    written = []
    for name, annotated in zip(names, texts, strict=True):
        spans = sorted([*annotated.mentions, *annotated.sections], key=lambda span: (span.start, -span.end))
        lines = [
            f"T{number}\t{span.label} {span.start} {span.end}\t{annotated.text[span.start : span.end]}\n"
            for number, span in enumerate(spans, 1)
        ]
        for suffix, content in (("txt", annotated.text), ("ann", "".join(lines))):
            (out / f"{name}.{suffix}").write_text(content, encoding="utf8", newline="")
        written.append(out / f"{name}.txt")
    write_metadata(out / METADATA, {name: text.meta for name, text in zip(names, texts, strict=True)})
    for file, content in brat_files(known_labels()).items():
        (out / file).write_text(content, encoding="utf8", newline="\n")
    return written


def read_brat(path: Path, tell: Tell) -> Iterator[AnnotatedText]:
    """Read a directory of `.ann` files with their texts, or one of them.

    path (Path): The directory, or an `.ann` or `.txt` file.
    tell (Tell): Told of what is left out: broken lines, relations and the like, discontinuous and bad passages.
    YIELDS (AnnotatedText): Texts in order of name.
    RAISES (InputError): There is no such file, or a text is missing.
    """
    directory = path if path.is_dir() else path.parent
    files = list(expand_paths([path], "*.ann")) if path.is_dir() else [path.with_suffix(".ann")]
    metadata = read_metadata(directory / METADATA, tell)
    # In the order of the metadata, then by name: that in which they were written.
    order = {name: number for number, name in enumerate(metadata)}
    for file in sorted(files, key=lambda file: (order.get(file.stem, len(order)), file.name)):
        yield _read(file, metadata.get(file.stem, {}), tell)


def _read(path: Path, meta: dict[str, Any], tell: Tell) -> AnnotatedText:
    source = _raw(path.with_suffix(".txt"))
    annotations = _raw(path) if path.exists() and path.stat().st_size else ""
    bound: list[Marked] = []
    for number, line in enumerate(annotations.split("\n"), 1):
        line = line.removesuffix("\r")
        if not line.strip():
            continue
        match = _BOUND.fullmatch(line)
        if match is None or match[5]:
            what = "a discontinuous passage" if match else _KINDS.get(line[0], "not a line of the format")
            tell(InputError(f"{line[:40]!r} is {what}; it is left out", path, number))
        else:
            bound.append(Marked(int(match[3]), int(match[4]), match[2], match[6] or None, number))
    text = source.replace("\r\n", "\n")
    if text != source:
        bound = _for_newlines(source, text, bound)
    mentions, sections = by_label(bound)
    return collect(text, mentions, by_line(text, sections), {"id": path.stem, **meta}, path, None, tell)


def _for_newlines(source: str, text: str, bound: list[Marked]) -> list[Marked]:
    """Offsets for a text whose line ends became newlines.

    brat counts a line end of two characters as two. A text that got such line ends later, in being copied, has
    offsets that count one; what the annotations say stands there tells which.
    """
    moved = [
        span._replace(
            start=span.start - source.count("\r\n", 0, span.start), end=span.end - source.count("\r\n", 0, span.end)
        )
        for span in bound
    ]

    def fitting(spans: list[Marked]) -> int:
        return sum(text[span.start : span.end] == span.text for span in spans)

    return moved if fitting(moved) >= fitting(bound) else bound


def _raw(path: Path) -> str:
    """A file's text with its line ends as they are, because brat counts them."""
    read_text(path)  # says what is wrong with a file that is no text
    return path.read_bytes().decode("utf8")
