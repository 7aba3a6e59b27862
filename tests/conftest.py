"""Settings and fixtures of all tests."""

import pytest
from hypothesis import settings
from spacy.vocab import Vocab

settings.register_profile("govner", deadline=None, max_examples=60)
settings.load_profile("govner")


@pytest.fixture(scope="session")
def vocab() -> Vocab:
    """A vocabulary for documents made by hand."""
    return Vocab()
