"""Checking a corpus: every kind of problem is found, and none in a good one."""

from pathlib import Path

import pytest
from spacy.vocab import Vocab

from govner.corpus.checks import CheckResult, check_files
from govner.corpus.front_matter import FRONT_MATTER
from govner.tokens.tokenizer import CharacterTokenizer

META = {
    "id": "",
    "issuer": "青禾县档案局",
    "year": "2021",
    "region": "四川",
    "level": "county",
    "body": "department",
    "form": "national-2021",
    "condition": "clean",
    "punctuation": "full",
    "split": "train",
    "register": "terse",
}
BODY = "META\t{AGENCY:青禾县档案局}2021年报告\n\nPROACTIVE\t公开{COUNT:30条}。\n"
LONG = "全年围绕群众关心的事项逐条公开办理结果，" * 4


def write(folder: Path, name: str, body: str = BODY, /, **meta: str | None) -> Path:
    """Write a file that is good but for what is given; None leaves a key out."""
    values = {**META, "id": name.removesuffix(".txt"), **meta}
    front = "".join(f"{key}: {value}\n" for key, value in values.items() if value is not None)
    path = folder / name
    path.write_text(f"---\n{front}---\n{body}", "utf8")
    return path


def check(*paths: Path, needs_front_matter: bool = True) -> CheckResult:
    return check_files([(path, needs_front_matter) for path in paths], CharacterTokenizer(Vocab()))


def problems(*paths: Path, needs_front_matter: bool = True) -> list[tuple[int | None, str]]:
    found = check(*paths, needs_front_matter=needs_front_matter).problems
    return [(problem.line, problem.problem) for problem in found]


def test_good_corpus_has_no_problem(tmp_path: Path) -> None:
    first = write(tmp_path, "a.txt", BODY + f"PLANS\t{LONG}\n")
    second = write(tmp_path, "b.txt", BODY + "PLANS\t无\n", split="dev", issuer="白石县教育局")
    result = check(first, second)
    assert result.problems == []
    assert [report.id for report in result.reports] == ["a", "b"]
    assert (result.mentions, result.lost) == (4, 0)


def test_format_problems_of_all_lines_are_listed(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "META 甲\nPLANS\t乙\nMETA\t{ORG:丙}\n")
    first, second = problems(path)
    assert first == (14, "no tab after the section label; write SECTION<TAB>text")
    assert (second[0], second[1].split(" at ")[0]) == (16, "unknown label 'ORG'")


def test_file_that_cannot_be_read_is_a_problem_and_the_others_are_checked(tmp_path: Path) -> None:
    good = write(tmp_path, "a.txt")
    result = check(tmp_path / "none.txt", good)
    assert [problem.problem for problem in result.problems] == ["no such file; check the path"]
    assert [report.id for report in result.reports] == ["a"]


@pytest.mark.parametrize("key", FRONT_MATTER)
def test_missing_front_matter_is_found(tmp_path: Path, key: str) -> None:
    assert problems(write(tmp_path, "a.txt", **{key: None})) == [(1, f"front matter lacks `{key}`; add it")]


@pytest.mark.parametrize("key", FRONT_MATTER)
def test_empty_front_matter_is_found_once(tmp_path: Path, key: str) -> None:
    assert problems(write(tmp_path, "a.txt", **{key: ""})) == [(1, f"front matter lacks `{key}`; add it")]


@pytest.mark.parametrize("key", [key for key, values in FRONT_MATTER.items() if values])
def test_unknown_value_in_front_matter_is_found(tmp_path: Path, key: str) -> None:
    choice = ", ".join(FRONT_MATTER[key] or ())
    expected = [(1, f"front matter has {key}: 'odd'; use one of {choice}")]
    assert problems(write(tmp_path, "a.txt", **{key: "odd"})) == expected


@pytest.mark.parametrize("year", ["21", "2021年", "1821", "20211"])
def test_year_that_is_none_is_found(tmp_path: Path, year: str) -> None:
    assert problems(write(tmp_path, "a.txt", year=year)) == [(1, f"year {year!r} is not a year; write four digits")]


def test_id_other_than_the_file_name_is_found(tmp_path: Path) -> None:
    assert problems(write(tmp_path, "a.txt", id="b")) == [(1, "id 'b' is not the file's name; make them the same")]


def test_front_matter_is_checked_where_it_is_needed_or_present(tmp_path: Path) -> None:
    bare = tmp_path / "a.txt"
    bare.write_text(BODY, "utf8")
    assert problems(bare, needs_front_matter=False) == []
    assert len(problems(bare)) == len(FRONT_MATTER)
    assert len(problems(write(tmp_path, "b.txt", split="odd"), needs_front_matter=False)) == 1


def write_pair(folder: Path, raw: bytes, annotated: str = BODY) -> Path:
    (folder / "a.txt").write_bytes(raw)
    path = folder / "a.annotated.txt"
    path.write_text(annotated, "utf8")
    return path


def test_raw_file_with_the_same_text_is_no_problem(tmp_path: Path) -> None:
    raw = "\ufeff　青禾县档案局2021年报告 \r\n\r\n公开30条。"
    assert problems(write_pair(tmp_path, raw.encode()), needs_front_matter=False) == []


def test_annotated_file_without_raw_file_is_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "a.annotated.txt"
    path.write_text(BODY, "utf8")
    assert problems(path, needs_front_matter=False) == []


@pytest.mark.parametrize(
    ("raw", "line", "problem"),
    [
        (
            "青禾县档案局2021年报告\n公开31条。\n",
            3,
            "differs from a.txt at character 3: '0条。', there '1条。'; restore the text",
        ),
        (
            "青禾县档案局2021年报告\n公开30条。共计\n",
            3,
            "differs from a.txt at character 6: '', there '共计'; restore the text",
        ),
        ("青禾县档案局2021年报告\n", None, "has 2 paragraphs, a.txt has 1; restore the text"),
        ("青禾县档案局2021年报告\n公开30条。\n完\n", None, "has 2 paragraphs, a.txt has 3; restore the text"),
    ],
)
def test_difference_from_the_raw_file_is_found(tmp_path: Path, raw: str, line: int | None, problem: str) -> None:
    assert problems(write_pair(tmp_path, raw.encode()), needs_front_matter=False) == [(line, problem)]


@pytest.mark.parametrize("raw", [b"", "青禾县档案局年度报告".encode("utf-16")])
def test_raw_file_that_cannot_be_read_is_a_problem_of_its_own(tmp_path: Path, raw: bytes) -> None:
    result = check(write_pair(tmp_path, raw), needs_front_matter=False)
    assert [problem.path for problem in result.problems] == [str(tmp_path / "a.txt")]


@pytest.mark.parametrize(
    ("mention", "problem"),
    [
        ("{AGENCY:县局 }", "AGENCY '县局 ' begins or ends with white space; leave it outside"),
        ("{COUNT:　5件}", r"COUNT '\u30005件' begins or ends with white space; leave it outside"),
        (
            "{DOCUMENT:（条例）}",
            "DOCUMENT '（条例）' includes enclosing brackets or quotation marks; leave them outside",
        ),
        (
            "{AGENCY:“县局”}",
            "AGENCY '“县局”' includes enclosing brackets or quotation marks; leave them outside",
        ),
        ("{AGENCY:我局}", "AGENCY '我局' is a self-reference; unmark it"),
        ("{AGENCY:本机关}", "AGENCY '本机关' is a self-reference; unmark it"),
    ],
)
def test_extent_that_the_guidelines_rule_out_is_found(tmp_path: Path, mention: str, problem: str) -> None:
    path = write(tmp_path, "a.txt", f"META\t由{mention}办\n")
    found = check_files([(path, True)]).problems
    assert [(item.line, item.problem) for item in found] == [(14, problem)]


@pytest.mark.parametrize("mention", ["{DOCUMENT:《条例》}", "{CHANNEL:我局网站}", "{DOCUMENT:（甲）和（乙）号}"])
def test_extent_that_the_guidelines_allow_is_no_problem(tmp_path: Path, mention: str) -> None:
    assert problems(write(tmp_path, "a.txt", f"META\t由{mention}办\n")) == []


def test_mention_that_tokens_cannot_express_is_found_and_counted(tmp_path: Path) -> None:
    result = check(write(tmp_path, "a.txt", "META\t共1{COUNT:23件}\n"))
    assert [(problem.line, problem.problem.split(":")[0]) for problem in result.problems] == [
        (14, "mention '23件' is lost")
    ]
    assert (result.mentions, result.lost) == (1, 1)


def test_repeated_id_is_found_in_each_file(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    paths = write(tmp_path, "a.txt"), write(tmp_path / "x", "a.txt", "META\t甲\n")
    assert problems(*paths) == [(1, "id 'a' is used by 2 files; change it")] * 2


def test_repeated_text_is_found(tmp_path: Path) -> None:
    first, second = write(tmp_path, "a.txt"), write(tmp_path, "b.txt")
    assert problems(first, second) == [(None, f"has the same text as {first}; remove one")]


def test_issuer_in_two_splits_is_found(tmp_path: Path) -> None:
    first, second = write(tmp_path, "a.txt"), write(tmp_path, "b.txt", "META\t甲\n", split="test")
    expected = f"issuer 青禾县档案局 is in another split in {first}; put its reports in one"
    assert problems(first, second) == [(1, expected)]


def test_long_paragraph_repeated_in_another_report_is_found(tmp_path: Path) -> None:
    first = write(tmp_path, "a.txt", f"META\t甲\nPLANS\t{LONG}\n")
    second = write(tmp_path, "b.txt", f"META\t乙\nPLANS\t{LONG}\n")
    assert problems(first, second) == [(15, f"repeats a paragraph of {first}; rewrite it")]


def test_short_paragraph_may_be_repeated(tmp_path: Path) -> None:
    first, second = (
        write(tmp_path, "a.txt", "META\t甲\nFEES\t无\n"),
        write(tmp_path, "b.txt", "META\t乙\nFEES\t无\n"),
    )
    assert problems(first, second) == []


def test_problems_are_sorted_by_file_and_line(tmp_path: Path) -> None:
    second = write(tmp_path, "b.txt", "META\t{AGENCY:我局}\nMETA 甲\n", split="odd", issuer="白石县教育局")
    first = write(tmp_path, "a.txt", "META 甲\nMETA\t乙\n")
    found = check(second, first).problems
    assert [(Path(problem.path or "").name, problem.line) for problem in found] == [
        ("a.txt", 14),
        ("b.txt", 1),
        ("b.txt", 14),
        ("b.txt", 15),
    ]


def test_alignment_is_not_checked_without_a_tokenizer(tmp_path: Path) -> None:
    assert check_files([(write(tmp_path, "a.txt", "META\t共1{COUNT:23件}\n"), True)]).problems == []
