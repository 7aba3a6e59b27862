"""Finding uneven annotation, and the allow-list that explains what is right."""

from pathlib import Path

import pytest

from govner.corpus.consistency import Finding, find_inconsistencies, read_allowed, unexplained
from govner.corpus.inline import Report, parse_report
from govner.errors import InputError


def findings(*lines: str) -> list[tuple[str, str, int]]:
    found = find_inconsistencies([parse_report("".join(f"META\t{line}\n" for line in lines))])
    return [(finding.kind, finding.text, len(finding.places)) for finding in found]


def test_string_with_two_labels_is_listed_at_its_rarer_places() -> None:
    assert findings("{CHANNEL:县图书馆}、{CHANNEL:县图书馆}", "由{AGENCY:县图书馆}办") == [("labels", "县图书馆", 1)]


def test_string_that_is_marked_elsewhere_is_listed_but_not_inside_a_longer_mention() -> None:
    lines = ("{CHANNEL:公示栏}和{CHANNEL:局公示栏}", "办公示栏，又办公示栏")
    assert findings(*lines) == [("unmarked", "公示栏", 2)]


def test_longest_marked_string_is_the_one_listed() -> None:
    assert findings("{CHANNEL:网站}与{CHANNEL:政府网站}", "建设政府网站") == [("unmarked", "政府网站", 1)]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("收到30余条建议", "30余条"),
        ("共有近三万人次来访", "近三万人次"),
        ("依据《条例》办理", "《条例》"),
        ("依据《条例", "《条例"),
        ("按国办发〔2014〕12号执行", "〔2014〕12号"),
        ("国务院令第711号", "令第711号"),
        ("见www.gov.cn", "www."),
        ("发至a.b@c.cn", "a.b@c.cn"),
    ],
)
def test_what_looks_like_a_mention_is_listed(line: str, text: str) -> None:
    assert ("typical", text, 1) in findings(line)


@pytest.mark.parametrize(
    "line",
    [
        "第3条、第二十条",
        "15个工作日、一个月内",
        "第一次会议",
        "上一篇：无",
        "三级目录",
        "每一件都登记",
        "12：30分",
        "字号",
    ],
)
def test_ordinals_periods_levels_and_links_are_not(line: str) -> None:
    assert findings(line) == []


def test_page_furniture_is_searched_only_where_it_names_its_keeper() -> None:
    reports = [parse_report("META\t{AGENCY:县教育局}\nNOISE\t首页 > 县教育局 > 年报\nNOISE\t版权所有：县教育局\n")]
    (finding,) = find_inconsistencies(reports)
    assert [place.line for place in finding.places] == [3]
    assert finding.places[0].context == "版权所有：【县教育局】"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf8")
    return path


REPORTS: list[Report] = [parse_report("META\t{CHANNEL:网站}\nMETA\t建网站，改网站\n")]


@pytest.mark.parametrize(
    ("count", "outcome"),
    [
        (2, []),
        (1, ["网站"]),
        (3, ["allowed.tsv:2: allows 3 of unmarked '网站', there are 2; lower the number"]),
    ],
)
def test_finding_is_explained_only_by_its_exact_number_of_places(
    tmp_path: Path, count: int, outcome: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(Path("allowed.tsv"), f"# looked at\nunmarked\t网站\t{count}\tonly built\n")
    left = list(unexplained(find_inconsistencies(REPORTS), read_allowed(path), path))
    assert [item.text if isinstance(item, Finding) else str(item) for item in left] == outcome


def test_line_that_explains_nothing_is_stale(tmp_path: Path) -> None:
    path = write(tmp_path / "allowed.tsv", "unmarked\t网站\t2\tonly built\nunmarked\t报刊\t1\tno means\n")
    (error,) = unexplained(find_inconsistencies(REPORTS), read_allowed(path), path)
    assert "allows unmarked '报刊', which does not occur; remove the line" in str(error)


@pytest.mark.parametrize(
    "line", ["unmarked\t网站\t2", "seen\t网站\t2\twhy", "unmarked\t网站\tmany\twhy", "unmarked\t网站\t2\t "]
)
def test_malformed_allow_list_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    path = write(tmp_path / "allowed.tsv", f"\n{line}\n")
    with pytest.raises(InputError, match=r"allowed.tsv:2: needs kind, string, number of places and reason"):
        read_allowed(path)


def test_allow_list_that_names_a_string_twice_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "allowed.tsv", "typical\t一起\t2\ta\ntypical\t一起\t2\tb\n")
    with pytest.raises(InputError, match=r":2: allows typical '一起' a second time"):
        read_allowed(path)
