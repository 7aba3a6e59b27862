"""A cited document is one citation, with its title, number, short names and all its mentions."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.records.citations.reader import read_citations
from govner.records.identity.place import Place
from govner.records.schema import Citation
from govner.records.source import Mention, Source

PLACE = Place("青禾县水务局", ("湖南省", "沅江市", "青禾县"), "county")
REGULATION = "《中华人民共和国政府信息公开条例》"
_MARKED = re.compile(r"\{([A-Z]+):([^}]*)\}|\[\[(.*?)\]\]", re.DOTALL)


def make_source(marked: str) -> Source:
    """A source of a text in which documents stand in [[…]] and other mentions in {LABEL:…}."""
    text, mentions, done = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[done : match.start()]
        words, label = match[2] or match[3], match[1] or "DOCUMENT"
        mentions.append(Mention(len(text), len(text) + len(words), words, label))
        text += words
        done = match.end()
    return Source(text + marked[done:], (), tuple(mentions))


def read(marked: str, place: Place = PLACE) -> tuple[Citation, ...]:
    return read_citations(make_source(marked), place)


def shapes(citations: tuple[Citation, ...]) -> list[tuple[str | None, str | None, int]]:
    return [(one.title, one.number.text if one.number else None, len(one.mentions)) for one in citations]


@pytest.mark.parametrize(
    "marked",
    [
        "[[《甲通知》]]（[[国办发〔2014〕32号]]）",
        "[[《甲通知》]]([[国办发〔2014〕32号]],",
        "[[《甲通知》]] ﹝[[国办发〔2014〕32号]]﹞",
        "[[《甲通知》]][[国办发〔2014〕32号]]",
        "[[国办发〔2014〕32号]][[《甲通知》]]",
        "[[国办发〔2014〕32号]]文件[[《甲通知》]]",
        "[[国办发〔2014〕32号]] | [[《甲通知》]]",
        "[[《甲通知》]]（2014年3月1日[[国办发〔2014〕32号]]公布）",
        "[[《甲通知》]]的通知（[[国办发〔2014〕32号]]）",
    ],
)
def test_a_title_and_its_number_are_one_document(marked: str) -> None:
    assert shapes(read(f"根据{marked}编制。")) == [("甲通知", "国办发〔2014〕32号", 2)]


@pytest.mark.parametrize(
    "marked",
    [
        "[[国办发〔2014〕32号]]、[[《甲通知》]]",
        "[[《甲通知》]]、[[国办发〔2014〕32号]]",
        "[[《甲通知》]]和市政府办[[国办发〔2014〕32号]]",
        "[[《甲通知》]]的通知\n[[国办发〔2014〕32号]]",
        "[[《甲登记表》]]（见[[国办发〔2014〕32号]]）",
        "[[国办发〔2014〕32号]]文，对照[[《甲通知》]]",
    ],
)
def test_a_list_does_not_join(marked: str) -> None:
    assert len(read(f"根据{marked}。")) == 2


def test_orders_are_joined_with_what_they_publish() -> None:
    found = read(f"依据[[{REGULATION}]][[国务院令第711号]]，[[省政府令第225号]]公布的[[《湖区办法》]]。")
    assert shapes(found) == [
        ("中华人民共和国政府信息公开条例", "国务院令第711号", 2),
        ("湖区办法", "省政府令第225号", 2),
    ]
    assert [one.issuer for one in found] == ["国务院", "湖南省人民政府"]


def test_numbers_of_a_row_of_titles_follow_its_order() -> None:
    found = read("落实[[《甲办法》]]和[[《乙意见》]]（[[青政办〔2014〕3号]]、[[国办发〔2015〕4号]]）。")
    assert shapes(found) == [("甲办法", "青政办〔2014〕3号", 2), ("乙意见", "国办发〔2015〕4号", 2)]


def test_one_number_behind_two_titles_is_of_the_last() -> None:
    found = read("落实[[《甲办法》]]和[[《乙意见》]]（[[国办发〔2015〕4号]]）。")
    assert shapes(found) == [("甲办法", None, 1), ("乙意见", "国办发〔2015〕4号", 2)]


def test_a_number_between_two_titles_is_of_neither() -> None:
    assert len(read("[[《甲办法》]][[国办发〔2015〕4号]][[《乙意见》]]")) == 3


@pytest.mark.parametrize(
    "definition",
    [
        "（以下简称[[《条例》]]）",
        "(以下称[[《条例》]])",
        "（下称“[[《条例》]]”）",
        "（以下简称新[[《条例》]]）",
        "（[[国务院令第711号]]，以下简称[[《条例》]]）",
        "（以下简称[[《条例》]]，[[国务院令第711号]]）",
        "（[[国务院令第711号]]）（以下简称[[《条例》]]）",
        "，以下简称[[《条例》]]",
        "（自2019年5月15日起施行，以下简称：[[《条例》]]）",
    ],
)
def test_a_defined_short_title_is_the_document_all_through(definition: str) -> None:
    found = read(f"依据[[{REGULATION}]]{definition}和[[《江西省政府信息公开条例》]]。\n按[[《条例》]]办理。")
    assert found[0].title == "中华人民共和国政府信息公开条例" and found[0].aliases == ("条例",)
    assert len(found[0].mentions) == (4 if "711" in definition else 3)
    assert found[0].issuer == "国务院"
    assert len(found) == 2


def test_a_short_title_defined_again_is_the_one_before() -> None:
    found = read(
        "[[《甲通知》]]（以下简称[[《通知》]]）要求。按[[《通知》]]办。[[《乙通知》]]（以下简称[[《通知》]]）要求。按[[《通知》]]办。"
    )
    assert shapes(found) == [("甲通知", None, 3), ("乙通知", None, 3)]


def test_a_short_name_without_marks_is_kept() -> None:
    assert read(f"依据[[{REGULATION}]]（以下简称“条例”）编制。")[0].aliases == ("条例",)
    assert read(f"依据[[{REGULATION}]]（[[国务院令第711号]]，以下简称条例）编制。")[0].aliases == ("条例",)
    assert read(f"依据[[{REGULATION}]]（即日起施行）编制。")[0].aliases == ()


def test_a_name_for_several_documents_is_none_of_them() -> None:
    found = read("[[《甲办法》]]、[[《乙办法》]]（以下统称[[《办法》]]）。按[[《办法》]]办。")
    assert [one.title for one in found] == ["甲办法", "乙办法", "办法"]


def test_a_short_title_is_the_only_longer_one_that_ends_with_it() -> None:
    assert shapes(read(f"依据[[{REGULATION}]]。按[[《条例》]]、[[《信息公开条例》]]办。")) == [
        ("中华人民共和国政府信息公开条例", None, 3)
    ]
    two = read(f"依据[[{REGULATION}]]和[[《江西省政府信息公开条例》]]。按[[《条例》]]办。")
    assert [one.title for one in two] == ["中华人民共和国政府信息公开条例", "江西省政府信息公开条例", "条例"]


def test_the_national_title_is_not_the_one_of_a_province() -> None:
    found = read(f"依据[[{REGULATION}]]、[[《江西省政府信息公开条例》]]。按[[《政府信息公开条例》]]办。")
    assert shapes(found) == [("中华人民共和国政府信息公开条例", None, 2), ("江西省政府信息公开条例", None, 1)]


def test_a_document_that_another_only_names_is_not_it() -> None:
    found = read("依据[[《湖南省实施〈中华人民共和国政府信息公开条例〉办法》]]。按[[《条例》]]、[[《办法》]]办。")
    assert [(one.title, one.aliases) for one in found] == [
        ("湖南省实施〈中华人民共和国政府信息公开条例〉办法", ("办法",)),
        ("条例", ()),
    ]


def test_what_a_notice_puts_into_force_may_stand_for_it() -> None:
    found = read(
        "按[[《国务院办公厅关于印发2014年政府信息公开工作要点的通知》]]（[[国办发〔2014〕12号]]）。[[《要点》]]要求。"
    )
    assert shapes(found) == [("国务院办公厅关于印发2014年政府信息公开工作要点的通知", "国办发〔2014〕12号", 3)]


def test_titles_are_compared_without_the_way_they_are_typed() -> None:
    found = read(
        "[[《关于印发〈公开 办法（试行）〉的通知》]]、[[《关于印发<公开办法(试行)>的通知》]]、"
        "[[《關於印發公開辦法（試行）的通知》]]"
    )
    assert [len(one.mentions) for one in found] == [3]


def test_the_same_number_is_the_same_document() -> None:
    found = read("[[《甲通知》]]（[[国办发〔2014〕32号]]）。按[[国办发[2014] 32 号]]和[[國辦發201432號]]办。")
    assert shapes(found) == [("甲通知", "国办发〔2014〕32号", 4)]
    orders = read(
        "[[国令第711号]]、[[国务院令第711号]]、[[中华人民共和国国务院令第711号]]、[[第711号令]]、[[国务院令第492号]]"
    )
    assert [len(one.mentions) for one in orders] == [4, 1]


def test_different_numbers_are_never_one_document() -> None:
    found = read(
        f"[[{REGULATION}]]（[[国务院令第492号]]）修订为[[{REGULATION}]]（[[国务院令第711号]]）。按[[{REGULATION}]]。"
    )
    assert [one.number.serial if one.number else None for one in found] == [492, 711, None]


def test_a_mention_cut_by_a_line_end_is_one() -> None:
    found = read("见[[《落户企业办事须]]\n[[知》]]（[[饶府办函〔2013〕]]\n[[11号]]）。")
    assert shapes(found) == [("落户企业办事须知", "饶府办函〔2013〕11号", 4)]


def test_the_title_or_the_words_before_it_name_the_issuer() -> None:
    found = read(
        "[[《国务院办公厅关于做好政务公开工作的通知》]]、{AGENCY:县政府办}[[《关于报送年报的函》]]、[[《高等学校信息公开办法》]]、"
        "[[《青禾县办事指南》]]、{AGENCY:省局}[[《关于阳光办税的意见》]]"
    )
    assert [one.issuer for one in found] == ["国务院办公厅", "青禾县人民政府办公室", "教育部", None, None]


def test_a_report_without_documents_has_no_citations() -> None:
    assert read("本年度没有收到申请。") == ()


titles = ["[[《条例》]]", f"[[{REGULATION}]]", "[[《通知》]]", "[[《乙通知》]]", "[[《开放]]", "[[知》]]", "[[《》]]"]
numbers = ["[[国办发〔2014〕32号]]", "[[国令第711号]]", "[[11号]]", "[[令]]"]
between = ["{AGENCY:县政府}", "（", "）", "以下简称", "、", "和", "，", "的通知", " ", "\n", "文件"]
pieces = st.sampled_from(titles + numbers + between)


@given(st.lists(pieces, max_size=25))
def test_every_mention_is_in_one_citation(parts: list[str]) -> None:
    source = make_source("".join(parts))
    found = read_citations(source, PLACE)
    offsets = [(passage.start, passage.end) for one in found for passage in one.mentions]
    assert sorted(offsets) == [(one.start, one.end) for one in source.mentions if one.label == "DOCUMENT"]
    firsts = [one.mentions[0].start for one in found]
    assert firsts == sorted(firsts)
    for one in found:
        assert [passage.start for passage in one.mentions] == sorted(passage.start for passage in one.mentions)
        assert one.title not in one.aliases


def test_a_number_that_lacks_the_sign_of_its_place_gets_it_back() -> None:
    (found,) = read("依照沅[[水办发〔2015〕31号]]编制。")
    assert found.number is not None and found.number.code == "沅水办发"
    assert found.mentions[0].text == "沅水办发〔2015〕31号"
    for marked in (
        "依照沅[[国办发〔2015〕31号]]。",
        "由{AGENCY:驻沅}[[水办发〔2015〕31号]]。",
        "按县[[水办发〔2015〕31号]]。",
    ):
        (whole,) = read(marked)
        assert whole.mentions[0].text.endswith("办发〔2015〕31号") and len(whole.mentions[0].text) == 12


def test_the_body_before_a_title_decides_between_candidates() -> None:
    place = Place("青禾县水务局", ("青禾县",), "county")
    (found,) = read("落实{AGENCY:自治区人民政府办公厅}[[《甲通知》]]（[[新政办发〔2024〕26号]]）。", place)
    assert found.issuer == "新疆维吾尔自治区人民政府办公厅"


def test_a_joint_document_is_of_the_body_named_first() -> None:
    (found,) = read("按{AGENCY:县委}、{AGENCY:县政府}[[《甲要点》]]部署。")
    assert found.issuer == "中共青禾县委员会"
