"""Read a training corpus several times, as training will."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from spacy.language import Language
from spacy.training import Example


def read_passes(
    get_examples: Callable[[], Iterable[Example]],
    nlp: Language | None,
    reader: Callable[[Language], Iterable[Example]] | None,
    passes: int,
) -> Iterator[Example]:
    """Yield all training examples some times over.

    Of a corpus that is read anew each epoch spaCy shows a component but a sample; what must see all reads it itself.

    get_examples (Callable): spaCy's sample, read once where there is no reader.
    nlp (Language | None): The pipeline, for the reader.
    reader (Callable | None): A reader of the corpus, as in [corpora] of a config.
    passes (int): How often to read it.
    YIELDS (Example): The examples.
    RAISES (ValueError): There is a reader but no pipeline, or fewer than one pass.
    """
    if passes < 1:
        raise ValueError(f"passes is {passes}; read the corpus at least once")
    if reader is not None and nlp is None:
        raise ValueError("known_from needs the pipeline; give nlp")
    for _ in range(passes):
        yield from get_examples() if reader is None or nlp is None else reader(nlp)
