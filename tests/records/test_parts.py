"""Figures are linked to their wholes; a whole stands before its parts and is never smaller in the same unit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from govner.corpus.inline import parse_report
from govner.corpus.reader import report_to_doc
from govner.records.facts.part_features import Links, feature_names, find_candidates
from govner.records.facts.part_figures import Figure, read_figures
from govner.records.facts.part_sums import list_sums, mixed_sums, sentence_sum
from govner.records.facts.parts import find_parents
from govner.records.facts.quantities import Quantity, read_quantity
from govner.records.source import Mention, Source, read_source
from strategies import any_texts

VOCAB = Vocab()


def read_counts(source: Source) -> tuple[list[Mention], list[Quantity | None]]:
    counts = [mention for mention in source.mentions if mention.label == "COUNT"]
    return counts, [read_quantity(count.text) for count in counts]


def make_source(*lines: str) -> Source:
    text = "---\nid: a\nissuer: b\nyear: 2016\n---\n" + "\n".join(lines)
    return read_source(report_to_doc(parse_report(text), VOCAB))


def links(*lines: str) -> list[tuple[str, str]]:
    """Part and whole of annotated lines."""
    source = make_source(*lines)
    counts, quantities = read_counts(source)
    parents = find_parents(source, counts, quantities)
    return [(counts[place].text, counts[whole].text) for place, whole in enumerate(parents) if whole is not None]


def test_words_announce_parts() -> None:
    found = links("PROACTIVE	全年主动公开信息{COUNT:132条}，其中机构职能类{COUNT:20条}、规划计划类{COUNT:7条}。")
    assert found == [("20条", "132条"), ("7条", "132条")]


def test_a_bracket_splits_the_figure_before_it() -> None:
    found = links("REQUESTS	全年收到申请{COUNT:9件}（当面{COUNT:4件}，信函{COUNT:5件}），均已答复。")
    assert found == [("4件", "9件"), ("5件", "9件")]


def test_parts_that_add_up_are_found_over_lines() -> None:
    found = links(
        "REQUESTS	全年收到政府信息公开申请{COUNT:61件}。",
        "REQUESTS	按申请方式分：网络申请{COUNT:40件}，信函申请{COUNT:15件}，当面申请{COUNT:6件}。",
    )
    assert found == [("40件", "61件"), ("15件", "61件"), ("6件", "61件")]


def test_parts_with_measures_of_their_own_add_up() -> None:
    found = links(
        "PROACTIVE	全年公开信息{COUNT:191条}：{CHANNEL:市民政局网站}{COUNT:103条}，"
        "{CHANNEL:市人社局网站}{COUNT:41条}，{CHANNEL:《今日青禾》}{COUNT:14条}，{CHANNEL:公示栏}{COUNT:33批}。"
    )
    assert [whole for _, whole in found] == ["191条"] * 4


def test_parts_of_parts_have_the_nearest_whole() -> None:
    found = links(
        "REQUESTS	答复{COUNT:30件}：同意公开{COUNT:20件}，不予公开{COUNT:10件}"
        "（涉及商业秘密{COUNT:6件}、个人隐私{COUNT:4件}）。"
    )
    assert found == [("20件", "30件"), ("10件", "30件"), ("6件", "10件"), ("4件", "10件")]


@pytest.mark.parametrize(
    "line",
    [
        "ORGANIZATION	全年召开会议{COUNT:3次}，举办培训班{COUNT:2期}，培训{COUNT:120人次}。",
        "PROACTIVE	全年主动公开信息{COUNT:320条}，同比增长{COUNT:12%}。",
        "FEES	收取检索费{COUNT:30元}。配备工作人员{COUNT:2名}。",
    ],
)
def test_figures_of_different_things_are_no_parts(line: str) -> None:
    assert links(line) == []


def test_without_figures_there_is_nothing() -> None:
    assert find_parents(Source("没有数字", (), ()), [], []) == []


numbers = st.builds("{}{}".format, st.integers(0, 40), st.sampled_from(["条", "件", "人次", "%", "元", "万元", "个"]))
texts = st.lists(
    st.tuples(
        st.one_of(
            st.sampled_from(
                ["其中", "（", "）", "，", "。", "；", "\n", "、", "占", "按渠道分：", "增长", "网站", "共收到申请"]
            ),
            any_texts,
        ),
        numbers,
    ),
    max_size=30,
)


def build(pieces: list[tuple[str, str]]) -> Source:
    text, mentions = "", []
    for lead, number in pieces:
        text += lead
        mentions.append(Mention(len(text), len(text) + len(number), number, "COUNT"))
        text += number
    return Source(text, (), tuple(mentions))


@given(texts)
def test_a_whole_stands_before_its_parts_and_is_no_smaller(pieces: list[tuple[str, str]]) -> None:
    source = build(pieces)
    counts, quantities = read_counts(source)
    parents = find_parents(source, counts, quantities)
    assert len(parents) == len(counts)
    for place, whole in enumerate(parents):
        if whole is None:
            continue
        # Wholes stand before, so there are no cycles.
        assert 0 <= whole < place
        part, total = quantities[place], quantities[whole]
        if part and total and part.unit == total.unit and part.value is not None and total.value is not None:
            assert part.value <= total.value
    assert parents == find_parents(source, counts, quantities)


@given(texts)
def test_shapes_stand_for_features(pieces: list[tuple[str, str]]) -> None:
    source = build(pieces)
    counts, quantities = read_counts(source)
    figures, decided = read_figures(source, counts, quantities), Links()
    for place in range(len(figures)):
        candidates = find_candidates(figures, place, decided)
        assert candidates[0].place is None
        assert len({candidate.place for candidate in candidates}) == len(candidates)
        assert all(feature_names(shape) for candidate in candidates for shape in candidate.shapes)
        decided.add(figures, candidates[-1].place)


def figures_of(*values: tuple[int, str]) -> list[Figure]:
    quantities: list[Quantity | None] = [
        Quantity(Decimal(value), unit, Decimal(value), Decimal(value), "exact") for value, unit in values
    ]
    text = "，".join(f"{value}{unit}" for value, unit in values)
    counts, end = [], 0
    for value, unit in values:
        word = f"{value}{unit}"
        counts.append(Mention(end, end + len(word), word, "COUNT"))
        end += len(word) + 1
    return read_figures(Source(text, (), tuple(counts)), counts, quantities)


def test_sums_are_of_lists_of_one_measure() -> None:
    figures = figures_of((3, "件"), (4, "件"), (50, "%"), (5, "条"), (9, "人"))
    assert list_sums(figures, 0, 100.0) == {3.0: 1, 7.0: 2, 12.0: 3}
    assert list_sums(figures, 0, 8.0) == {3.0: 1, 7.0: 2}
    assert sentence_sum(figures, 0) == (12.0, 3)


def test_mixed_sums_take_other_measures_or_leave_them() -> None:
    figures = figures_of((10, "条"), (20, "条"), (7, "期"), (5, "人次"))
    assert mixed_sums(figures, 0, 100.0) == {37.0: 3, 35.0: 3, 42.0: 4}
