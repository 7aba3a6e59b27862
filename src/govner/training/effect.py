"""What training further did to a pipeline: its scores before and after, on new reports and on old ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from govner.evaluation.scores import Evaluation, Interval
from govner.scheme import ENTITY_LABELS, SECTION_LABELS, with_others


@dataclass(frozen=True)
class Row:
    """Scores of one label, or of all, before and after.

    name (str): The label, or what is scored.
    before, after (tuple[float, Interval] | None): F1 (of sections as a whole: accuracy) in [0, 1] with its 95 %
        interval; None where the reports have none.
    gold (int): How many there are; of accuracy, paragraphs.
    """

    name: str
    before: tuple[float, Interval] | None
    after: tuple[float, Interval] | None
    gold: int


@dataclass
class Effect:
    """Scores on some reports before and after.

    what (str): Which reports these are.
    before, after (Evaluation): The scores.
    """

    what: str
    before: Evaluation
    after: Evaluation

    def rows(self) -> Iterator[Row]:
        """Scores as a whole, then by label."""
        before, after = self.before, self.after
        yield self._entity("ALL", "entities")
        yield Row("sections, accuracy", before.sections_accuracy, after.sections_accuracy, after.paragraphs)
        yield Row("sections, macro F1", before.sections_macro_f, after.sections_macro_f, after.paragraphs)
        for label in with_others(ENTITY_LABELS, (*before.entities, *after.entities)):
            if label != "ALL" and label in {*before.entities, *after.entities}:
                yield self._entity(label, label)
        for label in with_others(SECTION_LABELS, (*before.sections, *after.sections)):
            if label in after.sections:
                old, new = before.sections[label], after.sections[label]
                yield Row(label, (old.f, old.interval), (new.f, new.interval), new.gold)

    def _entity(self, label: str, name: str) -> Row:
        old, new = self.before.entities.get(label), self.after.entities.get(label)
        return Row(
            name,
            (old.f, old.interval) if old else None,
            (new.f, new.interval) if new else None,
            new.gold if new else 0,
        )

    def to_json(self) -> dict[str, Any]:
        """The scores as plain values."""
        return {"before": self.before.to_json(), "after": self.after.to_json()}
