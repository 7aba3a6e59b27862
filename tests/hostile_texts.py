"""Hostile texts made from the structure of a regular expression, on which it is slow if it is slow on any."""

import re
from collections.abc import Callable, Iterable
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

# Pieces of the reports themselves, and marks which a careless pattern scans to the end of a text for.
_HOSTILE = (*"10 \n\t|《（(中。-", "〔2017〕", "一、", "2017年", "年1", "1,", " |", "a1")
_UNFIT = ("\x01", "中", "\n", "。")
_MOST_TEXTS = 80


class HostileText(NamedTuple):
    """A text of any length: what it begins with, a piece that is repeated, what it ends with."""

    begin: str
    piece: str
    end: str

    def of_length(self, length: int) -> str:
        """The text with as many pieces as make the length."""
        return self.begin + self.piece * (length // len(self.piece) + 1) + self.end

    def __str__(self) -> str:
        return f"{self.begin!r} + {self.piece!r} * n + {self.end!r}"


class _Repeat(NamedTuple):
    """A repeat of a pattern: what a match has before it, what it repeats, what comes behind it."""

    before: str
    bodies: tuple[str, ...]
    behind: str


def _of_class(items: list[tuple[Any, Any]]) -> tuple[str, ...]:
    """Up to four different characters that a class of characters matches."""
    candidates = ["1", "中", " ", "a", "，", "（", "\n", "|"]
    for operator, argument in items[:40]:
        if operator is codes.LITERAL:
            candidates.insert(0, chr(argument))
        elif operator is codes.RANGE:
            candidates.append(chr(argument[0]))
    fitting = [char for char in candidates if _in_class(items, char)]
    return tuple(dict.fromkeys(fitting))[:4] or ("\U00020000",)


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    codes.CATEGORY_DIGIT: str.isdigit,
    codes.CATEGORY_NOT_DIGIT: lambda char: not char.isdigit(),
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    codes.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    codes.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}


def _in_class(items: list[tuple[Any, Any]], char: str) -> bool:
    negated = bool(items) and items[0][0] is codes.NEGATE
    for operator, argument in items[negated:]:
        if (
            (operator is codes.LITERAL and ord(char) == argument)
            or (operator is codes.RANGE and argument[0] <= ord(char) <= argument[1])
            or (operator is codes.CATEGORY and _CATEGORIES[argument](char))
        ):
            return not negated
    return negated


class _Reader:
    """Walks the tree of a pattern: `repeats`, the beginnings of a match, and the characters named in it."""

    def __init__(self) -> None:
        self.repeats: list[_Repeat] = []
        self.beginnings: list[str] = []
        self.named: list[str] = []

    def read(self, nodes: Iterable[tuple[Any, Any]], before: str = "") -> tuple[str, ...]:
        """Read a sequence; texts it matches (its alternatives, or its characters where it is one class)."""
        parts: list[tuple[str, ...]] = []
        pending: list[tuple[int, tuple[str, ...]]] = []
        for operator, argument in nodes:
            begun = before + "".join(part[0] for part in parts)
            self.beginnings.append(begun)
            parts.append(self._read_one(operator, argument, begun))
            if operator in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT) and argument[1] > 1:
                pending.append((len(parts), parts[-1]))
        for index, bodies in pending:
            begun = before + "".join(part[0] for part in parts[: index - 1])
            self.repeats.append(_Repeat(begun, bodies, "".join(part[0] for part in parts[index:])))
        if len(parts) == 1:
            return parts[0]
        first = "".join(part[0] for part in parts)
        others = ["".join(part[min(at, len(part) - 1)] for part in parts) for at in (1, 2)]
        return tuple(dict.fromkeys([first, *others]))

    def _read_one(self, operator: Any, argument: Any, before: str) -> tuple[str, ...]:
        if operator is codes.LITERAL:
            self.named.append(chr(argument))
            return (chr(argument),)
        if operator is codes.NOT_LITERAL:
            self.named.append(chr(argument))
            return _of_class([(codes.NEGATE, None), (codes.LITERAL, argument)])
        if operator is codes.ANY:
            return ("中", "1", " ")
        if operator is codes.IN:
            self.named += [chr(value) for name, value in argument if name is codes.LITERAL]
            return _of_class(argument)
        if operator is codes.BRANCH:
            alternatives = [self.read(branch, before) for branch in argument[1][:40]]
            return tuple(dict.fromkeys(text for texts in alternatives for text in texts[:3]))[:8] or ("",)
        if operator in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            least, _, body = argument
            return tuple(text * max(least, 1) for text in self.read(body, before))
        if operator is codes.SUBPATTERN:
            return self.read(argument[-1], before)
        if operator is codes.ATOMIC_GROUP:
            return self.read(argument, before)
        if operator in (codes.ASSERT, codes.ASSERT_NOT):
            ahead, body = argument
            inside = self.read(body, before)
            return inside[:2] if operator is codes.ASSERT and ahead < 0 else ("",)
        if operator is codes.GROUPREF_EXISTS:
            return self.read(argument[1], before)
        return ("",)


def hostile_texts(pattern: re.Pattern[Any]) -> list[HostileText]:
    """Texts to try a pattern on, those nearest to its structure first."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    reader = _Reader()
    wholes = reader.read(parser.parse(source, flags))
    texts: list[tuple[str, str, str]] = []
    repeats = [(before, [body for body in bodies if body][:5], behind) for before, bodies, behind in reader.repeats]
    texts += [(before, bodies[0], "\x01") for before, bodies, _ in repeats if bodies]
    texts += [("", text, "\x01") for text in dict.fromkeys((*reader.beginnings, *wholes)) if text]
    texts += [("", piece, "") for piece in _HOSTILE]
    for before, bodies, behind in repeats:
        for body in bodies:
            texts += [(before, body, "\x01"), ("", before + body * 3, "\x01"), ("", body + behind, "\x01")]
            texts += [("", body, end) for end in _UNFIT]
        texts += [(before, one + other, "\x01") for one in bodies[:3] for other in bodies[:3] if one != other]
    texts += [("", char, "\x01") for char in dict.fromkeys(reader.named[:30])]
    texts += [("", wholes[0] + piece, "") for piece in ("1", "中", " ")]
    return [HostileText(*text) for text in dict.fromkeys(texts)][:_MOST_TEXTS]
