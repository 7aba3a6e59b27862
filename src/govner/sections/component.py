"""The section labeller: `govner_sections`."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, cast

import numpy as np
from spacy.language import Language
from spacy.pipeline.trainable_pipe import TrainablePipe
from spacy.tokens import Doc, Span, SpanGroup
from spacy.training import Example, validate_examples, validate_get_examples
from spacy.vocab import Vocab
from thinc.api import Config, Model, Optimizer, set_dropout_rate
from thinc.types import Floats2d

from govner.layers.blas import use_blas
from govner.layers.crf import Chain, Floats, Ints, gradient, pack
from govner.layers.growth import grow_scores, has_weights, know_more_bagged
from govner.layers.known_bag import count_bags
from govner.layers.known_embed import KeyCounter, set_known
from govner.layers.transitions import add_gradient, chain_of
from govner.paragraphs.component import ParagraphFinder
from govner.scheme import PARAGRAPHS_KEY, SECTIONS_KEY
from govner.sections.scorer import score_sections
from govner.training.passes import read_passes

DEFAULT_MODEL = Config().from_str(
    """
[model]
@architectures = "govner.ParagraphTagger.v2"
width = 64
field_dropout = 0.4
nO = null

[model.encode]
@architectures = "govner.DilatedWindowEncoder.v1"
width = 64
pieces = 2
dilations = [1, 1]
"""
)["model"]


@Language.factory(
    "govner_sections",
    requires=["doc.spans"],
    assigns=["doc.spans"],
    default_config={"model": DEFAULT_MODEL, "scorer": {"@scorers": "govner.sections_scorer.v1"}},
    default_score_weights={"sections_acc": 1.0, "sections_macro_f": 0.0, "sections_per_type": None},
)
def make_sections(nlp: Language, name: str, model: Model, scorer: Callable | None) -> "SectionLabeller":
    """Create a `govner_sections` component; see `SectionLabeller`."""
    return SectionLabeller(nlp.vocab, model, name, scorer=scorer)


class SectionLabeller(TrainablePipe):
    """Labels the sequence of a document's paragraphs and sets `doc.spans["sections"]`.

    The group's `attrs` hold one item a span: `probability` (of its label, in [0, 1]) beside the `level`, `heading` and
    `heading_path` that `govner_paragraphs` found.

    vocab (Vocab): The shared vocabulary.
    model (Model[list[Doc], list[Floats2d]]): Scores, as `govner.ParagraphTagger.v2` gives them.
    name (str): Name of the component in the pipeline.
    scorer (Callable | None): Scoring method.
    """

    def __init__(
        self,
        vocab: Vocab,
        model: Model,
        name: str = "govner_sections",
        *,
        scorer: Callable | None = score_sections,
    ) -> None:
        self.vocab = vocab
        self.model = model
        use_blas(model)
        self.name = name
        self.scorer = scorer
        self.cfg: dict[str, Any] = {"labels": []}

    @property
    def labels(self) -> tuple[str, ...]:
        """The section labels, in the order of their scores."""
        return tuple(self.cfg["labels"])

    @property
    def label_data(self) -> tuple[str, ...]:
        """What `spacy init labels` writes."""
        return self.labels

    def add_label(self, label: str) -> int:
        """Add a label; returns 1 if it is new, else 0.

        A model that is initialized grows (see `govner.layers.growth`): what it says of other labels stays as it is.
        """
        if label in self.labels:
            return 0
        if has_weights(self.model):
            grow_scores(self.model, 1)
        self.cfg["labels"].append(label)
        return 1

    def add_features(self, examples: Iterable[Example], min_count: int) -> int:
        """Let an initialized model know features beside those it knows.

        examples (Iterable[Example]): Examples to find them in.
        min_count (int): A feature is known that occurs so often; once a paragraph.
        RETURNS (int): How many are new.
        """
        extract, counter = self.model.get_ref("extract"), KeyCounter()
        for example in examples:
            count_bags(counter, extract.predict([_with_paragraphs(example.predicted)])[0])
        return know_more_bagged(self.model.get_ref("known"), counter.frequent(min_count))

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,
        labels: Sequence[str] | None = None,
        known_from: Callable[[Language], Iterable[Example]] | None = None,
        passes: int = 1,
        min_count: int = 1,
    ) -> None:
        """Set labels and sizes from examples, and choose the features to know.

        get_examples (Callable): Gives training examples with gold `spans["sections"]`.
        nlp (Language | None): The pipeline.
        labels (Sequence[str] | None): Labels beside those added before, if not to be found in the examples.
        known_from (Callable | None): A reader of the whole training corpus, as in [corpora]; `get_examples` if None.
        passes (int): How often to read it, where each reading varies the examples.
        min_count (int): A feature is known that occurs in so many paragraphs of a pass, on average.
        RAISES (ValueError): There is no label.
        """
        validate_get_examples(get_examples, "SectionLabeller.initialize")
        if labels is None:
            labels = sorted(
                {span.label_ for example in get_examples() for span in example.reference.spans.get(SECTIONS_KEY, ())}
            )
        self.cfg["labels"] = list(dict.fromkeys([*self.labels, *labels]))
        if not self.labels:
            raise ValueError(f"{self.name!r} has no labels: no example has spans[{SECTIONS_KEY!r}]; annotate sections")
        self.model.get_ref("output").set_dim("nO", len(self.labels))
        self.model.get_ref("transitions").set_dim("nO", len(self.labels))
        extract, counter = self.model.get_ref("extract"), KeyCounter()
        for example in read_passes(get_examples, nlp, known_from, passes):
            count_bags(counter, extract.predict([_with_paragraphs(example.predicted)])[0])
        set_known(self.model.get_ref("known"), counter.frequent(min_count * passes))
        docs = [example.predicted for example in islice(get_examples(), 10)]
        self.model.initialize(X=[_with_paragraphs(doc) for doc in docs])

    def predict(self, docs: Iterable[Doc]) -> list[tuple[Ints, Floats]]:
        """Find the best labels of each document's paragraphs.

        docs (Iterable[Doc]): Documents with `spans["paragraphs"]`.
        RETURNS (list): For each document the label numbers, and the probability of each, by paragraph.
        RAISES (ValueError): A document has no `spans["paragraphs"]`.
        """
        docs = list(docs)
        if any(PARAGRAPHS_KEY not in doc.spans for doc in docs):
            raise ValueError(f"{self.name!r} needs doc.spans[{PARAGRAPHS_KEY!r}]; add govner_paragraphs before it")
        chain = self.chain()
        counts = np.array([len(doc.spans[PARAGRAPHS_KEY]) for doc in docs], np.intp)
        if not counts.sum():
            return [(np.zeros(0, np.intp), np.zeros(0)) for _ in docs]
        flat = self.model.ops.to_numpy(self.model.ops.xp.concatenate(self.model.predict(docs)))
        packing = pack(counts[counts > 0])
        labels = chain.decode(flat, packing)
        certain, _ = chain.infer(flat, packing).path_probabilities(labels)
        cuts = np.cumsum(counts)[:-1]
        return list(zip(np.split(labels, cuts), np.split(certain, cuts), strict=True))

    def set_annotations(self, docs: Iterable[Doc], predictions: list[tuple[Ints, Floats]]) -> None:
        """Set `doc.spans["sections"]` from what `predict` returned."""
        for doc, (labels, certain) in zip(docs, predictions, strict=True):
            paragraphs = doc.spans[PARAGRAPHS_KEY]
            spans = [
                Span(doc, span.start, span.end, label=self.labels[label])
                for span, label in zip(paragraphs, labels.tolist(), strict=True)
            ]
            attrs = {**paragraphs.attrs, "probability": [round(value, 4) for value in certain.tolist()]}
            doc.spans[SECTIONS_KEY] = SpanGroup(doc, name=SECTIONS_KEY, attrs=attrs, spans=spans)

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Optimizer | None = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """Learn from examples; a paragraph whose gold label is unknown is summed over.

        examples (Iterable[Example]): A batch.
        drop (float): Dropout rate.
        sgd (Optimizer | None): Optimizer; None leaves the weights alone.
        losses (dict | None): Updated with the negative log likelihood under the component's name.
        RETURNS (dict): The losses.
        """
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        examples = list(examples)
        validate_examples(examples, "SectionLabeller.update")
        docs = [_with_paragraphs(example.predicted) for example in examples]
        counts = np.array([len(doc.spans[PARAGRAPHS_KEY]) for doc in docs], np.intp)
        if not counts.sum():
            return losses
        set_dropout_rate(self.model, drop)
        scores, backprop = self.model.begin_update(docs)
        gold = np.array([label for example in examples for label in self._gold(example)], np.intp)
        flat = self.model.ops.to_numpy(self.model.ops.xp.concatenate(scores))
        chain = self.chain()
        d_flat, d_chain, loss = gradient(chain, flat, pack(counts[counts > 0]), gold)
        weight = 1.0 / len(examples)
        add_gradient(self.model.get_ref("transitions"), d_chain * weight)
        losses[self.name] += float(loss * weight)
        parts = np.split((d_flat * weight).astype(np.float32), np.cumsum(counts)[:-1])
        backprop([self.model.ops.asarray2f(cast(Floats2d, part)) for part in parts])
        if sgd is not None:
            self.finish_update(sgd)
        return losses

    def chain(self) -> Chain:
        """The chain that decodes the network's scores."""
        return chain_of(self.model.get_ref("transitions"))

    def _gold(self, example: Example) -> list[int]:
        """The gold label number of each predicted paragraph; -1 where it is not exactly one gold paragraph."""
        numbers = {label: number for number, label in enumerate(self.labels)}
        gold = {
            (span.start_char, span.end_char): numbers.get(span.label_, -1)
            for span in example.reference.spans.get(SECTIONS_KEY, ())
        }
        return [gold.get((span.start_char, span.end_char), -1) for span in example.predicted.spans[PARAGRAPHS_KEY]]


_find_paragraphs = ParagraphFinder()


def _with_paragraphs(doc: Doc) -> Doc:
    """A training document has not been through the pipeline; find its paragraphs if need be."""
    return doc if PARAGRAPHS_KEY in doc.spans else _find_paragraphs(doc)
