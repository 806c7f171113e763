"""Deadlines that pass: claimed in due order, fired as the system's act, each at its own due time.

Knows when to ask; what a passed deadline means (a reminder, a letter to the superior, an answer by silence) is the
machine's. `ring_due` is called by the sweeper, `fire` by the worker that got the job.
"""

from datetime import datetime
from typing import Final

from workflow import calendars, cases, jobs
from workflow.errors import WorkflowError
from workflow.machine.clocks import instant_of, instant_text
from workflow.storage.queries import cases as records
from workflow.storage.queries import deadlines
from workflow.storage.queries.deadlines import DueRow
from workflow.storage.session import Tx
from workflow.values import DUE, SYSTEM, Act, Json, Refusal

KIND: Final = "deadline"


class DeadlineRefused(WorkflowError):
    """The machine would not let a passed deadline act: a fault to look at, parked on the incident desk."""

    def __init__(self, code: str, name: str, refusal: Refusal) -> None:
        reasons = ", ".join(reason.code for reason in refusal.reasons)
        super().__init__(f"{code}: {name}: {refusal.kind}: {reasons}")
        self.refusal = refusal


def ring_due(tx: Tx, *, now: datetime, limit: int = 100) -> int:
    """Turn deadlines that are due into jobs, the longest due first; returns how many."""
    due = deadlines.claim_due(tx, now=now, limit=limit)
    for row in due:
        stamp = instant_text(row.due_at)
        key = f"{KIND}:{row.case_id}:{row.name}:{stamp}:{row.rung}"
        jobs.add(tx, KIND, key, {"case": row.case_id, "name": row.name, "due_at": stamp, "rung": row.rung})
    return len(due)


def fire(tx: Tx, payload: dict[str, Json]) -> bool:
    """Let one passed deadline act; False when the case has moved on since and there is nothing to do."""
    row = DueRow(
        case_id=int(str(payload["case"])),
        name=str(payload["name"]),
        due_at=instant_of(str(payload["due_at"])),
        rung=int(str(payload["rung"])),
    )
    loaded = records.load_by_id(tx, row.case_id)
    if not deadlines.take(tx, row):
        return False
    # A deadline that fires late acts at its own time, but never before what has happened since.
    now = max(row.due_at, loaded.last_at)
    at_hand = cases.Circumstances(SYSTEM, now, calendars.calendar_of(tx))
    answer = cases.act_on(tx, loaded.case, Act(DUE + row.name), at_hand)
    if isinstance(answer, Refusal):
        raise DeadlineRefused(loaded.case.code, row.name, answer)
    return True


def count_due(tx: Tx, *, now: datetime) -> int:
    """Count the deadlines that are due and have not fired: what a page shows after the demo clock jumped."""
    return deadlines.count_due(tx, now=now)
