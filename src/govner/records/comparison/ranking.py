"""Ranks of bodies in one year."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from govner.records.comparison.model import Figure, Series

_Key = tuple[int, str, str]


def rank_bodies(bodies: Sequence[Series]) -> tuple[Series, ...]:
    """Give the figures of each year their ranks: 1 for the largest, equal figures the same, the next one after them.

    Figures of the disclosure table are ranked among themselves, for text counts something else.

    bodies (Sequence[Series]): The series of all bodies.
    RETURNS (tuple[Series, ...]): The same with `rank` and `ranked` in their figures.
    """
    values: defaultdict[_Key, list[Decimal]] = defaultdict(list)
    for series in bodies:
        for report in series.reports:
            for figure in report.figures:
                values[_key(report.year, figure)].append(figure.value)
    for stated in values.values():
        stated.sort()
    return tuple(_rank_series(series, values) for series in bodies)


def _key(year: int, figure: Figure) -> _Key:
    return year, figure.metric, figure.origin if figure.origin.startswith("disclosure") else ""


def _rank_series(series: Series, values: dict[_Key, list[Decimal]]) -> Series:
    reports = tuple(
        report.model_copy(update={"figures": tuple(_rank(report.year, report.figures, values))})
        for report in series.reports
    )
    return series.model_copy(update={"reports": reports})


def _rank(year: int, figures: Iterable[Figure], values: dict[_Key, list[Decimal]]) -> Iterable[Figure]:
    for figure in figures:
        stated = values[_key(year, figure)]
        larger = len(stated) - bisect_right(stated, figure.value)
        rank = larger + 1 if len(stated) > 1 else None
        yield figure.model_copy(update={"rank": rank, "ranked": len(stated)})
