"""Charts: all values are there, lengths go with them, words cannot be markup."""

import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from govner.view.charts import Bar, draw_bars, draw_line, draw_spark
from govner.view.numbers import show_number

VALUES = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False)


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=("Cs", "Cc"))), VALUES), min_size=1, max_size=8))
def test_bars_are_as_long_as_their_values_and_well_formed(rows: list[tuple[str, Decimal]]) -> None:
    bars = [Bar(label, value, show_number(value)) for label, value in rows]
    tree = ET.fromstring(draw_bars(bars, "<title>&"))
    widths = [float(rect.attrib["width"]) for rect in tree.iter("rect")]
    most = max(value for _, value in rows)
    for (_, value), width in zip(rows, widths, strict=True):
        assert width >= 1
        if most:
            assert abs(width - max(float(value / most) * max(widths), 1)) < 1.1
    assert tree.attrib["aria-label"] == "<title>&"


@given(st.dictionaries(st.integers(2008, 2026), VALUES, min_size=1))
def test_lines_stay_inside_and_break_where_a_year_is_missing(by_year: dict[int, Decimal]) -> None:
    points = sorted(by_year.items())
    tree = ET.fromstring(draw_line(points, "x"))
    _, _, width, height = map(float, tree.attrib["viewBox"].split())
    for circle in tree.iter("circle"):
        assert 0 <= float(circle.attrib["cx"]) <= width and 0 <= float(circle.attrib["cy"]) <= height
    gaps = sum(later[0] != one[0] + 1 for one, later in pairwise(points))
    assert len(list(tree.iter("polyline"))) == gaps + 1
    assert [text.text for text in tree.iter("text")][1::2] == [str(year) for year, _ in points]


def test_nothing_to_draw_draws_nothing() -> None:
    assert draw_bars([], "x") == draw_line([], "x") == draw_spark([(2018, Decimal(1))], "x") == ""


def test_numbers_have_commas_and_no_idle_zeros() -> None:
    shown = [show_number(Decimal(text)) for text in ("1286", "0.50", "1000000.0", "0", "-3")]
    assert shown == ["1,286", "0.5", "1,000,000", "0", "-3"]
    assert (show_number(Decimal(3), "+"), show_number(None)) == ("+3", "")
    assert not re.search("[eE]", show_number(Decimal("1E+7")))
