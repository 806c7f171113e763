"""Days and hours of the play: when a chain of acts happens, counted back from its last day.

Pure: the caller brings calendar and chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

from workflow.machine.calendar import Calendar, add_working_days, next_working_day, working_days_between


@dataclass(frozen=True, slots=True)
class Window:
    """The working days within which something is played, both included."""

    first: date
    last: date


def moments(chance: Random, calendar: Calendar, gaps: Sequence[int], *, last: date, first: date) -> list[datetime]:
    """Return a moment within office hours for each act, `gaps` working days after the one before, ending on `last`.

    A chain that would begin before `first` is pressed together: its longest waits become shorter.
    """
    if not gaps:
        return []
    waits = _pressed(list(gaps), most=working_days_between(calendar, first, last))
    days = [last]
    for wait in reversed(waits[1:]):
        days.append(add_working_days(calendar, days[-1], -wait) if wait else days[-1])
    return _hours(chance, calendar, days[::-1])


def working_days(calendar: Calendar, window: Window) -> list[date]:
    """List the working days of a window."""
    day = next_working_day(calendar, window.first)
    days = []
    while day <= window.last:
        days.append(day)
        day = add_working_days(calendar, day, 1)
    return days


def _pressed(waits: list[int], *, most: int) -> list[int]:
    while sum(waits[1:]) > most:
        longest = max(range(1, len(waits)), key=waits.__getitem__)
        waits[longest] -= 1
    return waits


def _hours(chance: Random, calendar: Calendar, days: list[date]) -> list[datetime]:
    """Draw a minute for each act, so that those of one day follow each other."""
    minutes = {day: sorted(chance.sample(_OFFICE, days.count(day))) for day in sorted(set(days))}
    return [calendar.instant(day, _clock(minutes[day].pop(0))) for day in days]


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


_OFFICE = [*range(7 * 60 + 40, 11 * 60 + 25), *range(13 * 60 + 5, 16 * 60 + 55)]
"""Minutes of the day in which people act: the office hours, a little shorter."""
