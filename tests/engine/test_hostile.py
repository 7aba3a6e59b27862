"""Inputs made to break a reader: each ends in time, within memory, with rows or a reason."""

from pathlib import Path

import pytest

from engine.hostile_inputs import INPUTS, LONGEST, MOST_MEMORY, measure
from helpers import ROOT

MODEL = ROOT / "training" / "output" / "zh_govner_sm" / "model-best"


@pytest.mark.full
@pytest.mark.parametrize("name", INPUTS)
def test_hostile_inputs_are_read_or_refused_within_bounds(name: str, tmp_path: Path) -> None:
    result = measure(MODEL, name, tmp_path)
    assert result.seconds < LONGEST and result.memory < MOST_MEMORY
    assert result.outcome
