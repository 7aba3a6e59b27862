"""Counting a corpus, its charts, and how much of other texts it covers."""

from pathlib import Path

import pytest

from govner.corpus.charts import draw_charts
from govner.corpus.coverage import measure_coverage
from govner.corpus.inline import Report, parse_report
from govner.corpus.statistics import count, tables, to_markdown

META = "---\nid: {id}\nregion: 海南\nyear: {year}\nsplit: {split}\n---\n"
REPORTS: list[Report] = [
    parse_report(META.format(id="a", year=2019, split="train") + "META\t{AGENCY:县局}\nFEES\t无\n"),
    parse_report(META.format(id="b", year=2009, split="test") + "FEES\t收{COUNT:3元}和{COUNT:5元}\n"),
]


def rows(title: str) -> dict[str, tuple[str, ...]]:
    (table,) = [table for table in tables(count(REPORTS)) if table.title == title]
    return {row[0]: row[1:] for row in table.rows}


def test_totals_are_by_split_and_in_all() -> None:
    found = rows("totals")
    assert found["reports"] == ("1", "1", "2")
    assert found["characters"] == ("4", "6", "10")
    assert found["paragraphs without mention"] == ("1", "0", "1")
    assert found["mentions"] == ("1", "2", "3")


def test_labels_and_facets_have_their_tables() -> None:
    assert rows("mentions")["COUNT"] == ("0", "2", "2")
    assert rows("sections, paragraphs")["FEES"] == ("1", "1", "2")
    assert rows("region, reports") == {"海南": ("1", "1", "2")}
    assert list(rows("year, reports")) == ["2009", "2019"]
    assert rows("length, reports") == {"under 500": ("1", "1", "2")}
    assert rows("body, reports") == {"-": ("1", "1", "2")}


def test_markdown_has_a_rule_below_each_head() -> None:
    text = to_markdown(tables(count(REPORTS)))
    assert "**totals**\n\n|  | train | test | all |\n|---|---:|---:|---:|\n| reports | 1 | 1 | 2 |\n" in text


def test_a_chart_is_drawn_for_every_dimension_and_the_same_counts_give_the_same_file(tmp_path: Path) -> None:
    first = draw_charts(count(REPORTS), tmp_path / "one")
    second = draw_charts(count(REPORTS), tmp_path / "two")
    assert [path.name for path in first] == [
        f"corpus-{name}.png"
        for name in (
            "mentions", "sections", "form", "level", "body", "condition", "punctuation", "register", "region", "year",
            "length",
        )
    ]  # fmt: skip
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in first)
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_coverage_counts_every_occurrence() -> None:
    source = [parse_report("META\t由{AGENCY:县局}承办\n")]
    target = [parse_report("META\t由{AGENCY:县局}承担\nMETA\t县局承担承担承\n")]
    found = measure_coverage(source, target)
    # Trigrams of the target: 由县局 县局承 | 局承担, and on the second line 县局承 | 局承担 承担承 担承担 承担承.
    assert found.trigrams == pytest.approx(3 / 8)
    assert found.mentions == 1
    assert found.contexts == pytest.approx(1 / 2)


def test_context_counts_only_beside_a_mention_of_the_same_label() -> None:
    source = [parse_report("META\t由{AGENCY:县局}承办\n")]
    assert measure_coverage(source, [parse_report("META\t由{CHANNEL:县局}承办\n")]).contexts == 0
    assert measure_coverage(source, [parse_report("META\t无\n")]).contexts == 0
