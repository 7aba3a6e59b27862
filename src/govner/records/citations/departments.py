"""Codes of departments of the report's own places: 青水发, 湘环函, 县财字."""

from __future__ import annotations

from typing import Final

from govner.records.citations.issuer_codes import OFFICE, UNIT, department_names
from govner.records.citations.named_issuers import is_same_name
from govner.records.citations.place_signs import LONGEST_SIGN, Signs
from govner.records.identity.names import complete
from govner.records.identity.regions import place_level

_MUNICIPALITIES: Final = frozenset(("北京市", "天津市", "上海市", "重庆市"))
# Names that of all provinces only municipalities have had.
_MUNICIPAL: Final = frozenset(("教育委员会", "住房和城乡建设委员会", "交通委员会", "交通运输委员会", "科学技术委员会"))
_TAX: Final = ("税务局", "国家税务总局")
_LONGEST: Final = 4


def find_departments(code: str, signs: Signs, year: int | None, named: frozenset[str]) -> tuple[tuple[str, ...], bool]:
    """Find the departments of the report's places that a code may stand for.

    code (str): Such as 青水发.
    signs (Signs): What places are called at the head of a code, by `place_signs`.
    year (int | None): The year of the document.
    named (frozenset[str]): The bodies that the report names, which decide between the names of a department.
    RETURNS (tuple[tuple[str, ...], bool]): Their full names, and whether the code may be one of a department's office,
        so that not even one name is certain.
    """
    names: list[str] = []
    is_office = False
    for length in range(1, min(LONGEST_SIGN, len(code) - 1) + 1):
        if code[:length] not in signs:
            continue
        for end in range(min(len(code), length + _LONGEST), length, -1):
            kinds = department_names(code[length:end], year)
            office = OFFICE.fullmatch(code, end)
            if kinds and (office or UNIT.fullmatch(code, end)):
                is_office = is_office or office is not None
                names += [_complete(region, kind) for region in signs[code[:length]] for kind in _at(region, kinds)]
                break
    if len(set(names)) > 1:
        names = (
            [name for name in names if any(one.endswith(name) for one in named)]
            or [one for one in sorted(named) if any(is_same_name(one, name) for name in names)]
            or names
        )
    return tuple(dict.fromkeys(names)), is_office


def _complete(region: str, kind: str) -> str:
    # The tax bureaus joined in 2018 have the ministry's name before their own.
    return complete(region, kind, _TAX[1] if kind == _TAX[0] else "")


def _at(region: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The names a department can have in a province (局 only where it never was a 厅 or 委员会), or below (no 厅)."""
    lower = tuple(kind for kind in kinds if not kind.endswith("厅"))
    if region in _MUNICIPALITIES or place_level(region) != "province":
        return lower
    upper = tuple(kind for kind in kinds if kind.endswith(("厅", "委员会")) and kind not in _MUNICIPAL)
    return upper or lower
