"""The wheels of package and model, installed where nothing else is, without a network."""

import json
import re
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.util import get_minor_version_range

from govner.scheme import ENTITY_LABELS
from helpers import CORPUS, ROOT, entities, make_environment, offline, run, same_scores, succeed, wheel_meta

TEXT = "沅陂县人民政府办公室\n一、概述\n全年主动公开政府信息1286条。\n"
LOAD = """
import spacy, sys
assert "govner" not in sys.modules
doc = spacy.load("zh_govner_sm")(sys.argv[1])
print([(span.text, span.label_) for span in doc.ents], [span.label_ for span in doc.spans["sections"]], sep="\\n")
"""


@pytest.fixture(scope="module")
def programs(govner_wheel: Path, small_wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Programs of an empty environment with the two wheels."""
    return make_environment(tmp_path_factory.mktemp("environment") / "venv", govner_wheel, small_wheel)


def test_package_wheel_holds_the_package_with_its_data_and_nothing_else(govner_wheel: Path) -> None:
    with zipfile.ZipFile(govner_wheel) as archive:
        names = archive.namelist()
        metadata = archive.read(next(name for name in names if name.endswith("/METADATA"))).decode()
    assert {name.split("/")[0] for name in names} == {"govner", f"govner-{version('govner')}.dist-info"}
    data = (
        "data/lexicon.npz",
        "data/places.txt",
        "data/surnames.txt",
        "data/given_names.txt",
        "view/page.html",
        "view/base.css",
        "view/places.js",
        "py.typed",
    )
    assert {f"govner/{name}" for name in data} <= set(names)
    assert not [name for name in names if "__pycache__" in name]
    assert "License-Expression: MIT" in metadata


def test_model_wheel_says_what_it_is(small_wheel: Path) -> None:
    meta = wheel_meta(small_wheel)
    assert small_wheel.name == f"zh_govner_sm-{version('govner')}-py3-none-any.whl"
    assert (meta["lang"], meta["name"], meta["version"]) == ("zh", "govner_sm", version("govner"))
    assert meta["license"] == "MIT"
    assert [source["license"] for source in meta["sources"]] == ["CC BY 4.0"]
    assert {split: counts["reports"] for split, counts in meta["corpus"]["splits"].items()} == {
        "train": 4,
        "dev": 1,
        "test": 1,
    }


def test_model_wheel_requires_the_package(small_wheel: Path) -> None:
    """A model is nothing without the code of its components; pip must bring it along."""
    assert wheel_meta(small_wheel)["requirements"] == [f"govner{get_minor_version_range(version('govner'))}"]
    with zipfile.ZipFile(small_wheel) as archive:
        metadata = archive.read(next(name for name in archive.namelist() if name.endswith("/METADATA"))).decode()
    assert re.search(r"^Requires-Dist: govner\b", metadata, re.MULTILINE)


def test_model_wheel_holds_the_scores_of_each_label(small_wheel: Path) -> None:
    meta = wheel_meta(small_wheel)
    assert set(ENTITY_LABELS) <= set(meta["evaluation"]["entities"])
    assert set(meta["performance"]["ents_per_type"]) == set(ENTITY_LABELS)
    assert meta["evaluation"]["documents"] == 6
    for score in meta["evaluation"]["sections"].values():
        assert {"p", "r", "f", "interval", "gold"} == set(score)


def test_model_loads_in_an_empty_environment_with_only_spacy_imported(
    programs: Path, small_nlp: Language, tmp_path: Path
) -> None:
    out = succeed(run(programs / "python", "-I", "-c", LOAD, TEXT, cwd=tmp_path, env=offline()))
    doc = small_nlp(TEXT)
    assert doc.ents
    assert out.splitlines() == [str(entities(doc)), str([span.label_ for span in doc.spans["sections"]])]


def test_the_example_of_the_readme_runs_in_an_empty_environment(programs: Path, tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf8")
    example = readme.split("```python\n")[1].split("```")[0]
    out = succeed(run(programs / "python", "-I", "-c", example, cwd=tmp_path, env=offline()))
    assert "742条" in out and "一、概述" in out


def test_command_line_evaluates_the_model_in_an_empty_environment(
    programs: Path, small_wheel: Path, tmp_path: Path
) -> None:
    scores = tmp_path / "scores.json"
    out = succeed(run(programs / "govner", "evaluate", "zh_govner_sm", CORPUS, "--output", scores, env=offline()))
    assert "6 reports" in out
    found, kept = json.loads(scores.read_text("utf8")), wheel_meta(small_wheel)["evaluation"]
    assert same_scores({key: found[key] for key in kept}, kept)
    assert found.keys() - kept.keys() == {"breakdown", "confusion"}


def test_what_needs_the_extra_for_training_says_so(programs: Path) -> None:
    report = CORPUS / "cendu-2020.txt"
    done = run(programs / "govner", "corpus", "augment", report, "--with", "traditional", env=offline())
    assert done.returncode == 2
    assert done.stderr == "error: traditional script needs opencc; install it with: pip install 'govner[train]'\n"
    assert "spam" in succeed(run(programs / "govner", "corpus", "augment", report, env=offline()))


def test_command_line_tags_a_text_in_an_empty_environment(programs: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(TEXT, "utf8")
    succeed(run(programs / "govner", "tag", "zh_govner_sm", report, "--out", tmp_path / "tables", env=offline()))
    rows = [json.loads(line) for line in (tmp_path / "tables" / "mentions.jsonl").read_text("utf8").splitlines()]
    assert rows and all(TEXT[row["start"] : row["end"]] == row["text"] for row in rows)
