"""Build lexicon.npz, verbs.txt and nouns.txt of src/govner/data from the dictionary of jieba 0.42.1 (MIT licence).

Usage: pip install jieba==0.42.1 && python training/build_lexicon.py
The files are committed; this script says how they were made and checks the dictionary's hash.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np

from govner.corpus.reader import read_reports
from govner.tokens.lexicon import MAX_LENGTH, WORD_CLASSES, word_keys

SHA256 = "7197c3211ddd98962b036cdf40324d1ea2bfaa12bd028e68faa70111a88e12a8"
DATA = Path(__file__).parent.parent / "src" / "govner" / "data"
TARGET = DATA / "lexicon.npz"
CORPUS = Path(__file__).parent.parent / "corpus" / "reports"
# Lists of common words: parts of speech and how many words of each at most, fewest and most characters.
LISTS = {
    "verbs": ({"v": 2500, "p": 120, "c": 200, "d": 300, "vn": 400}, 1, 3),
    "nouns": ({"n": 2000}, 2, 3),
}

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
    mentioned = mentioned_words()
    entries = [line.split(" ") for line in source.decode("utf8").splitlines()]
    entries = [entry for entry in entries if entry[0] not in mentioned]
    for name, (tags, fewest, most) in LISTS.items():
        write_list(name, [entry for entry in entries if fewest <= len(entry[0]) <= most], tags)


def mentioned_words() -> set[str]:
    """Words that are whole agencies or channels in the training split; the lists stand where nothing is mentioned."""
    return {
        report.text[mention.start : mention.end]
        for report in read_reports([CORPUS], "train")
        for mention in report.mentions()
        if mention.label in ("AGENCY", "CHANNEL")
    }


def write_list(name: str, entries: list[list[str]], tags: dict[str, int]) -> None:
    """Write the most frequent words of some parts of speech, each once, as a list of the package."""
    words: list[str] = []
    for wanted, limit in tags.items():
        found = sorted((-int(frequency), word) for word, frequency, tag in entries if tag == wanted)
        words += [word for _, word in found if all("一" <= char <= "鿿" for char in word)][:limit]
    head = f"# Common {name} and words used like them, by jieba 0.42.1 (MIT); made by training/build_lexicon.py\n"
    (DATA / f"{name}.txt").write_text(head + "\n".join(dict.fromkeys(words)) + "\n", "utf8")


if __name__ == "__main__":
    import jieba

    main(Path(jieba.__file__).parent / "dict.txt")
