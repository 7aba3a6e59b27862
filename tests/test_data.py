"""The word lists of the package."""

import importlib.util
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

import govner.data
from govner.data import load_list


@pytest.fixture
def load_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[str, ...]]:
    """Load a list with the given content, through a copy of the package that lies among other lists."""
    shutil.copy(str(govner.data.__file__), tmp_path / "__init__.py")
    spec = importlib.util.spec_from_file_location("copied_lists", tmp_path / "__init__.py")
    assert spec is not None
    assert spec.loader is not None
    module: ModuleType = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "copied_lists", module)
    spec.loader.exec_module(module)

    def load(content: str) -> tuple[str, ...]:
        (tmp_path / "words.txt").write_text(content, "utf8")
        return module.load_list("words")

    return load


@pytest.mark.parametrize(
    ("name", "first", "least"),
    [
        ("places", "北京市", 3000),
        ("surnames", "王", 300),
        ("given_names", "伟", 300),
        ("minority_names", "艾合买提·", 150),
        ("offices", "公安局", 150),
        ("titles", "中华人民共和国政府信息公开条例", 80),
        ("simplified", "丟丢", 3000),
        ("topics", "综合", 150),
        ("verbs", "是", 3000),
        ("nouns", "国家", 1500),
        ("short_bodies", "政府\t人民政府", 80),
        ("national_bodies", "党中央\t中共中央", 60),
        ("province_signs", "京\t北京市", 30),
    ],
)
def test_list_of_the_package_is_loaded_whole(name: str, first: str, least: int) -> None:
    entries = load_list(name)
    assert entries[0] == first
    assert len(entries) >= least
    assert len(set(entries)) == len(entries)
    assert not any(entry.startswith("#") or entry != entry.strip() for entry in entries)


def test_every_list_of_the_package_is_tested() -> None:
    folder = Path(str(govner.data.__file__)).parent
    assert {path.stem for path in folder.glob("*.txt")} == {
        *("places", "surnames", "given_names"),
        *("minority_names", "offices", "titles", "simplified", "topics", "verbs", "nouns"),
        *("short_bodies", "national_bodies", "province_signs"),
    }


def test_given_names_are_single_characters() -> None:
    assert all(len(char) == 1 for char in load_list("given_names"))


def test_simplified_characters_are_pairs_of_different_ones() -> None:
    pairs = load_list("simplified")
    assert all(len(pair) == 2 and pair[0] != pair[1] for pair in pairs)


def test_list_is_read_once() -> None:
    assert load_list("surnames") is load_list("surnames")


def test_unknown_list_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        load_list("none")


def test_comments_are_left_out(load_from: Callable[[str], tuple[str, ...]]) -> None:
    assert load_from("# 注\n甲\n#乙\n丙") == ("甲", "丙")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("甲\n\n乙\n", r"malformed entries \[''\], repeated entries \[\]"),
        ("甲\n 乙\n", r"malformed entries \[' 乙'\], repeated entries \[\]"),
        ("甲\n乙　\n", r"malformed entries \['乙\\u3000'\], repeated entries \[\]"),
        ("甲\n乙\n甲\n", r"malformed entries \[\], repeated entries \['甲'\]"),
    ],
)
def test_malformed_list_is_refused(load_from: Callable[[str], tuple[str, ...]], content: str, problem: str) -> None:
    with pytest.raises(ValueError, match=f"data/words.txt: {problem}"):
        load_from(content)
