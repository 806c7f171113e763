"""The clocks of a case as the definition sets them: named clocks, the clock of the turn, the steps of its escalation.

A case keeps its ledgers in `clocks`: each named clock under its name, the turn's own budget under `turn:clock`,
the next step to fire under `turn:rung`, and the moment from which a turn counts under `turn:since`, where that is not
the entry. Knows the calendar handed in and counts no days itself: that is for `ledgers` and `due_moments`.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from workflow.machine.calendar import (
    Calendar,
    Days,
    at,
    before,
    ledgers,
    repeat_at,
    shift,
    step_at,
    until,
    working_days_between,
)
from workflow.machine.case.parameters import key_of, looked_up
from workflow.machine.case.people import UndeclaredFact
from workflow.machine.definition import Budget, Clock, Definition, Due, DueDate, EscalationStep, Param, Turn
from workflow.values import Case, Deadline, Json

TURN = "turn"
WAKE = "wake"
CLOCK = "turn:clock"
"""Where the case keeps the ledger of the turn's own clock; no named clock can be called so."""
TAKEN = "turn:taken"
"""Where the case remembers which person has the turn of its state."""
STEP = "turn:rung"
"""Where the case remembers which step of the turn's escalation fires next."""

SINCE = "turn:since"
"""Where the case keeps the moment from which its turn counts, if an external answer came before it was recorded."""
OF_TURN = frozenset({CLOCK, STEP, TAKEN})
"""What a case keeps only as long as the turn of its state lasts."""


class Times(NamedTuple):
    """What due dates may be reckoned from: the calendar, the movement's dates (None: not loaded), figures, now.

    `now` is the moment that clocks count from, be it that of the act or the day an answer was received.
    """

    calendar: Calendar
    params: Mapping[str, Param]
    milestones: Mapping[str, str] | None
    now: datetime

    def milestone(self, name: str) -> str | None:
        """Return the date of a milestone; None where the movement has no such date."""
        if self.milestones is None:
            raise UndeclaredFact("movement")
        return self.milestones.get(name)


def allowance_of(due: Due, case: Case, times: Times) -> Days | datetime | None:
    """Find the budget or the instant a due means for this case; None where its date is not known (yet)."""
    if isinstance(due, Budget):
        return days_of(due, case, times)
    day = _day_of(due, case, times)
    if day is None:
        return None
    if due.offset:
        day = shift(times.calendar, day, days_of(due.offset, case, times))
    return _EDGES[due.edge](times.calendar, day)


_EDGES = {"before": before, "at": at, "until": until}


def param_value(param: Param, case: Case, *, fields: Mapping[str, Json]) -> Json:
    """Return a figure: as pinned with the case, or as the keys it depends on choose it among the fields."""
    return looked_up(param, case.params, tuple(key_of(fields.get(key)) for key in param.by))


def days_of(budget: Budget, case: Case, times: Times) -> Days:
    """Return how many days a budget is; one that a param names is as the case pinned it."""
    count = (
        param_value(times.params[budget.count], case, fields=case.fields)
        if isinstance(budget.count, str)
        else budget.count
    )
    if not isinstance(count, int):
        raise TypeError(budget.count)
    return Days(count, budget.unit)


def _day_of(due: DueDate, case: Case, times: Times) -> date | None:
    if due.source == "clock":
        due_at = due_of(case.clocks.get(due.name), times.calendar)
        return times.calendar.local(due_at - timedelta(microseconds=1)).date() if due_at else None
    day = times.milestone(due.name) if due.source == "movement" else case.fields.get(due.name)
    return date.fromisoformat(day) if isinstance(day, str) else None


def due_of(ledger: Json, calendar: Calendar) -> datetime | None:
    """Say when a clock is due by its ledger; None while it is stopped, was never started or does not apply."""
    return None if ledgers.stands(ledger) else ledgers.due_at(ledgers.from_json(ledger), calendar)


def waiting_since(case: Case) -> datetime:
    """Say from when the turn of a case counts: when it was entered, or what led there took effect."""
    since = case.clocks.get(SINCE)
    return ledgers.instant_of(since) if isinstance(since, str) else case.entered_at


def touches(definition: Definition, action: str) -> bool:
    """Say whether an action starts, stops or extends any clock."""
    return any(action in (*clock.starts, *clock.stops, *clock.extend) for clock in definition.clocks.values())


def ticked(definition: Definition, case: Case, actions: Iterable[str], times: Times) -> dict[str, Json]:
    """Return the ledgers after an act: each named clock stopped, started or extended by it."""
    names = frozenset(actions)
    case_ledgers = dict(case.clocks)
    for clock in definition.clocks.values():
        ledger = case_ledgers.get(clock.name)
        if ledger and names.intersection(clock.stops):
            case_ledgers[clock.name] = ledger = ledgers.to_json(ledgers.stop(ledgers.from_json(ledger), times.now))
        if names.intersection(clock.starts) and _applies(clock, case_ledgers):
            started = _started(clock, ledger, case, times)
            case_ledgers |= {clock.name: ledgers.to_json(started)} if started else {}
        for action in names.intersection(clock.extend):
            until_then = end_of(case.fields.get(clock.extend[action]), times.calendar)
            if until_then and (extended := case_ledgers.get(clock.name)):
                case_ledgers[clock.name] = ledgers.to_json(ledgers.extend(ledgers.from_json(extended), until_then))
    return case_ledgers


def end_of(day: Json, calendar: Calendar) -> datetime | None:
    """Return the last moment of a day that stands in a field; None where none does."""
    return until(calendar, date.fromisoformat(day)) if isinstance(day, str) else None


def _applies(clock: Clock, case_ledgers: Mapping[str, Json]) -> bool:
    return clock.name not in case_ledgers or case_ledgers[clock.name] is not None


def _started(clock: Clock, ledger_before: Json, case: Case, times: Times) -> ledgers.ClockLedger | None:
    limit = allowance_of(clock.due, case, times)
    if limit is None:
        return None
    ledger = ledgers.from_json(ledger_before) if ledger_before else ledgers.ClockLedger(clock.name, limit, clock.again)
    if not (ledger.extended and clock.again == "continue"):
        ledger = ledgers.replan(ledger, limit)
    return ledgers.start(ledger, times.now)


def reopened(case_ledgers: Mapping[str, Json]) -> dict[str, Json]:
    """Return the ledgers of a settled case that goes on: budgets begin anew, clocks that never applied still do not."""
    return {name: None for name, ledger in case_ledgers.items() if ledger is None}


def without_obligation(definition: Definition) -> dict[str, Json]:
    """Return the ledgers of an edition: clocks of the movement are marked as not applying, for good.

    A case opened by a link inherits no obligation clock, or an amendment would be born overdue.
    """
    return {
        clock.name: None
        for clock in definition.clocks.values()
        if isinstance(clock.due, DueDate) and clock.due.source == "movement"
    }


class Running(NamedTuple):
    """The ledgers of a case, and when each clock of them that runs is due."""

    ledgers: dict[str, Json]
    dues: dict[str, datetime]


def entered(turn: Turn, case: Case, times: Times) -> Running:
    """Start the turn's own clock beside the others; a turn that is due with a named clock needs none."""
    case_ledgers = {name: ledger for name, ledger in case.clocks.items() if name not in OF_TURN}
    dues = dues_of(case_ledgers, times.calendar)
    if turn.due is None or isinstance(turn.due, str):
        return Running(case_ledgers, dues)
    limit = allowance_of(turn.due, case, times)
    if limit is not None:
        clock = ledgers.start(ledgers.ClockLedger(TURN, limit), times.now)
        case_ledgers[CLOCK] = ledgers.to_json(clock)
        due = ledgers.due_at(clock, times.calendar)
        dues |= {CLOCK: due} if due else {}
    return Running(case_ledgers, dues)


def replanned(turn: Turn, case: Case, times: Times) -> dict[str, Json]:
    """Return the ledgers with the turn's clock under a date that the act has moved: one that stands in a field."""
    if not (isinstance(turn.due, DueDate) and turn.due.source == "field"):
        return dict(case.clocks)
    limit, ledger = allowance_of(turn.due, case, times), case.clocks.get(CLOCK)
    if limit is None or not ledger:
        return entered(turn, case, times).ledgers
    return {**case.clocks, CLOCK: ledgers.to_json(ledgers.replan(ledgers.from_json(ledger), limit))}


def dues_of(case_ledgers: Mapping[str, Json], calendar: Calendar) -> dict[str, datetime]:
    """Say when each clock that runs is due, under its name in the case; the earliest is what shows."""
    dues = {name: due_of(ledger, calendar) for name, ledger in case_ledgers.items() if name not in (STEP, TAKEN)}
    return {name: due for name, due in dues.items() if due}


def turn_due(turn: Turn, dues: Mapping[str, datetime]) -> datetime | None:
    """Say when the turn itself is due, by its own clock or the named one."""
    return dues.get(turn.due if isinstance(turn.due, str) else CLOCK)


def runs_out_at(turn: Turn | None, case: Case, clock: str, calendar: Calendar) -> datetime | None:
    """Say when the time of a named clock, or of the turn (`turn`), was or will be used up; None where it never will."""
    if clock == TURN:
        clock = turn.due if turn and isinstance(turn.due, str) else CLOCK
    ledger = case.clocks.get(clock)
    return ledgers.runs_out_at(ledgers.from_json(ledger), calendar) if ledger else None


def next_step(definition: Definition, due: datetime, calendar: Calendar, *, after: datetime) -> Deadline | None:
    """Find the first step of the escalation later than a moment; steps whose moment has passed are skipped."""
    count = len(definition.escalation)
    for step in range(count):
        moment = moment_of(definition, step, due, calendar)
        if moment and moment > after:
            return Deadline(TURN, moment, step)
    last = moment_of(definition, count - 1, due, calendar) if count else None
    if last is None or definition.escalation[-1].repeats_after is None:
        return None
    days = working_days_between(calendar, calendar.local(last).date(), calendar.local(after).date())
    step = count - 1 + max(1, days // definition.escalation[-1].repeats_after)
    while (moment := moment_of(definition, step, due, calendar)) and moment <= after:
        step += 1
    return Deadline(TURN, moment, step) if moment else None


def step_after(definition: Definition, step: int, due: datetime, calendar: Calendar) -> Deadline | None:
    """Find the step that follows one that fired, even if its moment has passed."""
    moment = moment_of(definition, step + 1, due, calendar)
    return Deadline(TURN, moment, step + 1) if moment else None


def moment_of(definition: Definition, step: int, due: datetime, calendar: Calendar) -> datetime | None:
    """Say when a step fires; beyond the last one the last repeats, if it does."""
    last = len(definition.escalation) - 1
    if step <= last:
        return step_at(calendar, due, Days(definition.escalation[step].after))
    interval = definition.escalation[last].repeats_after
    if interval is None:
        return None
    first = step_at(calendar, due, Days(definition.escalation[last].after))
    return repeat_at(calendar, first, Days(interval * (step - last)))


def step_of(definition: Definition, step: int) -> EscalationStep:
    """Return the step of that number; beyond the last one it is the last."""
    return definition.escalation[min(step, len(definition.escalation) - 1)]


def start_of(day: date, calendar: Calendar) -> datetime:
    """Return the first moment of a day, when guards over `today` may change."""
    return before(calendar, day)
