"""Deadlines that are due, claimed once by whichever sweeper comes first, and taken away when they fire.

Business time comes in; which entry a fired deadline makes is the machine's. Called by `escalations`.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, select, tuple_, update

from workflow.storage.dialects import machine_now
from workflow.storage.models import DeadlineRow, Instant
from workflow.storage.session import Tx


class DueRow(NamedTuple):
    """One deadline as it was claimed: `rung` and `due_at` tell it from a later one of the same name."""

    case_id: int
    name: str
    due_at: datetime
    rung: int


_due = (
    select(DeadlineRow.case_id, DeadlineRow.name)
    .where(DeadlineRow.rung_at.is_(None), DeadlineRow.due_at <= bindparam("now", type_=Instant()))
    .order_by(DeadlineRow.due_at, DeadlineRow.case_id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(DeadlineRow)
    .where(tuple_(DeadlineRow.case_id, DeadlineRow.name).in_(_due))
    .values(rung_at=machine_now())
    .returning(DeadlineRow.case_id, DeadlineRow.name, DeadlineRow.due_at, DeadlineRow.rung)
    .execution_options(synchronize_session=False)
)
_TAKE = delete(DeadlineRow).where(
    DeadlineRow.case_id == bindparam("the_case"),
    DeadlineRow.name == bindparam("the_name"),
    DeadlineRow.due_at == bindparam("the_due", type_=Instant()),
    DeadlineRow.rung == bindparam("the_rung"),
)
_WAITING = select(func.count()).where(DeadlineRow.due_at <= bindparam("now", type_=Instant()))


def claim_due(tx: Tx, *, now: datetime, limit: int) -> list[DueRow]:
    """Claim deadlines that are due, the longest due first; rows another sweeper holds are left to it."""
    rows = tx.connection.execute(_CLAIM, {"now": now, "most": limit})
    return sorted((DueRow(*row) for row in rows), key=lambda row: (row.due_at, row.case_id))


def take(tx: Tx, row: DueRow) -> bool:
    """Remove the deadline that fires; False when the case has moved on and another stands in its place, or none."""
    found = {"the_case": row.case_id, "the_name": row.name, "the_due": row.due_at, "the_rung": row.rung}
    return tx.connection.execute(_TAKE, found).rowcount == 1


def count_due(tx: Tx, *, now: datetime) -> int:
    """Count the deadlines that are due and have not fired yet, claimed or not."""
    return int(tx.connection.execute(_WAITING, {"now": now}).scalar_one())
