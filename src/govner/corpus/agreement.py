"""Compare two annotations of the same texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from spacy.training import Example
from spacy.vocab import Vocab

from govner.corpus.inline import Report
from govner.corpus.reader import report_to_doc
from govner.errors import InputError
from govner.evaluation.scores import Evaluation, score


@dataclass(frozen=True)
class Agreement:
    """How far two annotations agree.

    scores (Evaluation): The second scored against the first. F1 is the same either way round; precision and recall
        are the shares of the second and of the first annotation that the other has too.
    kappa (float): Cohen's kappa of the section labels (Cohen 1960): agreement beyond chance, 1 at most.
    alpha (float): Krippendorff's alpha of the section labels for nominal data (Krippendorff 2011): as kappa, with
        chance from the labels of both together and a correction for few paragraphs.
    counts (dict[str, tuple[int, int, int]]): Of each entity label: mentions of the first, of the second, of both.
    """

    scores: Evaluation
    kappa: float
    alpha: float
    counts: dict[str, tuple[int, int, int]]


def compare(first: Iterable[Report], second: Iterable[Report]) -> Agreement:
    """Compare two annotations of the same reports, matched by id.

    first, second (Iterable[Report]): The annotations; the first may have reports that the second lacks.
    RETURNS (Agreement): Over the reports of the second.
    RAISES (InputError): A report of the second is not in the first, or its text or lines differ.
    """
    by_id = {report.id: report for report in first}
    vocab = Vocab()
    examples = []
    pairs: list[tuple[str, str]] = []
    counts: dict[str, Counter[str]] = {"first": Counter(), "second": Counter(), "both": Counter()}
    for other in second:
        report = by_id.get(other.id)
        if report is None:
            raise InputError(f"has no counterpart with the id {other.id!r} in the first annotation", other.path)
        _require_same_text(report, other)
        examples.append(Example(report_to_doc(other, vocab), report_to_doc(report, vocab)))
        pairs += [(a.section, b.section) for a, b in zip(report.paragraphs, other.paragraphs, strict=True)]
        mine, theirs = set(report.mentions()), set(other.mentions())
        for name, mentions in (("first", mine), ("second", theirs), ("both", mine & theirs)):
            counts[name].update(mention.label for mention in mentions)
    scores = score(examples)
    labels = [label for label in scores.entities if label != "ALL"]
    table = {label: (counts["first"][label], counts["second"][label], counts["both"][label]) for label in labels}
    return Agreement(scores, _kappa(pairs), _alpha(pairs), table)


def _require_same_text(report: Report, other: Report) -> None:
    for one, two in zip(report.paragraphs, other.paragraphs, strict=False):
        if one.text != two.text:
            raise InputError(f"its text differs from {_name(report.path)}:{one.line}; restore it", other.path, two.line)
    if len(report.paragraphs) != len(other.paragraphs):
        raise InputError(
            f"has {len(other.paragraphs)} paragraphs, {_name(report.path)} has {len(report.paragraphs)}; restore them",
            other.path,
        )


def _name(path: Path | None) -> str:
    return str(path) if path else "the first annotation"


def _kappa(pairs: list[tuple[str, str]]) -> float:
    if not pairs:
        return 1.0
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(a == b for a, b in pairs) / len(pairs)
    chance = sum(first[label] * second[label] for label in first) / len(pairs) ** 2
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)


def _alpha(pairs: list[tuple[str, str]]) -> float:
    values = Counter(label for pair in pairs for label in pair)
    number = values.total()
    # Pairs of values that differ, of all that could be drawn: within paragraphs, and regardless of them.
    expected = number * number - sum(count * count for count in values.values())
    observed = 2 * sum(a != b for a, b in pairs)
    return 1.0 if not expected else 1 - observed * (number - 1) / expected
