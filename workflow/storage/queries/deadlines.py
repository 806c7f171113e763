"""Deadlines that are due, claimed once by whichever sweeper comes first, and removed when they fire.

Business time is passed in; the machine knows which entry a fired deadline makes.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Float, and_, bindparam, delete, exists, func, literal, or_, select, tuple_, update
from sqlalchemy.orm import aliased

from workflow.storage.models import DeadlineRow, Instant
from workflow.storage.session import Tx
from workflow.storage.statements import machine_now, machine_time_after, most


class DueRow(NamedTuple):
    """One deadline as it was claimed. `seq`, the entry that set it, distinguishes it from later ones of its name."""

    case_id: int
    name: str
    seq: int
    due_at: datetime


# The deadlines of one case fire in their order: a later one waits for an earlier one, but no longer than this, because
# a job that is stuck must not hold back everything that follows.
HELD_BACK_SECONDS = 300

_earlier = aliased(DeadlineRow)
_comes_first = or_(
    _earlier.due_at < DeadlineRow.due_at,
    and_(_earlier.due_at == DeadlineRow.due_at, _earlier.name < DeadlineRow.name),
)
_waited_for = or_(_earlier.rung_at.is_(None), _earlier.rung_at > machine_time_after(literal(-HELD_BACK_SECONDS, Float)))
_due = (
    select(DeadlineRow.case_id, DeadlineRow.name)
    .where(
        DeadlineRow.rung_at.is_(None),
        DeadlineRow.due_at <= bindparam("now", type_=Instant()),
        ~exists().where(_earlier.case_id == DeadlineRow.case_id, _comes_first, _waited_for),
    )
    .order_by(DeadlineRow.due_at, DeadlineRow.case_id)
    .limit(most())
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(DeadlineRow)
    .where(tuple_(DeadlineRow.case_id, DeadlineRow.name).in_(_due))
    .values(rung_at=machine_now())
    .returning(DeadlineRow.case_id, DeadlineRow.name, DeadlineRow.seq, DeadlineRow.due_at)
    .execution_options(synchronize_session=False)
)
_TAKE = delete(DeadlineRow).where(
    DeadlineRow.case_id == bindparam("the_case"),
    DeadlineRow.name == bindparam("the_name"),
    DeadlineRow.seq == bindparam("the_seq"),
)
_WAITING = select(func.count()).where(DeadlineRow.due_at <= bindparam("now", type_=Instant()))


def claim_due(tx: Tx, *, now: datetime, limit: int) -> list[DueRow]:
    """Claim the first due deadline of each case, the longest due first; skip those that another sweeper is claiming."""
    rows = tx.connection.execute(_CLAIM, {"now": now, "most": limit})
    return sorted((DueRow(*row) for row in rows), key=lambda row: (row.due_at, row.case_id))


def remove(tx: Tx, row: DueRow) -> bool:
    """Remove the deadline that fires; False when the case has moved on and the deadline is gone or was set anew."""
    wanted = {"the_case": row.case_id, "the_name": row.name, "the_seq": row.seq}
    return tx.connection.execute(_TAKE, wanted).rowcount == 1


def count_due(tx: Tx, *, now: datetime) -> int:
    """Count the deadlines that are due and have not fired yet, claimed or not."""
    return int(tx.connection.execute(_WAITING, {"now": now}).scalar_one())
