"""Evaluations made by hand: gold and predictions as spans, and strategies of them."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import strategies as st
from spacy.tokens import Doc, Span, SpanGroup
from spacy.training import Example
from spacy.vocab import Vocab

from govner.evaluation.scores import Evaluation, score
from govner.scheme import ENTITY_LABELS, MENTIONS_KEY, SECTION_LABELS, SECTIONS_KEY

VOCAB = Vocab()

Spans = Sequence[tuple[int, int, str]]
# Text, gold mentions, predicted mentions, gold sections, predicted sections, front matter.
Made = tuple[str, Spans, Spans, Spans, Spans, dict[str, str]]


def make_doc(text: str, mentions: Spans = (), sections: Spans = (), meta: dict[str, str] | None = None) -> Doc:
    """A document of one token a character; a mention has the probability 0.75, a section 0.85."""
    doc = Doc(VOCAB, words=list(text), spaces=[False] * len(text))
    doc.set_ents([Span(doc, *span) for span in mentions])
    for key, spans, probability in ((MENTIONS_KEY, mentions, 0.75), (SECTIONS_KEY, sections, 0.85)):
        made = [Span(doc, *span) for span in spans]
        doc.spans[key] = SpanGroup(doc, name=key, spans=made, attrs={"probability": [probability] * len(made)})
    doc.user_data["meta"] = meta or {}
    return doc


def make_example(
    text: str,
    gold: Spans = (),
    guesses: Spans = (),
    sections: Spans = (),
    guessed: Spans = (),
    meta: dict[str, str] | None = None,
) -> Example:
    """Predictions beside gold."""
    return Example(make_doc(text, guesses, guessed), make_doc(text, gold, sections, meta))


def make_evaluation(*made: Made) -> Evaluation:
    """The evaluation of some reports."""
    return score([make_example(*one) for one in made])


@st.composite
def spans(draw: st.DrawFn, length: int, labels: Sequence[str]) -> Spans:
    """Spans of a text that do not overlap."""
    borders = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    return [(start, end, draw(st.sampled_from(labels))) for start, end in pairwise(borders) if draw(st.booleans())]


@st.composite
def examples(draw: st.DrawFn) -> list[Example]:
    """Reports of several lines, with any gold and any predictions."""
    made = []
    for _ in range(draw(st.integers(1, 4))):
        lines = draw(st.lists(st.text("青禾县局公开12件", min_size=1, max_size=8), min_size=1, max_size=4))
        text = "\n".join(lines)
        starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
        ends = [start + len(line) for start, line in zip(starts, lines, strict=True)]
        sections, guessed = (
            [(start, end, draw(st.sampled_from(SECTION_LABELS))) for start, end in zip(starts, ends, strict=True)]
            for _ in range(2)
        )
        gold, guesses = (draw(spans(len(text), ENTITY_LABELS)) for _ in range(2))
        meta = {"form": draw(st.sampled_from(["plan", "guide", ""])), "year": draw(st.sampled_from(["2012", "2020"]))}
        made.append(make_example(text, gold, guesses, sections, guessed if draw(st.booleans()) else (), meta))
    return made
