"""Divisions are found by name, and at the head of a body's name whether they are in the list or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.records.identity.names import simplify
from govner.records.identity.regions import (
    Division,
    bare_name,
    find_division,
    find_divisions,
    load_divisions,
    place_level,
    split_head,
)
from strategies import any_texts


def test_a_division_has_its_code_its_level_and_the_names_above_it() -> None:
    division = find_division("南岗区")
    assert division is not None
    assert (division.code, division.level) == ("230103", "county")
    assert division.path == ("黑龙江省", "哈尔滨市", "南岗区")


def test_rows_that_only_group_others_are_no_divisions() -> None:
    assert not find_divisions("市辖区")
    assert all(division.level == "county" for division in find_divisions("朝阳区"))
    found = find_division("朝阳区", ["北京市"])
    assert found is not None
    assert found.path == ("北京市", "朝阳区")


def test_an_ambiguous_name_is_only_resolved_by_its_context() -> None:
    assert len(find_divisions("鼓楼区")) == 4
    assert find_division("鼓楼区") is None
    assert find_division("鼓楼区", ["青禾市"]) is None
    found = find_division("鼓楼区", ["福州市"])
    assert found is not None
    assert found.above == ("福建省", "福州市")


@pytest.mark.parametrize("name", ["湘西", "湘西土家族苗族自治州"])
def test_a_division_is_also_found_without_its_kind(name: str) -> None:
    assert [division.code for division in find_divisions(name)] == ["433100"]


def test_a_full_name_leaves_out_divisions_it_is_only_the_short_name_of() -> None:
    assert [division.name for division in find_divisions("吉林市")] == ["吉林市"]
    assert {division.name for division in find_divisions("吉林")} == {"吉林省", "吉林市"}


@pytest.mark.parametrize(
    ("name", "places", "rest"),
    [
        ("哈尔滨市南岗区教育局", ("哈尔滨市", "南岗区"), "教育局"),
        ("青禾县白鹤镇人民政府", ("青禾县", "白鹤镇"), "人民政府"),
        ("松禾市市场监督管理局", ("松禾市",), "市场监督管理局"),
        ("松禾市政府", ("松禾市",), "政府"),
        ("松禾市民政局", ("松禾市",), "民政局"),
        ("青禾县住房和城市建设局", ("青禾县",), "住房和城市建设局"),
        ("青禾苗族侗族自治县人民政府", ("青禾苗族侗族自治县",), "人民政府"),
        ("松禾市青河区人民政府曙光街道办事处", ("松禾市", "青河区", "曙光街道"), "办事处"),
        ("湖北青禾经济技术开发区管理委员会", ("湖北省", "青禾经济技术开发区"), "管理委员会"),
        ("上海市水务局", ("上海市",), "水务局"),
        ("查干青禾旗人民政府", ("查干青禾旗",), "人民政府"),
    ],
)
def test_the_divisions_at_the_head_of_a_name_are_split_off(name: str, places: tuple[str, ...], rest: str) -> None:
    head = split_head(name)
    assert (head.places, head.rest) == (places, rest)


@pytest.mark.parametrize(
    "name",
    [
        "市场监督管理局",
        "县政府办公室",
        "市政务公开办公室",
        "城市管理局",
        "各县区气象局",
        "区人大街道工委",
        "社区服务中心",
        "国务院",
        "",
    ],
)
def test_a_name_without_a_place_has_none(name: str) -> None:
    assert split_head(name).places == ()


def test_a_city_inside_a_city_is_of_county_level() -> None:
    assert split_head("松禾市青林市财政局").levels == ("city", "county")


def test_levels_are_those_of_the_list_or_of_the_kind() -> None:
    assert place_level("昆山市") == "county"
    assert place_level("青禾市") == "city"
    assert place_level("北京市") == "province"
    assert place_level("青禾街道") == "township"
    assert place_level("青禾") is None


@given(st.sampled_from(load_divisions()))
def test_every_division_is_found_by_its_name_and_its_path(division: Division) -> None:
    assert division in find_divisions(division.name)
    assert division in find_divisions(bare_name(division.name)) or len(bare_name(division.name)) < 2
    assert find_division(division.name, division.above) in (division, None)


@given(any_texts)
def test_splitting_keeps_the_end_of_any_name(text: str) -> None:
    head = split_head(text)
    assert text.endswith(head.rest)
    assert len(head.places) == len(head.levels)


@given(any_texts)
def test_simplifying_is_stable(text: str) -> None:
    assert simplify(simplify(text)) == simplify(text)
