"""Deadlines that pass: claimed in due order, fired as the system's act, each at its own due time.

Knows when to ask; what a passed deadline means (a reminder, a letter to the superior, an answer by silence) is the
machine's. `ring_due` is called by the sweeper, `fire` by the worker that got the job.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from workflow import cases
from workflow.deadlines import jobs
from workflow.errors import WorkflowError
from workflow.machine.calendar import instant_of, instant_text
from workflow.storage.queries import deadlines
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.queries.deadlines import DueRow
from workflow.storage.session import Tx
from workflow.values import DUE, Act, Refusal

KIND: Final = "deadline"


class DeadlineRefused(WorkflowError):
    """The machine would not let a passed deadline act: a fault to look at, parked on the incident desk."""

    def __init__(self, code: str, name: str, refusal: Refusal) -> None:
        reasons = ", ".join(reason.code for reason in refusal.reasons)
        super().__init__(f"{code}: {name}: {refusal.kind}: {reasons}")
        self.refusal = refusal


def ring_due(tx: Tx, *, now: datetime, limit: int = 100) -> int:
    """Turn deadlines that are due into jobs, the longest due first and one of a case at a time; returns how many."""
    due = deadlines.claim_due(tx, now=now, limit=limit)
    for row in due:
        # The entry that set it tells it from another of the same name, even one with the same due time and step.
        key = f"{KIND}:{row.case_id}:{row.name}:{row.seq}"
        jobs.add(tx, KIND, key, {**row._asdict(), "due_at": instant_text(row.due_at)})
    return len(due)


def fire(tx: Tx, payload: Mapping[str, Any]) -> bool:
    """Let one passed deadline act; False when the case has moved on since and there is nothing to do."""
    row = DueRow(**{**payload, "due_at": instant_of(payload["due_at"])})
    loaded = records.load_by_id(tx, row.case_id)
    if not deadlines.take(tx, row):
        return False
    # A deadline that fires late acts at its own time, but never before what has happened since.
    now = max(row.due_at, loaded.last_at)
    answer = cases.act_as_system(tx, loaded.case, Act(DUE + row.name), now=now)
    if isinstance(answer, Refusal):
        raise DeadlineRefused(loaded.case.code, row.name, answer)
    return True
