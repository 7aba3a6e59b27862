"""The corpus that the project ships: clean, even, of many voices, as planned and as described."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from govner.cli.corpus_figures import agreement_tables
from govner.corpus.agreement import compare
from govner.corpus.checks import check_files
from govner.corpus.consistency import find_inconsistencies, read_allowed, unexplained
from govner.corpus.front_matter import FRONT_MATTER
from govner.corpus.inline import Report
from govner.corpus.overlap import MOST, measure_overlap, read_phrases
from govner.corpus.reader import read_reports
from govner.corpus.statistics import Statistics, count, tables, to_markdown
from govner.data import load_list
from govner.scheme import SECTION_LABELS
from helpers import ROOT

FOLDER = ROOT / "corpus"


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return list(read_reports([FOLDER / "reports"]))


@pytest.fixture(scope="module")
def found(reports: list[Report]) -> Statistics:
    return count(reports)


def test_files_have_no_problem() -> None:
    files = [(path, True) for part in ("reports", "figures") for path in sorted((FOLDER / part).glob("*.txt"))]
    assert [str(problem) for problem in check_files(files).problems] == []


def test_lists_of_document_numbers_are_long_clean_and_in_their_own_words(reports: list[Report]) -> None:
    paths = sorted((FOLDER / "document_numbers").glob("*.txt"))
    assert [str(problem) for problem in check_files([(path, True) for path in paths]).problems] == []
    lists = list(read_reports(paths))
    numbers = Counter(
        report.meta["split"]
        for report in lists
        for mention in report.mentions()
        if mention.label == "DOCUMENT" and report.text[mention.start] != "《"
    )
    assert min(numbers["dev"], numbers["test"]) >= 400
    learnt = {paragraph.text for report in reports for paragraph in report.paragraphs}
    assert not learnt & {paragraph.text for report in lists for paragraph in report.paragraphs}


def test_uneven_annotation_is_explained(reports: list[Report]) -> None:
    path = FOLDER / "allowed.tsv"
    assert list(unexplained(find_inconsistencies(reports), read_allowed(path), path)) == []


def test_no_two_reports_repeat_each_other(reports: list[Report]) -> None:
    phrases = read_phrases(FOLDER / "set_phrases.txt")
    assert [(o.shorter.id, o.longer.id) for o in measure_overlap(reports, phrases, MOST)] == []
    # A short phrase would part runs that are not set.
    assert min(len(phrase) for phrase in phrases) > 4


def test_every_label_and_every_kind_of_report_is_well_represented(found: Statistics) -> None:
    assert sum(found.reports.values()) >= 240
    least = {"AGENCY": 2500, "OFFICIAL": 450, "DOCUMENT": 1200, "COUNT": 2400, "CHANNEL": 3000}
    for label, number in least.items():
        assert sum(found.mentions[split, label] for split in found.splits) >= number
    for label in SECTION_LABELS:
        assert sum(found.sections[split, label] for split in found.splits) >= 150
        assert all(found.sections[split, label] for split in found.splits)
    assert sum(found.bare.values()) >= 0.15 * sum(found.paragraphs.values())
    for facet in ("form", "level", "body", "condition", "punctuation", "register"):
        assert {value for _, value in found.facets[facet]} == set(FRONT_MATTER[facet] or ())
    assert {value for _, value in found.facets["year"]} == {str(year) for year in range(2008, 2026)}


def test_reports_are_those_of_the_plan(reports: list[Report]) -> None:
    with (FOLDER / "plan.csv").open(encoding="utf8", newline="") as file:
        plan = {row["id"]: row for row in csv.DictReader(file)}
    assert sorted(plan) == sorted(report.id for report in reports)
    for report in reports:
        row = plan[report.id]
        assert {key: row[key] for key in row if key in FRONT_MATTER} == {
            key: report.meta[key] for key in row if key in FRONT_MATTER
        }


def test_readme_has_the_present_figures(found: Statistics) -> None:
    readme = Path(FOLDER / "README.md").read_text("utf8")
    assert to_markdown(tables(found)).strip() in readme


def test_readme_has_the_agreement_of_the_two_annotations(reports: list[Report]) -> None:
    first, second = (list(read_reports([FOLDER / "agreement" / name])) for name in ("first", "second"))
    result = compare(first, second)
    readme = (FOLDER / "README.md").read_text("utf8")
    assert to_markdown(agreement_tables(result)).strip() in readme
    assert f"Cohen's kappa {result.kappa:.3f}, Krippendorff's alpha {result.alpha:.3f}" in readme
    texts = {report.id: report.text for report in reports}
    assert all(report.text == texts[report.id] for report in second)
    assert len(second) >= 0.15 * len(reports)


@pytest.mark.parametrize("name", ["nouns", "verbs"])
def test_words_that_stand_where_nothing_is_mentioned_are_no_mentions(reports: list[Report], name: str) -> None:
    mentioned = {
        report.text[mention.start : mention.end]
        for report in reports
        if report.meta["split"] == "train"
        for mention in report.mentions()
        if mention.label in ("AGENCY", "CHANNEL")
    }
    assert not mentioned & set(load_list(name))
