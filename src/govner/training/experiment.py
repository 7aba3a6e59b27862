"""Train and score variants of a pipeline, so that every choice rests on a measured comparison.

An experiment is a TOML file:

    corpus = "../corpus/reports"            # paths are relative to the file
    config = "../configs/zh_govner_sm.cfg"
    seeds = [0]
    texts = ["../examples"]                 # speed is measured on these, beside stock `ner`; may be left out
    set = { "training.max_steps" = 700 }    # settings of all variants with this config; may be left out

    [gold.test]                             # what each trained model is scored on
    paths = ["../corpus/reports"]
    split = "test"
    vary = ["spam", "masks"]                # score these variations too, their mean is reported; may be left out

    [[variant]]
    name = "no dictionary"                  # also the names of its directory and file of results
    seeds = [0, 1, 2]                       # config, corpus and seeds may differ from the experiment's
    [variant.set]                           # settings of the config
    "components.govner_entities.model.embed.feature_dropout" = 0.0

A run whose results are there with the same settings is not done again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from typing import Any, Final

import tomllib

from govner.errors import InputError

# Keys and what they hold; a list holds items of the type in it.
_KEYS: Final = {
    "corpus": str,
    "config": str,
    "seeds": [int],
    "texts": [str],
    "set": dict,
    "gold": dict,
    "variant": [dict],
}
_VARIANT_KEYS: Final = {"name": str, "note": str, "corpus": str, "config": str, "seeds": [int], "set": dict}
_GOLD_KEYS: Final = {"paths": [str], "split": str, "vary": [str]}


@dataclass(frozen=True)
class Gold:
    """What models are scored on: annotated files, a split of them, and variations to score besides."""

    name: str
    paths: list[Path]
    split: str | None = None
    vary: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Variant:
    """One way to train: a config, settings that differ from it, and the seeds to try."""

    name: str
    config: Path
    corpus: Path
    seeds: list[int]
    settings: dict[str, Any] = field(default_factory=dict)
    note: str = ""

    @property
    def slug(self) -> str:
        """The name as a file name."""
        return "".join(char if char.isalnum() else "-" for char in self.name).strip("-").lower()


@dataclass(frozen=True)
class Experiment:
    """Variants, what they are scored on, and texts that their speed is measured on."""

    variants: list[Variant]
    gold: list[Gold]
    texts: list[Path] = field(default_factory=list)


def read_experiment(path: Path) -> Experiment:
    """Read an experiment.

    path (Path): A TOML file.
    RETURNS (Experiment): Its variants and gold.
    RAISES (InputError): The file is missing, no TOML, or lacks or misspells a key.
    """
    try:
        found = tomllib.loads(path.read_text("utf8"))
    except FileNotFoundError:
        raise InputError("no such experiment; name a .toml file", path) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"is no TOML ({error}); mend it", path) from None
    _require_keys(found, _KEYS, "the experiment", path)
    folder = path.parent
    gold = []
    for name, item in found.get("gold", {}).items():
        if not isinstance(item, dict):
            raise InputError(f"gold {name!r} is no table; write [gold.{name}]", path)
        _require_keys(item, _GOLD_KEYS, f"gold {name!r}", path)
        paths = [folder / one for one in item.get("paths", [])]
        if not paths:
            raise InputError(f"gold {name!r} has no `paths`; name annotated files or directories", path)
        gold.append(Gold(name, paths, item.get("split"), item.get("vary", [])))
    require_gold_names([target.name for target in gold], path)
    variants = []
    for item in found.get("variant", []):
        _require_keys(item, _VARIANT_KEYS, f"variant {item.get('name')!r}", path)
        merged = {**{key: found[key] for key in ("config", "corpus", "seeds") if key in found}, **item}
        missing = [key for key in ("name", "config", "corpus") if key not in merged]
        if missing:
            raise InputError(f"variant {item.get('name')!r} has no `{missing[0]}`; add it there or on top", path)
        shared = found.get("set", {}) if merged["config"] == found.get("config") else {}
        variants.append(
            Variant(
                merged["name"],
                folder / merged["config"],
                folder / merged["corpus"],
                merged.get("seeds", [0]),
                {**shared, **item.get("set", {})},
                merged.get("note", ""),
            )
        )
    slugs = [variant.slug for variant in variants]
    repeated = sorted({slug for slug in slugs if slugs.count(slug) > 1})
    if repeated or not variants or not gold:
        problem = f"two variants are named {repeated[0]!r}" if repeated else "needs a [[variant]] and a [gold.NAME]"
        raise InputError(f"{problem}; mend it", path)
    return Experiment(variants, gold, [folder / one for one in found.get("texts", [])])


def _require_keys(found: dict[str, Any], known: dict[str, Any], what: str, path: Path) -> None:
    """Raise InputError for a key that is not known, or a value of the wrong type."""
    for key, value in found.items():
        if key not in known:
            raise InputError(f"{what} has an unknown key {key!r}; use {', '.join(sorted(known))}", path)
        wanted = known[key]
        items = value if isinstance(wanted, list) and isinstance(value, list) else [value]
        kind = wanted[0] if isinstance(wanted, list) else wanted
        if isinstance(wanted, list) != isinstance(value, list) or not all(isinstance(item, kind) for item in items):
            name = f"a list of {kind.__name__}" if isinstance(wanted, list) else f"a {kind.__name__}"
            raise InputError(f"{what} has {key} = {value!r}, which is not {name}; mend it", path)


def require_gold_names(names: list[str], path: Path | None = None) -> None:
    """Raise InputError for a name of gold that comes twice or is no word; it becomes a part of file names."""
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"two golds are named {name!r}; rename one", path)
        if not re.fullmatch(r"[\w-]+", name):
            raise InputError(f"gold {name!r} is no name of letters, digits and hyphens; rename it", path)


def run_experiment(
    experiment: Experiment,
    output: Path,
    results: Path,
    *,
    jobs: int = 1,
    only: Iterable[str] = (),
    done: Callable[[str], None] = lambda name: None,
) -> list[dict[str, Any]]:
    """Train and score what is not there yet.

    experiment (Experiment): What to run.
    output (Path): Directory for trained models and logs, one directory a variant and seed.
    results (Path): Directory for a JSON file a variant.
    jobs (int): Trainings at a time, one core each.
    only (Iterable[str]): Names of variants; empty for all.
    done (Callable): Told the name of each run when it is over.
    RETURNS (list[dict]): The results of each variant, in the order of the file.
    RAISES (InputError): There is no such variant, or a training or evaluation failed.
    """
    chosen = set(only)
    unknown = sorted(chosen - {variant.name for variant in experiment.variants})
    if unknown:
        raise InputError(f"no variant {unknown[0]!r}; use {', '.join(v.name for v in experiment.variants)}")
    variants = [variant for variant in experiment.variants if not chosen or variant.name in chosen]
    results.mkdir(parents=True, exist_ok=True)

    def run(task: tuple[Variant, int]) -> dict[str, Any]:
        variant, seed = task
        found = _run_seed(variant, seed, experiment, output / f"{variant.slug}-{seed}")
        done(f"{variant.name}, seed {seed}")
        return found

    tasks = [(variant, seed) for variant in variants for seed in variant.seeds]
    with ThreadPoolExecutor(jobs) as pool:
        by_task = dict(zip([(v.slug, seed) for v, seed in tasks], pool.map(run, tasks), strict=True))
    summaries = []
    for variant in variants:
        runs = [by_task[variant.slug, seed] for seed in variant.seeds]
        summary = {"name": variant.name, "note": variant.note, "settings": variant.settings, "runs": runs}
        (results / f"{variant.slug}.json").write_text(json.dumps(summary, indent=1, ensure_ascii=False) + "\n", "utf8")
        summaries.append(summary)
    return summaries


def _run_seed(variant: Variant, seed: int, experiment: Experiment, directory: Path) -> dict[str, Any]:
    """Train one model and score it; what is there for just these settings and files is not done again."""
    figures = directory / "figures.json"
    found: dict[str, Any] = json.loads(figures.read_text("utf8")) if figures.exists() else {}
    if found.get("key") != _training_key(variant, seed):
        found = _train(variant, seed, directory)
        figures.write_text(json.dumps(found, indent=1) + "\n", "utf8")
    model = directory / "model-best"
    for target in experiment.gold:
        key = _files_key([target.name, target.split, target.vary], target.paths)
        if found["gold"].get(target.name) != key:
            found["scores"][target.name] = _score(model, target, directory)
            found["gold"][target.name] = key
            figures.write_text(json.dumps(found, indent=1) + "\n", "utf8")
    if experiment.texts and "times_stock" not in found:
        file = directory / "speed.json"
        options = ["--rounds", 3, "--processes", "1", "--longest", 10_000, "--output", file]
        _govner(["benchmark", model, *experiment.texts, *options], directory / "speed.log")
        speed = json.loads(file.read_text("utf8"))
        found |= {"characters_a_second": round(median(speed["speed"])), "times_stock": round(speed["ratio"], 2)}
    figures.write_text(json.dumps(found, indent=1) + "\n", "utf8")
    return found | {"scores": {target.name: found["scores"][target.name] for target in experiment.gold}}


def _train(variant: Variant, seed: int, directory: Path) -> dict[str, Any]:
    """Train one model; its figures, still without scores."""
    directory.mkdir(parents=True, exist_ok=True)
    settings = [part for name, value in variant.settings.items() for part in (f"--{name}", json.dumps(value))]
    command = ["train", "--config", variant.config, "--corpus", variant.corpus, "--output", directory]
    start = time.perf_counter()
    _govner([*command, "--training.seed", seed, "--system.seed", seed, *settings], directory / "train.log")
    seconds = time.perf_counter() - start
    size = _size(directory / "model-best")
    key = _training_key(variant, seed)
    return {"key": key, "seed": seed, "seconds": round(seconds), "bytes": size, "scores": {}, "gold": {}}


def _score(model: Path, target: Gold, directory: Path) -> dict[str, Any]:
    file = directory / f"gold-{target.name}.json"
    options: list[object] = ["--split", target.split] if target.split else []
    options += [part for name in target.vary for part in ("--vary", name)]
    log = directory / f"gold-{target.name}.log"
    _govner(["evaluate", model, *target.paths, *options, "--output", file], log)
    return summarise(json.loads(file.read_text("utf8")))


def summarise(scores: dict[str, Any]) -> dict[str, Any]:
    """The figures of an evaluation that variants are compared by, from what `govner evaluate --output` writes."""
    varied = scores.get("varied", {}).values()
    return {
        "entities": scores["entities"]["ALL"]["f"],
        "entities_interval": scores["entities"]["ALL"]["interval"],
        "by_label": {label: score["f"] for label, score in scores["entities"].items() if label != "ALL"},
        "sections": scores["sections_accuracy"]["value"],
        "sections_interval": scores["sections_accuracy"]["interval"],
        "sections_macro": scores["sections_macro_f"]["value"],
        "calibration": {name: found["error"] for name, found in scores.get("calibration", {}).items()},
        "varied_entities": mean(found["entities"]["ALL"]["f"] for found in varied) if varied else None,
        "varied_sections": mean(found["sections_accuracy"]["value"] for found in varied) if varied else None,
    }


def _training_key(variant: Variant, seed: int) -> str:
    """What a training depends on: settings, config and the annotated files it learns from."""
    config = variant.config.read_text("utf8") if variant.config.is_file() else ""
    return _files_key([variant.settings, seed, config], [variant.corpus])


def _files_key(values: list[Any], paths: list[Path]) -> str:
    """A key of some values and of annotated files, directories of them included."""
    digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode())
    for path in paths:
        for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
            digest.update(file.name.encode() + (file.read_bytes() if file.is_file() else b""))
    return digest.hexdigest()[:16]


def _govner(arguments: list[object], log: Path) -> None:
    """Run a command of ours on one core, with its output in a log; raises InputError with its last line."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "govner", *map(str, arguments)]
    with log.open("w", encoding="utf8") as file:
        done = subprocess.run(command, stdout=file, stderr=subprocess.STDOUT, env=environment)
    if done.returncode:
        lines = log.read_text("utf8").strip().splitlines() or [f"exit code {done.returncode}"]
        raise InputError(f"failed: {lines[-1].removeprefix('error: ')}; see the log", log)


def _size(directory: Path) -> int:
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())
