"""Go on training a pipeline on reports of one's own, and say what that did to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc

# Registered functions that the config names.
import govner.training.extension
import govner.training.rehearsal  # noqa: F401
from govner.corpus.reader import read_reports, report_to_doc
from govner.errors import InputError
from govner.evaluation.scores import Evaluation, evaluate
from govner.loading import load_pipeline, require_annotations
from govner.progress import progress_bar
from govner.training.effect import Effect
from govner.training.rehearsal import read_rehearsed
from govner.training.run import load_settings, run_config

SCORES_FILE: Final = "continued.json"


def continue_training(
    source: str,
    output: Path,
    corpus: Path,
    rehearse: Path | None = None,
    config_path: Path | None = None,
    overrides: list[str] | None = None,
) -> tuple[Path, list[Effect]] | None:
    """Train a pipeline further on annotated reports; labels that it lacks are added.

    source (str): The trained pipeline, by path or package name.
    output (Path): Directory; gets `model-best`, `model-last` and the scores before and after (`continued.json`).
    corpus (Path): Annotated reports, of the splits train and dev; a `labels.toml` beside them adds labels.
    rehearse (Path | None): Old reports to go on with, as `govner.training.rehearsal.read_rehearsed` takes them.
    config_path (Path | None): A config to use for that of the package, `continue.cfg`.
    overrides (list[str] | None): Settings of the config, as on spaCy's command line.
    RETURNS (tuple[Path, list[Effect]] | None): The best model, and its scores on reports of dev, the new and the old;
        None if the user interrupted before there was a model.
    RAISES (InputError): Model, config or reports are missing or bad, or the output cannot be written.
    """
    before = load_pipeline(source)
    require_annotations(before, source)
    gold = _gold(before, corpus, rehearse)
    given: dict[str, Path | str | None] = {"source": source, "train": corpus, "dev": corpus, "rehearse": rehearse}
    with as_file(files(__package__).joinpath("continue.cfg")) as shipped:
        path = config_path or shipped
        best = run_config(load_settings(path, overrides or []), path, output, given)
    if best is None:
        return None
    after = load_pipeline(str(best))
    with progress_bar("scoring", 2 * sum(len(doc) for docs in gold.values() for doc in docs), "characters") as bar:

        def told(characters: int) -> None:
            bar.advance(bar.task_ids[0], characters)

        effects = [Effect(what, _score(before, docs, told), _score(after, docs, told)) for what, docs in gold.items()]
    write_scores(output / SCORES_FILE, source, effects)
    return best, effects


def _gold(nlp: Language, corpus: Path, rehearse: Path | None) -> dict[str, list[Doc]]:
    """Documents to score on, by what they are; old ones are left out where none is to be had."""
    found = {"new reports": [report_to_doc(report, nlp.vocab) for report in read_reports([corpus], "dev")]}
    if rehearse is not None:
        old = read_rehearsed(rehearse, "dev", lambda: nlp)
        found["old reports"] = [report_to_doc(report, nlp.vocab) for report in old]
    return {what: docs for what, docs in found.items() if docs}


def _score(nlp: Language, docs: list[Doc], progress: Callable[[int], None]) -> Evaluation:
    return evaluate(nlp, docs, progress)


def write_scores(path: Path, source: str, effects: list[Effect]) -> None:
    """Write scores before and after as JSON; raises InputError where that is not allowed."""
    values: dict[str, Any] = {"source": source, **{effect.what: effect.to_json() for effect in effects}}
    try:
        path.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror}); choose another --output", path) from None
