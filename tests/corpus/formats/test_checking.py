"""What foreign files mark is checked span by span; sections as people draw them become those of lines."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.corpus.formats.checking import Marked, by_label, by_line, collect, refuse
from govner.corpus.formats.labels import hotkeys, known_labels
from govner.corpus.formats.utf16 import from_utf16, to_utf16
from govner.corpus.inline import Mention
from govner.errors import InputError
from strategies import any_texts

TEXT = "甲局乙局\n 丙局"


def collected(*mentions: Marked) -> tuple[list[Mention], list[str]]:
    problems: list[InputError] = []
    found = collect(TEXT, mentions, [], {"id": "r1"}, Path("a.json"), 7, problems.append)
    return found.mentions, list(map(str, problems))


@pytest.mark.parametrize(
    ("span", "problem"),
    [
        (Marked(0, 2, "ORG"), "ORG 0-2 has an unknown label; use one of AGENCY, OFFICIAL, DOCUMENT, COUNT, CHANNEL"),
        (Marked(0, 2, "META"), "META 0-2 has an unknown label; use one of AGENCY, OFFICIAL, DOCUMENT, COUNT, CHANNEL"),
        (Marked(6, 9, "AGENCY"), "AGENCY 6-9 lies outside the text of 8 characters; mend its offsets"),
        (Marked(-1, 2, "AGENCY"), "AGENCY -1-2 lies outside the text of 8 characters; mend its offsets"),
        (Marked(3, 2, "AGENCY"), "AGENCY 3-2 lies outside the text of 8 characters; mend its offsets"),
        (Marked(2, 2, "AGENCY"), "AGENCY 2-2 is empty; mark some text or remove it"),
        (Marked(4, 6, "AGENCY"), "AGENCY 4-6 is empty; mark some text or remove it"),
        (Marked(0, 2, "AGENCY", "乙局"), "AGENCY 0-2 is '甲局' in the text, not '乙局'; mend its offsets"),
        (Marked(2, 8, "AGENCY"), "AGENCY 2-8 crosses a line end ('乙局\\n 丙局'); mark its parts"),
        (Marked(1, 4, "AGENCY"), "AGENCY 1-4 overlaps AGENCY 0-2; keep one of them"),
    ],
)
def test_each_bad_passage_is_told_of_with_file_line_and_offsets(span: Marked, problem: str) -> None:
    good = Marked(0, 2, "AGENCY", "甲局")
    mentions, problems = collected(span, good)
    assert mentions == [Mention(0, 2, "AGENCY")]
    assert problems == [f"a.json:7: r1: {problem}"]


def test_the_line_of_a_passage_goes_before_that_of_its_text() -> None:
    assert collected(Marked(0, 0, "AGENCY", line=9))[1][0].startswith("a.json:9: ")


def test_of_two_that_overlap_the_longer_is_kept() -> None:
    assert collected(Marked(0, 2, "COUNT"), Marked(0, 4, "AGENCY"))[0] == [Mention(0, 4, "AGENCY")]


def test_refusing_raises_the_first() -> None:
    with pytest.raises(InputError, match=r"a\.json:7: r1: ORG 0-2 has an unknown label"):
        collect(TEXT, [Marked(0, 2, "ORG")], [], {"id": "r1"}, Path("a.json"), 7, refuse)


def test_labels_part_mentions_from_sections() -> None:
    spans = [Marked(0, 1, "META"), Marked(0, 1, "COUNT"), Marked(0, 1, "ORG")]
    assert by_label(spans) == ([spans[1], spans[2]], [spans[0]])


@pytest.mark.parametrize(
    ("drawn", "lines"),
    [
        ([(0, 4, "META")], [(0, 4, "META")]),
        ([(1, 3, "META")], [(0, 4, "META")]),
        ([(0, 8, "META")], [(0, 4, "META"), (6, 8, "META")]),
        ([(0, 5, "META"), (5, 8, "FEES")], [(0, 4, "META"), (6, 8, "FEES")]),
        ([(0, 2, "META"), (2, 4, "FEES")], [(0, 2, "META"), (2, 4, "FEES")]),
        ([(4, 6, "META")], [(4, 6, "META")]),
        ([(6, 99, "META")], [(6, 99, "META")]),
    ],
)
def test_sections_are_those_of_lines(drawn: list[tuple[int, int, str]], lines: list[tuple[int, int, str]]) -> None:
    assert [span[:3] for span in by_line(TEXT, [Marked(*span) for span in drawn])] == lines


@given(any_texts, st.data())
def test_utf16_offsets_are_those_of_the_encoded_text(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    units = to_utf16(text)(offset)
    assert units == len(text[:offset].encode("utf-16-le")) // 2
    assert from_utf16(text)(units) == offset


def test_an_offset_inside_a_character_or_outside_the_text_is_none_of_its_offsets() -> None:
    convert = from_utf16("a😀b")
    assert [convert(units) for units in (0, 1, 2, 3, 4, 9)] == [0, 1, -1, 2, 3, 8]


def test_every_label_has_a_key_of_its_own() -> None:
    labels = known_labels()
    keys = hotkeys(labels)
    assert set(keys) == {*labels.entity_names, *labels.section_names}
    assert len(set(keys.values())) == len(keys)
    assert [keys[name] for name in labels.entity_names] == ["1", "2", "3", "4", "5"]
