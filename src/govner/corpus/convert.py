"""Convert annotated reports from any format to any other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc

from govner.corpus.formats.annotated import fill_sections, from_doc, from_report, to_report
from govner.corpus.formats.labels import known_labels
from govner.corpus.formats.registry import Format, format_to_write, read_texts
from govner.corpus.inline import Report
from govner.errors import InputError


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
    names = known_labels().section_names
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
    try:
        result.written = target.write(texts, out)
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror}); choose another place", out) from None
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
