"""Cleaning takes time in proportion to the text, whatever is done to it."""

import random
import time
from collections.abc import Callable

import pytest

from govner.cleaning.difference import diff
from govner.cleaning.view import View, clean

SENTENCES = "全年主动公开政府信息1234条，其中网站公开980条。收到依申请公开12件，均已按期答复；没有收取费用。\n"
SHORT = 4_000
# Four times the text may take so much longer: sorting, and what the machine does beside it.
MOST = 9.0
# Less time than this says nothing.
FLOOR = 0.01


def report(count: int) -> str:
    return (SENTENCES * (count // len(SENTENCES) + 1))[:count]


def random_bytes(count: int, encoding: str) -> str:
    return random.Random(1).randbytes(count).decode(encoding, "replace")


TEXTS: dict[str, Callable[[int], str]] = {
    "one character": lambda count: "政" * count,
    "one letter": lambda count: "a" * count,
    "one rare character": lambda count: "鏀" * count,
    "ampersands": lambda count: "&" * count,
    "entities": lambda count: "&nbsp;" * (count // 6),
    "nested entities": lambda count: "&" + "amp;" * (count // 4),
    "entities with nothing behind": lambda count: "&amp;#" * (count // 6),
    "symbols in words": lambda count: "ξ公" * (count // 2),
    "blanks between characters": lambda count: "政 " * (count // 2),
    "blanks between words": lambda count: "政府 信息 " * (count // 6),
    "blanks around numbers": lambda count: "共 12 件" * (count // 6),
    "digits and blanks": lambda count: "1 " * (count // 2),
    "years on one line": lambda count: "，年 1" * (count // 4),
    "digits and commas": lambda count: "1," * (count // 2),
    "blanks": lambda count: " " * count,
    "wide blanks": lambda count: "\u3000" * count,
    "asterisks": lambda count: "*" * count,
    "asterisks and blanks": lambda count: "* " * (count // 2),
    "letters x": lambda count: "x" * count,
    "UTF-8 as GBK": lambda count: report(count).encode().decode("gb18030", "replace"),
    "UTF-8 as GBK on one line": lambda count: report(count).replace("\n", "").encode().decode("gb18030", "replace"),
    "UTF-8 as Latin-1": lambda count: report(count).encode().decode("latin-1"),
    "UTF-8 as Latin-1 on one line": lambda count: ("公开" * (count // 2)).encode().decode("latin-1"),
    "GBK as Latin-1": lambda count: report(count).encode("gbk").decode("latin-1"),
    "GBK without a byte": lambda count: report(count).replace("\n", "").encode("gbk")[1:].decode("gbk", "replace"),
    "holes": lambda count: "Ã?" * (count // 2),
    "holes in UTF-8": lambda count: "锛?" * (count // 2),
    "bytes as Latin-1": lambda count: random_bytes(count, "latin-1"),
    "bytes as GBK": lambda count: random_bytes(count, "gbk"),
    "letters with accents": lambda count: "éa" * (count // 2),
    "page numbers": lambda count: "主动公开\n- 3 -\n" * (count // 11),
    "lines alike": lambda count: "主动公开信息\n" * (count // 7),
    "heads of pages": lambda count: ("临川县水务局年报\n" + "说明" * 160 + "\n") * (count // 330),
    "share bars": lambda count: "大 中 小" * (count // 5),
    "empty lines": lambda count: "\n" * count,
    "private use": lambda count: "\ue000" * count,
    "lost characters": lambda count: "\ufffd" * count,
    "lost characters as GBK": lambda count: "锟斤拷" * (count // 3),
    "lone surrogates": lambda count: "\ud800" * count,
    "zero width": lambda count: "公\u200b" * (count // 2),
    "form feeds": lambda count: "公开\x0c信息" * (count // 5),
    "full width": lambda count: "１．" * (count // 2),
    "zeros of years": lambda count: "二Ｏ一六年" * (count // 5),
    "pinyin": lambda count: "公(gōng)" * (count // 7),
    "open brackets": lambda count: "公(a" * (count // 3),
    "traditional script": lambda count: "開國條" * (count // 3),
}


def seconds(work: Callable[[], object]) -> float:
    """CPU time of the quicker of two."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("name", TEXTS)
def test_time_grows_with_the_text(name: str) -> None:
    short, long = TEXTS[name](SHORT), TEXTS[name](4 * SHORT)
    clean(short)
    assert seconds(lambda: clean(long)) < MOST * max(seconds(lambda: clean(short)), FLOOR)


@pytest.mark.parametrize("name", TEXTS)
def test_cleaning_again_changes_nothing(name: str) -> None:
    assert not clean(clean(TEXTS[name](2_000)).text).changes


def ask(view: View) -> None:
    """Map a thousand spans both ways."""
    rng = random.Random(1)
    for _ in range(1_000):
        start, end = sorted((rng.randint(0, len(view.text)), rng.randint(0, len(view.text))))
        view.to_copy(*view.to_original(start, end))


def test_a_span_is_found_as_soon_in_a_long_text() -> None:
    short, long = (clean("政 府 信 息 公(gōng) 开 " * count) for count in (250, 4_000))
    assert seconds(lambda: ask(long)) < 4 * max(seconds(lambda: ask(short)), FLOOR / 4)


def test_differences_take_time_in_proportion() -> None:
    short, long = (clean("公ξ开信息\n" * count) for count in (2_000, 8_000))
    assert seconds(lambda: list(diff(long))) < MOST * max(seconds(lambda: list(diff(short))), FLOOR)
