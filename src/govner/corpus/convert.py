"""Convert annotated reports from any format to any other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from spacy.tokens import Doc

from govner.corpus.formats.annotated import AnnotatedText, fill_sections, from_doc, from_report, labels_of, to_report
from govner.corpus.formats.registry import Format, format_to_write, read_texts
from govner.corpus.inline import Report
from govner.errors import InputError
from govner.own_labels import labels_for_all, write_labels
from govner.scheme import SCHEME, Scheme

_NO_LABELS: Final = Scheme()


@dataclass
class Conversion:
    """What a conversion did.

    reports, mentions, sections (int): How many of them were written.
    written (list[Path]): The files.
    problems (list[InputError]): What was left out, in the order in which it was met.
    """

    reports: int = 0
    mentions: int = 0
    sections: int = 0
    written: list[Path] = field(default_factory=list)
    problems: list[InputError] = field(default_factory=list)


def convert_files(
    paths: Iterable[Path],
    out: Path,
    *,
    source: Format | None = None,
    target: Format | None = None,
    split: str | None = None,
    section: str | None = None,
    advance: Callable[[], object] = lambda: None,
) -> Conversion:
    """Convert annotated texts; what is good is written, what is not is noted.

    paths (Iterable[Path]): Files and directories.
    out (Path): The file or directory to write.
    source, target (Format | None): Formats; told from the names if None.
    split (str | None): Only texts whose metadata name this split.
    section (str | None): The section of lines that have none.
    advance (Callable): Called after each text.
    RETURNS (Conversion): What was written, what was left out.
    RAISES (InputError): The target tells no format or cannot be written, two texts have one id, there is nothing to
        write, or the section is unknown.
    """
    paths = list(paths)
    target = target or format_to_write(out)
    names = labels_for_all(paths).section_labels
    if section is not None and section not in names:
        raise InputError(f"--section {section!r} is unknown; use one of {', '.join(names)}")
    result = Conversion()
    texts = []
    for annotated in read_texts(paths, source, result.problems.append):
        if split is not None and annotated.meta.get("split") != split:
            continue
        try:
            filled = fill_sections(annotated, section) if section else annotated
            texts.append(from_report(to_report(filled)) if target.by_line else filled)
        except InputError as error:
            result.problems.append(error)
        advance()
    if not texts:
        if result.problems:
            return result
        wanted = f"of the split {split!r}" if split else "at all"
        raise InputError(f"no annotated text {wanted}; check --split and the paths", ", ".join(map(str, paths)))
    result.written = _write(texts, out, target, labels_of(texts) - SCHEME)
    result.reports = len(texts)
    result.mentions = sum(len(annotated.mentions) for annotated in texts)
    result.sections = sum(len(annotated.sections) for annotated in texts)
    return result


def read_annotated_reports(paths: Iterable[Path], split: str | None = None) -> Iterator[Report]:
    """Read annotated reports in any format, as `govner.corpus.reader.read_reports` reads inline files.

    paths (Iterable[Path]): Files and directories.
    split (str | None): Only reports whose metadata name this split.
    YIELDS (Report): The reports.
    RAISES (InputError): The first thing that is wrong.
    """
    for annotated in read_texts(paths):
        if split is None or annotated.meta.get("split") == split:
            report = to_report(annotated)
            report.path = annotated.path
            yield report


def doc_to_report(doc: Doc) -> Report:
    """Make an annotated report from a gold document; raises InputError as `to_report` does."""
    return to_report(from_doc(doc))


def write_docs(docs: Iterable[Doc], out: Path, format: Format, own_labels: Scheme = _NO_LABELS) -> list[Path]:
    """Write annotated documents.

    docs (Iterable[Doc]): With `ents`, `spans["sections"]` and `user_data["meta"]`.
    out (Path): The file or directory to write.
    format (Format): Its format.
    own_labels (Scheme): Labels beside ours that the documents may have.
    RETURNS (list[Path]): The files.
    RAISES (InputError): The format cannot hold the documents, or they cannot be written.
    """
    texts = [from_doc(doc) for doc in docs]
    if format.by_line:
        texts = [from_report(to_report(text)) for text in texts]
    return _write(texts, out, format, own_labels)


def _write(texts: Sequence[AnnotatedText], out: Path, format: Format, own_labels: Scheme) -> list[Path]:
    try:
        # What is written is read again with the labels beside it.
        write_labels(own_labels, out if format.directory else out.parent)
        return format.write(texts, out)
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror}); choose another place", out) from None
