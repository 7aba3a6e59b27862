"""Say why a pipeline tags a text as it does.

A feature speaks for a mention as much as the log-odds of the mention fall when the feature is taken away, that is when
the network is told it knows none there (occlusion: Zeiler and Fergus 2014; Li, Monroe and Jurafsky 2016; in log-odds,
which tell strong evidence from weak even where the probability is near one). So for the fields of a paragraph.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from govner.entities.component import EntityRecognizer
from govner.entities.decoding import places_read
from govner.errors import InputError
from govner.layers.crf import Inference, pack
from govner.layers.known_bag import Bags
from govner.scheme import MENTIONS_KEY, SECTIONS_KEY
from govner.sections.component import SectionLabeller
from govner.sections.features import FIELDS
from govner.tokens.characters import FEATURES

# Tokens to each side of a mention whose part in it is measured.
_AROUND: Final = 8
# Probabilities nearer to 0 or 1 are taken for this near.
_NEAR: Final = 1e-9


@dataclass(frozen=True)
class TokenView:
    """A token and how probable each label is there, most probable first; "O" is none."""

    text: str
    probabilities: list[tuple[str, float]]


@dataclass(frozen=True)
class MentionView:
    """A mention and what speaks for it: how much its log-odds fall when a piece of evidence is taken away.

    evidence (list[tuple[str, float]]): By kind of feature, over all tokens of the mention and beside it.
    context (list[tuple[str, float]]): By token around and in it, with all the token's features.
    """

    text: str
    label: str
    probability: float
    evidence: list[tuple[str, float]]
    context: list[tuple[str, float]]


@dataclass(frozen=True)
class SectionView:
    """A paragraph's section, and how much its log-odds fall without each field of features."""

    text: str
    label: str
    probability: float
    evidence: list[tuple[str, float]]


@dataclass(frozen=True)
class Explanation:
    """Tokens, mentions and sections of a text, explained."""

    tokens: list[TokenView]
    mentions: list[MentionView]
    sections: list[SectionView]


def explain(nlp: Language, text: str) -> Explanation:
    """Tag a text and explain the result.

    nlp (Language): A pipeline with `govner_entities`, and `govner_sections` for sections.
    text (str): One paragraph, or a few.
    RETURNS (Explanation): Tokens, mentions and sections with what speaks for them.
    RAISES (InputError): The pipeline has no `govner_entities`, or the text is empty.
    """
    if "govner_entities" not in nlp.pipe_names:
        raise InputError("has no govner_entities; explain needs a govner model", nlp.meta["name"])
    if not text.strip():
        raise InputError("the text is empty; give a paragraph")
    doc = nlp(text)
    recognizer = cast(EntityRecognizer, nlp.get_pipe("govner_entities"))
    found = _Mentions(recognizer, doc)
    sections = []
    if "govner_sections" in nlp.pipe_names:
        sections = list(_explain_sections(cast(SectionLabeller, nlp.get_pipe("govner_sections")), doc))
    return Explanation(list(found.tokens()), list(found.mentions()), sections)


class _Mentions:
    """Explains the mentions of a document."""

    def __init__(self, recognizer: EntityRecognizer, doc: Doc) -> None:
        self._recognizer, self._doc = recognizer, doc
        self._keys = np.asarray(recognizer.model.get_ref("extract").predict([doc])[0])
        self._read = places_read(doc, len(self._keys))
        self._labels = ["O", *(label for label in recognizer.labels for _ in range(4))]

    def tokens(self) -> Iterator[TokenView]:
        marginals = self._infer([self._keys])[0].marginals()
        for place, row in zip(self._read.tolist(), marginals, strict=True):
            by_label: dict[str, float] = {}
            for label, value in zip(self._labels, row.tolist(), strict=True):
                by_label[label] = by_label.get(label, 0.0) + value
            yield TokenView(self._doc[place].text, sorted(by_label.items(), key=lambda item: -item[1]))

    def mentions(self) -> Iterator[MentionView]:
        group = self._doc.spans[MENTIONS_KEY]
        for span, probability in zip(group, group.attrs["probability"], strict=True):
            start, end = np.searchsorted(self._read, (span.start, span.end)).tolist()
            first, last = max(start - _AROUND, 0), min(end + _AROUND, len(self._read))
            variants = []
            for column in range(len(FEATURES)):
                without = self._keys.copy()
                without[max(start - 1, 0) : end + 1, column] = 0
                variants.append(without)
            for place in range(first, last):
                without = self._keys.copy()
                without[place] = 0
                variants.append(without)
            before, *after = (
                _log_odds(self._probability(inference, start, end, span.label_))
                for inference in self._infer([self._keys, *variants])
            )
            lost = [before - value for value in after]
            evidence = list(zip(FEATURES, lost, strict=False))
            places = self._read[first:last].tolist()
            context = [(self._doc[at].text, value) for at, value in zip(places, lost[len(FEATURES) :], strict=True)]
            yield MentionView(span.text, span.label_, probability, sorted(evidence, key=lambda item: -item[1]), context)

    def _infer(self, variants: list[NDArray[Any]]) -> list[Inference]:
        scores = self._recognizer.model.get_ref("score").predict(variants)
        chain, packing = self._recognizer.chain(), pack(np.array([len(self._read)]))
        return [chain.infer(part, packing) for part in scores]

    def _probability(self, inference: Inference, start: int, end: int, label: str) -> float:
        """Probability that just these tokens are a mention."""
        tags = np.zeros(len(self._read), np.intp)
        tags[start:end] = self._recognizer.tags.encode_mention(label, end - start)
        marginal, given = inference.path_probabilities(tags)
        return float(marginal[start] * given[start + 1 : end].prod())


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, _NEAR), 1 - _NEAR)
    return math.log(bounded / (1 - bounded))


def _explain_sections(labeller: SectionLabeller, doc: Doc) -> Iterator[SectionView]:
    group = doc.spans[SECTIONS_KEY]
    bags = cast(Bags, labeller.model.get_ref("extract").predict([doc])[0])
    variants = [bags]
    for field in range(len(FIELDS)):
        keys, lengths = list(bags.keys), list(bags.lengths)
        keys[field], lengths[field] = keys[field][:0], np.zeros_like(lengths[field])
        variants.append(Bags(keys, lengths))
    found = labeller.model.get_ref("score").predict(variants)
    chain, packing = labeller.chain(), pack(np.array([len(group)]))
    marginals = [chain.infer(part, packing).marginals() for part in found]
    for place, (span, probability) in enumerate(zip(group, group.attrs["probability"], strict=True)):
        label = labeller.labels.index(span.label_)
        before, *after = (_log_odds(float(rows[place, label])) for rows in marginals)
        evidence = [(field, before - value) for field, value in zip(FIELDS, after, strict=True)]
        yield SectionView(span.text, span.label_, probability, sorted(evidence, key=lambda item: -item[1]))
