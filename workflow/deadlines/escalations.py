"""Deadlines that pass: claimed in due order, fired as the system's act, each at its own due time.

Knows which deadlines are due; what a passed deadline means (a reminder, a letter to the superior, an answer by silence)
the machine decides.
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
    """The machine refused the act of a passed deadline. The job is parked, for people to look at the fault."""

    def __init__(self, code: str, name: str, refusal: Refusal) -> None:
        reasons = ", ".join(reason.code for reason in refusal.reasons)
        super().__init__(f"{code}: {name}: {refusal.kind}: {reasons}")
        self.refusal = refusal


def ring_due(tx: Tx, *, now: datetime, limit: int = 100) -> int:
    """Turn deadlines that are due into jobs, the longest due first and one a case at a time; return how many."""
    due = deadlines.claim_due(tx, now=now, limit=limit)
    for row in due:
        # The entry that set a deadline distinguishes it from a later one of the same name, due time and step.
        key = f"{KIND}:{row.case_id}:{row.name}:{row.seq}"
        jobs.add(tx, KIND, key, {**row._asdict(), "due_at": instant_text(row.due_at)})
    return len(due)


def fire_deadline(tx: Tx, payload: Mapping[str, Any]) -> bool:
    """Do the act of one passed deadline; False when the case has moved on since and there is nothing to do."""
    row = DueRow(**{**payload, "due_at": instant_of(payload["due_at"])})
    loaded = records.load_by_id(tx, row.case_id)
    if not deadlines.remove(tx, row):
        return False
    # A deadline that fires late acts at its own time, but never before what has happened since.
    now = max(row.due_at, loaded.last_at)
    answer = cases.act_as_system(tx, loaded.case, Act(DUE + row.name), now=now)
    if isinstance(answer, Refusal):
        raise DeadlineRefused(loaded.case.code, row.name, answer)
    return True
