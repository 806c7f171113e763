"""Due instants and the mornings of an escalation: from a budget or a date to the moment, and back to "two days left".

Working days end at close of office, calendar days and milestones at 24:00 (Civil Code 2015 Art. 148); letters go
out at 08:00 of working days. Knows the calendar handed in, no case and no clock of the machine.
"""

from datetime import date, datetime, time, timedelta

from workflow.machine.calendar.working_days import (
    MORNING,
    Calendar,
    Days,
    Unit,
    arrival_day,
    next_morning,
    shift,
    working_days_between,
)

_TICK = timedelta(microseconds=1)
_ONE_DAY = timedelta(days=1)


def before(calendar: Calendar, day: date) -> datetime:
    """Set the deadline "before that day": 24:00 of the day before it."""
    return calendar.instant(day, time())


def until(calendar: Calendar, day: date) -> datetime:
    """Set the deadline "until that day": 24:00 of it."""
    return calendar.instant(day + _ONE_DAY, time())


def at(calendar: Calendar, day: date) -> datetime:
    """Set the deadline "at that day": when offices open on it, be it worked or not."""
    return calendar.instant(day, calendar.opens)


def due_on(calendar: Calendar, due: datetime) -> date:
    """Return the day to which a due instant belongs: 24:00 belongs to the day it ends."""
    return calendar.local(due - _TICK).date()


def close_of(calendar: Calendar, day: date, *, unit: Unit) -> datetime:
    """Say when a day is over for a count in `unit`: a working day at close of office, a calendar day at 24:00."""
    return calendar.instant(day, calendar.closes) if unit == "wd" else until(calendar, day)


def remaining_wd(calendar: Calendar, due: datetime, now: datetime) -> int:
    """Count the working days left (0: due today) or, negative, those by which `now` is late (never 0 once late)."""
    last = due_on(calendar, due)
    if now <= due:
        return working_days_between(calendar, due_on(calendar, now), last)
    return min(-1, -working_days_between(calendar, last, arrival_day(calendar, now)))


def step_at(calendar: Calendar, due: datetime, offset: Days) -> datetime:
    """Say when a step fires: 08:00, n working days before the due day, or of the first day after plus n."""
    if offset.n < 0:
        return calendar.instant(shift(calendar, due_on(calendar, due), offset), MORNING)
    passed = next_morning(calendar, due)
    return repeat_at(calendar, passed, offset) if offset.n else passed


def repeat_at(calendar: Calendar, previous: datetime, interval: Days) -> datetime:
    """Say when an escalation's last step fires again (`then 5 wd`): `interval` after the morning it fired."""
    day = calendar.local(next_morning(calendar, previous)).date()
    return calendar.instant(shift(calendar, day, interval), MORNING)
