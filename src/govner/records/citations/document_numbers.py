"""Read document numbers (发文字号) and the numbers of orders and announcements, however they are typed.

A number is the code of the issuing body, the year in 〔〕 and a serial without 第 and leading zeros (GB/T 9704-2012,
7.2.5). Orders (令) and announcements (公告) have a serial of their own: 国务院令第711号, 国家税务总局公告2016年第53号.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from govner.records.facts.numerals import read_number
from govner.records.schema import DocumentNumber
from govner.text.script import simplified_characters

# Every bracket, quotation marks too, is read as 〔〕, every dash as -.
_MARKS: Final = {
    **dict.fromkeys("([{【〖<“‘「『〈", "〔"),
    **dict.fromkeys(")]}】〗>”’」』〉", "〕"),
    **dict.fromkeys("—–―─−‐", "-"),
    **dict.fromkeys("○◯", "〇"),
    **dict.fromkeys("×＊", "*"),
    "囯": "国",
}
# What a number in traditional script has at least one of. Other characters stand in names of places in either script
# (濛, 乾), and a code stays as it is.
_TRADITIONAL: Final = re.compile("[號國務辦發廳縣區鎮鄉黨會長環財審統檔農質監衛閩遼蘇滬贛魯雲寧陝廣關總稅]")
_HALF_WIDTH: Final = str.maketrans("〔〕", "()")
_BLANKS: Final = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\xad]+")
_FRAME: Final = re.compile(r"^[^\w〔]+|[^\w〕*]+$")
_LEAD: Final = re.compile(r"^(?:发文字号|发文文号|文件编号|文号|字号)[:：]?")
_TITLE_MARK: Final = re.compile("[《》]")
# Letters read for digits, next to digits or where only digits stand; a Chinese zero between Arabic digits.
_MISREAD: Final = re.compile(r"(?<=[0-9〔〕第?\-])[OolI]+(?=[0-9〕号]|$)|(?<![OolI])[OolI]+(?=[0-9])|(?<=[0-9])[OolI]+")
_ZERO: Final = re.compile(r"〇(?=[0-9])|(?<=[0-9])〇")

_ORDINAL: Final = "一二三四五六七八九十"
_NUMERAL: Final = f"{_ORDINAL}〇零百千廿卅"
# A code may hold 第 in a name (第一中学) and a unit in brackets (深府(办)规).
_CODE: Final = (
    rf"(?:[^\W\d_第号]|[、·]|第(?=[{_ORDINAL}]{{1,6}}[^\W\d_号{_ORDINAL}])"
    rf"|(?<=[^\W\d_])〔[^\W\d_第号年{_NUMERAL}]{{1,6}}〕)"
)
_GAP: Final = r"[〔〕?\-.:,·]{0,6}"
# A year that stands free must be plausible; within brackets whatever is there is meant for one.
_YEAR: Final = rf"(?P<year>(?:19[4-9]|20[0-9])[0-9]|(?<=〔)[0-9]{{1,4}}(?=年?〕)|[{_NUMERAL}]{{4}}(?=[年〕]))"
_SERIAL: Final = rf"第?[〔\-]*(?P<serial>[0-9]{{0,20}}\*[0-9*]{{0,20}}|[0-9]{{0,20}}[{_NUMERAL}]{{1,20}}|[0-9]{{1,20}})"
_END: Final = r"(?P<end>〕*号*)(?:文件?)?〕*"
_PUBLISHED: Final = "令|公告|通告|通报"
_STANDARD: Final = re.compile(
    rf"(?P<code>{_CODE}{{1,60}}?)(?P<before>{_GAP}){_YEAR}年?(?P<after>{_GAP})[年字]*-*(?:{_SERIAL})?{_END}"
)
_SERIAL_FIRST: Final = re.compile(
    rf"(?:〔?{_YEAR}〕?年?)?(?P<code>{_CODE}{{0,60}}?){_GAP}{_SERIAL}(?P<end>号){_GAP}(?P<kind>{_CODE}{{0,60}}?(?:{_PUBLISHED}))"
)
_YEAR_FIRST: Final = re.compile(
    rf"(?P<before>{_GAP}){_YEAR}(?P<after>年?{_GAP})(?P<code>{_CODE}{{0,60}}?){_GAP}{_SERIAL}{_GAP}{_END}"
)
_YEARLESS: Final = re.compile(rf"(?P<code>{_CODE}{{1,60}}?){_GAP}{_SERIAL}(?P<end>〕*号*){_GAP}(?:文件?)?")
# What the code of a number without a year ends with: 藏政办发33号 is one, 建设路33号 is none.
_FORM_END: Final = re.compile(rf"(?:[发函字规办文电告批复议决秘任通报呈罚]|纪要|{_PUBLISHED})$")
_OWN_SERIAL: Final = re.compile(f"(?:{_PUBLISHED})$")
_CENTURY_BORDER: Final = 50
# Longest number in characters, with room for spaces.
_LONGEST: Final = 160

# How far a reading can be trusted, by what had to be supplied. No frequencies: an order from certain to doubtful.
_DOUBTS: Final = {
    "half bracket": 0.97,
    "no brackets": 0.9,
    "no 号": 0.95,
    "misread": 0.9,
    "short year": 0.7,
    "no year": 0.6,
    "no code": 0.6,
    "no serial": 0.5,
}


@lru_cache(maxsize=4096)
def parse_number(text: str) -> DocumentNumber | None:
    """Read the number of a document, order or announcement.

    text (str): A mention: 国办发〔2014〕32号, 黑政办发201835号, 国令第 711 号, （2006）沪价费字第15号.
    RETURNS (DocumentNumber | None): Its parts and standard form; a part that is lost or masked is None. None for what
        is no number, such as a title.
    """
    if len(text) > _LONGEST or _TITLE_MARK.search(text):
        return None
    plain = fold(text, simplify=bool(_TRADITIONAL.search(text)))
    plain = _LEAD.sub("", _FRAME.sub("", plain))
    clean = _ZERO.sub("0", _MISREAD.sub(_as_digits, plain))
    doubts = {"misread"} if _MISREAD.search(plain) else set()
    for pattern in (_SERIAL_FIRST, _STANDARD, _YEAR_FIRST, _YEARLESS):
        match = pattern.fullmatch(clean)
        if match and (number := _make_number(text, match, doubts)):
            return number
    return None


def fold(text: str, *, simplify: bool = True) -> str:
    """Fold the ways of typing: one width and script, no white space, HTML entities resolved, 〔〕 for all brackets.

    text (str): Any text.
    simplify (bool): Whether to write traditional characters as simplified ones.
    RETURNS (str): Its folded form, for comparing and parsing; 《》 are left as they are.
    """
    if "&" in text:
        text = html.unescape(text)
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).translate(_table(simplify))


@cache
def _table(simplify: bool) -> dict[int, str]:
    simplified = simplified_characters() if simplify else {}
    return str.maketrans(simplified | _MARKS)


def _as_digits(match: re.Match[str]) -> str:
    return "".join("0" if char in "Oo" else "1" for char in match[0])


def _make_number(raw: str, match: re.Match[str], doubts: set[str]) -> DocumentNumber | None:
    """The number of a match, or None where what matched is something else."""
    parts = match.groupdict()
    code = ((parts["code"] or "") + (parts.get("kind") or "")).translate(_HALF_WIDTH)
    year, short = _read_year(parts.get("year"))
    serial = _read_serial(parts["serial"])
    has_own_serial = bool(_OWN_SERIAL.search(code))
    brackets = (parts.get("before") or "") + (parts.get("after") or "")
    counted = not (parts.get("year") and "年" in match[0] and (has_own_serial or match.re is _YEAR_FIRST))
    numbered = "号" in parts["end"]
    if match.re is _YEARLESS and not (_FORM_END.search(code) and (numbered or "第" in match[0])):
        return None
    if match.re is _YEAR_FIRST and not brackets:
        return None
    if parts["serial"] is None and not ("〔" in brackets or "〕" in brackets or numbered):
        return None
    if parts["serial"] is None and not brackets:
        # 国发2014号: the digits are the year or the serial.
        year = None
    found = set(doubts)
    if parts.get("year") and counted and match.re is not _SERIAL_FIRST:
        if "〔" not in brackets and "〕" not in brackets:
            found.add("no brackets")
        elif brackets.count("〔") != 1 or brackets.count("〕") != 1 or "?" in brackets:
            found.add("half bracket")
    if parts["end"].count("号") != 1:
        found.add("no 号")
    if short:
        found.add("short year")
    repaired = bool(found) or "&#" in raw
    found |= {"no year"} if year is None and not has_own_serial else set()
    found |= {"no code"} if not code else set()
    found |= {"no serial"} if serial is None else set()
    confidence = 1.0
    for doubt in found:
        confidence *= _DOUBTS[doubt]
    return DocumentNumber(
        raw=raw,
        text=_render(code, year, parts.get("year"), serial, parts["serial"], in_words="年" in match[0]),
        code=code or None,
        year=year,
        serial=serial,
        is_order=code.endswith("令"),
        repaired=repaired,
        confidence=round(confidence, 3),
    )


def _read_year(written: str | None) -> tuple[int | None, bool]:
    """A year, and whether it was given with two digits; None for a number that is no year of our time."""
    if not written:
        return None, False
    value = int(written) if written.isdecimal() else int(read_number(written) or 0)
    if len(written) == 2 and written.isdecimal():
        return value + (2000 if value < _CENTURY_BORDER else 1900), True
    return (value if 1940 <= value < 2100 else None), False


def _read_serial(written: str | None) -> int | None:
    if not written or "*" in written:
        return None
    if written.isdecimal():
        return int(written)
    numerals = written.lstrip("0")
    value = None if numerals[:1].isdecimal() and numerals[:1].isascii() else read_number(numerals)
    return None if value is None else int(value)


def _render(
    code: str, year: int | None, year_text: str | None, serial: int | None, serial_text: str | None, *, in_words: bool
) -> str:
    """The standard form; what cannot be read stays as it was."""
    shown = str(serial) if serial is not None else serial_text or ""
    years = str(year) if year is not None else year_text or ""
    if _OWN_SERIAL.search(code) and (not years or in_words):
        place = f"{years}年第{shown}号" if years else f"第{shown}号"
        return place + code if _OWN_SERIAL.fullmatch(code) else code + place
    return f"{code}〔{years}〕{shown}号" if years else f"{code}{shown}号"
