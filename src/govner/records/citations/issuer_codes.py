"""The lists of codes (机关代字): which code stands for which body, and what departments are called in codes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Final

from govner.data import load_table

# What may follow the code of a body: the form of the document, and of governments what it is about (土 land, 人 staff).
FORM: Final = "(?:明电|网传|公告|通告|通报|纪要|[发函字规令文通秘任批复议电传明报请综土地便告决征证答呈人审罚许])*"
# After a department's sign: the unit or subject, and the form. What is of its office (教办发) may be of either.
UNIT: Final = re.compile(
    rf"(?:收费|监督|医政|疾控|计量|价格|[综基规法价费服商行财农企建社教预库税科稽党组宣信安督收评资管高师运环执]{{1,2}})?{FORM}"
)
OFFICE: Final = re.compile(rf"[办厅]{FORM}")
_FORM: Final = re.compile(FORM)
_OFFICE: Final = re.compile("人民政府(办公[厅室])")


@dataclass(frozen=True)
class CodeRow:
    """A row of the list of codes.

    issuer (str): The body.
    regions (tuple[str, ...]): Its province, or province and city; none for bodies of the whole country.
    since, until (int): First and last year in which it bore the name.
    is_open (bool): Whether anything may follow the code, not only a form.
    """

    issuer: str
    regions: tuple[str, ...]
    since: int
    until: int
    is_open: bool


def find_rows(code: str, year: int | None) -> list[CodeRow]:
    """Find the rows of a code.

    code (str): Such as 国办发 or 哈政办规.
    year (int | None): The year of the document, which leaves out bodies that had no such name then.
    RETURNS (list[CodeRow]): The rows with the longest code that this one begins with.
    """
    codes = _load_codes()
    for length in range(len(code), 0, -1):
        is_form = bool(_FORM.fullmatch(code, length))
        rows = [row for row in codes.get(code[:length], ()) if is_form or row.is_open]
        if rows:
            return [row for row in rows if year is None or row.since <= year <= row.until]
    return []


@cache
def _load_codes() -> dict[str, tuple[CodeRow, ...]]:
    found: defaultdict[str, list[CodeRow]] = defaultdict(list)
    for code, issuer, path, years in load_table("issuer_codes"):
        row = CodeRow(issuer, tuple(path.split("/")) if path else (), *_read_years(years), code.endswith("*"))
        found[code.removesuffix("*")].append(row)
    return {code: tuple(rows) for code, rows in found.items()}


@cache
def load_offices() -> dict[str, tuple[str, ...]]:
    """What the office of a government is called, by its province or city: 办公厅, 办公室 or, by turns, both."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for rows in _load_codes().values():
        for row in rows:
            office = _OFFICE.search(row.issuer)
            if office and row.regions and office[1] not in found[row.regions[-1]]:
                found[row.regions[-1]].append(office[1])
    return {region: tuple(offices) for region, offices in found.items() if offices}


@cache
def load_departments() -> dict[str, tuple[str, ...]]:
    """The names that a department has below a place, by what it is called in codes (水: 水利局, 水利厅, 水务局)."""
    return {sign: tuple(name for name, _, _ in names) for sign, names in _load_departments().items()}


@cache
def department_names(sign: str, year: int | None) -> tuple[str, ...]:
    """The names that a department may have had in a year.

    sign (str): What it is called in codes, such as 环.
    year (int | None): The year; None for any.
    RETURNS (tuple[str, ...]): Names without place, such as 环境保护局; none for an unknown sign.
    """
    names = _load_departments().get(sign, ())
    return tuple(name for name, since, until in names if year is None or since <= year <= until)


@cache
def _load_departments() -> dict[str, tuple[tuple[str, int, int], ...]]:
    return {
        sign: tuple((name, *_read_years(years)) for name, _, years in (one.partition(":") for one in names.split("、")))
        for sign, names in load_table("department_codes")
    }


def _read_years(years: str) -> tuple[int, int]:
    since, _, until = years.partition("-")
    return int(since or 0), int(until or 9999)
