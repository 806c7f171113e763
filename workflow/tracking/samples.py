"""The stays that the expected end of a case is judged by: worked out once for a kind of case and a day, then kept.

Knows the log of a kind of case and working time; how a range is estimated from stays is known by `survival`.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from typing import Any, Final
from weakref import WeakKeyDictionary

from workflow import calendars
from workflow.definitions import publishing
from workflow.machine.calendar import Calendar, OutsideCalendar, working_days, working_days_between
from workflow.storage.queries.cases import PassageRow, passages
from workflow.storage.session import Tx
from workflow.tracking.survival import Stay

Stays = Mapping[str, Sequence[Stay]]
"""The stays in each state, by its name."""
_KEPT: Final = 64
"""There are some twenty kinds of case, and one day at a time."""

_samples: "WeakKeyDictionary[Any, OrderedDict[tuple[str, date], Stays]]" = WeakKeyDictionary()


def of_kind(tx: Tx, definition_name: str, *, now: datetime) -> Stays:
    """Return the stays of a kind of case as of a day; each process asks the record once a day and kind."""
    calendar = calendars.calendar_of(tx)
    kept = _samples.setdefault(tx.engine.pool, OrderedDict())
    key = (definition_name, calendar.local_date(now))
    stays = kept.get(key)
    if stays is None:
        stays = kept[key] = _stays(tx, passages.of_kind(tx, definition_name), calendar, now)
        while len(kept) > _KEPT:
            kept.popitem(last=False)
    return stays


def worked(calendar: Calendar, start: datetime, end: datetime) -> float:
    """Say how many working days lie between two instants, parts of days included."""
    return _worked_until(calendar, end) - _worked_until(calendar, start)


def _worked_until(calendar: Calendar, at: datetime) -> float:
    local = calendar.local(at)
    day = local.date()
    count = working_days_between(calendar, calendar.first, day)
    if not working_days.is_working_day(calendar, day):
        return count
    opens, closes = (timedelta(hours=edge.hour, minutes=edge.minute) for edge in (calendar.opens, calendar.closes))
    passed = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second) - opens
    return count - 1 + min(1.0, max(0.0, passed / (closes - opens)))


def _stays(tx: Tx, rows: Iterable[PassageRow], calendar: Calendar, now: datetime) -> Stays:
    stays: dict[str, list[Stay]] = {}
    for _, steps in groupby(rows, lambda row: row.case_id):
        for state, stay in _of_case(tx, list(steps), calendar, now):
            stays.setdefault(state, []).append(stay)
    return stays


def _of_case(tx: Tx, steps: Sequence[PassageRow], calendar: Calendar, now: datetime) -> Iterator[tuple[str, Stay]]:
    """Go through the stays of one case; a stay in a state that ends the case is none."""
    states = publishing.compiled(tx, steps[0].definition).states
    is_end = [step.state not in states or states[step.state].outcome is not None for step in steps]
    for at, (step, after) in enumerate(pairwise([*steps, None])):
        if step is None or is_end[at] or step.at > now:
            continue
        left = after.at if after is not None and after.at <= now else None
        ended = next((later.at for later, ends in zip(steps[at:], is_end[at:], strict=True) if ends), None)
        if ended is not None and ended > now:
            ended = None
        try:
            stayed = worked(calendar, step.at, left or now)
            watched = worked(calendar, step.at, ended or now)
        except OutsideCalendar:
            continue
        yield step.state, Stay(stayed, left is not None, watched, ended is not None)
