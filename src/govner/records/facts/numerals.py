"""Numbers as reports write them: Arabic or Chinese digits, mixed with 万 and 亿, exact decimals."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_DIGITS: Final = (
    {char: value for value, char in enumerate("零一二三四五六七八九")}
    | {char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")}
    | {"○": 0, "Ｏ": 0, "两": 2, "俩": 2, "兩": 2}
)
_SMALL: Final = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE: Final = {"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8}
CHINESE_DIGITS: Final = "".join(_DIGITS)
SCALES: Final = "".join(_SMALL) + "".join(_LARGE)
_TENS: Final = {"廿": "二十", "卅": "三十"}
_ARABIC: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def read_number(text: str) -> Decimal | None:
    """Read a number.

    text (str): 1286, 1,286, 3.5万, 二百一十七, 一千二, 二〇一七, 十, 三点五, 千; half-width, no white space.
    RETURNS (Decimal | None): Its exact value; None if it is no number.
    """
    plain = text.replace(",", "").replace("，", "")
    digits = plain.rstrip(SCALES)
    if _ARABIC.fullmatch(digits):
        value = Decimal(digits)
        for scale in plain[len(digits) :]:
            value *= _SMALL.get(scale) or _LARGE[scale]
        return value
    whole, point, fraction = plain.partition("点")
    if not point:
        return _read_chinese(plain)
    scale = fraction.lstrip(CHINESE_DIGITS)
    places = [str(_DIGITS[char]) for char in fraction[: len(fraction) - len(scale)]]
    before = _read_chinese(whole)
    if before is None or not places or not all(char in _LARGE for char in scale):
        return None
    value = before + Decimal("0." + "".join(places))
    for char in scale:
        value *= _LARGE[char]
    return value


def _read_chinese(text: str) -> Decimal | None:
    """The value of Chinese numerals: digits in a row (二〇一七) or with scales (二百一十七, 一千二)."""
    for short, full in _TENS.items():
        text = text.replace(short, full)
    if not text or any(char not in _DIGITS and char not in _SMALL and char not in _LARGE for char in text):
        return None
    if len(text) > 1 and all(char in _DIGITS for char in text):
        return Decimal("".join(str(_DIGITS[char]) for char in text))
    total, section, digit, last_scale = 0, 0, None, 1
    for char in text:
        if char in _DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = _DIGITS[char]
            if digit == 0:
                last_scale = 1
        elif char in _SMALL:
            # 十 alone is one ten; 百 and 千 alone are read likewise (百余条).
            section += (1 if digit is None or digit == 0 else digit) * _SMALL[char]
            last_scale, digit = _SMALL[char], None
        else:
            section += digit or 0
            if section == 0:
                section = 1 if total == 0 else 0
            if char in "亿億":
                total = (total + section) * _LARGE[char]
            else:
                total += section * _LARGE[char]
            section, digit, last_scale = 0, None, _LARGE[char]
    if digit:
        # 一千二 is 1200, 一百零二 is 102.
        section += digit * (last_scale // 10 if last_scale >= 100 and text[-2] not in "零〇○" else 1)
    return Decimal(total + section)
