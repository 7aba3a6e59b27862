"""Converting annotated reports: what is good is written, what is not is listed."""

import json
from pathlib import Path

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from govner.corpus.convert import convert_files, doc_to_report, read_annotated_reports
from govner.corpus.formats.registry import FORMATS
from govner.corpus.inline import Paragraph, parse_report, read_report
from govner.corpus.reader import read_reports, report_to_doc
from govner.errors import InputError
from govner.scheme import SECTIONS_KEY
from helpers import CORPUS, forked

VOCAB = Vocab()
SOURCE = "---\nid: qinghe\n---\nMETA\t{AGENCY:𠮷禾县}报告\nFEES\t收{COUNT:5元}\n"


def gold(source: str = SOURCE) -> Doc:
    return report_to_doc(parse_report(source), VOCAB)


def write_lines(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf8")
    return path


def write_inline(folder: Path, name: str, split: str) -> Path:
    path = folder / f"{name}.txt"
    path.write_text(f"---\nid: {name}\nsplit: {split}\n---\nMETA\t{{AGENCY:青禾县}}年报\n", "utf8")
    return path


def test_a_document_becomes_a_report_and_back() -> None:
    report = parse_report(SOURCE)
    assert doc_to_report(gold()).paragraphs == [Paragraph(p.section, p.text, p.mentions) for p in report.paragraphs]


def test_jsonl_has_character_offsets_labels_and_metadata(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SOURCE, "utf8")
    result = convert_files([tmp_path / "a.txt"], tmp_path / "new" / "x.jsonl")
    assert (result.reports, result.mentions, result.sections, result.problems) == (1, 2, 2, [])
    content = (tmp_path / "new" / "x.jsonl").read_bytes().decode()
    assert "𠮷禾县" in content
    assert json.loads(content) == {
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


def test_texts_without_an_id_get_files_of_the_file_and_line_they_are_from(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "x.jsonl", *({"text": text, "sections": [[0, 1, "META"]]} for text in "甲乙"))
    assert [file.name for file in convert_files([path], tmp_path / "out").written] == ["x-1.txt", "x-2.txt"]


def test_lines_without_text_are_left_out(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "x.jsonl", {"text": "甲\n \n\n　乙", "sections": [[0, 1, "META"], [6, 7, "FEES"]]})
    (written,) = convert_files([path], tmp_path / "out").written
    assert [(p.section, p.text) for p in read_report(written).paragraphs] == [("META", "甲"), ("FEES", "　乙")]


def test_lines_without_a_section_get_the_one_that_is_named(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "x.jsonl", {"text": "甲\n　乙", "sections": [[0, 1, "META"]]})
    (written,) = convert_files([path], tmp_path / "out", section="OTHER").written
    assert [(p.section, p.text) for p in read_report(written).paragraphs] == [("META", "甲"), ("OTHER", "　乙")]
    with pytest.raises(InputError, match=r"--section 'NOPE' is unknown; use one of META, .*"):
        convert_files([path], tmp_path / "out", section="NOPE")


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ({"text": "甲\n乙", "sections": [[0, 1, "META"]]}, "no section in 1 of 2 lines, first at character 2; .*"),
        (
            {"text": "甲乙", "sections": [[0, 1, "META"], [1, 2, "FEES"]]},
            "the line at character 0 has 2 sections; keep one or split the line",
        ),
        ({"text": "甲\n乙", "sections": [[0, 3, "META"]]}, "a mention or section crosses a line end; split it"),
        ({"text": "甲\r乙", "sections": [[0, 3, "META"]]}, "has a carriage return or a NUL in its text; mend it"),
        (
            {"text": "甲", "sections": [[0, 1, "META"]], "meta": {"issuer": "甲\n乙"}},
            "has a carriage return or a line end in its metadata; mend it",
        ),
        (
            {"text": "甲", "sections": [[0, 1, "META"]], "meta": {"a: b": "甲"}},
            "has a colon or outer white space in the name of a metadatum; mend it",
        ),
    ],
)
def test_what_the_inline_format_cannot_hold_is_listed_and_the_rest_is_written(
    tmp_path: Path, record: dict[str, object], problem: str
) -> None:
    good = {"text": "乙", "sections": [[0, 1, "FEES"]], "meta": {"id": "good"}}
    path = write_lines(tmp_path / "x.jsonl", record, good)
    result = convert_files([path], tmp_path / "out")
    assert [file.name for file in result.written] == ["good.txt"]
    (found,) = result.problems
    assert (found.path, found.line) == (str(path), 1)
    with pytest.raises(InputError, match=f"x-1: {problem}"):
        raise found


def test_documents_with_several_sections_a_line_are_no_reports() -> None:
    doc = gold()
    doc.spans[SECTIONS_KEY] = [*doc.spans[SECTIONS_KEY], Span(doc, 7, 9, label="META")]
    with pytest.raises(InputError, match="qinghe: the line at character 6 has 2 sections"):
        doc_to_report(doc)


@pytest.mark.parametrize("name", ["x.csv", "x.txt", "x.ann", "x.parquet"])
def test_unknown_format_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"x\..+: is no known format; name a \.spacy, \.jsonl, .*, or say --to"):
        convert_files([CORPUS], tmp_path / name)


@pytest.mark.parametrize("name", ["inline", "brat", "prodigy", "conll"])
def test_two_documents_of_one_id_are_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    twice = [write_inline(tmp_path, "a", "train")] * 2
    with pytest.raises(InputError, match="two documents have the id 'a'; give each its own"):
        convert_files(twice, tmp_path / "out", target=FORMATS[name])
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "a.txt"]


@pytest.mark.parametrize("format", FORMATS.values(), ids=lambda format: format.name)
def test_place_that_cannot_be_written_is_refused(tmp_path: Path, format: object) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match=r"cannot be written \(.+\); choose another place"):
        convert_files([CORPUS], tmp_path / "file" / "x", target=format)  # type: ignore[arg-type]


def test_a_file_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    good = write_inline(tmp_path, "a", "train")
    (tmp_path / "b.txt").write_text("META\t甲\nMETA 乙\n", "utf8")
    (tmp_path / "c.spacy").write_text("no DocBin")
    result = convert_files([good, tmp_path / "b.txt", tmp_path / "c.spacy", tmp_path / "d.txt"], tmp_path / "x.jsonl")
    assert result.reports == 2
    assert [str(problem).removeprefix(f"{tmp_path}/") for problem in result.problems] == [
        "b.txt:2: no tab after the section label; write SECTION<TAB>text",
        "c.spacy: is not a .spacy file; write one with `govner corpus convert`",
        "d.txt: no such file or directory; check the path",
    ]


def test_reports_of_any_format_are_read_as_inline_files_are(tmp_path: Path) -> None:
    convert_files([CORPUS], tmp_path / "brat", target=FORMATS["brat"])
    wanted = [(r.id, r.meta, r.text, r.mentions()) for r in read_reports([CORPUS], "train")]
    found = [(r.id, r.meta, r.text, r.mentions()) for r in read_annotated_reports([tmp_path / "brat"], "train")]
    assert found == wanted


def test_the_command_writes_what_is_good_lists_the_rest_and_ends_with_two(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "x.jsonl", {"text": "甲局", "entities": [[0, 9, "AGENCY"], [0, 2, "AGENCY"]]})
    done = forked("corpus", "convert", path, "--out", tmp_path / "tasks.json")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"error: {path}:1: x-1: AGENCY 0-9 lies outside the text of 2 characters; mend its offsets"
    ]
    assert done.stdout == f"1 reports in {tmp_path}/tasks.json: 1 mentions, 0 sections, 1 problems\n"
    assert json.loads((tmp_path / "tasks.json").read_text("utf8"))[0]["data"]["text"] == "甲局"


def test_the_command_takes_formats_that_names_do_not_tell(tmp_path: Path) -> None:
    brat = tmp_path / "brat"
    assert forked("corpus", "convert", CORPUS, "--to", "brat", "--out", brat).returncode == 0
    assert (brat / "annotation.conf").exists()
    done = forked("corpus", "convert", brat, "--from", "nope", "--out", tmp_path / "x.jsonl")
    assert (done.returncode, done.stderr.strip()) == (
        2,
        f"error: no format 'nope'; use one of {', '.join(FORMATS)}",
    )
