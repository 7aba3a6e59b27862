"""Numbers are read exactly, Arabic and Chinese."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.records.facts.numerals import read_number


@given(st.integers(0, 99_999_999))
def test_chinese_numerals_are_read_as_a_maintained_library_writes_them(number: int) -> None:
    assert read_number(cn2an.an2cn(number)) == number


@given(st.integers(0, 9_999), st.integers(1, 99))
def test_chinese_decimals_are_read_as_a_maintained_library_writes_them(whole: int, hundredths: int) -> None:
    value = Decimal(whole) + Decimal(hundredths) / 100
    assert read_number(cn2an.an2cn(str(value))) == value


@given(st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False))
def test_arabic_numbers_keep_every_digit(value: Decimal) -> None:
    assert read_number(f"{value}") == value
    assert read_number(f"{value:,}") == value
    assert read_number(f"{value}万") == value * 10_000


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("两百", "200"), ("一千二", "1200"), ("一百零二", "102"), ("二〇一七", "2017"), ("十", "10"), ("廿五", "25")),
        *(("百", "100"), ("三万一千", "31000"), ("1.2亿", "120000000"), ("〇", "0"), ("一亿零五十", "100000050")),
    ],
)
def test_shapes_of_reports_are_read(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "一二十三百", "件", "点五", "三点", "1.2.3"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert read_number(text) is None
