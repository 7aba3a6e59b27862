"""Turn tag scores into mentions and their probabilities."""

from __future__ import annotations

from typing import Final, cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ORTH
from spacy.tokens import Doc

from govner.entities.discourse import LEAST, missed_repeats
from govner.entities.pruning import uncertain_runs
from govner.entities.tags import TagSet
from govner.layers.crf import Bools, Chain, Floats, Inference, Ints, pack
from govner.tokens.characters import newline_mask, tokens_read

_TINY: Final = 1e-300
# Far beyond any run of a report; a mention at the end of a piece may be cut.
_LONGEST: Final = 4_000


def decode(
    docs: list[Doc], scores: NDArray[np.float32], sizes: list[int], chain: Chain, tag_set: TagSet
) -> list[tuple[Ints, Floats]]:
    """Decode the lines of some documents together: the longer the queue at each step, the fewer steps.

    docs (list[Doc]): Documents.
    scores (floats, tokens x tags): Tag scores of their tokens that are read, laid end to end.
    sizes (list[int]): How many of these each document has.
    chain (Chain): The transition scores.
    tag_set (TagSet): The tags.
    RETURNS (list): For each document the tags of its tokens that are read, and at the last token of a mention the
        probability that just these tokens are one. They are the best tags, and those of mentions said again (see
        `govner.entities.discourse`) whose probability is at least `LEAST`.
    """
    tags, probabilities = np.zeros(len(scores), np.intp), np.ones(len(scores))
    newlines = [newline_mask(doc)[places_read(doc, size)] for doc, size in zip(docs, sizes, strict=True)]
    lengths, inner = lines_of(newlines)
    if len(lengths):
        lengths, kept = uncertain_runs(scores[inner], lengths, chain, tag_set)
        inner, lengths = inner[kept], cut_runs(lengths)
    if len(lengths):
        packing = pack(lengths)
        best = chain.decode(scores[inner], packing)
        inference = chain.infer(scores[inner], packing)
        tags[inner], probabilities[inner] = best, _mention_probabilities(inference, best, tag_set)
        decoded = np.zeros(len(scores), bool)
        decoded[inner] = True
        repeats = _repeats(docs, sizes, tags, decoded, tag_set)
        if repeats:
            with_repeats = tags.copy()
            for start, end, label in repeats:
                with_repeats[start:end] = tag_set.encode_mention(label, end - start)
            certain = np.ones(len(scores))
            certain[inner] = _mention_probabilities(inference, with_repeats[inner], tag_set)
            for start, end, _ in repeats:
                if certain[end - 1] >= LEAST:
                    tags[start:end] = with_repeats[start:end]
                    probabilities[end - 1] = certain[end - 1]
    cuts = np.cumsum(sizes)[:-1]
    return list(zip(np.split(tags, cuts), np.split(probabilities, cuts), strict=True))


def places_read(doc: Doc, size: int) -> Ints:
    """Places of the tokens of a document that are read, `size` of them."""
    return np.arange(size) if size == len(doc) else tokens_read(doc)


def lines_of(newlines: list[Bools]) -> tuple[Ints, Ints]:
    """Lengths of the non-empty lines of some documents laid end to end, and the rows of their tokens."""
    # A line never goes on from one document into the next.
    marks = np.concatenate([part for mask in newlines for part in (mask, [True])])
    breaks = np.flatnonzero(marks)
    lengths = np.diff(np.concatenate(([-1], breaks))) - 1
    inner = np.flatnonzero(~np.concatenate(newlines))
    return lengths[lengths > 0], inner


def cut_runs(lengths: Ints, most: int = _LONGEST) -> Ints:
    """Cut runs longer than `most` into pieces of that length and a last one, so that decoding takes few steps.

    lengths (ints, runs): Lengths of runs, all at least 1.
    most (int): The greatest length to leave.
    RETURNS (ints, pieces): Lengths of the pieces.
    """
    if not len(lengths) or lengths.max() <= most:
        return lengths
    pieces = -(-lengths // most)
    cut = np.full(int(pieces.sum()), most, lengths.dtype)
    cut[np.cumsum(pieces) - 1] = lengths - (pieces - 1) * most
    return cut


def _mention_probabilities(inference: Inference, path: Ints, tag_set: TagSet) -> Floats:
    """At the last token of each mention of a path, the probability that just these tokens are the mention."""
    marginal, given = inference.path_probabilities(path)
    starts, ends = tag_set.borders(path)
    so_far = np.cumsum(np.log(np.maximum(given, _TINY)))
    whole = marginal.copy()
    whole[ends - 1] = marginal[starts] * np.exp(so_far[ends - 1] - so_far[starts])
    return np.minimum(whole, 1.0)


def _repeats(
    docs: list[Doc], sizes: list[int], tags: Ints, decoded: Bools, tag_set: TagSet
) -> list[tuple[int, int, str]]:
    """Names of each document said again where they were not found, as rows of all documents, and label."""
    found = []
    first = 0
    for doc, size in zip(docs, sizes, strict=True):
        tokens = cast(NDArray[np.uint64], doc.to_array(ORTH))[places_read(doc, size)]
        for start, end, label in missed_repeats(tokens, tags[first : first + size], tag_set):
            # What pruning left out is certainly no mention.
            if decoded[first + start : first + end].all():
                found.append((first + start, first + end, label))
        first += size
    return found
