"""The job table: what is to be done once, who has claimed it, what is stuck. Everything by the database's clock.

Knows leases, fencing tokens and states, not what a job does nor how often it may fail.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, bindparam, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from workflow.storage.models import Job
from workflow.storage.session import Tx
from workflow.storage.statements import among, listing, machine_now, machine_time_after, most, seconds

ERROR_LIMIT = 2000


class ClaimedRow(NamedTuple):
    """A job that was claimed: `token` proves that the claim still holds."""

    id: int
    kind: str
    key: str
    payload: str
    token: str
    tries: int


class JobRow(NamedTuple):
    """A job as the incident desk shows it."""

    id: int
    kind: str
    key: str
    payload: str
    state: str
    tries: int
    made_at: datetime
    due_at: datetime
    last_error: str | None


class Backlog(NamedTuple):
    """How much waits (capped) and since when, and how much is parked."""

    waiting: int
    oldest_due_at: datetime | None
    parked: int


def _past(column: SQLColumnExpression[datetime | None]) -> ColumnElement[bool]:
    return or_(column.is_(None), column <= machine_now())


_free = and_(Job.state == "due", Job.due_at <= machine_now(), _past(Job.hold_until), _past(Job.lease_until))
_hold = machine_time_after(seconds("hold_seconds"))
_INSERT = {
    name: dialect.insert(Job)
    .values(
        kind=bindparam("kind"),
        key=bindparam("key"),
        payload=bindparam("payload"),
        state="due",
        tries=0,
        made_at=machine_now(),
        due_at=_hold,
        rung_at=machine_now(),
    )
    .on_conflict_do_nothing(index_elements=[Job.key])
    .returning(Job.id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_to_ring = (
    update(Job)
    .where(
        Job.id.in_(
            select(Job.id)
            .where(_free, or_(Job.rung_at.is_(None), Job.rung_at <= machine_time_after(-seconds("rung_seconds"))))
            .order_by(Job.due_at, Job.id)
            .limit(most())
            .with_for_update(skip_locked=True)
        )
    )
    .values(rung_at=machine_now())
    .returning(Job.id, Job.due_at)
    .execution_options(synchronize_session=False)
)
_claim = (
    update(Job)
    .where(Job.id == bindparam("job"), _free)
    .values(lease_until=machine_time_after(seconds("lease_seconds")), token=bindparam("new_token"), tries=Job.tries + 1)
    .returning(Job.id, Job.kind, Job.key, Job.payload, Job.tries)
    .execution_options(synchronize_session=False)
)
_let_go = update(Job).where(among(Job.id, listing("jobs"))).values(hold_until=None)
_in_hand = and_(Job.id == bindparam("job"), Job.token == bindparam("held"), Job.state == "due")
_finish = update(Job).where(_in_hand).values(state="done", done_at=machine_now(), lease_until=None, token=None)
_postpone = (
    update(Job)
    .where(_in_hand)
    .values(
        due_at=machine_time_after(seconds("wait_seconds")),
        lease_until=None,
        token=None,
        rung_at=None,
        last_error=bindparam("error"),
    )
)
_park = update(Job).where(_in_hand).values(
    state="parked", lease_until=None, token=None, last_error=bindparam("error")
)  # fmt: skip
_park_exhausted = update(Job).where(_free, Job.kind == bindparam("of_kind"), Job.tries >= bindparam("most")).values(
    state="parked", lease_until=None, token=None,
    last_error=func.coalesce(Job.last_error, "the process ended while it was doing this job"),
)  # fmt: skip
_retry = (
    update(Job)
    .where(Job.id == bindparam("job"), Job.state == "parked")
    .values(state="due", due_at=machine_now(), tries=0, rung_at=machine_now())
)
_VIEW = (
    Job.id, Job.kind, Job.key, Job.payload, Job.state, Job.tries, Job.made_at, Job.due_at, Job.last_error,
)  # fmt: skip
_parked = select(*_VIEW).where(Job.state == "parked").order_by(Job.id.desc()).limit(most())
_waiting = select(Job.due_at).where(_free).order_by(Job.due_at, Job.id).limit(most()).subquery()
_backlog = select(
    select(func.count()).select_from(_waiting).scalar_subquery(),
    select(func.min(_waiting.c.due_at)).scalar_subquery(),
    select(func.count()).select_from(Job).where(Job.state == "parked").scalar_subquery(),
)
_kinds = select(Job.kind).distinct().where(Job.state == "due", Job.tries > 0)


def insert(tx: Tx, *, kind: str, key: str, payload: str, hold_seconds: float) -> int | None:
    """Write a job unless there is one with its key; return its id if it is new."""
    row = {"kind": kind, "key": key, "payload": payload, "hold_seconds": hold_seconds}
    job_id: int | None = tx.connection.execute(_INSERT[tx.dialect], row).scalar_one_or_none()
    return job_id


def take_to_ring(tx: Tx, *, limit: int, rung_before_seconds: float) -> list[int]:
    """Mark free jobs that were not rung lately as rung now; return their ids, the longest due first."""
    rows = tx.connection.execute(_to_ring, {"most": limit, "rung_seconds": rung_before_seconds}).all()
    return [row.id for row in sorted(rows, key=lambda row: (row.due_at, row.id))]


def let_go(tx: Tx, job_ids: Sequence[int]) -> None:
    """End the hold of jobs."""
    tx.connection.execute(_let_go, {"jobs": list(job_ids)})


def claim(tx: Tx, job_id: int, *, token: str, lease_seconds: float) -> ClaimedRow | None:
    """Claim a free job and count the try; None where it is done, held, parked, leased, not due or unknown."""
    row = tx.connection.execute(
        _claim, {"job": job_id, "new_token": token, "lease_seconds": lease_seconds}
    ).one_or_none()
    return ClaimedRow(row.id, row.kind, row.key, row.payload, token, row.tries) if row is not None else None


def finish(tx: Tx, job_id: int, *, token: str) -> bool:
    """Mark a claimed job as done; False where the claim no longer holds."""
    return tx.connection.execute(_finish, {"job": job_id, "held": token}).rowcount == 1


def postpone(tx: Tx, job_id: int, *, token: str, error: str, wait_seconds: float) -> bool:
    """Give a claimed job back to be tried later."""
    row = {"job": job_id, "held": token, "error": error[:ERROR_LIMIT], "wait_seconds": wait_seconds}
    return tx.connection.execute(_postpone, row).rowcount == 1


def park(tx: Tx, job_id: int, *, token: str, error: str) -> bool:
    """Put a claimed job aside for people to look at."""
    return tx.connection.execute(_park, {"job": job_id, "held": token, "error": error[:ERROR_LIMIT]}).rowcount == 1


def tried_kinds(tx: Tx) -> list[str]:
    """Return the kinds of jobs that are due and have been tried before."""
    return list(tx.connection.scalars(_kinds))


def park_exhausted(tx: Tx, *, kind: str, tries: int) -> int:
    """Park free jobs of a kind that have been tried so often and never reported how it ended."""
    return tx.connection.execute(_park_exhausted, {"of_kind": kind, "most": tries}).rowcount


def retry(tx: Tx, job_id: int) -> bool:
    """Make a parked job due again with all its tries."""
    return tx.connection.execute(_retry, {"job": job_id}).rowcount == 1


def parked(tx: Tx, *, limit: int) -> list[JobRow]:
    """List parked jobs, newest first."""
    return [JobRow(*row) for row in tx.connection.execute(_parked, {"most": limit})]


def backlog(tx: Tx, *, cap: int) -> Backlog:
    """Measure what waits, counted up to a cap."""
    row: Any = tx.connection.execute(_backlog, {"most": cap}).one()
    return Backlog(*row)
