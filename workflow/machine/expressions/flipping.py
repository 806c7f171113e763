"""When the passing of days alone may change an answer: the days on which comparisons with `today` turn.

A comparison whose sides only grow or only shrink with `today` turns at most twice, found by bisection; anything more
tangled is asked again tomorrow.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from workflow.machine.calendar import Calendar
from workflow.machine.expressions.analysing import reads
from workflow.machine.expressions.running import compiled, row_type
from workflow.machine.expressions.tree import Among, Call, Compare, Gather, Items, Minus, Name, Node, Sum, children
from workflow.machine.expressions.types import Environment, Type
from workflow.machine.expressions.values import Facts, Run, Value

TODAY = "today"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Moment:
    """What stays the same while days pass."""

    environment: Environment
    facts: Facts
    calendar: Calendar
    today: date

    def at(self, run: Run, day: date, row: Value) -> Value:
        return run({**self.facts, TODAY: day}, self.calendar, row)


class _Tangled(Exception):
    """Some comparison turns on days that cannot be found by bisection."""


def next_flip_date(
    tree: Node, environment: Environment, *, facts: Facts, calendar: Calendar, today: date
) -> date | None:
    """Find the first day after `today` on which the answer changes if nothing but days pass; None: never.

    Where that cannot be told, tomorrow: the answer is asked again every day.
    """
    moment = _Moment(environment, facts, calendar, today)
    try:
        days = sorted(set(_turns(tree, moment, None, None)))
    except _Tangled:
        return today + _ONE_DAY
    run = compiled(tree, environment)
    answer = moment.at(run, today, None)
    return next((day for day in days if moment.at(run, day, None) != answer), None)


def _turns(node: Node, moment: _Moment, bound: tuple[str, Type] | None, row: Value) -> Iterator[date]:
    if TODAY not in reads(node):
        return
    match node:
        case Compare(left=left, right=right):
            yield from _side_turns(left, right, moment, bound, row)
        case Among(left=left, right=Items(items=items)):
            for item in items:
                yield from _side_turns(left, item, moment, bound, row)
        case Gather():
            inner = (node.row, row_type(node, moment.environment))
            for inner_row in moment.at(compiled(node.of, moment.environment), moment.today, None):
                yield from _turns(node.body, moment, inner, inner_row)
        case Name() | Among() | Call() | Sum() | Minus():
            raise _Tangled
        case _:
            for part in children(node):
                yield from _turns(part, moment, bound, row)


def _side_turns(left: Node, right: Node, moment: _Moment, bound: tuple[str, Type] | None, row: Value) -> Iterator[date]:
    """Find the days on which `left - right` changes its sign: at most two, for it only grows or only shrinks."""
    way = _combined(_way(left), -_way(right))
    runs = [compiled(side, moment.environment, row=bound) for side in (left, right)]

    def sign(day: date) -> int | None:
        first, second = (moment.at(run, day, row) for run in runs)
        return None if first is None or second is None else way * ((first > second) - (first < second))

    now = sign(moment.today)
    while now is not None and now < 1:
        turned = _first_above(now, sign, moment)
        if turned is None:
            return
        yield turned
        now = sign(turned)


def _first_above(now: int, sign: Callable[[date], int | None], moment: _Moment) -> date | None:
    """Bisect for the first covered day on which the sign is greater; beyond the calendar it has turned."""

    def turned(day: date) -> bool:
        value = sign(day)
        return value is None or value > now

    low, high = moment.today.toordinal(), moment.calendar.last.toordinal()
    if low >= high or not turned(moment.calendar.last):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if turned(date.fromordinal(middle)) else (middle, high)
    return date.fromordinal(high)


def _way(node: Node) -> int:
    """Say whether a value grows (1), shrinks (-1) or stays (0) as days pass; raises _Tangled where it may do both."""
    if TODAY not in reads(node):
        return 0
    match node:
        case Name():
            return 1
        case Call(name="wd" | "days", inputs=(day, count)) if TODAY not in reads(count):
            return _way(day)
        case Call(name="min" | "max", inputs=inputs):
            return _combined(*map(_way, inputs))
        case Minus(of=of):
            return -_way(of)
        case Sum(sign="+" | "-" as sign, left=left, right=right):
            return _combined(_way(left), _way(right) if sign == "+" else -_way(right))
    raise _Tangled


def _combined(*ways: int) -> int:
    directions = {way for way in ways if way}
    if len(directions) > 1:
        raise _Tangled
    return next(iter(directions), 0)
