"""Hypothesis strategies: texts, annotated paragraphs and annotated reports."""

from itertools import pairwise

from hypothesis import strategies as st

from govner.corpus.inline import Mention, Paragraph, Report
from govner.scheme import ENTITY_LABELS, SECTION_LABELS

# What the inline format, the tokenizer and the paragraph splitter treat in a special way, characters outside the Basic
# Multilingual Plane and parts of a joined emoji, letters written from right to left with a mark of direction, an accent
# of its own, and separators that are line ends to some and not to others.
SPECIAL = "县政府公开一二三十、。（）(){}\\:：;；.．，0129a Z\t\u3000𠮷😀👩\u200d🚒שב\u200fe\u0301\u2028\x85\ufeff"

any_characters = st.one_of(st.sampled_from(SPECIAL), st.characters(exclude_categories=["Cs"]))
line_characters = st.one_of(
    st.sampled_from(SPECIAL), st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n")
)
any_texts = st.text(any_characters, max_size=60)
texts = st.text(st.one_of(st.sampled_from(SPECIAL + "\n"), any_characters), max_size=120)
lines = st.text(line_characters, min_size=1, max_size=40).filter(str.strip)
meta_values = st.text(line_characters, min_size=1, max_size=12).map(str.strip).filter(bool)


@st.composite
def paragraphs(draw: st.DrawFn) -> Paragraph:
    """A paragraph with flat mentions, some of them adjacent."""
    text = draw(lines)
    borders = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    mentions = [
        Mention(start, end, draw(st.sampled_from(ENTITY_LABELS)))
        for start, end in pairwise(borders)
        if text[start:end].strip() and draw(st.booleans())
    ]
    return Paragraph(draw(st.sampled_from(SECTION_LABELS)), text, tuple(mentions))


@st.composite
def reports(draw: st.DrawFn, name: str | None = None) -> Report:
    """A report; `name` is its id, None leaves out the front matter or part of it."""
    meta = draw(st.dictionaries(st.sampled_from(["issuer", "year", "region", "split"]), meta_values))
    if name is not None:
        meta = {"id": name, **meta}
    return Report(draw(st.lists(paragraphs(), min_size=1, max_size=4)), meta)
