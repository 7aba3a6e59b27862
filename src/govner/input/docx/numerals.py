"""Numbers of list items as Word writes them: 一、 (一) 1. ① 甲 IV."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_LEGAL: Final = "零壹贰叁肆伍陆柒捌玖"
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_MOST: Final = 9999


def write_number(number: int, format: str) -> str:
    """Write a number of a list.

    number (int): The number.
    format (str): A value of `ST_NumberFormat` of Office Open XML; unknown ones are written as decimal numbers.
    RETURNS (str): The number as shown.
    """
    write = _FORMATS.get(format)
    return str(number) if write is None or not 0 <= number <= _MOST else write(number)


def _counting(digits: str, units: str, ten: str) -> Callable[[int], str]:
    """Numbers with places: 一百零五; `ten` is what 10 to 19 begin with."""

    def write(number: int) -> str:
        if number == 0:
            return digits[0]
        if 10 <= number < 20:
            return ten + (digits[number - 10] if number > 10 else "")
        text, gap = "", False
        for place in (3, 2, 1, 0):
            digit = number // 10**place % 10
            if digit == 0:
                gap = bool(text)
                continue
            text += ("零" if gap else "") + digits[digit] + (units[place - 1] if place else "")
            gap = False
        return text

    return write


def _each_digit(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(digit)] for digit in str(number))


def _letters(first: str) -> Callable[[int], str]:
    """A to Z, then AA, BB."""

    def write(number: int) -> str:
        return chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""

    return write


def _roman(number: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        text += letters * (number // size)
        number %= size
    return text


def _cycle(characters: str) -> Callable[[int], str]:
    """One character a number; beyond the last as decimal numbers."""
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else str(number)


_chinese = _counting("零一二三四五六七八九", "十百千", "十")
_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "none": lambda number: "",
    "decimalZero": lambda number: f"{number:02}",
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "chineseLegalSimplified": _counting(_LEGAL, "拾佰仟", "壹拾"),
    "ideographLegalTraditional": _counting("零壹貳參肆伍陸柒捌玖", "拾佰仟", "壹拾"),
    "ideographDigital": _each_digit(_DIGITS),
    "japaneseDigitalTenThousand": _each_digit(_DIGITS),
    "taiwaneseDigital": _each_digit("○" + _DIGITS[1:]),
    "decimalFullWidth": _each_digit("０１２３４５６７８９"),
    "decimalFullWidth2": _each_digit("０１２３４５６７８９"),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": lambda number: _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12],
    "ideographEnclosedCircle": _cycle("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "decimalEnclosedCircle": _cycle("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _cycle("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedParen": _cycle("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _cycle("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "numberInDash": lambda number: f"- {number} -",
}
