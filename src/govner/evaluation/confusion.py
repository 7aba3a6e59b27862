"""Count what was taken for what: labels of mentions, and sections of paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final

from spacy.training import Example

from govner.evaluation.errors import list_errors
from govner.scheme import ENTITY_LABELS, SECTION_LABELS, SECTIONS_KEY, with_others
from govner.sections.scorer import section_pairs

# A gold mention that no prediction meets; one predicted with its label and another extent; a prediction that meets no
# gold mention; a paragraph that no prediction reaches.
MISSED: Final = "missed"
OTHER_EXTENT: Final = "other extent"
SPURIOUS: Final = "spurious"
NONE: Final = "none"


@dataclass(frozen=True)
class Confusion:
    """How often what stands in gold was predicted as what.

    rows (list[str]): What stands in gold.
    columns (list[str]): What was predicted.
    counts (list[list[int]]): By row and column. A row of a label adds up to how often it stands in gold.
    """

    rows: list[str]
    columns: list[str]
    counts: list[list[int]]

    def to_json(self) -> dict[str, Any]:
        """The counts as plain values."""
        return asdict(self)


def mention_confusion(examples: Iterable[Example]) -> Confusion:
    """Count what each gold mention was taken for.

    examples (Iterable[Example]): Predicted and reference documents of the same texts.
    RETURNS (Confusion): Rows: labels, and "spurious" for predictions that meet no gold mention. Columns: labels (on the
        diagonal only with the same extent), "other extent" for the right label with another one, and "missed". A
        prediction of another label counts under that label, whatever its extent.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for example in examples:
        gold = {(span.start_char, span.end_char, span.label_) for span in example.reference.ents}
        for span in example.predicted.ents:
            if (span.start_char, span.end_char, span.label_) in gold:
                counts[span.label_, span.label_] += 1
        for error in list_errors([example]):
            if error.kind == "section":
                continue
            same = error.gold == error.predicted
            counts[error.gold or SPURIOUS, OTHER_EXTENT if same else error.predicted or MISSED] += 1
    seen = {label for pair in counts for label in pair} - {SPURIOUS, OTHER_EXTENT, MISSED}
    labels = with_others(ENTITY_LABELS, seen)
    return _matrix(counts, [*labels, SPURIOUS], [*labels, OTHER_EXTENT, MISSED])


def section_confusion(examples: Iterable[Example]) -> Confusion:
    """Count what each gold paragraph was taken for.

    examples (Iterable[Example]): Predicted and reference documents of the same texts.
    RETURNS (Confusion): Rows and columns: sections that occur on either side, in the order of the scheme, users' own
        after them; a last column "none" for paragraphs that no prediction reaches.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for example in examples:
        if example.reference.spans.get(SECTIONS_KEY):
            for gold, guess in section_pairs(example.predicted, example.reference):
                counts[gold, guess or NONE] += 1
    seen = {label for pair in counts for label in pair} - {NONE}
    labels = [label for label in with_others(SECTION_LABELS, seen) if label in seen]
    return _matrix(counts, labels, [*labels, NONE])


def _matrix(counts: Counter[tuple[str, str]], rows: list[str], columns: list[str]) -> Confusion:
    return Confusion(rows, columns, [[counts[row, column] for column in columns] for row in rows])
