"""What the record says of each mention, in a line."""

from __future__ import annotations

from govner.records.facts.metrics.classifier import metrics
from govner.records.schema import Citation, Fact, Official, Record
from govner.view.numbers import show_number


def find_notes(record: Record) -> dict[tuple[int, int], str]:
    """What a record says of the mentions it was read from.

    record (Record): With evidence in characters of the report's text.
    RETURNS (dict[tuple[int, int], str]): A line by start and end of a mention; nothing for most bodies and channels.
    """
    notes: dict[tuple[int, int], str] = {}
    for body in record.bodies:
        if body.name and body.name != body.evidence.text:
            notes[body.evidence.start, body.evidence.end] = f"{body.name}{'（本机关）' if body.is_self else ''}"
    for citation in record.citations:
        for passage in citation.mentions:
            notes[passage.start, passage.end] = name_citation(citation)
    for official in record.officials:
        for passage in official.evidence:
            notes[passage.start, passage.end] = describe_official(official)
    names = {metric.id: metric.name for metric in metrics()}
    for fact in record.facts:
        notes[fact.evidence.start, fact.evidence.end] = f"{names.get(fact.metric, '其他')} {show_fact(fact)}"
    return notes


def name_citation(citation: Citation) -> str:
    """Title, number and issuer of a cited document, as far as they are known."""
    title = f"《{citation.title}》" if citation.title else ""
    number = citation.number.text if citation.number else ""
    return " ".join(part for part in (title, number, citation.issuer or "") if part)


def describe_official(official: Official) -> str:
    """What is said of an official: group and part in it, body and post."""
    parts = (official.group, official.role, official.body, official.post)
    return " ".join(part for part in parts if part)


def show_fact(fact: Fact) -> str:
    """Value and unit of a fact, with its bound where it is not exact."""
    if fact.value is None:
        return f"{show_number(fact.lower)}–{show_number(fact.upper)} {fact.unit}"
    sign = {"about": "≈ ", "at least": "≥ ", "at most": "≤ "}.get(fact.bound, "")
    return f"{sign}{show_number(fact.value)} {fact.unit}".rstrip()
