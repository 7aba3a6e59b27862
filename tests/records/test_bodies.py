"""Bodies get their full names where the report's place and issuer determine them, and none where not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from govner.corpus.inline import parse_report
from govner.corpus.reader import report_to_doc
from govner.records.identity.bodies import full_name, read_bodies
from govner.records.identity.names import complete, expand
from govner.records.identity.place import Place
from govner.records.identity.reader import read_identity
from govner.records.schema import Identity
from govner.records.source import Source, read_source
from strategies import any_texts

VOCAB = Vocab()
WATER = Place("青禾县水务局", ("湖南省", "松禾市", "青禾县"), "county")
COUNTY = Place("青禾县人民政府", ("青禾县",), "county")
WEATHER = Place("青禾县气象局", ("湖南省", "松禾市", "青禾县"), "county")


def read(*lines: str) -> list[tuple[str, str | None, bool]]:
    """Mentions of annotated lines with their names and whether they are of the report's own body."""
    text = "---\nid: a\nissuer: b\nyear: 2016\n---\n" + "\n".join(lines)
    source = read_source(report_to_doc(parse_report(text), VOCAB))
    bodies = read_bodies(source, read_identity(source))
    return [(body.evidence.text, body.name, body.is_self) for body in bodies]


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("县政府", "青禾县人民政府"),
        ("市政府", "松禾市人民政府"),
        ("省政府办公厅", "湖南省人民政府办公厅"),
        ("省政府办", "湖南省人民政府办公厅"),
        ("市政府办", "松禾市人民政府办公室"),
        ("县委", "中共青禾县委员会"),
        ("市委办", "中共松禾市委办公室"),
        ("县委宣传部", "中共青禾县委宣传部"),
        ("省发改委", "湖南省发展和改革委员会"),
        ("县纪委", "中共青禾县纪律检查委员会"),
        ("县人大常委会", "青禾县人民代表大会常务委员会"),
        ("县政协", "中国人民政治协商会议青禾县委员会"),
        ("县政府办公室政务公开股", "青禾县人民政府办公室政务公开股"),
        ("团县委", "共青团青禾县委员会"),
        ("国务院", "国务院"),
        ("党中央", "中共中央"),
        ("国家发改委", "国家发展和改革委员会"),
        ("水利部", "水利部"),
        ("青禾县卫计局", "青禾县卫生和计划生育局"),
        ("中共青禾县委员会", "中共青禾县委员会"),
        ("共青团青禾县委", "共青团青禾县委员会"),
        ("局办公室", "青禾县水务局办公室"),
        ("水政股", "青禾县水务局水政股"),
        ("水务局", "青禾县水务局"),
        ("市防汛抗旱指挥部", "松禾市防汛抗旱指挥部"),
    ],
)
def test_short_forms_are_completed(name: str, full: str) -> None:
    assert full_name(name, WATER) == full


@pytest.mark.parametrize(
    "name", ["市政府", "省政府", "市局", "州委", "镇政府", "信息中心", "政务公开领导小组", "综合股", "驻局纪检组"]
)
def test_what_the_place_does_not_determine_has_no_name(name: str) -> None:
    assert full_name(name, COUNTY) is None


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("县局", "青禾县气象局"),
        ("市局", "松禾市气象局"),
        ("省局", "湖南省气象局"),
        ("市局业务科", "松禾市气象局业务科"),
    ],
)
def test_a_bureau_alone_is_that_of_the_issuers_line(name: str, full: str) -> None:
    assert full_name(name, WEATHER) == full


def test_the_district_of_an_autonomous_region_is_not_the_region() -> None:
    assert full_name("区政府", Place("青河区人民政府", ("广西壮族自治区", "青河区"), "county")) == "青河区人民政府"
    assert full_name("区政府", Place("松禾市人民政府", ("广西壮族自治区", "松禾市"), "city")) is None
    assert full_name("自治区政府", Place(None, ("广西壮族自治区",), None)) == "广西壮族自治区人民政府"


def test_words_for_the_own_body_are_mentions_of_the_issuer() -> None:
    assert read(
        "META	{AGENCY:青禾县水务局}2016年政府信息公开工作年度报告",
        "PREAMBLE	我局根据{AGENCY:县政府}要求编制，本机关负责解释。本办法不适用于本局限期办理的事项。",
    ) == [
        ("青禾县水务局", "青禾县水务局", True),
        ("我局", "青禾县水务局", True),
        ("县政府", "青禾县人民政府", False),
        ("本机关", "青禾县水务局", True),
    ]


def test_a_word_that_does_not_fit_the_issuer_has_no_name() -> None:
    bodies = read("META	{AGENCY:青禾县人民政府}2016年政府信息公开工作年度报告", "PREAMBLE	转发我局有关做法。")
    assert bodies[1:] == [("我局", None, True)]


def test_the_second_body_of_a_list_is_of_the_same_place() -> None:
    bodies = read(
        "META	{AGENCY:青禾县人民政府}2016年政府信息公开工作年度报告",
        "PROACTIVE	由{AGENCY:县财政局}、{AGENCY:教育局}牵头。{AGENCY:民政局}配合。",
    )
    assert bodies[1:] == [
        ("县财政局", "青禾县财政局", False),
        ("教育局", "青禾县教育局", False),
        ("民政局", None, False),
    ]


@pytest.mark.parametrize("body", ["水务局", "政府采购中心", "人民政府", "委员会", "管理委员会", "图书馆"])
def test_full_forms_stay(body: str) -> None:
    assert expand(body) == body


@given(st.sampled_from(["政府", "委", "水务局", "政府办信息股", "委组织部", "政协", "卫健局"]))
def test_a_completed_name_names_the_place_once(body: str) -> None:
    assert complete("青禾县", body).count("青禾县") == 1


@given(any_texts)
def test_any_name_has_one_or_none(name: str) -> None:
    assert full_name(name, WATER) != ""


def test_a_report_without_bodies_has_none() -> None:
    assert read_bodies(Source("全年公开信息。", (), ()), Identity()) == ()
