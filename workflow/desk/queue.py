"""The queue of one person: my turn in groups and under filters, where a case stands in it, and which comes next.

Reads my turn a stretch at a time, most urgent first, and sorts what was read. A case that waits for the person in
several ways stands in the queue once. Knows no rule.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from workflow import calendars
from workflow.cases import TurnView, assignments
from workflow.desk import snoozes
from workflow.desk.queue_views import QueueFilters
from workflow.machine.calendar import Calendar, due_on
from workflow.storage.queries import own_desks as rows
from workflow.storage.session import Tx
from workflow.values import Text

SHOWN: Final = 50
"""So many cases stand in the queue at once."""
READ_AT_MOST: Final = 500
"""So many turns are read for one page, where filters leave most of them out."""
TIMES: Final = ("late", "today", "week", "later")
"""The groups by time, in their order."""


class QueueRow(NamedTuple):
    """A case in the queue; `back_at` says when it is back, where the person has put it off."""

    turn: TurnView
    back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QueueGroup:
    """Cases that stand together: under one of `TIMES`, or under a label; without both, those that have none."""

    time: str
    label: Text | None
    rows: tuple[QueueRow, ...]


class FilterChoice(NamedTuple):
    """A value that the queue can be filtered by, in words, and how many cases there are."""

    value: str
    label: Text
    cases: int


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue as it is shown. `after` is where it goes on, None at its end; `choices` are lists to filter by."""

    groups: tuple[QueueGroup, ...]
    snoozed: tuple[QueueRow, ...]
    choices: Mapping[str, tuple[FilterChoice, ...]]
    after: str | None

    @property
    def codes(self) -> tuple[str, ...]:
        """The cases in the order in which they stand."""
        return tuple(row.turn.code for group in self.groups for row in group.rows)


class QueuePlace(NamedTuple):
    """Where a case stands in the queue: its number from 1, of how many, and the cases before and after it."""

    number: int
    total: int
    before: str | None
    after: str | None


def queue(tx: Tx, filters: QueueFilters, *, person_id: int, now: datetime, after: str | None = None) -> Queue:
    """Lay out what waits for a person, from a `Queue.after` on."""
    calendar = calendars.calendar_of(tx)
    put_off = snoozes.of_person(tx, person_id, now=now)
    turns: dict[str, TurnView] = {}
    chosen: list[TurnView] = []
    read = 0
    while True:
        page = assignments.my_turn(tx, person_id=person_id, now=now, after=after, limit=SHOWN)
        new = [turn for turn in page.rows if turns.setdefault(turn.code, turn) is turn]
        chosen += [turn for turn in new if _is_chosen(turn, filters, now=now)]
        after, read = page.after, read + len(page.rows)
        if after is None or len(chosen) >= SHOWN or read >= READ_AT_MOST:
            break
    shown = [QueueRow(turn) for turn in chosen if turn.code not in put_off]
    away = tuple(QueueRow(turn, put_off[turn.code]) for turn in chosen if turn.code in put_off)
    return Queue(_grouped(tx, shown, filters, calendar=calendar, now=now), away, _choices(turns.values()), after)


def place_of(codes: Collection[str], code: str) -> QueuePlace | None:
    """Say where a case stands among those of the queue; None where it is not among them."""
    order = list(codes)
    if code not in order:
        return None
    at = order.index(code)
    before = order[at - 1] if at else None
    return QueuePlace(at + 1, len(order), before, order[at + 1] if at + 1 < len(order) else None)


def next_after(before: Collection[str], code: str, still: Collection[str]) -> str | None:
    """Choose the case that comes after one that was dealt with: the next that still waits, else the first that does."""
    order = list(before)
    later = order[order.index(code) + 1 :] if code in order else []
    return next((other for other in (*later, *still) if other in still and other != code), None)


def _is_chosen(turn: TurnView, filters: QueueFilters, *, now: datetime) -> bool:
    return (
        filters.kind in ("", turn.definition)
        and filters.state in ("", turn.state_name)
        and filters.unit in (None, turn.unit_id)
        and (not filters.late or (turn.due_at is not None and turn.due_at < now))
    )


def _grouped(
    tx: Tx, shown: list[QueueRow], filters: QueueFilters, *, calendar: Calendar, now: datetime
) -> tuple[QueueGroup, ...]:
    if filters.by == "time":
        by_time: dict[str, list[QueueRow]] = {name: [] for name in TIMES}
        for row in shown:
            by_time[_time_of(row.turn.due_at, calendar=calendar, now=now)].append(row)
        return tuple(QueueGroup(name, None, tuple(members)) for name, members in by_time.items() if members)
    label_of = _labels(tx, shown, filters)
    by_label: dict[Text | None, list[QueueRow]] = defaultdict(list)
    for row in shown:
        by_label[label_of(row.turn)].append(row)
    return tuple(QueueGroup("", label, tuple(members)) for label, members in by_label.items())


def _labels(tx: Tx, shown: list[QueueRow], filters: QueueFilters) -> Callable[[TurnView], Text | None]:
    if filters.by == "kind":
        return lambda turn: turn.kind
    if filters.by == "state":
        return lambda turn: turn.state
    if filters.by == "unit":
        return lambda turn: Text(turn.unit_name, turn.unit_name)
    titles = rows.milestones(tx, [row.turn.code for row in shown])
    return lambda turn: Text(*titles[turn.code]) if turn.code in titles else None


def _time_of(due_at: datetime | None, *, calendar: Calendar, now: datetime) -> str:
    if due_at is None:
        return "later"
    if due_at < now:
        return "late"
    today, on = calendar.local_date(now), due_on(calendar, due_at)
    if on <= today:
        return "today"
    sunday = today + timedelta(days=6 - today.weekday())
    return "week" if on <= sunday else "later"


def _choices(turns: Collection[TurnView]) -> dict[str, tuple[FilterChoice, ...]]:
    return {
        "kind": tuple(_counted((turn.definition, turn.kind) for turn in turns)),
        "state": tuple(_counted((turn.state_name, turn.state) for turn in turns)),
        "unit": tuple(_counted((str(turn.unit_id), Text(turn.unit_name, turn.unit_name)) for turn in turns)),
    }


def _counted(values: Iterator[tuple[str, Text]]) -> Iterator[FilterChoice]:
    labels: dict[str, Text] = {}
    counts: dict[str, int] = defaultdict(int)
    for value, label in values:
        labels.setdefault(value, label)
        counts[value] += 1
    return (FilterChoice(value, labels[value], count) for value, count in counts.items())
