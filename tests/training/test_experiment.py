"""Experiments: reading them, not doing twice what is done, and comparing variants."""

import json
from pathlib import Path
from typing import Any

import pytest

from govner.errors import InputError
from govner.training.comparison import results_table
from govner.training.experiment import Experiment, Gold, read_experiment, run_experiment, summarise
from helpers import CONFIG, CORPUS, ROOT, SMALL

TINY = {
    **{name: json.loads(value) for name, value in SMALL.items()},
    "training.max_steps": 2,
    "training.eval_frequency": 2,
}
SOURCE = f"""
config = {json.dumps(str(CONFIG))}
corpus = {json.dumps(str(CORPUS))}

[gold.test]
paths = [{json.dumps(str(CORPUS))}]
split = "test"
vary = ["spam"]

[[variant]]
name = "as it is"
[variant.set]
{{settings}}

[[variant]]
name = "no dropout"
seeds = [0, 1]
[variant.set]
{{settings}}
"training.dropout" = 0.0
""".replace("{settings}", "\n".join(f'"{name}" = {json.dumps(value)}' for name, value in TINY.items()))


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf8")
    return path


def test_experiment_is_read_with_what_its_variants_share(tmp_path: Path) -> None:
    found = read_experiment(write(tmp_path / "a.toml", SOURCE))
    assert [(variant.name, variant.slug, variant.seeds) for variant in found.variants] == [
        ("as it is", "as-it-is", [0]),
        ("no dropout", "no-dropout", [0, 1]),
    ]
    assert found.variants[1].settings["training.dropout"] == 0.0
    assert found.gold == [Gold("test", [CORPUS], "test", ["spam"])]


def test_settings_of_all_variants_hold_for_those_with_the_same_config(tmp_path: Path) -> None:
    source = 'set = { "training.max_steps" = 5, "training.dropout" = 0.1 }\n' + SOURCE
    source += '[[variant]]\nname = "stock"\nconfig = "other.cfg"\n'
    first, second, stock = read_experiment(write(tmp_path / "a.toml", source)).variants
    assert (first.settings["training.max_steps"], first.settings["training.dropout"]) == (2, 0.1)
    assert second.settings["training.dropout"] == 0.0
    assert stock.settings == {}


def test_example_of_the_readme_can_be_read(tmp_path: Path) -> None:
    source = (ROOT / "README.md").read_text("utf8").split("```toml\n")[1].split("```")[0]
    found = read_experiment(write(tmp_path / "compare.toml", source))
    assert [variant.name for variant in found.variants] == ["as released", "no dropout"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("config = ", r"a\.toml: is no TOML \(.*\); mend it"),
        ("varients = 1", r"the experiment has an unknown key 'varients'; use config, "),
        (SOURCE + "[[variant]]\nname = 'as it is'\n", r"two variants are named 'as-it-is'"),
        (SOURCE + "[[variant]]\nset = {}\n", r"variant None has no `name`"),
        (SOURCE + "[gold.dev]\nsplit = 'dev'\n", r"gold 'dev' has no `paths`"),
        (SOURCE + "[gold.'a/b']\npaths = ['.']\n", r"gold 'a/b' is no name of letters, digits and hyphens; rename it"),
        ("seeds = 1", r"the experiment has seeds = 1, which is not a list of int; mend it"),
        ("seeds = ['0']", r"the experiment has seeds = \['0'\], which is not a list of int; mend it"),
        ("[gold]\ndev = 'x'\n", r"gold 'dev' is no table; write \[gold\.dev\]"),
        ("[gold.dev]\npaths = ['.']\n", r"needs a \[\[variant\]\] and a \[gold\.NAME\]"),
    ],
)
def test_malformed_experiment_is_refused_in_one_line(tmp_path: Path, source: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_experiment(write(tmp_path / "a.toml", source))
    with pytest.raises(InputError, match="no such experiment"):
        read_experiment(tmp_path / "none.toml")


def test_runs_are_trained_scored_and_not_done_again(tmp_path: Path) -> None:
    experiment = read_experiment(write(tmp_path / "a.toml", SOURCE))
    names: list[str] = []
    first = run_experiment(experiment, tmp_path / "out", tmp_path / "results", done=names.append, only=["no dropout"])
    assert names == ["no dropout, seed 0", "no dropout, seed 1"]
    model = tmp_path / "out" / "no-dropout-1" / "model-best" / "meta.json"
    trained = model.stat().st_mtime_ns
    again = run_experiment(experiment, tmp_path / "out", tmp_path / "results", only=["no dropout"])
    assert again == first
    assert model.stat().st_mtime_ns == trained
    (summary,) = first
    assert json.loads((tmp_path / "results" / "no-dropout.json").read_text("utf8")) == summary
    score = summary["runs"][0]["scores"]["test"]
    assert 0 <= score["entities"] <= 1 and 0 <= score["varied_sections"] <= 1
    # More gold is scored without training again; what was scored stays.
    more = [*experiment.gold, Gold("again", experiment.gold[0].paths, "test")]
    with_more = Experiment(experiment.variants, more)
    (wider,) = run_experiment(with_more, tmp_path / "out", tmp_path / "results", only=["no dropout"])
    assert model.stat().st_mtime_ns == trained
    scores = wider["runs"][0]["scores"]
    assert scores["test"] == score and scores["again"]["entities"] == score["entities"]
    changed = read_experiment(write(tmp_path / "a.toml", SOURCE.replace("0.0", "0.5")))
    run_experiment(changed, tmp_path / "out", tmp_path / "results", only=["no dropout"])
    assert model.stat().st_mtime_ns != trained


def test_failed_training_is_told_with_its_last_line(tmp_path: Path) -> None:
    experiment = read_experiment(write(tmp_path / "a.toml", SOURCE.replace('"training.dropout"', '"training.drop"')))
    with pytest.raises(InputError, match=r"train\.log: failed: .* has no setting training\.drop; .* see the log"):
        run_experiment(experiment, tmp_path / "out", tmp_path / "results", only=["no dropout"])
    with pytest.raises(InputError, match="no variant 'x'; use as it is, no dropout"):
        run_experiment(experiment, tmp_path / "out", tmp_path / "results", only=["x"])


def scores(entities: float) -> dict[str, Any]:
    return {
        "entities": {"ALL": {"f": entities, "interval": [0, 1]}, "COUNT": {"f": 0.5}},
        "sections_accuracy": {"value": 0.75, "interval": [0, 1]},
        "sections_macro_f": {"value": 0.7},
        "calibration": {"mentions": {"error": 0.02}},
        "varied": {
            name: {"entities": {"ALL": {"f": f}}, "sections_accuracy": {"value": f}}
            for name, f in (("spam", 0.4), ("masks", 0.6))
        },
    }


def test_tables_have_means_and_spread_over_seeds_or_the_interval() -> None:
    runs = [{"seconds": 60, "bytes": 2e7, "scores": {"dev": summarise(scores(value))}} for value in (0.8, 0.9)]
    gold = [Gold("dev", [], None, ["spam", "masks"])]
    text = results_table([{"name": "a", "runs": runs}, {"name": "b", "runs": runs[:1]}], gold)
    lines = text.splitlines()
    assert lines[0] == "**dev**"
    assert lines[2].split(" | ")[2:] == [
        *("entities", "COUNT", "sections, accuracy", "sections, macro F1"),
        *("error of confidence: mentions", "error of confidence: sections", "varied: entities", "varied: sections |"),
    ]
    rest = "0.700 | 0.020 | – | 0.500 | 0.500 |"
    assert lines[4] == f"| a | 2 | 0.850 (0.800–0.900) | 0.500 | 0.750 (0.750–0.750) | {rest}"
    assert lines[5] == f"| b | 1 | 0.800 (0.000–1.000) | 0.500 | 0.750 (0.000–1.000) | {rest}"
    assert lines[7] == "**cost**"
    assert lines[-2:] == ["| a | – | – | 20 | 1 |", "| b | – | – | 20 | 1 |"]
    assert "varied" not in results_table([{"name": "a", "runs": runs}], [Gold("dev", [])])
