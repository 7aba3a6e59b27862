"""The entity recogniser: `govner_entities`."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline.trainable_pipe import TrainablePipe
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc, Span, SpanGroup
from spacy.training import Example, validate_examples, validate_get_examples
from spacy.vocab import Vocab
from thinc.api import Config, Model, Optimizer, set_dropout_rate
from thinc.types import Floats2d

from govner.entities.batching import CHUNK, in_groups, score_trimmed
from govner.entities.boundaries import may_need_mending, mended
from govner.entities.decoding import decode, lines_of, places_read
from govner.entities.tags import OUTSIDE, TAGS_A_LABEL, TagSet
from govner.layers.blas import use_blas
from govner.layers.crf import Chain, Floats, Ints, gradient, pack
from govner.layers.growth import grow_scores, has_weights, know_more_embedded
from govner.layers.known_embed import KeyCounter, countable, salted, set_known
from govner.layers.transitions import add_gradient, chain_of
from govner.scheme import MENTIONS_KEY
from govner.tokens.alignment import token_grid
from govner.tokens.characters import newline_mask
from govner.training.passes import read_passes

# How far a token's score may depend on others, for an encoder that does not say.
_CONTEXT = 16

DEFAULT_MODEL = Config().from_str(
    """
[model]
@architectures = "govner.CharacterTagger.v2"
nO = null

[model.embed]
@architectures = "govner.CharacterEmbed.v2"
width = 64
feature_dropout = 0.35

[model.encode]
@architectures = "govner.DilatedWindowEncoder.v1"
width = 64
pieces = 2
dilations = [2, 5]
"""
)["model"]


@Language.factory(
    "govner_entities",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={"model": DEFAULT_MODEL, "scorer": {"@scorers": "spacy.ner_scorer.v1"}},
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
)
def make_entities(nlp: Language, name: str, model: Model, scorer: Callable | None) -> "EntityRecognizer":
    """Create a `govner_entities` component; see `EntityRecognizer`."""
    return EntityRecognizer(nlp.vocab, model, name, scorer=scorer)


class EntityRecognizer(TrainablePipe):
    """Tags character tokens line by line with a conditional random field and sets `doc.ents`.

    `doc.spans["mentions"]` holds the same spans; its `attrs["probability"]` is the model's probability, in [0, 1],
    of each mention as a whole. It is low for one that was found only because the document has it elsewhere.

    vocab (Vocab): The shared vocabulary.
    model (Model[list[Doc], list[Floats2d]]): Tag scores, as `govner.CharacterTagger.v2` gives them.
    name (str): Name of the component in the pipeline.
    scorer (Callable | None): Scoring method; `spacy.ner_scorer.v1` by default.
    """

    def __init__(
        self,
        vocab: Vocab,
        model: Model[list[Doc], list[Floats2d]],
        name: str = "govner_entities",
        *,
        scorer: Callable | None = get_ner_prf,
    ) -> None:
        self.vocab = vocab
        self.model = model
        use_blas(model)
        self.name = name
        self.scorer = scorer
        self.cfg: dict[str, Any] = {"labels": []}
        self._tags = TagSet(())

    @property
    def labels(self) -> tuple[str, ...]:
        """The entity labels, in the order of their tags."""
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
            grow_scores(self.model, TAGS_A_LABEL)
        self.cfg["labels"].append(label)
        return 1

    def add_features(self, examples: Iterable[Example], min_count: int) -> int:
        """Let an initialized model know features beside those it knows.

        examples (Iterable[Example]): Examples to find them in.
        min_count (int): A feature is known that occurs so often.
        RETURNS (int): How many are new.
        """
        extract, known = self.model.get_ref("extract"), self.model.get_ref("embed").get_ref("known")
        counters = [KeyCounter() for _ in range(known.get_dim("nI"))]
        for example in examples:
            keys = salted(extract.predict([example.predicted])[0])
            for column, counter in enumerate(counters):
                if column not in known.attrs["left_out"]:
                    counter.add(keys[:, column])
        return know_more_embedded(known, [counter.frequent(min_count) for counter in counters])

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

        get_examples (Callable): Gives training examples; a few dozen fix the sizes.
        nlp (Language | None): The pipeline.
        labels (Sequence[str] | None): Labels beside those added before, if not to be found in the examples.
        known_from (Callable | None): A reader of the whole training corpus, as in [corpora]; `get_examples` if None.
        passes (int): How often to read it, where each reading varies the examples.
        min_count (int): A feature is known that occurs so often in a pass, on average.
        """
        validate_get_examples(get_examples, "EntityRecognizer.initialize")
        if labels is None:
            labels = sorted({span.label_ for example in get_examples() for span in example.reference.ents})
        self.cfg["labels"] = list(dict.fromkeys([*self.labels, *labels]))
        self.model.get_ref("output").set_dim("nO", len(self.tags))
        self.model.get_ref("transitions").set_dim("nO", len(self.tags))
        extract, known = self.model.get_ref("extract"), self.model.get_ref("embed").get_ref("known")
        counter = KeyCounter()
        for example in read_passes(get_examples, nlp, known_from, passes):
            counter.add(countable(known, extract.predict([example.predicted])[0]))
        set_known(known, counter.frequent(min_count * passes))
        self.model.initialize(X=[example.predicted for example in islice(get_examples(), 10)])

    def predict(self, docs: Iterable[Doc]) -> list[tuple[Ints, Floats]]:
        """Find the best tags of each document.

        docs (Iterable[Doc]): Documents.
        RETURNS (list): For each document a tag for each token that is read, and the probability, along the best path,
            that the mention which ends at a token is just that mention.
        """
        chain = self.chain()
        found = []
        for group in in_groups(docs):
            found += decode(group, *self._score(group), chain, self.tags)
        return found

    def set_annotations(self, docs: Iterable[Doc], predictions: list[tuple[Ints, Floats]]) -> None:
        """Set `doc.ents` and `doc.spans["mentions"]` from what `predict` returned.

        Marks that do not pair and addresses cut short are mended (see `govner.entities.boundaries`); mere white space
        is no mention.
        """
        for doc, (tags, probabilities) in zip(docs, predictions, strict=True):
            found = list(self.tags.spans(tags))
            whole = [round(float(probabilities[end - 1]), 4) for _, end, _ in found]
            if len(tags) < len(doc):
                # A mention goes on to the next token that is read: the sounds in it and behind it are its own.
                borders = [*places_read(doc, len(tags)).tolist(), len(doc)]
                found = [(borders[start], borders[end], label) for start, end, label in found]
            suspect = may_need_mending(doc, found)
            ents: list[Span] = []
            certain = []
            for place, (start, end, label) in enumerate(found):
                done = ents[-1].end if ents else 0
                following = found[place + 1][0] if place + 1 < len(found) else len(doc)
                plain = Span(doc, start, end, label=label)
                span = mended(doc, plain, done, following) if suspect[place] else plain
                if span is not None:
                    ents.append(span)
                    certain.append(whole[place])
            doc.ents = ents
            doc.spans[MENTIONS_KEY] = SpanGroup(doc, name=MENTIONS_KEY, attrs={"probability": certain}, spans=ents)

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Optimizer | None = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """Learn from examples; tokens whose gold tag is unknown are summed over.

        examples (Iterable[Example]): A batch.
        drop (float): Dropout rate.
        sgd (Optimizer | None): Optimizer; None leaves the weights alone.
        losses (dict | None): Updated with the negative log likelihood under the component's name.
        RETURNS (dict): The losses.
        """
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        examples = list(examples)
        validate_examples(examples, "EntityRecognizer.update")
        if not any(len(example.predicted) for example in examples):
            return losses
        set_dropout_rate(self.model, drop)
        docs = [example.predicted for example in examples]
        scores, backprop = self.model.begin_update(docs)
        places = [places_read(doc, len(part)) for doc, part in zip(docs, scores, strict=True)]
        gold = np.concatenate([self._gold(example, read) for example, read in zip(examples, places, strict=True)])
        lengths, inner = lines_of([newline_mask(doc)[read] for doc, read in zip(docs, places, strict=True)])
        d_flat = np.zeros((len(gold), len(self.tags)))
        if len(lengths):
            flat = self.model.ops.to_numpy(self.model.ops.xp.concatenate(scores))
            d_inner, d_chain, loss = gradient(self.chain(), flat[inner], pack(lengths), gold[inner])
            weight = 1.0 / len(lengths)
            d_flat[inner] = d_inner * weight
            add_gradient(self.model.get_ref("transitions"), d_chain * weight)
            losses[self.name] += float(loss * weight)
        cuts = np.cumsum([len(part) for part in scores])[:-1]
        backprop([self.model.ops.asarray2f(cast(Floats2d, part.astype(np.float32))) for part in np.split(d_flat, cuts)])
        if sgd is not None:
            self.finish_update(sgd)
        return losses

    def _gold(self, example: Example, read: Ints) -> Ints:
        """Gold tag of each token that is read; -1 around the border of a mention that the tokens cannot express."""
        grid = token_grid(example.predicted)
        gold = np.full(len(read), OUTSIDE, np.intp)
        for span in example.reference.ents:
            start, end = span.start_char, span.end_char
            if found := grid.find(start, end):
                first, last = np.searchsorted(read, found).tolist()
                if first < last:
                    gold[first:last] = self.tags.encode_mention(span.label_, last - first)
            else:
                gold[((grid.starts < end) & (grid.ends > start))[read]] = -1
        return gold

    @property
    def tags(self) -> TagSet:
        """The tags of the labels, in the order of the network's scores."""
        if self._tags.labels != self.labels:
            self._tags = TagSet(self.labels)
        return self._tags

    def chain(self) -> Chain:
        """The chain that decodes the network's scores."""
        return chain_of(self.model.get_ref("transitions"), self.tags.forbidden())

    def _score(self, docs: list[Doc]) -> tuple[NDArray[np.float32], list[int]]:
        """Tag scores of all tokens read of some documents (tokens x tags), and how many each document has.

        They are computed in chunks of about `CHUNK` tokens. A chunk carries as many tokens beyond its ends as can
        change the scores within, so cutting changes nothing.
        """
        keys = self.model.get_ref("extract").predict(docs)
        context = self.model.get_ref("encode").attrs.get("context", _CONTEXT)
        score = self.model.get_ref("score")
        scores: list[NDArray[np.float32]] = []
        waiting: list[tuple[Any, int, int]] = []
        size = 0
        for document in keys:
            for start in range(0, len(document), CHUNK):
                end = min(start + CHUNK, len(document))
                lead = min(context, start)
                if waiting and size + end - start > CHUNK:
                    scores += score_trimmed(score, waiting)
                    waiting, size = [], 0
                waiting.append((document[start - lead : end + context], lead, end - start))
                size += end - start
        scores += score_trimmed(score, waiting)
        flat = np.concatenate(scores) if scores else np.zeros((0, len(self.tags)), np.float32)
        return flat, [len(document) for document in keys]
