"""Clocks of a case: what each allows and a ledger of every span in which it ran; stopping is a pause.

A day counts if the clock runs at its close and it is not the start day. Everything else follows from the spans,
so after a change of the calendar or of a milestone it is enough to ask again. A case keeps a clock as JSON. Knows the
calendar handed in; reads no clock of the machine.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple, TypedDict, cast

from workflow.machine.calendar.due_moments import close_of, due_on
from workflow.machine.calendar.working_days import Calendar, Days, Unit, arrival_day, shift, working_days_between
from workflow.values import Json

Again = Literal["continue", "restart"]

_ONE_DAY = timedelta(days=1)
_CACHE_SIZE = 64
"""Instants whose text is cached: one act writes its moment and its due date several times each."""


class _WrittenDays(TypedDict):
    n: int
    unit: Unit


class Span(NamedTuple):
    """The clock ran from one instant until another, or still runs."""

    began_at: datetime
    ended_at: datetime | None = None


class ClockLedger(NamedTuple):
    """One clock: its `limit` is a budget or the instant at which it is due.

    `counted` is the position of the first span that counts: a restart counts from a new span and keeps the old
    ones for the record. `extended`: its limit was moved by an extension; a clock is extended at most once.
    """

    name: str
    limit: Days | datetime
    again: Again = "continue"
    spans: tuple[Span, ...] = ()
    counted: int = 0
    extended: bool = False

    @property
    def runs(self) -> bool:
        """Is the clock running, as opposed to standing still or never started?"""
        return bool(self.spans) and self.spans[-1].ended_at is None


def start(clock: ClockLedger, at: datetime) -> ClockLedger:
    """Let the clock run from `at`, for the first time or again as `again` says; a running clock runs on."""
    if clock.runs:
        return clock
    counted = len(clock.spans) if clock.again == "restart" else clock.counted
    return clock._replace(spans=(*clock.spans, Span(_not_before_last(clock, at))), counted=counted)


def stop(clock: ClockLedger, at: datetime) -> ClockLedger:
    """Let the clock stand still from `at` (never before it last began); a standing clock stands on."""
    if not clock.runs:
        return clock
    *earlier, last = clock.spans
    return clock._replace(spans=(*earlier, Span(last.began_at, _not_before_last(clock, at))))


def stands(stored: Json) -> bool:
    """Tell from a clock's JSON, without reading all of it, whether the clock stands still or does not apply."""
    spans = stored.get("spans") if isinstance(stored, dict) else None
    last = spans[-1] if isinstance(spans, list) and spans else None
    return not (isinstance(last, list) and last[1] is None)


def replan(clock: ClockLedger, limit: Days | datetime) -> ClockLedger:
    """Keep the ledger under another limit: a milestone was moved or an extension granted."""
    return clock._replace(limit=limit)


def extend(clock: ClockLedger, limit: datetime) -> ClockLedger:
    """Give a clock another due instant, for good."""
    return clock._replace(limit=limit, extended=True)


def is_extended(stored: Json) -> bool:
    """Tell from a clock's JSON whether the clock was extended."""
    return isinstance(stored, dict) and "extended" in stored


def due_at(clock: ClockLedger, calendar: Calendar) -> datetime | None:
    """Say when a running clock's time is used up, be it past or to come; None while it stands still."""
    return runs_out_at(clock, calendar) if clock.runs else None


def runs_out_at(clock: ClockLedger, calendar: Calendar) -> datetime | None:
    """Say when the clock's time was used up, or will be if it runs on; None if it stands still with time left."""
    if isinstance(clock.limit, datetime):
        reached = any(span.ended_at is None or span.ended_at > clock.limit for span in clock.spans)
        return clock.limit if reached else None
    unit, remaining = clock.limit.unit, clock.limit.n
    for span, eve in _counting(clock, calendar, unit):
        # With no day left to count, the budget ends on the first day itself.
        base = eve if remaining else max(eve, _first_day(calendar, span.began_at, unit))
        out_at = close_of(calendar, shift(calendar, base, Days(remaining, unit)), unit=unit)
        if span.ended_at is None or out_at < span.ended_at:
            return out_at
        # A rest day may prolong a count of calendar days beyond the stop: no day is left, yet it is not over.
        remaining = max(0, remaining - _used(calendar, eve, span.ended_at, unit=unit))
    return None


def instant_text(at: datetime) -> str:
    """Write an instant as RFC 3339 in UTC with microseconds, as history hashes it."""
    return _written(at.astimezone(UTC))


@lru_cache(maxsize=_CACHE_SIZE)
def _written(at: datetime) -> str:
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


def instant_of(text: str) -> datetime:
    """Read the instant that `instant_text` wrote."""
    return datetime.fromisoformat(text).astimezone(UTC)


def to_json(clock: ClockLedger) -> dict[str, Json]:
    """Write the clock as a case keeps it."""
    limit: Json
    if isinstance(clock.limit, Days):
        limit = {"n": clock.limit.n, "unit": clock.limit.unit}
    else:
        limit = instant_text(clock.limit)
    spans: list[Json] = [
        [instant_text(span.began_at), instant_text(span.ended_at) if span.ended_at else None] for span in clock.spans
    ]
    counted = clock.counted
    written: dict[str, Json] = {
        "name": clock.name,
        "limit": limit,
        "again": clock.again,
        "spans": spans,
        "counted": counted,
    }
    return {**written, "extended": True} if clock.extended else written


def from_json(stored: Json) -> ClockLedger:
    """Read the clock that `to_json` wrote; nothing else writes it, so its shape is trusted."""
    written = cast("Mapping[str, object]", stored)
    limit = written["limit"]
    spans = cast("list[tuple[str, str | None]]", written["spans"])
    return ClockLedger(
        name=cast("str", written["name"]),
        limit=instant_of(limit) if isinstance(limit, str) else Days(**cast("_WrittenDays", limit)),
        again=cast("Again", written["again"]),
        spans=tuple(Span(instant_of(began), instant_of(ended) if ended else None) for began, ended in spans),
        counted=cast("int", written["counted"]),
        extended="extended" in written,
    )


def _not_before_last(clock: ClockLedger, at: datetime) -> datetime:
    if not clock.spans:
        return at
    last = clock.spans[-1]
    return max(at, last.ended_at or last.began_at)


def _counting(clock: ClockLedger, calendar: Calendar, unit: Unit) -> Iterator[tuple[Span, date]]:
    """Pair each span that counts with its eve: the last day that cannot count in it."""
    spans = clock.spans[clock.counted :]
    if not spans:
        return
    started_on = arrival_day(calendar, spans[0].began_at)
    for span in spans:
        yield span, max(started_on, _first_day(calendar, span.began_at, unit) - _ONE_DAY)


def _first_day(calendar: Calendar, began_at: datetime, unit: Unit) -> date:
    """Return the first day at whose close a clock that began then is running."""
    if unit == "d":
        return due_on(calendar, began_at)
    local = calendar.local(began_at)
    return local.date() if local.time() <= calendar.closes else local.date() + _ONE_DAY


def _used(calendar: Calendar, eve: date, ended_at: datetime, *, unit: Unit) -> int:
    """Days after `eve` whose close lies before `ended_at`."""
    last = _first_day(calendar, ended_at, unit) - _ONE_DAY
    if last <= eve:
        return 0
    return working_days_between(calendar, eve, last) if unit == "wd" else (last - eve).days
