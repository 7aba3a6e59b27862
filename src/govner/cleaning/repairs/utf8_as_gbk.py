"""UTF-8 that was read as GBK: 鏀垮簻 for 政府."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from govner.cleaning.edits import Edit
from govner.cleaning.plausibility import code_points, score_each, suspicious_lines
from govner.cleaning.repairs.gbk import pairs_of_characters
from govner.cleaning.repairs.holes import fill_holes
from govner.cleaning.repairs.utf8 import LOST, NO_BYTE, Data, find_units, next_place, previous_place

# How much more plausible a repair must be, and how plausible for each character; less where the text is known to be
# damaged so.
_CLEAR, _KNOWN, _LEAST = 12.0, 3.0, -11.5
_ESTABLISHED: Final = 3
_EURO: Final = 0x20AC


def repair_utf8_as_gbk(text: str) -> list[Edit]:
    """Plan what the bytes of stretches say in UTF-8 where that is clearly more plausible."""
    found = _candidates(text)
    gains = _gains(text, found)
    established = sum(gain > _CLEAR for gain in gains) >= _ESTABLISHED
    least = _KNOWN if established else _CLEAR
    return [edit for edit, gain in zip(found, gains, strict=True) if gain > least]


def _candidates(text: str) -> list[Edit]:
    """Stretches of suspicious lines whose bytes in GBK are UTF-8, as edits."""
    lines = suspicious_lines(text)
    if not lines:
        return []
    # With their line breaks, which part them.
    chars = np.concatenate([np.arange(start, end + 1) for start, end in lines])
    data, owners = _bytes_of(np.minimum(code_points(text + "\n")[chars], np.uint32(0xFFFF)), chars)
    units = find_units(data)
    if not len(units.firsts):
        return []
    # A repair begins and ends where characters of the text do.
    is_border = np.concatenate(([True], owners[1:] != owners[:-1], [True]))
    ends = is_border[units.ends]
    behind = np.append(data, np.uint16(NO_BYTE))[units.ends]
    # A letter that the last byte took in is a character of its own.
    with_tail = ~ends[units.lasts - 1] & (behind[units.lasts - 1] < 0x80)
    firsts = next_place(is_border[units.starts])[units.firsts]
    lasts = np.where(with_tail, units.lasts, previous_place(ends)[units.lasts - 1] + 1)
    kept = firsts < lasts
    firsts, lasts = firsts[kept], lasts[kept]
    tails = np.where(with_tail[kept], behind[lasts - 1], 0).tolist()
    starts, stops = owners[units.starts], owners[units.ends - 1] + 1
    around = [
        (text[max(0, start - 1) : start], chr(tail) if tail else text[end : end + 1])
        for start, end, tail in zip(starts[firsts].tolist(), stops[lasts - 1].tolist(), tails, strict=True)
    ]
    spans = list(zip(firsts.tolist(), lasts.tolist(), strict=True))
    places = list(zip(starts.tolist(), stops.tolist(), strict=True))
    edits = []
    for (first, last), tail, (new, guesses) in zip(spans, tails, fill_holes(units, data, spans, around), strict=True):
        held = tuple(places[first:last])
        if tail:
            # Its character holds the byte before it too.
            new += chr(tail)
            held += ((held[-1][1] - 1, held[-1][1]),)
        edits.append(Edit(held[0][0], held[-1][1], new, "UTF-8 as GBK", held, guesses))
    return edits


def _bytes_of(codes: NDArray[np.uint32], chars: NDArray[np.intp]) -> tuple[Data, NDArray[np.intp]]:
    """The bytes of characters, and for each byte which of the characters it is of."""
    pairs = pairs_of_characters()[codes]
    leads = pairs >> 8
    euro = codes == _EURO
    # The byte 80 alone, unless what follows goes on where its two bytes would have begun a character.
    whole_euro = euro & (np.append(leads[1:], 0) >= 0x80) & (np.append(leads[1:], 0) < 0xC0)
    two = (pairs > 0) & (~euro | whole_euro)
    single = np.where(codes < 0x80, codes, NO_BYTE).astype(np.uint16)
    single[codes == ord(LOST)] = ord("?")
    single[euro] = 0x80
    lengths = 1 + two.astype(np.intp)
    first = np.cumsum(lengths) - lengths
    data = np.empty(int(lengths.sum()), np.uint16)
    data[first] = np.where(two, leads, single)
    data[first[two] + 1] = pairs[two] & 0xFF
    return data, np.repeat(chars, lengths)


def _gains(text: str, edits: list[Edit]) -> list[float]:
    """By how much each repair is more plausible; nothing if it is implausible itself."""
    befores = [text[max(0, edit.start - 1) : edit.start].strip() or "\n" for edit in edits]
    known = [edit.new.replace(LOST, "") for edit in edits]
    new = score_each(befores, known).tolist()
    old = score_each(befores, [text[edit.start : edit.end] for edit in edits]).tolist()
    return [
        after - now if part and after / len(part) > _LEAST else 0.0
        for part, after, now in zip(known, new, old, strict=True)
    ]
