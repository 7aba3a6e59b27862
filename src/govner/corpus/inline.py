r"""The inline annotation format: one paragraph a line, `SECTION<TAB>text with {LABEL:mentions}`.

A literal `{`, `}` or `\` in the text is written `\{`, `\}`, `\\`. Mentions are flat and never cross a line.
Front matter between two `---` lines holds `key: value` pairs. `corpus/GUIDELINES.md` section 1 is the standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from govner.errors import InputError
from govner.own_labels import labels_for
from govner.scheme import SCHEME, Scheme
from govner.text.files import read_text

_OPEN = re.compile(r"\{([^{}:\s]*):")


@dataclass(frozen=True, order=True)
class Mention:
    """An entity mention: character offsets [start, end) and its label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Paragraph:
    """One annotated line: section label, bare text, mentions with offsets into that text, line in the file."""

    section: str
    text: str
    mentions: tuple[Mention, ...] = ()
    line: int = 0


@dataclass
class Report:
    """An annotated report: front matter and paragraphs in order."""

    paragraphs: list[Paragraph]
    meta: dict[str, str] = field(default_factory=dict)
    path: Path | None = None

    @property
    def text(self) -> str:
        """The report's text, paragraphs joined by newlines."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def id(self) -> str:
        """The report's id: from the front matter, else from the file name."""
        return self.meta.get("id") or (self.path.name.split(".")[0] if self.path else "")

    def mentions(self) -> list[Mention]:
        """Mentions with offsets into `text`, in order."""
        found, offset = [], 0
        for paragraph in self.paragraphs:
            found += [Mention(m.start + offset, m.end + offset, m.label) for m in paragraph.mentions]
            offset += len(paragraph.text) + 1
        return found

    def sections(self) -> list[Mention]:
        """One labelled span a paragraph: its text without outer white space, offsets into `text`."""
        found, offset = [], 0
        for paragraph in self.paragraphs:
            lead = len(paragraph.text) - len(paragraph.text.lstrip())
            found.append(Mention(offset + lead, offset + len(paragraph.text.rstrip()), paragraph.section))
            offset += len(paragraph.text) + 1
        return found


def parse_mentions(source: str, scheme: Scheme = SCHEME) -> tuple[str, tuple[Mention, ...]]:
    """Parse text with inline mentions.

    source (str): For instance `由{AGENCY:市档案馆}牵头`.
    scheme (Scheme): The labels it may use.
    RETURNS (tuple): The bare text, and its mentions with offsets into it.
    RAISES (InputError): A mention is unclosed, nested, empty, or has an unknown label; a brace is stray.
    """
    labels = scheme.entity_labels
    text: list[str] = []
    mentions: list[Mention] = []
    opened: tuple[int, str] | None = None
    position = 0
    while position < len(source):
        char = source[position]
        if char == "\\":
            if source[position + 1 : position + 2] not in ("{", "}", "\\"):
                raise InputError(rf"stray \ before {source[position + 1 : position + 9]!r}; write \\ for a backslash")
            text.append(source[position + 1])
            position += 2
        elif char == "{":
            match = _OPEN.match(source, position)
            near = source[position : position + 16]
            if match is None:
                raise InputError(rf"stray {{ at {near!r}; write \{{ for a brace or {{LABEL:text}} for a mention")
            if opened is not None:
                raise InputError(f"mention inside a mention at {near!r}; mark only the longer one")
            if match[1] not in labels:
                raise InputError(f"unknown label {match[1]!r} at {near!r}; use one of {', '.join(labels)}")
            opened = (len(text), match[1])
            position = match.end()
        elif char == "}":
            if opened is None:
                before = source[max(0, position - 12) : position + 1]
                raise InputError(rf"stray }} at {before!r}; write \}} for a brace")
            start, label = opened
            if not "".join(text[start:]).strip():
                raise InputError(f"empty {label} mention; put text in it or remove it")
            mentions.append(Mention(start, len(text), label))
            opened = None
            position += 1
        else:
            text.append(char)
            position += 1
    if opened is not None:
        start, label = opened
        raise InputError(f"unclosed {label} mention {''.join(text[start : start + 12])!r}; close it with }}")
    return "".join(text), tuple(mentions)


def format_mentions(text: str, mentions: Iterable[Mention]) -> str:
    """The inverse of `parse_mentions`.

    text (str): Bare text of one line.
    mentions (Iterable[Mention]): Flat mentions in it, in any order.
    RETURNS (str): The text with mentions marked and literal braces escaped.
    RAISES (InputError): Two mentions overlap.
    """
    out, position = [], 0
    for mention in sorted(mentions):
        if mention.start < position:
            raise InputError(f"mention {text[mention.start : mention.end]!r} overlaps another; keep one of them")
        out.append(_escape(text[position : mention.start]))
        out.append(f"{{{mention.label}:{_escape(text[mention.start : mention.end])}}}")
        position = mention.end
    out.append(_escape(text[position:]))
    return "".join(out)


def parse_report(
    source: str, path: Path | None = None, problems: list[InputError] | None = None, scheme: Scheme = SCHEME
) -> Report:
    """Parse an annotated report.

    source (str): Content of an annotated file; front matter is optional.
    path (Path | None): Where it came from, for messages.
    problems (list[InputError] | None): If given, lines that break the format are left out and noted here.
    scheme (Scheme): The labels it may use; those of a file's place are `govner.own_labels.labels_for`.
    RETURNS (Report): The report.
    RAISES (InputError): The first line that breaks the format, with its number; with `problems` only if the front
        matter is broken or no paragraph is left.
    """
    lines = source.split("\n")
    meta, first = _parse_front_matter(lines, path)
    paragraphs = []
    for number, line in enumerate(lines[first:], first + 1):
        if not line.strip():
            continue
        try:
            paragraphs.append(_parse_line(line, number, scheme))
        except InputError as error:
            located = InputError(error.problem, path, number)
            if problems is None:
                raise located from None
            problems.append(located)
    if not paragraphs:
        raise InputError("holds no paragraph; expected lines of SECTION<TAB>text", path)
    return Report(paragraphs, meta, path)


def _parse_line(line: str, number: int, scheme: Scheme) -> Paragraph:
    section, tab, body = line.partition("\t")
    if not tab:
        raise InputError("no tab after the section label; write SECTION<TAB>text")
    if section not in scheme.section_labels:
        raise InputError(f"unknown section {section!r}; use one of {', '.join(scheme.section_labels)}")
    text, mentions = parse_mentions(body, scheme)
    if not text.strip():
        raise InputError("paragraph without text; remove the line")
    return Paragraph(section, text, mentions, number)


def format_report(report: Report) -> str:
    """The inverse of `parse_report`: front matter (if any) and one line a paragraph."""
    lines = []
    if report.meta:
        lines += ["---", *(f"{key}: {value}" for key, value in report.meta.items()), "---"]
    lines += [f"{p.section}\t{format_mentions(p.text, p.mentions)}" for p in report.paragraphs]
    return "\n".join(lines) + "\n"


def read_report(path: Path) -> Report:
    """Read an annotated file, with the labels of its place; raises InputError as `read_text` and `parse_report` do."""
    return parse_report(read_text(path), path, scheme=labels_for(path))


def _escape(text: str) -> str:
    return re.sub(r"[\\{}]", r"\\\g<0>", text)


def _parse_front_matter(lines: list[str], path: Path | None) -> tuple[dict[str, str], int]:
    """Return the front matter and the index of the first line after it."""
    if lines[0].strip() != "---":
        return {}, 0
    meta: dict[str, str] = {}
    for number, line in enumerate(lines[1:], 2):
        if line.strip() == "---":
            return meta, number
        key, colon, value = line.partition(":")
        if not colon or not key.strip():
            raise InputError("front matter needs `key: value` lines between two --- lines", path, number)
        if key.strip() in meta:
            raise InputError(f"front matter names {key.strip()!r} twice; keep one", path, number)
        meta[key.strip()] = value.strip()
    raise InputError("front matter is not closed; add a --- line after it", path, 1)
