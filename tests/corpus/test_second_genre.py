"""The notices of admission in `examples/second_genre`: well formed, in splits, with labels of their own."""

from collections import Counter

from govner.corpus.checks import check_files
from govner.corpus.reader import read_reports
from govner.own_labels import labels_for
from govner.scheme import SCHEME
from helpers import ROOT

NOTICES = ROOT / "examples" / "second_genre" / "notices"


def test_notices_are_well_formed() -> None:
    result = check_files([(path, True) for path in sorted(NOTICES.glob("*.txt"))])
    assert result.problems == []
    assert Counter(report.meta["split"] for report in result.reports) == {"train": 14, "dev": 4, "test": 6}


def test_every_split_has_every_own_label() -> None:
    own = labels_for(NOTICES) - SCHEME
    for split in ("train", "dev", "test"):
        reports = list(read_reports([NOTICES], split))
        assert {mention.label for report in reports for mention in report.mentions()} >= set(own.entity_labels)
        assert {paragraph.section for report in reports for paragraph in report.paragraphs} >= set(own.section_labels)
