"""What a stated figure leaves open: 5.74万 is anything that rounds to it, and so is 24.4%."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from govner.records.schema import Fact

_SCALED: Final = re.compile(r"(?P<whole>[\d,，\s]{1,40})(?:\.(?P<places>[\d\s]{1,40}))?\s?(?P<scale>[万亿])")
_SCALES: Final = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}
_HALF: Final = Decimal("0.5")
_HUNDRED: Final = Decimal(100)


class Interval(NamedTuple):
    """All values from `low` to `high`."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high

    def minus(self, other: Interval) -> Interval:
        """What this less the other can be."""
        return Interval(self.low - other.high, self.high - other.low)

    def plus(self, other: Interval) -> Interval:
        """What this and the other together can be."""
        return Interval(self.low + other.low, self.high + other.high)

    def negative(self) -> Interval:
        """The same below zero."""
        return Interval(-self.high, -self.low)

    def middle(self) -> Decimal:
        """The value in the middle."""
        return (self.low + self.high) / 2


def fact_interval(fact: Fact) -> Interval:
    """What an exact figure can stand for: itself, or what rounds to it where it is given in 万 or 亿.

    fact (Fact): With a value.
    RETURNS (Interval): Its values.
    """
    value = fact.value or Decimal(0)
    match = _SCALED.search(fact.evidence.text)
    if match is None:
        return Interval(value, value)
    step = _SCALES[match["scale"]] / Decimal(10) ** len("".join((match["places"] or "").split()))
    return Interval(value - step * _HALF, value + step * _HALF)


def stated_interval(rate: Fact) -> Interval:
    """What a percentage can stand for: its last place rounded, up, down or to the nearest."""
    value = rate.value or Decimal(0)
    digits = rate.evidence.text.rstrip(" %％")
    places = len("".join(digits.split()).partition(".")[2])
    step = Decimal(1) / Decimal(10) ** places
    return Interval(value - step, value + step)


def share(part: Interval, whole: Interval) -> Interval:
    """Percent of a whole, both above zero."""
    return Interval(part.low * _HUNDRED / whole.high, part.high * _HUNDRED / max(whole.low, _HALF))


def change(current: Interval, previous: Interval) -> Interval:
    """Change in percent from a previous value above zero."""
    low = previous.low if previous.low > 0 else _HALF
    return Interval((current.low / previous.high - 1) * _HUNDRED, (current.high / low - 1) * _HUNDRED)
