"""By when the result of a case was promised, what has moved that, and whether it is late.

A promise is made when a case comes to those who handle it. It stands until something moves it: a pause while the unit
corrects the case or somebody else is asked, an extension, or a step that was late; a step that was early moves nothing.
Where the rules have a clock with a budget for it, the promise is that of the clock; else it is the sum of the time
limits of the steps on the way to a good end. Where neither is certain, nothing is promised.

Pure: knows the definition, the case with its ledgers, and its passages. Reads no record and no clock of the machine.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, NamedTuple

from workflow.machine.calendar import due_moments, working_days_between
from workflow.tracking.handling import WAY, Happening, PromiseRules, with_arrival
from workflow.values import Text

Why = Literal["pause", "extension", "late"]


class Shift(NamedTuple):
    """The promise was moved from one moment to another, by `days` working days.

    `pause`: the clock stood still from `since` until `at`, `by` being the act after which it did and `was` the state in
    which that was done; `extension`: the limit was extended; `late`: a step took longer than its limit.
    """

    why: Why
    before: datetime
    after: datetime
    days: int
    since: datetime
    at: datetime
    by: str
    was: str


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised first, what holds now, and what moved it in between.

    `label` is what the clock is called whose promise it is; None: it is the whole way. `paused_since`: the case is not
    with those who handle it, so the promise will move. `kept_at`: when the result was there.
    """

    made_at: datetime
    first: datetime
    due_at: datetime
    label: Text | None = None
    shifts: tuple[Shift, ...] = ()
    paused_since: datetime | None = None
    kept_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lateness:
    """A promise that was not kept: by how many working days so far, and the new date, where one can be given."""

    days: int
    again: datetime | None


def promise(rules: PromiseRules, entries: Iterable[Happening]) -> Promise | None:
    """Say what is promised of a case, from its entries; None where nothing is, or not yet."""
    made: Promise | None = None
    kind, stopped, handled = WAY, None, False
    for entry, entered_at in with_arrival(rules.definition, entries):
        if rules.definition.states[entry.state].outcome is not None:
            made = replace(made, kept_at=made.kept_at or entry.at, paused_since=None) if made else None
            continue
        if made and (made.kept_at or (kind != WAY and rules.is_over(kind, entry))):
            made, kind = None, WAY
        handled = rules.is_handled(entry.state, entry.at, before=handled)
        ahead = rules.promised(entry.state, entered_at=entered_at, at=entry.at) if handled else None
        if ahead is None or (made is not None and kind != WAY and ahead[0] == WAY):
            if made and made.paused_since is None:
                made, stopped = replace(made, paused_since=entry.at), entry
        elif made is None or ahead[0] != kind:
            kind = ahead[0]
            label = rules.definition.clocks[kind].label if kind else None
            made = Promise(entry.at, ahead[1], ahead[1], label)
        else:
            made = _moved(rules, made, ahead[1], entry=entry, stopped=stopped)
    return made


def lateness(rules: PromiseRules, made: Promise, entries: Sequence[Happening], *, now: datetime) -> Lateness | None:
    """Say by how much a promise is late, be it kept by now or not; None while it is not.

    The new date is given by the limit of the step that is late, as if it had begun anew when it ran out: a date that
    stays for some days, not one that moves every morning.
    """
    until = made.kept_at or now
    if made.paused_since or until <= made.due_at:
        return None
    days = -due_moments.remaining_wd(rules.calendar, made.due_at, until)
    return Lateness(days, None if made.kept_at else _again(rules, made, entries, now=now))


def _again(rules: PromiseRules, made: Promise, entries: Sequence[Happening], *, now: datetime) -> datetime | None:
    *_, (entry, entered_at) = with_arrival(rules.definition, entries)
    ahead = rules.promised(entry.state, entered_at=entered_at, at=now)
    if ahead and ahead[1] > now:
        return ahead[1]
    state, start = rules.definition.states[entry.state], entered_at
    while (due := rules.step_due(state, start)) and due <= now:
        if due <= start:
            return None
        start = due
    again = rules.promised(entry.state, entered_at=start, at=now) if due and made.label is None else None
    return again[1] if again else None


def _moved(
    rules: PromiseRules, made: Promise, due: datetime, *, entry: Happening, stopped: Happening | None
) -> Promise:
    """Let a promise stand, or move it to a later moment and say why."""
    paused_since, made = made.paused_since, replace(made, paused_since=None)
    extends = any(entry.action in clock.extend for clock in rules.definition.clocks.values())
    if due <= made.due_at and not extends:
        return made
    why: Why = "extension" if extends else "pause" if paused_since else "late"
    by = stopped if paused_since and stopped else entry
    shift = Shift(
        why,
        made.due_at,
        due,
        working_days_between(rules.calendar, _day(rules, made.due_at), _day(rules, due)),
        paused_since or entry.at,
        entry.at,
        by.action,
        by.was,
    )
    return replace(made, due_at=due, shifts=(*made.shifts, shift))


def _day(rules: PromiseRules, due: datetime) -> date:
    return due_moments.due_on(rules.calendar, due)
