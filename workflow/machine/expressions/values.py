"""Values inside expressions, and how they are read from and written to JSON: days as ISO text, decimals as exact text.

What cannot be read counts as empty.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, cast

from workflow.machine.calendar import Calendar
from workflow.values import Json

# Values are whatever the checked types say; the checker, not Python's, keeps operations and values apart.
Value = Any
Facts = Mapping[str, object]
Run = Callable[[Facts, Calendar, Value], Value]
"""The facts, the calendar, and the row a gathering is at."""

# Bounded, for a text like 1e999999999 would be read as a number that fills the memory.
_DECIMAL = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?", re.ASCII)


def as_date(value: Value) -> date | None:
    """Read a day."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (ValueError, TypeError):
        return None


def as_decimal(value: Value) -> Fraction | None:
    """Read a number exactly."""
    if isinstance(value, int | Fraction):
        return Fraction(value)
    return Fraction(value) if isinstance(value, str) and _DECIMAL.fullmatch(value) else None


READERS: dict[str, Callable[[Value], Value]] = {"date": as_date, "decimal": as_decimal}
"""By the name of a type; values of the others stand in cases as they are."""


def plain(value: Value) -> Json:
    """Write a value as JSON."""
    match value:
        case date():
            return value.isoformat()
        case Fraction():
            return _decimal_text(value)
        case tuple() | list():
            return [plain(item) for item in value]
    return cast("Json", value)


def _decimal_text(value: Fraction) -> str:
    # Sums and products of decimals have an exact decimal text: their denominators divide a power of ten.
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(abs(int(value * 10**places))).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 else text
