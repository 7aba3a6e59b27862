"""`govner corpus check`, `stats` and `convert`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import spacy
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from govner.cli.common import console, load_pipeline
from govner.corpus.checks import check_files
from govner.corpus.convert import write_docs
from govner.corpus.reader import read_reports
from govner.corpus.statistics import FACETS, Statistics, count
from govner.evaluation.gold import read_gold
from govner.scheme import ENTITY_LABELS, SECTION_LABELS
from govner.text.files import expand_paths

app = typer.Typer(help="Check, count and convert annotated reports.", no_args_is_help=True)

_SPLITS = ("train", "dev", "test")


@app.command("check")
def check(
    paths: Annotated[list[Path], typer.Argument(help="Annotated files, or directories of them.")],
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
    paragraphs = sum(len(report.paragraphs) for report in result.reports)
    console.print(
        f"{len(result.reports)} reports, {paragraphs} paragraphs, {result.mentions} mentions, "
        f"{result.lost} lost to tokenization, {len(result.problems)} problems"
    )
    if result.problems:
        raise typer.Exit(2)


@app.command("stats")
def stats(
    paths: Annotated[list[Path], typer.Argument(help="Annotated files, or directories of them.")],
) -> None:
    """Count reports, characters, mentions and sections, by split and by kind of report."""
    show_statistics(count(read_reports(paths)))


@app.command("convert")
def convert(
    paths: Annotated[list[Path], typer.Argument(help="Inline files, directories of them, .spacy or .jsonl files.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="NAME.spacy, NAME.jsonl, or a directory for inline files.")],
    split: Annotated[str | None, typer.Option(help="Only reports of this split.")] = None,
) -> None:
    """Convert annotated reports; mentions, sections and front matter are kept."""
    docs = list(read_gold(paths, spacy.blank("zh").vocab, split))
    written = write_docs(docs, out)
    console.print(f"{len(docs)} reports in {escape(str(written[0] if len(written) == 1 else out))}")


def show_statistics(found: Statistics) -> None:
    """Print counts as tables."""
    middle = found.lengths[len(found.lengths) // 2]
    console.print(
        f"{found.reports} reports, {found.characters:,} characters "
        f"(shortest {found.lengths[0]:,}, median {middle:,}, longest {found.lengths[-1]:,}), "
        f"{found.paragraphs:,} paragraphs, {found.bare / found.paragraphs:.0%} of them without mention"
    )
    console.print(_by_split("mentions", found.mentions, ENTITY_LABELS))
    console.print(_by_split("sections, paragraphs", found.sections, SECTION_LABELS))
    for facet in FACETS:
        values = ", ".join(f"{value or '-'} {number}" for value, number in found.facets[facet].most_common())
        console.print(f"{facet}: {escape(values)}")
    console.print("year: " + ", ".join(f"{year or '-'} {number}" for year, number in sorted(found.years.items())))


def _by_split(title: str, counts: Counter[tuple[str, str]], labels: tuple[str, ...]) -> Table:
    splits = [*_SPLITS, *sorted({split for split, _ in counts} - set(_SPLITS))]
    table = Table("label", title=title, title_justify="left")
    for split in (*splits, "all"):
        table.add_column(split or "no split", justify="right")
    for label in labels:
        cells = [counts[split, label] for split in splits]
        table.add_row(label, *(f"{cell:,}" for cell in (*cells, sum(cells))))
    return table


def _with_duty(paths: list[Path]) -> Iterator[tuple[Path, bool]]:
    """Files to check; those of a directory are a corpus and must have front matter."""
    for path in paths:
        is_corpus = path.is_dir()
        for file in expand_paths([path]):
            yield file, is_corpus


def _tokenizer() -> spacy.language.Language:
    tokenizer = {"@tokenizers": "govner.CharacterTokenizer.v1"}
    return spacy.blank("zh", config={"nlp": {"tokenizer": tokenizer}})
