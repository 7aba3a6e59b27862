"""Text a report repeats of an earlier one: paragraphs that are nearly the same, their numbers left aside."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from govner.records.comparison.model import Reuse, ReusedParagraph
from govner.records.schema import Evidence, Record

# From 90 of 100 on two paragraphs are the same but for a word or two in twenty; a paragraph on the same subject that
# was written anew stays far below.
THRESHOLD: Final = 90
# Most headings and fixed phrases of the genre are shorter.
_SHORTEST: Final = 20
_NOT_THE_AUTHORS: Final = frozenset({"NOISE", "META"})
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
# A heading that nothing runs on from has none of these.
_CLAUSES: Final = re.compile("[。，,；;!?]")
_SPACE: Final = re.compile(r"\s+")
# 2·LCS/(a+b) is at least the threshold only where the longer is at most this many times as long as the shorter.
_LONGER: Final = (200 - THRESHOLD) / THRESHOLD


@dataclass(frozen=True)
class _Passage:
    """A paragraph, without white space and with one form of punctuation; `folded` has 0 for every number."""

    evidence: Evidence
    plain: str
    folded: str


def find_reuse(earlier: Record, current: Record) -> Reuse:
    """Find the paragraphs of a report that stand in an earlier one.

    Paragraphs of more than 20 characters count, apart from page furniture, title, signature, bare headings and the
    national tables, whose words are given. Similarity is `rapidfuzz.fuzz.ratio` with numbers left aside; each paragraph
    is paired with the most similar one, at `THRESHOLD` or above.

    earlier, current (Record): Reports of known years.
    RETURNS (Reuse): The pairs in the order of the later report, and their share of its paragraphs.
    """
    passages = list(_passages(current))
    candidates = sorted(_passages(earlier), key=lambda passage: len(passage.folded))
    same: dict[str, list[_Passage]] = {}
    for candidate in candidates:
        same.setdefault(candidate.folded, []).append(candidate)
    lengths = [len(candidate.folded) for candidate in candidates]
    reused = []
    for passage in passages:
        pair = _same(passage, same.get(passage.folded, [])) or _most_similar(passage, candidates, lengths)
        if pair is not None:
            reused.append(pair)
    assert earlier.identity.year is not None
    return Reuse(
        earlier_id=earlier.id,
        earlier_year=earlier.identity.year,
        paragraphs=len(passages),
        reused=tuple(reused),
        share=len(reused) / len(passages) if passages else None,
    )


def _passages(record: Record) -> Iterable[_Passage]:
    tables = [table.evidence for table in record.tables]
    for section in record.sections:
        evidence = section.evidence
        plain = _SPACE.sub("", unicodedata.normalize("NFKC", evidence.text))
        if section.label in _NOT_THE_AUTHORS or len(plain) <= _SHORTEST or _is_in_table(evidence, tables):
            continue
        if section.level and not _CLAUSES.search(plain):
            continue
        yield _Passage(evidence, plain, _NUMBER.sub("0", plain))


def _is_in_table(evidence: Evidence, tables: list[Evidence]) -> bool:
    """Whether most of a paragraph lies in one of the tables."""
    length = evidence.end - evidence.start
    return any(2 * (min(evidence.end, t.end) - max(evidence.start, t.start)) > length for t in tables)


def _same(passage: _Passage, candidates: list[_Passage]) -> ReusedParagraph | None:
    if not candidates:
        return None
    unchanged = next((one for one in candidates if one.plain == passage.plain), None)
    return ReusedParagraph(
        evidence=passage.evidence,
        earlier=(unchanged or candidates[0]).evidence,
        similarity=100,
        edit="none" if unchanged else "numbers",
    )


def _most_similar(passage: _Passage, candidates: list[_Passage], lengths: list[int]) -> ReusedParagraph | None:
    """The best of the candidates (by length) that are long enough and not too long to come up to the threshold."""
    length = len(passage.folded)
    first, last = bisect_left(lengths, length / _LONGER), bisect_right(lengths, length * _LONGER)
    near = candidates[first:last]
    best = process.extractOne(passage.folded, [one.folded for one in near], scorer=fuzz.ratio, score_cutoff=THRESHOLD)
    if best is None:
        return None
    _, similarity, place = best
    return ReusedParagraph(
        evidence=passage.evidence,
        earlier=near[place].evidence,
        similarity=round(similarity, 1),
        edit="words",
    )
