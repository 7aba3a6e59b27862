"""Files of rows: each row a report, a bad one no reason to stop."""

import csv
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.errors import InputError
from govner.input.limits import Limits
from govner.input.rows import Columns, Row, read_rows

TEXT = "全年公开信息742条。"
# What text files can hold: no control characters, by which binary files are known.
texts = st.text(st.one_of(st.characters(exclude_categories=["C"]), st.sampled_from('\n\t,"')), min_size=1)


def rows_of(
    directory: Path, name: str, data: bytes, columns: Columns | None = None, limits: Limits | None = None
) -> list[Row]:
    path = directory / name
    path.write_bytes(data)
    return list(read_rows(path, path.suffix[1:], columns or Columns(), limits or Limits()))


@given(st.lists(texts, min_size=1, max_size=5))
def test_every_format_gives_the_texts_back(tmp_path_factory: pytest.TempPathFactory, rows: list[str]) -> None:
    directory = tmp_path_factory.mktemp("rows")
    table, lines = io.StringIO(), "".join(json.dumps({"text": text}) + "\n" for text in rows)
    csv.writer(table).writerows([["text", "id"], *((text, "x") for text in rows)])
    pq.write_table(pa.table({"text": rows}), directory / "written.parquet")
    for name, data in (
        ("a.jsonl", lines.encode()),
        ("a.json", json.dumps(rows).encode()),
        ("a.csv", table.getvalue().encode("utf-8-sig")),
        ("a.parquet", (directory / "written.parquet").read_bytes()),
    ):
        found = rows_of(directory, name, data)
        assert [(row.number, row.text) for row in found] == list(enumerate(rows, 1)), name


def test_ids_and_columns_by_name(tmp_path: Path) -> None:
    columns = Columns("正文", "编号")
    data = f"编号;年;正文\n一;2017;{TEXT}\n".encode("gb18030")
    assert rows_of(tmp_path, "a.csv", data, columns) == [Row(1, "一", TEXT)]
    assert rows_of(tmp_path, "a.json", f'{{"编号": {"9" * 5000}, "正文": "{TEXT}"}}'.encode(), columns) == [
        Row(1, "9" * 5000, TEXT)
    ]
    with pytest.raises(InputError, match="has no column 'text' but 编号, 年, 正文; name it with --text-column"):
        rows_of(tmp_path, "a.csv", data)


def test_bad_rows_say_why_and_the_others_are_read(tmp_path: Path) -> None:
    lines = ["{", "3", '{"id": "a"}', '{"text": 3}', '{"text": null}', "", json.dumps({"text": TEXT})]
    found = rows_of(tmp_path, "a.jsonl", "\n".join(lines).encode())
    assert [row.number for row in found if row.problem] == [1, 2, 3, 4, 5]
    assert (found[-1].number, found[-1].text) == (7, TEXT)
    assert "is not JSON" in str(found[0].problem) and "has no 'text' but id" in str(found[2].problem)


def test_rows_too_long_are_left_out_and_the_next_are_read(tmp_path: Path) -> None:
    limits = Limits(characters=1_000)
    long = "公" * 100_000
    found = rows_of(
        tmp_path, "a.jsonl", "\n".join(json.dumps({"text": text}) for text in (long, TEXT)).encode(), None, limits
    )
    assert [row.text for row in found] == [None, TEXT] and "--max-characters" in str(found[0].problem)
    found = rows_of(tmp_path, "a.csv", f"text\n{long}\n{TEXT}\n".encode(), None, limits)
    assert "--max-characters" in str(found[0].problem) and found[-1].text == TEXT


def test_a_short_row_of_csv_says_so(tmp_path: Path) -> None:
    found = rows_of(tmp_path, "a.csv", f"id,text\nonly\n\nx,{TEXT}\n".encode())
    assert [row.number for row in found] == [1, 2]
    assert "has no column 'text'" in str(found[0].problem) and found[1] == Row(2, "x", TEXT)


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.json", b"{", "is not JSON"),
        ("a.json", b"[" * 200_000, "nested too deep"),
        ("a.parquet", b"PAR1 nothing PAR1", "is not a Parquet file"),
        ("a.csv", b"", "has no column"),
    ],
)
def test_files_that_are_not_of_their_format_are_told(tmp_path: Path, name: str, data: bytes, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        rows_of(tmp_path, name, data)


@given(st.binary(max_size=200), st.sampled_from(["json", "jsonl", "csv", "parquet"]))
def test_any_bytes_are_rows_or_an_error(tmp_path_factory: pytest.TempPathFactory, data: bytes, format: str) -> None:
    try:
        rows_of(tmp_path_factory.mktemp("rows"), f"a.{format}", data)
    except InputError as error:
        assert "\n" not in str(error)
