"""What several commands need: loading a pipeline, writing a file."""

from __future__ import annotations

from pathlib import Path

import spacy
from rich.console import Console
from spacy.language import Language
from spacy.util import is_package

from govner.errors import InputError
from govner.scheme import MENTIONS_KEY, SECTIONS_KEY

# Paths stay whole; a terminal wraps them.
console = Console(highlight=False, soft_wrap=True)

_PACKAGE = "zh_govner_sm"
_TRAINED = Path("training/output/zh_govner_sm/model-best")


def default_model() -> str:
    """The model to use where none is named: the installed package, or else the one trained in this checkout."""
    return str(_TRAINED) if not is_package(_PACKAGE) and _TRAINED.is_dir() else _PACKAGE


def load_pipeline(model: str) -> Language:
    """Load a pipeline by path or package name; raises InputError if there is none or it is not a spaCy pipeline."""
    try:
        return spacy.load(model)
    except OSError:
        remedy = "name a trained pipeline, such as training/output/zh_govner_sm/model-best, or an installed package"
        if Path(model).exists():
            raise InputError(f"is not a spaCy pipeline; {remedy}", model) from None
        raise InputError(f"no such model; {remedy}", model) from None
    except (ValueError, KeyError, ImportError) as error:
        raise InputError(f"cannot be loaded ({error}); retrain it with this version", model) from None


def require_annotations(nlp: Language, model: str) -> None:
    """Raise InputError unless a pipeline is one of ours, with entities and sections."""
    missing = [name for name in ("govner_entities", "govner_sections") if name not in nlp.pipe_names]
    if missing:
        raise InputError(
            f"has no {' and no '.join(missing)}; {MENTIONS_KEY} and {SECTIONS_KEY} need a govner model", model
        )


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 file, its directory included; raises InputError where that is not allowed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf8")
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror}); choose another place", path) from None
