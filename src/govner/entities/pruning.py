"""Leave tokens undecoded that are certainly outside every mention.

A mention over a token has to begin at or before it and to end at or after it. What the best beginning, the best way on
and the best end could gain over the tags that are best one by one bounds the odds that there is one; where the bound is
tiny, the token is outside. Most of a report is such text, and the lines fall into short runs. (Coarse pruning before
exact inference: Charniak et al. 2006.) Moves count as the dearest there is; what those of the best tags cost is left
out, which does no harm while transition scores are small beside tag scores, as trained ones are.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from govner.entities.tags import OUTSIDE, TagSet
from govner.layers.crf import Chain, Floats, Ints

# Odds below exp(-8), 0.0003, count as none.
_CERTAIN: Final = 8.0


def uncertain_runs(scores: NDArray[np.floating], lengths: Ints, chain: Chain, tags: TagSet) -> tuple[Ints, Ints]:
    """Find what has to be decoded: tokens that a mention may cover, and one on each side of them.

    scores (floats, tokens x tags): Tag scores of lines laid end to end, at least one.
    lengths (ints, lines): Lengths of the lines, all at least 1.
    chain (Chain): The transition scores.
    tags (TagSet): The tags.
    RETURNS (tuple of ints): Lengths of the runs of tokens to decode, and the places of these tokens.
    """
    line = np.repeat(np.arange(len(lengths)), lengths)
    starts_line = np.concatenate(([True], line[1:] != line[:-1]))
    ends_line = np.concatenate((starts_line[1:], [True]))
    covered = coverage_gains(scores, line, chain, tags) > -_CERTAIN
    kept = covered.copy()
    kept[1:] |= covered[:-1] & ~starts_line[1:]
    kept[:-1] |= covered[1:] & ~ends_line[:-1]
    places = np.flatnonzero(kept)
    starts_run = starts_line[places]
    starts_run[1:] |= np.diff(places) > 1
    starts_run[:1] = True
    return np.diff(np.append(np.flatnonzero(starts_run), len(places))), places


def coverage_gains(scores: NDArray[np.floating], line: Ints, chain: Chain, tags: TagSet) -> Floats:
    """For each token, a bound of how much more the best mention over it scores than the tags best one by one there.

    Where these make no legal sequence from one token outside to the next, no mention there is what it is compared with.

    scores (floats, tokens x tags): Tag scores of lines laid end to end.
    line (ints, tokens): Number of the line that each token is on.
    chain (Chain): The transition scores.
    tags (TagSet): The tags.
    RETURNS (floats, tokens): The bounds.
    """
    nothing = np.full(len(scores), -np.inf)
    if len(tags) == 1:
        return nothing
    # What a move can gain over one outside, at most.
    move = float(np.max(chain.transitions, where=np.isfinite(chain.transitions), initial=-np.inf))
    move -= float(chain.transitions[OUTSIDE, OUTSIDE])
    over = scores - _greedy_scores(scores, line, chain)[:, None]
    kinds = over[:, OUTSIDE + 1 :].reshape(len(scores), -1, 4).max(axis=1).astype(np.float64) + move
    begin, inside, last, unit = kinds.T
    sums = np.cumsum(inside)
    sums_before = sums - inside
    # Running maxima start anew with each line because the lines lie this far apart.
    apart = line * (np.ptp(begin - sums) + np.ptp(last + sums_before) + 1.0)
    into, onward = nothing.copy(), nothing
    same = line[1:] == line[:-1]
    begun = np.maximum.accumulate(begin - sums + apart)[:-1]
    into[1:][same] = (begun + sums_before[1:] - apart[1:])[same]
    ended = np.maximum.accumulate((last + sums_before - apart)[::-1])[::-1][1:]
    onward[:-1][same] = (ended - sums[:-1] + apart[:-1])[same]
    return np.maximum.reduce([unit, begin + onward, into + last, into + inside + onward])


def _greedy_scores(scores: NDArray[np.floating], line: Ints, chain: Chain) -> NDArray[np.floating]:
    """Scores of the best tag of each token; that of none where the best tags of a stretch without none are illegal."""
    best = scores.argmax(axis=1)
    same = line[1:] == line[:-1]
    moves = np.isfinite(chain.transitions)
    legal_in, legal_out = np.isfinite(chain.start)[best], np.isfinite(chain.end)[best]
    legal_in[1:][same] = moves[best[:-1], best[1:]][same]
    legal_out[:-1][same] = moves[best[:-1], best[1:]][same]
    # A stretch goes on as long as neighbours on a line both have a tag.
    starts = np.concatenate(([True], ~same | (best[1:] == OUTSIDE) | (best[:-1] == OUTSIDE)))
    stretch = np.cumsum(starts) - 1
    illegal = np.bincount(stretch, ~(legal_in & legal_out)) > 0
    rows = np.arange(len(scores))
    return scores[rows, np.where(illegal[stretch], OUTSIDE, best)]
