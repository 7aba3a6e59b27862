"""Features of a paragraph: its words, its opening, the headings above it, its shape and place."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc

from govner.scheme import PARAGRAPHS_KEY
from govner.tokens.characters import fold

Keys = NDArray[np.uint64]

FIELDS: Final = ("words", "opening", "nearest heading", "outermost heading", "shape")
# Characters of a paragraph that are read; what it is about shows early.
_READ, _OPENING = 240, 14


class ParagraphKeys(NamedTuple):
    """Hash keys of the paragraphs of a document, one entry a paragraph in each of `FIELDS`.

    fields (list[list[Keys]]): For each field, for each paragraph, at least one key.
    """

    fields: list[list[Keys]]

    def __len__(self) -> int:
        return len(self.fields[0])


def paragraph_keys(doc: Doc) -> ParagraphKeys:
    """Compute the features of a document's paragraphs.

    doc (Doc): With `spans["paragraphs"]` set by `govner_paragraphs`.
    RETURNS (ParagraphKeys): Keys by field and paragraph.
    """
    group = doc.spans[PARAGRAPHS_KEY]
    codes = _fold_codes(doc.text)
    last = len(group) - 1
    fields: list[list[Keys]] = [[] for _ in FIELDS]
    heading_cache: dict[str, Keys] = {}
    for number, span in enumerate(group):
        start, end = span.start_char, span.end_char
        level, path = group.attrs["level"][number], group.attrs["heading_path"][number]
        fields[0].append(_ngrams(codes[start : min(end, start + _READ)], (2, 3)))
        fields[1].append(_ngrams(codes[start : min(end, start + _OPENING)], (1, 2, 3)))
        nearest, outermost = (path[-1], path[0]) if path else ("", "")
        for field, words in ((2, nearest), (3, outermost)):
            if words not in heading_cache:
                heading_cache[words] = _ngrams(_fold_codes(words), (1, 2, 3))
            fields[field].append(heading_cache[words])
        fields[4].append(_shape(codes[start:end], level, len(path), number, last))
    return ParagraphKeys(fields)


def move_kinds(doc: Doc) -> NDArray[np.intp]:
    """Kind of the move that leads to each paragraph.

    doc (Doc): With `spans["paragraphs"]`.
    RETURNS (ints, paragraphs): 1 where a paragraph stands under the same headings as the one before it, so that the
        heading governs both; 0 where a heading comes between.
    """
    paths = doc.spans[PARAGRAPHS_KEY].attrs["heading_path"]
    return np.array([number > 0 and paths[number - 1] == path for number, path in enumerate(paths)], np.intp)


_ZERO: Final = np.uint32(ord("0"))
_table = np.zeros(0x10000, np.uint32)


def _fold_codes(text: str) -> NDArray[np.uint32]:
    """Code points of a text, each folded on its own (digits to 0, one width); offsets stay."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    low = np.minimum(codes, 0xFFFF)
    unknown = np.unique(low[_table[low] == 0])
    for code in unknown.tolist():
        _table[code] = ord(fold(chr(code))[0]) if not 0xD800 <= code < 0xE000 else code
    return np.where(codes < 0x10000, _table[low], codes)


def _ngrams(codes: NDArray[np.uint32], sizes: tuple[int, ...]) -> Keys:
    """Keys of the n-grams of some sizes; one key for a text too short for any."""
    wide = codes.astype(np.uint64)
    keys = [np.array([len(codes) + 1], np.uint64)]
    for size in sizes:
        if len(wide) >= size:
            key = np.full(len(wide) - size + 1, size, np.uint64)
            for offset in range(size):
                key = key * np.uint64(0x9E3779B97F4A7C15) + wide[offset : len(wide) - size + 1 + offset]
                key ^= key >> np.uint64(31)
            keys.append(key)
    return np.concatenate(keys[1:]) if len(keys) > 1 else keys[0]


def _shape(codes: NDArray[np.uint32], level: int, depth: int, number: int, last: int) -> Keys:
    """Keys for length, number level, depth of headings, place in the report and punctuation."""
    size = len(codes)
    digits = int((codes == _ZERO).sum())
    facts = (
        f"level {level}",
        f"depth {min(depth, 4)}",
        f"length {int(np.log2(size + 1))}",
        f"level {level} length {int(np.log2(size + 1))}",
        f"from start {min(number, 6)}",
        f"from end {min(last - number, 6)}",
        f"place {10 * number // (last + 1)}",
        f"digits {round(5 * digits / size)}",
        f"ends with {chr(int(codes[-1]))}",
        f"bars {min(int((codes == ord('|')).sum()), 3)}",
        f"commas {min(int((codes == ord(',')).sum()), 3)}",
        f"first {level}" if depth == 0 else "below a heading",
    )
    return np.array([hash_string(fact) for fact in facts], np.uint64)
