"""Build src/govner/data/lexicon.npz from the dictionary of jieba 0.42.1 (MIT licence).

Usage: pip install jieba==0.42.1 && python training/build_lexicon.py
The file is committed; this script says how it was made and checks the dictionary's hash.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np

from govner.tokens.lexicon import MAX_LENGTH, WORD_CLASSES, word_keys

SHA256 = "7197c3211ddd98962b036cdf40324d1ea2bfaa12bd028e68faa70111a88e12a8"
TARGET = Path(__file__).parent.parent / "src" / "govner" / "data" / "lexicon.npz"

# First letters of the dictionary's parts of speech, longest first.
CLASSES = {
    "nr": "person",
    "ns": "place",
    "nt": "body",
    "n": "noun",
    "l": "noun",
    "i": "noun",
    "j": "noun",
    "s": "noun",
    "v": "verb",
    "a": "quality",
    "b": "quality",
    "d": "quality",
    "z": "quality",
    "m": "number",
    "q": "number",
    "t": "number",
}


def word_class(part_of_speech: str) -> str:
    """The class of a part-of-speech tag of the dictionary."""
    return CLASSES.get(part_of_speech[:2]) or CLASSES.get(part_of_speech[:1]) or "function"


def main(dictionary: Path) -> None:
    """Write the lexicon from jieba's dict.txt."""
    source = dictionary.read_bytes()
    digest = hashlib.sha256(source).hexdigest()
    if digest != SHA256:
        sys.exit(f"{dictionary}: has SHA-256 {digest}, not that of jieba 0.42.1; install that version")
    found: dict[int, int] = {}
    for line in source.decode("utf8").splitlines():
        word, _, tag = line.split(" ")
        if 2 <= len(word) <= MAX_LENGTH and all("一" <= char <= "鿿" for char in word):
            codes = np.array([ord(char) for char in word], np.uint64)
            key = int(word_keys(codes, len(word))[0])
            found[key] = WORD_CLASSES.index(word_class(tag)) + 1
    keys = np.array(sorted(found), np.uint64)
    classes = np.array([found[int(key)] for key in keys], np.uint8)
    np.savez_compressed(TARGET, keys=keys, classes=classes)
    print(f"{len(keys)} words, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    import jieba

    main(Path(jieba.__file__).parent / "dict.txt")
