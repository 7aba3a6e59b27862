"""Build src/govner/data/characters.npz: how likely a character is after another in reports, from the train split.

Usage: python training/build_characters.py
The file is committed; cleaning weighs a damaged text against its repair with it.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from govner.cleaning.plausibility import QUANTUM, fold_character
from govner.corpus.reader import read_reports

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src" / "govner" / "data" / "characters.npz"
CORPUS = ROOT / "corpus" / "reports"
# Seldomer characters and pairs are left out: they may be damage themselves.
FEWEST: Final = 2
DISCOUNT: Final = 0.5


def main() -> None:
    """Count and write, log-probabilities in steps of 1 / QUANTUM."""
    singles: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for report in read_reports([CORPUS], "train"):
        text = "".join(map(fold_character, report.text))
        singles.update(text)
        pairs.update(pairwise(text))
    known = sorted(
        char for char, count in singles.items() if count >= FEWEST and char != "\ufffd" and ord(char) < 65536
    )
    places = {char: place for place, char in enumerate(known, 1)}
    total = sum(singles.values())
    rows = sorted(
        (places[first] * (len(known) + 1) + places[second], -np.log((count - DISCOUNT) / singles[first]))
        for (first, second), count in pairs.items()
        if count >= FEWEST and first in places and second in places
    )
    np.savez_compressed(
        TARGET,
        characters=np.array([ord(char) for char in known], np.uint16),
        singles=_steps([-np.log(singles[char] / total) for char in known]),
        # Differences between neighbours compress to a third.
        pairs=np.diff(np.array([key for key, _ in rows], np.uint32), prepend=np.uint32(0)),
        follows=_steps([cost for _, cost in rows]),
    )
    print(f"{len(known)} characters, {len(rows)} pairs, {TARGET.stat().st_size} bytes")


def _steps(costs: list[float]) -> np.ndarray:
    return np.minimum(np.round(np.array(costs) * QUANTUM), 255).astype(np.uint8)


if __name__ == "__main__":
    main()
