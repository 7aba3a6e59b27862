"""Score section labels on predicted paragraphs."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from spacy.scorer import PRFScore
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from govner.scheme import SECTIONS_KEY


def section_pairs(predicted: Doc, reference: Doc) -> Iterator[tuple[str, str]]:
    """Pair each gold paragraph with the label that most of its characters were given.

    predicted (Doc): With predicted `spans["sections"]`.
    reference (Doc): The same text with gold `spans["sections"]`.
    YIELDS (tuple[str, str]): Gold label and predicted label; the latter is "" where no prediction reaches.
    """
    guesses = list(predicted.spans.get(SECTIONS_KEY, ()))
    first = 0
    for gold in reference.spans.get(SECTIONS_KEY, ()):
        start, end = gold.start_char, gold.end_char
        while first < len(guesses) and guesses[first].end_char <= start:
            first += 1
        covered: Counter[str] = Counter()
        for guess in guesses[first:]:
            if guess.start_char >= end:
                break
            covered[guess.label_] += min(end, guess.end_char) - max(start, guess.start_char)
        yield gold.label_, covered.most_common(1)[0][0] if covered else ""


def score_sections(examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
    """Score sections by gold paragraph.

    examples (Iterable[Example]): Examples whose reference has `spans["sections"]`.
    RETURNS (dict): `sections_acc`; `sections_macro_f` over the labels that occur in gold; `sections_per_type`
        with p, r and f of each. None where no example has gold sections.
    """
    scores: dict[str, PRFScore] = {}
    gold_labels, right, total = set(), 0, 0
    for example in examples:
        for gold, guess in section_pairs(example.predicted, example.reference):
            gold_labels.add(gold)
            total += 1
            right += gold == guess
            if gold == guess:
                scores.setdefault(gold, PRFScore()).tp += 1
            else:
                scores.setdefault(gold, PRFScore()).fn += 1
                if guess:
                    scores.setdefault(guess, PRFScore()).fp += 1
    if not total:
        return {"sections_acc": None, "sections_macro_f": None, "sections_per_type": None}
    per_type = {label: scores[label].to_dict() for label in sorted(scores)}
    macro = sum(per_type[label]["f"] for label in gold_labels) / len(gold_labels)
    return {"sections_acc": right / total, "sections_macro_f": macro, "sections_per_type": per_type}


@registry.scorers("govner.sections_scorer.v1")
def make_sections_scorer() -> Callable[..., dict[str, Any]]:
    """Return `score_sections`."""
    return score_sections
