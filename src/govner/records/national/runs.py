"""Group what stands in a text into runs: some words and the cells that follow them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Final

from govner.records.national.labels import GROUP, Label, column_at_end, columns_of, find_labels, is_last, names_column
from govner.records.national.layouts import Token
from govner.records.schema import TableKind

_REMEDIES: Final = re.compile("复议|起诉|维持|审结")
_HEADER: Final = re.compile("自然人|法人|申请人情况|勾稽")
_THE_REST: Final = re.compile("其余(?:各列|各项)?(?:均|都|皆)?为?")
# How far before 总计 other words of its header may begin, in characters.
_NEAR: Final = 60
# How far apart labels beside each other in a header may be, in characters.
_BESIDE: Final = 4
# White space of one gap that is looked at.
_WIDEST: Final = 200


@dataclass
class Run:
    """Words and the cells after them.

    words (str): The words, one after the other.
    starts (list[tuple[int, int]]): Place in `words` and offset in the text of each piece of them.
    cells (list[Token]): The cells, with the blanks that bars and tabs leave.
    labels (list[Label]): Labels in the words.
    named (dict[str, Token]): Cells whose column is named right before them, by column.
    taken (bool): Its cell belongs to the run before it, since its words only name a column.
    """

    words: str
    starts: list[tuple[int, int]]
    cells: list[Token]
    labels: list[Label] = field(default_factory=list)
    named: dict[str, Token] = field(default_factory=dict)
    taken: bool = False

    @cached_property
    def filled(self) -> list[Token]:
        """Its cells that are not blank."""
        return [cell for cell in self.cells if cell.kind != "blank"]

    @property
    def in_prose(self) -> bool:
        """Whether it is one number with a comma or full stop after it."""
        return len(self.cells) == 1 and self.cells[0].prose and self.cells[0].cell < 0

    def offset(self, place: int) -> int:
        """Offset in the text of a place in its words."""
        known = [pair for pair in self.starts if pair[0] <= place]
        return known[-1][1] + place - known[-1][0] if known else self.cells[0].start

    def last_label(self, kind: TableKind) -> Label | None:
        """The label right before its cells, if it is one of a table of this kind."""
        label = self.labels[-1] if self.labels else None
        if label is None or label.kind != kind or not is_last(self.words, label):
            return None
        # 总计 and 其他 are columns of reviews and lawsuits too.
        return None if label.row in ("total", "otherwise_other") and _REMEDIES.search(self.words) else label


def group_runs(tokens: Sequence[Token]) -> list[Run]:
    """Group tokens into runs; the last run may have no cells."""
    runs = []
    pieces: list[Token] = []
    cells: list[Token] = []
    for token in tokens:
        if token.kind != "words":
            cells.append(token)
            continue
        if cells and (run := _close(pieces, cells)) is not None:
            runs.append(run)
            pieces = []
        pieces.append(token)
        cells = []
    last = _close(pieces, cells) or _make(pieces, [])
    return _name_columns([*runs, last])


def _close(pieces: list[Token], cells: list[Token]) -> Run | None:
    """The run of some words and cells; None for blanks that no label stands before."""
    run = _make(pieces, cells)
    if run.filled:
        return run
    label = run.labels[-1] if cells and run.labels else None
    return run if label is not None and is_last(run.words, label) and not _ends_header(run, label) else None


def _ends_header(run: Run, label: Label) -> bool:
    """Whether words are the line of a header, which blanks may fill up too, and not the label of a row."""
    if label.row == "total":
        return bool(_HEADER.search(run.words, max(0, label.start - _NEAR)))
    if label.kind != "remedies":
        return False
    before = run.labels[-2] if len(run.labels) > 1 else None
    beside = before is not None and before.kind == "remedies" and label.start - before.end <= _BESIDE
    return beside or run.words.startswith("行政诉讼", label.end)


def _make(pieces: list[Token], cells: list[Token]) -> Run:
    starts, place = [], 0
    for piece in pieces:
        starts.append((place, piece.start))
        place += len(piece.text)
    words = "".join(piece.text for piece in pieces)
    first = next((cell for cell in cells if cell.kind != "blank"), None)
    if pieces and first is not None and first.line > pieces[-1].line >= 0:
        # Blanks that fill up a line of words say nothing of the cells in the lines after it.
        cells = [cell for cell in cells if cell.line > pieces[-1].line]
    return Run(words, starts, cells, find_labels(words))


def _name_columns(runs: list[Run]) -> list[Run]:
    """Take together what is written as column and cell, column and cell (自然人 1 商业企业 0 其余为 0 总计 1)."""
    opener: Run | None = None
    for run in runs:
        if len(run.filled) != 1:
            opener = None
            continue
        label = _row_label(opener)
        if opener is not None and label is not None:
            if _THE_REST.fullmatch(run.words):
                others = [name for name in columns_of(label) if name != "total" and name not in opener.named]
                opener.named.update(dict.fromkeys(others, run.filled[0]))
                run.taken = True
                continue
            column = names_column(run.words, label)
            if column is not None and column not in opener.named:
                opener.named[column] = run.filled[0]
                run.taken = True
                continue
        label = _row_label(run)
        column = column_at_end(run.words, label) if label is not None else None
        opener = None
        if column is not None:
            opener = run
            run.named[column] = run.filled[0]
    return runs


def _row_label(run: Run | None) -> Label | None:
    """The last label of a row in the words of a run."""
    label = run.labels[-1] if run is not None and run.labels else None
    return label if label is not None and label.row != GROUP else None


def text_gap(text: str, run: Run) -> tuple[list[str], str, str]:
    """The white space between the cells of a run, before the first and after the last."""
    cells = run.filled
    between = [text[left.end : right.start] for left, right in pairwise(cells)]
    first, last = cells[0].start, cells[-1].end
    before, after = text[max(0, first - _WIDEST) : first], text[last : last + _WIDEST]
    return between, before[len(before.rstrip()) :], after[: len(after) - len(after.lstrip())]
