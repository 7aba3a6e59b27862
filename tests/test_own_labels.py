"""Labels of a `labels.toml`: where they hold, what they must be, and that every reader takes them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.training import Example
from spacy.vocab import Vocab

from govner import own_labels, scheme
from govner.corpus.checks import check_files
from govner.corpus.inline import format_report, read_report
from govner.corpus.reader import read_reports, report_to_doc
from govner.corpus.statistics import count, tables
from govner.errors import InputError
from govner.evaluation.gold import read_gold
from govner.evaluation.scores import score
from govner.own_labels import adopt, labels_for, labels_for_all, own_labels_of, read_labels, scheme_of, shown_labels
from govner.scheme import ENTITY_LABELS, SCHEME, SECTION_LABELS, Label, Scheme

LABELS = """
[entities.QUOTA]
meaning = "places  offered"
color = "#F6CFA1"

[sections.ADMISSION]
meaning = "who is admitted"
color = "#c9e4f2"
"""
NOTICE = "META\t{AGENCY:青禾市第三中学}招生简章\nADMISSION\t计划招收{QUOTA:240人}。\n"
QUOTA, ADMISSION = Label("QUOTA", "places offered", "#f6cfa1"), Label("ADMISSION", "who is admitted", "#c9e4f2")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A directory with one notice, beside its labels."""
    notices = tmp_path / "notices"
    notices.mkdir()
    (tmp_path / "labels.toml").write_text(LABELS, "utf8")
    (notices / "notice.txt").write_text(NOTICE, "utf8")
    return notices


@pytest.fixture
def nothing_adopted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test adopts is gone after it."""
    monkeypatch.setattr(own_labels, "_adopted", Scheme())
    before = dict(scheme.DISPLACY_COLORS)
    yield
    scheme.DISPLACY_COLORS.clear()
    scheme.DISPLACY_COLORS.update(before)


def test_labels_hold_for_a_directory_its_files_and_the_directory_above(corpus: Path) -> None:
    expected = SCHEME | Scheme((QUOTA,), (ADMISSION,))
    assert labels_for(corpus) == labels_for(corpus / "notice.txt") == labels_for(corpus.parent) == expected


def test_labels_do_not_hold_two_directories_below(corpus: Path) -> None:
    below = corpus / "older"
    below.mkdir()
    assert labels_for(below) == SCHEME


def test_labels_beside_the_files_come_before_those_above(corpus: Path) -> None:
    (corpus / "labels.toml").write_text('[entities.MAJOR]\nmeaning = "a subject"\ncolor = "#f6cfa1"\n', "utf8")
    assert labels_for(corpus).entity_labels == (*ENTITY_LABELS, "MAJOR")


def test_relative_directory_has_the_labels_above_it(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus)
    assert labels_for(Path()) == labels_for(Path("notice.txt")) == labels_for(corpus)


def test_changed_labels_are_read_anew(corpus: Path) -> None:
    labels_for(corpus)
    (corpus.parent / "labels.toml").write_text('[entities.MAJOR]\nmeaning = "a subject"\ncolor = "#f6cfa1"\n', "utf8")
    assert "MAJOR" in labels_for(corpus).entity_labels


def test_without_the_file_labels_are_ours(tmp_path: Path) -> None:
    assert labels_for(tmp_path) is SCHEME


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("[entities.QUOTA\n", "is not TOML"),
        ("[labels.QUOTA]\n", "has no use for [labels]; write [entities.NAME] and [sections.NAME]"),
        ("entities = 3\n", "entities is no table; write [entities.NAME]"),
        ("[entities]\nQUOTA = 3\n", "[entities.QUOTA] is no table; give it meaning and color"),
        ("[entities.quota]\n", "[entities.quota] has a bad name; begin with A-Z, go on with A-Z, 0-9 and _"),
        ('[entities."QUO TA"]\n', "[entities.QUO TA] has a bad name"),
        ("[entities.AGENCY]\n", "[entities.AGENCY] has a name that is taken; choose another"),
        ("[entities.META]\n", "[entities.META] has a name that is taken"),
        ("[sections.COUNT]\n", "[sections.COUNT] has a name that is taken"),
        ("[entities.ALL]\n", "[entities.ALL] has a name that is taken"),
        ('[entities.QUOTA]\ncolor = "#f6cfa1"\n', '[entities.QUOTA] lacks meaning; add meaning = "'),
        ('[entities.QUOTA]\nmeaning = " "\n', "[entities.QUOTA] lacks meaning"),
        ('[entities.QUOTA]\nmeaning = "places"\n', '[entities.QUOTA] lacks color; add color = "#c9e4f2"'),
        ('[entities.QUOTA]\nmeaning = "places"\ncolor = 3\n', "[entities.QUOTA] lacks color"),
        ('[entities.QUOTA]\nmeaning = "places"\ncolor = "red"\n', "has the color 'red'; write it as"),
        ('[entities.QUOTA]\nmeaning = "places"\ncolor = "#BCD9F7"\n', "has the color of AGENCY; choose another"),
        ('[entities.QUOTA]\nmeaning = "places"\ncolor = "#102030"\n', "too dark for black letters"),
        ('[entities.QUOTA]\ncolour = "#f6cfa1"\n', "has no use for 'colour'; give meaning and color"),
        (LABELS.replace("ADMISSION", "QUOTA"), "[sections.QUOTA] has a name that is taken"),
        (LABELS.replace("#c9e4f2", "#f6cfa1"), "[sections.ADMISSION] has the color of QUOTA"),
    ],
)
def test_bad_labels_are_named_in_one_line(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "labels.toml"
    path.write_text(content, "utf8")
    with pytest.raises(InputError) as caught:
        read_labels(path)
    assert caught.value.path == str(path)
    assert problem in caught.value.problem and "\n" not in str(caught.value)


def test_line_that_is_not_toml_is_named(tmp_path: Path) -> None:
    path = tmp_path / "labels.toml"
    path.write_text(LABELS + "\n[entities.QUOTA]\n", "utf8")
    with pytest.raises(InputError) as caught:
        read_labels(path)
    assert caught.value.line == LABELS.count("\n") + 2


def test_bad_labels_stop_the_reading_of_a_report(corpus: Path) -> None:
    (corpus.parent / "labels.toml").write_text("[entities.AGENCY]\n", "utf8")
    with pytest.raises(InputError, match="taken"):
        read_report(corpus / "notice.txt")


def test_label_of_mentions_here_and_of_paragraphs_there_is_named(corpus: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "labels.toml").write_text('[sections.QUOTA]\nmeaning = "places"\ncolor = "#f6cfa1"\n', "utf8")
    with pytest.raises(InputError, match="QUOTA is a label of both mentions and sections"):
        labels_for_all([corpus, other])
    assert labels_for_all([corpus, corpus]) == labels_for(corpus)


def test_report_with_own_labels_reads_and_writes(corpus: Path) -> None:
    report = read_report(corpus / "notice.txt")
    assert [
        (mention.label, paragraph.section) for paragraph in report.paragraphs for mention in paragraph.mentions
    ] == [
        ("AGENCY", "META"),
        ("QUOTA", "ADMISSION"),
    ]
    assert format_report(report) == NOTICE
    assert check_files([(corpus / "notice.txt", False)]).problems == []


def test_own_labels_are_unknown_without_the_file(corpus: Path) -> None:
    (corpus.parent / "labels.toml").unlink()
    with pytest.raises(InputError, match=f"unknown section 'ADMISSION'; use one of {', '.join(SECTION_LABELS)}"):
        read_report(corpus / "notice.txt")


def test_jsonl_takes_own_labels(corpus: Path) -> None:
    record = {"text": "240人", "entities": [[0, 4, "QUOTA"]], "sections": [[0, 4, "ADMISSION"]]}
    path = corpus / "notices.jsonl"
    path.write_text(json.dumps(record), "utf8")
    [doc] = read_gold([path], Vocab())
    assert [span.label_ for span in doc.ents] == ["QUOTA"]


def test_own_labels_are_counted(corpus: Path) -> None:
    found = {table.title: {row[0]: row[-1] for row in table.rows} for table in tables(count(read_reports([corpus])))}
    assert found["totals"]["mentions"] == "2"
    assert found["mentions"]["QUOTA"] == found["sections, paragraphs"]["ADMISSION"] == "1"


def test_own_labels_are_scored(corpus: Path) -> None:
    vocab = Vocab()
    [gold], [guess] = ([report_to_doc(read_report(corpus / "notice.txt"), vocab)] for _ in range(2))
    guess.set_ents([span for span in guess.ents if span.label_ != "QUOTA"])
    scores = score([Example(guess, gold)])
    assert scores.entities["QUOTA"].f == 0 and scores.entities["AGENCY"].f == 1
    assert scores.entities["ALL"].f == pytest.approx(2 / 3)
    assert scores.sections["ADMISSION"].f == scores.sections_accuracy[0] == scores.sections_macro_f[0] == 1
    assert scores.paragraphs == 2


def test_labels_of_a_model_come_from_its_metadata() -> None:
    own = Scheme((QUOTA,), (ADMISSION,))
    assert own_labels_of({"own_labels": own.to_json()}) == own
    assert scheme_of({"own_labels": own.to_json()}).labels["QUOTA"] == QUOTA
    assert not own_labels_of({}) and scheme_of({}) == SCHEME


@pytest.mark.usefixtures("nothing_adopted")
def test_adopted_labels_are_shown_and_displacy_colours_them() -> None:
    assert shown_labels() == SCHEME
    adopt(Scheme((QUOTA,)))
    assert shown_labels().entity_labels == (*ENTITY_LABELS, "QUOTA")
    assert scheme.DISPLACY_COLORS["QUOTA"] == "#f6cfa1"
