"""Check annotated files: format, front matter, text, alignment, duplicates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from spacy.tokens import Doc

from govner.corpus.front_matter import FRONT_MATTER
from govner.corpus.inline import Paragraph, Report, parse_report
from govner.errors import InputError
from govner.own_labels import labels_for
from govner.text.files import read_text
from govner.tokens.alignment import misaligned

ANNOTATED_SUFFIX: Final = ".annotated.txt"

_SELF_REFERENCE = re.compile(r"[我本你][局办市县区省委镇乡校院厅处所站]|本机关|局机关$")
_ENCLOSED = ("()", "（）", "“”", '""', "‘’")
# Paragraphs at least this long are not alike in two reports by chance or by set phrase.
_LONG = 60


@dataclass
class CheckResult:
    """What a check found.

    problems (list[InputError]): Each with file, line and remedy.
    reports (list[Report]): The files that could be read.
    mentions, lost (int): Mentions, and those among them that the tokens cannot express.
    """

    problems: list[InputError] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    mentions: int = 0
    lost: int = 0


def check_files(paths: Iterable[tuple[Path, bool]], tokenize: Callable[[str], Doc] | None = None) -> CheckResult:
    """Check annotated files, each by itself and against each other.

    paths (Iterable[tuple[Path, bool]]): Files, and whether each must have front matter.
    tokenize (Callable | None): A tokenizer; mentions that its tokens cannot express are problems.
    RETURNS (CheckResult): All problems, in order of file and line.
    """
    result = CheckResult()
    for path, needs_front_matter in paths:
        try:
            report = parse_report(read_text(path), path, result.problems, labels_for(path))
        except InputError as error:
            result.problems.append(error)
            continue
        result.reports.append(report)
        result.mentions += len(report.mentions())
        if needs_front_matter or report.meta:
            result.problems += _check_front_matter(report, path)
        result.problems += _check_against_raw(report, path)
        for paragraph in report.paragraphs:
            result.problems += _check_extents(paragraph, path)
        if tokenize is not None:
            lost = list(_check_alignment(report, path, tokenize))
            result.lost += len(lost)
            result.problems += lost
    result.problems += _check_duplicates(result.reports)
    result.problems.sort(key=lambda problem: (problem.path or "", problem.line or 0))
    return result


def _check_front_matter(report: Report, path: Path) -> Iterator[InputError]:
    for key, values in FRONT_MATTER.items():
        value = report.meta.get(key)
        if not value:
            yield InputError(f"front matter lacks `{key}`; add it", path, 1)
        elif values and value not in values:
            yield InputError(f"front matter has {key}: {value!r}; use one of {', '.join(values)}", path, 1)
    if report.meta.get("id") and report.meta["id"] != path.name.removesuffix(".txt"):
        yield InputError(f"id {report.meta['id']!r} is not the file's name; make them the same", path, 1)
    if not re.fullmatch(r"(19|20)\d\d", report.meta.get("year") or "2000"):
        yield InputError(f"year {report.meta['year']!r} is not a year; write four digits", path, 1)


def _check_against_raw(report: Report, path: Path) -> Iterator[InputError]:
    """Compare with the raw file beside an annotated one, line by line, without outer white space."""
    if not path.name.endswith(ANNOTATED_SUFFIX):
        return
    raw_path = path.with_name(path.name.removesuffix(ANNOTATED_SUFFIX) + ".txt")
    if not raw_path.exists():
        return
    try:
        source = read_text(raw_path)
    except InputError as error:
        yield error
        return
    raw = [line.strip() for line in source.split("\n") if line.strip()]
    for paragraph, line in zip(report.paragraphs, raw, strict=False):
        text = paragraph.text.strip()
        if text != line:
            at = next(
                (number for number, (a, b) in enumerate(zip(text, line, strict=False)) if a != b),
                min(len(text), len(line)),
            )
            yield InputError(
                f"differs from {raw_path.name} at character {at}: {text[at : at + 8]!r}, there {line[at : at + 8]!r};"
                " restore the text",
                path,
                paragraph.line,
            )
            return
    if len(raw) != len(report.paragraphs):
        yield InputError(
            f"has {len(report.paragraphs)} paragraphs, {raw_path.name} has {len(raw)}; restore the text", path
        )


def _check_extents(paragraph: Paragraph, path: Path) -> Iterator[InputError]:
    """Extents that the guidelines rule out for every label."""
    for mention in paragraph.mentions:
        text = paragraph.text[mention.start : mention.end]
        if text != text.strip():
            problem = "begins or ends with white space; leave it outside"
        elif len(text) > 2 and text[0] + text[-1] in _ENCLOSED:
            problem = "includes enclosing brackets or quotation marks; leave them outside"
        elif mention.label == "AGENCY" and _SELF_REFERENCE.match(text):
            problem = "is a self-reference; unmark it"
        else:
            continue
        yield InputError(f"{mention.label} {text!r} {problem}", path, paragraph.line)


def _check_alignment(report: Report, path: Path, tokenize: Callable[[str], Doc]) -> Iterator[InputError]:
    for paragraph in report.paragraphs:
        spans = [(mention.start, mention.end) for mention in paragraph.mentions]
        for start, end in misaligned(tokenize(paragraph.text), spans):
            yield InputError(
                f"mention {paragraph.text[start:end]!r} is lost: a token crosses its border; mend mention or tokenizer",
                path,
                paragraph.line,
            )


def _check_duplicates(reports: list[Report]) -> Iterator[InputError]:
    ids = Counter(report.id for report in reports)
    texts: dict[str, Path | None] = {}
    issuers: dict[str, Report] = {}
    long_paragraphs: dict[str, Path | None] = {}
    for report in reports:
        if ids[report.id] > 1:
            yield InputError(f"id {report.id!r} is used by {ids[report.id]} files; change it", report.path, 1)
        if report.text in texts:
            yield InputError(f"has the same text as {texts[report.text]}; remove one", report.path)
            continue
        texts[report.text] = report.path
        issuer = report.meta.get("issuer", "")
        other = issuers.setdefault(issuer, report) if issuer else report
        if other.meta.get("split") != report.meta.get("split"):
            yield InputError(
                f"issuer {issuer} is in another split in {other.path}; put its reports in one", report.path, 1
            )
        for paragraph in report.paragraphs:
            if len(paragraph.text) >= _LONG:
                first = long_paragraphs.setdefault(paragraph.text, report.path)
                if first != report.path:
                    yield InputError(f"repeats a paragraph of {first}; rewrite it", report.path, paragraph.line)
