"""Make a trained pipeline ready for new reports: labels that it lacks, and frequent features that it does not know."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final, Optional

from spacy.language import Language
from spacy.training import Example
from spacy.util import registry

from govner.corpus.inline import Report
from govner.corpus.reader import read_reports
from govner.entities.component import EntityRecognizer
from govner.own_labels import labels_for
from govner.progress import progress_bar
from govner.scheme import SCHEME
from govner.sections.component import SectionLabeller
from govner.training.head_start import train_new_tags
from govner.training.passes import read_passes

_BATCH_WORDS: Final = 3_000
# Examples to find features in, held in memory.
_MOST_EXAMPLES: Final = 400


@registry.callbacks("govner.extend_pipeline.v1")
def create_pipeline_extension(
    corpus: Optional[str],  # noqa: UP045 - pydantic reads the registered function's annotations
    known_from: Callable[[Language], Iterable[Example]],
    learn_from: Callable[[Language], Iterable[Example]],
    passes: int = 4,
    min_count: int = 2,
    steps: int = 70,
) -> Callable[[Language], Language]:
    """Create a callback for `before_init` of a pipeline whose components come from a trained one.

    corpus (str | None): The annotated reports that it is to learn from.
    known_from (Callable): A reader of them, as in [corpora], with the variations of training.
    learn_from (Callable): A reader of examples, old ones among them, by which the new tags get a head start.
    passes (int): How often to read it, where each reading varies the examples; less often where they are many.
    min_count (int): A feature is known that occurs so often in a pass, on average.
    steps (int): Steps of the head start (see `govner.training.head_start`).
    RETURNS (Callable): Adds the labels of the corpus and of its `labels.toml`, and the features; returns the pipeline.
    """

    def extend(nlp: Language) -> Language:
        reports = list(read_reports([Path(corpus)], "train")) if corpus is not None else []
        own = labels_for(Path(corpus)) - SCHEME if corpus is not None else None
        readings = max(1, min(passes, _MOST_EXAMPLES // max(len(reports), 1)))
        examples = list(read_passes(lambda: [], nlp, known_from, readings))
        for name in nlp.component_names:
            component = nlp.get_pipe(name)
            if isinstance(component, EntityRecognizer):
                labels = [*(own.entity_labels if own else ()), *sorted(_mention_labels(reports))]
            elif isinstance(component, SectionLabeller):
                labels = [*(own.section_labels if own else ()), *sorted(_section_labels(reports))]
            else:
                continue
            before: int = component.model.get_ref("output").get_dim("nO")
            added = [component.add_label(label) for label in labels]
            component.add_features(examples, min_count * readings)
            if any(added):
                with progress_bar(f"new labels of {name}", steps, "steps") as bar:
                    advance = partial(bar.advance, bar.task_ids[0])
                    train_new_tags(component, before, lambda: learn_from(nlp), _BATCH_WORDS, steps, advance)
        return nlp

    return extend


def _mention_labels(reports: Iterable[Report]) -> set[str]:
    return {mention.label for report in reports for mention in report.mentions()}


def _section_labels(reports: Iterable[Report]) -> set[str]:
    return {paragraph.section for report in reports for paragraph in report.paragraphs}
