"""The released model: its scores, size and speed, and its wheel in an empty environment. Run by `make test-full`."""

import json
import statistics
from pathlib import Path
from typing import Any

import pytest

from govner.scheme import ENTITY_LABELS, SECTION_LABELS
from helpers import ROOT, govner, make_environment, offline, run, same_scores, succeed, wheel_meta

pytestmark = pytest.mark.full

MODEL = ROOT / "training" / "output" / "zh_govner_sm" / "model-best"
REPORTS = ROOT / "corpus" / "reports"
LOAD = """
import spacy, time
start = time.perf_counter()
nlp = spacy.load("zh_govner_sm")
print(time.perf_counter() - start)
doc = nlp("沅陂县人民政府办公室印发《沅陂县信息公开办法》，全年公开政府信息1286条。")
print([(span.text, span.label_) for span in doc.ents])
"""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("full")


@pytest.fixture(scope="module")
def scores(directory: Path) -> dict[str, Any]:
    """Scores of the released model on the test split."""
    path = directory / "scores.json"
    succeed(govner("evaluate", MODEL, REPORTS, "--split", "test", "--output", path))
    return dict(json.loads(path.read_text("utf8")))


@pytest.fixture(scope="module")
def wheel(scores: dict[str, Any], directory: Path) -> Path:
    """The wheel of the released model."""
    succeed(govner("package", MODEL, "--scores", directory / "scores.json", "--out", directory))
    (wheel,) = directory.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def programs(govner_wheel: Path, wheel: Path, directory: Path) -> Path:
    """Programs of an empty environment with the package and the released model."""
    return make_environment(directory / "venv", govner_wheel, wheel)


def test_entities_of_the_test_split_are_found(scores: dict[str, Any]) -> None:
    assert scores["entities"]["ALL"]["f"] >= 0.96


def test_sections_of_the_test_split_are_found(scores: dict[str, Any]) -> None:
    assert scores["sections_accuracy"]["value"] >= 0.96
    assert scores["sections_macro_f"]["value"] >= 0.93


def test_confidence_is_calibrated(scores: dict[str, Any]) -> None:
    assert max(scores["calibration"][kind]["error"] for kind in ("mentions", "sections")) <= 0.05


def test_document_numbers_are_found_clean_and_damaged(directory: Path) -> None:
    path = directory / "numbers.json"
    succeed(govner("evaluate", MODEL, ROOT / "corpus" / "document_numbers", "--split", "test", "--output", path))
    assert json.loads(path.read_text("utf8"))["entities"]["DOCUMENT"]["f"] >= 0.95


def test_scores_hardly_fall_where_reports_are_damaged(directory: Path, scores: dict[str, Any]) -> None:
    path = directory / "varied.json"
    names = ("spam", "masks", "break_lines", "join_lines", "pinyin", "typing_errors", "punctuation", "traditional")
    options = [part for name in names for part in ("--vary", name)]
    succeed(govner("evaluate", MODEL, REPORTS, "--split", "test", *options, "--output", path))
    for name, varied in json.loads(path.read_text("utf8"))["varied"].items():
        assert varied["entities"]["ALL"]["f"] >= scores["entities"]["ALL"]["f"] - 0.02, name
        assert varied["sections_accuracy"]["value"] >= scores["sections_accuracy"]["value"] - 0.02, name


def test_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size <= 25 * 1024 * 1024


def test_wheel_says_how_well_the_model_does_and_what_it_needs(wheel: Path, scores: dict[str, Any]) -> None:
    meta = wheel_meta(wheel)
    assert same_scores(meta["evaluation"], {key: scores[key] for key in meta["evaluation"]})
    assert set(ENTITY_LABELS) <= set(meta["evaluation"]["entities"])
    assert set(meta["evaluation"]["sections"]) <= set(SECTION_LABELS)
    assert set(meta["performance"]["ents_per_type"]) == set(ENTITY_LABELS)
    assert meta["performance"]["sections_per_type"]
    for counts in (meta["corpus"]["splits"][split] for split in ("train", "dev", "test")):
        assert min(counts["reports"], counts["characters"], counts["mentions"]) > 0
    assert meta["license"] == "MIT"
    assert [source["license"] for source in meta["sources"]] == ["CC BY 4.0"]
    assert [requirement for requirement in meta["requirements"] if requirement.startswith("govner>=")]


def test_model_loads_fast_in_an_empty_environment_and_tags(programs: Path, tmp_path: Path) -> None:
    runs = [succeed(run(programs / "python", "-I", "-c", LOAD, cwd=tmp_path, env=offline())) for _ in range(4)]
    # The first run compiles the modules.
    seconds = [float(out.splitlines()[0]) for out in runs[1:]]
    assert statistics.median(seconds) <= 1
    expected = [("沅陂县人民政府办公室", "AGENCY"), ("《沅陂县信息公开办法》", "DOCUMENT"), ("1286条", "COUNT")]
    assert runs[0].splitlines()[1] == str(expected)


def test_command_line_gives_the_same_scores_in_an_empty_environment(
    programs: Path, scores: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "scores.json"
    command = (programs / "govner", "evaluate", "zh_govner_sm", REPORTS, "--split", "test", "--output", path)
    succeed(run(*command, env=offline()))
    assert same_scores(json.loads(path.read_text("utf8")), scores)
