"""Milestones whose day has come: the movement opens the cases that units owe by them.

Knows which milestones are due; `obligations` knows who owes what. All cases of a milestone are opened in one
transaction, as of the morning of its day, so that deadlines count from there however late the sweeper comes.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from workflow import calendars
from workflow.deadlines import jobs
from workflow.machine.calendar import MORNING
from workflow.movements import obligations
from workflow.storage.queries import movements
from workflow.storage.session import Tx

KIND: Final = "milestone"


def ring_due(tx: Tx, *, now: datetime) -> int:
    """Turn milestones that should be open into jobs, each once; return how many are new."""
    due = movements.to_open(tx, on_date=calendars.local_date(tx, now))
    job_ids = (
        jobs.add(tx, KIND, f"{KIND}:{code}:{name}", {"movement": code, "milestone": name, "on": opens_on.isoformat()})
        for code, name, opens_on in due
    )
    return sum(job_id is not None for job_id in job_ids)


def open_milestone(tx: Tx, payload: Mapping[str, Any]) -> int:
    """Open the cases of one milestone; return how many. Raises `CaseNotOpened`, and then opens none."""
    opens_on = date.fromisoformat(payload["on"])
    movement = obligations.find(tx, payload["movement"])
    now = calendars.calendar_of(tx).instant(opens_on, MORNING)
    owed = [
        owing
        for owing in movements.unopened(tx, movement.id, on_date=opens_on)
        if owing.milestone == payload["milestone"]
    ]
    for owing in owed:
        obligations.open_owed(tx, movement, owing, now=now)
    return len(owed)
