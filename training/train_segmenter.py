"""Train the word segmenter of configs/words.cfg: python training/train_segmenter.py corpus/reports OUT"""

from __future__ import annotations

import sys
from pathlib import Path

from govner.corpus.reader import read_reports
from govner.tokens.segmenter import train_segmenter

if __name__ == "__main__":
    corpus, out = map(Path, sys.argv[1:3])
    train_segmenter(read_reports([corpus], "train"), read_reports([corpus], "dev"), out)
    print(f"segmenter: {out}")
