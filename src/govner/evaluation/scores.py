"""Score a pipeline with spaCy's `Scorer`, and say how sure the scores are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from govner.evaluation.calibration import Calibration, calibrate, mention_predictions, section_predictions
from govner.scheme import ENTITY_LABELS, SECTION_LABELS, with_others
from govner.sections.scorer import section_pairs

_SAMPLES, _SEED = 1000, 0
# With fewer reports than this, resampling whole reports says nothing; paragraphs are resampled instead.
_FEW_REPORTS = 8

Interval = tuple[float, float]


@dataclass(frozen=True)
class Score:
    """A score and the 95 % interval of its bootstrap; precision, recall and F1 in [0, 1], and counts in gold."""

    p: float
    r: float
    f: float
    interval: Interval
    gold: int


@dataclass
class Evaluation:
    """The scores of a pipeline on some gold documents.

    entities (dict[str, Score]): By label, and "ALL" for the micro average.
    sections (dict[str, Score]): By label.
    sections_accuracy, sections_macro_f (tuple[float, Interval]): Over paragraphs, and over labels.
    calibration (dict[str, Calibration | None]): Of the probabilities of "mentions" and "sections"; None where the
        pipeline gives none.
    spacy (dict): What spaCy's `Scorer` returned, unchanged.
    documents, paragraphs (int): How much was scored.
    resampled (str): What the bootstrap drew, "reports" or "paragraphs".
    """

    entities: dict[str, Score]
    sections: dict[str, Score]
    sections_accuracy: tuple[float, Interval]
    sections_macro_f: tuple[float, Interval]
    calibration: dict[str, Calibration | None]
    spacy: dict[str, Any]
    documents: int
    paragraphs: int
    resampled: str
    examples: list[Example] = field(repr=False)

    def to_json(self) -> dict[str, Any]:
        """The scores as plain values."""

        def plain(scores: dict[str, Score]) -> dict[str, Any]:
            return {
                label: {"p": s.p, "r": s.r, "f": s.f, "interval": list(s.interval), "gold": s.gold}
                for label, s in scores.items()
            }

        return {
            "documents": self.documents,
            "paragraphs": self.paragraphs,
            "resampled": self.resampled,
            "entities": plain(self.entities),
            "sections": plain(self.sections),
            "sections_accuracy": {"value": self.sections_accuracy[0], "interval": list(self.sections_accuracy[1])},
            "sections_macro_f": {"value": self.sections_macro_f[0], "interval": list(self.sections_macro_f[1])},
            "calibration": {name: found.to_json() for name, found in self.calibration.items() if found},
            "spacy": self.spacy,
        }


def evaluate(nlp: Language, gold: Iterable[Doc], progress: Callable[[int], None] | None = None) -> Evaluation:
    """Run a pipeline over gold documents and score it.

    nlp (Language): The pipeline.
    gold (Iterable[Doc]): Gold documents, as `read_gold` gives them.
    progress (Callable | None): Told the number of characters after each document.
    RETURNS (Evaluation): The scores, and the examples they come from.
    """
    examples = []
    for reference in gold:
        text = reference.text
        examples.append(Example(nlp(text), reference))
        if progress is not None:
            progress(len(text))
    return score(examples, Scorer(nlp))


def score(examples: list[Example], scorer: Scorer | None = None) -> Evaluation:
    """Compare predicted with reference documents of the same texts.

    examples (list[Example]): Both sides with `ents` and `spans["sections"]`.
    scorer (Scorer | None): A pipeline's own; its figures are kept beside ours.
    RETURNS (Evaluation): The scores, with intervals.
    """
    units, resampled = _units(examples)
    weights = bootstrap_weights(len(units))
    entities = {
        label: _prf(units, weights, "entity", None if label == "ALL" else label)
        for label in ("ALL", *_labels_of(units, "entity"))
    }
    sections = {label: _prf(units, weights, "section", label) for label in _labels_of(units, "section")}
    scores = scorer.score(examples) if scorer is not None else {}
    return Evaluation(
        entities={label: found for label, found in entities.items() if found.gold or label == "ALL"},
        sections={label: found for label, found in sections.items() if found.gold},
        sections_accuracy=_accuracy(units, weights),
        sections_macro_f=_macro(units, weights),
        calibration={
            "mentions": calibrate(mention_predictions(examples)),
            "sections": calibrate(section_predictions(examples)),
        },
        spacy={key: value for key, value in scores.items() if not key.startswith("token_")},
        documents=len(examples),
        paragraphs=int(sum(unit["section", "gold", label] for unit in units for label in sections)),
        resampled=resampled,
        examples=examples,
    )


Unit = Counter[tuple[str, str, str]]


def _units(examples: list[Example]) -> tuple[list[Unit], str]:
    """Count right and wrong by report, or by paragraph where there are few reports.

    A unit counts (kind, what, label) with kind "entity" or "section" and what "tp", "fp", "fn" or "gold".
    """
    by_report = len(examples) >= _FEW_REPORTS
    units: list[Unit] = []
    for example in examples:
        borders = [0] if by_report else _line_starts(example.reference.text)
        counts: list[Unit] = [Counter() for _ in borders]

        def unit_at(offset: int, borders: list[int] = borders, counts: list[Unit] = counts) -> Unit:
            return counts[int(np.searchsorted(borders, offset, side="right")) - 1]

        gold = {(span.start_char, span.end_char, span.label_) for span in example.reference.ents}
        guess = {(span.start_char, span.end_char, span.label_) for span in example.predicted.ents}
        for what, spans in (("tp", gold & guess), ("fp", guess - gold), ("fn", gold - guess), ("gold", gold)):
            for start, _, label in spans:
                unit_at(start)["entity", what, label] += 1
        spans = example.reference.spans.get("sections", ())
        for span, (label, guessed) in zip(spans, section_pairs(example.predicted, example.reference), strict=True):
            unit = unit_at(span.start_char)
            unit["section", "gold", label] += 1
            if label == guessed:
                unit["section", "tp", label] += 1
            else:
                unit["section", "fn", label] += 1
                unit["section", "fp", guessed] += 1
        units += [count for count in counts if count]
    return units, "reports" if by_report else "paragraphs"


def _labels_of(units: list[Unit], kind: str) -> tuple[str, ...]:
    """Our labels of a kind, and others that were counted."""
    known = ENTITY_LABELS if kind == "entity" else SECTION_LABELS
    return with_others(known, {label for unit in units for counted, _, label in unit if counted == kind and label})


def _line_starts(text: str) -> list[int]:
    return [0, *(position + 1 for position, char in enumerate(text) if char == "\n")]


def bootstrap_weights(count: int) -> NDArray[np.float64]:
    """How often each unit is drawn in each sample; the first row is the data itself."""
    if not count:
        return np.ones((1 + _SAMPLES, 0))
    draws = np.random.default_rng(_SEED).multinomial(count, np.full(count, 1 / count), size=_SAMPLES)
    return np.vstack([np.ones((1, count)), draws])


def _tally(units: list[Unit], kind: str, what: str, label: str | None) -> NDArray[np.float64]:
    labels = (label,) if label else _labels_of(units, kind)
    return np.array([sum(unit[kind, what, name] for name in labels) for unit in units], float)


def _prf(units: list[Unit], weights: NDArray[np.float64], kind: str, label: str | None) -> Score:
    tp, fp, fn = (weights @ _tally(units, kind, what, label) for what in ("tp", "fp", "fn"))
    f = _divide(2 * tp, 2 * tp + fp + fn)
    return Score(
        p=float(_divide(tp, tp + fp)[0]),
        r=float(_divide(tp, tp + fn)[0]),
        f=float(f[0]),
        interval=interval_of(f[1:]),
        gold=int(_tally(units, kind, "gold", label).sum()),
    )


def _accuracy(units: list[Unit], weights: NDArray[np.float64]) -> tuple[float, Interval]:
    labels = _labels_of(units, "section")
    right = sum((weights @ _tally(units, "section", "tp", label) for label in labels), np.zeros(1))
    total = sum((weights @ _tally(units, "section", "gold", label) for label in labels), np.zeros(1))
    accuracy = _divide(right, total)
    return float(accuracy[0]), interval_of(accuracy[1:])


def _macro(units: list[Unit], weights: NDArray[np.float64]) -> tuple[float, Interval]:
    """Mean F1 over the labels that occur in gold; in a sample, over those drawn."""
    total, present = np.zeros(len(weights)), np.zeros(len(weights))
    for label in _labels_of(units, "section"):
        tp, fp, fn, gold = (weights @ _tally(units, "section", what, label) for what in ("tp", "fp", "fn", "gold"))
        total += np.where(gold > 0, _divide(2 * tp, 2 * tp + fp + fn), 0)
        present += gold > 0
    macro = _divide(total, present)
    return float(macro[0]), interval_of(macro[1:])


def _divide(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(a, b, out=np.zeros_like(a, dtype=float), where=b > 0)


def interval_of(samples: NDArray[np.float64]) -> Interval:
    """The middle 95 % of the values of samples."""
    low, high = np.percentile(samples, [2.5, 97.5])
    return float(low), float(high)
