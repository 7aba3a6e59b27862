"""New reports with old ones among them: how many, in what order, and who annotates plain texts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from thinc.api import fix_random_seed

from govner.corpus.inline import read_report
from govner.corpus.reader import read_reports, report_to_doc
from govner.errors import InputError
from govner.training.rehearsal import create_rehearsed_reader, read_rehearsed, tagged_report
from helpers import CORPUS, make_pipeline

NOTICE = (
    "---\nid: {name}\nsplit: {split}\n---\nMETA\t{{AGENCY:青禾市第三中学}}招生简章\nOTHER\t计划招收{{COUNT:240人}}。\n"
)


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    directory = tmp_path / "notices"
    directory.mkdir()
    for name, split in (("a", "train"), ("b", "train"), ("c", "dev")):
        (directory / f"{name}.txt").write_text(NOTICE.format(name=name, split=split), "utf8")
    return directory


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """The texts of the fixture corpus, without annotation."""
    directory = tmp_path / "plain"
    directory.mkdir()
    for path in CORPUS.glob("*.txt"):
        (directory / path.name).write_text(read_report(path).text, "utf8")
    return directory


def no_teacher() -> Language:
    raise AssertionError("asked for a teacher")


def ids(reader: object, nlp: Language) -> list[str]:
    return [example.reference.user_data["meta"]["id"] for example in reader(nlp)]  # type: ignore[operator]


def test_old_reports_have_their_share_of_characters(notices: Path) -> None:
    nlp = make_pipeline()
    reader = create_rehearsed_reader(str(notices), "train", str(CORPUS), share=0.5)
    found = ids(reader, nlp)
    assert found[:2] == ["a", "b"]
    # One old report is longer than both notices.
    assert len(found) == 3 and found[2] in {report.id for report in read_reports([CORPUS], "train")}
    everything = ids(create_rehearsed_reader(str(notices), "train", str(CORPUS), share=0.999), nlp)
    assert sorted(everything[2:]) == sorted(report.id for report in read_reports([CORPUS], "train"))


def test_without_old_reports_there_are_but_new_ones(notices: Path) -> None:
    nlp = make_pipeline()
    assert ids(create_rehearsed_reader(str(notices), "train"), nlp) == ["a", "b"]
    assert ids(create_rehearsed_reader(str(notices), "train", str(CORPUS), share=0.0), nlp) == ["a", "b"]


def test_shuffled_reading_differs_from_time_to_time_and_follows_the_seed(notices: Path) -> None:
    nlp = make_pipeline()

    def readings() -> list[list[str]]:
        fix_random_seed(0)
        reader = create_rehearsed_reader(str(notices), "train", str(CORPUS), shuffle=True)
        return [ids(reader, nlp) for _ in range(12)]

    first = readings()
    assert len({tuple(reading) for reading in first}) > 1
    assert readings() == first


def test_reading_that_is_not_shuffled_is_always_the_same(notices: Path) -> None:
    nlp = make_pipeline()
    reader = create_rehearsed_reader(str(notices), "dev", str(CORPUS))
    assert ids(reader, nlp) == ids(reader, nlp)


def test_annotated_old_reports_are_those_of_the_split() -> None:
    for split in ("train", "dev"):
        found = {report.id for report in read_rehearsed(CORPUS, split, no_teacher)}
        assert found == {report.id for report in read_reports([CORPUS], split)}


def test_plain_texts_are_tagged_and_one_in_five_is_kept_for_scoring(plain: Path, small_nlp: Language) -> None:
    train, dev = (read_rehearsed(plain, split, lambda: small_nlp) for split in ("train", "dev"))
    assert (len(train), len(dev)) == (5, 1)
    for report in (*train, *dev):
        doc = report_to_doc(report, small_nlp.vocab)
        tagged = small_nlp(report.text)
        assert [(s.start_char, s.end_char, s.label_) for s in doc.ents] == [
            (s.start_char, s.end_char, s.label_) for s in tagged.ents
        ]
    assert any(report.mentions() for report in train)


def test_report_of_a_tagged_document_leaves_empty_lines_out(small_nlp: Language) -> None:
    doc = small_nlp("青禾市水利局年报\n\n　　公开信息12件。")
    report = tagged_report(doc, Path("plain.txt"))
    assert [paragraph.text for paragraph in report.paragraphs] == ["青禾市水利局年报", "　　公开信息12件。"]
    assert [paragraph.line for paragraph in report.paragraphs] == [1, 3]
    assert [paragraph.section for paragraph in report.paragraphs] == [span.label_ for span in doc.spans["sections"]]


def test_plain_texts_without_a_teacher_are_named(notices: Path, plain: Path) -> None:
    reader = create_rehearsed_reader(str(notices), "train", str(plain))
    with pytest.raises(InputError, match="name the pipeline that tags them"):
        list(reader(spacy.blank("zh")))


def test_share_that_is_none_is_refused() -> None:
    for share in (1.0, -0.1):
        with pytest.raises(InputError, match="from 0 to below 1"):
            create_rehearsed_reader("notices", "train", share=share)


def test_missing_corpus_is_named() -> None:
    def read() -> Iterator[object]:
        return create_rehearsed_reader(None, "train")(spacy.blank("zh"))

    with pytest.raises(InputError, match="the config names no corpus"):
        list(read())
