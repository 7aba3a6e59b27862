"""Which files paths, directories and patterns stand for, and what they are called."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.errors import InputError
from govner.input.discovery import find_files, format_of, report_ids


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.pdf", "2017/c.HTML", "2017/old.doc", ".hidden.txt", ".git/d.txt", "b.audit.json", "e.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("公开", "utf8")
    return tmp_path


def test_a_directory_stands_for_the_reports_in_it_and_below(folder: Path) -> None:
    names = ["2017/c.HTML", "2017/old.doc", "a.pdf", "b.txt"]
    assert list(find_files([folder])) == [str(folder / name) for name in names]


def test_what_a_run_wrote_is_no_report(folder: Path) -> None:
    (folder / "2017" / "manifest.jsonl").write_text("{}\n", "utf8")
    assert list(find_files([folder])) == [str(folder / "a.pdf"), str(folder / "b.txt")]


def test_patterns_and_files_named_twice(folder: Path) -> None:
    found = list(find_files([folder / "b.txt", f"{folder}/**/*.HTML", f"{folder}/*.txt", "-"]))
    assert found == [str(folder / "b.txt"), str(folder / "2017" / "c.HTML"), "-"]


def test_a_file_with_a_pattern_in_its_name_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("公开", "utf8")
    assert list(find_files([tmp_path / "a[1].txt"])) == [str(tmp_path / "a[1].txt")]


@pytest.mark.parametrize(
    ("name", "problem"),
    [("none.txt", "no such file or directory"), ("*.docx", "matches no file"), ("2017/empty", "holds no report")],
)
def test_paths_that_stand_for_nothing_are_told(folder: Path, name: str, problem: str) -> None:
    (folder / "2017" / "empty").mkdir()
    with pytest.raises(InputError, match=problem):
        list(find_files([folder / name]))


def test_impossible_paths_are_told() -> None:
    for path in ("x" * 5_000, "a\0b"):
        with pytest.raises(InputError):
            list(find_files([path]))


@given(st.lists(st.text("abc/", min_size=1), unique=True))
def test_ids_tell_files_apart(paths: list[str]) -> None:
    paths = sorted({str(Path(path)) for path in paths})
    assert len(set(report_ids(paths))) == len(paths)


def test_ids_are_names_or_paths_where_names_are_shared() -> None:
    assert report_ids(["a/x.txt", "b/x.pdf", "c/y.txt", "-"]) == ["a/x.txt", "b/x.pdf", "y", "stdin"]


@pytest.mark.parametrize(
    ("path", "head", "format"),
    [
        ("a.txt", "公开".encode(), "text"),
        ("a", "公开".encode(), "text"),
        ("a.HTM", b"", "html"),
        ("a", b"\n <!DOCTYPE html>", "html"),
        ("a.txt", b"%PDF-1.7", "pdf"),
        ("a.html", b"PK\x03\x04", "docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0", "doc"),
        ("a.tsv", b"", "csv"),
    ],
)
def test_format_is_that_of_the_content_before_that_of_the_name(path: str, head: bytes, format: str) -> None:
    assert format_of(path, head) == format
