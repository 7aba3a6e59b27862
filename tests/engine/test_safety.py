"""What comes out is safe to open, stays in its directory, and nothing opens the network."""

import csv
import json
import re
import socket
import zipfile
from pathlib import Path
from typing import Any, NoReturn

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import govner
from engine_runs import report_text
from govner.engine.job import Job
from govner.engine.run import run_job
from govner.records.export import safe_cells
from helpers import forked, succeed

FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1")


def test_nothing_opens_the_network(small_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: Any, **options: Any) -> NoReturn:
        raise AssertionError(f"opened a socket: {arguments}")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    page = tmp_path / "page.html"
    page.write_text(
        f'<!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd"><link href="http://127.0.0.1:9/a.css" rel=stylesheet>'
        f'<img src="http://127.0.0.1:9/a.png"><p>{report_text(1)}</p>',
        "utf8",
    )
    run_job(Job("records", str(small_model)), [str(page)], tmp_path / "out", format="csv")
    assert govner.read(page, model=str(small_model)).facts


def test_models_are_loaded_without_pickle(small_model: Path) -> None:
    for path in small_model.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not data.startswith(b"\x80\x04") and not data.startswith(b"\x80\x05"), path
            if data.startswith(b"PK\x03\x04"):
                assert not any(name.startswith("object") for name in zipfile.ZipFile(path).namelist())


def test_ids_cannot_leave_the_output_directory(small_model: Path, tmp_path: Path) -> None:
    source = tmp_path / "in" / "rows.jsonl"
    source.parent.mkdir()
    ids = ["../../evil", "/etc/evil", "..", "a\nb", "x" * 400, "CON", ""]
    source.write_text("".join(json.dumps({"id": id, "text": report_text(1)}) + "\n" for id in ids), "utf8")
    out = tmp_path / "out" / "deep"
    run_job(Job("tag", str(small_model)), [str(source)], out)
    succeed(forked("clean", source, "--out", tmp_path / "cleaned"))
    assert [row["report_id"] for row in pq.read_table(out / "reports").to_pylist()] == [*ids[:-1], "rows:7"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cleaned", "in", "out"]
    assert all(path.is_file() for path in (tmp_path / "cleaned").iterdir())


def test_cells_that_look_like_formulas_are_text_in_sheets_and_as_they_are_elsewhere(
    small_model: Path, tmp_path: Path
) -> None:
    source = tmp_path / "rows.jsonl"
    text = report_text(1)
    source.write_text("".join(json.dumps({"id": id, "text": f"{id}\n{text}"}) + "\n" for id in FORMULAS), "utf8")
    for format in ("csv", "xlsx", "jsonl"):
        run_job(Job("tag", str(small_model)), [str(source)], tmp_path / format, format=format)  # type: ignore[arg-type]
    with (tmp_path / "csv" / "reports.csv").open(encoding="utf8", newline="") as file:
        assert [row["report_id"] for row in csv.DictReader(file)] == [f"'{id}" for id in FORMULAS]
    sheet = openpyxl.load_workbook(tmp_path / "xlsx" / "records.xlsx")["reports"]
    assert all(cell.data_type == "s" for cell in sheet["A"][1:])
    lines = (tmp_path / "jsonl" / "reports.jsonl").read_text("utf8").splitlines()
    assert [json.loads(line)["report_id"] for line in lines] == list(FORMULAS)


@given(st.text())
def test_no_cell_begins_like_a_formula_and_numbers_stay(text: str) -> None:
    [cell] = safe_cells(pd.DataFrame({"text": [text]}))["text"]
    assert cell in (text, f"'{text}")
    assert not cell.startswith(tuple("=+-@\t\r＝＋－＠")) or re.fullmatch(r"[-+][\d.,]*%?", cell)


def test_plain_numbers_and_dashes_stay() -> None:
    numbers = ["-5", "+3.2", "-1,286", "12%", "-3.5%", "5"]
    assert list(safe_cells(pd.DataFrame({"raw": numbers, "value": range(6)}))["raw"]) == numbers


def test_pages_escape_what_they_quote(small_model: Path, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    path = tmp_path / "<b>evil.txt"
    path.write_text(f"{evil}\n{report_text(1)}", "utf8")
    succeed(forked("view", small_model, path, "--out", tmp_path / "page.html"))
    page = (tmp_path / "page.html").read_text("utf8")
    assert "<script>alert" not in page and "<img src=x" not in page and "<b>evil" not in page
    succeed(forked("view", small_model, path, "--out", tmp_path / "pages"))
    for place in (tmp_path / "pages").rglob("*.html"):
        page = place.read_text("utf8")
        assert "<script>alert" not in page and "<img src=x" not in page and "<b>evil" not in page
