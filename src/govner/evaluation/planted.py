"""Plant errors into reports without any, and count those that a pipeline with the audit behind it finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.vocab import Vocab

from govner.corpus.inline import Report
from govner.corpus.reader import report_to_doc
from govner.evaluation.records import RecordError, RecordScore
from govner.evaluation.scores import bootstrap_weights, interval_of
from govner.records.audit.edits import Planted
from govner.records.audit.engine import YEARS_CHECKS
from govner.records.audit.planting import plant
from govner.records.audit.rules import RULES
from govner.records.record import make_record
from govner.records.schema import Finding, Record

FOUND: Final = "planted errors found"
FALSE: Final = "findings in ten clean reports"
ALL: Final = "findings in ten reports"
# The least share of planted errors that is aimed at, and the most findings in ten clean reports.
_FOUND_TARGET, _FALSE_TARGET = 0.95, 1.0
_SEED: Final = 0
# How often a report is tried again for another place.
_ROUNDS: Final = 8
_CONTEXT: Final = 40


@dataclass(frozen=True)
class PlantedScores:
    """What was found of planted errors, and in reports as they are.

    summary (list[RecordScore]): The share of planted errors found, and findings in ten reports: of the clean ones, and
        of all, some of which have errors of their own.
    by_rule (list[RecordScore]): The share found of each rule for which there was place.
    errors (list[RecordError]): Planted errors that were missed, and findings in reports as they are.
    """

    summary: list[RecordScore]
    by_rule: list[RecordScore]
    errors: list[RecordError]


def find_clean(reports: Iterable[Report], vocab: Vocab) -> list[Report]:
    """The reports in which the audit finds nothing, read with their annotated tags.

    reports (Iterable[Report]): Annotated reports.
    vocab (Vocab): Any.
    RETURNS (list[Report]): In their order.
    """
    return [report for report in reports if not make_record(report_to_doc(report, vocab), report.id).findings]


def plant_errors(reports: Sequence[Report], limit: int) -> list[Planted]:
    """Plant errors of every rule, the same ones each time.

    reports (Sequence[Report]): Clean reports.
    limit (int): Most errors of a rule; fewer where the reports have no more places, each report once before any twice.
    RETURNS (list[Planted]): Each a report with one error, by rule.
    """
    planted: list[Planted] = []
    for rule in RULES:
        rng = Random(f"{rule.id} {_SEED}")
        order = list(reports)
        rng.shuffle(order)
        texts: dict[str, Planted] = {}
        for _ in range(_ROUNDS):
            with_place = []
            for report in order:
                if len(texts) >= limit:
                    break
                error = plant(report, rule.id, rng)
                if error is not None:
                    texts.setdefault(error.report.text, error)
                    with_place.append(report)
            order = with_place
        planted += texts.values()
    return planted


def evaluate_planted(
    nlp: Language,
    reports: Sequence[Report],
    clean: Sequence[Report],
    planted: Sequence[Planted],
    progress: Callable[[int], None] | None = None,
) -> PlantedScores:
    """Read reports with a pipeline, as they are and with errors, and count what the audit finds.

    nlp (Language): A govner pipeline; the annotated tags are not used.
    reports (Sequence[Report]): Annotated reports, no two of one id; clean (Sequence[Report]): Those without errors.
    planted (Sequence[Planted]): Clean reports with an error each.
    progress (Callable | None): Told 1 after each report.
    RETURNS (PlantedScores): With intervals by bootstrap over reports.
    """

    def read(report: Report) -> Record:
        record = make_record(nlp(report.text), report.id)
        if progress is not None:
            progress(1)
        return record

    records = {report.id: read(report) for report in reports}
    errors = [_unexpected(record, finding) for record in records.values() for finding in record.findings]
    counts = {report.id: Counter[str]() for report in clean}
    for error in planted:
        found = _is_found(error, read(error.report), records[error.report.id])
        counts[error.report.id].update({f"planted {error.rule}": 1, f"found {error.rule}": int(found)})
        if not found:
            errors.append(_missed(error))
    rules = [rule.id for rule in RULES if any(count[f"planted {rule.id}"] for count in counts.values())]
    by_rule = [_share(rule, [rule], list(counts.values()), None) for rule in rules]
    summary = [_share(FOUND, rules, list(counts.values()), _FOUND_TARGET)] if rules else []
    for name, chosen, target in ((FALSE, clean, _FALSE_TARGET), (ALL, reports, None)):
        if chosen:
            summary.append(_in_ten(name, [len(records[report.id].findings) for report in chosen], target))
    return PlantedScores(summary, by_rule, errors)


def _is_found(error: Planted, record: Record, original: Record) -> bool:
    """Whether a finding of the error's rule has a passage in which it lies."""
    if error.rule in YEARS_CHECKS:
        # The error lies in the report of the year before, which the first passage is of.
        passages = [finding.evidence[0] for finding in YEARS_CHECKS[error.rule](record, original)]
    else:
        of_rule = (finding for finding in record.findings if finding.rule == error.rule)
        passages = [passage for finding in of_rule for passage in finding.evidence]
    return any(passage.start < error.end and error.start < passage.end for passage in passages)


def _share(name: str, rules: Sequence[str], counts: Sequence[Counter[str]], target: float | None) -> RecordScore:
    found, planted = (
        np.array([sum(count[f"{what} {rule}"] for rule in rules) for count in counts], float)
        for what in ("found", "planted")
    )
    return _score(name, found, planted, target)


def _in_ten(name: str, findings: Sequence[int], target: float | None) -> RecordScore:
    return _score(name, np.array(findings, float) * 10, np.ones(len(findings)), target)


def _score(name: str, parts: NDArray[np.float64], wholes: NDArray[np.float64], target: float | None) -> RecordScore:
    weights = bootstrap_weights(len(parts))
    part, whole = weights @ parts, weights @ wholes
    values = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
    # A sample that draws none of the reports says nothing.
    return RecordScore(name, float(values[0]), interval_of(values[1:][whole[1:] > 0]), target, int(whole[0]))


def _missed(error: Planted) -> RecordError:
    text = error.report.text
    context = text[max(0, error.start - _CONTEXT) : error.start], text[error.end : error.end + _CONTEXT]
    passage = f"{context[0]}【{text[error.start : error.end]}】{context[1]}"
    return RecordError(error.report.id, f"planted {error.rule}", error.start, passage, "")


def _unexpected(record: Record, finding: Finding) -> RecordError:
    return RecordError(record.id, f"finding {finding.rule}", finding.evidence[0].start, "", finding.message_zh)
