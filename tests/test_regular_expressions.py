"""Every regular expression of the package reads hostile text in time linear in the length of that text.

The patterns are found in the package, the texts are made from each pattern's own structure: what its repeats repeat,
beginnings of a match again and again, a long match followed by a character that fails. Time is CPU time of `finditer`
over n and over 4n characters: a linear pattern takes four times as long, a quadratic one sixteen times.
"""

import ast
import builtins
import functools
import importlib
import inspect
import pkgutil
import re
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest

import govner
from hostile_texts import HostileText, hostile_texts

_LENGTHS = (500, 2000)
_FLOOR = 0.0005
_LIMIT = 0.4
_MOST_GROWTH = 8.0
_MOST_ROUNDS = 3
# A pattern that takes long on every text is tried on fewer.
_MOST_SECONDS = 0.2


def _modules() -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(govner.__path__, "govner."):
        if not info.name.endswith("__main__"):
            yield importlib.import_module(info.name)


def _patterns_in(value: object, seen: dict[int, object]) -> Iterator[re.Pattern[Any]]:
    """Compiled patterns in a value, in what it contains, and in what cached functions without arguments return."""
    if id(value) in seen:
        return
    seen[id(value)] = value
    if isinstance(value, re.Pattern):
        yield value
        return
    parts: Iterable[object] = ()
    if isinstance(value, Mapping):
        parts = (*value.keys(), *value.values())
    elif isinstance(value, (tuple, list, set, frozenset)):
        parts = value
    elif is_dataclass(value) and not isinstance(value, type):
        parts = [getattr(value, field.name, None) for field in fields(value)]
    elif isinstance(value, type) and value.__module__.startswith("govner"):
        parts = list(vars(value).values())
    elif hasattr(value, "cache_info"):
        signature = inspect.signature(value)  # type: ignore[arg-type]
        if "Pattern" in str(signature.return_annotation) and not signature.parameters:
            parts = [value()]  # type: ignore[operator]
    for part in parts:
        if not isinstance(part, (str, bytes, int, float)):
            yield from _patterns_in(part, seen)


class _Unknown(dict[str, object]):
    """The names of a module; a name it lacks (a local variable, an argument) stands for some word or number."""

    def __init__(self, module: ModuleType, unknown: object) -> None:
        super().__init__(vars(module))
        self.unknown = unknown

    def __missing__(self, name: str) -> object:
        if hasattr(builtins, name):
            raise KeyError(name)
        return self.unknown


def _written_in(module: ModuleType) -> Iterator[re.Pattern[Any]]:
    """What a module gives to functions of `re`, where it stands in the source."""
    tree = ast.parse(Path(inspect.getfile(module)).read_text("utf-8"))
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=name), args=[first, *_]) if name != "escape":
                code = compile(ast.Expression(first), module.__name__, "eval")
                for unknown in ("二", 2):
                    with suppress(TypeError, AttributeError):
                        yield re.compile(eval(code, _Unknown(module, unknown)))
                        break
                else:
                    raise AssertionError(f"{module.__name__}:{node.lineno}: the pattern cannot be built")


@functools.cache
def _all_patterns() -> tuple[tuple[str, re.Pattern[Any]], ...]:
    """Module and pattern, each pattern once."""
    found: dict[tuple[str | bytes, int], tuple[str, re.Pattern[Any]]] = {}
    seen: dict[int, object] = {}  # the values themselves, so that no identity comes up again
    for module in _modules():
        for pattern in (*_patterns_in(dict(vars(module)), seen), *_written_in(module)):
            found.setdefault((pattern.pattern, pattern.flags), (module.__name__, pattern))
    return tuple(found.values())


class _TooSlowError(Exception):
    """A measurement took longer than any linear one."""


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _TooSlowError


def _seconds(pattern: re.Pattern[Any], text: HostileText, length: int) -> float:
    """CPU time of `finditer` over a text of a length; infinite where it takes too long."""
    whole: Any = text.of_length(length)
    if isinstance(pattern.pattern, bytes):
        whole = whole.encode("gb18030")
    previous = signal.signal(signal.SIGVTALRM, _stop)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, _LIMIT)
        start = time.thread_time()
        deque(pattern.finditer(whole), maxlen=0)
        return time.thread_time() - start
    except _TooSlowError:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous)


def find_growth(pattern: re.Pattern[Any]) -> str:
    """The text on which the time of a pattern grows faster than the text, in words; empty where there is none."""
    begun = time.thread_time()
    for text in hostile_texts(pattern):
        if time.thread_time() - begun > _MOST_SECONDS:
            break
        # A pattern that does much for every character shows its growth on shorter texts.
        start = next((length for length in _LENGTHS if _seconds(pattern, text, length) >= _FLOOR), None)
        if start is None:
            continue
        # What looks quadratic is measured again on texts twice as long.
        grown = _grows(pattern, text, start) and _grows(pattern, text, 2 * start)
        if grown:
            return f"on {text}: {grown}"
    return ""


def _grows(pattern: re.Pattern[Any], text: HostileText, length: int) -> str:
    """The times for a text and for one four times as long where they differ too much, the best of some measurements."""
    short = long = float("inf")
    # The two take turns, for a noisy machine is slow for a while.
    for _ in range(_MOST_ROUNDS):
        short = min(short, _seconds(pattern, text, length))
        if short == float("inf"):
            break
        long = min(long, _seconds(pattern, text, 4 * length))
        if long <= _MOST_GROWTH * short:
            return ""
    return f"{short:.3g} s for {length} characters, {long:.3g} s for {4 * length}"


def test_every_pattern_is_linear() -> None:
    slow = [
        f"{module}: {str(pattern.pattern)[:300]!r}\n    {growth}"
        for module, pattern in _all_patterns()
        if (growth := find_growth(pattern))
    ]
    assert not slow, f"{len(slow)} patterns:\n" + "\n".join(slow)


def test_the_patterns_are_found() -> None:
    assert len(_all_patterns()) > 300


@pytest.mark.parametrize(
    "source",
    [
        r"\d+年\d+号$",
        r"(?:a|b)+c",
        r"《[^》]*》",
        r"\s+$",
        r".*第\d号",
        r"(?:关于.*)+通知",
        r"(?P<body>\w+)办公室",
        r"(?:\d+,?)+元",
        r"信息[\s\S]*?公开",
    ],
)
def test_growth_is_reported(source: str) -> None:
    assert find_growth(re.compile(source))


@pytest.mark.parametrize(
    "source", [r"\d{1,9}年\d{1,9}号$", r"(?:a|b){1,40}c", r"《[^》]{0,80}》", r"(?<!\s)\s+$", r"\w++"]
)
def test_linear_patterns_are_not_reported(source: str) -> None:
    assert not find_growth(re.compile(source))
