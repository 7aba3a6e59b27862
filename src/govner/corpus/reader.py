"""Annotated reports to spaCy documents and training examples."""

import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.training import Example
from spacy.util import registry
from spacy.vocab import Vocab

from govner.corpus.inline import Report, read_report
from govner.errors import InputError
from govner.own_labels import labels_for
from govner.scheme import SECTIONS_KEY
from govner.text.files import expand_paths


def report_to_doc(report: Report, vocab: Vocab) -> Doc:
    """Make the gold document of a report: one token a character, so that every annotation is aligned.

    report (Report): An annotated report.
    vocab (Vocab): The vocabulary.
    RETURNS (Doc): With `ents`, `spans["sections"]` (one span a line) and the front matter in `user_data["meta"]`.
    """
    text = report.text
    doc = Doc(vocab, words=list(text), spaces=[False] * len(text))
    # A token is a character, so that token indices are character offsets.
    doc.set_ents([Span(doc, m.start, m.end, label=m.label) for m in report.mentions()])
    sections = [Span(doc, s.start, s.end, label=s.label) for s in report.sections()]
    doc.spans[SECTIONS_KEY] = SpanGroup(doc, name=SECTIONS_KEY, spans=sections)
    doc.user_data["meta"] = {"id": report.id, **report.meta}
    return doc


def read_reports(paths: Iterable[Path], split: str | None = None) -> Iterator[Report]:
    """Read annotated files and directories of them.

    paths (Iterable[Path]): Inline files, directories of `*.txt`.
    split (str | None): Only reports whose front matter names this split.
    YIELDS (Report): The reports, directories in order of name.
    RAISES (InputError): A file is missing or breaks the format, or none is in the split.
    """
    paths = list(paths)
    empty = True
    for path in expand_paths(paths):
        report = read_report(path)
        if split is None or report.meta.get("split") == split:
            empty = False
            yield report
    if empty:
        where = ", ".join(map(str, paths))
        raise InputError(f"no report with `split: {split}` in its front matter; add one or choose another split", where)


@registry.readers("govner.InlineCorpus.v1")
def create_inline_reader(
    path: Path | None,
    split: str | None = None,
    shuffle: bool = False,
    augmenter: Callable[[Language, Example], Iterator[Example]] | None = None,
) -> Callable[[Language], Iterator[Example]]:
    """Create a reader of annotated reports for `[corpora]` of a config.

    path (Path | None): An inline file or a directory of them.
    split (str | None): Only reports whose front matter names this split.
    shuffle (bool): Another order each time the corpus is read.
    augmenter (Callable | None): Varies each example each time it is read, such as `govner.vary_names.v1`; what it
        does changes from epoch to epoch only with `max_epochs = -1` in `[training]`.
    RETURNS (Callable): From a pipeline to one example a report; the predicted side is tokenized by the pipeline.
    RAISES (InputError): When called: no path, no such report, broken format.
    """

    def read(nlp: Language) -> Iterator[Example]:
        if path is None:
            raise InputError("the config names no corpus; set paths.train and paths.dev (--paths.train DIR)")
        reports = list(read_reports([Path(path)], split))
        if shuffle:
            random.shuffle(reports)
        for report in reports:
            example = Example(nlp.make_doc(report.text), report_to_doc(report, nlp.vocab))
            if augmenter is None:
                yield example
            else:
                yield from augmenter(nlp, example)

    return read


@registry.readers("govner.InlineParagraphs.v1")
def create_paragraph_reader(path: Path | None, split: str | None = None) -> Callable[[Language], Iterator[Example]]:
    """Create a reader that gives each annotated paragraph as a document of its own, for a stock `textcat`.

    path (Path | None): An inline file or a directory of them.
    split (str | None): Only reports whose front matter names this split.
    RETURNS (Callable): From a pipeline to one example a paragraph, with every section label in `cats`.
    RAISES (InputError): When called: no path, no such report, broken format.
    """

    def read(nlp: Language) -> Iterator[Example]:
        if path is None:
            raise InputError("the config names no corpus; set paths.train and paths.dev (--paths.train DIR)")
        labels = labels_for(Path(path)).section_labels
        for report in read_reports([Path(path)], split):
            for paragraph in report.paragraphs:
                doc = nlp.make_doc(paragraph.text.strip())
                cats = {label: float(label == paragraph.section) for label in labels}
                yield Example.from_dict(doc, {"cats": cats})

    return read
