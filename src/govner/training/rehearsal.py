"""Mix new reports with old ones, so that what was learnt is rehearsed beside what is new.

Old reports are annotated ones; or any texts as the model to continue from reads them, which is pseudo-rehearsal
(Robins 1995, Catastrophic forgetting, rehearsal and pseudorehearsal).
"""

import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Optional

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from govner.corpus.inline import Mention, Paragraph, Report, parse_report
from govner.corpus.reader import read_reports, report_to_doc
from govner.errors import InputError
from govner.loading import load_pipeline
from govner.own_labels import labels_for
from govner.scheme import SECTIONS_KEY
from govner.text.files import expand_paths, read_text

# Of texts without annotation, one in so many is kept for scoring.
_HELD_OUT = 5


def read_rehearsed(path: Path, split: str, teacher: Callable[[], Language]) -> list[Report]:
    """Read old reports.

    path (Path): A file, or a directory of `*.txt`: annotated reports, or plain texts.
    split (str): Of annotated reports, those of this split; where they name none, and of plain texts, "dev" is every
        fifth and "train" the others.
    teacher (Callable): Gives the pipeline that tags plain texts.
    RETURNS (list[Report]): The reports, those of plain texts as the pipeline tags them.
    RAISES (InputError): A file is missing or breaks the format.
    """
    found = []
    for number, file in enumerate(expand_paths([path])):
        source = read_text(file)
        its_split = "dev" if number % _HELD_OUT == _HELD_OUT - 1 else "train"
        if _is_annotated(source, file):
            report = parse_report(source, file, scheme=labels_for(file))
            if report.meta.get("split", its_split) == split:
                found.append(report)
        elif its_split == split:
            found.append(tagged_report(teacher()(source), file))
    return found


def _is_annotated(source: str, path: Path) -> bool:
    """Whether a file has front matter, or begins with a section label and a tab."""
    first = source.lstrip("\n").split("\n", 1)[0]
    label, tab, _ = first.partition("\t")
    return first.strip() == "---" or (bool(tab) and label in labels_for(path).section_labels)


def tagged_report(doc: Doc, path: Path | None = None) -> Report:
    """Make an annotated report of a tagged document; a line has the section of its first characters.

    doc (Doc): Tagged by a govner pipeline.
    path (Path | None): Where its text came from.
    RETURNS (Report): The report; lines without text are left out.
    """
    text = doc.text
    sections = [(span.start_char, span.end_char, span.label_) for span in doc.spans[SECTIONS_KEY]]
    paragraphs, offset = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        end = offset + len(line)
        if label := next((label for start, stop, label in sections if start < end and offset < stop), ""):
            mentions = [
                Mention(span.start_char - offset, span.end_char - offset, span.label_)
                for span in doc.ents
                if offset <= span.start_char and span.end_char <= end
            ]
            paragraphs.append(Paragraph(label, line, tuple(mentions), number))
        offset = end + 1
    return Report(paragraphs, {}, path)


@registry.readers("govner.RehearsedCorpus.v1")
def create_rehearsed_reader(
    path: Optional[str],  # noqa: UP045 - pydantic reads the registered function's annotations
    split: str,
    rehearse: Optional[str] = None,  # noqa: UP045
    teacher: Optional[str] = None,  # noqa: UP045
    share: float = 0.5,
    shuffle: bool = False,
    augmenter: Optional[Callable] = None,  # noqa: UP045
) -> Callable[[Language], Iterator[Example]]:
    """Create a reader of new reports with old ones among them, for `[corpora]` of a config.

    path (str | None): New reports: an inline file or a directory of them.
    split (str): Only reports whose front matter names this split.
    rehearse (str | None): Old reports, annotated or plain; none if null.
    teacher (str | None): The pipeline that tags plain texts, by path or package name.
    share (float): Share of characters, in [0, 1), that old reports get, as far as there are so many.
    shuffle (bool): Other old reports and another order each time the corpus is read; else always the same.
    augmenter (Callable | None): Varies each example each time it is read.
    RETURNS (Callable): From a pipeline to one example a report; the predicted side is tokenized by the pipeline.
    RAISES (InputError): The share is none. When called: no path, no report of the split, broken format.
    """
    if not 0 <= share < 1:
        raise InputError(f"the share of rehearsal is {share}; use one from 0 to below 1")
    pools: dict[str, list[Report]] = {}

    def read(nlp: Language) -> Iterator[Example]:
        if path is None:
            raise InputError("the config names no corpus; set paths.train and paths.dev (--paths.train DIR)")
        if not pools:
            pools["new"] = list(read_reports([Path(path)], split))
            pools["old"] = [] if rehearse is None else read_rehearsed(Path(rehearse), split, _loader(teacher))
        # Its own chance where nothing is to change from one reading to the next.
        rng = random.Random(random.getrandbits(64)) if shuffle else random.Random(0)
        new = pools["new"]
        reports = [*new, *_drawn(pools["old"], sum(len(r.text) for r in new) * share / (1 - share), rng)]
        if shuffle:
            rng.shuffle(reports)
        for report in reports:
            example = Example(nlp.make_doc(report.text), report_to_doc(report, nlp.vocab))
            if augmenter is None:
                yield example
            else:
                yield from augmenter(nlp, example)

    return read


def _drawn(reports: Iterable[Report], characters: float, rng: random.Random) -> Iterator[Report]:
    """Draw reports until they have so many characters."""
    order = list(reports)
    rng.shuffle(order)
    for report in order:
        if characters <= 0:
            return
        characters -= len(report.text)
        yield report


def _loader(teacher: str | None) -> Callable[[], Language]:
    """What loads a pipeline once, when it is needed."""
    loaded: list[Language] = []

    def load() -> Language:
        if teacher is None:
            raise InputError("texts to rehearse have no annotation; name the pipeline that tags them as teacher")
        if not loaded:
            loaded.append(load_pipeline(teacher))
        return loaded[0]

    return load
