"""The inline format of the corpus: a file a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from govner.corpus.formats.annotated import AnnotatedText, from_report, to_report
from govner.corpus.formats.checking import Tell
from govner.corpus.inline import format_report, parse_report
from govner.errors import InputError
from govner.text.files import read_text


def read_inline(path: Path, tell: Tell) -> Iterator[AnnotatedText]:
    """Read an inline file.

    path (Path): The file.
    tell (Tell): Told of each line that breaks the format, which is left out.
    YIELDS (AnnotatedText): The report.
    RAISES (InputError): The file cannot be read, its front matter is broken, or no line of it is good.
    """
    problems: list[InputError] = []
    try:
        report = parse_report(read_text(path), path, problems)
    finally:
        for problem in problems:
            tell(problem)
    yield from_report(report)


def write_inline(texts: Sequence[AnnotatedText], out: Path) -> list[Path]:
    """Write a file a report into a directory, named for its id; returns the files."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name, annotated in zip(file_names(texts, out), texts, strict=True):
        path = out / f"{name}.txt"
        path.write_text(format_report(to_report(annotated)), encoding="utf8", newline="\n")
        written.append(path)
    return written


def file_names(texts: Sequence[AnnotatedText], out: Path) -> list[str]:
    """Name files for the ids of texts; those without one are numbered.

    RAISES (InputError): Two texts share an id.
    """
    names = [Path(annotated.id).name or f"report-{number}" for number, annotated in enumerate(texts, 1)]
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise InputError(f"two documents have the id {name!r}; give each its own", out)
        seen.add(name)
    return names
