"""The manifest of a site: what was run, then a line for each file whose pages are written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from govner.engine.writing import append_line, new_file
from govner.errors import InputError
from govner.view.summary import Summary

# Directories with a file of this name are not read as reports.
NAME: Final = "manifest.jsonl"


class SiteManifest:
    """The manifest in the directory of a site.

    directory (Path): The site's directory.
    """

    def __init__(self, directory: Path) -> None:
        self.path = directory / NAME
        self.is_there = self.path.exists()
        # Files that are done, each with its fingerprint and its reports.
        self.done: dict[str, tuple[str, list[Summary]]] = {}

    def begin(self, about: dict[str, Any], stamps: Mapping[str, str], resume: bool) -> list[Summary]:
        """Begin a run, or go on with one.

        about (dict[str, Any]): What tells runs apart, as plain values.
        stamps (Mapping[str, str]): The `fingerprint` of each file to be read.
        resume (bool): Go on: files that are done and unchanged stay in `done`.
        RETURNS (list[Summary]): Reports of an earlier run whose pages are to be done anew or are gone.
        RAISES (InputError): There is a run that was stopped and `resume` is not set, one of another kind, or something
            else.
        """
        found = self._read()
        if found is None:
            self._write_anew(about)
            return []
        run, done, is_finished = found
        if not resume and not is_finished:
            raise InputError("holds a run that was stopped; go on with --resume, or delete it", self.path.parent)
        if resume:
            for name, value in about.items():
                if run.get(name) != value:
                    raise InputError(
                        f"holds a run with {name} {run.get(name)!r}, not {value!r}; use the same, or another --out",
                        self.path.parent,
                    )
            self.done = {path: kept for path, kept in done.items() if kept[0] and kept[0] == stamps.get(path)}
        self._write_anew(about)
        return [summary for path, (_, all) in done.items() if path not in self.done for summary in all]

    def add(self, path: str, stamp: str, summaries: list[Summary]) -> None:
        """Say that the pages of a file are written; without a `stamp` they are done anew when a run goes on."""
        self.done[path] = (stamp, summaries)
        append_line(self.path, _line(path, stamp, summaries))

    def finish(self) -> None:
        """Say that all is done."""
        append_line(self.path, json.dumps({"finished": len(self.done)}))

    def _write_anew(self, about: dict[str, Any]) -> None:
        lines = [json.dumps({"run": about}, ensure_ascii=False)]
        lines += [_line(path, *kept) for path, kept in self.done.items()]
        with new_file(self.path) as place:
            place.write_text("\n".join(lines) + "\n", encoding="utf8")

    def _read(self) -> tuple[dict[str, Any], dict[str, tuple[str, list[Summary]]], bool] | None:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            # A last line that was not written whole is left out.
            first, *lines = [json.loads(line) for line in data[: data.rfind(b"\n") + 1].splitlines()]
            run = first["run"]
            if run["task"] != "view":
                raise ValueError
            done = {
                line["file"]: (line["fingerprint"], [Summary.model_validate(one) for one in line["reports"]])
                for line in lines
                if "file" in line
            }
        except (ValueError, KeyError, TypeError):
            raise InputError(
                "is no manifest of pages; delete the directory or choose another --out", self.path
            ) from None
        return run, done, bool(lines) and "finished" in lines[-1]


def fingerprint(path: str) -> str:
    """Size and time of a file; "" for what is no file and cannot be told apart from what it was."""
    try:
        about = Path(path).stat()
    except OSError:
        return ""
    return f"{about.st_size}-{about.st_mtime_ns}"


def _line(path: str, stamp: str, summaries: list[Summary]) -> str:
    reports = [summary.model_dump(mode="json") for summary in summaries]
    return json.dumps({"file": path, "fingerprint": stamp, "reports": reports}, ensure_ascii=False)
