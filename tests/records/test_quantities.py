"""A COUNT becomes an exact value, its unit and its bounds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govner.records.facts.quantities import read_quantity

UNITS = ("条", "件", "人次", "个", "份", "册", "项", "场", "名", "户")


def amount(text: str) -> tuple[str, str]:
    quantity = read_quantity(text)
    assert quantity is not None
    return str(quantity.value), quantity.unit


@given(st.integers(0, 10**9), st.sampled_from(UNITS), st.sampled_from(["", " ", "　", "  "]))
def test_plain_counts_keep_value_and_unit_whatever_the_blanks(number: int, unit: str, blank: str) -> None:
    assert amount(f"{number}{blank}{unit}") == (str(number), unit)
    assert amount(f"{number:,}{blank}{unit}") == (str(number), unit)


@given(st.decimals(0, 9999, places=2, allow_nan=False, allow_infinity=False))
def test_ten_thousands_are_single_units_exactly(number: Decimal) -> None:
    quantity = read_quantity(f"{number}万元")
    assert quantity is not None
    assert (quantity.value, quantity.unit) == (number * 10_000, "元")


@given(st.integers(1, 10**6), st.sampled_from(["余", "多"]), st.sampled_from(UNITS))
def test_and_more_is_a_lower_bound(number: int, more: str, unit: str) -> None:
    quantity = read_quantity(f"{number}{more}{unit}")
    assert quantity is not None
    assert (quantity.value, quantity.lower, quantity.upper, quantity.unit) == (number, number, None, unit)


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(["-", "至", "~", "—"]))
def test_ranges_have_bounds_and_no_value(low: int, more: int, joint: str) -> None:
    quantity = read_quantity(f"{low}{joint}{low + more}件")
    assert quantity is not None
    assert (quantity.value, quantity.lower, quantity.upper, quantity.unit) == (None, low, low + more, "件")


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    read_quantity(text)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        *(("两次", "2", "次"), ("四大类", "4", "类"), ("二十三项", "23", "项"), ("75条次", "75", "条次")),
        *(
            ("100%", "100", "%"),
            ("四分之三", "75", "%"),
            ("六成", "60", "%"),
            ("一成二", "12", "%"),
            ("半数", "50", "%"),
        ),
        *(("百分之九十", "90", "%"), ("千分之三", "0.3", "%"), ("三分之一", "33.3333", "%"), ("3‰", "0.3", "%")),
        *(("零件", "0", "件"), ("一页半", "1.5", "页"), ("三百一十二元五角", "312.5", "元"), ("１７ 件", "17", "件")),
        *(("150O条", "1500", "条"), ("l7名", "17", "名"), ("12個", "12", "个"), ("1.2万册", "12000", "册")),
        *(
            ("20万+次", "200000", "次"),
            ("4200元整", "4200", "元"),
            ("2.5个百分点", "2.5", "个百分点"),
            ("三点", "3", "点"),
        ),
    ],
)
def test_shapes_of_reports_are_read(text: str, value: str, unit: str) -> None:
    assert amount(text) == (value, unit)


@pytest.mark.parametrize(
    ("text", "lower", "upper", "bound"),
    [
        ("近3万人次", None, "30000", "at most"),
        ("约500名", None, None, "about"),
        ("3条以上", "3", None, "at least"),
        ("不少于3次", "3", None, "at least"),
        ("不超过5件", None, "5", "at most"),
        ("上百件", "100", None, "at least"),
        ("十几个", "10", None, "at least"),
        ("三五条", "3", "5", "range"),
        ("七八十件", "70", "80", "range"),
        ("数十件", None, None, "about"),
    ],
)
def test_words_of_approximation_are_bounds(text: str, lower: str | None, upper: str | None, bound: str) -> None:
    quantity = read_quantity(text)
    assert quantity is not None
    assert quantity.bound == bound
    assert quantity.lower == (None if lower is None else Decimal(lower))
    assert quantity.upper == (None if upper is None else Decimal(upper))


@pytest.mark.parametrize("text", ["****条", "5.*亿元", "1#0条", "条"])
def test_masked_numbers_have_no_value(text: str) -> None:
    assert read_quantity(text) is None


@pytest.mark.parametrize(
    "number", ["9" * 30, "9" * 5_000, "1," * 500 + "0", "九千万亿" * 300, "亿" * 50, "0." + "3" * 900]
)
def test_numbers_that_no_report_can_mean_are_none(number: str) -> None:
    for text in (
        f"{number}条",
        f"近{number}元",
        f"{number}%",
        f"三分之{number}",
        f"{number}至{number}件",
        f"{number}.5万元",
    ):
        quantity = read_quantity(text)
        assert quantity is None or quantity.value is None or abs(quantity.value) < 10**20
