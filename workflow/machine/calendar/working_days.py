"""The working calendar: which days are worked, and counting in them. Knows days, not instants of a case.

Working days are Monday to Friday, less holidays and days swapped off, plus Saturdays swapped in; the table is
data (`definitions/calendar.yaml`, then the administrator's). The starting day is never counted (Civil Code 2015
Art. 147). Reads no file and no clock.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Literal, NamedTuple, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workflow.errors import DefinitionError, WorkflowError

Unit = Literal["wd", "d"]
DayKind = Literal["holiday", "swap_off", "worked"]
_KINDS: dict[str, DayKind] = {kind: kind for kind in get_args(DayKind)}
Segment = tuple[time, time]
OFFICE: tuple[Segment, ...] = ((time(7, 30), time(11, 30)), (time(13), time(17)))
MORNING = time(8)
"""When letters about deadlines go out, on working days only (DOMAIN.md 8, escalation)."""

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class Days(NamedTuple):
    """So many working days (`wd`) or calendar days (`d`): a budget, or a distance that may be negative."""

    n: int
    unit: Unit = "wd"


class OutsideCalendar(WorkflowError):
    """A count left the covered years: the calendar says nothing about `day`, so there is no answer."""

    def __init__(self, day: date | None, *, first: date, last: date) -> None:
        super().__init__(f"outside calendar: {day or '?'} ({first}..{last})")
        self.day, self.first, self.last = day, first, last


class CalendarFault(DefinitionError):
    """The calendar's document is wrong at `place`; `allowed` says what may stand there."""

    def __init__(self, place: str, *, allowed: str, found: object) -> None:
        super().__init__(f"{place}: {found!r} (allowed: {allowed})")
        self.place, self.allowed, self.found = place, allowed, found


@dataclass(frozen=True)
class Calendar:
    """The days and office hours of one installation; `first` and `last` bound the covered days.

    `revision` names this content in the record, so that an entry of history can say what it was decided with.
    """

    zone: ZoneInfo
    first: date
    last: date
    days: Mapping[date, DayKind] = field(default_factory=dict, hash=False)
    office: tuple[Segment, ...] = OFFICE
    revision: str = field(default="", compare=False)

    @cached_property
    def working(self) -> tuple[int, ...]:
        """Ordinals of all covered working days, ascending: counting is a bisection, not a walk."""
        span = range(self.first.toordinal(), self.last.toordinal() + 1)
        return tuple(ordinal for ordinal in span if self._is_worked(date.fromordinal(ordinal)))

    def _is_worked(self, day: date) -> bool:
        kind = self.days.get(day)
        return kind == "worked" if kind else day.weekday() < _SATURDAY

    @property
    def opens(self) -> time:
        """When offices open."""
        return self.office[0][0]

    @property
    def closes(self) -> time:
        """Close of office."""
        return self.office[-1][1]

    def covered(self, day: date) -> date:
        """Return `day` if the calendar knows it, else raise OutsideCalendar."""
        if not self.first <= day <= self.last:
            raise OutsideCalendar(day, first=self.first, last=self.last)
        return day

    def local(self, at: datetime) -> datetime:
        """Show an instant on the wall clock of the installation."""
        return at.astimezone(self.zone)

    def local_date(self, at: datetime) -> date:
        """Say which day an instant lies in."""
        return at.astimezone(self.zone).date()

    def instant(self, day: date, at: time) -> datetime:
        """Find the instant (UTC) of a wall-clock time on a day."""
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Is the office open on this day?"""
    ordinal = calendar.covered(day).toordinal()
    position = bisect_left(calendar.working, ordinal)
    return position < len(calendar.working) and calendar.working[position] == ordinal


def next_working_day(calendar: Calendar, day: date) -> date:
    """Return the first working day on or after `day`."""
    return _nth(calendar, bisect_left(calendar.working, calendar.covered(day).toordinal()))


def last_working_day(calendar: Calendar, day: date) -> date:
    """Return the last working day on or before `day`."""
    return _nth(calendar, bisect_right(calendar.working, calendar.covered(day).toordinal()) - 1)


def add_working_days(calendar: Calendar, day: date, n: int) -> date:
    """Return the n-th working day after `day`, not counted itself; negative: before it; 0: on or after it."""
    ordinal = calendar.covered(day).toordinal()
    if n > 0:
        return _nth(calendar, bisect_right(calendar.working, ordinal) + n - 1)
    return _nth(calendar, bisect_left(calendar.working, ordinal) + n)


def add_calendar_days(calendar: Calendar, day: date, n: int) -> date:
    """End a period of n calendar days; where that is a rest day, on the next working day (Art. 148).

    Backwards it ends on the working day before, so that what is planned back is never a day short.
    """
    try:
        end = day + n * _ONE_DAY
    except OverflowError:
        raise OutsideCalendar(None, first=calendar.first, last=calendar.last) from None
    return next_working_day(calendar, end) if n >= 0 else last_working_day(calendar, end)


def shift(calendar: Calendar, day: date, by: Days) -> date:
    """Return the day that lies `by` away, counted in its unit."""
    step = add_working_days if by.unit == "wd" else add_calendar_days
    return step(calendar, day, by.n)


def working_days_between(calendar: Calendar, start: date, end: date) -> int:
    """Count the working days after `start` up to and including `end`; negative when `end` comes first."""
    upto = [bisect_right(calendar.working, calendar.covered(day).toordinal()) for day in (start, end)]
    return upto[1] - upto[0]


def arrival_day(calendar: Calendar, at: datetime) -> date:
    """Say when something counts as received: after hours or on a rest day, the next working day."""
    local = calendar.local(at)
    day = local.date()
    if local.time() > calendar.closes:
        day += _ONE_DAY
    return next_working_day(calendar, day)


def next_morning(calendar: Calendar, at: datetime) -> datetime:
    """Find the first 08:00 of a working day at or after an instant."""
    local = calendar.local(at)
    day = local.date() if local.time() <= MORNING else local.date() + _ONE_DAY
    return calendar.instant(next_working_day(calendar, day), MORNING)


def _nth(calendar: Calendar, position: int) -> date:
    if not 0 <= position < len(calendar.working):
        raise OutsideCalendar(None, first=calendar.first, last=calendar.last)
    return date.fromordinal(calendar.working[position])


def calendar_of(document: Mapping[str, object]) -> Calendar:
    """Build the calendar from its composed document: `definitions/calendar.yaml`, or the record's rows so shaped."""
    covers = _mapping(document, "covers")
    office = document.get("office")
    if not isinstance(office, list) or not office:
        raise CalendarFault("office", allowed="[HH:MM-HH:MM, …]", found=office)
    calendar = Calendar(
        zone=_zone(document.get("zone")),
        first=_day(covers.get("first"), "covers.first"),
        last=_day(covers.get("last"), "covers.last"),
        days=_days(document.get("days")),
        office=tuple(_segment(text, f"office[{row}]") for row, text in enumerate(office)),
    )
    if calendar.last < calendar.first:
        raise CalendarFault("covers", allowed="first <= last", found=str(calendar.last))
    return calendar


def _days(rows: object) -> dict[date, DayKind]:
    if not isinstance(rows, list):
        raise CalendarFault("days", allowed="[{date, kind, name, source}, …]", found=rows)
    days: dict[date, DayKind] = {}
    for number, row in enumerate(rows):
        place = f"days[{number}]"
        if not isinstance(row, Mapping):
            raise CalendarFault(place, allowed="{date, kind, name, source}", found=row)
        day, kind = _day(row.get("date"), f"{place}.date"), _KINDS.get(str(row.get("kind")))
        if kind is None:
            raise CalendarFault(f"{place}.kind", allowed=", ".join(_KINDS), found=row.get("kind"))
        if day in days:
            raise CalendarFault(f"{place}.date", allowed="each day once", found=str(day))
        days[day] = kind
    return days


def _mapping(document: Mapping[str, object], key: str) -> Mapping[str, object]:
    section = document.get(key)
    if not isinstance(section, Mapping):
        raise CalendarFault(key, allowed="{…}", found=section)
    return section


def _zone(written: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(written))
    except (ZoneInfoNotFoundError, ValueError):
        raise CalendarFault("zone", allowed="Asia/Ho_Chi_Minh", found=written) from None


def _day(written: object, place: str) -> date:
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        raise CalendarFault(place, allowed="YYYY-MM-DD", found=written) from None


def _segment(written: object, place: str) -> Segment:
    opens, _, closes = str(written).partition("-")
    try:
        segment = time.fromisoformat(opens.strip()), time.fromisoformat(closes.strip())
    except ValueError:
        raise CalendarFault(place, allowed="HH:MM-HH:MM", found=written) from None
    if segment[0] >= segment[1]:
        raise CalendarFault(place, allowed="HH:MM-HH:MM", found=written)
    return segment
