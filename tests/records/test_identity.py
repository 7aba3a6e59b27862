"""Whose report it is, of which place and year is read from all the passages that say so."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from govner.corpus.inline import parse_report
from govner.corpus.reader import report_to_doc
from govner.records.identity.dates import PERIOD, find_dates, find_years, read_number, read_period
from govner.records.identity.place import Place, read_place
from govner.records.identity.reader import read_identity
from govner.records.schema import Identity
from govner.records.source import Source, read_source
from strategies import any_texts

VOCAB = Vocab()


def make_source(*lines: str) -> Source:
    """A source of annotated lines, section and text of each apart by a tab."""
    return read_source(
        report_to_doc(parse_report("---\nid: a\nissuer: b\nyear: 2016\n---\n" + "\n".join(lines)), VOCAB)
    )


def read(*lines: str) -> Identity:
    return read_identity(make_source(*lines))


def test_title_preamble_and_signature_say_issuer_year_period_and_date() -> None:
    identity = read(
        "META	{AGENCY:青禾县水务局}2016年政府信息公开工作年度报告",
        "PREAMBLE	现将我局2016年情况公布如下。所列数据的统计期限自2016年1月1日起至12月31日止。",
        "PROACTIVE	全县公开信息{COUNT:130条}。",
        "META	{AGENCY:青禾县水务局}",
        "META	二〇一七年一月十九日",
    )
    assert identity.issuer == "青禾县水务局"
    assert (identity.level, identity.region, identity.region_code) == ("county", "青禾县", None)
    assert (identity.year, identity.period_start, identity.period_end) == (2016, "2016-01-01", "2016-12-31")
    assert identity.published == "2017-01-19"
    assert not identity.conflicts
    assert [passage.text for passage in identity.evidence] == [
        "青禾县水务局2016年政府信息公开工作年度报告",
        "2016年1月1日起至12月31日",
        "青禾县水务局",
        "二〇一七年一月十九日",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("META	{AGENCY:松禾市粮食局}", "META	2016年度政府信息公开工作报告"),
        ("META	2016年{AGENCY:松禾市粮食局}政府信息公开工作总结",),
        ("META	{AGENCY:松禾市粮食局}2016年政府信息公", "META	开工作年度报告"),
        (
            "META	{AGENCY:松禾市粮食局}文件",
            "META	松粮发〔2017〕3号",
            "META	关于2016年政府信息公开工作情况的报告",
        ),
        ("META	关于印发《松禾市粮食局2016年政务公开工作要点》的通知",),
        ("META	索引号：001 名称：松禾市粮食局2016年政府信息公开年报 文号：无",),
        ("META	打造阳光粮食——{AGENCY:松禾市粮食局}2016年政府信息公开年报",),
    ],
)
def test_a_name_split_over_lines_or_inside_a_title_is_the_issuer(lines: tuple[str, ...]) -> None:
    identity = read(*lines, "PROACTIVE	我局公开信息。")
    assert (identity.issuer, identity.year) == ("松禾市粮食局", 2016)


def test_who_received_or_showed_a_report_is_not_its_issuer() -> None:
    identity = read(
        "META	来源：{AGENCY:市政府办公室}",
        "META	{AGENCY:松禾市体育局}关于2016年政府信息公开工作情况的报告",
        "META	{AGENCY:市政府办公室}：",
        "PROACTIVE	我局公开信息。",
        "NOISE	主办：{AGENCY:松禾市人民政府}",
    )
    assert identity.issuer == "松禾市体育局"


def test_a_short_name_is_completed_with_the_place_that_the_report_names() -> None:
    identity = read(
        "META	发布机构：{AGENCY:市水务局}",
        "META	{AGENCY:市水务局}2016年政府信息公开工作报告",
        "PREAMBLE	我市供水由我局负责，详见{CHANNEL:松禾市政府网}。{AGENCY:松禾市人民政府}已批准。",
    )
    assert identity.issuer == "松禾市水务局"


def test_a_short_name_without_a_place_stays_as_it_is() -> None:
    identity = read("META	{AGENCY:市水务局}2016年政府信息公开工作报告", "PROACTIVE	我局公开信息。")
    assert (identity.issuer, identity.region) == ("市水务局", None)
    assert identity.level == "city"


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("{AGENCY:松禾市卫计委}", "松禾市卫生和计划生育委员会"),
        ("青禾县", "青禾县人民政府"),
        ("{AGENCY:青禾县政府办}", "青禾县人民政府办公室"),
        ("青禾街道", "青禾街道办事处"),
    ],
)
def test_short_forms_and_places_alone_give_the_full_name(title: str, issuer: str) -> None:
    assert read(f"META	{title}2016年政府信息公开工作年度报告", "PROACTIVE	公开信息。").issuer == issuer


def test_a_district_gets_the_city_it_is_named_with_elsewhere() -> None:
    source = make_source(
        "META	青河区2016年政府信息公开工作年度报告",
        "PROACTIVE	我区公开信息。",
        "NOISE	版权所有：{AGENCY:松禾市青河区人民政府}　湘ICP备05000001号",
    )
    identity = read_identity(source)
    assert (identity.issuer, identity.region) == ("松禾市青河区人民政府", "松禾市青河区")
    assert read_place(source, identity) == Place("松禾市青河区人民政府", ("湖南省", "松禾市", "青河区"), "county")


def test_a_known_place_has_a_code_and_the_divisions_above_it() -> None:
    source = make_source("META	{AGENCY:哈尔滨市南岗区教育局}2016年政府信息公开年报", "PROACTIVE	我局公开信息。")
    identity = read_identity(source)
    assert identity.region_code == "230103"
    assert read_place(source, identity).regions == ("黑龙江省", "哈尔滨市", "南岗区")


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("国家湿地管理局", "central"),
        ("水利部青禾江水利委员会", "central"),
        ("湖南省水利厅", "province"),
        ("国家税务总局松禾市税务局", "city"),
        ("昆山市水务局", "county"),
        ("青禾县第一中学", "county"),
        ("白鹤镇人民政府", "township"),
        ("中共青禾县委办公室", "county"),
    ],
)
def test_the_level_follows_name_and_place(issuer: str, level: str) -> None:
    identity = read(f"META	{{AGENCY:{issuer}}}2016年政府信息公开年报", "PROACTIVE	公开信息。")
    assert (identity.issuer, identity.level) == (issuer, level)


@pytest.mark.parametrize(
    ("preamble", "year"),
    [
        ("根据《临川县关于公布2016年办事指南的通知》，现将我局2015年政府信息公开情况报告如下。", 2015),
        ("根据《临川县关于公布2016年办事指南的通知，现将我局2015年政府信息公开情况报告如下。", 2015),
        ("现将我局2015年情况报告如下，依据《临川县关于公布2016年办事指南的通知》编制。", 2015),
        ("根据《关于公布2016年办事指南的通知》编制本报告。", 2016),
        ("现印发《青禾县水务局关于公布2016年政府信息公开工作年度报告》，2015年的情况报告2015年已报。", 2016),
    ],
)
def test_the_year_of_a_cited_title_gives_way_to_that_the_preamble_says(preamble: str, year: int) -> None:
    identity = read(
        "META	{AGENCY:青禾县水务局}政府信息公开工作报告", f"PREAMBLE	{preamble}", "PROACTIVE	公开信息。"
    )
    assert identity.year == year
    assert not identity.conflicts


def test_a_title_and_a_period_of_different_years_are_a_conflict() -> None:
    identity = read(
        "META	{AGENCY:青禾县粮食局}2012年政府信息公开工作年度报告",
        "PREAMBLE	统计期限自2011年1月1日起至12月31日止。",
    )
    assert identity.year == 2012
    (conflict,) = identity.conflicts
    assert (conflict.field, conflict.values) == ("year", ("2012", "2011"))
    assert [passage.text[:9] for passage in conflict.evidence] == ["青禾县粮食局201", "2011年1月1日"]


def test_a_title_and_a_signature_of_different_bodies_are_a_conflict() -> None:
    identity = read(
        "META	{AGENCY:青禾县粮食局}2012年政府信息公开工作年度报告",
        "PROACTIVE	公开信息。",
        "META	{AGENCY:青禾县水利局}　2013年1月5日",
    )
    assert identity.issuer == "青禾县粮食局"
    assert [(conflict.field, conflict.values) for conflict in identity.conflicts] == [
        ("issuer", ("青禾县粮食局", "青禾县水利局"))
    ]


def test_the_office_of_a_body_signs_for_it() -> None:
    identity = read(
        "META	{AGENCY:青禾县粮食局}2012年政府信息公开工作年度报告",
        "PROACTIVE	公开信息。",
        "META	{AGENCY:青禾县粮食局办公室}　2013年1月5日",
    )
    assert (identity.issuer, identity.conflicts) == ("青禾县粮食局", ())


@pytest.mark.parametrize(
    ("title", "signed", "year"),
    [
        ("政府信息公开工作年度报告", "2017年2月3日", 2016),
        ("政府信息公开工作年度报告", "2016年12月30日", 2016),
        ("政府信息公开工作年度报告", "2017年8月3日", None),
        ("政务公开工作实施方案", "2017年2月3日", 2017),
        ("政府信息公开指南", "", None),
    ],
)
def test_without_a_year_the_date_implies_one_where_it_can(title: str, signed: str, year: int | None) -> None:
    lines = [f"META	{{AGENCY:青禾县粮食局}}{title}", "PROACTIVE	公开信息。", "META	{AGENCY:青禾县粮食局}"]
    assert read(*lines, *([f"META	{signed}"] if signed else [])).year == year


def test_the_date_of_a_visit_is_no_date_of_the_report() -> None:
    assert (
        read("NOISE	今天是2018年3月9日 星期五", "META	{AGENCY:青禾县粮食局}2017年政府信息公开年报").published
        is None
    )


def test_a_report_that_says_nothing_of_itself_has_no_identity() -> None:
    assert read("PROACTIVE	全年公开信息。") == Identity()


@given(any_texts)
def test_any_text_has_an_identity(text: str) -> None:
    read_identity(Source(text, (), ()))


def chinese(number: int) -> str:
    """A number up to 31 in Chinese numerals."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones else "")


dates = st.dates(date(2008, 1, 1), date(2029, 12, 31))


@given(dates, st.sampled_from("〇○零O"))
def test_dates_in_chinese_numerals_are_read(day: date, zero: str) -> None:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year)).replace("〇", zero)
    text = f"{year}年{chinese(day.month)}月{chinese(day.day)}日"
    assert [found.iso for found in find_dates(text)] == [day.isoformat()]


@given(
    dates,
    st.sampled_from(["{}年{}月{}日", "{} 年 {} 月 {} 日", "{}-{}-{}", "{}.{}.{}", "{}/{}/{}", "{}-{:02}-{:02} 09:30"]),
)
def test_dates_in_arabic_numerals_are_read_with_where_they_stand(day: date, form: str) -> None:
    text = form.format(day.year, day.month, day.day)
    (found,) = find_dates(f"印发于{text}。")
    assert (found.iso, found.start) == (day.isoformat(), 3)


@pytest.mark.parametrize("text", ["2017年2月30日", "2017年13月1日", "1997年1月1日", "120171.1.1", "二十七年"])
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("自2011年1月1日起至12月31日止", "2011-01-01", "2011-12-31"),
        ("2016年1月1日起，止于2016年12月31日", "2016-01-01", "2016-12-31"),
        ("2014年1月1日—12月31日", "2014-01-01", "2014-12-31"),
        ("2016年1月至12月", "2016-01-01", "2016-12-31"),
        ("2023年元月1日算到12月31日", "2023-01-01", "2023-12-31"),
        ("2008年5月1日至2009年2月28日", "2008-05-01", "2009-02-28"),
    ],
)
def test_periods_are_read(text: str, first: str, last: str) -> None:
    match = PERIOD.search(text)
    assert match is not None
    assert read_period(match) == (first, last)


@given(any_texts)
def test_any_text_is_searched_for_dates(text: str) -> None:
    for found in find_dates(text):
        assert date.fromisoformat(found.iso)
        assert find_dates(text[found.start : found.end])
    for year, start, end in find_years(text):
        assert read_number(text[start:end]) == year
