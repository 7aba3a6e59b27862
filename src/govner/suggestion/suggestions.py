"""Suggest what to annotate next: score, choose, rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.tokens import Doc
from spacy.vocab import Vocab

from govner.corpus.reader import report_to_doc
from govner.suggestion.excerpt import make_excerpt
from govner.suggestion.pool import PoolReport, Unit, units_of
from govner.suggestion.selection import Choice, choose, uncertainty_by_effort
from govner.suggestion.similarity import text_vectors


@dataclass(frozen=True)
class Suggestion:
    """A paragraph, or a report, to annotate.

    rank (int): From 1.
    report (PoolReport): The report it is in, or is.
    unit (Unit): Which of its lines.
    choice (Choice): Its score and the parts of it.
    """

    rank: int
    report: PoolReport
    unit: Unit
    choice: Choice


def suggest(
    pool: list[PoolReport],
    top: int,
    *,
    whole_reports: bool = False,
    per_report: int | None = None,
    annotated: Sequence[str] = (),
    seed: int = 0,
) -> list[Suggestion]:
    """Choose what to annotate next.

    pool (list[PoolReport]): Reports as `govner.suggestion.pool.pool_report` makes them.
    top (int): How many paragraphs or reports.
    whole_reports (bool): Choose reports, not paragraphs.
    per_report (int | None): At most so many paragraphs of a report.
    annotated (Sequence[str]): Paragraphs that are annotated already; they are not suggested, and what is like them is
        worth less.
    seed (int): Decides between equals.
    RETURNS (list[Suggestion]): The best first.
    """
    units = units_of(pool, whole_reports=whole_reports, leave_out=annotated)
    mentions, sections = np.array([(unit.mentions, unit.sections) for unit in units]).reshape(-1, 2).T
    unsure = uncertainty_by_effort(mentions, sections, np.array([len(unit.text) for unit in units], np.intp))
    vectors, known = text_vectors([unit.text for unit in units], annotated)
    groups = [unit.report for unit in units]
    chosen = choose(unsure, vectors, groups, top, known=known, per_group=per_report, seed=seed)
    return [
        Suggestion(rank, pool[units[choice.place].report], units[choice.place], choice)
        for rank, choice in enumerate(chosen, 1)
    ]


def excerpts(suggestions: Iterable[Suggestion], vocab: Vocab) -> list[Doc]:
    """Make the documents to annotate, one a report that has something suggested, the best first.

    suggestions (Iterable[Suggestion]): What was chosen.
    vocab (Vocab): The vocabulary.
    RETURNS (list[Doc]): Annotated by the model, as `govner.suggestion.excerpt.make_excerpt` makes them.
    """
    by_report: dict[int, tuple[PoolReport, dict[int, tuple[int, Choice]]]] = {}
    for suggestion in suggestions:
        _, chosen = by_report.setdefault(suggestion.unit.report, (suggestion.report, {}))
        chosen |= dict.fromkeys(suggestion.unit.lines, (suggestion.rank, suggestion.choice))
    made = [make_excerpt(report, chosen) for report, chosen in by_report.values()]
    times: Counter[str] = Counter()
    for report in made:
        name = report.meta["id"]
        times[name] += 1
        if times[name] > 1:
            # Ids of different reports may come to the same file name.
            report.meta["id"] = f"{name}-{times[name]}"
    return [report_to_doc(report, vocab) for report in made]


def row_of(suggestion: Suggestion) -> dict[str, Any]:
    """A suggestion as plain values: where it stands, in lines and characters of the text as given, and its score."""
    lines = [suggestion.report.lines[place] for place in suggestion.unit.lines]
    text, unit, choice = suggestion.report.text, suggestion.unit, suggestion.choice
    return {
        "rank": suggestion.rank,
        "report_id": text.id,
        "path": text.path,
        "row": text.row,
        "line": lines[0].number,
        "start": lines[0].start,
        "end": lines[-1].end,
        "score": choice.score,
        "uncertainty": choice.uncertainty,
        "representativeness": choice.representativeness,
        "diversity": choice.diversity,
        "mention_entropy": unit.mentions,
        "section_entropy": unit.sections,
        "section": lines[0].paragraph.section,
        "text": unit.text,
    }
