"""Dates and years as reports write them: 2017年1月19日, 2017-01-19, 二〇一七年一月十九日, 二O一七年元月."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final, NamedTuple

# Chinese and full-width digits, and zeros and ones as they are typed or recognised in scans.
_DIGITS: Final = (
    {char: str(value) for value, char in enumerate("零一二三四五六七八九")}
    | {char: str(value) for value, char in enumerate("０１２３４５６７８９")}
    | dict.fromkeys("〇○ＯОοOo", "0")
    | dict.fromkeys("lI", "1")
)
_ZERO: Final = "0０〇○零ＯОοOo"
_YEAR: Final = (
    rf"(?<![0-9０-９])(?:[2２]\s?[{_ZERO}]\s?[0-4０-４lI{_ZERO}]\s?[0-9０-９lI{_ZERO}]"
    rf"|二\s?[{_ZERO}]\s?[一二三{_ZERO}]\s?[一二三四五六七八九{_ZERO}])"
)
_MONTH: Final = "(?:1[0-2]|l[0-2]|0?[1-9l]|[０１]?[０-９]|十[一二]?|[一二三四五六七八九元])"
_DAY: Final = (
    "(?:[12l][0-9l]|3[01l]|0?[1-9l]|[０-３]?[０-９]"
    "|三?二?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)"
)
_S: Final = r"[ \t\u3000]{0,3}"
DATE: Final = re.compile(
    rf"(?P<y>{_YEAR}){_S}(?:"
    rf"年(?:度)?{_S}(?P<m>{_MONTH}){_S}月(?:份)?(?:{_S}(?P<d>{_DAY}){_S}[日号曰])?"
    rf"|(?P<sep>[-./．—－]){_S}(?P<m2>{_MONTH}){_S}(?P=sep){_S}(?P<d2>{_DAY})(?![0-9０-９]))"
)
YEAR: Final = re.compile(rf"(?P<y>{_YEAR})(?![0-9０-９])(?={_S}(?:年|[)）\]】]))")
# From one date to another; the second often without its year: 自2016年1月1日起至12月31日止.
PERIOD: Final = re.compile(
    rf"(?P<y>{_YEAR}){_S}[年.]{_S}(?P<m>{_MONTH}){_S}[月.](?:份)?(?:{_S}(?P<d>{_DAY}){_S}[日号曰]?)?"
    rf"(?:零时|0时)?{_S}[,，、]?{_S}(?:起|开始|算起|始)?(?:算)?{_S}[,，、]?{_S}(?:截?[至止]于?|终于|到|[-—－―–~～]+)(?:当年)?{_S}"
    rf"(?:(?P<y2>{_YEAR}){_S}[年.])?{_S}(?:(?P<m2>{_MONTH}){_S}[月.](?:份)?{_S})?(?:(?P<d2>{_DAY}){_S}[日号曰](?:24时)?)?"
)


class FoundDate(NamedTuple):
    """A date of a text: `iso` (2017-01-19) with where it stands."""

    iso: str
    start: int
    end: int


def read_number(characters: str) -> int | None:
    """Read a number of at most four digits: 2017, ２０１７, 二〇一七, 十九, 廿一, 元 (the first month).

    characters (str): Digits in any script, white space among them.
    RETURNS (int | None): None if it is no number.
    """
    plain = "".join(characters.split()).replace("廿", "二十")
    if plain == "元":
        return 1
    tens, ten, ones = plain.partition("十")
    if ten:
        parts = (_DIGITS.get(tens, "") if tens else "1", _DIGITS.get(ones, "") if ones else "0")
        return int("".join(parts)) if all(parts) else None
    digits = "".join(_DIGITS.get(char, char) for char in plain)
    return int(digits) if digits.isdecimal() and digits.isascii() and len(digits) <= 4 else None


def make_iso(year: int | None, month: int | None, day: int | None) -> str | None:
    """The date in ISO 8601; None if it is none of the calendar."""
    try:
        return date(year or 0, month or 0, day or 0).isoformat()
    except ValueError:
        return None


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[FoundDate]:
    """Find the full dates, with year, month and day, of a part of a text.

    text (str): Any text.
    start, end (int): Bounds of the part.
    RETURNS (list[FoundDate]): In order.
    """
    found = []
    for match in DATE.finditer(text, start, len(text) if end is None else end):
        day = match["d"] or match["d2"]
        iso = day and make_iso(read_number(match["y"]), read_number(match["m"] or match["m2"]), read_number(day))
        if iso:
            found.append(FoundDate(iso, *match.span()))
    return found


def find_years(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, int]]:
    """Find the years of a part of a text, written with 年 or in brackets: value, start and end of each, in order."""
    matches = YEAR.finditer(text, start, len(text) if end is None else end)
    return [(year, *match.span("y")) for match in matches if (year := read_number(match["y"])) is not None]


def read_period(match: re.Match[str]) -> tuple[str | None, str | None]:
    """First and last day of a match of `PERIOD`; without days, of whole months."""
    year, month = read_number(match["y"]), read_number(match["m"])
    last_year = read_number(match["y2"]) if match["y2"] else year
    last_month = read_number(match["m2"]) if match["m2"] else month if match["d2"] else None
    if year is None or month is None or last_year is None or last_month is None or not 1 <= last_month <= 12:
        return None, None
    first_day = read_number(match["d"]) if match["d"] else 1
    last_day = read_number(match["d2"]) if match["d2"] else monthrange(last_year, last_month)[1]
    return make_iso(year, month, first_day), make_iso(last_year, last_month, last_day)
