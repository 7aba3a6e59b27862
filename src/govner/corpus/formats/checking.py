"""What a foreign file marks, checked span by span: what is good is kept, what is not is told of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

from govner.corpus.formats.annotated import AnnotatedText
from govner.corpus.formats.labels import known_labels
from govner.corpus.inline import Mention
from govner.errors import InputError

Tell = Callable[[InputError], None]


class Marked(NamedTuple):
    """A passage as a file marks it.

    start, end (int): Its characters [start, end).
    label (str): Its label.
    text (str | None): What the file says stands there.
    line (int | None): The line of the file that marks it, if that is not the line of the text.
    """

    start: int
    end: int
    label: str
    text: str | None = None
    line: int | None = None


def refuse(problem: InputError) -> None:
    """Tell of a problem by raising it."""
    raise problem


def collect(
    text: str,
    mentions: Iterable[Marked],
    sections: Iterable[Marked],
    meta: dict[str, Any],
    path: Path,
    line: int | None,
    tell: Tell,
) -> AnnotatedText:
    """Make an annotated text of what a file marks.

    text (str): The text.
    mentions, sections (Iterable[Marked]): What is marked in it, in any order.
    meta (dict[str, Any]): Metadata with an "id".
    path (Path), line (int | None): Where it stands.
    tell (Tell): Told of every passage that is left out: of an unknown label, outside the text, without text, not the
        text that the file gives, over a line end (a mention), or overlapping one that is kept.
    RETURNS (AnnotatedText): With the passages that are good.
    """
    labels = known_labels()

    def keep(spans: Iterable[Marked], known: Sequence[str], flat: bool) -> list[Mention]:
        kept: list[Mention] = []
        # Of two that overlap the longer is kept, as the guidelines have it; the order of the file plays no part.
        for span in sorted(spans, key=lambda span: (span.start, -span.end, span.label)):
            problem = _problem(text, span, known, flat)
            if not problem and kept and span.start < kept[-1].end:
                last = kept[-1]
                problem = f"overlaps {last.label} {last.start}-{last.end}; keep one of them"
            if problem:
                where = f"{meta.get('id') or 'a document'}: {span.label} {span.start}-{span.end}"
                tell(InputError(f"{where} {problem}", path, span.line or line))
            else:
                kept.append(Mention(span.start, span.end, span.label))
        return kept

    found = AnnotatedText(text, meta=meta, path=path, line=line)
    found.mentions = keep(mentions, labels.entity_names, True)
    found.sections = keep(sections, labels.section_names, False)
    return found


def _problem(text: str, span: Marked, known: Sequence[str], flat: bool) -> str | None:
    stands = text[span.start : span.end] if 0 <= span.start <= span.end else ""
    if span.label not in known:
        return f"has an unknown label; use one of {', '.join(known)}"
    if not 0 <= span.start <= span.end <= len(text):
        return f"lies outside the text of {len(text)} characters; mend its offsets"
    if not stands.strip():
        return "is empty; mark some text or remove it"
    if span.text is not None and span.text != stands:
        return f"is {stands!r} in the text, not {span.text!r}; mend its offsets"
    if flat and "\n" in stands:
        return f"crosses a line end ({stands!r}); mark its parts"
    return None


def is_text(value: object) -> TypeGuard[str]:
    """Whether a value is text that can be written: a string without halves of surrogate pairs."""
    return isinstance(value, str) and not any("\ud800" <= char <= "\udfff" for char in value)


def by_label(spans: Iterable[Marked]) -> tuple[list[Marked], list[Marked]]:
    """Part mentions from sections by their labels; what has an unknown label goes with the mentions."""
    sections = set(known_labels().section_names)
    mentions: list[Marked] = []
    others: list[Marked] = []
    for span in spans:
        (others if span.label in sections else mentions).append(span)
    return mentions, others


def by_line(text: str, sections: Iterable[Marked]) -> list[Marked]:
    """Cut sections as people draw them at line ends.

    text (str): The text.
    sections (Iterable[Marked]): Passages over one line, part of one, or several.
    RETURNS (list[Marked]): A passage a line. What is the only one on its line is stretched to the line's text without
        outer white space, because a section is that of a line; passages out of the text are left as they are.
    """
    lines, offset = [], 0
    for line in text.split("\n"):
        if line.strip():
            start = offset + len(line) - len(line.lstrip())
            lines.append((start, offset + len(line.rstrip())))
        offset += len(line) + 1
    sections = list(sections)
    good = [span for span in sections if 0 <= span.start < span.end <= len(text)]
    cut, touching = [], set()
    for start, end in lines:
        here = [span for span in good if span.start < end and span.end > start]
        touching.update(here)
        if len(here) == 1:
            cut.append(here[0]._replace(start=start, end=end, text=None))
        else:
            # Several on a line stay what they are; writing paragraphs tells of them.
            cut += [span._replace(start=max(start, span.start), end=min(end, span.end), text=None) for span in here]
    return cut + [span for span in sections if span not in touching]
