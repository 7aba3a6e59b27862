"""`govner suggest`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Annotated

import spacy
import typer
from rich.markup import escape
from rich.table import Table
from spacy.language import Language

from govner.cli.common import console, write_text
from govner.cli.options import Files, Reading, reading, with_options
from govner.cli.running import tell_error
from govner.corpus.convert import write_docs
from govner.corpus.formats.registry import find_format, format_to_write
from govner.errors import InputError
from govner.evaluation.gold import read_gold
from govner.input.discovery import find_files
from govner.input.reader import read_inputs
from govner.loading import load_pipeline, require_annotations
from govner.own_labels import own_labels_of
from govner.progress import progress_bar
from govner.scheme import DISPLACY_COLORS
from govner.suggestion.pool import PoolReport, pool_report
from govner.suggestion.suggestions import Suggestion, excerpts, row_of, suggest
from govner.tagging import Tagged, tag_texts

_EXCERPT = 40


class By(str, Enum):
    """What is suggested."""

    paragraph = "paragraph"
    report = "report"


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("suggest")(suggest_command)


@with_options(reading=reading)
def suggest_command(
    model: Annotated[str, typer.Argument(help="Trained pipeline: a path or an installed package.")],
    files: Files,
    top: Annotated[int, typer.Option("--top", "-n", help="How many to suggest.", min=1)] = 50,
    by: Annotated[By, typer.Option("--by", help="Suggest paragraphs, or whole reports.")] = By.paragraph,
    per_report: Annotated[
        int | None, typer.Option("--per-report", help="At most so many paragraphs of a report.", min=1)
    ] = None,
    exclude: Annotated[
        list[Path] | None,
        typer.Option("--exclude", help="Annotated reports: what is in them, or like it, is done. May be repeated."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write them to annotate, as `govner corpus convert` writes its formats."),
    ] = None,
    target: Annotated[str | None, typer.Option("--to", help="Format to write, where --out does not tell.")] = None,
    json_path: Annotated[Path | None, typer.Option("--json", help="Write the list as JSON lines.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Decides between equals.")] = 0,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with code 1 if any report failed.")] = False,
    *,
    reading: Reading,
) -> None:
    """Suggest the paragraphs of raw reports whose annotation would help the model most.

    Each is scored by what the model does not know of it (entropy of its mentions and section, for its length), times
    how typical it is of these reports, times how much it differs from what is annotated or suggested before it.
    """
    if by is By.report and per_report is not None:
        raise InputError("--per-report is for paragraphs; leave it out, or --by report")
    if out is not None and (any(out.iterdir()) if out.is_dir() else out.exists()):
        raise InputError("exists, and what is annotated there would be lost; choose another --out", out)
    format = None if out is None else find_format(target) if target else format_to_write(out)
    annotated = _lines_of(exclude) if exclude else []
    nlp = load_pipeline(model)
    require_annotations(nlp, model)
    failed: list[InputError] = []
    pool = list(_read_pool(nlp, files, reading, failed))
    if not pool:
        raise typer.Exit(2)
    found = suggest(
        pool,
        top,
        whole_reports=by is By.report,
        per_report=per_report,
        annotated=annotated,
        seed=seed,
    )
    if not found:
        raise InputError("nothing is left to suggest: all of it is annotated; name other reports")
    console.print(_table(found))
    if len(found) < top:
        console.print(f"{len(found):,} of {top:,}: there are no more")
    if json_path is not None:
        rows = [json.dumps(row_of(suggestion), ensure_ascii=False) + "\n" for suggestion in found]
        write_text(json_path, "".join(rows))
        console.print(f"written: {escape(str(json_path))}")
    if out is not None and format is not None:
        written = write_docs(excerpts(found, nlp.vocab), out, format, own_labels_of(nlp.meta))
        console.print(f"written: {escape(str(written[0] if len(written) == 1 else out))}")
    if failed and strict:
        raise typer.Exit(1)


def _lines_of(paths: list[Path]) -> list[str]:
    """The paragraphs of annotated reports."""
    docs = read_gold(paths, spacy.blank("zh").vocab)
    return [line for doc in docs for line in doc.text.split("\n") if line.strip()]


def _read_pool(nlp: Language, files: list[str], reading: Reading, failed: list[InputError]) -> Iterator[PoolReport]:
    """Tag reports with a progress bar; name those that cannot be read and add them to `failed`."""
    paths = list(find_files(files))
    nlp.max_length = max(nlp.max_length, reading.limits.characters)
    with progress_bar("reading", None if len(paths) == 1 else len(paths), "reports") as bar:
        found = read_inputs(paths, columns=reading.columns, limits=reading.limits)
        for tagged in tag_texts(nlp, found, repair=reading.repair, batch_size=1):
            bar.advance(bar.task_ids[0])
            if isinstance(tagged, Tagged):
                yield pool_report(nlp, tagged)
            else:
                failed.append(tagged)
                tell_error(tagged)


def _table(suggestions: list[Suggestion]) -> Table:
    table = Table(title=f"{len(suggestions):,} to annotate, the best first", title_justify="left")
    for name in ("", "report", "line", "score", "unsure", "typical", "new", "section", "begins"):
        left = name in ("report", "section", "begins")
        table.add_column(name, justify="left" if left else "right", no_wrap=name in ("section", "begins"))
    for suggestion in suggestions:
        row, choice = row_of(suggestion), suggestion.choice
        figures = (choice.score, choice.uncertainty, choice.representativeness, choice.diversity)
        table.add_row(
            str(suggestion.rank),
            escape(row["report_id"]),
            str(row["line"]),
            *(f"{figure:.2f}" for figure in figures),
            f"[black on {DISPLACY_COLORS.get(row['section'], '#e4e7eb')}] {row['section']} [/]",
            escape(_clip(row["text"])),
        )
    return table


def _clip(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"
