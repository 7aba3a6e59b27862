"""How far two annotations of the same records agree."""

from __future__ import annotations

from collections.abc import Iterable

from govner.evaluation.record_gold import GoldFact, GoldRecord
from govner.records.facts.metrics.classifier import OTHER

Item = tuple[str, int, str]


def record_agreement(first: Iterable[GoldRecord], second: Iterable[GoldRecord]) -> dict[str, float]:
    """Compare two annotations.

    first, second (Iterable[GoldRecord]): Of the same reports, annotated whole.
    RETURNS (dict[str, float]): F1 of "facts" (metric, value and unit; those of a metric), "channels", "parents",
        "zeros", "numbers" (their parts), "issuers" of numbers, and "posts".
    """
    sets = [_items(first), _items(second)]
    agreement = {}
    for name in sets[0]:
        one, other = sets[0][name], sets[1][name]
        whole = len(one) + len(other)
        agreement[name] = 2 * len(one & other) / whole if whole else 1.0
    return agreement


def _items(records: Iterable[GoldRecord]) -> dict[str, set[Item]]:
    """What is annotated, as sets of report, place and value."""
    names = ("facts", "channels", "parents", "zeros", "numbers", "issuers", "posts")
    items: dict[str, set[Item]] = {name: set() for name in names}
    for record in records:
        for fact in record.facts:
            _add_fact(items, record, fact)
        for mention in (mention for group in record.documents or () for mention in group):
            if mention.role == "number":
                parts = f"{mention.code} {mention.year} {mention.serial} {mention.order}"
                items["numbers"].add((record.id, mention.start, parts))
                if mention.issuer:
                    items["issuers"].add((record.id, mention.start, mention.issuer))
        for official in record.officials or ():
            items["posts"].add((record.id, official.start, str(official.post)))
    return items


def _add_fact(items: dict[str, set[Item]], record: GoldRecord, fact: GoldFact) -> None:
    if fact.zero:
        # Where a clause of denial begins is a matter of taste; that it is there is not.
        same = sum(other.zero and other.metric == fact.metric and other.start < fact.start for other in record.facts)
        items["zeros"].add((record.id, same, fact.metric))
        return
    if fact.metric != OTHER:
        items["facts"].add((record.id, fact.start, f"{fact.metric} {fact.value} {fact.unit}"))
    if fact.channel is not None:
        items["channels"].add((record.id, fact.start, str(fact.channel[0])))
    if fact.parent is not None:
        items["parents"].add((record.id, fact.start, str(record.facts[fact.parent].start)))
