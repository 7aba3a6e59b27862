"""Small charts as inline SVG. Colours and type are those of the classes in base.css."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from markupsafe import Markup

from govner.view.numbers import show_number

_WIDTH: Final = 300
# In px: a row of bars, where bars begin and end.
_ROW, _LEFT, _RIGHT = 21, 104, 240
_LABEL_CHARACTERS: Final = 9
_LINES_HEIGHT, _TOP, _BOTTOM, _SIDE = 120, 22, 98, 26


class Bar(NamedTuple):
    """A bar: what it is of, how long, and what stands behind it."""

    label: str
    value: Decimal
    shown: str


def draw_bars(bars: Sequence[Bar], title: str) -> Markup:
    """Draw horizontal bars.

    bars (Sequence[Bar]): In order, from the top; values of 0 or more.
    title (str): What they are, for those who do not see them.
    RETURNS (Markup): An <svg>; "" without bars.
    """
    if not bars:
        return Markup("")
    most = max((bar.value for bar in bars), default=Decimal(0)) or Decimal(1)
    rows = []
    for number, bar in enumerate(bars):
        top = number * _ROW
        width = max(float(bar.value / most) * (_RIGHT - _LEFT), 1.0)
        rows.append(
            Markup(
                '<g><title>{label}: {shown}</title><text x="{left}" y="{base}" text-anchor="end">{short}</text>'
                '<rect class="bar" x="{begin}" y="{top}" width="{width:.1f}" height="13" rx="1"/>'
                '<text class="soft" x="{end:.1f}" y="{base}">{shown}</text></g>'
            ).format(
                label=bar.label,
                shown=bar.shown,
                short=_clip(bar.label),
                left=_LEFT - 8,
                begin=_LEFT,
                top=top + 4,
                base=top + 15,
                width=width,
                end=_LEFT + width + 6,
            )
        )
    return _svg(len(bars) * _ROW + 2, title, rows)


def draw_line(points: Sequence[tuple[int, Decimal]], title: str) -> Markup:
    """Draw a figure by year, from zero up; no line goes over a year without one.

    points (Sequence[tuple[int, Decimal]]): Years in order, and the figure of each.
    title (str): What it is.
    RETURNS (Markup): An <svg>; "" without points.
    """
    if not points:
        return Markup("")
    places = _places(points, _SIDE, _WIDTH - _SIDE, _TOP, _BOTTOM)
    parts = [Markup('<line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(8, _WIDTH - 8, _BOTTOM, _BOTTOM)]
    parts += [_curve(run) for run in _runs(points, places)]
    for (year, value), (x, y) in zip(points, places, strict=True):
        parts.append(
            Markup(
                '<g><title>{year}: {value}</title><circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
                '<text x="{x:.1f}" y="{above:.1f}" text-anchor="middle">{value}</text>'
                '<text class="soft" x="{x:.1f}" y="{base}" text-anchor="middle">{year}</text></g>'
            ).format(year=year, value=show_number(value), x=x, y=y, above=y - 8, base=_BOTTOM + 16)
        )
    return _svg(_LINES_HEIGHT, title, parts)


def draw_spark(points: Sequence[tuple[int, Decimal]], title: str) -> Markup:
    """Draw a figure by year in the height of a line of text; as `draw_line`, without words."""
    if len(points) < 2:
        return Markup("")
    places = _places(points, 4, 92, 4, 20)
    x, y = places[-1]
    parts = [_curve(run) for run in _runs(points, places)]
    parts.append(Markup('<circle class="point" cx="{:.1f}" cy="{:.1f}" r="3"/>').format(x, y))
    return Markup('<svg class="chart spark" viewBox="0 0 96 24" role="img" aria-label="{}">{}</svg>').format(
        title, Markup("").join(parts)
    )


def _places(
    points: Sequence[tuple[int, Decimal]], left: float, right: float, top: float, bottom: float
) -> list[tuple[float, float]]:
    first, last = points[0][0], points[-1][0]
    most = max(value for _, value in points) or Decimal(1)
    scale = (right - left) / max(last - first, 1)
    return [(left + (year - first) * scale, bottom - float(value / most) * (bottom - top)) for year, value in points]


def _runs(
    points: Sequence[tuple[int, Decimal]], places: Sequence[tuple[float, float]]
) -> list[list[tuple[float, float]]]:
    """Places of years that follow each other."""
    runs: list[list[tuple[float, float]]] = []
    before = None
    for (year, _), place in zip(points, places, strict=True):
        if before is None or year != before + 1:
            runs.append([])
        runs[-1].append(place)
        before = year
    return runs


def _curve(places: Sequence[tuple[float, float]]) -> Markup:
    return Markup('<polyline class="curve" points="{}"/>').format(" ".join(f"{x:.1f},{y:.1f}" for x, y in places))


def _svg(height: int, title: str, parts: Sequence[Markup]) -> Markup:
    return Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        _WIDTH, height, title, Markup("").join(parts)
    )


def _clip(label: str) -> str:
    return label if len(label) <= _LABEL_CHARACTERS else label[: _LABEL_CHARACTERS - 1] + "…"
