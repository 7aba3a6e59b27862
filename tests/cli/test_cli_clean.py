"""`govner clean` and reading damaged files, as a user runs them."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

import govner
from helpers import forked, succeed

TEXT = (
    "沅陂县水务局2017年政府信息公开工作年度报告\n一、概述\n全年主动公开政府信息1286条，其中县政府门户网站公开940条。\n"
)


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "damaged.txt"
    path.write_text(TEXT.replace("1286", "１２８６").replace("，", "&#65292;").replace("概述", "概\u200b述"), "utf8")
    return path


def test_clean_shows_repairs_with_line_and_column(damaged: Path, tmp_path: Path) -> None:
    out = succeed(forked("clean", damaged, "--diff", "--out", tmp_path / "out"))
    assert "repaired" in out and "１２８６" in out and "1286" in out and "&#65292;" in out
    assert (tmp_path / "out" / "damaged.txt").read_text("utf8") == TEXT


def test_clean_says_when_there_is_nothing_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf8")
    assert "a.txt: nothing to repair" in succeed(forked("clean", path))
    done = forked("clean", path, tmp_path / "none.txt")
    assert done.returncode == 2 and "no such file" in done.stderr


def test_tables_have_offsets_of_the_damaged_text_and_what_was_read(
    small_model: Path, damaged: Path, tmp_path: Path
) -> None:
    succeed(forked("records", damaged, "--model", small_model, "--out", tmp_path / "out", "--format", "parquet"))
    text = damaged.read_text("utf8")
    rows = {name: pq.read_table(tmp_path / "out" / name).to_pylist() for name in ("mentions", "repairs", "facts")}
    [count] = [row for row in rows["mentions"] if row["reading"] == "1286条"]
    assert text[count["start"] : count["end"]] == count["text"] == "１２８６条"
    assert [row["text"] for row in rows["repairs"]] == ["\u200b", "１２８６", "&#65292;"]
    assert 1286.0 in [row["value"] for row in rows["facts"]]
    assert not (tmp_path / "out" / "texts").exists() or not pq.read_table(tmp_path / "out" / "texts").num_rows


def test_read_gives_evidence_in_the_text_as_given(small_model: Path, damaged: Path) -> None:
    text = damaged.read_text("utf8")
    record = govner.read(damaged, model=str(small_model))
    assert record.facts and record.characters == len(text)
    for part in (*record.facts, *record.mentions, *record.sections):
        assert text[part.evidence.start : part.evidence.end] == part.evidence.text
    as_is = govner.read(text=text, model=str(small_model), repair=False)
    assert all(text[part.evidence.start : part.evidence.end] == part.evidence.text for part in as_is.mentions)
