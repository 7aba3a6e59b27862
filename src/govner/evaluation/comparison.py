"""Compare two pipelines on the same gold documents: differences of scores, and errors that only one makes.

A paired bootstrap: both are scored on the same resampled reports (Koehn 2004, "Statistical significance tests for
machine translation evaluation"), and a difference is judged by how often that of a sample lies as far from the observed
one as the observed one from zero (Berg-Kirkpatrick, Burkett and Klein 2012, "An empirical investigation of statistical
significance in NLP"), here on both sides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from spacy.training import Example

from govner.evaluation.errors import EvaluationError, list_errors
from govner.evaluation.scores import (
    Evaluation,
    Interval,
    Unit,
    accuracy_samples,
    bootstrap_weights,
    count_units,
    interval_of,
    macro_samples,
    prf_samples,
)

BOTH: Final = "both"
FIRST: Final = "first"
SECOND: Final = "second"
# Differences nearer than this are rounding.
_NEAR: Final = 1e-12


@dataclass(frozen=True)
class Difference:
    """A score of two pipelines.

    first, second (float): The scores, in [0, 1].
    difference (float): The first less the second.
    interval (Interval): Of the difference, 95 %.
    p (float): How often the bootstrap gives a difference like this where there is none, in (0, 1].
    gold (int): How many mentions or paragraphs in gold it rests on.
    """

    first: float
    second: float
    difference: float
    interval: Interval
    p: float
    gold: int

    def to_json(self) -> dict[str, Any]:
        """The figures as plain values."""
        return asdict(self) | {"interval": list(self.interval)}


@dataclass(frozen=True)
class ComparedError:
    """An error, and who makes it.

    error (EvaluationError): The first pipeline's where it makes it, else the second's.
    by (str): "both", "first" or "second". Both, where both have the same gold mention or paragraph wrong, or predict
        the same spurious mention.
    other (EvaluationError | None): What the second made of it where both are wrong.
    """

    error: EvaluationError
    by: str
    other: EvaluationError | None = None

    def to_json(self) -> dict[str, Any]:
        """The error as plain values."""
        return self.error.to_json() | {"by": self.by}


@dataclass(frozen=True)
class Comparison:
    """Two pipelines on the same reports.

    entities (dict[str, Difference]): F1 by label, and "ALL" for the micro average.
    sections (dict[str, Difference]): F1 by label.
    sections_accuracy, sections_macro_f (Difference): Over paragraphs, and over labels.
    resampled (str): What the bootstrap drew, "reports" or "paragraphs".
    errors (list[list[ComparedError]]): Of each report.
    """

    entities: dict[str, Difference]
    sections: dict[str, Difference]
    sections_accuracy: Difference
    sections_macro_f: Difference
    resampled: str
    errors: list[list[ComparedError]]

    def error_counts(self) -> Counter[tuple[str, str]]:
        """How many errors there are, by kind and by who makes them."""
        return Counter((found.error.kind, found.by) for errors in self.errors for found in errors)

    def to_json(self) -> dict[str, Any]:
        """The figures as plain values, of the errors their numbers."""
        counts = self.error_counts()
        return {
            "resampled": self.resampled,
            "entities": {label: found.to_json() for label, found in self.entities.items()},
            "sections": {label: found.to_json() for label, found in self.sections.items()},
            "sections_accuracy": self.sections_accuracy.to_json(),
            "sections_macro_f": self.sections_macro_f.to_json(),
            "errors": {
                by: sum(count for (_, who), count in counts.items() if who == by) for by in (BOTH, FIRST, SECOND)
            },
        }


def compare(first: Evaluation, second: Evaluation) -> Comparison:
    """Compare two pipelines.

    first, second (Evaluation): Their evaluations on the same gold documents in the same order.
    RETURNS (Comparison): Differences, and errors of either.
    RAISES (ValueError): The documents are not the same.
    """
    if [_text(example) for example in first.examples] != [_text(example) for example in second.examples]:
        raise ValueError("the two evaluations are not of the same documents")
    counted, resampled = count_units(first.examples)
    pairs = list(zip(counted, count_units(second.examples)[0], strict=True))
    pairs = [pair for pair in pairs if any(pair)]
    ours, theirs = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    weights = bootstrap_weights(len(pairs))

    def of(samples: Callable[[list[Unit]], NDArray[np.float64]], gold: int) -> Difference:
        return _difference(samples(ours), samples(theirs), gold)

    def entity(label: str) -> Difference:
        name = None if label == "ALL" else label
        return of(lambda units: prf_samples(units, weights, "entity", name)[2], first.entities[label].gold)

    def section(label: str) -> Difference:
        return of(lambda units: prf_samples(units, weights, "section", label)[2], first.sections[label].gold)

    return Comparison(
        entities={label: entity(label) for label in first.entities},
        sections={label: section(label) for label in first.sections},
        sections_accuracy=of(lambda units: accuracy_samples(units, weights), first.paragraphs),
        sections_macro_f=of(lambda units: macro_samples(units, weights), first.paragraphs),
        resampled=resampled,
        errors=[
            compare_errors(list_errors([a]), list_errors([b]))
            for a, b in zip(first.examples, second.examples, strict=True)
        ],
    )


def paired_p(samples: NDArray[np.float64], observed: float) -> float:
    """How surprising a difference is if there is none.

    samples (NDArray): Differences on resampled reports, which lie around the observed one.
    observed (float): The difference on the reports themselves.
    RETURNS (float): Share of samples as far from the observed difference as that is from 0, in (0, 1]; the reports
        themselves count as one sample, so that no finite number of samples gives 0.
    """
    far = np.abs(samples - observed) >= abs(observed) - _NEAR
    return float((1 + far.sum()) / (1 + len(samples)))


def compare_errors(first: Iterable[EvaluationError], second: Iterable[EvaluationError]) -> list[ComparedError]:
    """Say which errors both pipelines make in a report.

    first, second (Iterable[EvaluationError]): Errors of both in one report.
    RETURNS (list[ComparedError]): Each error once, mentions in order of place, then paragraphs.
    """
    theirs = {_identity(error): error for error in second}
    found = []
    for error in first:
        other = theirs.pop(_identity(error), None)
        found.append(ComparedError(error, FIRST if other is None else BOTH, other))
    found += [ComparedError(error, SECOND) for error in theirs.values()]
    return sorted(found, key=lambda one: (one.error.kind == "section", one.error.start))


def _identity(error: EvaluationError) -> tuple[bool, int, int, str, str]:
    """The place in gold that is wrong; of a spurious mention, the mention."""
    return error.kind == "section", error.start, error.end, error.gold, "" if error.gold else error.predicted


def _difference(first: NDArray[np.float64], second: NDArray[np.float64], gold: int) -> Difference:
    differences = first - second
    observed = float(differences[0])
    interval, p = interval_of(differences[1:]), paired_p(differences[1:], observed)
    return Difference(float(first[0]), float(second[0]), observed, interval, p, gold)


def _text(example: Example) -> str:
    return example.reference.text
