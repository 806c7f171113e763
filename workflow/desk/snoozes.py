"""Cases that somebody put off until a date: out of the queue, still their turn, for their own eyes only.

A case is back on the morning of that date, no later than on the morning of the last working day of its deadline, and
at once when anything happens to it.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from workflow import calendars
from workflow.errors import CaseNotFound, Invalid
from workflow.machine.calendar import MORNING, Calendar, due_on, working_days
from workflow.organisation import access
from workflow.storage.queries import own_desks as rows
from workflow.storage.queries.cases import loaded_cases
from workflow.storage.session import Tx

LONGEST: Final = timedelta(days=92)
"""So far ahead something may be put off that is due later or never."""


def put_off(tx: Tx, code: str, *, until: date, person_id: int, now: datetime) -> datetime:
    """Take a case out of a person's queue until the morning of a date, and return when it is back.

    Raises `CaseNotFound`, and `Invalid` for a day that is not ahead or a case whose deadline leaves no time.
    """
    calendar = calendars.calendar_of(tx)
    today = calendar.local_date(now)
    if not today < until <= today + LONGEST:
        raise Invalid("snooze_date", field="until", most=LONGEST.days)
    case = rows.waiting(tx, code)
    loaded = loaded_cases.load(tx, code)
    if case is None or loaded is None or not access.may_see(tx, loaded.case, person_id, now=now):
        raise CaseNotFound(code)
    back_at = calendar.instant(until, MORNING)
    if case.due_at is not None:
        back_at = min(back_at, _last_morning(calendar, case.due_at))
    if back_at <= now:
        raise Invalid("snooze_too_late", field="until", case=code)
    rows.put_off(tx, person_id, case, until_at=back_at)
    return back_at


def take_back(tx: Tx, code: str, *, person_id: int) -> None:
    """Put a case back into the queue."""
    rows.take_back(tx, person_id, code)


def of_person(tx: Tx, person_id: int, *, now: datetime) -> Mapping[str, datetime]:
    """Say until when cases are put off, by code."""
    return rows.snoozed(tx, person_id, now=now)


def _last_morning(calendar: Calendar, due_at: datetime) -> datetime:
    return calendar.instant(working_days.last_working_day(calendar, due_on(calendar, due_at)), MORNING)
