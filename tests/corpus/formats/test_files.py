"""Files of tokens, of rows and of settings: what is in them, and what is said of broken ones."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest

from govner.corpus.convert import convert_files
from govner.corpus.formats.annotated import AnnotatedText
from govner.corpus.formats.interfaces import INTERFACES
from govner.corpus.formats.labels import KnownLabels, hotkeys, known_labels
from govner.corpus.formats.registry import FORMATS, format_to_read, read_texts
from govner.corpus.inline import Mention
from govner.errors import InputError
from govner.scheme import ENTITY_LABELS, SECTION_LABELS, Label
from helpers import CORPUS, forked, succeed

SOURCE = "---\nid: qinghe\nsplit: dev\n---\nMETA\t{AGENCY:𠮷禾县} 报\\{告\nFEES\t{COUNT:5元}\n"


def convert(folder: Path, name: str, source: str = SOURCE) -> Path:
    (folder / "qinghe.txt").write_text(source, "utf8")
    format = FORMATS[name]
    out = folder / ("out" if format.directory else f"out{format.suffixes[0]}")
    assert not convert_files([folder / "qinghe.txt"], out, target=format).problems
    return out


def read(path: Path, content: str) -> tuple[list[AnnotatedText], list[str]]:
    path.write_text(content, "utf8")
    problems: list[InputError] = []
    texts = list(read_texts([path], None, problems.append))
    return texts, [f"{problem.line}: {problem.problem}" for problem in problems]


def marked(text: AnnotatedText) -> list[tuple[str, str]]:
    return [(text.text[span.start : span.end], span.label) for span in sorted([*text.mentions, *text.sections])]


# CoNLL


def test_four_columns_have_tokens_sections_and_mentions(tmp_path: Path) -> None:
    assert convert(tmp_path, "conll").read_text("utf8") == (
        "-DOCSTART- -X- O O\n\n"
        "𠮷 -X- B-META B-AGENCY\n禾 -X- I-META I-AGENCY\n县 -X- I-META I-AGENCY\n\\u0020 -X- I-META O\n"
        "报 -X- I-META O\n{ -X- I-META O\n告 -X- I-META O\n\n"
        "5 -X- B-FEES B-COUNT\n元 -X- I-FEES I-COUNT\n\n"
    )
    assert json.loads((tmp_path / "out.metadata.jsonl").read_text("utf8")) == {
        "name": "qinghe",
        "meta": {"id": "qinghe", "split": "dev"},
    }


def test_two_columns_have_tokens_and_mentions(tmp_path: Path) -> None:
    assert convert(tmp_path, "bio").read_text("utf8").splitlines()[:4] == [
        "𠮷\tB-AGENCY", "禾\tI-AGENCY", "县\tI-AGENCY", "\\u0020\tO"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("B-AGENCY I-AGENCY O B-AGENCY", [(0, 2), (3, 4)]),
        ("I-AGENCY I-AGENCY O I-AGENCY", [(0, 2), (3, 4)]),
        ("I-AGENCY B-AGENCY I-AGENCY O", [(0, 1), (1, 3)]),
        ("B-AGENCY E-AGENCY S-AGENCY O", [(0, 2), (2, 3)]),
        ("B-AGENCY L-AGENCY U-AGENCY I-AGENCY", [(0, 2), (2, 3), (3, 4)]),
        ("B-AGENCY I-COUNT O O", [(0, 1), (1, 2)]),
    ],
)
def test_every_usual_scheme_of_tags_is_read(tmp_path: Path, tags: str, spans: list[tuple[int, int]]) -> None:
    rows = "".join(f"{token} _ {tag}\n" for token, tag in zip("甲乙丙丁", tags.split(), strict=True))
    (text,), problems = read(tmp_path / "a.conll", rows)
    assert problems == []
    assert [(span.start, span.end) for span in text.mentions] == spans


def test_tokens_of_words_and_texts_of_several_lines_are_read(tmp_path: Path) -> None:
    content = (
        "-DOCSTART- -X- O\n\n青禾县 -X- _ B-AGENCY\n年报 -X- _ O\n\n\n收 -X- _ O\n5元 -X- _ B-COUNT\n\n"
        "-DOCSTART-\n甲 O\n"
    )
    (first, second), problems = read(tmp_path / "a.conll", content)
    assert (first.id, first.text, marked(first)) == (
        "a-1",
        "青禾县年报\n收5元",
        [("青禾县", "AGENCY"), ("5元", "COUNT")],
    )
    assert (second.id, second.text, problems) == ("a-2", "甲", [])


def test_what_is_wrong_in_a_file_of_tokens_is_listed(tmp_path: Path) -> None:
    (text,), problems = read(tmp_path / "a.bio", "甲\tB-ORG\n乙\n丙\tAGENCY\n丁\tB-COUNT\n")
    assert marked(text) == [("丁", "COUNT")]
    assert problems == [
        "2: needs a token and a tag apart by a tab or a space; mend the line",
        "3: 'AGENCY' is no tag; write B-LABEL, I-LABEL or O",
        "1: a: ORG 0-1 has an unknown label; use one of AGENCY, OFFICIAL, DOCUMENT, COUNT, CHANNEL",
    ]


# Datasets


def test_a_dataset_has_a_row_a_text_a_file_a_split_and_a_card(tmp_path: Path) -> None:
    out = convert(tmp_path, "hf-parquet")
    assert sorted(str(path.relative_to(out)) for path in out.rglob("*.*")) == ["README.md", "data/validation.parquet"]
    (row,) = pq.read_table(out / "data" / "validation.parquet").to_pylist()
    assert (row["id"], row["text"], row["split"], row["issuer"]) == ("qinghe", "𠮷禾县 报{告\n5元", "dev", None)
    assert row["mentions"][0] == {"start": 0, "end": 3, "label": "AGENCY", "text": "𠮷禾县"}
    card = (out / "README.md").read_text("utf8")
    assert "  - split: validation\n    path: data/validation.parquet\n" in card
    assert "| validation | 1 | 2 | 2 |" in card
    assert all(f"| {label} |" in card for label in (*ENTITY_LABELS, *SECTION_LABELS))


@pytest.mark.parametrize("name", ["hf-parquet", "hf-jsonl"])
def test_datasets_loads_what_is_written(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("HF_DATASETS_OFFLINE", "HF_HUB_OFFLINE"):
        monkeypatch.setenv(variable, "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    # Only now, because it reads the variables when it is imported.
    import datasets

    out = tmp_path / "out"
    convert_files([CORPUS], out, target=FORMATS[name])
    loaded = datasets.load_dataset(str(out), cache_dir=str(tmp_path / "cache"))
    rows = [row for split in loaded.values() for row in split]
    wanted = {text.id: text for text in read_texts([CORPUS])}
    assert set(loaded) == {"train", "validation", "test"}
    assert {row["id"] for row in rows} == set(wanted)
    for row in rows:
        text = wanted[row["id"]]
        spans = [Mention(span["start"], span["end"], span["label"]) for span in row["mentions"]]
        assert (row["text"], spans, row["year"]) == (text.text, text.mentions, text.meta["year"])


def test_what_is_wrong_in_a_dataset_is_listed(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "data"
    folder.mkdir(parents=True)
    good = {"id": "x", "text": "甲局", "mentions": [{"start": 0, "end": 2, "label": "AGENCY", "text": "甲局"}]}
    bad = {"id": "y", "text": "甲局", "mentions": [{"start": 0, "end": 2, "label": "AGENCY", "text": "乙局"}]}
    rows = [good, bad, {"mentions": []}, {"text": "甲", "mentions": 5}]
    (folder / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf8")
    (folder / "test.parquet").write_bytes(b"nothing")
    problems: list[InputError] = []
    texts = list(read_texts([tmp_path / "a"], None, problems.append))
    assert [marked(text) for text in texts] == [[("甲局", "AGENCY")], []]
    needs = 'needs a row with "text", "mentions" and "sections": [{"start", "end", "label"}]'
    assert [str(problem).removeprefix(f"{folder}/") for problem in problems] == [
        "train.jsonl:2: y: AGENCY 0-2 is '甲局' in the text, not '乙局'; mend its offsets",
        f"train.jsonl: row 3 {needs}",
        f"train.jsonl: row 4 {needs}",
        "test.parquet: is not a Parquet file that can be read; check it",
    ]


# Formats and settings


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ({"text": "甲", "entities": [], "sections": []}, "jsonl"),
        ({"text": "甲"}, "jsonl"),
        ({"text": "甲", "spans": []}, "prodigy"),
        ({"text": "甲", "label": []}, "doccano"),
        ({"text": "甲", "cats": [], "entities": []}, "doccano"),
        ({"text": "甲", "entities": [{"start_offset": 0, "end_offset": 1, "label": "COUNT"}]}, "doccano"),
        ({"text": "甲", "mentions": []}, "hf-jsonl"),
        ([], "jsonl"),
    ],
)
def test_keys_tell_formats_that_share_a_suffix(tmp_path: Path, record: object, name: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n" + json.dumps(record) + "\n", "utf8")
    assert format_to_read(path).name == name


def test_the_configuration_of_label_studio_has_every_label_with_colour_and_key() -> None:
    labels = known_labels()
    (source,) = INTERFACES["label-studio"](labels).values()
    root = ElementTree.fromstring(source)
    found = {
        control.get("name"): [(label.get("value"), label.get("background"), label.get("hotkey")) for label in control]
        for control in root.iter("Labels")
    }
    keys = hotkeys(labels)
    assert found == {
        "mentions": [(label.name, label.color, keys[label.name]) for label in labels.entities],
        "sections": [(label.name, label.color, keys[label.name]) for label in labels.sections],
    }
    assert [text.get("value") for text in root.iter("Text")] == ["$text"]


def test_more_labels_than_keys_leave_some_without() -> None:
    many = tuple(Label(f"L{number}", "甲 <&\"'>", "#ffffff") for number in range(50))
    labels = KnownLabels(many[:20], many[20:])
    keys = hotkeys(labels)
    assert len(keys) == len(set(keys.values())) == 33
    ElementTree.fromstring(INTERFACES["label-studio"](labels)["label-studio.xml"])


@pytest.mark.parametrize("tool", INTERFACES)
def test_settings_are_printed_or_written(tool: str, tmp_path: Path) -> None:
    printed = succeed(forked("corpus", "label-config", tool))
    succeed(forked("corpus", "label-config", tool, "--out", tmp_path))
    for path in tmp_path.iterdir():
        assert path.read_text("utf8") in printed
        assert all(label in path.read_text("utf8") for label in ENTITY_LABELS)
    assert list(tmp_path.iterdir())


def test_a_tool_that_is_not_known_is_refused() -> None:
    done = forked("corpus", "label-config", "nope")
    assert (done.returncode, done.stderr.strip()) == (
        2, "error: no settings for 'nope'; use one of label-studio, doccano, prodigy, brat"
    )  # fmt: skip
