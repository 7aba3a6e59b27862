"""Make the record of a report: all that is read from a tagged document, put together."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from spacy.tokens import Doc

from govner.records.audit.engine import audit
from govner.records.citations.reader import read_citations
from govner.records.facts.reader import read_facts
from govner.records.identity.bodies import read_bodies
from govner.records.identity.place import read_place
from govner.records.identity.reader import read_identity
from govner.records.national.reader import read_tables
from govner.records.officials.reader import read_officials
from govner.records.schema import MentionPart, Record, SectionPart, maker
from govner.records.source import Source, read_source

_make_section: Final = maker(SectionPart)
_make_mention: Final = maker(MentionPart)


def make_record(doc: Doc, report_id: str, path: str | None = None, disabled: Collection[str] = ()) -> Record:
    """Make the record of a tagged document.

    doc (Doc): Tagged by a govner pipeline; gold documents work too.
    report_id (str): The report's id.
    path (str | None): Where it came from.
    disabled (Collection[str]): Ids of audit rules that are switched off.
    RETURNS (Record): Its sections, mentions, bodies, citations, officials, facts, tables and findings.
    """
    source = read_source(doc)
    identity = read_identity(source)
    record = Record(
        id=report_id,
        path=path,
        characters=len(source.text),
        identity=identity,
        sections=_sections(source),
        mentions=_mentions(source),
        bodies=read_bodies(source, identity),
        citations=read_citations(source, read_place(source, identity)),
        officials=read_officials(source),
        facts=read_facts(source),
        tables=read_tables(source),
    )
    return record.model_copy(update={"findings": audit(record, source, disabled)})


def _sections(source: Source) -> tuple[SectionPart, ...]:
    return tuple(
        _make_section(
            {
                "label": paragraph.label,
                "level": paragraph.level,
                "heading_path": paragraph.heading_path,
                "evidence": source.evidence(paragraph.start, paragraph.end),
            }
        )
        for paragraph in source.paragraphs
    )


def _mentions(source: Source) -> tuple[MentionPart, ...]:
    found = []
    for mention in source.mentions:
        paragraph = source.paragraph_at(mention.start)
        values = {
            "label": mention.label,
            "probability": mention.probability,
            "section": paragraph.label if paragraph else "",
            "evidence": source.evidence(mention.start, mention.end),
        }
        found.append(_make_mention(values))
    return tuple(found)
