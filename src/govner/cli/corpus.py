"""`govner corpus check`, `convert` and `augment`; `stats` and `agree` are in `corpus_figures`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Annotated

import spacy
import typer
from rich.console import Console
from rich.markup import escape

from govner.cli import corpus_figures
from govner.cli.common import console, write_text
from govner.corpus.checks import CheckResult, check_files
from govner.corpus.consistency import KINDS, Finding, find_inconsistencies, read_allowed, unexplained
from govner.corpus.convert import convert_files, doc_to_report
from govner.corpus.formats.interfaces import INTERFACES
from govner.corpus.formats.labels import known_labels
from govner.corpus.formats.registry import FORMATS, find_format
from govner.corpus.inline import Report, format_report, read_report
from govner.corpus.overlap import MOST, RUN, measure_overlap, read_phrases
from govner.corpus.reader import report_to_doc
from govner.errors import InputError
from govner.loading import load_pipeline
from govner.progress import progress_bar
from govner.text.files import expand_paths

app = typer.Typer(help="Check, count, compare, convert and vary annotated reports.", no_args_is_help=True)
corpus_figures.register(app)

# How many places of a finding are shown.
_SHOWN = 5
_NAMES = ", ".join(FORMATS)


@app.command("check")
def check(
    paths: Annotated[list[Path], typer.Argument(help="Annotated files, or directories of them.")],
    consistency: Annotated[
        bool, typer.Option("--consistency", help="Also list what is marked in one place and not in another.")
    ] = False,
    overlap: Annotated[
        bool, typer.Option("--overlap", help=f"Also list pairs of reports that share too many {RUN}-character runs.")
    ] = False,
    allow: Annotated[
        Path | None, typer.Option(help="Findings that are explained (default: allowed.tsv beside the directory).")
    ] = None,
    phrases: Annotated[
        Path | None, typer.Option(help="Set phrases that may recur (default: set_phrases.txt beside the directory).")
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Check alignment with this pipeline's tokens (default: ours).")
    ] = None,
) -> None:
    """Check annotated reports: format, labels, front matter, text, alignment with the tokens, duplicates.

    A file NAME.annotated.txt is compared with NAME.txt beside it. Exit code 2 if there is any problem.
    """
    result = check_files(_with_duty(paths), load_pipeline(model) if model else _tokenizer())
    stderr = Console(stderr=True, highlight=False, soft_wrap=True)
    for problem in result.problems:
        stderr.print(f"[red]error:[/red] {escape(str(problem))}")
    counts = (
        f"{len(result.reports)} reports, {sum(len(report.paragraphs) for report in result.reports)} paragraphs, "
        f"{result.mentions} mentions, {result.lost} lost to tokenization"
    )
    further = []
    if consistency:
        further += list(_inconsistencies(result, allow or _beside(paths, "allowed.tsv")))
    if overlap:
        further += list(_overlaps(result.reports, phrases or _beside(paths, "set_phrases.txt")))
    for line in further:
        stderr.print(f"[red]error:[/red] {escape(line)}")
    console.print(f"{counts}, {len(result.problems) + len(further)} problems")
    if result.problems or further:
        raise typer.Exit(2)


@app.command("convert")
def convert(
    paths: Annotated[list[Path], typer.Argument(help="Files and directories in any format.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="A file, or a directory; its suffix tells the format.")],
    source: Annotated[
        str | None, typer.Option("--from", help=f"Format of the input, where its name does not tell: {_NAMES}.")
    ] = None,
    target: Annotated[str | None, typer.Option("--to", help="Format to write, where --out does not tell.")] = None,
    split: Annotated[str | None, typer.Option(help="Only reports of this split.")] = None,
    section: Annotated[
        str | None, typer.Option(help="Section of lines that have none; without it inline files cannot be written.")
    ] = None,
) -> None:
    """Convert annotated reports between formats; mentions, sections and front matter are kept.

    What cannot be read or written is listed, a line each; the rest is written. Exit code 2 if there is any.
    """
    with progress_bar("converting", None, "reports") as bar:
        result = convert_files(
            paths,
            out,
            source=find_format(source) if source else None,
            target=find_format(target) if target else None,
            split=split,
            section=section,
            advance=lambda: bar.advance(bar.task_ids[0]),
        )
    stderr = Console(stderr=True, highlight=False, soft_wrap=True)
    for problem in result.problems:
        stderr.print(f"[red]error:[/red] {escape(str(problem))}")
    where = result.written[0] if len(result.written) == 1 else out
    console.print(
        f"{result.reports} reports in {escape(str(where))}: {result.mentions:,} mentions, {result.sections:,} sections"
        + (f", {len(result.problems)} problems" if result.problems else "")
    )
    if result.problems:
        raise typer.Exit(2)


@app.command("label-config")
def label_config(
    tool: Annotated[str, typer.Argument(help=f"One of {', '.join(INTERFACES)}.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write files into this directory.")] = None,
) -> None:
    """Print what an annotation tool needs to know of our labels: names, meanings, colours, keys."""
    if tool not in INTERFACES:
        raise InputError(f"no settings for {tool!r}; use one of {', '.join(INTERFACES)}")
    files = INTERFACES[tool](known_labels())
    for name, content in files.items():
        if out is not None:
            write_text(out / name, content)
            continue
        if len(files) > 1:
            typer.echo(f"# {name}")
        typer.echo(content, nl=False)


@app.command("augment")
def augment(
    path: Annotated[Path, typer.Argument(help="An annotated file.")],
    variations: Annotated[
        list[str] | None, typer.Option("--with", help="A variation; repeat it for several. Without it, all are named.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed, another outcome.")] = 0,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write to this file, not to the screen.")] = None,
) -> None:
    """Show what a variation of the training data does to a report."""
    # Only here and in training are the script converters needed.
    from govner.corpus.augment.variations import VARIATIONS, vary

    if not variations:
        for name, plan in VARIATIONS.items():
            summary = (plan.__doc__ or "").split("\n")[0].removeprefix("Plan ")
            console.print(f"[bold]{name:<16}[/bold] {escape(summary)}")
        return
    report = read_report(path)
    doc = vary(report_to_doc(report, spacy.blank("zh").vocab), variations, Random(seed))
    varied = doc_to_report(doc)
    text = format_report(Report(varied.paragraphs, report.meta))
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_text(out, text)


def _inconsistencies(result: CheckResult, allow: Path | None) -> Iterator[str]:
    allowed = read_allowed(allow) if allow else []
    for finding in unexplained(find_inconsistencies(result.reports), allowed, allow):
        yield _describe(finding) if isinstance(finding, Finding) else str(finding)


def _describe(finding: Finding) -> str:
    places = [f"{place.path}:{place.line} {place.context}" for place in finding.places[:_SHOWN]]
    rest = f"; and {len(finding.places) - _SHOWN} more" if len(finding.places) > _SHOWN else ""
    marked = f" ({finding.detail})" if finding.detail else ""
    return f"{finding.kind} {finding.text!r}, {KINDS[finding.kind]}{marked}: {'; '.join(places)}{rest}"


def _overlaps(reports: list[Report], phrases: Path | None) -> Iterator[str]:
    for pair in measure_overlap(reports, read_phrases(phrases) if phrases else (), MOST):
        yield (
            f"{pair.shorter.path}: {pair.share:.0%} of it stands in {pair.longer.path} too, such as "
            f"{pair.example[:40]!r}; rewrite it"
        )


def _beside(paths: list[Path], name: str) -> Path | None:
    """A file beside the first directory among some paths, if there is one."""
    found = [path.resolve().parent / name for path in paths if path.is_dir()]
    return next((path for path in found if path.exists()), None)


def _with_duty(paths: list[Path]) -> Iterator[tuple[Path, bool]]:
    """Files to check; those of a directory are a corpus and must have front matter."""
    for path in paths:
        is_corpus = path.is_dir()
        for file in expand_paths([path]):
            yield file, is_corpus


def _tokenizer() -> spacy.language.Language:
    tokenizer = {"@tokenizers": "govner.CharacterTokenizer.v1"}
    return spacy.blank("zh", config={"nlp": {"tokenizer": tokenizer}})
