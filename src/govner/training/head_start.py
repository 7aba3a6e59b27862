"""Train the scores of new tags before the rest of a network.

Tags that begin from nothing send large gradients through all layers, which spoils what these have learnt; so the new
tags are trained alone first (linear probing, then fine-tuning: Kumar et al. 2022). The old tags' scores stay as they
are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, Final

from spacy.pipeline.trainable_pipe import TrainablePipe
from spacy.training import Example
from thinc.api import Adam

_LEARN_RATE: Final = 0.05


def train_new_tags(
    component: TrainablePipe,
    before: int,
    read: Callable[[], Iterable[Example]],
    batch_words: int,
    steps: int,
    done: Callable[[], None] = lambda: None,
) -> None:
    """Train the tags that a tagger was given last.

    component (TrainablePipe): With the refs "output" and "transitions" in its model.
    before (int): How many tags it had before.
    read (Callable): Gives examples anew each time: those with the new tags, and others.
    batch_words (int): Tokens that are learnt from together, at least.
    steps (int): How often the tags are changed.
    done (Callable): Called after each step.
    """
    model = component.model
    output, transitions = model.get_ref("output"), model.get_ref("transitions")
    optimizer = Adam(_LEARN_RATE, L2=0.0, use_averages=False)
    for step, batch in enumerate(islice(_batches(read, batch_words), steps)):
        optimizer.learn_rate = _LEARN_RATE * (1 - step / steps)
        component.update(batch, drop=0.1)
        for layer, name in ((output, "W"), (output, "b"), (transitions, "W")):
            gradient: Any = layer.get_grad(name)
            if layer is transitions:
                gradient[:before, :before] = 0.0
                gradient[-2:, :before] = 0.0
            else:
                gradient[:before] = 0.0
            value, _ = optimizer((layer.id, name), layer.get_param(name), gradient)
            layer.set_param(name, value)
        for layer in model.walk():
            for name in layer.grad_names:
                layer.set_grad(name, layer.ops.xp.zeros_like(layer.get_grad(name)))
        done()


def _batches(read: Callable[[], Iterable[Example]], words: int) -> Iterable[list[Example]]:
    """Examples in batches of at least so many tokens, read over and over; an end that is too short is left out."""
    while True:
        batch: list[Example] = []
        complete = 0
        for example in read():
            batch.append(example)
            if sum(len(one.predicted) for one in batch) >= words:
                yield batch
                batch, complete = [], complete + 1
        if batch and not complete:
            yield batch
        elif not complete:
            return
