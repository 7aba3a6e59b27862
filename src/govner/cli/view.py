"""`govner view`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from govner import __version__
from govner.cli.common import console, write_text
from govner.cli.options import Files, Reading, reading, with_options
from govner.cli.running import tag_files
from govner.errors import InputError
from govner.input.discovery import find_files
from govner.loading import model_digest
from govner.tagging import Tagged
from govner.view.manifest import fingerprint
from govner.view.page import render_page
from govner.view.report import page_report
from govner.view.site import PAGE_SUFFIXES, Site


def register(app: typer.Typer) -> None:
    """Add the command to the tool."""
    app.command("view")(view)


@with_options(reading=reading)
def view(
    model: Annotated[str, typer.Argument(help="Trained pipeline: a path or an installed package.")],
    files: Files,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The page to write (NAME.html), or a directory for an index and pages.")
    ] = Path("page.html"),
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the pages in --out that were begun.")] = False,
    *,
    reading: Reading,
) -> None:
    """Write pages to look at: text with coloured mentions, outline, record, findings; an index of several reports.

    One report is one self-contained page. Of several, --out DIR gets index.html and a page each; --out NAME.html is the
    index, with the pages in NAME_files/. A file that cannot be read is named and left out, and the exit code is 2.
    """
    failed: list[InputError] = []
    stamps = {path: fingerprint(path) for path in find_files(files)}

    def tag(done: frozenset[str] = frozenset()) -> Iterator[Tagged]:
        return tag_files(files, model, reading, failed, done)

    reports = tag()
    # Nothing is begun before a report could be read, and one report needs no index.
    first = [] if resume else list(islice(reports, 2))
    if not resume and len(first) < 2 and out.suffix.lower() in PAGE_SUFFIXES:
        for tagged in first:
            write_text(out, render_page(page_report(tagged)))
            console.print(f"page: {escape(str(out))}")
    elif resume or first:
        about = {"version": __version__, "model": model, "model_digest": model_digest(model), "repair": reading.repair}
        about |= {"columns": asdict(reading.columns), "limits": asdict(reading.limits)}
        try:
            site = Site(out, about, stamps, resume)
            _write_pages(site, tag(site.done) if resume else chain(first, reports), stamps, failed)
            number = site.finish()
        except OSError as error:
            raise InputError(f"cannot be written ({error.strerror}); choose another place", out) from None
        console.print(f"{number:,} pages, index: {escape(str(site.index))}")
    if failed:
        raise typer.Exit(2)


def _write_pages(
    site: Site, reports: Iterator[Tagged], stamps: Mapping[str, str], failed: Sequence[InputError]
) -> None:
    """Write the pages of one file after another; a file of which a row could not be read is none that is done."""
    for path, inside in groupby(reports, key=lambda tagged: tagged.text.path):
        summaries = [site.add(tagged) for tagged in inside]
        is_whole = all(error.path != path for error in failed)
        site.close_file(path, stamps.get(path, "") if is_whole else "", summaries)
