"""Deadlines: budgets and due dates, the pause ledger of a clock, and the mornings on which a ladder's rungs fire.

Knows instants (aware, UTC) and the calendar handed in; reads no clock itself. Rules: a day counts if the clock runs at
its close and it is not the start day; working days end at close of office, calendar days and milestones at 24:00
(Civil Code 2015 Art. 148); letters go out at 08:00 of working days. Called by `deciding`, the verifier and try-it.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from workflow.errors import DefinitionError
from workflow.machine.calendars import (
    Calendar,
    add_calendar_days,
    add_working_days,
    arrival_day,
    next_morning,
    working_days_between,
)
from workflow.values import Json

Unit = Literal["wd", "d"]
Again = Literal["continue", "restart"]
Edge = Literal["before", "until"]

_UNITS: dict[str, Unit] = {"wd": "wd", "d": "d"}
_EDGES: dict[str, Edge] = {"before": "before", "until": "until"}
_COUNT = re.compile(r"\s*([+-]?\d{1,4})\s*(wd|d)\s*", re.ASCII)
_DATE_RULE = re.compile(r"\s*(?:(before|until)\s+)?([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)\s*", re.ASCII)
_INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"
_INSTANT_LENGTH = len("2017-11-15T00:00:00.000000Z")
_TICK = timedelta(microseconds=1)
_ONE_DAY = timedelta(days=1)


class DurationFault(DefinitionError):
    """A duration or due date of a definition cannot be read; `allowed` says what may stand there."""

    def __init__(self, text: str, *, allowed: str) -> None:
        super().__init__(f"{text!r} (allowed: {allowed})")
        self.text, self.allowed = text, allowed


@dataclass(frozen=True, slots=True)
class Budget:
    """So many working days (wd) or calendar days (d) to use; the day of arrival is not counted."""

    n: int
    unit: Unit = "wd"


@dataclass(frozen=True, slots=True)
class Offset:
    """A rung's distance from the due day: negative before, 0 as soon as it has passed, positive after."""

    n: int
    unit: Unit = "wd"


@dataclass(frozen=True, slots=True)
class DueRule:
    """A due date named by a fact: `before movement.plans` excludes that day, `until day` includes it."""

    edge: Edge
    path: str


@dataclass(frozen=True, slots=True)
class Span:
    """The clock ran from one instant until another, or still runs."""

    began_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """The pause ledger of one clock: what it allows and every span in which it ran, first to last.

    `limit` is a budget or the instant at which it is due. `counted` is the number of the first span that counts: a
    restart counts from a new span and keeps the old ones for the record.
    """

    name: str
    limit: Budget | datetime
    again: Again = "continue"
    spans: tuple[Span, ...] = ()
    counted: int = 0

    @property
    def runs(self) -> bool:
        """Is the clock running, as opposed to standing still or never started?"""
        return bool(self.spans) and self.spans[-1].ended_at is None


def start(clock: Clock, at: datetime) -> Clock:
    """Let the clock run from `at`: for the first time, or again in its own way; a running clock runs on."""
    if clock.runs:
        return clock
    if clock.spans and clock.spans[-1].ended_at is not None:
        at = max(at, clock.spans[-1].ended_at)
    counted = len(clock.spans) if clock.again == "restart" else clock.counted
    return replace(clock, spans=(*clock.spans, Span(at)), counted=counted)


def stop(clock: Clock, at: datetime) -> Clock:
    """Let the clock stand still from `at` (not before it last began); a standing clock stands on."""
    if not clock.runs:
        return clock
    *before, last = clock.spans
    return replace(clock, spans=(*before, Span(last.began_at, max(at, last.began_at))))


def replan(clock: Clock, limit: Budget | datetime) -> Clock:
    """The same ledger under another limit: a milestone was moved or an extension granted."""
    return replace(clock, limit=limit)


def due_at(clock: Clock, calendar: Calendar) -> datetime | None:
    """When the clock's time is, or was, used up; None while it stands still with time left."""
    if isinstance(clock.limit, datetime):
        return clock.limit if _runs_past(clock, clock.limit) else None
    spans = clock.spans[clock.counted :]
    if not spans:
        return None
    started_on = arrival_day(calendar, spans[0].began_at)
    left = clock.limit.n
    if left == 0:
        return _close(calendar, started_on, clock.limit.unit)
    for span in spans:
        eve = _eve(calendar, span, started_on, clock.limit.unit)
        used = _used_in(calendar, span, eve, clock.limit.unit)
        if used is None or used >= left:
            return _close(calendar, _advance(calendar, eve, Budget(left, clock.limit.unit)), clock.limit.unit)
        left -= used
    return None


def used_days(clock: Clock, calendar: Calendar, now: datetime) -> int:
    """Whole days of the budget's unit used by `now` (of a due date: working days since it began)."""
    unit = clock.limit.unit if isinstance(clock.limit, Budget) else "wd"
    spans = clock.spans[clock.counted :]
    if not spans:
        return 0
    started_on = arrival_day(calendar, spans[0].began_at)
    used = 0
    for span in spans:
        shut = Span(span.began_at, max(span.began_at, min(now, span.ended_at or now)))
        used += _used_in(calendar, shut, _eve(calendar, shut, started_on, unit), unit) or 0
    return used


def budget_due(calendar: Calendar, started_at: datetime, budget: Budget) -> datetime:
    """The instant a budget that starts now and never pauses is used up."""
    return _close(calendar, _advance(calendar, arrival_day(calendar, started_at), budget), budget.unit)


def before(calendar: Calendar, day: date) -> datetime:
    """The deadline "before that day": 24:00 of the day before it."""
    return calendar.instant(day, time())


def until(calendar: Calendar, day: date) -> datetime:
    """The deadline "until that day": 24:00 of it."""
    return calendar.instant(day + _ONE_DAY, time())


def due_on(calendar: Calendar, due: datetime) -> date:
    """The day to which a due instant belongs: 24:00 belongs to the day it ends."""
    return calendar.local(due - _TICK).date()


def rule_due(calendar: Calendar, rule: DueRule, day: date) -> datetime:
    """The due instant of a rule once the day its path names is known."""
    return before(calendar, day) if rule.edge == "before" else until(calendar, day)


def remaining_wd(calendar: Calendar, due: datetime, now: datetime) -> int:
    """Working days left (0: due today) or, negative, by which `now` is late (never 0 once late)."""
    last = due_on(calendar, due)
    if now <= due:
        return working_days_between(calendar, calendar.local(now).date(), last)
    return min(-1, -working_days_between(calendar, last, arrival_day(calendar, now)))


def remaining_budget(clock: Clock, calendar: Calendar, now: datetime) -> int | None:
    """Days of the budget not yet used, negative when overdrawn; None for a clock that has a due date instead."""
    if isinstance(clock.limit, datetime):
        return None
    return clock.limit.n - used_days(clock, calendar, now)


def rung_at(calendar: Calendar, due: datetime, offset: Offset) -> datetime:
    """When a rung of the ladder fires: 08:00 of the working day that lies `offset` from the due day."""
    if offset.n < 0:
        return calendar.instant(_shift(calendar, due_on(calendar, due), offset), time(8))
    passed = next_morning(calendar, due)
    if offset.n == 0:
        return passed
    return repeat_at(calendar, passed, offset)


def repeat_at(calendar: Calendar, previous: datetime, every: Offset) -> datetime:
    """When the last rung of a ladder fires again (`then every: …`): that morning plus the offset."""
    day = calendar.local(next_morning(calendar, previous)).date()
    return calendar.instant(_shift(calendar, day, every), time(8))


def read_budget(text: str) -> Budget:
    """Read `3 wd` or `10 d`."""
    n, unit = _count(text, "3 wd, 10 d")
    if n < 0:
        raise DurationFault(text, allowed="3 wd, 10 d")
    return Budget(n, unit)


def read_offset(text: str) -> Offset:
    """Read `-2 wd`, `0 wd`, `5 wd` (what follows `then` in a ladder too)."""
    return Offset(*_count(text, "-2 wd, 0 wd, 5 d"))


def read_due(text: str) -> Budget | DueRule:
    """Read what a clock or an ask may be due by: a budget, or a date (`before movement.plans`, `until day`, `day`)."""
    if _COUNT.fullmatch(text):
        return read_budget(text)
    found = _DATE_RULE.fullmatch(text)
    if not found:
        raise DurationFault(text, allowed="3 wd, 10 d, before movement.plans, until day")
    return DueRule(_EDGES[found[1] or "until"], found[2])


def instant_text(at: datetime) -> str:
    """An instant as RFC 3339 in UTC with microseconds, as history hashes it."""
    return at.astimezone(UTC).strftime(_INSTANT).rjust(_INSTANT_LENGTH, "0")


def instant_of(text: str) -> datetime:
    """The instant that `instant_text` wrote."""
    return datetime.strptime(text, _INSTANT).replace(tzinfo=UTC)


def to_json(clock: Clock) -> dict[str, Json]:
    """The ledger as JSON for the case."""
    limit: Json = (
        {"n": clock.limit.n, "unit": clock.limit.unit}
        if isinstance(clock.limit, Budget)
        else instant_text(clock.limit)
    )
    spans: list[Json] = [
        [instant_text(span.began_at), span.ended_at and instant_text(span.ended_at)] for span in clock.spans
    ]
    return {"name": clock.name, "limit": limit, "again": clock.again, "spans": spans, "counted": clock.counted}
