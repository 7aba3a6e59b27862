"""Files of any kind to texts: one file, one text or an error that says what to do."""

import time
from pathlib import Path

import pytest

from govner.errors import InputError
from govner.input.limits import Limits, OutOfTime, time_limit
from govner.input.reader import read_input, read_inputs, read_one
from govner.input.text import InputText, without_surrogates

TEXT = "沅陂县水务局2017年政府信息公开工作年度报告\n全年公开信息742条。\n"


def write(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


def test_what_a_utf8_file_has_is_the_text(tmp_path: Path) -> None:
    found = read_one(write(tmp_path / "a.txt", TEXT.encode()))
    assert found == InputText("a", str(tmp_path / "a.txt"), TEXT, encoding="utf-8", is_file=True)


def test_the_encoding_is_recorded_and_the_text_kept_where_it_is_not_the_file(tmp_path: Path) -> None:
    found = read_one(write(tmp_path / "a.txt", TEXT.encode("gb18030")))
    assert (found.text, found.encoding, found.is_file) == (TEXT, "gb18030", False)


def test_pages_are_read_by_their_content(tmp_path: Path) -> None:
    page = f"<html><body><p>{TEXT}</p></body></html>"
    assert read_one(write(tmp_path / "page", page.encode())).format == "html"


def test_each_file_is_a_text_or_an_error(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / "a.txt", TEXT.encode()),
        write(tmp_path / "b.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        str(tmp_path / "gone.txt"),
        write(tmp_path / "c.txt", b" "),
        write(tmp_path / "d.txt", TEXT.encode() * 10),
        str(tmp_path),
        "/dev/zero",
    ]
    found = list(read_inputs(paths, limits=Limits(megabytes=0.0005)))
    assert isinstance(found[0], InputText)
    reasons = [item.problem for item in found[1:] if isinstance(item, InputError)]
    expected = [
        "save it as .docx",
        "no such file",
        "is empty",
        "more than 0.0005",
        "is a directory",
        "is no plain file",
    ]
    for reason, part in zip(reasons, expected, strict=True):
        assert part in reason


def test_a_file_of_several_reports_is_none_of_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", b'{"text": "a"}\n{"text": "b"}\n')
    with pytest.raises(InputError, match="holds 2 reports"):
        read_one(path)
    assert [item.id for item in read_input(path) if isinstance(item, InputText)] == ["a:1", "a:2"]


def test_lone_surrogates_keep_their_places() -> None:
    text, notes = without_surrogates("公\ud800开\U0001f3db")
    assert text == "公\ufffd开\U0001f3db" and notes
    assert without_surrogates("公开") == ("公开", ())


def test_what_takes_too_long_is_stopped_and_the_clock_put_back() -> None:
    with pytest.raises(OutOfTime), time_limit(0.05):
        while True:
            pass
    with time_limit(0.05):
        pass
    time.sleep(0.1)
    with time_limit(0):
        pass
