"""The building blocks of a compiled expression: each takes the closures of its parts and returns one.

An empty value makes whatever uses it empty. Nothing raises and nothing loops but over the rows of a given list.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import cast

from workflow.machine.calendar import Calendar, OutsideCalendar, add_working_days
from workflow.machine.expressions.tree import Call, Gathering, Name
from workflow.machine.expressions.values import Facts, Run, Value

_NO_ROWS: tuple[object, ...] = ()
_EMPTY: tuple[object, ...] = (None, "", [], ())


def unless_empty(apply: Callable[[Value], Value], of: Run) -> Run:
    """Apply to a value, unless it is empty."""

    def run(f: Facts, c: Calendar, r: Value) -> Value:
        value = of(f, c, r)
        return None if value is None else apply(value)

    return run


def pair(apply: Callable[[Value, Value], Value], left: Run, right: Run) -> Run:
    """Apply to two values, unless one is empty."""

    def run(f: Facts, c: Calendar, r: Value) -> Value:
        first = left(f, c, r)
        second = right(f, c, r)
        return None if first is None or second is None else apply(first, second)

    return run


def total_of(apply: Callable[[Value, Value], Value], left: Run, right: Run) -> Run:
    """Add, subtract or multiply; between two days, count."""

    def whole(first: Value, second: Value) -> Value:
        total = apply(first, second)
        return total.days if isinstance(total, timedelta) else total

    return pair(whole, left, right)


def among(value: Value, items: Sequence[Value]) -> bool:
    """Say whether a value is one of some."""
    return value in items


def opposite(of: Run) -> Run:
    """Turn a truth round."""
    return unless_empty(operator.not_, of)


def member(of: Run, name: str) -> Run:
    """Take a member of a record."""
    return unless_empty(lambda value: value.get(name), of)


def rows_read(of: Run, read: Callable[[Value], Value] | None) -> Run:
    """Read the rows of a list."""
    # A list without a value is a list without rows.
    if read is None:
        return lambda f, c, r: of(f, c, r) or _NO_ROWS
    return lambda f, c, r: tuple(map(read, of(f, c, r) or _NO_ROWS))


def filled(of: Run) -> Run:
    """Say whether anything stands there."""
    return lambda f, c, r: of(f, c, r) not in _EMPTY


def named(node: Call, read: Callable[[Value], Value] | None) -> Run:
    """Look up a fact by the names in a function's places."""
    function, names = node.name, tuple(cast("Name", given).name for given in node.inputs)
    key = names[0] if len(names) == 1 else names

    def run(f: Facts, _c: Calendar, _r: Value) -> Value:
        return cast("Mapping[object, object]", f[function])[key]

    return unless_empty(read, run) if read else run


def conjunction(parts: tuple[Run, ...]) -> Run:
    """Stop at the first part that does not hold."""

    def run(f: Facts, c: Calendar, r: Value) -> Value:
        for part in parts:
            answer = part(f, c, r)
            if not answer:
                return answer
        return True

    return run


def disjunction(parts: tuple[Run, ...]) -> Run:
    """Stop at the first part that holds."""

    def run(f: Facts, c: Calendar, r: Value) -> Value:
        answer: Value = False
        for part in parts:
            answer = part(f, c, r)
            if answer:
                return True
        return answer

    return run


def picked(condition: Run, then: Run, otherwise: Run) -> Run:
    """Take one of two values."""

    def run(f: Facts, c: Calendar, r: Value) -> Value:
        answer = condition(f, c, r)
        if answer is None:
            return None
        return then(f, c, r) if answer else otherwise(f, c, r)

    return run


def extreme(apply: Callable[..., Value], parts: tuple[Run, ...]) -> Run:
    """Take the least or the greatest."""

    def run(f: Facts, c: Calendar, r: Value) -> Value:
        values = [part(f, c, r) for part in parts]
        return None if None in values else apply(values)

    return run


def working_days_on(calendar: Calendar, day: date, n: int) -> date | None:
    """Step over working days; beyond the calendar there is no day."""
    try:
        return add_working_days(calendar, day, n)
    except OutsideCalendar:
        return None


def days_on(_calendar: Calendar, day: date, n: int) -> date | None:
    """Step over calendar days as they come, rest days too."""
    try:
        return day + timedelta(days=n)
    except OverflowError:
        return None


def day_step(apply: Callable[[Calendar, date, int], date | None], day: Run, n: Run) -> Run:
    """Step from a day."""

    def run(f: Facts, c: Calendar, r: Value) -> Value:
        start, count = day(f, c, r), n(f, c, r)
        return None if start is None or count is None else apply(c, start, count)

    return run


def every_row(rows: Run, body: Run) -> Run:
    """Say whether all rows hold."""
    return lambda f, c, _r: all(body(f, c, row) for row in rows(f, c, None))


def any_row(rows: Run, body: Run) -> Run:
    """Say whether a row holds."""
    return lambda f, c, _r: any(body(f, c, row) for row in rows(f, c, None))


def rows_counted(rows: Run, body: Run) -> Run:
    """Count the rows that hold."""
    return lambda f, c, _r: sum(1 for row in rows(f, c, None) if body(f, c, row))


def rows_summed(rows: Run, body: Run) -> Run:
    """Add up a number of each row."""

    def run(f: Facts, c: Calendar, _r: Value) -> Value:
        values = [body(f, c, row) for row in rows(f, c, None)]
        return None if None in values else sum(values)

    return run


DAY_STEPS: dict[str, Callable[[Calendar, date, int], date | None]] = {"wd": working_days_on, "days": days_on}
GATHERINGS: dict[Gathering, Callable[[Run, Run], Run]] = {
    "all": every_row,
    "any": any_row,
    "count": rows_counted,
    "sum": rows_summed,
}
