"""Describe a trained model in its `meta.json`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline.trainable_pipe import TrainablePipe
from spacy.util import get_minor_version_range, registry

import govner
from govner.corpus.reader import read_reports
from govner.errors import InputError
from govner.layers.known_embed import round_vectors
from govner.loading import meta_of
from govner.own_labels import META_KEY, labels_for, own_labels_of
from govner.scheme import SCHEME, Scheme

# What a pipeline's wheel must require. `spacy package` finds it by itself, but not where govner is installed editable.
REQUIREMENT = f"govner{get_minor_version_range(govner.__version__)}"


@registry.callbacks("govner.describe_model.v1")
def create_describe_model(
    name: str, description: str, corpus: str | None = None, source: str | None = None
) -> Callable[[Language], Language]:
    """Create a callback for `before_to_disk` that fills in the metadata of a model and makes it small.

    name (str): Package name without the language, such as `govner_sm`.
    description (str): One sentence.
    corpus (str | None): Path of the annotated reports it is trained on, to be counted; left out if it has none.
    source (str | None): The pipeline that training went on from, by path or package name; it is named as such, and its
        own labels stay.
    RETURNS (Callable): Sets `nlp.meta`, with the labels that a `labels.toml` beside the corpus adds; rounds the vectors
        of features (see `round_vectors`); returns the pipeline.
    """
    counted = _describe_corpus(corpus)
    own = labels_for(Path(corpus)) - SCHEME if corpus else Scheme()
    before = meta_of(source) if source else {}
    own = own_labels_of(before) | own

    def describe(nlp: Language) -> Language:
        for _, component in nlp.pipeline:
            if isinstance(component, TrainablePipe):
                round_vectors(component.model)
        nlp.meta.update(
            name=name,
            version=govner.__version__,
            description=description,
            author="govner contributors",
            license="MIT",
            requirements=[REQUIREMENT],
            sources=[
                {
                    "name": "govner corpus",
                    "author": "govner contributors",
                    "license": "CC BY 4.0",
                    "url": "",
                }
            ],
        )
        if counted:
            nlp.meta["corpus"] = counted
        if source:
            # What others make of the model is theirs to sign and to license.
            nlp.meta.update(author="", license="", continued_from={key: before.get(key) for key in ("name", "version")})
        if own:
            nlp.meta[META_KEY] = own.to_json()
        return nlp

    return describe


def _describe_corpus(path: str | None) -> dict[str, Any]:
    """Count the reports, characters and mentions a path holds, by split."""
    if not path or not Path(path).exists():
        return {}
    try:
        reports = list(read_reports([Path(path)]))
    except InputError:
        return {}
    splits: dict[str, dict[str, int]] = {}
    for report in reports:
        counts = splits.setdefault(report.meta.get("split", ""), {"reports": 0, "characters": 0, "mentions": 0})
        counts["reports"] += 1
        counts["characters"] += len(report.text)
        counts["mentions"] += len(report.mentions())
    return {
        "description": "Annotated government information-disclosure reports with invented issuers and persons",
        "splits": splits,
    }
