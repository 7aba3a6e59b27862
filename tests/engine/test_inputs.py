"""Files of all formats, encodings and damages give what the clean text gives."""

from pathlib import Path

import pytest

from engine.all_inputs import KINDS, REPORTS, measure
from helpers import ROOT

MODEL = ROOT / "training" / "output" / "zh_govner_sm" / "model-best"


@pytest.mark.full
def test_every_kind_of_file_gives_the_mentions_of_the_clean_text(tmp_path: Path) -> None:
    results = measure(MODEL, tmp_path)
    assert len(results) == len(KINDS) * len(REPORTS)
    assert [result for result in results if result.is_under] == []
