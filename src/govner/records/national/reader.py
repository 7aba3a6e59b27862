"""Read the three tables of the national report format from the text of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from govner.records.national.grids import find_edition, read_grids
from govner.records.national.layouts import Token, fold, lex
from govner.records.national.remedies import read_remedies
from govner.records.national.runs import group_runs
from govner.records.national.spacing import measure_spacing
from govner.records.schema import NationalTable
from govner.records.source import Source

_NO_CHARACTER: Final = re.compile("[^\u3400-\u9fff]+")
# Chinese characters, the radicals and compatibility characters that `fold` makes such of among them.
_CHARACTERS: Final = re.compile("[\u2f00-\u2fd5\u3400-\u9fff\uf900-\ufad8]+")
# A text without two of these has none of the tables; words as they are in the form, spaces left out.
_SIGN: Final = re.compile(
    "自然人|新收政府信息|上年结转|结转下年|结果维持|尚未审结|复议后起诉|制发件|废止件|新制作|新公开数|对外公开总|处理决定"
    "|上一年项|第二十条第|对外管理服务|行政规范性文件|规章规范性文件|行政许可行政处罚|商业企业?科研机"
)


def read_tables(source: Source) -> tuple[NationalTable, ...]:
    """Read the national tables of a report.

    source (Source): A report.
    RETURNS (tuple[NationalTable, ...]): Its tables of disclosure, requests and remedies in the order of its text; none
        for a report of another form.
    """
    return read_text_tables(source.text)


def read_text_tables(text: str) -> tuple[NationalTable, ...]:
    """Read the national tables of a text; as `read_tables`."""
    # Most reports have none, and to tell them the characters are enough.
    words = _NO_CHARACTER.sub("", fold("".join(_CHARACTERS.findall(text))))
    if len(set(_SIGN.findall(words))) < 2:
        return ()
    return tables_of(text, lex(text, fold(text)))


def tables_of(text: str, tokens: Sequence[Token]) -> tuple[NationalTable, ...]:
    """Read the national tables from what a text was taken apart into.

    text (str): The text that the tokens have offsets into.
    tokens (Sequence[Token]): Its words, cells and blanks in order.
    RETURNS (tuple[NationalTable, ...]): The tables in order.
    """
    runs = group_runs(tokens)
    edition, spacing = find_edition(runs), measure_spacing(text, runs)
    tables = [
        *read_grids(text, runs, "disclosure", edition, spacing),
        *read_grids(text, runs, "requests", edition, spacing),
        *read_remedies(text, runs, edition, spacing),
    ]
    return tuple(sorted(tables, key=lambda table: table.evidence.start))
