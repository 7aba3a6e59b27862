"""Plant totals into the text that differ from the national tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import Final, NamedTuple

from govner.corpus.inline import Mention, Report
from govner.records.audit.edits import Planted, locate, offset_of, other_number, rewrite
from govner.records.national.identities import Place
from govner.records.national.reader import read_text_tables
from govner.records.schema import NationalTable, TableKind

Planter = Callable[[Report, Random], Planted | None]

_DIGITS: Final = re.compile(r"\d[\d,]*")
_LOOK_BACK: Final = 20
# 收到申请 may be told with those carried over, 办结 without them.
_ALSO_COUNTED: Final[Place] = ("carried_in", "total")


class _Total(NamedTuple):
    """A total of a table and how the text tells it.

    cells (tuple[Place, ...]): Those that are added up.
    words (re.Pattern): What stands before it.
    sentence (str): A sentence of it for reports that tell nothing; sections (tuple[str, ...]): Where that may stand.
    """

    kind: TableKind
    cells: tuple[Place, ...]
    words: re.Pattern[str]
    sentence: str
    sections: tuple[str, ...]


_TOTALS: Final = {
    "narrative-requests-received": _Total(
        "requests",
        (("new", "total"),),
        re.compile(r"(?:收到|受理|新收|接到|收件)[^，。；\d]{0,14}$"),
        "全年新收政府信息公开申请{}件。",
        ("OVERVIEW", "REQUESTS"),
    ),
    "narrative-carried-over": _Total(
        "requests",
        (("carried_in", "total"),),
        re.compile(r"上年(?:度)?(?:结转|转来)[^，。；\d]{0,8}$"),
        "上年结转政府信息公开申请{}件。",
        ("REQUESTS",),
    ),
    "narrative-answered": _Total(
        "requests",
        (("total", "total"),),
        re.compile(r"(?:办结|答复)[^，。；\d]{0,10}$"),
        "全年共办结政府信息公开申请{}件。",
        ("OVERVIEW", "REQUESTS"),
    ),
    "narrative-carried-forward": _Total(
        "requests",
        (("carried_out", "total"),),
        re.compile(r"结转(?:至)?(?:下年|20\d\d年)[^，。；\d]{0,8}$"),
        "结转下年度继续办理申请{}件。",
        ("REQUESTS",),
    ),
    "narrative-reviews": _Total(
        "remedies",
        (("review", "total"),),
        re.compile(r"复议[^，。；\d]{0,6}$"),
        "全年发生政府信息公开行政复议{}件。",
        ("OVERVIEW", "LITIGATION"),
    ),
    "narrative-lawsuits": _Total(
        "remedies",
        (("direct_suit", "total"), ("suit_after_review", "total")),
        re.compile(r"(?:诉讼|应诉)[^，。；\d]{0,6}$"),
        "全年发生政府信息公开行政诉讼{}件。",
        ("OVERVIEW", "LITIGATION"),
    ),
}


def plant_in_text(rule: str, report: Report, rng: Random) -> Planted | None:
    """Change a figure of the text that agrees with the table, or tell another where the text tells none.

    rule (str): The rule that should find it.
    report (Report): A report; rng (Random): Chooses.
    RETURNS (Planted | None): None if the table lacks the total, or the text says it twice.
    """
    total = _TOTALS[rule]
    tables = read_text_tables(report.text)
    value = _value(tables, total.kind, total.cells)
    if value is None:
        return None
    also = _value(tables, total.kind, (_ALSO_COUNTED,)) or 0
    taken = {value, value + also, value - also}
    told, same = [], []
    for mention, before, digits in _figures(report, tables):
        if total.words.search(before):
            told.append(mention)
        elif (
            _is_other(rule, before) or report.paragraphs[locate(report, mention.start)[0]].section not in total.sections
        ):
            continue
        if int(digits[0].replace(",", "")) == value:
            same.append(mention)
    if not told and not same:
        return _say(rule, total.sentence, value, taken, report, rng)
    if len(same) != 1 or same[0] not in told:
        return None
    place, start = locate(report, same[0].start)
    match = _DIGITS.match(report.paragraphs[place].text, start)
    if match is None:
        return None
    changed, first, last = rewrite(report, place, *match.span(), other_number(match[0], rng, taken))
    return Planted(changed, rule, first, last)


PLANTERS: Final[dict[str, Planter]] = {rule: partial(plant_in_text, rule) for rule in _TOTALS}


def _is_other(rule: str, before: str) -> bool:
    """Whether the words before a figure tell that it is another total."""
    return any(total.words.search(before) for other, total in _TOTALS.items() if other != rule)


def _value(tables: tuple[NationalTable, ...], kind: str, places: tuple[Place, ...]) -> int | None:
    """What the cells of some places add up to; None unless all are sure numbers."""
    cells = {
        (cell.row, cell.column): cell.value
        for table in tables
        if table.kind == kind
        for cell in table.cells
        if cell.certain and cell.evidence is not None
    }
    values = [cells.get(place) for place in places]
    return None if None in values else int(sum(value for value in values if value is not None))


def _figures(report: Report, tables: tuple[NationalTable, ...]) -> Iterator[tuple[Mention, str, re.Match[str]]]:
    """Figures of the text, with the words before them and their digits."""
    text = report.text
    for mention in report.mentions():
        inside = any(table.evidence.start <= mention.start < table.evidence.end for table in tables)
        match = _DIGITS.match(text, mention.start) if mention.label == "COUNT" else None
        # Cells have no measure word.
        if match is not None and not (inside and match.end() == mention.end):
            yield mention, text[max(0, mention.start - _LOOK_BACK) : mention.start], match


def _say(rule: str, sentence: str, value: int, taken: set[int], report: Report, rng: Random) -> Planted | None:
    """Add a sentence with another number to a paragraph of text."""
    tables = read_text_tables(report.text)
    places = [
        place
        for place, paragraph in enumerate(report.paragraphs)
        if paragraph.section in _TOTALS[rule].sections
        and paragraph.text.endswith("。")
        and not any(table.evidence.start <= offset_of(report, place) < table.evidence.end for table in tables)
    ]
    if not places:
        return None
    place = rng.choice(places)
    end = len(report.paragraphs[place].text)
    before, after = sentence.split("{}")
    number = other_number(str(value), rng, taken)
    changed, _, _ = rewrite(report, place, end, end, before)
    changed, first, last = rewrite(changed, place, end + len(before), end + len(before), f"{number}{after[0]}", "COUNT")
    end += len(before) + last - first
    changed, _, _ = rewrite(changed, place, end, end, after[1:])
    return Planted(changed, rule, first, last)
