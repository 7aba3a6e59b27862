"""Pages of many reports: a page each, an index, and a comparison for each body with reports of several years.

Reports are written one after another and not kept; their records lie beside the pages, from where those of one body
are read again to be compared.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from govner.engine.writing import new_file
from govner.errors import InputError
from govner.records.comparison.series import compare_records
from govner.records.schema import Record
from govner.tagging import Tagged
from govner.view.body import BodyLink, render_body
from govner.view.index import render_index
from govner.view.manifest import SiteManifest
from govner.view.names import FileNames
from govner.view.page import render_page
from govner.view.report import page_report
from govner.view.summary import Summary, summarize

_PAGES, _BODIES, _RECORDS = "pages", "bodies", "records"
_INDEX: Final = "index.html"
# An --out that ends so is a page, any other a directory.
PAGE_SUFFIXES: Final = (".html", ".htm")


class Site:
    """Pages being written.

    out (Path): A directory, which gets index.html, pages/, bodies/, records/ and the manifest; or the file of the
        index, NAME.html, with the rest in NAME_files/ beside it.
    about (dict[str, Any]): What tells runs apart, as plain values: model, options.
    stamps (Mapping[str, str]): The `fingerprint` of each file to be read.
    resume (bool): Go on with a run that was stopped.
    RAISES (InputError): `out` holds something else; OSError where it cannot be written.
    """

    def __init__(self, out: Path, about: dict[str, Any], stamps: Mapping[str, str], resume: bool) -> None:
        is_file = out.suffix.lower() in PAGE_SUFFIXES
        self.index = out if is_file else out / _INDEX
        self.directory = out.with_name(f"{out.stem}_files") if is_file else out
        self._prefix = f"{quote(self.directory.name)}/" if is_file else ""
        # From a page back to the index.
        self._home = f"../../{quote(out.name)}" if is_file else f"../{_INDEX}"
        self._names = FileNames()
        self._manifest = SiteManifest(self.directory)
        if not self._manifest.is_there:
            self._refuse_foreign()
        self.directory.mkdir(parents=True, exist_ok=True)
        for summary in self._manifest.begin({"task": "view", **about}, stamps, resume):
            for path in (self._page_path(summary), self._record_path(summary)):
                path.unlink(missing_ok=True)
        done = self._manifest.done
        for source in [source for source, (_, all) in done.items() if not self._has_pages(all)]:
            del done[source]
        for summary in self._summaries():
            self._names.keep(summary.page)

    @property
    def done(self) -> frozenset[str]:
        """Files whose pages are written."""
        return frozenset(self._manifest.done)

    def add(self, tagged: Tagged) -> Summary:
        """Write the page and the record of a report.

        tagged (Tagged): The report.
        RETURNS (Summary): To be given to `close_file` when the last of its file is written.
        """
        report = page_report(tagged)
        summary = summarize(report, self._names.make(report.record.id))
        _write(self._page_path(summary), render_page(report, self._home).encode())
        # Without time stamp: the same record is the same file.
        _write(self._record_path(summary), gzip.compress(report.record.model_dump_json().encode(), mtime=0))
        return summary

    def close_file(self, path: str, stamp: str, summaries: list[Summary]) -> None:
        """Say that all reports of a file are written.

        path, stamp (str): The file, and its `fingerprint` before it was read; "" where some of its rows could not be.
        summaries (list[Summary]): Its reports.
        """
        self._manifest.add(path, stamp, summaries)

    def finish(self) -> int:
        """Write comparisons and index.

        RETURNS (int): How many reports the index has.
        """
        summaries = sorted(self._summaries(), key=_order)
        for path in (self.directory / _BODIES).glob("*.html"):
            path.unlink()
        bodies = list(self._write_bodies(summaries))
        _write(self.index, render_index(summaries, bodies, self._prefix).encode())
        self._manifest.finish()
        return len(summaries)

    def _refuse_foreign(self) -> None:
        """Nothing that is not ours is written over or among."""
        mine = [self.directory / name for name in (_PAGES, _BODIES, _RECORDS)]
        if self.index.parent == self.directory:
            mine.append(self.index)
        for path in mine:
            if path.exists():
                raise InputError(
                    f"holds {path.name}, which no run of this command wrote; choose another --out", self.directory
                )

    def _write_bodies(self, summaries: list[Summary]) -> Iterator[BodyLink]:
        by_body: defaultdict[str, list[Summary]] = defaultdict(list)
        for summary in summaries:
            if summary.body is not None and summary.year is not None:
                by_body[summary.body].append(summary)
        names = FileNames()
        for body, reports in by_body.items():
            years = sorted({summary.year for summary in reports if summary.year is not None})
            if len(years) < 2:
                continue
            name = names.make(body)
            comparison = compare_records(map(self._read_record, reports))
            pages = {summary.report_id: f"../{_PAGES}/{quote(summary.page)}.html" for summary in reports}
            _write(self.directory / _BODIES / f"{name}.html", render_body(comparison, pages, self._home).encode())
            yield BodyLink(body, years, f"{_BODIES}/{quote(name)}.html")

    def _summaries(self) -> list[Summary]:
        return [summary for _, all in self._manifest.done.values() for summary in all]

    def _has_pages(self, summaries: list[Summary]) -> bool:
        return all(self._page_path(one).is_file() and self._record_path(one).is_file() for one in summaries)

    def _read_record(self, summary: Summary) -> Record:
        return Record.model_validate_json(gzip.decompress(self._record_path(summary).read_bytes()))

    def _page_path(self, summary: Summary) -> Path:
        return self.directory / _PAGES / f"{summary.page}.html"

    def _record_path(self, summary: Summary) -> Path:
        return self.directory / _RECORDS / f"{summary.page}.json.gz"


def _order(summary: Summary) -> tuple[str, int, str, str]:
    """By body and year; what has none comes last."""
    return summary.body or "\uffff", summary.year or 0, summary.name, summary.page


def _write(path: Path, data: bytes) -> None:
    with new_file(path) as place:
        place.write_bytes(data)
