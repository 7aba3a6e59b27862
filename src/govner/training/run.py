"""Train a pipeline from a config: spaCy's own initialization and loop, with plain messages for bad input."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from confection import ConfigValidationError
from spacy.cli._util import parse_config_overrides
from spacy.language import DEFAULT_CONFIG
from spacy.training.initialize import init_nlp
from spacy.training.loop import DIR_MODEL_BEST
from spacy.training.loop import train as train_nlp
from spacy.util import load_config
from thinc.api import Config

from govner.errors import InputError


def train_model(config_path: Path, output: Path, corpus: Path | None, overrides: list[str]) -> Path | None:
    """Train a pipeline and save it.

    config_path (Path): A spaCy training config.
    output (Path): Directory; gets `model-best` and `model-last`.
    corpus (Path | None): Fills in `paths.train` and `paths.dev` where the config leaves them null.
    overrides (list[str]): Settings as on spaCy's command line, such as ["--training.max_steps", "100"].
    RETURNS (Path | None): The best model; None if the user interrupted before there was one.
    RAISES (InputError): Config or corpus are missing or bad, or the output cannot be written.
    """
    return run_config(load_settings(config_path, overrides), config_path, output, {"train": corpus, "dev": corpus})


def run_config(config: Config, config_path: Path, output: Path, given: Mapping[str, Path | str | None]) -> Path | None:
    """Train a pipeline from a config that is loaded; else as `train_model`.

    config (Config): The config, as `load_settings` gives it.
    config_path (Path): Where it came from, for messages.
    output (Path): Directory; gets `model-best` and `model-last`.
    given (Mapping[str, Path | str | None]): Fills in what `[paths]` leaves null.
    RETURNS (Path | None): The best model; None if the user interrupted before there was one.
    RAISES (InputError): Config or corpus are missing or bad, or the output cannot be written.
    """
    paths: dict[str, Any] = config.get("paths", {})
    for name, path in given.items():
        if paths.get(name) is None:
            paths[name] = None if path is None else str(path)
    try:
        output.mkdir(parents=True, exist_ok=True)
        probe = output / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror}); choose another --output", output) from None
    best = output / DIR_MODEL_BEST
    earlier = _saved_at(best)
    if not sys.stdout.isatty():
        os.environ.setdefault("ANSI_COLORS_DISABLED", "1")  # spaCy colours its messages wherever they go
    try:
        nlp = init_nlp(config)
        train_nlp(nlp, output)
    except KeyboardInterrupt:
        is_new = _saved_at(best) != earlier
        kept = f"the best model so far is {best}" if is_new else "no model was good enough to keep yet"
        print(f"stopped; {kept}", file=sys.stderr)
        return best if is_new else None
    except ConfigValidationError as error:
        raise InputError(f"{_first_problem(error)}; mend the setting", config_path) from None
    except InputError:
        raise
    except (ValueError, KeyError, ImportError) as error:
        # spaCy and confection report bad settings (unknown factory or language, missing corpus, wrong type) this way.
        raise InputError(f"{_one_line(error)}; mend the config", config_path) from None
    return best


def _saved_at(model: Path) -> int:
    """When a model was saved, in nanoseconds; 0 if there is none."""
    meta = model / "meta.json"
    return meta.stat().st_mtime_ns if meta.exists() else 0


def load_settings(path: Path, overrides: list[str]) -> Config:
    """Load a config with settings changed.

    path (Path): The config.
    overrides (list[str]): Settings as on spaCy's command line.
    RETURNS (Config): The config, not interpolated.
    RAISES (InputError): There is no such config, it is broken, or it lacks a setting.
    """
    if not path.is_file():
        raise InputError("no such config; see configs/", path)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            settings = parse_config_overrides(list(overrides))
    except (SystemExit, Exception):
        # spaCy prints what is wrong and exits, or raises an error of the command line's.
        raise InputError(
            f"cannot use the settings {' '.join(overrides)}; write --section.setting value", path
        ) from None
    try:
        known = DEFAULT_CONFIG.merge(load_config(path, interpolate=False))
        for setting in settings:
            if not _has(known, setting.split(".")):
                raise InputError(f"has no setting {setting}; mend its name, or add it to the config", path)
        return load_config(path, overrides=settings, interpolate=False)
    except InputError:
        raise
    except ConfigValidationError as error:
        raise InputError(f"{_first_problem(error)}; mend the setting", path) from None
    except Exception as error:
        # configparser, srsly and confection each raise their own kind for a file that is no config.
        raise InputError(f"is not a valid config ({_one_line(error)})", path) from None


def _has(config: Any, keys: list[str]) -> bool:
    return not keys or (isinstance(config, dict) and keys[0] in config and _has(config[keys[0]], keys[1:]))


def _first_problem(error: ConfigValidationError) -> str:
    if error.errors:
        first = error.errors[0]
        return f"{'.'.join(map(str, first.get('loc', ())))}: {first.get('msg', '')}".strip(": ")
    return _one_line(error)


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300].rstrip(".")
