"""One token a line and a blank line between lines of the text: CoNLL-2003's four columns, or token and tag.

The four columns are those of the shared task (Tjong Kim Sang and De Meulder 2003), apart by a space: token, `-X-` for
the part of speech, in the place of the chunk the section, and the mention, both as IOB2 tags; a line `-DOCSTART-`
before each text. We write a character as a token. White space cannot stand in a column and is written as an escape
like `\\u3000`; a backslash that is text is a token of one character, so that the two cannot be confused. Metadata are
beside the file, in `NAME.metadata.jsonl`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from govner.corpus.formats.annotated import AnnotatedText
from govner.corpus.formats.checking import Marked, Tell, collect
from govner.corpus.formats.inline_files import file_names
from govner.corpus.formats.metadata import read_metadata, write_metadata
from govner.corpus.inline import Mention
from govner.errors import InputError
from govner.text.files import read_text

_START: Final = "-DOCSTART-"
_ESCAPE: Final = re.compile(r"\\u[0-9a-f]{4}")
_TAG: Final = re.compile(r"([BIESLUM])-(.+)")


def write_conll(texts: Sequence[AnnotatedText], out: Path) -> list[Path]:
    """Write four columns; returns the file of tokens and that of metadata."""
    names = file_names(texts, out)
    rows: list[str] = []
    for annotated in texts:
        mentions, sections = _tags(annotated.text, annotated.mentions), _tags(annotated.text, annotated.sections)
        rows.append(f"{_START} -X- O O\n\n")
        rows.append(_lines(annotated.text, lambda at, m=mentions, s=sections: f" -X- {s[at]} {m[at]}"))  # type: ignore[misc]
    metadata = _metadata_of(out)
    _write(out, rows)
    write_metadata(metadata, {name: text.meta for name, text in zip(names, texts, strict=True)})
    return [out, metadata]


def write_bio(texts: Sequence[AnnotatedText], out: Path) -> list[Path]:
    """Write token and tag, apart by a tab; sections, metadata and borders of texts are not in it. Returns the file."""
    rows: list[str] = []
    for annotated in texts:
        tags = _tags(annotated.text, annotated.mentions)
        rows.append(_lines(annotated.text, lambda at, tags=tags: f"\t{tags[at]}"))  # type: ignore[misc]
    _write(out, rows)
    return [out]


def _write(out: Path, rows: Iterable[str]) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf8", newline="\n") as file:
        file.writelines(rows)


def _metadata_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.metadata.jsonl")


def _tags(text: str, spans: Iterable[Mention]) -> list[str]:
    tags = ["O"] * len(text)
    for span in spans:
        tags[span.start : span.end] = [f"B-{span.label}", *[f"I-{span.label}"] * (span.end - span.start - 1)]
    return tags


def _lines(text: str, columns: Callable[[int], str]) -> str:
    rows: list[str] = []
    for position, char in enumerate(text):
        if char == "\n":
            # Lines without text are left out: a blank line more would say nothing.
            if rows and rows[-1] != "\n":
                rows.append("\n")
        else:
            token = f"\\u{ord(char):04x}" if char.isspace() or char == "\ufeff" else char
            rows.append(f"{token}{columns(position)}\n")
    return "".join(rows) + "\n"


def read_conll(path: Path, tell: Tell) -> Iterator[AnnotatedText]:
    """Read tokens with tags in any of the usual schemes (IOB1, IOB2, IOBES, BILOU).

    path (Path): A file of two or more columns apart by tabs or spaces, the token first, the tag of mentions last; of
        four, a section may stand in the third. Tokens are put together without spaces, as Chinese is written.
    tell (Tell): Told of lines and passages that are left out.
    YIELDS (AnnotatedText): A text for each `-DOCSTART-`, the whole file if there is none.
    RAISES (InputError): The file cannot be read.
    """
    metadata = list(read_metadata(_metadata_of(path), tell).values())
    texts = list(_split(read_text(path)))
    for number, (first, rows) in enumerate(texts, 1):
        text, mentions, sections = _put_together(rows, path, tell)
        known = metadata[number - 1] if len(metadata) == len(texts) else {}
        meta = {"id": path.stem if len(texts) == 1 else f"{path.stem}-{number}", **known}
        if text.strip():
            found = (_decode(mentions, path, tell), _decode(sections, path, tell))
            yield collect(text, *found, meta, path, first, tell)
        else:
            tell(InputError(f"{meta['id']}: has no tokens; it is left out", path, first))


def _split(source: str) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Texts: the line on which each begins, and its lines with their numbers."""
    first, started = 1, False
    rows: list[tuple[int, str]] = []
    for number, row in enumerate(source.split("\n"), 1):
        if row.startswith(_START):
            if started or any(other.strip() for _, other in rows):
                yield first, rows
            first, rows, started = number, [], True
        else:
            rows.append((number, row))
    yield first, rows


class _Tagged(NamedTuple):
    """A token: its characters [start, end), its tag, the line it stands on."""

    start: int
    end: int
    tag: str
    line: int


def _put_together(rows: Iterable[tuple[int, str]], path: Path, tell: Tell) -> tuple[str, list[_Tagged], list[_Tagged]]:
    """Text of some lines, and its tokens with the tags of mentions and of sections."""
    parts: list[str] = []
    length, broken = 0, False
    mentions: list[_Tagged] = []
    sections: list[_Tagged] = []
    for number, row in rows:
        if not row.strip():
            broken = bool(parts)
            continue
        columns = row.split("\t") if "\t" in row else row.split()
        if len(columns) < 2 or not columns[0]:
            tell(InputError("needs a token and a tag apart by a tab or a space; mend the line", path, number))
            continue
        token = columns[0]
        token = chr(int(token[2:], 16)) if _ESCAPE.fullmatch(token) else token
        if broken:
            parts.append("\n")
            for layer in (mentions, sections):
                layer.append(_Tagged(length, length + 1, "O", number))
            length, broken = length + 1, False
        end = length + len(token)
        section = columns[2] if len(columns) == 4 and _TAG.fullmatch(columns[2]) else "O"
        mentions.append(_Tagged(length, end, columns[-1].strip(), number))
        sections.append(_Tagged(length, end, section, number))
        parts.append(token)
        length = end
    return "".join(parts), mentions, sections


def _decode(tokens: Iterable[_Tagged], path: Path, tell: Tell) -> list[Marked]:
    """Passages of a sequence of tags."""
    found: list[Marked] = []
    before = "O"
    for token in tokens:
        match = _TAG.fullmatch(token.tag)
        if match is None:
            if token.tag not in ("O", "_"):
                tell(InputError(f"{token.tag!r} is no tag; write B-LABEL, I-LABEL or O", path, token.line))
            before = "O"
            continue
        # I- and E- go on what stands before, if it has the same label and has not ended.
        if match[1] in "IEML" and before == match[2]:
            found[-1] = found[-1]._replace(end=token.end)
        else:
            found.append(Marked(token.start, token.end, match[2], line=token.line))
        before = "O" if match[1] in "ESLU" else match[2]
    return found
