"""What several commands need: the console, the model to use, writing a file."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from spacy.util import is_package

from govner.errors import InputError

# Paths stay whole; a terminal wraps them.
console = Console(highlight=False, soft_wrap=True)

_PACKAGE = "zh_govner_sm"
_TRAINED = Path("training/output/zh_govner_sm/model-best")


def default_model() -> str:
    """The model to use where none is named: the installed package, or else the one trained in this checkout."""
    return str(_TRAINED) if not is_package(_PACKAGE) and _TRAINED.is_dir() else _PACKAGE


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 file, its directory included; raises InputError where that is not allowed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf8")
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror}); choose another place", path) from None
