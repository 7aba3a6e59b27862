"""List every error of a pipeline with its context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from spacy.tokens import Doc, Span
from spacy.training import Example

from govner.scheme import SECTIONS_KEY
from govner.sections.scorer import section_pairs

# In the order in which they are shown.
KINDS: Final = ("boundary", "type", "missed", "spurious", "section")
_CONTEXT: Final = 16


@dataclass(frozen=True)
class EvaluationError:
    """One error.

    kind (str): "missed" and "spurious" mentions; "boundary" (other extent, and maybe another label) and "type" (same
        extent, other label) for a gold mention and a prediction that meet; "section" for a paragraph.
    report (str): Id of the report.
    start, end (int): Characters of the gold mention or paragraph; of the prediction if it is spurious.
    gold, predicted (str): Labels; empty where there is none.
    text, predicted_text (str): Gold and predicted text.
    context (str): What stands around, the place marked by 【】.
    """

    kind: str
    report: str
    start: int
    end: int
    gold: str
    predicted: str
    text: str
    predicted_text: str
    context: str

    def to_json(self) -> dict[str, Any]:
        """The error as plain values."""
        return asdict(self)


def list_errors(examples: Iterable[Example]) -> Iterator[EvaluationError]:
    """Compare predictions with gold.

    examples (Iterable[Example]): Predicted and reference documents of the same texts.
    YIELDS (EvaluationError): By report, mentions in order of place, then paragraphs.
    """
    for example in examples:
        name = example.reference.user_data.get("meta", {}).get("id", "")
        yield from _mention_errors(example.predicted, example.reference, name)
        yield from _section_errors(example.predicted, example.reference, name)


def _mention_errors(predicted: Doc, reference: Doc, name: str) -> Iterator[EvaluationError]:
    text = reference.text
    gold = {(span.start_char, span.end_char, span.label_): span for span in reference.ents}
    guesses = {(span.start_char, span.end_char, span.label_): span for span in predicted.ents}
    wrong = sorted(guesses.keys() - gold.keys())
    met = set()
    errors = []
    for key in sorted(gold.keys() - guesses.keys()):
        start, end, label = key
        meeting = [other for other in wrong if other[0] < end and start < other[1] and other not in met]
        partner = next((other for other in meeting if other[2] == label), meeting[0] if meeting else None)
        if partner is None:
            kind = "missed"
        else:
            met.add(partner)
            kind = "type" if partner[:2] == key[:2] else "boundary"
        guess = guesses[partner] if partner else None
        errors.append(_make(kind, name, text, gold[key], guess))
    errors += [_make("spurious", name, text, None, guesses[key]) for key in wrong if key not in met]
    yield from sorted(errors, key=lambda error: error.start)


def _make(kind: str, name: str, text: str, gold: Span | None, guess: Span | None) -> EvaluationError:
    place = gold if gold is not None else guess
    assert place is not None
    return EvaluationError(
        kind=kind,
        report=name,
        start=place.start_char,
        end=place.end_char,
        gold=gold.label_ if gold is not None else "",
        predicted=guess.label_ if guess is not None else "",
        text=gold.text if gold is not None else "",
        predicted_text=guess.text if guess is not None else "",
        context=_context(text, place.start_char, place.end_char),
    )


def _section_errors(predicted: Doc, reference: Doc, name: str) -> Iterator[EvaluationError]:
    spans = reference.spans.get(SECTIONS_KEY, ())
    for span, (gold, guess) in zip(spans, section_pairs(predicted, reference), strict=True):
        if gold != guess:
            yield EvaluationError(
                "section", name, span.start_char, span.end_char, gold, guess, span.text, "", span.text[:60]
            )


def _context(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    return f"{before}【{text[start:end]}】{after}".replace("\n", "⏎")
