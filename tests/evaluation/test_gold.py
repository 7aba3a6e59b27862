"""Reading gold documents from every format, and what is said of broken ones."""

import json
from pathlib import Path

import pytest
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from govner.corpus.convert import convert_files
from govner.corpus.formats.registry import FORMATS, Format
from govner.errors import InputError
from govner.evaluation.gold import read_gold
from govner.scheme import ENTITY_LABELS, SECTIONS_KEY

VOCAB = Vocab()
GOOD = {"text": "𠮷禾县年报", "entities": [{"start": 0, "end": 3, "label": "AGENCY"}]}


def write_inline(folder: Path, name: str, split: str) -> Path:
    path = folder / f"{name}.txt"
    path.write_text(f"---\nid: {name}\nsplit: {split}\n---\nMETA\t{{AGENCY:青禾县}}年报\n", "utf8")
    return path


def write_lines(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines) + "\n", "utf8")
    return path


def values(doc: Doc) -> tuple[str, list[tuple[str, str]], list[tuple[str, str]]]:
    sections = [(span.text, span.label_) for span in doc.spans[SECTIONS_KEY]]
    return doc.text, [(span.text, span.label_) for span in doc.ents], sections


def ids(*paths: Path, split: str | None = None) -> list[str]:
    return [doc.user_data["meta"]["id"] for doc in read_gold(paths, VOCAB, split)]


@pytest.mark.parametrize("format", [f for f in FORMATS.values() if f.name != "bio"], ids=lambda format: format.name)
def test_every_format_gives_the_same_document(tmp_path: Path, format: Format) -> None:
    inline = write_inline(tmp_path, "a", "train")
    out = tmp_path / ("out" if format.directory else f"out{format.suffixes[0]}")
    convert_files([inline], out, target=format)
    for path in (inline, out):
        (doc,) = read_gold([path], VOCAB)
        assert values(doc) == ("青禾县年报", [("青禾县", "AGENCY")], [("青禾县年报", "META")])
        assert doc.user_data["meta"] == {"id": "a", "split": "train"}
        assert [token.text for token in doc] == list("青禾县年报")


def test_directories_are_read_in_order_of_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        write_inline(tmp_path, name, "train")
    assert ids(tmp_path) == ["a", "b"]


def test_only_documents_of_the_split_are_read(tmp_path: Path) -> None:
    paths = [write_inline(tmp_path, name, split) for name, split in (("a", "train"), ("b", "dev"))]
    assert ids(*paths, split="dev") == ["b"]


def test_split_without_documents_is_refused(tmp_path: Path) -> None:
    path = write_inline(tmp_path, "a", "train")
    with pytest.raises(InputError, match=r"a\.txt: no gold document of the split 'test'; check --split and the paths"):
        ids(path, split="test")


def test_files_without_documents_are_refused(tmp_path: Path) -> None:
    DocBin().to_disk(tmp_path / "a.spacy")
    with pytest.raises(InputError, match="no gold document at all"):
        ids(tmp_path / "a.spacy")


def test_spacy_documents_without_metadata_are_numbered(tmp_path: Path) -> None:
    DocBin(docs=[Doc(VOCAB, words=["甲"]), Doc(VOCAB, words=["乙"])]).to_disk(tmp_path / "a.spacy")
    assert ids(tmp_path / "a.spacy") == ["a-1", "a-2"]


@pytest.mark.parametrize("content", [b"", b"not a DocBin", "青禾县".encode() * 99])
def test_file_that_is_no_docbin_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.spacy").write_bytes(content)
    with pytest.raises(InputError, match=r"a\.spacy: is not a \.spacy file; write one with `govner corpus convert`"):
        ids(tmp_path / "a.spacy")


def test_broken_inline_file_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("META\t甲\nMETA 乙\n", "utf8")
    with pytest.raises(InputError, match=r"a\.txt:2: no tab after the section label"):
        ids(path)


def test_jsonl_documents_have_annotations_metadata_and_numbers(tmp_path: Path) -> None:
    second = {
        "text": "收5元",
        "entities": [[1, 3, "COUNT"]],
        "sections": [[0, 3, "FEES"]],
        "meta": {"id": "x", "year": 2021},
    }
    first, last = read_gold([write_lines(tmp_path / "a.jsonl", GOOD, "", second)], VOCAB)
    assert values(first) == ("𠮷禾县年报", [("𠮷禾县", "AGENCY")], [])
    assert first.user_data["meta"] == {"id": "a-1"}
    assert values(last) == ("收5元", [("5元", "COUNT")], [("收5元", "FEES")])
    assert last.user_data["meta"] == {"id": "x", "year": 2021}


def test_spans_of_a_jsonl_document_may_stand_in_any_order(tmp_path: Path) -> None:
    record = {"text": "甲局乙局", "entities": [[2, 4, "AGENCY"], [0, 2, "AGENCY"]]}
    (doc,) = read_gold([write_lines(tmp_path / "a.jsonl", record)], VOCAB)
    assert [span.text for span in doc.ents] == ["甲局", "乙局"]


def test_text_with_line_breaks_and_spaces_is_kept(tmp_path: Path) -> None:
    text = "　甲 \n\n乙\r\n\u2028丙 "
    (doc,) = read_gold([write_lines(tmp_path / "a.jsonl", {"text": text})], VOCAB)
    assert doc.text == text


SHAPE = 'needs a JSON object with "text" and "entities": [{"start", "end", "label"}]'


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "甲",
        "[]",
        "3",
        "null",
        "{}",
        '{"entities": []}',
        '{"text": 5}',
        '{"text": null}',
        '{"text": ["甲", "乙"]}',
        '{"text": "\\ud83d"}',
        '{"text": "甲", "entities": null}',
        '{"text": "甲", "entities": {"start": 0}}',
        '{"text": "甲", "entities": [[0, 1]]}',
        '{"text": "甲", "entities": [{"start": 0, "end": 1}]}',
        '{"text": "甲", "entities": [["a", 1, "COUNT"]]}',
        '{"text": "甲", "entities": [[0, 1e999, "COUNT"]]}',
        '{"text": "甲", "sections": [5]}',
        '{"text": "甲", "meta": 3}',
        '{"text": "甲", "meta": null}',
        '{"text": "甲", "meta": ["id"]}',
        "[" * 100_000,
    ],
)
def test_jsonl_line_of_another_shape_is_refused_with_its_number(tmp_path: Path, line: str) -> None:
    path = write_lines(tmp_path / "a.jsonl", GOOD, "", line)
    with pytest.raises(InputError) as caught:
        list(read_gold([path], VOCAB))
    assert (caught.value.problem, caught.value.path, caught.value.line) == (SHAPE, str(path), 3)


@pytest.mark.parametrize(
    ("spans", "problem"),
    [
        ([[0, 1, "ORG"]], f"a-2: ORG 0-1 has an unknown label; use one of {', '.join(ENTITY_LABELS)}"),
        ([[0, 5, "COUNT"]], "a-2: COUNT 0-5 lies outside the text of 4 characters; mend its offsets"),
        ([[0, 2, "COUNT"], [1, 3, "COUNT"]], "a-2: COUNT 1-3 overlaps COUNT 0-2; keep one of them"),
    ],
)
def test_jsonl_span_that_does_not_fit_is_refused_with_its_line(
    tmp_path: Path, spans: list[list[object]], problem: str
) -> None:
    path = write_lines(tmp_path / "a.jsonl", GOOD, {"text": "甲局乙局", "entities": spans})
    with pytest.raises(InputError) as caught:
        list(read_gold([path], VOCAB))
    assert (caught.value.problem, caught.value.path, caught.value.line) == (problem, str(path), 2)


def test_documents_before_a_broken_line_are_given_first(tmp_path: Path) -> None:
    reading = read_gold([write_lines(tmp_path / "a.jsonl", GOOD, "{")], VOCAB)
    assert next(reading).text == GOOD["text"]
    with pytest.raises(InputError, match=r"a\.jsonl:2"):
        next(reading)


def test_gold_documents_have_one_token_a_character(tmp_path: Path) -> None:
    (doc,) = read_gold([write_lines(tmp_path / "a.jsonl", {"text": "共12件 WTO𠮷"})], VOCAB)
    assert [token.text for token in doc] == list("共12件 WTO𠮷")
