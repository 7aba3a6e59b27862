"""Nothing is lost on the way to any format and back: text, mentions, sections, front matter, to the byte."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from govner.corpus.convert import convert_files
from govner.corpus.formats.annotated import AnnotatedText, from_report
from govner.corpus.formats.registry import FORMATS, Format, format_to_read, read_texts
from govner.corpus.inline import Report, format_report, parse_report, read_report
from helpers import CORPUS
from strategies import reports

KEEPING = [format for format in FORMATS.values() if format.name != "bio"]
WIDE = parse_report(
    "---\nid: r1\nissuer: 青禾县👩\u200d🚒\n---\n"
    "META\t 𠮷{AGENCY:𠮷禾县😀}{AGENCY:שב}\u200f报\\{告\\}\\\\ \nFEES\t\u3000收\t{COUNT:5 元}\n"
)


def write(format: Format, texts: list[AnnotatedText], folder: Path) -> Path:
    between = folder / ("between" if format.directory else f"between{format.suffixes[0]}")
    format.write(texts, between)
    return between


@pytest.mark.parametrize("format", KEEPING, ids=lambda format: format.name)
@settings(max_examples=20)
@given(some=st.lists(reports(name="r"), min_size=1, max_size=2))
@example(some=[WIDE])
def test_reports_are_the_same_after_conversion_and_back(format: Format, some: list[Report]) -> None:
    for number, report in enumerate(some):
        report.meta["id"] = f"r{number}"
    with TemporaryDirectory() as folder:
        between = write(format, list(map(from_report, some)), Path(folder))
        result = convert_files([between], Path(folder) / "back", source=format)
        assert not result.problems
        back = {path.stem: path.read_bytes().decode() for path in result.written}
        assert back == {report.id: format_report(report) for report in some}


@settings(max_examples=20)
@given(report=reports(name="r1"))
def test_tokens_and_tags_keep_text_and_mentions(report: Report) -> None:
    with TemporaryDirectory() as folder:
        between = write(FORMATS["bio"], [from_report(report)], Path(folder))
        (back,) = read_texts([between])
        assert (back.text, back.mentions, back.sections) == (report.text, report.mentions(), [])


@pytest.mark.parametrize("format", KEEPING, ids=lambda format: format.name)
def test_order_and_number_of_reports_are_kept(format: Format, tmp_path: Path) -> None:
    texts = [from_report(read_report(path)) for path in sorted(CORPUS.glob("*.txt"))]
    assert len({str(text.meta["split"]) for text in texts}) > 1
    back = [text.id for text in read_texts([write(format, texts, tmp_path)], format)]
    order = ["train", "dev", "test"] if format.name.startswith("hf-") else []
    wanted = sorted(texts, key=lambda text: order.index(str(text.meta["split"])) if order else 0)
    assert back == [text.id for text in wanted]


@pytest.mark.parametrize("format", FORMATS.values(), ids=lambda format: format.name)
def test_a_format_is_told_from_what_it_writes(format: Format, tmp_path: Path) -> None:
    between = write(format, [from_report(WIDE)], tmp_path)
    told = format_to_read(between)
    assert told.read is format.read
    (back,) = read_texts([between])
    assert back.text == WIDE.text


@pytest.mark.parametrize("name", ["jsonl", "prodigy", "doccano"])
def test_a_format_is_told_from_the_first_object_where_the_suffix_is_shared(name: str, tmp_path: Path) -> None:
    between = write(FORMATS[name], [from_report(WIDE)], tmp_path)
    plain = between.rename(tmp_path / "plain.jsonl")
    assert format_to_read(plain).name == name
