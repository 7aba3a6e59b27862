"""displaCy draws our labels in our colours, without being told of them."""

import re

import pytest
from spacy import displacy
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from govner.scheme import ENTITIES, SECTIONS, SECTIONS_KEY, Label


def document(vocab: Vocab, labels: tuple[Label, ...]) -> Doc:
    """A token for each label, in a span of it."""
    doc = Doc(vocab, [f"词{number}" for number in range(len(labels))], spaces=[False] * len(labels))
    spans = [Span(doc, number, number + 1, label.name) for number, label in enumerate(labels)]
    doc.spans[SECTIONS_KEY] = spans
    if labels is ENTITIES:
        doc.set_ents(spans)
    return doc


def test_mentions_have_our_colours(vocab: Vocab) -> None:
    html = displacy.render(document(vocab, ENTITIES), style="ent", jupyter=False)
    marks = re.findall(r'<mark class="entity" style="background: (#\w+);.*?<span[^>]*>(\w+)</span>', html, re.DOTALL)
    assert marks == [(label.color, label.name) for label in ENTITIES]


@pytest.mark.parametrize("labels", [ENTITIES, SECTIONS])
def test_spans_have_our_colours(vocab: Vocab, labels: tuple[Label, ...]) -> None:
    options = {"spans_key": SECTIONS_KEY}
    html = displacy.render(document(vocab, labels), style="span", options=options, jupyter=False)
    starts = re.findall(r'<span style="background: (#\w+);[^"]*">\s*(\w+)', html)
    assert starts == [(label.color, label.name) for label in labels]


def test_no_label_has_the_colour_of_labels_that_displacy_does_not_know(vocab: Vocab) -> None:
    doc = Doc(vocab, ["词"])
    doc.set_ents([Span(doc, 0, 1, "NO_SUCH_LABEL")])
    html = displacy.render(doc, style="ent", jupyter=False)
    [(color, _)] = re.findall(r'style="background: (#\w+);.*?>(\w+)</span>', html, re.DOTALL)
    assert color not in {label.color for label in (*ENTITIES, *SECTIONS)}
