"""Score records against annotated records: facts, links, tables, citations, officials, identity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import combinations
from typing import Final

import numpy as np

from govner.evaluation.record_gold import GoldDocumentMention, GoldFact, GoldOfficial, GoldRecord, GoldTable
from govner.evaluation.scores import Interval, bootstrap_weights, interval_of
from govner.records.facts.metrics.classifier import OTHER
from govner.records.schema import Cell, Citation, Fact, NationalTable, Record

# What is scored and the least that is aimed at; "f" is F1 over items, "share" the share of gold items that are right.
TARGETS: Final = {
    "facts (metric, value, unit)": ("f", 0.92),
    "facts (value, unit)": ("f", None),
    "stated zeros": ("f", None),
    "parents": ("f", 0.90),
    "channels": ("f", 0.90),
    "table cells": ("share", 0.995),
    "document numbers": ("share", 0.99),
    "issuers of documents": ("share", 0.95),
    "joins of title, alias, number": ("f", 0.97),
    "posts of officials": ("share", 0.95),
    "issuer": ("share", 0.98),
    "year": ("share", 0.98),
    "level": ("share", None),
}
_PUNCTUATION: Final = re.compile(r"[\s、,，/和及]+")
_NEAR: Final = Decimal("0.5")


@dataclass(frozen=True)
class RecordScore:
    """A score with its 95 % interval (bootstrap over reports), its target and the number of gold items."""

    name: str
    value: float
    interval: Interval
    target: float | None
    gold: int


@dataclass(frozen=True)
class RecordError:
    """An item that is wrong: what is expected and what was found, as text."""

    report: str
    what: str
    place: int
    expected: str
    found: str


class RecordTally:
    """Counts right, found and gold items report by report."""

    def __init__(self) -> None:
        self.counts: list[dict[str, Counter[str]]] = []
        self.errors: list[RecordError] = []

    def add(self, gold: GoldRecord, record: Record) -> None:
        """Compare the record of a report with the annotated one."""
        counts = {name: Counter[str]() for name in TARGETS}
        for what, place, expected, found in _compare(gold, record):
            counter = counts[what]
            counter["gold"] += expected is not None
            counter["found"] += found is not None
            if expected is not None and expected == found:
                counter["right"] += 1
            elif expected != found:
                self.errors.append(RecordError(gold.id, what, place, str(expected or ""), str(found or "")))
        self.counts.append(counts)

    def scores(self) -> list[RecordScore]:
        """The scores, in the order of `TARGETS`."""
        weights = bootstrap_weights(len(self.counts))
        return [self._score(name, kind, target, weights) for name, (kind, target) in TARGETS.items()]

    def _score(self, name: str, kind: str, target: float | None, weights: np.ndarray) -> RecordScore:
        right, found, gold = (
            weights @ np.array([counts[name][what] for counts in self.counts], float)
            for what in ("right", "found", "gold")
        )
        whole = (found + gold) / 2 if kind == "f" else gold
        values = np.divide(right, whole, out=np.zeros_like(right), where=whole > 0)
        return RecordScore(name, float(values[0]), interval_of(values[1:]), target, int(gold[0]))


Item = tuple[str, int, str | None, str | None]


def _compare(gold: GoldRecord, record: Record) -> Iterator[Item]:
    """Items of every kind: what, where, what is expected (None: nothing), what was found (None: nothing)."""
    yield from _facts(gold, record)
    if gold.tables is not None:
        yield from _cells(gold.tables, record)
    if gold.documents is None or gold.officials is None:
        return
    yield from _citations(gold.documents, record)
    yield from _officials(gold.officials, record)
    identity = record.identity
    yield "issuer", 0, gold.issuer and _plain(gold.issuer), identity.issuer and _plain(identity.issuer)
    yield "year", 0, _text(gold.year), _text(identity.year)
    yield "level", 0, gold.level, identity.level


def _facts(gold: GoldRecord, record: Record) -> Iterator[Item]:
    by_start = {fact.start: fact for fact in gold.facts if not fact.zero}
    found = {fact.evidence.start: fact for fact in record.facts if not fact.is_zero_statement}
    for start in sorted(by_start.keys() | found.keys()):
        expected, guess = by_start.get(start), found.get(start)
        if guess is not None and expected is not None and guess.evidence.end != expected.end:
            guess = None
        amount = None if expected is None else _gold_amount(expected, guess)
        guessed = None if guess is None else _amount(guess)
        yield "facts (value, unit)", start, amount, guessed
        yield (
            "facts (metric, value, unit)",
            start,
            None if expected is None or expected.metric == OTHER else f"{expected.metric} {amount}",
            None if guess is None or guess.metric == OTHER else f"{guess.metric} {guessed}",
        )
        whole = gold.facts[expected.parent].text if expected is not None and expected.parent is not None else None
        total = record.facts[guess.parent].evidence.text if guess is not None and guess.parent is not None else None
        # The same figure said twice is the same total.
        yield "parents", start, whole and _plain(whole), total and _plain(total)
        channel = expected.channel if expected is not None else None
        through = guess.channel if guess is not None else None
        yield (
            "channels",
            start,
            None if channel is None else str(channel[0]),
            None if through is None else str(through.start),
        )
    yield from _zeros(gold, record)


def _zeros(gold: GoldRecord, record: Record) -> Iterator[Item]:
    """Stated zeros are the same if they are of one metric and their clauses overlap or are next to each other."""
    left = [fact for fact in record.facts if fact.is_zero_statement]
    for expected in (fact for fact in gold.facts if fact.zero):
        match = next((fact for fact in left if fact.metric == expected.metric and _meets(fact, expected)), None)
        if match is not None:
            left.remove(match)
        found = None if match is None else expected.metric
        yield "stated zeros", expected.start, expected.metric, found
        yield "facts (metric, value, unit)", expected.start, f"{expected.metric} 0", found and f"{found} 0"
    for fact in left:
        yield "stated zeros", fact.evidence.start, None, fact.metric
        yield "facts (metric, value, unit)", fact.evidence.start, None, f"{fact.metric} 0"


def _meets(fact: Fact, expected: GoldFact) -> bool:
    return fact.evidence.start <= expected.end + 2 and expected.start <= fact.evidence.end + 2


def _amount(fact: Fact) -> str:
    if fact.bound == "range":
        return f"{fact.lower}-{fact.upper} {_plain(fact.unit)}"
    return f"{fact.value} {_plain(fact.unit)}"


def _gold_amount(expected: GoldFact, guess: Fact | None) -> str:
    """The annotated amount; in the words of the found one where they differ in rounding alone (33.33 %)."""
    unit = _plain(expected.unit)
    value: Decimal | None
    try:
        value = Decimal(expected.value) if expected.value else None
    except InvalidOperation:
        return f"{expected.value} {unit}"
    found = None if guess is None else guess.value
    if found is not None and value is not None and abs(found - value) < _NEAR:
        rounded = unit == "%" and found != found.to_integral_value()
        value = found if rounded or found == value else value
    return f"{value} {unit}"


def _cells(tables: Sequence[GoldTable], record: Record) -> Iterator[Item]:
    """Cells by what stands in them; those that are not annotated are wrong where anything is said to stand there."""
    left = list(record.tables)
    for table in tables:
        match = next((one for one in left if (one.kind, one.edition) == (table.kind, table.edition)), None)
        if match is not None:
            left.remove(match)
        found = {} if match is None else {(cell.row, cell.column): cell for cell in match.cells}
        for expected in table.cells:
            cell = found.pop((expected.row, expected.column), None)
            yield (
                "table cells",
                0 if match is None else _cell_start(match, cell),
                _cell_text(table.kind, expected.row, expected.column, expected.text),
                None if cell is None else _cell_text(table.kind, cell.row, cell.column, cell.raw),
            )
        if match is not None:
            yield from _unexpected(match, found.values())
    for other in left:
        yield from _unexpected(other, other.cells)


def _unexpected(table: NationalTable, cells: Iterable[Cell]) -> Iterator[Item]:
    for cell in cells:
        if cell.raw:
            text = _cell_text(table.kind, cell.row, cell.column, cell.raw)
            yield "table cells", _cell_start(table, cell), None, text


def _cell_start(table: NationalTable, cell: Cell | None) -> int:
    return (table.evidence if cell is None or cell.evidence is None else cell.evidence).start


def _cell_text(kind: str, row: str, column: str, text: str) -> str:
    return f"{kind}, {row}, {column}: {text or 'blank'}"


def _citations(documents: Sequence[Sequence[GoldDocumentMention]], record: Record) -> Iterator[Item]:
    cited: dict[int, tuple[int, Citation]] = {
        mention.start: (number, citation)
        for number, citation in enumerate(record.citations)
        for mention in citation.mentions
    }
    document_of = {mention.start: number for number, group in enumerate(documents) for mention in group}
    for mention in (mention for group in documents for mention in group):
        if mention.role != "number":
            continue
        _, citation = cited.get(mention.start, (0, None))
        parts = citation.number if citation is not None else None
        yield (
            "document numbers",
            mention.start,
            _number_text(mention),
            None if parts is None else _parts_text(parts.code, parts.year, parts.serial, parts.is_order),
        )
        if mention.issuer:
            yield (
                "issuers of documents",
                mention.start,
                _plain(mention.issuer),
                None if citation is None or citation.issuer is None else _plain(citation.issuer),
            )
    group_of = {start: number for start, (number, _) in cited.items()}
    # A join is the link of a mention to the first of its document.
    wanted, made = _pairs(document_of), _pairs(group_of)
    for pair in sorted(wanted | made):
        yield (
            "joins of title, alias, number",
            pair[1],
            str(pair) if pair in wanted else None,
            str(pair) if pair in made else None,
        )


def _number_text(mention: GoldDocumentMention) -> str:
    return _parts_text(mention.code, mention.year, mention.serial, bool(mention.order))


def _parts_text(code: str | None, year: int | None, serial: int | None, is_order: bool) -> str:
    """The parts of a number; the issuer of an order with or without 令 is the same."""
    return f"{_plain(code or '').removesuffix('令')} {year} {serial} {is_order}"


def _pairs(group_of: dict[int, int]) -> set[tuple[int, int]]:
    groups: dict[int, list[int]] = {}
    for start in sorted(group_of):
        groups.setdefault(group_of[start], []).append(start)
    return {pair for group in groups.values() for pair in combinations(group, 2) if pair[0] == group[0]}


def _officials(officials: Sequence[GoldOfficial], record: Record) -> Iterator[Item]:
    found = {evidence.start: official for official in record.officials for evidence in official.evidence}
    posts: dict[str, list[str | None]] = {}
    place: dict[str, int] = {}
    for mention in officials:
        posts.setdefault(mention.person, []).append(mention.post)
        place.setdefault(mention.person, mention.start)
    for person, said in posts.items():
        starts = [mention.start for mention in officials if mention.person == person]
        official = next((found[start] for start in starts if start in found), None)
        known = [_plain(post) for post in said if post]
        post = _plain(official.post) if official is not None and official.post else "none"
        # Any of the posts that are said of a person will do.
        expected = (post if post in known else known[0]) if known else "none"
        yield "posts of officials", place[person], expected, None if official is None else post


def _plain(text: str) -> str:
    return _PUNCTUATION.sub("", text).translate(str.maketrans("（）", "()"))


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)
