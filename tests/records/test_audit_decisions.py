"""What a person decided about findings, kept beside the report."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_reports import findings, report
from govner.errors import InputError
from govner.records.audit import (
    Decision,
    apply_decisions,
    decide,
    decisions_path,
    read_decisions,
    write_decisions,
)
from govner.records.audit.rules import RULES

LINES = (
    "OVERVIEW\t全年收到公开申请{COUNT:5件}。",
    "REQUESTS\t我局共收到政府信息公开申请{COUNT:6件}。",
    "PROACTIVE\t2月30日开会。",
)

decisions = st.builds(
    Decision,
    rule=st.sampled_from([rule.id for rule in RULES]),
    passages=st.lists(st.text("件条一二三12，。", min_size=1, max_size=6), min_size=1, max_size=3).map(
        lambda texts: tuple(text.replace("，", ",") for text in texts)
    ),
    status=st.sampled_from(["confirmed", "dismissed"]),
    occurrence=st.integers(1, 4),
    note=st.text(max_size=12),
)


def test_decision_holds_when_other_parts_of_the_report_are_edited(tmp_path: Path):
    path = decisions_path(tmp_path / "2022.txt")
    found = findings(report(*LINES))
    write_decisions(path, [decide(found, 0, "dismissed", "two bodies")])
    edited = findings(report("PREAMBLE\t根据《条例》编制本报告。", *LINES))
    decided = apply_decisions(edited, read_decisions(path))
    assert [finding.status for finding in decided] == [
        "dismissed" if f.rule == found[0].rule else "open" for f in edited
    ]
    assert path.name == "2022.audit.json"


def test_decision_about_other_numbers_does_not_hold():
    found = findings(report(*LINES))
    changed = findings(report(LINES[0].replace("5", "4"), *LINES[1:]))
    kept = [decide(found, place, "confirmed") for place in range(len(found))]
    decided = {finding.rule: finding.status for finding in apply_decisions(changed, kept)}
    assert decided == {"contradictory-figures": "open", "impossible-date": "confirmed"}


def test_findings_with_the_same_words_are_told_apart_by_their_order():
    found = findings(report("PROACTIVE\t2月30日开会。", "REQUESTS\t2月30日开会。"))
    decided = apply_decisions(found, [decide(found, 1, "confirmed")])
    assert [finding.status for finding in decided] == ["open", "confirmed"]


def test_no_file_is_no_decision(tmp_path: Path):
    assert read_decisions(tmp_path / "none.audit.json") == ()


@given(st.lists(decisions, max_size=5))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, made: list[Decision]):
    path = tmp_path_factory.mktemp("decisions") / "a.audit.json"
    write_decisions(path, made)
    assert {one.key: one for one in read_decisions(path)} == {one.key: one for one in made}
    assert isinstance(json.loads(path.read_text(encoding="utf-8")), list)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('{"rule": "x"}', 1, "must begin with \\["),
        ('[\n{"rule": "nothing", "passages": ["a"], "status": "confirmed"}\n]', 2, "no audit rule 'nothing'"),
        ('[\n{"rule": "impossible-date", "passages": [], "status": "confirmed"}\n]', 2, "passages must be"),
        ('[\n{"rule": "impossible-date", "passages": ["a"], "status": "open"}\n]', 2, "use confirmed or dismissed"),
        ('[\n{"rule": "impossible-date", "passages": ["a"],\n "status": confirmed}\n]', 3, "is not JSON"),
        (
            '[\n{"rule": "impossible-date", "passages": ["a"], "status": "confirmed", "why": 1}\n]',
            2,
            "unknown key 'why'",
        ),
        (
            '[\n{"rule": "impossible-date", "passages": ["a"], "status": "confirmed", "occurrence": 0}\n]',
            2,
            "occurrence",
        ),
        ('[\n{"rule": "impossible-date", "passages": ["a"], "status": "confirmed"}\n', 3, "needs a comma"),
        ("[]\n[]", 2, "goes on after"),
        ("[\n3\n]", 2, "must be {…}"),
    ],
)
def test_broken_file_is_told_with_line_and_remedy(tmp_path: Path, text: str, line: int, says: str):
    path = tmp_path / "a.audit.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=says) as raised:
        read_decisions(path)
    assert raised.value.line == line
