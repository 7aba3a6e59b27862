"""Prodigy's JSONL: a task a paragraph, mentions as `spans`, the section as the choice accepted.

Keys as in the documentation of Prodigy's annotation interfaces (`ner_manual`, `spans_manual`, `choice`): offsets are
characters, `token_end` is the last token, inclusive. Prodigy keeps keys that it does not know, so that those under
`report` come back from `db-out`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from govner.corpus.formats.annotated import AnnotatedText
from govner.corpus.formats.checking import Marked, Tell, collect, is_text
from govner.corpus.formats.inline_files import file_names
from govner.corpus.formats.json_objects import read_json_objects, write_json_lines
from govner.corpus.formats.labels import known_labels
from govner.corpus.inline import Mention
from govner.errors import InputError

_SHAPE: Final = 'needs a JSON object with "text" and "spans": [{"start", "end", "label"}]'


def write_prodigy(texts: Sequence[AnnotatedText], out: Path) -> list[Path]:
    """Write tasks, one a line of the texts that is not empty; returns the file."""
    names = file_names(texts, out)
    write_json_lines(out, (task for name, text in zip(names, texts, strict=True) for task in _tasks(text, name)))
    return [out]


def _tasks(annotated: AnnotatedText, name: str) -> Iterator[dict[str, Any]]:
    options = [{"id": label.name, "text": f"{label.name}: {label.meaning}"} for label in known_labels().sections]
    lines = annotated.lines()
    for number, (offset, line) in enumerate(lines, 1):
        end = offset + len(line)
        mentions = [span for span in annotated.mentions if offset <= span.start and span.end <= end]
        sections = [span.label for span in annotated.sections if span.start < end and span.end > offset]
        yield {
            "text": line,
            # One token a character, so that every mention fits.
            "tokens": [
                {"text": char, "start": at, "end": at + 1, "id": at, "ws": False} for at, char in enumerate(line)
            ],
            "spans": [_span(span, offset) for span in mentions],
            "options": options,
            "accept": sections,
            "meta": {"report": name, "paragraph": number},
            "report": {"meta": {"id": name, **annotated.meta}, "paragraph": number, "paragraphs": len(lines)},
        }


def _span(span: Mention, offset: int) -> dict[str, Any]:
    start, end = span.start - offset, span.end - offset
    return {"start": start, "end": end, "token_start": start, "token_end": end - 1, "label": span.label}


def read_prodigy(path: Path, tell: Tell) -> Iterator[AnnotatedText]:
    """Read tasks as we write them or as `prodigy db-out` does.

    path (Path): The file.
    tell (Tell): Told of tasks and passages that are left out: answered reject or ignore, answered more than once.
    YIELDS (AnnotatedText): Tasks of a report put together in its order; a task of no report is a text of its own.
    RAISES (InputError): The file cannot be read.
    """
    reports: dict[str, dict[int, tuple[int, dict[str, Any]]]] = {}
    for line, task in read_json_objects(path, _SHAPE, tell):
        if not is_text(task.get("text")) or not isinstance(task.get("spans", []), list):
            tell(InputError(_SHAPE, path, line))
            continue
        name, number = _place(task) or (f"{path.stem}-{line}", 1)
        if task.get("answer", "accept") != "accept":
            tell(InputError(f"{name}: paragraph {number} was answered {task['answer']!r}; it is left out", path, line))
        elif number in reports.setdefault(name, {}):
            first = reports[name][number][0]
            problem = f"{name}: paragraph {number} is annotated in line {first} too; keep one of the two"
            tell(InputError(problem, path, line))
        else:
            reports[name][number] = (line, task)
    for name, tasks in reports.items():
        if tasks:
            yield _put_together(name, [tasks[number] for number in sorted(tasks)], path, tell)


def _place(task: dict[str, Any]) -> tuple[str, int] | None:
    """The id of a task's report and the number of its paragraph."""
    try:
        return str(task["report"]["meta"]["id"]), int(task["report"]["paragraph"])
    except (KeyError, TypeError, ValueError):
        return None


def _put_together(name: str, tasks: list[tuple[int, dict[str, Any]]], path: Path, tell: Tell) -> AnnotatedText:
    first, task = tasks[0]
    report = task.get("report") if _place(task) else None
    wanted = report.get("paragraphs") if report else None
    if isinstance(wanted, int) and len(tasks) < wanted:
        tell(InputError(f"{name}: {wanted - len(tasks)} of {wanted} paragraphs are not in the file", path, first))
    text, mentions, sections = "", [], []
    for line, task in tasks:
        text += "\n" if text else ""
        offset, words = len(text), task["text"]
        text += words
        inside, chosen = [], task.get("accept") or []
        for span in task.get("spans") or []:
            passage = _passage(span)
            if passage is None:
                tell(InputError(_SHAPE, path, line))
            else:
                inside.append(passage)
        # Checked against the task, so that messages name its line and the offsets that stand there.
        part = collect(words, inside, [], {"id": name}, path, line, tell)
        mentions += [Marked(span.start + offset, span.end + offset, span.label) for span in part.mentions]
        if len(chosen) > 1:
            tell(InputError(f"{name}: has {len(chosen)} sections; the first is kept", path, line))
        if chosen and words.strip():
            start = offset + len(words) - len(words.lstrip())
            sections.append(Marked(start, offset + len(words.rstrip()), str(chosen[0])))
    return collect(text, mentions, sections, report["meta"] if report else {"id": name}, path, first, tell)


def _passage(span: Any) -> Marked | None:
    try:
        text = span.get("text")
        return Marked(int(span["start"]), int(span["end"]), str(span["label"]), text if is_text(text) else None)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        return None
