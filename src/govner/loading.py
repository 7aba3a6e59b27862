"""Load a trained pipeline, and say in a line what is wrong with one that cannot be."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import get_model_meta, is_package

from govner.errors import InputError
from govner.own_labels import adopt, own_labels_of
from govner.scheme import MENTIONS_KEY, SECTIONS_KEY

_REMEDY = "name a trained pipeline, such as training/output/zh_govner_sm/model-best, or an installed package"


def load_pipeline(model: str) -> Language:
    """Load a pipeline; labels of its own are shown in their colours from then on.

    model (str): A path or the name of an installed package.
    RETURNS (Language): The pipeline.
    RAISES (InputError): There is none, or it is not a spaCy pipeline of this version.
    """
    try:
        nlp = spacy.load(model)
        adopt(own_labels_of(nlp.meta))
    except OSError:
        if Path(model).exists():
            raise InputError(f"is not a spaCy pipeline; {_REMEDY}", model) from None
        raise InputError(f"no such model; {_REMEDY}", model) from None
    except (ValueError, KeyError, ImportError) as error:
        raise InputError(f"cannot be loaded ({error}); retrain it with this version", model) from None
    return nlp


def meta_of(model: str) -> dict[str, Any]:
    """The metadata of a pipeline, without loading it.

    model (str): A path or the name of an installed package.
    RETURNS (dict): What its `meta.json` says.
    RAISES (InputError): There is none.
    """
    try:
        if Path(model).exists() or not is_package(model):
            return get_model_meta(Path(model))
        return get_model_meta(Path(str(files(model))))
    except (OSError, ValueError, ImportError):
        raise InputError(f"no such model; {_REMEDY}", model) from None


def require_annotations(nlp: Language, model: str) -> None:
    """Raise InputError unless a pipeline is one of ours, with entities and sections."""
    missing = [name for name in ("govner_entities", "govner_sections") if name not in nlp.pipe_names]
    if missing:
        raise InputError(
            f"has no {' and no '.join(missing)}; {MENTIONS_KEY} and {SECTIONS_KEY} need a govner model", model
        )
