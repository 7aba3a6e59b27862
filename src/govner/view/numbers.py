"""Numbers as pages show them."""

from __future__ import annotations

from decimal import Decimal


def show_number(value: Decimal | None, sign: str = "") -> str:
    """A number with commas between thousands and no zeros at its end; "" for None.

    value (Decimal | None): Any.
    sign (str): "+" for a plus before what is positive.
    RETURNS (str): Such as 1,286 or 0.5.
    """
    if value is None:
        return ""
    if value == value.to_integral_value():
        return f"{int(value):{sign},}"
    return f"{value.normalize():{sign},f}"
