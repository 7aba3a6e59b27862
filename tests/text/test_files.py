"""Reading files: what is read, and what is said of the files that cannot be."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from govner.errors import InputError
from govner.text.files import expand_paths, read_text

SIMPLIFIED = "青禾县政务公开情况\n一、总体情况\n全年主动公开政府信息三百条，收到申请二十件，均已按时答复。\n"
TRADITIONAL = "青禾縣政務公開情況\n一、總體情況\n全年主動公開政府資訊三百條，收到申請二十件，均已按時答覆。\n"


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """The superuser may read everything; step down for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def refusal(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        read_text(path)
    assert caught.value.path == str(path)
    assert "\n" not in str(caught.value)
    return caught.value


def test_utf8_text_is_read_unchanged(tmp_path: Path) -> None:
    text = SIMPLIFIED + "𠮷😀\u2028\x85\t　"
    assert read_text(write(tmp_path / "a.txt", text.encode())) == text


def test_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    assert read_text(write(tmp_path / "a.txt", SIMPLIFIED.encode("utf-8-sig"))) == SIMPLIFIED


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_foreign_line_ends_become_newlines(tmp_path: Path, line_end: str) -> None:
    data = SIMPLIFIED.replace("\n", line_end).encode()
    assert read_text(write(tmp_path / "a.txt", data)) == SIMPLIFIED


def test_missing_file_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.txt").problem == "no such file; check the path"


def test_directory_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path).problem == "is a directory; name a file in it"


def test_forbidden_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", SIMPLIFIED.encode())
    path.chmod(0)
    with as_ordinary_user():
        error = refusal(path)
    assert error.problem == "cannot be read; check its permissions"


def test_other_system_errors_are_explained(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", SIMPLIFIED.encode()) / "b.txt"
    assert refusal(path).problem == "cannot be read (Not a directory); check the file"


@pytest.mark.parametrize("data", [b"", b"\n \t\n", b"\xef\xbb\xbf", "　\n".encode()])
def test_file_without_text_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refusal(write(tmp_path / "a.txt", data)).problem == "is empty; expected the text of a report"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\nplain",
        b"PK\x03\x04word/document.xml",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\x89PNG\r\n\x1a\n\x00",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"\x1f\x8b\x08\x00",
        "青禾县\x00政务公开".encode(),
        b"\x00\x01\xfe\x80",
    ],
)
def test_binary_file_is_called_binary(tmp_path: Path, data: bytes) -> None:
    error = refusal(write(tmp_path / "a.txt", data))
    assert error.problem == "is a binary file, not text; extract its text first"


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (SIMPLIFIED, "gbk", "GB18030"),
        (TRADITIONAL, "big5", "BIG5"),
        (SIMPLIFIED, "utf-16", "UTF-16"),
    ],
)
def test_other_encodings_are_named_with_a_command_that_converts_them(
    tmp_path: Path, text: str, encoding: str, name: str
) -> None:
    path = write(tmp_path / "a.txt", text.encode(encoding))
    error = refusal(path)
    assert error.problem == f"is not UTF-8; it looks like {name}: convert it (iconv -f {name} -t UTF-8)"
    command = error.problem.split("(")[1].rstrip(")").split()
    converted = subprocess.run([*command, str(path)], capture_output=True, check=True).stdout
    assert converted.decode() == text


def test_big_endian_utf16_is_named(tmp_path: Path) -> None:
    data = b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be")
    assert "it looks like UTF-16" in refusal(write(tmp_path / "a.txt", data)).problem


def test_bytes_of_no_known_encoding_are_refused(tmp_path: Path) -> None:
    error = refusal(write(tmp_path / "a.txt", b"ab\xff\xff"))
    assert error.problem == "is not UTF-8 text; convert it to UTF-8"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_first_broken_line_is_numbered(tmp_path: Path, mark: bytes) -> None:
    assert refusal(write(tmp_path / "a.txt", mark + b"ab\ncd\n\xff\xff\nef\n\xff")).line == 3


def test_message_begins_with_file_and_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"ab\n\xff\xff")
    assert str(refusal(path)).startswith(f"{path}:2: is not UTF-8")


def test_directories_are_replaced_by_their_matching_files_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("b.txt", "a.txt", "c.md"):
        write(folder / name, b"x")
    single = write(tmp_path / "z.md", b"x")
    assert list(expand_paths([single, folder])) == [single, folder / "a.txt", folder / "b.txt"]
    assert list(expand_paths([folder], "*.md")) == [folder / "c.md"]


def test_directory_without_matching_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "a.md", b"x")
    with pytest.raises(InputError, match=r"holds no \*\.txt file; name another directory or a file"):
        list(expand_paths([tmp_path]))


def test_missing_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none: no such file or directory; check the path"):
        list(expand_paths([tmp_path / "none"]))


def test_path_the_system_cannot_look_up_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="check the path"):
        list(expand_paths([tmp_path / ("x" * 300)]))
