"""Where a case stands for those who wait for it: steps, what was promised, when it is likely to end.

Brings together what the record says and what is worked out from it; the parts are known by the other modules.
"""

from dataclasses import dataclass
from datetime import date, datetime
from math import ceil, floor

from workflow import calendars
from workflow.cases import CaseView, EntryView, histories
from workflow.definitions import publishing
from workflow.errors import CaseNotFound
from workflow.machine.calendar import Calendar, OutsideCalendar, add_working_days
from workflow.machine.definition import Definition, DueDate
from workflow.storage.queries import movements
from workflow.storage.queries.cases import loaded_cases
from workflow.storage.session import Tx
from workflow.tracking import samples
from workflow.tracking.handling import Handling, PromiseRules, extensions, handling
from workflow.tracking.promises import Lateness, Promise, lateness, promise
from workflow.tracking.steps import CaseSteps, steps_of
from workflow.tracking.survival import remaining
from workflow.values import Case


@dataclass(frozen=True, slots=True)
class ExpectedEnd:
    """Within how many more working days a case is likely to end, on which days that is, judged by how many cases."""

    soonest: int
    latest: int
    first_day: date
    last_day: date
    judged_by: int


@dataclass(frozen=True, slots=True)
class Track:
    """All that is told of the course of a case. `expected` is None for an ended case, and where too little is known."""

    handling: Handling
    promise: Promise | None
    lateness: Lateness | None
    is_open: bool
    expected: ExpectedEnd | None
    steps: CaseSteps


@dataclass(frozen=True, slots=True)
class Course:
    """What is worked out from a case and its entries alone, whoever reads it."""

    case: Case
    definition: Definition
    handling: Handling
    promise: Promise | None
    lateness: Lateness | None


def track(tx: Tx, view: CaseView, *, now: datetime) -> Track:
    """Tell the course of a case to somebody who reads its page; nobody is named whom they may not see."""
    whole = view.case if view.sight.whole else whole_case(tx, view.case.code)
    course = course_of(tx, whole, view.entries, now=now)
    case, definition = course.case, course.definition
    is_open = definition.states[case.state].outcome is None
    expected = expected_end(tx, case, definition.name, now=now) if is_open else None
    steps = steps_of(definition, histories.standing(view.entries), case.state, case.entered_at)
    return Track(course.handling, course.promise, course.lateness, is_open, expected, steps)


def whole_case(tx: Tx, code: str) -> Case:
    """Load a case with all its fields: by when something is due does not depend on who reads it."""
    loaded = loaded_cases.load(tx, code)
    if loaded is None:
        raise CaseNotFound(code)
    return loaded.case


def course_of(tx: Tx, case: Case, entries: tuple[EntryView, ...] | None = None, *, now: datetime) -> Course:
    """Work out what was promised of a case; its entries are read where they are not at hand."""
    definition = publishing.compiled(tx, case.definition)
    told = histories.standing(entries or histories.entries(tx, case.id))
    rules = PromiseRules(
        definition,
        case,
        calendars.calendar_of(tx),
        _milestones(tx, definition, case),
        extensions(definition, told),
    )
    made = promise(rules, told)
    late = lateness(rules, made, told, now=now) if made else None
    return Course(case, definition, handling(rules, told), made, late)


def expected_end(tx: Tx, case: Case, definition_name: str, *, now: datetime) -> ExpectedEnd | None:
    """Say when a case is likely to end, by the history of its kind; None where that says too little."""
    calendar = calendars.calendar_of(tx)
    stays = samples.of_kind(tx, definition_name, now=now).get(case.state, ())
    try:
        expected = remaining(stays, samples.worked(calendar, case.entered_at, now))
        if expected is None:
            return None
        return _in_days(calendar, expected.soonest, expected.latest, expected.judged_by, now)
    except OutsideCalendar:
        return None


def _in_days(calendar: Calendar, soonest: float, latest: float, judged_by: int, now: datetime) -> ExpectedEnd:
    first, last = max(1, floor(soonest)), max(1, ceil(latest))
    today = calendar.local_date(now)
    first_day = add_working_days(calendar, today, floor(soonest))
    return ExpectedEnd(first, last, first_day, add_working_days(calendar, today, ceil(latest)), judged_by)


def _milestones(tx: Tx, definition: Definition, case: Case) -> dict[str, str]:
    """Load the dates of the movement where a turn is due by one of them."""
    turns = [state.turn.due for state in definition.states.values() if state.turn]
    reads = any(isinstance(due, DueDate) and due.source == "movement" for due in turns)
    if not reads or case.movement is None:
        return {}
    return movements.dates(tx, case.movement, case_id=case.id)
