"""Settings and fixtures of all tests."""

from pathlib import Path

import pytest
import spacy
from hypothesis import settings
from spacy.language import Language
from spacy.vocab import Vocab

from govner.training.run import train_model
from helpers import CONFIG, CORPUS, build_wheel, govner, overrides, succeed

settings.register_profile("govner", deadline=None, max_examples=60)
settings.load_profile("govner")


@pytest.fixture(scope="session")
def vocab() -> Vocab:
    """A vocabulary for documents made by hand."""
    return Vocab()


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The released config, trained on the fixture corpus with small networks; the directory of the best model."""
    output = tmp_path_factory.mktemp("small")
    best = train_model(CONFIG, output, CORPUS, overrides(max_steps=60, eval_frequency=20))
    assert best is not None
    return best


@pytest.fixture(scope="session")
def small_nlp(small_model: Path) -> Language:
    """The small model, loaded."""
    return spacy.load(small_model)


@pytest.fixture(scope="session")
def govner_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the package."""
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def small_wheel(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the small model, with its scores on the fixture corpus."""
    directory = tmp_path_factory.mktemp("small-wheel")
    scores = directory / "scores.json"
    succeed(govner("evaluate", small_model, CORPUS, "--output", scores))
    succeed(govner("package", small_model, "--scores", scores, "--out", directory))
    (wheel,) = directory.glob("*.whl")
    return wheel
