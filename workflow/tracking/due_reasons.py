"""Why the deadline of a case is what it is: from which of its clocks it comes, and from which date of the movement.

Told where cases are read: on the page of a case, and beside what a unit owes. Counts no days itself.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, NamedTuple

from workflow import calendars
from workflow.cases import CaseView
from workflow.definitions import publishing
from workflow.machine.calendar import Calendar, Days
from workflow.machine.case import case_clocks
from workflow.machine.definition import Budget, Definition, Due, DueDate
from workflow.storage.queries import movements
from workflow.storage.queries.cases import loaded_cases
from workflow.storage.session import Tx
from workflow.values import Case, Text


class DueReason(NamedTuple):
    """The clock whose deadline shows: of the step a case is in (`label` None), or a named one of its definition.

    `limit` is what its definition allows or, with a milestone, how far from that day the deadline lies (negative:
    before it). `milestone_on` is that day, `edge` whether the deadline excludes it.
    """

    due_at: datetime
    label: Text | None = None
    limit: Days | None = None
    milestone_on: date | None = None
    edge: Literal["before", "at", "until"] = "until"

    @property
    def is_inner(self) -> bool:
        """Whether the deadline is an earlier or later day than the milestone that it comes from."""
        return self.milestone_on is not None and self.limit is not None


def of_view(tx: Tx, view: CaseView) -> DueReason | None:
    """Say where the deadline of a case comes from, to somebody who reads its page."""
    case, definition, calendar = view.case, view.definition, calendars.calendar_of(tx)
    due = _due(definition, case, _shown_clock(case, calendar))
    reads = isinstance(due, DueDate) and due.source == "movement" and case.movement is not None
    dates = movements.dates(tx, case.movement, case_id=case.id) if reads and case.movement is not None else {}
    return _reason(definition, case, calendar, dates)


def of_owed(tx: Tx, milestones: Mapping[str, Mapping[str, str]]) -> Mapping[str, DueReason]:
    """Say where deadlines come from, by the codes of cases, each given with the dates of its movement that are known.

    All cases are loaded by one statement; a case without a deadline of its own has no entry.
    """
    if not milestones:
        return {}
    calendar = calendars.calendar_of(tx)
    cases = [loaded.case for loaded in loaded_cases.load_many(tx, milestones)]
    reasons = {
        case.code: _reason(publishing.compiled(tx, case.definition), case, calendar, milestones[case.code])
        for case in cases
    }
    return {code: reason for code, reason in reasons.items() if reason}


def _reason(definition: Definition, case: Case, calendar: Calendar, milestones: Mapping[str, str]) -> DueReason | None:
    name = _shown_clock(case, calendar)
    due = _due(definition, case, name)
    if due is None or case.due_at is None:
        return None
    clock = definition.clocks.get(name or "")
    label = clock.label if clock else None
    times = case_clocks.Times(calendar, definition.params, milestones, case.due_at)
    if isinstance(due, Budget):
        return DueReason(case.due_at, label, case_clocks.days_of(due, case, times))
    if due.source != "movement":
        return DueReason(case.due_at, label)
    day = milestones.get(due.name)
    limit = case_clocks.days_of(due.offset, case, times) if due.offset else None
    return DueReason(case.due_at, label, limit, date.fromisoformat(day) if day else None, due.edge)


def _shown_clock(case: Case, calendar: Calendar) -> str | None:
    """Find the clock of a case whose deadline is the one that shows."""
    dues = case_clocks.dues_of(case.clocks, calendar)
    return next((name for name, due_at in dues.items() if due_at == case.due_at), None)


def _due(definition: Definition, case: Case, name: str | None) -> Due | None:
    """Find what a clock is due by; the turn's own clock by its state."""
    if name == case_clocks.CLOCK:
        turn = definition.states[case.state].turn
        return turn.due if turn and not isinstance(turn.due, str) else None
    clock = definition.clocks.get(name or "")
    return clock.due if clock else None
