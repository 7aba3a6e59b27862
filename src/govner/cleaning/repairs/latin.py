"""UTF-8 or GBK that was read as Latin-1 or Windows-1252: æ”¿åºœ and ÕþÎñ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Final

import numpy as np

from govner.cleaning.edits import Edit
from govner.cleaning.plausibility import code_points, score_each
from govner.cleaning.repairs.gbk import characters_of_pairs
from govner.cleaning.repairs.holes import fill_holes
from govner.cleaning.repairs.utf8 import LOST, NO_BYTE, Data, find_units

# How much more plausible a reading must be; less where so many are clear.
_CLEAR, _KNOWN, _ESTABLISHED = 8.0, 1.0, 3
# The characters that Windows-1252 has for bytes 80 to 9F; bytes that it has none for stay control characters.
_BYTES: Final = {
    ord(char): byte for byte in range(0x80, 0xA0) if (char := bytes((byte,)).decode("cp1252", "replace")) != LOST
}
_HIGH: Final = "\x80-\xff" + "".join(map(chr, _BYTES))
_RUN: Final = re.compile(f"[{_HIGH}][{_HIGH}{LOST}?]*")
_LETTER: Final = re.compile("[À-ÖØ-öø-ÿ]")
# What ftfy is asked about: a stretch without Chinese characters.
_WESTERN: Final = re.compile("[\x21-\u2e7f](?:[\x20-\u2e7f]{0,400}[\x21-\u2e7f])?")
# Parts the text that comes before from nothing.
_NOTHING: Final = "\0"

Run = tuple[int, int]


def repair_latin(text: str) -> list[Edit]:
    """Plan what the bytes say in UTF-8 or GBK; by ftfy where they are neither."""
    words: list[Run] = []
    signs: list[Run] = []
    for match in _RUN.finditer(text):
        (words if _LETTER.search(match[0]) else signs).append(match.span())
    found = _read(text, words)
    # A letter with an accent alone is one, and signs without letters are signs unless the text is known.
    established = sum(gain > _CLEAR for gain, _ in found) >= _ESTABLISHED
    if established:
        found += _read(text, signs)
    least = _KNOWN if established else _CLEAR
    chosen = [_placed(edit) for gain, edits in found if gain > least for edit in edits]
    if chosen:
        return sorted(chosen, key=attrgetter("start"))
    strange = any(gain <= _CLEAR and end - start > 1 for (start, end), (gain, _) in zip(words, found, strict=False))
    return _by_ftfy(text) if strange else []


def _read(text: str, runs: list[Run]) -> list[tuple[float, list[Edit]]]:
    """The most plausible reading of each run, as edits, and by how much it is more plausible than what is there."""
    if not runs:
        return []
    data = _bytes_of(text, runs)
    readings = [*_as_utf8(text, data, runs), *_as_gbk(data, runs)]
    plain = [text[start:end] for start, end in runs]
    changed = [_changed(text, runs[number], edits).replace(LOST, "") for number, edits in readings]
    numbers = [*range(len(runs)), *(number for number, _ in readings)]
    befores = [text[runs[number][0] - 1] if runs[number][0] else _NOTHING for number in numbers]
    scores = score_each(befores, plain + changed).tolist()
    best: list[tuple[float, list[Edit]]] = [(0.0, [])] * len(runs)
    for (number, edits), score in zip(readings, scores[len(runs) :], strict=True):
        if score - scores[number] > best[number][0]:
            best[number] = (score - scores[number], edits)
    return best


def _bytes_of(text: str, runs: list[Run]) -> Data:
    """The bytes that the characters of runs stand for, and none elsewhere."""
    data = _table()[np.minimum(code_points(text), np.uint32(0xFFFF))]
    borders = np.zeros(len(text) + 1, np.int8)
    borders[[start for start, _ in runs]] = 1
    borders[[end for _, end in runs]] -= 1
    data[np.cumsum(borders[:-1], dtype=np.int8) == 0] = NO_BYTE
    return data


@cache
def _table() -> Data:
    """By code point: its byte."""
    table = np.full(0x10000, NO_BYTE, np.uint16)
    table[:0x100] = np.arange(0x100)
    table[list(_BYTES)] = list(_BYTES.values())
    table[ord(LOST)] = ord("?")
    return table


def _changed(text: str, run: Run, edits: list[Edit]) -> str:
    """A run with edits made."""
    parts = []
    at = run[0]
    for edit in edits:
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join((*parts, text[at : run[1]]))


def _as_utf8(text: str, data: Data, runs: list[Run]) -> Iterator[tuple[int, list[Edit]]]:
    """By the number of the run, the stretches of it that are UTF-8."""
    units = find_units(data)
    starts, ends = units.starts[units.firsts].tolist(), units.ends[units.lasts - 1].tolist()
    spans = list(zip(units.firsts.tolist(), units.lasts.tolist(), strict=True))
    around = [(text[max(0, start - 1) : start], text[end : end + 1]) for start, end in zip(starts, ends, strict=True)]
    owners = (np.searchsorted([start for start, _ in runs], starts, "right") - 1).tolist()
    places = list(zip(units.starts.tolist(), units.ends.tolist(), strict=True))
    edits = (
        (owner, Edit(start, end, new, "UTF-8 as Latin-1", tuple(places[first:last]), guesses))
        for owner, start, end, (first, last), (new, guesses) in zip(
            owners, starts, ends, spans, fill_holes(units, data, spans, around), strict=True
        )
    )
    for owner, group in groupby(edits, itemgetter(0)):
        yield owner, [edit for _, edit in group]


def _as_gbk(data: Data, runs: list[Run]) -> Iterator[tuple[int, list[Edit]]]:
    """By the number of the run, its bytes in pairs from the first or second on; a byte left over at an edge stays."""
    leads, trails = data[:-1].astype(np.uint32), data[1:].astype(np.uint32)
    codes = characters_of_pairs()[np.where((leads < NO_BYTE) & (trails < NO_BYTE), leads << 8 | trails, 0)].tolist()
    for number, (start, end) in enumerate(runs):
        for first in (start, start + 1):
            read = codes[first : end - 1 : 2]
            if read and 0 not in read:
                yield number, [Edit(first, first + 2 * len(read), "".join(map(chr, read)), "GBK as Latin-1")]


def _placed(edit: Edit) -> Edit:
    """An edit with the places of its characters, which two bytes hold where it does not say."""
    return edit if edit.places else edit._replace(places=tuple((at, at + 2) for at in range(edit.start, edit.end, 2)))


def _by_ftfy(text: str) -> list[Edit]:
    # Seldom needed, and slow to import.
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    edits = []
    for match in _WESTERN.finditer(text):
        old = match[0]
        if not is_bad(old) or (new := fix_encoding(old)) == old:
            continue
        first = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        same = 0
        while same < min(len(old), len(new)) - first and old[-1 - same] == new[-1 - same]:
            same += 1
        if first < len(old) - same:
            start, end = match.start() + first, match.end() - same
            edits.append(Edit(start, end, new[first : len(new) - same], "Western mojibake"))
    return edits
