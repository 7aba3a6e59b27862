"""Records as data frames and files: nothing lost, offsets exact, every format the same."""

import json
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from spacy.vocab import Vocab

from govner.corpus.inline import parse_report
from govner.corpus.reader import report_to_doc
from govner.errors import InputError
from govner.records.export import FORMATS, export_frames
from govner.records.frames import TABLES, to_frames
from govner.records.record import make_record
from govner.records.schema import Record

REPORT = """META\t{AGENCY:青禾县水务局}2017年政府信息公开工作年度报告
PREAMBLE\t根据{DOCUMENT:《中华人民共和国政府信息公开条例》}（{DOCUMENT:国务院令第492号}，以下简称{DOCUMENT:《条例》}）编制。
ORGANIZATION\t由局长{OFFICIAL:林青禾}任组长。
PROACTIVE\t全年主动公开政府信息{COUNT:742条}，其中{CHANNEL:局网站}公开{COUNT:700条}。
META\t{AGENCY:青禾县水务局}
META\t2018年3月1日
"""


@pytest.fixture(scope="module")
def record() -> Record:
    return make_record(report_to_doc(parse_report(REPORT), Vocab()), "qinghe-2017", "qinghe-2017.txt")


@pytest.fixture(scope="module")
def frames(record: Record) -> dict[str, pd.DataFrame]:
    return to_frames([record])


def test_record_knows_issuer_and_year(record: Record) -> None:
    assert (record.issuer, record.year) == ("青禾县水务局", 2017)


def test_record_survives_json(record: Record) -> None:
    assert Record.model_validate_json(record.model_dump_json()) == record


def test_every_table_is_there_and_joined_by_report(frames: dict[str, pd.DataFrame]) -> None:
    assert list(frames) == list(TABLES)
    assert all(set(frame["report_id"]) <= {"qinghe-2017"} for frame in frames.values())
    assert [len(frames[name]) for name in ("reports", "sections", "facts", "officials")] == [1, 6, 2, 1]


def test_offsets_of_every_table_point_at_the_text(frames: dict[str, pd.DataFrame]) -> None:
    text = parse_report(REPORT).text
    for frame in frames.values():
        if "start" in frame:
            for row in frame.dropna(subset=["start"]).itertuples():
                assert text[row.start : row.end] == row.text


def test_one_document_has_all_its_mentions(frames: dict[str, pd.DataFrame]) -> None:
    citations = frames["citations"]
    assert set(citations["citation"]) == {0}
    assert list(citations["text"]) == ["《中华人民共和国政府信息公开条例》", "国务院令第492号", "《条例》"]


def test_no_records_make_empty_frames_with_columns() -> None:
    frames = to_frames([])
    assert all(len(frame) == 0 and "report_id" in frame for frame in frames.values())


@pytest.mark.parametrize("format", list(FORMATS))
def test_every_format_holds_the_facts(frames: dict[str, pd.DataFrame], tmp_path: Path, format: str) -> None:
    paths = export_frames(frames, tmp_path, format)
    assert all(path.exists() for path in paths)
    if format == "duckdb":
        with duckdb.connect(str(paths[0]), read_only=True) as connection:
            values = [row[0] for row in connection.execute("SELECT value FROM facts ORDER BY fact").fetchall()]
    elif format == "xlsx":
        values = list(pd.read_excel(paths[0], sheet_name="facts")["value"])
    elif format == "jsonl":
        lines = (tmp_path / "facts.jsonl").read_text("utf8").splitlines()
        values = [json.loads(line)["value"] for line in lines]
    else:
        read = pd.read_parquet if format == "parquet" else pd.read_csv
        values = list(read(tmp_path / f"facts.{format}")["value"])
    assert values == [742, 700]


def test_database_is_replaced_and_not_added_to(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    export_frames(frames, tmp_path, "duckdb")
    (path,) = export_frames(frames, tmp_path, "duckdb")
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM facts").fetchall() == [(2,)]


def test_place_that_cannot_be_written_is_named(frames: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        export_frames(frames, tmp_path / "file", "csv")
