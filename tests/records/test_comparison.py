"""What comparing reports of a body over years, and bodies in a year, may not get wrong."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.errors import InputError
from govner.records.comparison import compare_records, comparison_frames, comparison_rows
from govner.records.comparison.model import Figure, YearReport
from govner.records.comparison.rows import TABLES
from govner.records.comparison.series import fold_body
from govner.records.national.templates import TEMPLATES
from govner.records.schema import (
    Cell,
    Evidence,
    Fact,
    Identity,
    NationalTable,
    Record,
    SectionPart,
    TableEdition,
    TableKind,
)

BODY = "青禾县人民政府"
COPIED = "各乡镇、各部门对拟公开的信息逐条填写审查单，经分管领导签字后由专人上网。"
FRESH = "县政府办公室在柳荫镇的集市上摆了三天摊，收来的问题当场记下，隔周上网答复。"


def fact(
    metric: str, value: Any, sentence: str = "", section: str = "PROACTIVE", unit: str = "件", **more: Any
) -> Fact:
    """A fact; its figure stands in `sentence` as `{}`, or alone."""
    lead, _, tail = (sentence or "{}").partition("{}")
    figure = f"{value}{unit}"
    start = len(lead)
    whole = lead + figure + tail
    return Fact(
        value=Decimal(str(value)),
        unit=unit,
        metric=metric,
        section=section,
        evidence=Evidence(start=start, end=start + len(figure), text=figure),
        sentence=Evidence(start=0, end=len(whole), text=whole),
        **more,
    )


def zero(metric: str, section: str) -> Fact:
    clause = Evidence(start=0, end=2, text="没有")
    return Fact(
        value=Decimal(0),
        unit="",
        metric=metric,
        section=section,
        is_zero_statement=True,
        evidence=clause,
        sentence=clause,
    )


def table(kind: TableKind, edition: TableEdition, values: dict[tuple[str, str], int | None]) -> NationalTable:
    """A national table with numbers in some cells and blanks (None) in others."""
    cells = []
    for place, (row, column) in enumerate(values):
        value = values[row, column]
        cells.append(
            Cell(
                row=row,
                column=column,
                raw="" if value is None else str(value),
                value=None if value is None else Decimal(value),
                kind="blank" if value is None else "number",
                evidence=None if value is None else Evidence(start=place, end=place + 1, text=str(value)),
            )
        )
        assert column in {one.id for one in TEMPLATES[kind, edition].by_id[row].columns}
    return NationalTable(
        kind=kind, edition=edition, cells=tuple(cells), evidence=Evidence(start=0, end=len(cells), text="")
    )


def record(
    year: int | None,
    facts: Iterable[Fact] = (),
    paragraphs: Iterable[str | tuple[str, str]] = (),
    tables: Iterable[NationalTable] = (),
    issuer: str | None = BODY,
    name: str | None = None,
) -> Record:
    """A record; paragraphs are PROACTIVE unless they come with a label."""
    sections, offset = [], 0
    for paragraph in paragraphs:
        label, text = ("PROACTIVE", paragraph) if isinstance(paragraph, str) else paragraph
        evidence = Evidence(start=offset, end=offset + len(text), text=text)
        sections.append(SectionPart(label=label, level=0, heading_path=(), evidence=evidence))
        offset += len(text) + 1
    return Record(
        id=name or f"{issuer}-{year}",
        characters=offset,
        identity=Identity(issuer=issuer, year=year),
        sections=tuple(sections),
        mentions=(),
        facts=tuple(facts),
        tables=tuple(tables),
    )


def last_report(*records: Record) -> YearReport:
    return compare_records(records).bodies[0].reports[-1]


def figure(report: YearReport, metric: str) -> Figure:
    found = report.figure(metric)
    assert found is not None
    return found


def test_change_is_absolute_and_in_percent() -> None:
    report = last_report(record(2017, [fact("proactive_total", 400)]), record(2018, [fact("proactive_total", 450)]))
    assert (figure(report, "proactive_total").change, figure(report, "proactive_total").percent) == (
        50,
        Decimal("12.5"),
    )


def test_change_from_zero_has_no_percentage() -> None:
    report = last_report(
        record(2017, [zero("requests_received", "REQUESTS")]),
        record(2018, [fact("requests_received", 3, section="REQUESTS")]),
    )
    assert figure(report, "requests_received").change == 3
    assert figure(report, "requests_received").percent is None


def test_change_is_not_reckoned_over_a_gap() -> None:
    comparison = compare_records([record(year, [fact("proactive_total", year)]) for year in (2015, 2018)])
    (series,) = comparison.bodies
    assert series.missing_years == (2016, 2017)
    assert figure(series.reports[1], "proactive_total").change is None


def test_silence_is_no_figure() -> None:
    report = last_report(record(2017, [fact("reviews", 2, section="LITIGATION")]), record(2018))
    assert report.figures == ()


def test_table_comes_before_text() -> None:
    cells = table("requests", "2021", {("new", "total"): 12})
    report = last_report(record(2022, [fact("requests_received", 15, section="REQUESTS")], tables=[cells]))
    assert (figure(report, "requests_received").value, figure(report, "requests_received").origin) == (
        12,
        "requests table",
    )


def test_blank_cell_is_no_zero() -> None:
    cells = table("remedies", "2021", {("direct_suit", "total"): 3, ("suit_after_review", "total"): None})
    assert last_report(record(2022, tables=[cells])).figure("lawsuits") is None


def test_editions_of_the_disclosure_table_are_not_compared() -> None:
    years = [
        record(2020, tables=[table("disclosure", "2019", {("licences", "decisions"): 5})]),
        record(2021, tables=[table("disclosure", "2021", {("licences", "decisions"): 9})]),
        record(2022, tables=[table("disclosure", "2021", {("licences", "decisions"): 7})]),
    ]
    (series,) = compare_records(years).bodies
    assert [figure(report, "permits").change for report in series.reports] == [None, None, -2]


def test_figures_of_the_area_and_of_the_body_are_not_compared() -> None:
    report = last_report(
        record(2017, [fact("proactive_total", 4000, scope="whole area")]),
        record(2018, [fact("proactive_total", 300, scope="own")]),
    )
    assert figure(report, "proactive_total").change is None


def test_parts_and_other_times_are_no_totals() -> None:
    facts = [
        fact("requests_received", 20, section="REQUESTS"),
        fact("requests_received", 7, section="REQUESTS", parent=0),
        fact("requests_received", 31, section="REQUESTS", period="previous"),
        fact("requests_received", 99, section="PROBLEMS"),
    ]
    assert figure(last_report(record(2018, facts)), "requests_received").value == 20


def test_word_for_the_total_decides_between_figures() -> None:
    facts = [
        fact("trainings", 2, "请党校办班{}，", section="ORGANIZATION", unit="期"),
        fact("trainings", 5, "请党校办班2期，全年共培训{}。", section="ORGANIZATION", unit="期"),
    ]
    assert figure(last_report(record(2018, facts)), "trainings").value == 5


def test_figures_that_nothing_decides_between_are_named() -> None:
    facts = [fact("trainings", value, section="ORGANIZATION", unit="期") for value in (2, 5)]
    comparison = compare_records([record(2018, facts)])
    report = comparison.bodies[0].reports[0]
    assert report.figure("trainings") is None
    assert [passage.text for passage in report.unclear[0].evidence] == ["2期", "5期"]
    assert [row["text"] for row in comparison_rows(comparison)["unclear_figures"]] == ["2期", "5期"]


@pytest.mark.parametrize(
    ("sentence", "metric"),
    [
        ("上年结转公开申请{}，2018年共收到46件", "requests_carried_over"),
        ("答复44件，其余{}结转下年度办理。", "requests_carried_forward"),
        ("答复44件，结转下一年{}。", "requests_carried_forward"),
        ("上年结转3件，2018年共收到公开申请{}。", "requests_received"),
        ("上年结转 3 新收 {} ", "requests_received"),
    ],
)
def test_carried_requests_are_known_by_the_words_around_them(sentence: str, metric: str) -> None:
    report = last_report(record(2018, [fact("requests_received", 46, sentence, section="REQUESTS")]))
    assert [one.metric for one in report.figures] == [metric]


def test_requests_carried_over_must_be_those_carried_forward() -> None:
    before = record(2018, [fact("requests_carried_forward", 5, section="REQUESTS")])
    same = record(2019, [fact("requests_carried_over", 5, section="REQUESTS")])
    other = record(2019, [fact("requests_carried_over", 4, section="REQUESTS")])
    assert not last_report(before, same).findings
    (finding,) = last_report(before, other).findings
    assert finding.rule == "carried-between-years"
    assert [passage.text for passage in finding.evidence] == ["5件", "4件"]


def test_tables_of_two_years_that_disagree_are_found_once() -> None:
    before = record(2021, tables=[table("requests", "2021", {("carried_out", "total"): 5})])
    after = record(2022, tables=[table("requests", "2021", {("carried_in", "total"): 4})])
    assert [finding.rule for finding in last_report(before, after).findings] == ["carried-between-years"]


def test_paragraph_with_only_its_numbers_changed_is_reused() -> None:
    report = last_report(
        record(2017, paragraphs=["全年主动公开政府信息1286条，其中门户网站742条。", FRESH]),
        record(2018, paragraphs=["全年主动公开政府信息2,075条，其中门户网站968条。", COPIED]),
    )
    assert report.reuse is not None
    (pair,) = report.reuse.reused
    assert (pair.edit, pair.similarity, report.reuse.share) == ("numbers", 100, 0.5)
    assert (pair.evidence.start, pair.earlier.start) == (0, 0)


def test_paragraph_with_a_few_words_changed_is_reused_and_one_written_anew_is_not() -> None:
    changed = COPIED.replace("专人", "专职人员")
    report = last_report(record(2017, paragraphs=[COPIED]), record(2018, paragraphs=[changed, FRESH]))
    assert report.reuse is not None
    assert [(pair.edit, pair.evidence.text) for pair in report.reuse.reused] == [("words", changed)]


def test_punctuation_and_spaces_do_not_hide_repetition() -> None:
    messy = COPIED.replace("，", ",").replace("对", " 对　")
    reuse = last_report(record(2017, paragraphs=[COPIED]), record(2018, paragraphs=[messy])).reuse
    assert reuse is not None
    assert [pair.edit for pair in reuse.reused] == ["none"]


def test_furniture_and_short_lines_are_not_compared() -> None:
    paragraphs = [("NOISE", COPIED), ("META", FRESH), "二、主动公开政府信息情况"]
    reuse = last_report(record(2017, paragraphs=paragraphs), record(2018, paragraphs=paragraphs)).reuse
    assert reuse is not None
    assert (reuse.paragraphs, reuse.share) == (0, None)


def test_bare_headings_and_national_tables_are_not_compared() -> None:
    heading, rows = (
        "五、因政府信息公开申请行政复议、提起行政诉讼的情况",
        "（一）予以公开 0 0 0 0 0 0 0 （二）部分公开 0 0 0 0 0 0 0",
    )
    cells = table("requests", "2021", {("new", "total"): 12}).model_copy(
        update={"evidence": Evidence(start=0, end=len(rows), text=rows)}
    )
    years = []
    for year in (2021, 2022):
        made = record(year, paragraphs=[rows, heading, COPIED], tables=[cells])
        sections = (made.sections[0], made.sections[1].model_copy(update={"level": 1}), made.sections[2])
        years.append(made.model_copy(update={"sections": sections}))
    reuse = last_report(*years).reuse
    assert reuse is not None
    assert [pair.evidence.text for pair in reuse.reused] == [COPIED]
    assert reuse.share == 1


def test_example_reports_repeat_two_paragraphs_a_year_one_with_other_numbers() -> None:
    examples = Path(__file__).parents[2] / "examples" / "compare"
    records = [
        record(int(path.stem[-4:]), paragraphs=map(str.strip, path.read_text("utf8").splitlines()))
        for path in sorted(examples.glob("*.txt"))
    ]
    (series,) = compare_records(records).bodies
    for report in series.reports[1:]:
        assert report.reuse is not None
        edits = {pair.edit: pair.evidence.text for pair in report.reuse.reused if pair.edit != "words"}
        assert edits["none"].startswith("各乡镇、各部门")
        assert "全县主动公开政府信息" in edits["numbers"]


def test_record_without_issuer_or_year_is_left_out_with_the_reason() -> None:
    comparison = compare_records([record(None, name="a"), record(2018, issuer=None, name="b"), record(2018, name="c")])
    assert [(one.report_id, one.reason) for one in comparison.left_out] == [
        ("a", "no year found"),
        ("b", "no issuer found"),
    ]
    assert [series.body for series in comparison.bodies] == [BODY]


def test_second_report_for_a_year_is_left_out() -> None:
    comparison = compare_records([record(2018, name="short"), record(2018, paragraphs=[FRESH], name="long")])
    assert [report.report_id for report in comparison.bodies[0].reports] == ["long"]
    assert comparison.left_out[0].reason == "long is a report of the same body for 2018"


@pytest.mark.parametrize("name", ["青禾县政府", "青禾县人民政府（公章）", " 青禾县 人民政府"])
def test_names_of_one_body_are_folded(name: str) -> None:
    assert fold_body(name) == BODY


def test_ranks_of_equal_figures_are_equal() -> None:
    amounts = {"青禾县水务局": 9, "柳荫县水务局": 9, "堤东县水务局": 4}
    comparison = compare_records(
        record(2018, [fact("proactive_total", value)], issuer=issuer) for issuer, value in amounts.items()
    )
    ranks = {series.body: figure(series.reports[0], "proactive_total").rank for series in comparison.bodies}
    assert ranks == {"青禾县水务局": 1, "柳荫县水务局": 1, "堤东县水务局": 3}


def test_body_alone_in_its_year_has_no_rank() -> None:
    assert figure(last_report(record(2018, [fact("proactive_total", 3)])), "proactive_total").rank is None


def test_metrics_without_a_total_are_refused() -> None:
    with pytest.raises(InputError, match="proactive_by_channel"):
        compare_records([], ["proactive_by_channel"])


def test_only_the_metrics_asked_for_are_compared() -> None:
    facts = [fact("proactive_total", 3), fact("reviews", 1, section="LITIGATION")]
    report = compare_records([record(2018, facts)], ["reviews"]).bodies[0].reports[0]
    assert [one.metric for one in report.figures] == ["reviews"]


def test_frames_keep_their_columns_when_there_is_nothing_to_tell() -> None:
    frames = comparison_frames(compare_records([]))
    assert {name: tuple(frame.columns) for name, frame in frames.items()} == TABLES


def test_frames_hold_places_in_both_reports() -> None:
    comparison = compare_records([record(2017, paragraphs=[FRESH, COPIED]), record(2018, paragraphs=[COPIED])])
    row = comparison_frames(comparison)["reused"].iloc[0]
    assert (row["start"], row["earlier_start"], row["earlier_text"]) == (0, len(FRESH) + 1, COPIED)


amounts = st.integers(0, 10**9)
words = st.sampled_from(
    [COPIED, FRESH, COPIED.replace("专人", "专职人员"), "短句", "全年公开3条" * 8, "全年公开47条" * 8]
)
many = st.lists(
    st.tuples(st.sampled_from([BODY, "柳荫县水务局", None]), st.sampled_from([None, 2015, 2016, 2017, 2019])),
    max_size=6,
)


@given(st.lists(amounts, min_size=2, max_size=5))
def test_value_is_the_one_before_and_the_change(values: list[int]) -> None:
    records = [record(2010 + place, [fact("proactive_total", value)]) for place, value in enumerate(values)]
    (series,) = compare_records(records).bodies
    for before, after in zip(series.reports, series.reports[1:], strict=False):
        old, new = figure(before, "proactive_total"), figure(after, "proactive_total")
        assert new.change is not None
        assert new.value == old.value + new.change
        assert (new.percent is None) == (old.value == 0)


@given(st.lists(words, max_size=6), st.lists(words, max_size=6))
def test_share_lies_between_none_and_all(earlier: list[str], current: list[str]) -> None:
    reuse = last_report(record(2017, paragraphs=earlier), record(2018, paragraphs=current)).reuse
    assert reuse is not None
    assert reuse.share is None if reuse.paragraphs == 0 else 0 <= reuse.share <= 1
    long = [text for text in current if len(text) > 20]
    assert reuse.paragraphs == len(long)
    assert {pair.evidence.text for pair in reuse.reused} >= set(long) & set(earlier)


@given(many, amounts, st.randoms())
def test_order_of_input_does_not_matter(kinds: list[tuple[str | None, int | None]], amount: int, random: Any) -> None:
    records = [
        record(year, [fact("proactive_total", amount + place)], [COPIED], issuer=issuer, name=f"r{place}")
        for place, (issuer, year) in enumerate(kinds)
    ]
    shuffled = list(records)
    random.shuffle(shuffled)
    comparison = compare_records(shuffled)
    assert comparison == compare_records(records)
    assert sum(len(series.reports) for series in comparison.bodies) + len(comparison.left_out) == len(records)
