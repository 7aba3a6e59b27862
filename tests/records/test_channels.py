"""A figure has the channel that governs in its sentence, if what is counted can have one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from govner.corpus.inline import parse_report
from govner.corpus.reader import report_to_doc
from govner.records.facts.channel_features import feature_names, find_candidates
from govner.records.facts.channel_scene import read_scene
from govner.records.facts.channels import find_channels
from govner.records.facts.quantities import read_quantity
from govner.records.source import Mention, Source, read_source
from strategies import any_texts

VOCAB = Vocab()


def channels(line: str, *metrics: str) -> list[str | None]:
    """The channel of each figure of an annotated line."""
    text = f"---\nid: a\nissuer: b\nyear: 2016\n---\n{line}"
    source = read_source(report_to_doc(parse_report(text), VOCAB))
    counts = [mention for mention in source.mentions if mention.label == "COUNT"]
    found = find_channels(source, counts, [read_quantity(count.text) for count in counts], metrics)
    return [None if channel is None else channel.text for channel in found]


@pytest.mark.parametrize(
    ("line", "metrics", "expected"),
    [
        (
            "PROACTIVE	通过{CHANNEL:县政府网站}公开信息{COUNT:130条}，{CHANNEL:微信公众号}推送{COUNT:20篇}。",
            ("proactive_by_channel", "proactive_by_channel"),
            ["县政府网站", "微信公众号"],
        ),
        (
            "PROACTIVE	通过{CHANNEL:网站}、{CHANNEL:公示栏}和{CHANNEL:微信}公开信息{COUNT:75条}。",
            ("proactive_by_channel",),
            ["网站"],
        ),
        (
            "PLATFORM	{CHANNEL:“青禾发布”微信公众号}发布信息{COUNT:320条}，粉丝{COUNT:1.2万人}。",
            ("proactive_by_channel", "followers"),
            ["“青禾发布”微信公众号", "“青禾发布”微信公众号"],
        ),
        (
            "PLATFORM	4．{CHANNEL:局长信箱}。收信{COUNT:87封}，回复{COUNT:85封}。",
            ("enquiries_received", "enquiries_answered"),
            ["局长信箱", "局长信箱"],
        ),
        ("PLATFORM	召开{CHANNEL:新闻发布会}{COUNT:3场}。", ("press_conferences",), ["新闻发布会"]),
        ("PLATFORM	设置{COUNT:12块}{CHANNEL:公示栏}。", ("facilities",), ["公示栏"]),
    ],
)
def test_the_channel_that_governs(line: str, metrics: tuple[str, ...], expected: list[str | None]) -> None:
    assert channels(line, *metrics) == expected


@pytest.mark.parametrize(
    ("line", "metric"),
    [
        ("ORGANIZATION	完善{CHANNEL:县政府网站}建设，配备专职人员{COUNT:2名}。", "staff"),
        ("ORGANIZATION	围绕{CHANNEL:县政府网站}更新，举办培训班{COUNT:2期}。", "trainings"),
        ("REQUESTS	全年收到申请{COUNT:5件}。", "requests_received"),
    ],
)
def test_what_goes_through_no_channel(line: str, metric: str) -> None:
    assert channels(line, metric) == [None]


pieces = st.lists(
    st.one_of(
        st.tuples(st.just("COUNT"), st.sampled_from(["3条", "20件", "5%", "1.2万元", "数十份"])),
        st.tuples(st.just("CHANNEL"), st.sampled_from(["网站", "县电视台", "0450-1234567", "“青禾发布”"])),
        st.tuples(st.just(""), st.sampled_from(["，", "。", "、", "\n", "（", "）", "通过", "公开", "收到"])),
        st.tuples(st.just(""), any_texts),
    ),
    max_size=30,
)


@given(pieces, st.sampled_from(["other", "visits", "staff", "proactive_by_channel"]))
def test_channels_are_mentions_of_channels(parts: list[tuple[str, str]], metric: str) -> None:
    text, mentions = "", []
    for label, part in parts:
        if label:
            mentions.append(Mention(len(text), len(text) + len(part), part, label))
        text += part
    source = Source(text, (), tuple(mentions))
    counts = [mention for mention in mentions if mention.label == "COUNT"]
    quantities = [read_quantity(count.text) for count in counts]
    found = find_channels(source, counts, quantities, [metric] * len(counts))
    assert len(found) == len(counts)
    assert all(channel is None or (channel in mentions and channel.label == "CHANNEL") for channel in found)
    scene = read_scene(source, counts, quantities, [metric] * len(counts))
    for place in range(len(counts)):
        candidates = find_candidates(scene, place, found[:place])
        assert candidates[0].channel is None
        names = [feature_names(shape) for candidate in candidates for shape in candidate.shapes]
        assert all(names)
        # They are rows of a table.
        assert not any(char in name for row in names for name in row for char in "\t\n\r\x85\u2028")
