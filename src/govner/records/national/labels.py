"""Recognise the labels of rows and columns of the national tables among the words of a report.

All words here are simplified Chinese characters with nothing between them: the numbers, brackets, spaces and line
breaks of a label are no help, since they are what layouts differ in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from rapidfuzz.distance import LCSseq

from govner.records.national.templates import ALL_ROWS, GROUPS, TEMPLATES, Row
from govner.records.schema import TableKind

_NO_CHARACTER: Final = re.compile("[^\u3400-\u9fff〇]+")
# What may stand between a label and its cells beside the rest of the label: 件数, 情况, a piece of a label beside it.
_LONGEST_REST: Final = 6
GROUP: Final = ""


class Label(NamedTuple):
    """A label in some words: the table, the row (`GROUP` for a label of a group) and where its key stands."""

    kind: TableKind
    row: str
    start: int
    end: int


def bare(label: str) -> str:
    """The Chinese characters of a label, without what is in brackets."""
    return _NO_CHARACTER.sub("", re.sub(r"（[^）]{0,80}）|\([^)]{0,80}\)", "", label))


ORDER: Final = {kind: {row.id: place for place, row in enumerate(rows)} for kind, rows in ALL_ROWS.items()}
BARE: Final = {kind: {row.id: bare(row.label) for row in rows} for kind, rows in ALL_ROWS.items()}
_BY_KEY: Final[dict[str, tuple[TableKind, str]]] = {
    key: (kind, row.id) for kind, rows in ALL_ROWS.items() for row in rows for key in row.keys
} | dict.fromkeys(GROUPS[:-1], ("requests", GROUP))


def _any_of(keys: Iterable[str]) -> str:
    return "|".join(sorted(keys, key=len, reverse=True))


_KEYS: Final = re.compile(_any_of(_BY_KEY))
_LONE_OTHER: Final = re.compile("(?:其他|其它)$")
_OTHER_COLUMN: Final = re.compile("(?:机构?|法律服务?|组织|纠正)其[他它]$")
_COLUMNS: Final[dict[TableKind, dict[str, str]]] = {
    kind: {
        key: column.id
        for edition in ("2021", "2019")
        for row in TEMPLATES[kind, edition].rows
        for column in row.columns
        for key in column.keys
    }
    for kind in ALL_ROWS
}
_COLUMN_KEYS: Final = {kind: re.compile(_any_of(keys)) for kind, keys in _COLUMNS.items()}
_COLUMN_END: Final = {kind: re.compile(f"(?:{_any_of(keys)})$") for kind, keys in _COLUMNS.items()}
_COLUMN_IDS: Final = {
    (kind, row.id): {
        column.id
        for edition in ("2019", "2021")
        for known in TEMPLATES[kind, edition].rows
        if known.id == row.id
        for column in known.columns
    }
    for kind, rows in ALL_ROWS.items()
    for row in rows
}
# Words of headers between a label and its cells.
_HEADER_WORDS: Final = re.compile(
    "信息内容|第二十条|第[一五六八九]项|申请人情况|法人或其他组织|单位万元|"
    + _any_of(key for keys in _COLUMNS.values() for key in keys if len(key) > 2)
)


def find_labels(words: str) -> list[Label]:
    """Find the labels of rows and groups in some words, in order."""
    labels = []
    for match in _KEYS.finditer(words):
        kind, row = _BY_KEY[match[0]]
        labels.append(Label(kind, row, match.start(), match.end()))
    lone = _LONE_OTHER.search(words)
    if lone and (not labels or labels[-1].end <= lone.start()) and not _OTHER_COLUMN.search(words):
        labels.append(Label("requests", "otherwise_other", lone.start(), lone.end()))
    return labels


def is_last(words: str, label: Label) -> bool:
    """Whether nothing but the rest of a label and words of headers stands after its key."""
    rest = words[label.end :]
    if label.row == "total":
        # Where it is a column, others follow.
        return len(rest) <= 2
    rest = _HEADER_WORDS.sub("", rest)
    return len(rest) <= _LONGEST_REST + _left_of_label(words, label)


def _left_of_label(words: str, label: Label) -> int:
    """How many characters of a label come after its key."""
    if label.row == GROUP:
        return 0
    whole = BARE[label.kind][label.row]
    key = words[label.start : label.end]
    place = whole.find(key)
    return len(whole) - place - len(key) if place >= 0 else len(whole)


def find_columns(words: str, kind: TableKind) -> list[str]:
    """The columns of a table whose labels stand in some words, each once, in order."""
    keys = _COLUMNS[kind]
    return list(dict.fromkeys(keys[match[0]] for match in _COLUMN_KEYS[kind].finditer(words)))


def column_at_end(words: str, label: Label) -> str | None:
    """The column of a row with whose label some words end, after that of the row."""
    match = _COLUMN_END[label.kind].search(words, label.end)
    return _column_of(label, match[0]) if match else None


def outcome_at_end(words: str) -> str | None:
    """The outcome of a review or lawsuit with whose label some words end."""
    match = _COLUMN_END["remedies"].search(words)
    return _COLUMNS["remedies"][match[0]] if match else None


def columns_of(label: Label) -> set[str]:
    """The columns of a row, of both editions."""
    return _COLUMN_IDS[label.kind, label.row]


def names_column(words: str, label: Label) -> str | None:
    """The column of a row that some words name and nothing else."""
    return _column_of(label, words)


def _column_of(label: Label, words: str) -> str | None:
    column = _COLUMNS[label.kind].get(words)
    return column if column in _COLUMN_IDS[label.kind, label.row] else None


def likeness(row: Row, before: str, after: str) -> float:
    """How much of a row's label stands, in order, in the words before and after its cells (0 to 1).

    A label whose end is cut off is compared by what there is of it.
    """
    label = bare(row.label)
    whole = LCSseq.similarity(label, before[-40:] + after[: len(label)]) / len(label)
    short = before[-len(label) :]
    part = LCSseq.similarity(label, short) / len(short) if 3 <= len(short) < len(label) else 0.0
    return max(whole, part * 0.9)
