"""Persons are read with their posts, bodies and parts in groups; only what is a mention is a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from govner.corpus.inline import parse_report
from govner.corpus.reader import report_to_doc
from govner.records.officials.reader import read_officials
from govner.records.source import Mention, Source, read_source
from strategies import any_texts

VOCAB = Vocab()


def read(*lines: str) -> list[tuple[str | None, ...]]:
    """Name, post, body, role and group of the persons of annotated lines."""
    text = "---\nid: a\nissuer: b\nyear: 2016\n---\n" + "\n".join(f"ORGANIZATION	{line}" for line in lines)
    source = read_source(report_to_doc(parse_report(text), VOCAB))
    return [(one.name, one.post, one.body, one.role, one.group) for one in read_officials(source)]


@pytest.mark.parametrize(
    ("line", "official"),
    [
        ("局党组书记、局长{OFFICIAL:林青禾}同志出席", ("林青禾", "党组书记、局长", None, None, None)),
        ("{AGENCY:县水务局}局长{OFFICIAL:林青禾}出席", ("林青禾", "局长", "县水务局", None, None)),
        ("{AGENCY:县委}常委、常务副县长{OFFICIAL:林青禾}", ("林青禾", "常委、常务副县长", "县委", None, None)),
        ("{OFFICIAL:林青禾}（局长）出席", ("林青禾", "局长", None, None, None)),
        ("{OFFICIAL:林青禾}({AGENCY:县水务局}副局长)", ("林青禾", "副局长", "县水务局", None, None)),
        ("{OFFICIAL:林青禾}（{AGENCY:法规科}）", ("林青禾", None, "法规科", None, None)),
        ("{OFFICIAL:林青禾}（女，苗族）参加", ("林青禾", None, None, None, None)),
        ("由{OFFICIAL:林青禾}副局长分管", ("林青禾", "副局长", None, None, None)),
        ("{AGENCY:水政股}{OFFICIAL:林青禾}承办", ("林青禾", None, "水政股", None, None)),
        ("{OFFICIAL:林 青禾}任组长", ("林青禾", None, None, "组长", None)),
        ("由局长{OFFICIAL:林青禾}担任组长", ("林青禾", "局长", None, "组长", None)),
        (
            "局长{OFFICIAL:林青禾}任{AGENCY:局政务公开领导小组}组长",
            ("林青禾", "局长", None, "组长", "局政务公开领导小组"),
        ),
        (
            "{AGENCY:局政务公开领导小组}组长由局长{OFFICIAL:林青禾}担任",
            ("林青禾", "局长", None, "组长", "局政务公开领导小组"),
        ),
        ("政府秘书长{OFFICIAL:林青禾}", ("林青禾", "秘书长", None, None, None)),
        ("局（馆）长{OFFICIAL:林青禾}", ("林青禾", "局（馆）长", None, None, None)),
        ("联系人：{OFFICIAL:林青禾}", ("林青禾", "联系人", None, None, None)),
        ("责任编辑:{OFFICIAL:林青禾}", ("林青禾", "责任编辑", None, None, None)),
        ("局长（馆长）{OFFICIAL:林青禾}", ("林青禾", "局长（馆长）", None, None, None)),
        ("{OFFICIAL:林青禾}（局党组书记、局长）", ("林青禾", "党组书记、局长", None, None, None)),
        ("{OFFICIAL:林青禾}（女，畲族，副局长）", ("林青禾", "副局长", None, None, None)),
        (
            "{AGENCY:地委}委员、{AGENCY:行署}常务副专员{OFFICIAL:林青禾}",
            ("林青禾", "委员、常务副专员", "地委", None, None),
        ),
        (
            "{AGENCY:街道党工委}副书记、办事处主任{OFFICIAL:林青禾}",
            ("林青禾", "副书记、办事处主任", "街道党工委", None, None),
        ),
        ("分管副局长{OFFICIAL:林青禾}督导", ("林青禾", "副局长", None, None, None)),
        ("党委委员、分管副镇长{OFFICIAL:林青禾}", ("林青禾", "党委委员、副镇长", None, None, None)),
        ("分管领导{OFFICIAL:林青禾}带队", ("林青禾", "分管领导", None, None, None)),
        ("县人大代表{OFFICIAL:林青禾}提出", ("林青禾", "县人大代表", None, None, None)),
        ("{OFFICIAL:林青禾}委员到馆座谈", ("林青禾", "委员", None, None, None)),
        ("{OFFICIAL:林青禾}代表局党组作报告", ("林青禾", None, None, None, None)),
        ("支队政治委员{OFFICIAL:林青禾}", ("林青禾", "政治委员", None, None, None)),
        ("由抄表员{OFFICIAL:林青禾}说明", ("林青禾", "抄表员", None, None, None)),
        ("站长作说明、首席预报员{OFFICIAL:林青禾}上线", ("林青禾", "首席预报员", None, None, None)),
        ("由副镇长把关、干事{OFFICIAL:林青禾}上传", ("林青禾", "干事", None, None, None)),
        ("{AGENCY:县农技站}的{OFFICIAL:林青禾}等6名农艺师到村", ("林青禾", "农艺师", "县农技站", None, None)),
        ("牵头领导：{OFFICIAL:林青禾}", ("林青禾", "牵头领导", None, None, None)),
        ("由工作人员{OFFICIAL:林青禾}代填", ("林青禾", None, None, None, None)),
        ("{AGENCY:縣農業局}副局長{OFFICIAL:林青禾}", ("林青禾", "副局長", "縣農業局", None, None)),
        ("新闻发言人{OFFICIAL:林青禾}到场", ("林青禾", "新闻发言人", None, None, None)),
        ("{AGENCY:综合科}{OFFICIAL:林青禾}兼公开员", ("林青禾", "公开员", "综合科", None, None)),
        ("聘请退休教师{OFFICIAL:林青禾}等5 名同志\u3000为义务监督员", ("林青禾", "义务监督员", None, None, None)),
        (
            "{AGENCY:市纪委派驻第七纪检组}组长{OFFICIAL:林青禾}任副组长",
            ("林青禾", "组长", "市纪委派驻第七纪检组", "副组长", None),
        ),
        ("联系{OFFICIAL:林青禾}，0911", ("林青禾", "联系", None, None, None)),
        ("再由综合科审核{OFFICIAL:林青禾}的稿件", ("林青禾", None, None, None, None)),
        ("联系人：局长{OFFICIAL:林青禾}", ("林青禾", "局长", None, "联系人", None)),
        ("公开量增长{OFFICIAL:林青禾}说", ("林青禾", None, None, None, None)),
    ],
)
def test_posts_before_and_after_names_are_read(line: str, official: tuple[str | None, ...]) -> None:
    assert read(line) == [official]


def test_a_post_before_a_list_is_of_all_its_names() -> None:
    assert read("副局长{OFFICIAL:林青禾}、{OFFICIAL:田水}分管，{OFFICIAL:白鹤}承办") == [
        ("林青禾", "副局长", None, None, None),
        ("田水", "副局长", None, None, None),
        ("白鹤", None, None, None, None),
    ]


@pytest.mark.parametrize("after", ["两位副局长分管", "2名副局长到场", "任副局长"])
def test_a_post_after_a_list_is_of_all_its_names(after: str) -> None:
    assert read(f"{{OFFICIAL:林青禾}}、{{OFFICIAL:田水}}(畲族){after}") == [
        ("林青禾", "副局长", None, None, None),
        ("田水", "副局长", None, None, None),
    ]


def test_contacts_of_one_list_are_all_contacts() -> None:
    assert read("联系人：{OFFICIAL:林青禾}、{OFFICIAL:田水}，电话") == [
        ("林青禾", "联系人", None, None, None),
        ("田水", "联系人", None, None, None),
    ]


def test_the_post_of_the_next_person_is_not_that_of_the_one_before() -> None:
    found = read("邀请{OFFICIAL:林青禾}教授、{AGENCY:县法院}法官{OFFICIAL:田水}和{OFFICIAL:白鹤}、局长{OFFICIAL:石川}")
    assert [(one[0], one[1], one[2]) for one in found] == [
        ("林青禾", "教授", None),
        ("田水", "法官", "县法院"),
        ("白鹤", "法官", "县法院"),
        ("石川", "局长", None),
    ]


def test_a_role_after_a_list_is_of_all_its_names() -> None:
    found = read("局长{OFFICIAL:林青禾}任组长，副局长{OFFICIAL:田水}、纪检组长{OFFICIAL:白鹤}任副组长")
    assert [(one[0], one[1], one[3]) for one in found] == [
        ("林青禾", "局长", "组长"),
        ("田水", "副局长", "副组长"),
        ("白鹤", "纪检组长", "副组长"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        (
            "成立{AGENCY:局政务公开领导小组}：",
            "组　长：{OFFICIAL:林青禾}　党组书记、局长",
            "副组长：{OFFICIAL:田水}　副局长",
            "成　员：{OFFICIAL:白鹤}、{OFFICIAL:石川}",
        ),
        (
            "{AGENCY:局政务公开领导小组}：组长：{OFFICIAL:林青禾}（党组书记、局长） 副组长：{OFFICIAL:田水}（副局长）"
            " 成员：{OFFICIAL:白鹤} {OFFICIAL:石川}",
        ),
        (
            "{AGENCY:局政务公开领导小组}名单",
            "组长 | {OFFICIAL:林青禾} | 党组书记、局长",
            "副组长 | {OFFICIAL:田水} | 副局长",
            "成员 | {OFFICIAL:白鹤}、{OFFICIAL:石川} | 党政办",
        ),
    ],
)
def test_rosters_are_read_over_lines_in_one_line_and_in_tables(lines: tuple[str, ...]) -> None:
    group = "局政务公开领导小组"
    assert read(*lines) == [
        ("林青禾", "党组书记、局长", None, "组长", group),
        ("田水", "副局长", None, "副组长", group),
        ("白鹤", None, None, "成员", group),
        ("石川", None, None, "成员", group),
    ]


def test_members_named_with_their_bodies_have_the_role_of_the_list() -> None:
    found = read(
        "成员：{AGENCY:法规科}{OFFICIAL:林青禾}、{AGENCY:计财科}{OFFICIAL:田水}；{AGENCY:监察室}{OFFICIAL:白鹤}监督"
    )
    assert [(one[0], one[2], one[3]) for one in found] == [
        ("林青禾", "法规科", "成员"),
        ("田水", "计财科", "成员"),
        ("白鹤", "监察室", None),
    ]


def test_a_person_named_again_is_one_official_with_all_passages() -> None:
    source = read_source(
        report_to_doc(
            parse_report(
                "---\nid: a\nissuer: b\nyear: 2016\n---\n"
                "PREAMBLE	联系人：{OFFICIAL:林青禾}\nORGANIZATION	{AGENCY:水政股}股长{OFFICIAL:林 青禾}任成员"
            ),
            VOCAB,
        )
    )
    (official,) = read_officials(source)
    assert (official.name, official.post, official.body, official.role) == ("林青禾", "股长", "水政股", "成员")
    assert [passage.text for passage in official.evidence] == ["林青禾", "林 青禾"]


def test_only_mentions_are_persons() -> None:
    assert read("局长林青禾任组长，{OFFICIAL:田水}任副组长") == [("田水", None, None, "副组长", None)]


pieces = st.sampled_from(
    ["局长", "副组长：", "、", "（副局长）", "任组长", "，", "\n", " ", "党组书记", "由", "领导小组", "担任"]
)


@given(st.lists(st.one_of(st.just("林青禾"), st.just("水务局"), pieces, any_texts), max_size=12))
def test_every_mention_of_a_person_is_evidence_of_one_official(parts: list[str]) -> None:
    text, mentions = "", []
    for part in parts:
        label = {"林青禾": "OFFICIAL", "水务局": "AGENCY"}.get(part)
        if label:
            mentions.append(Mention(len(text), len(text) + len(part), part, label))
        text += part
    officials = read_officials(Source(text, (), tuple(mentions)))
    found = sorted(passage.start for official in officials for passage in official.evidence)
    assert found == [mention.start for mention in mentions if mention.label == "OFFICIAL"]
    assert all(official.post != "" and official.role != "" for official in officials)
