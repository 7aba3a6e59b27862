"""The annotated records of the corpus: in step with the reports they belong to."""

from collections import Counter
from decimal import Decimal

import pytest

from govner.corpus.inline import Report, read_report
from govner.corpus.reader import read_reports
from govner.evaluation.record_agreement import record_agreement
from govner.evaluation.record_gold import GoldRecord, read_record_gold
from govner.records.facts.metrics.classifier import OTHER, metrics
from govner.records.national.templates import TEMPLATES
from helpers import ROOT

FOLDER = ROOT / "corpus"


@pytest.fixture(scope="module")
def records() -> list[GoldRecord]:
    return list(read_record_gold(FOLDER / "records"))


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    return {report.id: report for report in read_reports([FOLDER / "reports"])}


def test_sixty_reports_of_dev_and_test_are_annotated_whole(records: list[GoldRecord]) -> None:
    splits = Counter(record.split for record in records if record.documents is not None)
    assert splits["dev"] >= 30 and splits["test"] >= 30


def test_passages_are_those_of_the_report(records: list[GoldRecord], reports: dict[str, Report]) -> None:
    for record in records:
        report = reports[record.id]
        assert record.split == report.meta["split"]
        groups = [record.facts, record.officials or (), *(record.documents or ())]
        for item in (item for group in groups for item in group):
            assert report.text[item.start : item.end] == item.text, (record.id, item)


def test_every_figure_is_a_fact_and_every_channel_and_total_is_there(
    records: list[GoldRecord], reports: dict[str, Report]
) -> None:
    for record in records:
        mentions = reports[record.id].mentions()
        figures = [(mention.start, mention.end) for mention in mentions if mention.label == "COUNT"]
        channels = {(mention.start, mention.end) for mention in mentions if mention.label == "CHANNEL"}
        assert [(fact.start, fact.end) for fact in record.facts if not fact.zero] == figures
        for number, fact in enumerate(record.facts):
            assert fact.channel is None or fact.channel in channels
            assert fact.parent is None or (fact.parent != number and fact.parent < len(record.facts))


def test_metrics_and_values_are_known(records: list[GoldRecord]) -> None:
    known = {metric.id for metric in metrics()} | {OTHER}
    for record in records:
        for fact in record.facts:
            assert fact.metric in known
            if fact.value and "-" not in fact.value[1:]:
                Decimal(fact.value)
            assert not fact.zero or fact.value == "0"


def test_passages_have_a_known_metric_for_every_figure_and_show_all_metrics() -> None:
    known = {metric.id for metric in metrics()} | {OTHER}
    shown: Counter[str] = Counter()
    for passages in read_record_gold(FOLDER / "figures"):
        report = read_report(FOLDER / "figures" / f"{passages.id}.txt")
        figures = [(mention.start, mention.end) for mention in report.mentions() if mention.label == "COUNT"]
        assert [(fact.start, fact.end) for fact in passages.facts] == figures
        assert passages.split == report.meta["split"] == "train"
        shown.update(fact.metric for fact in passages.facts)
    assert set(shown) == known and min(shown.values()) >= 50
    assert f"{shown.total():,} figures" in (FOLDER / "README.md").read_text("utf8")


def test_tables_are_annotated_where_the_whole_record_of_dev_or_test_is(records: list[GoldRecord]) -> None:
    for record in records:
        assert (record.tables is not None) == (record.documents is not None and record.split != "train"), record.id
    tables = Counter(record.split for record in records for _ in record.tables or ())
    assert tables["dev"] >= 17 and tables["test"] >= 12


def test_cells_are_those_of_their_template_and_of_the_report(
    records: list[GoldRecord], reports: dict[str, Report]
) -> None:
    for record in records:
        words = reports[record.id].text
        for table in record.tables or ():
            rows = TEMPLATES[table.kind, table.edition].by_id
            places = [(cell.row, cell.column) for cell in table.cells]
            assert places and len(places) == len(set(places)), record.id
            for cell in table.cells:
                assert cell.column in {column.id for column in rows[cell.row].columns}, (record.id, cell)
                assert cell.text in words, (record.id, cell)


def test_readme_has_the_agreement_of_the_two_annotations(records: list[GoldRecord]) -> None:
    second = list(read_record_gold(FOLDER / "agreement" / "records"))
    first = [record for record in records if record.id in {record.id for record in second}]
    assert len(first) == len(second) == 15
    row = " | ".join(f"{value:.3f}" for value in record_agreement(first, second).values())
    assert f"| {row} |" in (FOLDER / "README.md").read_text("utf8")


def test_readme_has_the_number_of_records(records: list[GoldRecord]) -> None:
    whole = sum(record.documents is not None for record in records)
    text = (FOLDER / "README.md").read_text("utf8")
    assert f"of {len(records)} reports" in text and f"of {whole} of them" in text
