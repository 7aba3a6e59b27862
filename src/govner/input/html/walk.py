"""Walk through a web page in the order in which it is read, and put its text together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from govner.input.html.elements import AS_IS
from govner.input.html.lists import List, open_list
from govner.input.html.text import Cell, PageText, Reaching
from govner.input.html.tree import Element

_CELLS: Final = frozenset({"td", "th"})
# Most rows and columns a cell may span; pages have been seen with thousands.
_MOST_ROWS, _MOST_COLUMNS = 100, 30
# A cell of more than one line and at least so many characters holds paragraphs and is no cell of data, unless this
# many rows of the table are alike.
_CHARACTERS_OF_PARAGRAPHS: Final = 60
_ROWS_OF_DATA: Final = 3


def walk(root: Element, cell_break: str = " ") -> PageText:
    """Put the visible text of a page together.

    Blocks are lines. Tables are rows of cells, but where they only lay out the page, their cells are blocks too.

    root (Element): The root of the page.
    cell_break (str): What stands for a line break in a cell.
    RETURNS (PageText): Its text, and where the cells of its tables stand in it.
    """
    page = PageText(cell_break)
    walking = _Walk(page)
    stack = [(root, iter(root.children))]
    while stack:
        for child in stack[-1][1]:
            if isinstance(child, str):
                walking.write(child)
            elif child.look != "unseen":
                walking.enter(child)
                stack.append((child, iter(child.children)))
                break
        else:
            walking.leave(stack.pop()[0])
    page.end_line()
    return page


@dataclass
class _Table:
    """An open table: how many rows it has of each number of cells, how many are open, and which cells reach down."""

    rows: Counter[int]
    open_rows: int = 0
    reaching: Reaching = field(default_factory=dict)


@dataclass
class _Row:
    """An open row whose cells are kept: its elements of cells, and the cells so far."""

    element: Element
    elements: frozenset[Element]
    cells: list[Cell] = field(default_factory=list)


class _Walk:
    """What is open at a place of a page, and what the page has so far."""

    def __init__(self, page: PageText) -> None:
        self._page = page
        self._tables: list[_Table] = []
        self._row: _Row | None = None
        self._lists: list[List] = []
        self._as_is = 0

    def enter(self, element: Element) -> None:
        """Begin an element."""
        tag = element.tag
        if element.look == "block":
            self._page.end_line()
        if tag == "table":
            self._tables.append(_Table(Counter(len(_cells(row)) for row in _rows(element))))
        elif tag == "tr" and self._tables:
            self._enter_row(element, self._tables[-1])
        elif self._row is not None and element in self._row.elements:
            self._keep_words(self._row)
        elif tag == "ol":
            self._lists.append(open_list(element))
        elif tag == "li" and self._lists and element in self._lists[-1].entries:
            self._page.number(self._lists[-1].number(element))
        self._as_is += tag in AS_IS

    def leave(self, element: Element) -> None:
        """End an element."""
        tag = element.tag
        self._as_is -= tag in AS_IS
        if tag == "table":
            self._tables.pop()
        elif tag == "tr" and self._tables:
            self._leave_row(element, self._tables[-1])
        elif self._row is not None and element in self._row.elements:
            columns, rows = _span(element, "colspan", _MOST_COLUMNS), _span(element, "rowspan", _MOST_ROWS)
            self._row.cells.append(Cell(self._page.close_cell(), columns, rows))
            self._page.open_cell()
        elif tag == "li" and self._lists and element in self._lists[-1].entries and self._lists[-1].is_numbered:
            self._page.drop_number()
        elif tag == "ol":
            self._lists.pop()
        if element.look == "block" and tag != "br":
            self._page.end_line()

    def write(self, words: str) -> None:
        """Add words."""
        if self._as_is:
            self._page.write_as_is(words)
        else:
            self._page.write(words)

    def _enter_row(self, element: Element, table: _Table) -> None:
        table.open_rows += 1
        # Rows in cells without a table between them are lines.
        if self._row is None and table.open_rows == 1:
            cells = _cells(element)
            if _is_data(element, cells, table):
                self._row = _Row(element, frozenset(cells))
                self._page.open_cell()

    def _leave_row(self, element: Element, table: _Table) -> None:
        table.open_rows -= 1
        if self._row is not None and element is self._row.element:
            self._keep_words(self._row, opens=False)
            self._page.add_row(self._row.cells, table.reaching)
            self._row = None

    def _keep_words(self, row: _Row, opens: bool = True) -> None:
        """Keep the words between cells, which only ill-formed tables have, as a cell without a column."""
        if words := self._page.close_cell():
            row.cells.append(Cell(words, 0))
        if opens:
            self._page.open_cell()


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, also those in a group or a form."""
    for child in table.elements:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot", "form"):
            yield from (row for row in child.elements if row.tag == "tr")


def _cells(row: Element) -> list[Element]:
    """The cells of a row, also those in a form, which old pages put between rows and cells."""
    inner = (child.elements if child.tag == "form" else (child,) for child in row.elements)
    return [cell for cells in inner for cell in cells if cell.tag in _CELLS and cell.look != "unseen"]


def _is_data(row: Element, cells: list[Element], table: _Table) -> bool:
    """Whether the cells of a row belong beside each other; else the table only lays out the page there."""
    if not cells or row.holds_table or max(table.rows, default=0) < 2:
        return False
    if len(cells) > 1 and table.rows[len(cells)] >= _ROWS_OF_DATA:
        return True
    return not any(_holds_paragraphs(cell) for cell in cells)


def _holds_paragraphs(cell: Element) -> bool:
    lines = characters = 0
    is_new = True
    stack: list[Element | str | None] = [cell]
    while stack and (lines < 2 or characters < _CHARACTERS_OF_PARAGRAPHS):
        child = stack.pop()
        if child is None:
            is_new = True
        elif not isinstance(child, str):
            if child.look != "unseen":
                # A block ends the line before it and its own last one.
                ends_line = child.look == "block"
                is_new = is_new or ends_line
                stack.extend([None] if ends_line else [])
                stack.extend(reversed(child.children))
        elif number := len(child.strip()):
            lines += is_new
            characters += number
            is_new = False
    return lines > 1 and characters >= _CHARACTERS_OF_PARAGRAPHS


def _span(cell: Element, name: str, most: int) -> int:
    value = cell.attributes.get(name, "").strip()
    return min(max(int(value), 1), most) if value.isdecimal() and len(value) < 9 else 1
