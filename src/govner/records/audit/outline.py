"""The numbered headings of a report as its audit reads them, without the numbered rows of tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from govner.records.audit.memory import remember_last
from govner.records.facts.numerals import read_number
from govner.records.schema import Evidence, NationalTable
from govner.records.source import Source

_CN: Final = "[一二三四五六七八九十]{1,3}"
# What a paragraph begins with, by style; a style is a list of its own.
_MARK: Final = re.compile(
    rf"第(?P<part>{_CN})部分|(?P<top>{_CN})(?:、|[.．](?!\d))|(?P<digit>\d{{1,2}})(?:、|[.．](?!\d))"
    rf"|[（(]\s?(?:(?P<sub>{_CN})|(?P<low>\d{{1,2}}))\s?[）)]"
)
_LEVELS: Final = {"part": 0, "top": 1, "sub": 2, "digit": 3, "low": 4}
# Rows of the national tables and of the statistical form of 2014 (国办发〔2014〕32号) bear numbers of their own.
_ROW: Final = re.compile(
    r"\s{0,20}(?:本年新收|上年结转|结转下年|本年度?办理结果|办理结果|处理结果|结果|予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|总计|合计|属于|其他法律"
    r"|危及|保护第三方|本机关不掌握|没有现成|补正后|信访举报|重复申请|要求|无正当理由|申请人|逾期)"
)
_OTHER_ROW: Final = re.compile(r"\s{0,20}其他(?:\W|$)")
# A few words and a value behind them.
_VALUE_ROW: Final = re.compile(
    r"\s{0,20}[一-鿿“”、（）()]{2,30}[\s|｜]{1,20}(?:[条件次万元个人篇份期场]{1,3}[\s|｜]{1,20})?[\d/—－-]"
)
_FORM: Final = re.compile(r"统\s*计\s*指\s*标|填\s*报\s*单\s*位|统\s*计\s*数\s*$|统计表", re.MULTILINE)
# A form begins with its name; a sentence that speaks of one has it further on.
_FORM_HEAD: Final = 40
_CELLS: Final = re.compile(r"[|｜\t]")
_MANY_CELLS: Final = 3
# A number and nothing but figures behind it is a row.
_FIGURES: Final = re.compile(r"[\s\d.,，/|｜—－-]*")
_SHOWN: Final = 20


@dataclass(frozen=True)
class Mark:
    """A number that a paragraph begins with.

    place (int): Of the paragraph among those of its source.
    level (int): 0 (第一部分), 1 (一、) to 4 (（1）); style (str): How it is written; number (int): Its value.
    start, end (int): The number with its signs, in the text.
    """

    place: int
    level: int
    style: str
    number: int
    start: int
    end: int


@remember_last
def find_marks(source: Source, tables: tuple[NationalTable, ...]) -> list[Mark]:
    """Find the numbers that headings and items begin with.

    source (Source): A report.
    tables (tuple[NationalTable, ...]): Its tables; what stands in them is left out.
    RETURNS (list[Mark]): In order; rows of tables, page furniture and attachments are left out.
    """
    spans = [(table.evidence.start, table.evidence.end) for table in tables]
    marks = []
    stop = _form_start(source)
    for place, paragraph in enumerate(source.paragraphs):
        if paragraph.start >= stop:
            break
        match = _MARK.match(paragraph.text) if paragraph.label not in ("META", "NOISE") else None
        if match is None or any(start <= paragraph.start < end for start, end in spans):
            continue
        rest = paragraph.text[match.end() :]
        style = match.lastgroup or ""
        number = _value(match[style])
        if (
            number is None
            or is_row(rest)
            or (style == "digit" and _OTHER_ROW.match(rest))
            or len(_CELLS.findall(rest)) >= _MANY_CELLS
        ):
            continue
        start = paragraph.start
        marks.append(Mark(place, _LEVELS[style], style, number, start, start + match.end()))
    return marks


@lru_cache(maxsize=1024)
def _value(words: str) -> int | None:
    number = read_number(words)
    return None if number is None else int(number)


def _form_start(source: Source) -> int:
    """Where the statistical form begins; the end of the text without one."""
    for match in _FORM.finditer(source.text):
        paragraph = source.paragraph_at(match.start())
        if paragraph is None or paragraph.heading is not None or paragraph.label == "PREAMBLE":
            continue
        if match.start() - paragraph.start < _FORM_HEAD:
            return paragraph.start
    return len(source.text)


def is_row(words: str) -> bool:
    """Whether what stands behind a number is a row of a table rather than a heading."""
    return bool(_ROW.match(words) or _VALUE_ROW.match(words) or _FIGURES.fullmatch(words))


def is_labelled_row(words: str) -> bool:
    """Whether words behind a number are the label of a row of the national request table."""
    return bool(_ROW.match(words))


def mark_evidence(mark: Mark, source: Source) -> Evidence:
    """The number with the words of its heading, or the first of its line."""
    paragraph = source.paragraphs[mark.place]
    if paragraph.heading is not None and paragraph.heading[1] > mark.end:
        return source.evidence(mark.start, paragraph.heading[1])
    return source.evidence(mark.start, min(mark.end + _SHOWN, paragraph.end))
