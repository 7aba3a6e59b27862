"""spaCy's own commands do what ours do, on our config and models, without our tool."""

import json
import re
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import DocBin

from helpers import CONFIG, CORPUS, entities, forked, overrides, run, succeed

PATHS = ["--paths.train", str(CORPUS), "--paths.dev", str(CORPUS)]


def stock(*arguments: object) -> str:
    """Standard output of a spaCy command that must succeed."""
    return succeed(run(sys.executable, "-m", "spacy", *arguments))


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture corpus as a .spacy file."""
    path = tmp_path_factory.mktemp("gold") / "corpus.spacy"
    succeed(forked("corpus", "convert", CORPUS, "--out", path))
    return path


def test_spacy_train_learns(tmp_path: Path) -> None:
    stock("train", CONFIG, "--output", tmp_path, *PATHS, *overrides(max_steps=20, eval_frequency=20))
    nlp = spacy.load(tmp_path / "model-best")
    assert nlp.meta["performance"]["ents_f"] > 0.4
    assert nlp.meta["performance"]["sections_acc"] > 0.4
    assert nlp.meta["name"] == "govner_sm"


def test_spacy_evaluate_gives_our_scores(small_model: Path, gold: Path, tmp_path: Path) -> None:
    stock("evaluate", small_model, gold, "--output", tmp_path / "stock.json")
    succeed(forked("evaluate", small_model, CORPUS, "--output", tmp_path / "ours.json"))
    theirs = json.loads((tmp_path / "stock.json").read_text("utf8"))
    ours = json.loads((tmp_path / "ours.json").read_text("utf8"))
    assert theirs["ents_f"] == pytest.approx(ours["entities"]["ALL"]["f"])
    assert theirs["sections_acc"] == pytest.approx(ours["sections_accuracy"]["value"])
    assert theirs["sections_macro_f"] == pytest.approx(ours["sections_macro_f"]["value"])
    for label, score in theirs["ents_per_type"].items():
        assert score["f"] == pytest.approx(ours["entities"][label]["f"])


def test_spacy_debug_config_accepts_the_config() -> None:
    assert "Config is valid" in stock("debug", "config", CONFIG, *PATHS)


def test_spacy_debug_data_reads_the_corpus() -> None:
    done = run(sys.executable, "-m", "spacy", "debug", "data", CONFIG, *PATHS)
    assert "Corpus is loadable" in done.stdout
    # Its only complaint is that the fixture corpus is small.
    assert re.findall(r"✘ (.*)", done.stdout) == [
        "Low number of examples to train a new pipeline (4)",
        "1 error",
    ]


def test_spacy_finds_nothing_to_fill_in_the_config(tmp_path: Path) -> None:
    out = stock("init", "fill-config", CONFIG, tmp_path / "filled.cfg")
    assert "Nothing to auto-fill: base config is already complete" in out


def test_spacy_apply_annotates_texts(small_model: Path, small_nlp: Language, tmp_path: Path) -> None:
    text = "全年主动公开政府信息1286条。"
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "report.txt").write_text(text, "utf8")
    stock("apply", small_model, tmp_path / "texts", tmp_path / "out.spacy")
    (doc,) = DocBin().from_disk(tmp_path / "out.spacy").get_docs(small_nlp.vocab)
    assert entities(doc) == entities(small_nlp(text))
    assert doc.spans["sections"].attrs["probability"]


def test_spacy_package_writes_the_sources_of_a_package(small_model: Path, small_nlp: Language, tmp_path: Path) -> None:
    stock("package", small_model, tmp_path, "--build", "none")
    (source,) = tmp_path.glob("zh_govner_sm-*")
    assert json.loads((source / "meta.json").read_text("utf8"))["requirements"][0].startswith("govner>=")
    text = "全年主动公开政府信息1286条。"
    assert entities(spacy.load(source / "zh_govner_sm" / source.name)(text)) == entities(small_nlp(text))
