"""Converting annotated reports: nothing is lost between the inline format, .spacy and JSONL."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from govner.corpus.convert import doc_to_record, doc_to_report, write_docs
from govner.corpus.inline import Report, format_report, parse_report
from govner.corpus.reader import report_to_doc
from govner.errors import InputError
from govner.evaluation.gold import read_gold
from govner.scheme import SECTIONS_KEY
from strategies import reports

VOCAB = Vocab()
SOURCE = "---\nid: qinghe\n---\nMETA\t{AGENCY:𠮷禾县}报告\nFEES\t收{COUNT:5元}\n"


def gold(source: str = SOURCE) -> Doc:
    return report_to_doc(parse_report(source), VOCAB)


def convert(report: Report, suffix: str) -> str:
    """Write a report in a format, read that, write it as an inline file; return the file's content."""
    with TemporaryDirectory() as folder:
        between = Path(folder) / f"x{suffix}"
        write_docs([report_to_doc(report, VOCAB)], between)
        # Another vocabulary, so that nothing is found there which was not written.
        (written,) = write_docs(list(read_gold([between], Vocab())), Path(folder) / "inline")
        assert written.name == f"{report.id}.txt"
        return written.read_bytes().decode()


@pytest.mark.parametrize("suffix", [".spacy", ".jsonl", ""])
@given(report=reports(name="r1"))
def test_report_is_the_same_after_conversion_and_back(suffix: str, report: Report) -> None:
    if suffix:
        assert convert(report, suffix) == format_report(report)
    else:
        assert doc_to_report(report_to_doc(report, VOCAB)) == Report(report.paragraphs, report.meta)


@given(st.lists(reports(), min_size=2, max_size=3))
def test_documents_keep_their_order_and_number(some: list[Report]) -> None:
    docs = [report_to_doc(report, VOCAB) for report in some]
    with TemporaryDirectory() as folder:
        for name in ("x.spacy", "x.jsonl"):
            write_docs(docs, Path(folder) / name)
            read = list(read_gold([Path(folder) / name], Vocab()))
            assert [doc.text for doc in read] == [doc.text for doc in docs]


def test_record_has_character_offsets_labels_and_metadata() -> None:
    assert doc_to_record(gold()) == {
        "text": "𠮷禾县报告\n收5元",
        "entities": [
            {"start": 0, "end": 3, "label": "AGENCY"},
            {"start": 7, "end": 9, "label": "COUNT"},
        ],
        "sections": [
            {"start": 0, "end": 5, "label": "META"},
            {"start": 6, "end": 9, "label": "FEES"},
        ],
        "meta": {"id": "qinghe"},
    }


def test_jsonl_is_utf8_with_a_document_a_line(tmp_path: Path) -> None:
    assert write_docs([gold(), gold()], tmp_path / "new" / "x.jsonl") == [tmp_path / "new" / "x.jsonl"]
    content = (tmp_path / "new" / "x.jsonl").read_bytes().decode()
    assert "𠮷禾县" in content
    assert [json.loads(line)["meta"] for line in content.splitlines()] == [{"id": "qinghe"}] * 2


def test_documents_without_an_id_get_numbered_files(tmp_path: Path) -> None:
    written = write_docs([gold("META\t甲\n"), gold("META\t乙\n")], tmp_path / "out")
    assert [path.name for path in written] == ["report-1.txt", "report-2.txt"]


def test_lines_without_text_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({"text": "甲\n \n\n　乙", "sections": [[0, 1, "META"], [6, 7, "FEES"]]}))
    report = doc_to_report(next(read_gold([path], VOCAB)))
    assert [(p.section, p.text) for p in report.paragraphs] == [("META", "甲"), ("FEES", "　乙")]


def test_line_without_a_section_is_refused() -> None:
    doc = gold()
    doc.spans[SECTIONS_KEY] = list(doc.spans[SECTIONS_KEY])[:1]
    with pytest.raises(InputError, match="qinghe: no section begins at character 6"):
        doc_to_report(doc)


def test_line_with_two_sections_is_refused() -> None:
    doc = gold()
    doc.spans[SECTIONS_KEY] = [*doc.spans[SECTIONS_KEY], Span(doc, 7, 9, label="META")]
    with pytest.raises(InputError, match="qinghe: a mention or section crosses a line end; split it"):
        doc_to_report(doc)


def test_mention_that_crosses_a_line_end_is_refused() -> None:
    doc = gold()
    doc.set_ents([Span(doc, 3, 7, label="AGENCY")])
    with pytest.raises(InputError, match="qinghe: a mention or section crosses a line end; split it"):
        doc_to_report(doc)


def test_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"x\.csv: is no known format; name a \.spacy or \.jsonl file"):
        write_docs([gold()], tmp_path / "x.csv")


def test_two_documents_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="two documents have the id 'qinghe'; give each its own"):
        write_docs([gold(), gold()], tmp_path / "out")


@pytest.mark.parametrize("name", ["x.spacy", "x.jsonl", "out"])
def test_place_that_cannot_be_written_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match=r"cannot be written \(.+\); choose another place"):
        write_docs([gold()], tmp_path / "file" / name)


@pytest.mark.parametrize(
    "record",
    [
        {"text": "甲\r乙", "sections": [[0, 3, "META"]]},
        {"text": "甲", "sections": [[0, 1, "META"]], "meta": {"issuer": "甲\n乙"}},
    ],
)
def test_document_that_the_inline_format_cannot_hold_is_refused(tmp_path: Path, record: dict[str, object]) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(record))
    with pytest.raises(InputError, match="has a carriage return or a line end in its metadata; mend it"):
        write_docs(list(read_gold([path], VOCAB)), tmp_path / "out")
