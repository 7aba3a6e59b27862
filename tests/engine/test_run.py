"""Runs over many reports: the same rows however the work is spread, stopped and taken up again."""

import csv
import fcntl
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine_runs import report_text, rows_of_run, write_reports
from govner.engine.job import Job, Task
from govner.engine.manifest import Manifest
from govner.engine.run import Summary, run_job
from govner.engine.tables import schemas
from govner.errors import InputError
from govner.input.limits import Limits
from govner.progress import RunProgress
from govner.records.reading import read_many


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reports(tmp_path_factory.mktemp("reports"), 80)


@pytest.fixture(scope="module")
def expected(small_model: Path, reports: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What an undisturbed run of one process writes."""
    out = tmp_path_factory.mktemp("expected")
    tag(small_model, [reports], out)
    return rows_of_run(out)


def tag(model: Path, paths: list[Path], out: Path, **options: Any) -> Summary:
    limits = options.pop("limits", Limits())
    return run_job(Job("tag", str(model), limits=limits), list(map(str, paths)), out, **options)


# The same rows


def test_processes_and_cluster_give_the_rows_of_one_process(
    small_model: Path, reports: Path, expected: dict[str, list[Any]], tmp_path: Path
) -> None:
    """On a cluster of two workers that Ray starts on this machine."""
    for name, options in (("two", {"processes": 2}), ("ray", {"processes": 2, "engine": "ray"})):
        summary = tag(small_model, [reports], tmp_path / name, **options)
        assert rows_of_run(tmp_path / name) == expected
        assert (summary.reports, summary.errors) == (80, 0)
        assert summary.rows["mentions"] == len(expected["mentions"])


def test_records_of_a_run_are_those_of_read_many(small_model: Path, reports: Path, tmp_path: Path) -> None:
    run_job(Job("records", str(small_model)), [str(reports)], tmp_path / "out")
    rows = rows_of_run(tmp_path / "out", "records")
    records = list(read_many([reports], model=str(small_model)))
    assert [row["report_id"] for row in rows["reports"]] == [record.id for record in records]
    facts = [(record.id, fact.evidence.start, fact.metric) for record in records for fact in record.facts]
    assert [(row["report_id"], row["start"], row["metric"]) for row in rows["facts"]] == facts


@pytest.mark.parametrize("task", ["tag", "records"])
def test_every_format_has_every_table_with_its_columns(small_model: Path, tmp_path: Path, task: Task) -> None:
    reports = write_reports(tmp_path / "reports", 3)
    job = Job(task, str(small_model))
    for format in ("parquet", "csv", "jsonl", "xlsx", "duckdb"):
        run_job(job, [str(reports)], tmp_path / format, format=format)  # type: ignore[arg-type]
    database = duckdb.connect(str(tmp_path / "duckdb" / "records.duckdb"), read_only=True)
    book = openpyxl.load_workbook(tmp_path / "xlsx" / "records.xlsx")
    for name, schema in schemas(task).items():
        table = pq.read_table(tmp_path / "parquet" / name)
        assert table.schema.equals(schema)
        with (tmp_path / "csv" / f"{name}.csv").open(encoding="utf8", newline="") as file:
            header, *rows = csv.reader(file)
        assert (header, len(rows)) == (schema.names, table.num_rows)
        lines = (tmp_path / "jsonl" / f"{name}.jsonl").read_text("utf8").splitlines()
        assert [json.loads(line) for line in lines] == table.to_pylist()
        assert database.execute(f'SELECT * FROM "{name}"').fetchall() == [
            tuple(row.values()) for row in table.to_pylist()
        ]
        assert [cell.value for cell in book[name][1]] == schema.names
    assert not list(tmp_path.glob("*/.*")), "nothing hidden is left behind"


def test_rows_of_files_are_reports_of_their_own(small_model: Path, tmp_path: Path) -> None:
    rows = [{"id": f"r{number}", "text": report_text(number)} for number in range(5)]
    (tmp_path / "a.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in rows) + '{"id": "x"}\nnot json\n', "utf8"
    )
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "b.parquet")
    with (tmp_path / "c.csv").open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, ["text", "year"])
        writer.writeheader()
        writer.writerows({"text": row["text"], "year": 2017} for row in rows)
    (tmp_path / "d.json").write_text(json.dumps([row["text"] for row in rows]), "utf8")
    summary = tag(
        small_model, [tmp_path / name for name in ("a.jsonl", "b.parquet", "c.csv", "d.json")], tmp_path / "out"
    )
    assert (summary.reports, summary.errors) == (20, 2)
    found = rows_of_run(tmp_path / "out")
    ids = [row["report_id"] for row in found["reports"]]
    assert ids == [*[f"r{n}" for n in range(5)] * 2, *[f"c:{n}" for n in range(1, 6)], *[f"d:{n}" for n in range(1, 6)]]
    assert [(row["row"], row["stage"]) for row in found["errors"]] == [(6, "read"), (7, "read")]
    assert [row["encoding"] for row in found["reports"] if row["format"] == "csv"] == [None] * 5
    assert {row["report_id"]: row["text"] for row in found["texts"]}["c:3"] == report_text(2)


def test_standard_input_is_a_report(small_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(report_text(1).encode("gb18030"))))
    tag(small_model, [Path("-")], tmp_path / "out")
    rows = rows_of_run(tmp_path / "out")
    assert [(row["report_id"], row["path"], row["encoding"]) for row in rows["reports"]] == [("stdin", "-", "gb18030")]
    assert rows["texts"] == [{"report_id": "stdin", "text": report_text(1)}]


# Stopped and taken up again


def stop_after(out: Path, chunks: int) -> None:
    """Make a finished run look as one stopped by kill -9 while it wrote the line of the next chunk."""
    manifest = Manifest(out).path
    lines = manifest.read_bytes().splitlines(keepends=True)
    manifest.write_bytes(b"".join(lines[: chunks + 1]) + lines[chunks + 1][:20])
    (out / "mentions" / ".part-000001.parquet.1.tmp").write_bytes(b"half")


def test_a_stopped_run_goes_on_where_it_was(
    small_model: Path, reports: Path, expected: dict[str, list[Any]], tmp_path: Path
) -> None:
    tag(small_model, [reports], tmp_path)
    stop_after(tmp_path, 2)
    with pytest.raises(InputError, match="holds a run that was stopped; go on with --resume"):
        tag(small_model, [reports], tmp_path)
    begun: list[tuple[int, int]] = []
    summary = tag(
        small_model,
        [reports],
        tmp_path,
        resume=True,
        processes=2,
        progress=RunProgress(begin=lambda *n: begun.append(n)),
    )
    assert rows_of_run(tmp_path) == expected
    assert begun == [(64, 80)] and (summary.kept, summary.reports) == (64, 80)
    assert not list(tmp_path.rglob("*.tmp"))
    again = tag(small_model, [reports], tmp_path, resume=True)
    assert (again.kept, again.reports) == (80, 80)


def test_files_that_change_or_vanish_are_done_again(small_model: Path, tmp_path: Path) -> None:
    reports, out = write_reports(tmp_path / "reports", 60), tmp_path / "out"
    tag(small_model, [reports], out)
    stop_after(out, 3)
    (reports / "report-001.txt").write_text(report_text(200), "utf8")
    (reports / "report-004.txt").unlink()
    (reports / "report-500.txt").write_text(report_text(500), "utf8")
    tag(small_model, [reports], out, resume=True)
    tag(small_model, [reports], tmp_path / "fresh")
    assert rows_of_run(out) == rows_of_run(tmp_path / "fresh")


def test_a_file_that_is_gone_when_its_turn_comes_is_an_error_until_it_is_back(
    small_model: Path, tmp_path: Path
) -> None:
    reports, out = write_reports(tmp_path / "reports", 8), tmp_path / "out"
    last = reports / "report-007.txt"
    text = last.read_bytes()
    progress = RunProgress(begin=lambda done, total: last.unlink(missing_ok=True))
    summary = tag(small_model, [reports], out, progress=progress)
    [error] = rows_of_run(out)["errors"]
    assert (summary.errors, error["report_id"], error["reason"]) == (1, "report-007", "no such file; check the path")
    last.write_bytes(text)
    tag(small_model, [reports], out, resume=True)
    tag(small_model, [reports], tmp_path / "fresh")
    assert rows_of_run(out) == rows_of_run(tmp_path / "fresh")


def test_rows_of_a_file_are_taken_up_again_and_those_of_a_changed_one_anew(small_model: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "all.jsonl", tmp_path / "out"
    source.write_text("".join(json.dumps({"text": report_text(n)}) + "\n" for n in range(50)), "utf8")
    tag(small_model, [source], out)
    stop_after(out, 2)
    assert tag(small_model, [source], out, resume=True).kept == 32
    stop_after(out, 2)
    source.write_text("".join(json.dumps({"text": report_text(n + 50)}) + "\n" for n in range(50)), "utf8")
    assert tag(small_model, [source], out, resume=True).kept == 0
    assert [row["text"] for row in rows_of_run(out)["texts"]] == [report_text(n + 50) for n in range(50)]


def test_tables_of_one_file_are_put_together_after_a_stop(small_model: Path, reports: Path, tmp_path: Path) -> None:
    tag(small_model, [reports], tmp_path / "whole", format="csv")
    before = {path.name: path.read_bytes() for path in (tmp_path / "whole").glob("*.csv")}

    def stop(reports: int, characters: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tag(small_model, [reports], tmp_path / "out", format="csv", progress=RunProgress(advance=stop))
    assert not list((tmp_path / "out").glob("*.csv"))
    tag(small_model, [reports], tmp_path / "out", format="csv", resume=True)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").glob("*.csv")} == before
    assert tag(small_model, [reports], tmp_path / "out", format="csv", resume=True).reports == 80
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").glob("*.csv")} == before


def test_only_the_same_run_goes_on(small_model: Path, reports: Path, tmp_path: Path) -> None:
    tag(small_model, [reports], tmp_path)
    with pytest.raises(InputError, match="holds a run with task 'tag', not 'records'"):
        run_job(Job("records", str(small_model)), [str(reports)], tmp_path, resume=True)
    with pytest.raises(InputError, match="holds a run with limits"):
        tag(small_model, [reports], tmp_path, resume=True, limits=Limits(characters=10))
    Manifest(tmp_path).path.write_text("no manifest\n", "utf8")
    with pytest.raises(InputError, match="is no manifest of a run"):
        tag(small_model, [reports], tmp_path)


def test_a_new_run_replaces_a_finished_one(small_model: Path, reports: Path, tmp_path: Path) -> None:
    tag(small_model, [reports], tmp_path, processes=2)
    tag(small_model, [reports / "report-003.txt"], tmp_path)
    assert [row["report_id"] for row in rows_of_run(tmp_path)["reports"]] == ["report-003"]


def test_two_runs_cannot_write_to_one_directory(small_model: Path, reports: Path, tmp_path: Path) -> None:
    descriptor = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with pytest.raises(InputError, match="is being written by another run"):
            tag(small_model, [reports], tmp_path)
    finally:
        os.close(descriptor)


# Faults


@contextmanager
def killer(path: Path) -> Iterator[set[int]]:
    """Kill every process of ours that opens a named pipe to read it, as a report that brings its reader down."""
    os.mkfifo(path)
    killed: set[int] = set()
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.02):
            for process in Path("/proc").glob("[0-9]*"):
                try:
                    if int(process.name) != os.getpid() and any(
                        link.readlink() == path for link in (process / "fd").iterdir()
                    ):
                        os.kill(int(process.name), 9)
                        killed.add(int(process.name))
                except OSError:
                    continue

    thread = threading.Thread(target=watch)
    thread.start()
    # Someone must hold the other end, or readers wait in `open` with no descriptor yet.
    descriptor = os.open(path, os.O_RDWR)
    try:
        yield killed
    finally:
        over.set()
        thread.join()
        os.close(descriptor)


def test_a_report_that_brings_its_process_down_is_an_error_and_the_others_are_done(
    small_model: Path, tmp_path: Path
) -> None:
    reports = write_reports(tmp_path / "reports", 40)
    with killer(reports / "report-003x.txt") as killed:
        summary = tag(small_model, [reports], tmp_path / "out", processes=2)
    assert len(killed) >= 3
    rows = rows_of_run(tmp_path / "out")
    assert [row["report_id"] for row in rows["reports"]] == [f"report-{n:03}" for n in range(40)]
    assert summary.errors == 1 and rows["errors"][0]["path"].endswith("report-003x.txt")
    (reports / "report-003x.txt").unlink()
    tag(small_model, [reports], tmp_path / "fresh")
    assert rows["mentions"] == rows_of_run(tmp_path / "fresh")["mentions"]


def bad_text(path: Path) -> None:
    path.write_bytes(b"\x00\x01\x02" * 100)


def bad_pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\nnothing")


def too_long(path: Path) -> None:
    path.write_text("公开。" * 20_000, "utf8")


def empty(path: Path) -> None:
    path.write_text(" \n", "utf8")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (bad_text, "not text"),
        (bad_pdf, "is not a PDF that can be read"),
        (too_long, "has 60,000 characters, more than 50,000; split it or raise --max-characters"),
        (empty, "is empty"),
    ],
)
def test_a_bad_file_is_an_error_with_its_stage_and_reason(
    small_model: Path, tmp_path: Path, make: Callable[[Path], None], reason: str
) -> None:
    reports = write_reports(tmp_path / "reports", 3)
    make(reports / "report-001x.txt")
    summary = tag(small_model, [reports], tmp_path / "out", limits=Limits(characters=50_000))
    [error] = rows_of_run(tmp_path / "out")["errors"]
    assert reason in error["reason"] and error["stage"] == "read"
    assert (summary.reports, summary.errors, summary.first_errors) == (3, 1, [error])


def test_a_directory_that_cannot_be_written_is_told(small_model: Path, reports: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("taken", "utf8")
    with pytest.raises(InputError, match="cannot be written"):
        tag(small_model, [reports], tmp_path / "file" / "out")
    assert (tmp_path / "file").read_text("utf8") == "taken"


def test_there_must_be_a_model(reports: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such model"):
        tag(tmp_path / "none", [reports], tmp_path / "out")
