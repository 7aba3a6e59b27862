"""The commands that make, check and compare records, as a user runs them."""

import json
from pathlib import Path

import pandas as pd
import pytest

from govner.engine.tables import EXTRA
from govner.records.frames import TABLES
from govner.records.reading import read_many
from govner.records.schema import Record
from helpers import CORPUS, ROOT, forked, succeed

TEXT = (
    "沅陂县水务局2017年政府信息公开工作年度报告\n一、概述\n全年主动公开政府信息1286条，其中县政府门户网站公开940条。\n"
    "三、依申请公开情况\n全年收到政府信息公开申请5件。\n三、不足\n2017年2月30日，我局自查。\n"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, "utf8")
    return path


def test_records_writes_every_table_and_names_the_file_it_cannot_read(
    small_model: Path, report: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"%PDF-1.4\n\x00\x01\xff")
    done = forked("records", bad, report, "--model", small_model, "--out", tmp_path / "out", "--format", "jsonl")
    assert done.returncode == 0
    assert "bad.txt" in done.stderr and "Traceback" not in done.stderr
    assert {path.stem for path in (tmp_path / "out").iterdir()} == {*TABLES, *EXTRA, "manifest"}
    rows = [json.loads(line) for line in (tmp_path / "out" / "reports.jsonl").read_text("utf8").splitlines()]
    assert [(row["report_id"], row["year"]) for row in rows] == [("report", 2017)]


def test_every_command_that_reads_files_can_be_told_which_column_has_the_text(
    small_model: Path, tmp_path: Path
) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"编号": "甲", "正文": TEXT}, ensure_ascii=False) + "\n", "utf8")
    model, columns = ("--model", small_model), ("--text-column", "正文", "--id-column", "编号")
    for command in (
        ("tag", small_model, rows),
        ("records", rows, *model, "--out", tmp_path / "out"),
        ("audit", rows, *model),
        ("compare", rows, *model),
        ("clean", rows),
    ):
        succeed(forked(*command, *columns))
        assert forked(*command).returncode == 2
        short = forked(*command, *columns, "--max-characters", 10)
        assert short.returncode == 2 and "more than 10; split it or raise --max-characters" in short.stderr


def test_files_of_one_name_are_reports_of_their_own(small_model: Path, tmp_path: Path) -> None:
    paths = [tmp_path / name / "report.txt" for name in ("one", "other")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(TEXT, "utf8")
    succeed(forked("records", *paths, "--model", small_model, "--out", tmp_path / "out"))
    assert list(pd.read_csv(tmp_path / "out" / "reports.csv")["report_id"]) == [str(path) for path in paths]
    assert [record.id for record in read_many(paths, model=str(small_model))] == [str(path) for path in paths]


def test_numbers_of_findings_are_those_to_decide_by_with_rules_left_out(small_model: Path, report: Path) -> None:
    options = ("--model", small_model, "--disable", "impossible-date")
    out = succeed(forked("audit", report, *options))
    assert "1. warning heading-number-repeated" in out
    after = succeed(forked("audit", report, *options, "--dismiss", 1))
    assert "heading-number-repeated" not in after and "1 dismissed" in after


def test_audit_prints_findings_with_their_passages_and_keeps_what_is_decided(
    small_model: Path, report: Path, tmp_path: Path
) -> None:
    out = succeed(forked("audit", report, "--model", small_model))
    assert "impossible-date" in out and "“2017年2月30日”" in out
    lines = tmp_path / "findings.jsonl"
    succeed(forked("audit", report, "--model", small_model, "--out", lines))
    rules = [json.loads(line)["rule"] for line in lines.read_text("utf8").splitlines()]
    number = rules.index("impossible-date") + 1
    succeed(forked("audit", report, "--model", small_model, "--dismiss", number))
    assert (tmp_path / "report.audit.json").exists()
    after = succeed(forked("audit", report, "--model", small_model))
    assert "impossible-date" not in after and "1 dismissed" in after
    assert "impossible-date" in succeed(forked("audit", report, "--model", small_model, "--all"))


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--dismiss", "99"], "has no finding 99"),
        (["--disable", "no-such-rule"], "there is no audit rule 'no-such-rule'"),
    ],
)
def test_mistakes_of_audit_are_told_in_one_line(
    small_model: Path, report: Path, arguments: list[str], error: str
) -> None:
    done = forked("audit", report, "--model", small_model, *arguments)
    assert done.returncode == 2
    assert error in done.stderr and "Traceback" not in done.stderr


def test_schema_is_that_of_a_record(tmp_path: Path) -> None:
    assert json.loads(succeed(forked("schema"))) == Record.model_json_schema()
    succeed(forked("schema", "--out", tmp_path / "record.json"))
    assert json.loads((tmp_path / "record.json").read_text("utf8"))["title"] == "Record"


def test_records_are_scored_beside_their_targets(small_model: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "cendu-2020.json").write_text(
        json.dumps(
            {
                **{"id": "cendu-2020", "split": "dev", "issuer": None, "year": 2020, "level": "county"},
                **{"region": None, "facts": [], "documents": [], "officials": []},
            }
        ),
        "utf8",
    )
    scores = tmp_path / "scores.json"
    out = succeed(forked("evaluate-records", small_model, gold, CORPUS, "--output", scores))
    assert "0.92" in out and "year" in out
    assert {score["name"] for score in json.loads(scores.read_text("utf8"))} >= {"parents", "channels", "year"}


def test_compare_prints_years_and_writes_tables(small_model: Path, tmp_path: Path) -> None:
    reports = sorted((ROOT / "examples" / "compare").glob("*.txt"))
    out = succeed(forked("compare", *reports, "--model", small_model, "--out", tmp_path / "out"))
    assert "2018" in out
    assert len(pd.read_csv(tmp_path / "out" / "reused.csv")) > 0
