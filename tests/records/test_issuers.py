"""The issuer of a document is read from its number where the list, its words or the report's place determine it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.data import load_table
from govner.records.citations.document_numbers import parse_number
from govner.records.citations.issuer_codes import load_departments
from govner.records.citations.issuers import Resolution, choose_by_words, complete_body, resolve_issuer
from govner.records.identity.place import Place
from govner.records.identity.regions import find_divisions

NOWHERE = Place()
NANGANG = Place("南岗区人民政府", ("黑龙江省", "哈尔滨市", "南岗区"), "county")
QINGHE = Place("青禾县水务局", ("湖南省", "沅江市", "青禾县"), "county")


def issuer_of(text: str, place: Place, *bodies: str, codes: tuple[str, ...] = ()) -> Resolution:
    number = parse_number(text)
    assert number is not None
    return resolve_issuer(number, place, bodies, codes)


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("国发〔2016〕39号", "国务院"),
        ("国办发〔2014〕32号", "国务院办公厅"),
        ("国办发明电〔2018〕12号", "国务院办公厅"),
        ("国办公开办函〔2021〕30号", "国务院办公厅政府信息与政务公开办公室"),
        ("中办发〔2016〕8号", "中共中央办公厅"),
        ("国令第711号", "国务院"),
        ("中华人民共和国国务院令第711号", "国务院"),
        ("主席令第五十号", "中华人民共和国主席"),
        ("教育部第29号令", "教育部"),
        ("国家税务总局公告2016年第53号", "国家税务总局"),
        ("质检总局令第75号", "国家质量监督检验检疫总局"),
        ("国卫办发〔2017〕22号", "国家卫生和计划生育委员会办公厅"),
        ("国卫办发〔2021〕43号", "国家卫生健康委员会办公厅"),
        ("发改价格〔2008〕1828号", "国家发展和改革委员会"),
        ("黑政办发201835号", "黑龙江省人民政府办公厅"),
        ("粤府〔2016〕1号", "广东省人民政府"),
        ("粤办函〔2016〕175号", "广东省人民政府办公厅"),
        ("粤办发〔2016〕5号", "中共广东省委办公厅"),
        ("赣府厅发〔2015〕44号", "江西省人民政府办公厅"),
        ("川办发〔2015〕41号", "四川省人民政府办公厅"),
        ("沪府令12号", "上海市人民政府"),
        ("穗府〔2012〕33号", "广州市人民政府"),
        ("深府(办)规〔2012〕3号", "深圳市人民政府办公厅"),
        ("新兵办发〔2017〕60号", "新疆生产建设兵团办公厅"),
    ],
)
def test_codes_of_the_list_need_no_place(text: str, issuer: str) -> None:
    assert issuer_of(text, NOWHERE) == Resolution(issuer)
    assert issuer_of(text, QINGHE) == Resolution(issuer)


@pytest.mark.parametrize(
    ("text", "regions", "issuer"),
    [
        ("宁政办〔2011〕1号", ("宁夏回族自治区", "银川市"), "宁夏回族自治区人民政府办公厅"),
        ("宁政办〔2011〕1号", ("江苏省", "南京市"), "南京市人民政府办公厅"),
        ("新政办〔2011〕1号", ("河南省", "新乡市", "卫滨区"), "新乡市人民政府办公室"),
        ("汕府〔2011〕1号", ("广东省", "汕尾市"), "汕尾市人民政府"),
        ("哈政办规〔2019〕3号", ("黑龙江省", "哈尔滨市", "南岗区"), "哈尔滨市人民政府办公厅"),
        ("榕政办〔2016〕118号", ("福建省", "福州市"), "福州市人民政府办公厅"),
    ],
)
def test_the_place_decides_between_several(text: str, regions: tuple[str, ...], issuer: str) -> None:
    assert issuer_of(text, Place(None, regions)) == Resolution(issuer)


def test_several_bodies_without_a_place_are_candidates() -> None:
    found = issuer_of("宁政办〔2011〕1号", NOWHERE)
    assert found.issuer is None
    assert {"宁夏回族自治区人民政府办公厅", "南京市人民政府办公厅"} <= set(found.candidates)
    assert issuer_of("汕府〔2011〕1号", Place(None, ("广东省", "广州市"))) == Resolution(
        None, ("汕头市人民政府", "汕尾市人民政府")
    )


def test_a_city_that_shares_its_sign_is_only_a_candidate_elsewhere() -> None:
    # 哈密 begins like 哈尔滨.
    assert issuer_of("哈政办规〔2019〕3号", NOWHERE) == Resolution(None, ("哈尔滨市人民政府办公厅",))


@pytest.mark.parametrize(
    ("text", "place", "issuer"),
    [
        ("县政办〔2011〕20号", QINGHE, "青禾县人民政府办公室"),
        ("市政办〔2009〕153号", QINGHE, "沅江市人民政府办公室"),
        ("市政办〔2009〕153号", NANGANG, "哈尔滨市人民政府办公厅"),
        ("区府办发〔2013〕7号", NANGANG, "南岗区人民政府办公室"),
        ("省政府令第225号", NANGANG, "黑龙江省人民政府"),
        ("2008年市人民政府令第3号", QINGHE, "沅江市人民政府"),
        ("青政办〔2011〕20号", QINGHE, "青禾县人民政府办公室"),
        ("青政办〔2011〕20号", Place("青禾县人民政府", ("青禾县",)), "青禾县人民政府办公室"),
        ("湘青政办发〔2011〕20号", QINGHE, "青禾县人民政府办公室"),
        ("青禾政发〔2011〕20号", QINGHE, "青禾县人民政府"),
        ("青委办〔2013〕3号", QINGHE, "中共青禾县委办公室"),
        ("泉港政办2013224", Place(None, ("福建省", "泉州市", "泉港区")), "泉港区人民政府办公室"),
        ("锡署办发[2014]14号", Place(None, ("内蒙古自治区", "锡林郭勒盟")), "锡林郭勒盟行政公署办公室"),
        ("县政府常务会议纪要〔2013〕5号", QINGHE, "青禾县人民政府"),
    ],
)
def test_codes_of_the_reports_own_place_are_read(text: str, place: Place, issuer: str) -> None:
    assert issuer_of(text, place) == Resolution(issuer)


def test_the_code_of_a_province_is_its_own_in_its_counties() -> None:
    place = Place("青禾县人民政府", ("青海省", "海南藏族自治州", "青禾县"))
    assert issuer_of("青政办〔2011〕20号", place).issuer == "青海省人民政府办公厅"


def test_a_department_needs_to_be_determined() -> None:
    assert issuer_of("青水发〔2011〕20号", QINGHE) == Resolution("青禾县水务局")
    assert issuer_of("青财发〔2011〕20号", QINGHE) == Resolution("青禾县财政局")
    unknown = issuer_of("青教发〔2011〕20号", QINGHE)
    assert unknown.issuer is None and "青禾县教育局" in unknown.candidates
    assert issuer_of("青教发〔2011〕20号", QINGHE, "县教育体育局") == Resolution("青禾县教育体育局")
    assert issuer_of("青财办发〔2011〕20号", QINGHE) == Resolution(None, ("青禾县财政局",))


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("青港航发〔2017〕17号", "青禾县港航管理局"),
        ("青禾港航报〔2017〕17号", "青禾县港航管理局"),
        ("湘青港航规〔2017〕17号", "青禾县港航管理局"),
        ("青港航办发〔2017〕17号", "青禾县港航管理局办公室"),
    ],
)
def test_a_code_that_shortens_the_name_of_the_reports_issuer_is_its_own(text: str, issuer: str) -> None:
    place = Place("青禾县港航管理局", ("湖南省", "沅江市", "青禾县"), "county")
    assert issuer_of(text, place) == Resolution(issuer)
    assert issuer_of(text, QINGHE) == Resolution()


def test_a_department_under_a_name_that_is_in_no_list_has_the_sign_of_others() -> None:
    place = Place("白鹤区住房和建设委员会", ("湖南省", "沅江市", "白鹤区"), "county")
    assert issuer_of("沅白住建规〔2024〕2号", place) == Resolution("白鹤区住房和建设委员会")


def test_a_code_of_another_department_is_not_the_issuers_own() -> None:
    branch = Place("青禾县国家税务局清口分局", ("湖南省", "沅江市", "青禾县"), "county")
    assert issuer_of("青国税发〔2014〕3号", branch).issuer == "青禾县国家税务局"
    assert issuer_of("青民发〔2014〕3号", Place("青禾县人民政府", QINGHE.regions)).issuer == "青禾县民政局"


@pytest.mark.parametrize("code", ["青政公开办", "青政务公开办函", "青府信公办字", "县政公办"])
def test_the_office_for_disclosure_is_the_one_the_report_names(code: str) -> None:
    number = f"{code}〔2016〕2号"
    assert issuer_of(number, QINGHE, "县政务公开办").issuer == "青禾县政务公开办公室"
    office = "青禾县政府信息公开工作领导小组办公室"
    assert issuer_of(number, QINGHE, office).issuer == office
    assert issuer_of(number, QINGHE, office, "县政务公开办").issuer is None
    assert issuer_of(number, QINGHE).issuer is None


def test_a_body_is_called_as_the_report_calls_it() -> None:
    district = Place("白鹤区人民政府", ("湖南省", "沅江市", "白鹤区"), "county")
    assert issuer_of("白政发〔2014〕3号", district, "沅江市白鹤区人民政府").issuer == "沅江市白鹤区人民政府"
    assert issuer_of("白政发〔2014〕3号", district).issuer == "白鹤区人民政府"
    full = Place("沅江市白鹤区人民政府办公室", district.regions, "county")
    assert issuer_of("白编办〔2014〕3号", full).issuer == "沅江市白鹤区机构编制委员会办公室"
    assert issuer_of("市政办发〔2014〕3号", district, "市政府办公厅").issuer == "沅江市人民政府办公厅"
    assert issuer_of("市政办发〔2014〕3号", district).issuer == "沅江市人民政府办公室"


def test_a_code_with_the_word_for_office_alone_is_of_the_party_where_governments_have_another() -> None:
    assert issuer_of("沅办发〔2014〕3号", QINGHE).issuer == "中共沅江市委办公室"
    assert issuer_of("沅办发〔2014〕3号", Place(None, ("四川省", "沅江市"))) == Resolution()
    assert issuer_of("沅办发〔2014〕3号", Place(None, ("沅江市",))) == Resolution()


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("国科发政〔2016〕3号", "科学技术部"),
        ("自然资规〔2019〕3号", "自然资源部"),
        ("环规财〔2019〕3号", "生态环境部"),
        ("退役军人办发〔2020〕3号", "退役军人事务部办公厅"),
        ("文旅办发〔2020〕3号", "文化和旅游部办公厅"),
        ("安委办〔2016〕3号", "国务院安全生产委员会办公室"),
        ("国开办发〔2016〕3号", "国务院扶贫开发领导小组办公室"),
        ("人社厅发〔2016〕3号", "人力资源和社会保障部办公厅"),
        ("交政研发〔2016〕3号", "交通运输部"),
        ("国能综函〔2016〕3号", "国家能源局综合司"),
        ("中华人民共和国主席令第31号", "中华人民共和国主席"),
        ("住房城乡建设部令第9号", "住房和城乡建设部"),
        ("国家卫生计生委令第9号", "国家卫生和计划生育委员会"),
        ("鲁厅字〔2016〕3号", "中共山东省委办公厅"),
        ("湘办发〔2016〕3号", "中共湖南省委办公厅"),
        ("浙委发〔2016〕3号", "中共浙江省委员会"),
    ],
)
def test_codes_of_ministries_and_of_the_party_are_known(text: str, issuer: str) -> None:
    assert issuer_of(text, NOWHERE) == Resolution(issuer)
    assert issuer_of(text, QINGHE) == Resolution(issuer)


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("沅办发〔2016〕3号", "中共沅江市委办公室"),
        ("青发〔2016〕3号", "中共青禾县委员会"),
        ("县委办发〔2016〕3号", "中共青禾县委办公室"),
        ("青组通〔2016〕3号", "中共青禾县委组织部"),
        ("青常发〔2016〕3号", "青禾县人民代表大会常务委员会"),
        ("青安委办〔2016〕3号", "青禾县安全生产委员会办公室"),
        ("湘环发〔2014〕3号", "湖南省环境保护厅"),
        ("湘环发〔2020〕3号", "湖南省生态环境厅"),
        ("湘教发〔2016〕3号", "湖南省教育厅"),
        ("湘价行费〔2012〕3号", "湖南省物价局"),
        ("青税发〔2020〕3号", "国家税务总局青禾县税务局"),
    ],
)
def test_committees_and_departments_of_the_place_are_known(text: str, issuer: str) -> None:
    assert issuer_of(text, QINGHE) == Resolution(issuer)


def test_the_office_of_a_committee_is_a_hall_where_that_of_the_government_is_one() -> None:
    assert issuer_of("南办发〔2016〕3号", Place(None, ("广西壮族自治区", "南宁市"))).issuer == "中共南宁市委办公厅"
    assert issuer_of("沅办发〔2016〕3号", QINGHE, "沅江市政府办公厅", "市委办公厅").issuer == "中共沅江市委办公厅"


def test_a_ministrys_code_that_the_place_may_have_as_well_has_candidates() -> None:
    place = Place("民禾县水务局", ("湖南省", "沅江市", "民禾县"), "county")
    assert issuer_of("民办发〔2016〕3号", place) == Resolution(None, ("民政部办公厅", "中共民禾县委办公室"))
    middle = Place("中禾县水务局", ("湖南省", "沅江市", "中禾县"), "county")
    assert issuer_of("中办发〔2016〕8号", middle) == Resolution("中共中央办公厅")


def test_a_place_with_a_longer_sign_has_no_shorter_one() -> None:
    place = Place("辽浑市统计局", ("辽浑市",), "city")
    assert issuer_of("辽政办发〔2016〕3号", place).issuer == "辽浑市人民政府办公室"
    found = issuer_of("辽政办发〔2016〕3号", place, codes=("辽政办发", "辽浑政办发"))
    assert found == Resolution("辽宁省人民政府办公厅")
    twins = Place(None, ("湖南省", "沅江市", "沅水县"))
    assert issuer_of("沅政办发〔2016〕3号", twins).issuer is None
    assert issuer_of("沅政办发〔2016〕3号", twins, codes=("沅水政发",)).issuer == "沅江市人民政府办公室"


def test_other_codes_tell_whose_office_it_is_where_the_province_is_not_known() -> None:
    place = Place(None, ("沅江市", "青禾县"))
    assert issuer_of("沅办发〔2014〕3号", place, codes=("沅办发", "青禾政发")).issuer == "中共沅江市委办公室"
    assert issuer_of("沅办发〔2014〕3号", place, codes=("沅办发", "青禾府发")).issuer is None


def test_a_township_calls_its_county_what_the_code_has() -> None:
    place = Place("榆禾乡人民政府", ("榆禾乡",), "township")
    assert issuer_of("延青政办函〔2012〕3号", place, "县政府办").issuer == "延青县人民政府办公室"
    assert issuer_of("延青政办函〔2012〕3号", place, "县政府办", "区政府办") == Resolution()
    assert issuer_of("硖政办函〔2012〕3号", place, "县政府办") == Resolution()


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("濛委办〔2013〕3号", "水利部濛江水利委员会"),
        ("巴口管发〔2013〕3号", "巴音图口岸管理委员会"),
        ("青汀校字〔2013〕3号", "青汀理工大学"),
        ("青水院综〔2013〕3号", "青禾水产职业技术学院"),
    ],
)
def test_bodies_without_a_place_have_their_own_codes(text: str, issuer: str) -> None:
    found = issuer_of(text, Place(issuer)).issuer
    assert found == issuer + ("办公室" if "办" in text else "")
    assert issuer_of(text, NOWHERE) == Resolution()


def test_departments_of_provinces_are_known_in_reports_that_do_not_name_theirs() -> None:
    place = Place("白鹤县中学", ("白鹤县",), "county")
    assert issuer_of("甘发改收费〔2012〕1021号", place).issuer == "甘肃省发展和改革委员会"
    assert issuer_of("吉省价收字〔2007〕156号", place).issuer == "吉林省物价局"
    assert issuer_of("甘发改收费〔2012〕1021号", QINGHE) == Resolution()


def test_numbers_that_spell_their_issuer_out_name_it() -> None:
    assert issuer_of("临江市政务公开领导小组文件[2017]1号", NOWHERE).issuer == "临江市政务公开领导小组"
    assert issuer_of("中共青禾县委办公室文件〔2013〕18号", NOWHERE).issuer == "中共青禾县委办公室"
    assert issuer_of("河北省政府令〔2015〕第6号", NOWHERE).issuer == "河北省人民政府"


@pytest.mark.parametrize(
    "text", ["第711号令", "总局令第163号", "〔2014〕2号", "县政办〔2011〕20号", "禾工宣〔2011〕1号", "省政府令第1号"]
)
def test_what_nothing_determines_has_no_issuer(text: str) -> None:
    assert issuer_of(text, NOWHERE) == Resolution()


def test_the_words_for_an_issuer_choose_among_candidates() -> None:
    both = ("新疆维吾尔自治区人民政府办公厅", "新乡市人民政府办公室")
    assert choose_by_words("自治区人民政府办公厅", both) == both[0]
    assert choose_by_words("市政府办", both) == both[1]
    assert choose_by_words("省政府办公厅", both) is None
    assert choose_by_words("办公厅", both) is None


def test_relative_names_are_made_full() -> None:
    assert complete_body("县政府办", QINGHE) == "青禾县人民政府办公室"
    assert complete_body("省教育厅", QINGHE) == "湖南省教育厅"
    assert complete_body("省局", QINGHE) is None
    assert complete_body("县教育局", NOWHERE) is None


def test_the_lists_are_well_formed() -> None:
    rows = load_table("issuer_codes")
    assert len(set(rows)) == len(rows)
    for row in rows:
        assert len(row) == 4 and all(cell == cell.strip() for cell in row) and row[0] and row[1]
        for region in filter(None, row[2].split("/")):
            assert any(division.name == region for division in find_divisions(region)), row
    assert all(names for names in load_departments().values())
    titles = [row[0] for row in load_table("national_documents")]
    assert len(set(titles)) == len(titles)


@given(
    st.text("国办发青禾县政府委水教市省中共字函文件会议纪要", min_size=1, max_size=12),
    st.sampled_from([NOWHERE, NANGANG, QINGHE]),
)
def test_an_issuer_and_candidates_exclude_each_other(code: str, place: Place) -> None:
    number = parse_number(f"{code}〔2014〕3号")
    assert number is not None
    found = resolve_issuer(number, place)
    assert not (found.issuer and found.candidates)
    assert all(found.candidates) and len(set(found.candidates)) == len(found.candidates)
