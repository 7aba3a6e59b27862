"""Parse a page into a tree, however ill-formed, deep or large it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from govner.errors import InputError
from govner.input.html.elements import Look, look_of

if TYPE_CHECKING:
    from lxml.etree import ParserTarget

# Halves of surrogate pairs, which the parser cannot take.
_UNFIT: Final = re.compile("[\ud800-\udfff]")
_DECLARATION: Final = re.compile(r"\s{0,99}<\?xml[^>]{0,500}\?>")


@dataclass(eq=False, slots=True)
class Element:
    """An element of a page.

    The parser's own trees end at a depth of some two thousand; the rest of the page would be missing.

    tag (str): Its name in lower case, with the prefix if it has one.
    attributes (dict[str, str]): Its attributes.
    look (str): How the reader sees it: "unseen", "block" or "inline".
    children (list[Element | str]): The elements and words in it, in order.
    holds_table (bool): There is a table in it, however deep.
    """

    tag: str
    attributes: dict[str, str]
    look: Look
    children: list[Element | str] = field(default_factory=list)
    holds_table: bool = False

    @property
    def elements(self) -> list[Element]:
        """The elements directly in it."""
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def style(self) -> str:
        """The style that it has of its own, in lower case."""
        return self.attributes.get("style", "").lower()


def parse_page(html: str) -> Element:
    """Parse a page.

    html (str): A page or a part of one, also an ill-formed one.
    RETURNS (Element): What holds its elements, named "".
    RAISES (InputError): lxml is not installed.
    """
    try:
        from lxml import etree
    except ImportError:
        raise InputError("HTML needs lxml; install it with: pip install 'govner[html]'") from None
    html = _DECLARATION.sub("", _UNFIT.sub("\ufffd", html.replace("\0", "")), count=1)
    builder = _Builder()
    if html.strip():
        etree.fromstring(html, etree.HTMLParser(target=cast("ParserTarget[None]", builder), huge_tree=True))
    return builder.root


class _Builder:
    """Makes a tree of what the parser reports."""

    def __init__(self) -> None:
        self.root = Element("", {}, "block")
        self._open = [self.root]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag, dict(attributes), look_of(tag, attributes))
        self._open[-1].children.append(element)
        if tag == "table":
            for outer in reversed(self._open):
                if outer.holds_table:
                    break
                outer.holds_table = True
        self._open.append(element)

    def end(self, tag: str) -> None:
        # The parser forgets to end some elements with broken names.
        while len(self._open) > 1 and self._open.pop().tag != tag:
            pass

    def data(self, words: str) -> None:
        self._open[-1].children.append(words)

    def close(self) -> None:
        """There is nothing left to do."""
