"""The table of formats, and how a format is told from a name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from govner.corpus.formats import (
    brat,
    conll,
    docbin,
    doccano,
    hugging_face,
    inline_files,
    jsonl,
    label_studio,
    prodigy,
)
from govner.corpus.formats.annotated import AnnotatedText
from govner.corpus.formats.checking import Tell, refuse
from govner.errors import InputError
from govner.text.files import expand_paths

Reader = Callable[[Path, Tell], Iterator[AnnotatedText]]
Writer = Callable[[Sequence[AnnotatedText], Path], list[Path]]


class Format(NamedTuple):
    """A format of annotated texts.

    name (str): As `--from` and `--to` take it.
    suffixes (tuple[str, ...]): How names of its files end; of a directory's format, of the files in it.
    summary (str): What it is, in a few words.
    read (Reader): From a path to annotated texts.
    write (Writer): From annotated texts and a path to the files written.
    directory (bool): Whether it is written as a directory.
    whole (bool): Whether a directory is read as one, not file by file.
    by_line (bool): Whether each line must have one section.
    """

    name: str
    suffixes: tuple[str, ...]
    summary: str
    read: Reader
    write: Writer
    directory: bool = False
    whole: bool = False
    by_line: bool = False


FORMATS: Final = {
    format.name: format
    for format in (
        Format(
            "inline", (".txt",), "the corpus: a file a report", inline_files.read_inline, inline_files.write_inline,
            directory=True, by_line=True,
        ),
        Format("spacy", (".spacy",), "spaCy's DocBin", docbin.read_docbin, docbin.write_docbin),
        Format("jsonl", (".jsonl",), "a text a line with offsets", jsonl.read_jsonl, jsonl.write_jsonl),
        Format(
            "prodigy", (".prodigy.jsonl",), "Prodigy: a task a paragraph", prodigy.read_prodigy, prodigy.write_prodigy,
        ),
        Format(
            "doccano", (".doccano.jsonl",), "doccano: a record a report", doccano.read_doccano, doccano.write_doccano
        ),
        Format(
            "label-studio", (".json",), "Label Studio: a task a report", label_studio.read_label_studio,
            label_studio.write_label_studio,
        ),
        Format(
            "brat", (".ann",), "brat: texts, annotations, settings", brat.read_brat, brat.write_brat, directory=True,
            whole=True,
        ),
        Format("conll", (".conll",), "CoNLL-2003, a character a token", conll.read_conll, conll.write_conll),
        Format("bio", (".bio",), "token and tag, mentions alone", conll.read_conll, conll.write_bio),
        Format(
            "hf-parquet", (".parquet",), "a dataset of Hugging Face", hugging_face.read_dataset,
            hugging_face.write_parquet, directory=True, whole=True,
        ),
        Format(
            "hf-jsonl", (".jsonl",), "the same in JSONL", hugging_face.read_dataset, hugging_face.write_jsonl,
            directory=True, whole=True,
        ),
    )
}  # fmt: skip


def find_format(name: str) -> Format:
    """Find a format by its name; raises InputError if there is none."""
    if name not in FORMATS:
        raise InputError(f"no format {name!r}; use one of {', '.join(FORMATS)}")
    return FORMATS[name]


def format_to_write(out: Path) -> Format:
    """Tell the format from the name of a target: by its suffix; a name without one is a directory of inline files.

    RAISES (InputError): The name tells no format.
    """
    if not out.suffix or out.is_dir():
        return FORMATS["inline"]
    found = _by_suffix(out)
    if found is None or found.directory:
        suffixes = [suffix for format in FORMATS.values() if not format.directory for suffix in format.suffixes]
        raise InputError(
            f"is no known format; name a {', '.join(suffixes)} file, or a directory for inline files, or say --to", out
        )
    return found


def format_to_read(path: Path) -> Format:
    """Tell the format of a file or directory from its name, and where that tells too little from what is in it.

    RAISES (InputError): It cannot be told.
    """
    if path.is_dir():
        if next(path.glob("*.ann"), None):
            return FORMATS["brat"]
        return FORMATS["hf-parquet"] if next(path.glob("data/*.*"), None) else FORMATS["inline"]
    if path.suffix == ".txt" and path.with_suffix(".ann").exists():
        return FORMATS["brat"]
    found = _by_suffix(path)
    if found is FORMATS["jsonl"]:
        return FORMATS[_kind_of_jsonl(path)]
    # Any other file is taken for an inline one, which says on what line it is none.
    return found or FORMATS["inline"]


def _by_suffix(path: Path) -> Format | None:
    """The format of the longest suffix that fits, the first of them where two have the same."""
    fitting = [format for format in FORMATS.values() if path.name.endswith(format.suffixes)]
    return max(fitting, key=lambda format: max(map(len, format.suffixes)), default=None)


def _kind_of_jsonl(path: Path) -> str:
    """Which of the formats that end in .jsonl a file is, by the keys of its first object."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            record = json.loads(next((line for line in file if line.strip()), ""))
    except (OSError, ValueError, RecursionError):
        return "jsonl"  # whose reader says what is wrong
    keys = set(record) if isinstance(record, dict) else set()
    if keys & {"mentions"}:
        return "hf-jsonl"
    if keys & {"spans", "accept", "_input_hash"}:
        return "prodigy"
    entities = record.get("entities") if "entities" in keys else None
    offsets = isinstance(entities, list) and any(isinstance(e, dict) and "start_offset" in e for e in entities)
    return "doccano" if keys & {"label", "labels", "cats"} or offsets else "jsonl"


def read_texts(paths: Iterable[Path], format: Format | None = None, tell: Tell = refuse) -> Iterator[AnnotatedText]:
    """Read annotated texts in any format.

    paths (Iterable[Path]): Files, and directories: of a dataset, of brat, or of files of one format.
    format (Format | None): Their format; told from each path if None.
    tell (Tell): Told of what is left out, be it a file; raises it if not given.
    YIELDS (AnnotatedText): The texts; files of a directory in order of name.
    RAISES (InputError): What `tell` raises.
    """
    for path in paths:
        try:
            chosen = format or format_to_read(path)
            whole = chosen.whole and path.is_dir()
            files = [path] if whole else list(expand_paths([path], f"*.{chosen.suffixes[0].rpartition('.')[2]}"))
        except InputError as error:
            tell(error)
            continue
        for file in files:
            try:
                yield from chosen.read(file, tell)
            except InputError as error:
                tell(error)
