"""Document numbers are read from every way they are typed."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.corpus.augment.codes import make_number
from govner.records.citations.document_numbers import parse_number

BRACKETS = [
    "〔〕",
    "[]",
    "［］",
    "()",
    "（）",
    "【】",
    "﹝﹞",
    "〖〗",
    "<>",
    "{}",
    "“”",
    "〔]",
    "(〕",
    "［】",
    "??",
    "--",
]
HALF = ["]", "〕", "）", "【", "(", "〔"]
CODES = ["国办发", "黑政办发", "青禾县政办", "泉港政办", "南教办", "发改价格", "国办公开办函", "深府(办)规", "洮二院发"]
PRINTED = str.maketrans("0123456789", "０１２３４５６７８９")
MISREAD = str.maketrans("01", "Ol")
CHINESE = str.maketrans("0123456789", "○一二三四五六七八九")

codes = st.sampled_from(CODES)
years = st.integers(1985, 2035)
serials = st.integers(1, 2999)
ends = st.sampled_from(["号", " 号", "号文", "号文件", "号号", ""])


def fields(text: str) -> tuple[str | None, int | None, int | None]:
    number = parse_number(text)
    assert number is not None, text
    return number.code, number.year, number.serial


@pytest.mark.parametrize(
    ("text", "code", "year", "serial", "form"),
    [
        ("国办发〔2014〕32号", "国办发", 2014, 32, "国办发〔2014〕32号"),
        ("闽政办2018〕43号", "闽政办", 2018, 43, "闽政办〔2018〕43号"),
        ("黑政办发201835号", "黑政办发", 2018, 35, "黑政办发〔2018〕35号"),
        ("泉港政办2013224", "泉港政办", 2013, 224, "泉港政办〔2013〕224号"),
        ("榆塬政办发[201227号", "榆塬政办发", 2012, 27, "榆塬政办发〔2012〕27号"),
        ("滦价字(2015)第 21 号", "滦价字", 2015, 21, "滦价字〔2015〕21号"),
        ("（2014）国信办字第5号", "国信办字", 2014, 5, "国信办字〔2014〕5号"),
        ("县政府常务会议纪要〔2013〕5号", "县政府常务会议纪要", 2013, 5, "县政府常务会议纪要〔2013〕5号"),
        ("闽政〔二○一四〕十二号", "闽政", 2014, 12, "闽政〔2014〕12号"),
        ("泸府办字（2010）一一八号", "泸府办字", 2010, 118, "泸府办字〔2010〕118号"),
        ("國辦發〔2016〕80號", "国办发", 2016, 80, "国办发〔2016〕80号"),
        ("闽漳水&#12308;2014&#12309;29号", "闽漳水", 2014, 29, "闽漳水〔2014〕29号"),
        ("双牧办字[09]-17号", "双牧办字", 2009, 17, "双牧办字〔2009〕17号"),
        ("藏政办发33号", "藏政办发", None, 33, "藏政办发33号"),
        ("〔2014〕2号", None, 2014, 2, "〔2014〕2号"),
        ("深府(办)规〔2012〕3号", "深府(办)规", 2012, 3, "深府(办)规〔2012〕3号"),
        ("市第一中学文件〔2012〕3号", "市第一中学文件", 2012, 3, "市第一中学文件〔2012〕3号"),
        ("濛委办〔2013〕32号", "濛委办", 2013, 32, "濛委办〔2013〕32号"),
        ("国办公开办函\n〔2021〕3\n0号", "国办公开办函", 2021, 30, "国办公开办函〔2021〕30号"),
    ],
)
def test_numbers_are_read_in_parts(text: str, code: str | None, year: int | None, serial: int, form: str) -> None:
    assert fields(text) == (code, year, serial)
    number = parse_number(text)
    assert number is not None and number.text == form and number.raw == text and not number.is_order


@pytest.mark.parametrize(
    ("text", "form", "year", "serial"),
    [
        ("国务院令第711号", "国务院令第711号", None, 711),
        ("国令第 711 号", "国令第711号", None, 711),
        ("国务院令（第492号）", "国务院令第492号", None, 492),
        ("国务院令255号", "国务院令第255号", None, 255),
        ("第203号令", "第203号令", None, 203),
        ("第 711 号国务院令", "国务院令第711号", None, 711),
        ("国务院第492号令", "国务院令第492号", None, 492),
        ("主席令第五十号", "主席令第50号", None, 50),
        ("中华人民共和国主席令第六十三号", "中华人民共和国主席令第63号", None, 63),
        ("哈尔滨市人民政府令第203号", "哈尔滨市人民政府令第203号", None, 203),
        ("2008年市人民政府令第3号", "市人民政府令2008年第3号", 2008, 3),
        ("交通运输部令2013年第1号", "交通运输部令2013年第1号", 2013, 1),
        ("长政令〔2008〕12号", "长政令〔2008〕12号", 2008, 12),
        ("囯务院令第492号", "国务院令第492号", None, 492),
    ],
)
def test_orders_are_read(text: str, form: str, year: int | None, serial: int) -> None:
    number = parse_number(text)
    assert number is not None and number.is_order
    assert (number.text, number.year, number.serial) == (form, year, serial)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("国家税务总局公告2016年第 53号", "国家税务总局公告2016年第53号"),
        ("2014年第3号公告", "2014年第3号公告"),
        ("证监会公告〔2013〕43号", "证监会公告〔2013〕43号"),
        ("省防汛抗旱指挥部第18号公告", "省防汛抗旱指挥部公告第18号"),
    ],
)
def test_announcements_are_no_orders(text: str, form: str) -> None:
    number = parse_number(text)
    assert number is not None and number.text == form and not number.is_order


@pytest.mark.parametrize(
    "text",
    [
        "《条例》",
        "《关于做好2014年工作的通知》（国办发〔2014〕32号）",
        "<条例>",
        "政府信息公开条例",
        "知》",
        "国办发",
        "11号",
        "建设路33号",
        "2020年政务公开工作要点",
        "",
        "〔〕号",
        "号",
        "国" * 10_000,
    ],
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    "text", ["云政办函〔2022〕 号", "川办发〔2014〕3＊号", "桂政办发电[2017]***号", "饶府办函〔2013〕"]
)
def test_a_lost_serial_is_not_guessed(text: str) -> None:
    number = parse_number(text)
    assert number is not None
    assert number.serial is None and number.year and number.confidence <= 0.5


def test_digits_that_may_be_year_or_serial_are_neither() -> None:
    number = parse_number("国发2014号")
    assert number is not None and number.year is None and number.serial is None


@given(codes, years, serials, st.sampled_from(BRACKETS), ends, st.integers(0, 4), st.booleans())
def test_every_bracket_and_end_reads_the_same(
    code: str, year: int, serial: int, pair: str, end: str, zeros: int, ordinal: bool
) -> None:
    digits = ("第" if ordinal else "") + str(serial).zfill(zeros)
    assert fields(f"{code}{pair[0]}{year}{pair[1]}{digits}{end}") == (code, year, serial)


@given(codes, years, serials, st.sampled_from(HALF), ends)
def test_half_brackets_are_mended_and_said_to_be(code: str, year: int, serial: int, half: str, end: str) -> None:
    text = f"{code}{half}{year}{serial}{end}" if half in "【(〔" else f"{code}{year}{half}{serial}{end}"
    assert fields(text) == (code, year, serial)
    number = parse_number(text)
    assert number is not None and number.repaired and number.confidence < 1


@given(codes, years, serials, st.sampled_from(["号", ""]), st.sampled_from(["", " ", "\u3000"]))
def test_fused_digits_are_parted_after_the_year(code: str, year: int, serial: int, end: str, space: str) -> None:
    text = f"{code}{year}{space}{serial}{end}"
    assert fields(text) == (code, year, serial)


@given(codes, years, serials, st.data())
def test_spaces_and_line_breaks_mean_nothing(code: str, year: int, serial: int, data: st.DataObject) -> None:
    clean = f"{code}〔{year}〕{serial}号"
    torn = "".join(char + data.draw(st.sampled_from(["", "", " ", "\u3000", "\n", "\xa0", "\u200b"])) for char in clean)
    assert fields(torn) == (code, year, serial)


@given(codes, years, serials)
def test_other_digits_are_read(code: str, year: int, serial: int) -> None:
    expected = (code, year, serial)
    assert fields(f"{code}〔{year}〕{serial}号".translate(PRINTED)) == expected
    assert fields(f"{code}〔{str(year).translate(MISREAD)}〕{str(serial).translate(MISREAD)}号") == expected
    assert fields(f"{code}〔{str(year).translate(CHINESE)}〕{serial}号") == expected


@given(codes, years, serials)
def test_a_well_typed_number_is_its_own_standard_form(code: str, year: int, serial: int) -> None:
    text = f"{code}〔{year}〕{serial}号"
    number = parse_number(text)
    assert number is not None
    assert (number.text, number.repaired, number.confidence) == (text, False, 1.0)


@given(st.integers(0, 10**9))
def test_made_up_numbers_of_every_shape_are_read(seed: int) -> None:
    text = make_number(random.Random(seed))
    number = parse_number(text)
    assert number is not None, text
    again = parse_number(number.text)
    assert again is not None, number.text
    assert (again.code, again.year, again.serial) == (number.code, number.year, number.serial)
    assert again.text == number.text
    year = re.search(r"(?<!第)(?<!第 )(?:19|20)\d\d", text)
    if year:
        assert number.year == int(year[0]), text
    serial = re.search(r"(\d+) ?号", text)
    if serial and not re.search("[OolI〇○]", text) and re.search(r"[^\d ] ?\d+ ?号", text):
        assert str(number.serial) in serial[1], text


@given(st.text(alphabet="国办发令第号年〔〕[]（）0123456789一二十○OlI?*- 公告文件《》&;\n", max_size=40))
def test_no_text_makes_it_fail(text: str) -> None:
    number = parse_number(text)
    assert number is None or (number.raw == text and 0 < number.confidence <= 1)
