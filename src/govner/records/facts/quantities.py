"""A mention of a quantity as value, unit and bounds: 近3万人次, 20余条, 三至五件, 六成, 百分之九十."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from govner.records.facts.numerals import CHINESE_DIGITS, SCALES, read_number
from govner.records.schema import Bound
from govner.text.script import simplified_characters

_NUMBER: Final = (
    rf"(?:[0-9][0-9,]{{0,30}}+(?:\.[0-9]{{1,20}}+)?[{SCALES}]{{0,8}}+|[{CHINESE_DIGITS}{SCALES}廿卅点]{{1,30}}+)"
)
_QUANTITY: Final = re.compile(
    rf"(?P<before>[^0-9{CHINESE_DIGITS}{SCALES}廿卅数几半]*)"
    rf"(?:(?P<low>{_NUMBER})(?P<lowunit>[^-~0-9至到]{{0,3}})(?:-|~|至|到))?"
    rf"(?P<vague>[数几])?(?P<number>{_NUMBER})?(?P<more>余|餘|多|来|\+)?(?P<scale>[{SCALES}]+)?(?P<more2>余|餘|多|来|\+)?"
    r"(?P<unit>.*)"
)
_PERCENT: Final = re.compile(
    rf"(?P<before>\D{{0,60}}?)(?P<base>百|千|万|{_NUMBER})分之(?P<part>{_NUMBER})(?P<more>多|强)?"
)
_TENTHS: Final = re.compile(
    rf"(?P<before>.{{0,60}}?)(?P<number>[0-9.]{{1,20}}|[{CHINESE_DIGITS}])成(?P<digit>[{CHINESE_DIGITS}])?(?P<half>半)?(?P<more>多|以上)?"
)
_HALF: Final = re.compile(r"(?P<before>.{0,60}?)(?:半数|一半)(?P<more>多|以上)?")
# Two neighbouring digits are a range: 三五条, 七八十件.
_PAIR: Final = re.compile(rf"(?P<first>[一二两三四五六七八])(?P<second>[二三四五六七八九])(?P<scale>[{SCALES}]*)")
_BLANK: Final = re.compile(r"\s+")
_FOLDED: Final = str.maketrans("—–～", "--~")
# Letters that scanning puts for 0 and 1, and digits that a page masks.
_MISREAD: Final = str.maketrans("OoQlI", "00011")
_MISREAD_NUMBER: Final = re.compile(r"[0-9OoQlI][0-9OoQlI,.]*")
_MASK: Final = re.compile(r"[*#×]")
_AT_LEAST: Final = ("超", "超过", "逾", "不少于", "不低于", "至少", "上", "多达", "高于", "大于")
_AT_MOST: Final = ("近", "不到", "不足", "至多", "最多", "低于", "少于", "以内")
_ABOUT: Final = ("约", "大约", "大概", "左右", "上下")
_UNIT_MORE: Final = re.compile(r"^(?:余|餘|多|来)")
_UNIT_END: Final = re.compile(r"(?:以上|以下|以内|之多|左右|上下|整|多|强)$")
_SIZE: Final = re.compile(r"^大(?=类|项|块|方|部|领|板|件|节|栏|平|环|步|主|体|系)")
_MONEY: Final = re.compile(r"^元[0-9零一二三四五六七八九]")
_HUNDRED: Final = Decimal(100)
# Decimals are exact to 28 digits; the greatest sums of reports have thirteen.
_LARGEST: Final = Decimal(10) ** 20
# Mentions of more characters are no quantities, and not worth the time.
_LONGEST: Final = 100


@dataclass(frozen=True)
class Quantity:
    """A quantity in single units; `value` is None for a range or where there is no certain number (数十件)."""

    value: Decimal | None
    unit: str
    lower: Decimal | None = None
    upper: Decimal | None = None
    bound: Bound = "exact"


@lru_cache(maxsize=4096)
def read_quantity(text: str) -> Quantity | None:
    """Read a mention of a quantity.

    text (str): A COUNT as it stands: 132条, 5500 余条, 近3万人次, 两次, 160.59万元, 100%, 四分之三, 3-5条.
    RETURNS (Quantity | None): Its value, unit and bounds; None if there is no number in it (****条) or none that a
        report can mean.
    """
    if len(text) > _LONGEST:
        return None
    plain = _BLANK.sub("", unicodedata.normalize("NFKC", text)).translate(_FOLDED)
    misread = _MISREAD_NUMBER.match(plain)
    if misread and not plain.isascii():
        plain = misread[0].translate(_MISREAD) + plain[misread.end() :]
    if _MASK.search(plain):
        return None
    quantity = _read_share(plain) or _read_count(plain)
    return None if quantity is None or _is_absurd(quantity) else quantity


def _is_absurd(quantity: Quantity) -> bool:
    """Whether it is a number that no report can mean: thousands of digits, 亿亿亿."""
    values = (quantity.value, quantity.lower, quantity.upper)
    return any(value is not None and abs(value) >= _LARGEST for value in values)


def _read_share(text: str) -> Quantity | None:
    """A fraction, tenths or half, in percent."""
    if match := _PERCENT.fullmatch(text):
        base, part = read_number(match["base"]), read_number(match["part"])
        if base and part is not None:
            return _bounded(part * _HUNDRED / base, "%", match["before"], bool(match["more"]))
    if match := _TENTHS.fullmatch(text):
        value = read_number(match["number"])
        if value is not None:
            value = value * 10 + (read_number(match["digit"]) or 0 if match["digit"] else 5 if match["half"] else 0)
            return _bounded(value, "%", match["before"], bool(match["more"]))
    if match := _HALF.fullmatch(text):
        return _bounded(Decimal(50), "%", match["before"], bool(match["more"]))
    return None


def _read_count(text: str) -> Quantity | None:
    match = _QUANTITY.fullmatch(text)
    if match is None or not (match["number"] or match["vague"] or match["scale"]):
        return None
    unit, scale = _simplify(match["unit"]), Decimal(1)
    more = bool(match["more"] or match["more2"] or _UNIT_MORE.match(unit))
    unit = _UNIT_MORE.sub("", unit)
    ending = _UNIT_END.search(unit)
    if ending and len(unit) > ending.end() - ending.start():
        unit = unit[: ending.start()]
    tail = ending[0] if ending else ""
    unit = _SIZE.sub("", unit)
    if match["scale"]:
        factor = read_number(match["scale"])
        scale = factor if factor is not None else scale
    if unit.startswith("百分点"):
        return None
    if unit == "‰":
        unit, scale = "%", scale / 10
    if match["vague"]:
        return Quantity(None, unit, bound="about")
    number = match["number"] or ""
    if number.endswith("点"):
        number, unit = number[:-1], "点" + unit
    if unit.startswith("几"):
        unit, more = unit[1:], True
    pair = _PAIR.fullmatch(number)
    if match["low"] or (pair and _follows(pair)):
        return _read_range(match["low"] or "", number, unit, scale, pair)
    value = read_number(number) if number else Decimal(1)
    if value is None:
        return None
    value *= scale
    if unit.startswith("半"):
        value, unit = value + Decimal("0.5"), unit[1:]
    elif unit.endswith("半") and len(unit) > 1:
        value, unit = value + Decimal("0.5") * scale, unit[:-1]
    elif _MONEY.match(unit):
        value, unit = value + _small_money(unit), "元"
    return _bounded(value, unit, match["before"] + tail, more or tail in ("以上", "多", "之多", "强"))


def _read_range(low: str, number: str, unit: str, scale: Decimal, pair: re.Match[str] | None) -> Quantity | None:
    if low:
        first, second = read_number(low), read_number(number)
    elif pair:
        first, second = read_number(pair["first"] + pair["scale"]), read_number(pair["second"] + pair["scale"])
    if first is None or second is None:
        return None
    return Quantity(None, unit, first * scale, second * scale, "range")


def _follows(pair: re.Match[str]) -> bool:
    first, second = read_number(pair["first"]), read_number(pair["second"])
    return first is not None and second is not None and (second - first == 1 or (int(first), int(second)) == (3, 5))


def _small_money(unit: str) -> Decimal:
    """Jiao and fen after 元: 元五角."""
    jiao, fen = re.search(r"(.)角", unit), re.search(r"(.)分", unit)
    value = (read_number(jiao[1]) or Decimal(0)) / 10 if jiao else Decimal(0)
    return value + ((read_number(fen[1]) or Decimal(0)) / 100 if fen else Decimal(0))


def _bounded(value: Decimal, unit: str, before: str, more: bool) -> Quantity:
    value = _plain(value)
    if before.endswith(("不超过", "不高于", "不多于")):
        return Quantity(value, unit, None, value, "at most")
    if before.endswith(_AT_LEAST):
        return Quantity(value, unit, value, None, "at least")
    if before.endswith(_AT_MOST) or "以内" in before or "以下" in before:
        return Quantity(value, unit, None, value, "at most")
    if more or "超过" in before:
        return Quantity(value, unit, value, None, "at least")
    if any(word in before for word in _ABOUT):
        return Quantity(value, unit, None, None, "about")
    return Quantity(value, unit, value, value)


def _simplify(unit: str) -> str:
    return unit if unit.isascii() else "".join(simplified_characters().get(char, char) for char in unit)


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros or exponent; numbers that no report can mean stay as they are."""
    if abs(value) >= _LARGEST:
        return value
    if value == value.to_integral_value():
        return value.quantize(Decimal(1))
    # A third has no end; four places are more than reports give.
    return round(value, 4).normalize()
