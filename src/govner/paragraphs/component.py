"""The component that finds paragraphs and headings: `govner_paragraphs`."""

from typing import cast

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from govner.paragraphs.splitter import split_paragraphs
from govner.scheme import PARAGRAPHS_KEY
from govner.tokens.text import text_of


@Language.factory("govner_paragraphs", assigns=["doc.spans"])
def make_paragraphs(nlp: Language, name: str) -> "ParagraphFinder":
    """Create a `govner_paragraphs` component; see `ParagraphFinder`."""
    return ParagraphFinder(name)


class ParagraphFinder:
    """Sets `doc.spans["paragraphs"]`: the paragraphs of `split_paragraphs` as spans without label.

    Its `attrs` hold one item a span: `level` (int, 0 to 5), `heading` ([start, end] characters, or None) and
    `heading_path` (list of str, outermost first).

    name (str): Name of the component in the pipeline.
    """

    def __init__(self, name: str = "govner_paragraphs") -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Find the paragraphs of a document and return it."""
        paragraphs = split_paragraphs(text_of(doc))
        spans = [
            cast(Span, doc.char_span(paragraph.start, paragraph.end, alignment_mode="expand"))
            for paragraph in paragraphs
        ]
        attrs = {
            "level": [paragraph.level for paragraph in paragraphs],
            "heading": [list(paragraph.heading) if paragraph.heading else None for paragraph in paragraphs],
            "heading_path": [list(paragraph.path) for paragraph in paragraphs],
        }
        doc.spans[PARAGRAPHS_KEY] = SpanGroup(doc, name=PARAGRAPHS_KEY, attrs=attrs, spans=spans)
        return doc
