"""How much of a time and how large a report may be, and the clock that watches over it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Final

from govner.errors import InputError

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True)
class Limits:
    """What a report may take; one that takes more is reported and left out.

    megabytes (float): Size of its file, in millions of bytes.
    characters (int): Length of its text.
    seconds (float): Time to read it, and again to tag it and make its record.
    """

    megabytes: float = 100.0
    characters: int = 300_000
    seconds: float = 120.0

    def check_size(self, size: int, path: str) -> None:
        """Raise InputError for a file of more bytes than are allowed."""
        if size > self.megabytes * MEGABYTE:
            raise InputError(
                f"has {size / MEGABYTE:,.1f} MB, more than {self.megabytes:g}; split it or raise --max-megabytes", path
            )

    def check_length(self, text: str, path: str, row: int | None = None) -> None:
        """Raise InputError for a text of more characters than are allowed."""
        if len(text) > self.characters:
            raise InputError(
                f"has {len(text):,} characters, more than {self.characters:,}; split it or raise --max-characters",
                path,
                row,
            )


class OutOfTime(Exception):
    """Something took longer than it may."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Stop what takes too long: a context manager.

    It needs the main thread of a POSIX system, as signals do, and lets time pass elsewhere.

    seconds (float): How long it may take; 0 is for ever.
    RAISES (OutOfTime): It took longer.
    """
    if seconds <= 0 or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise OutOfTime(f"took longer than {seconds:g} s; look at it or raise --max-seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
