"""Administrators' acts as rows: one chain for the whole installation, written one at a time.

Knows rows; how an act is hashed is not known here.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, exists, func, insert, or_, select, text

from workflow.storage.models import AdminActRow, Instant, Person
from workflow.storage.session import Tx
from workflow.storage.statements import at_most, most

READ_AT_ONCE = 500
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('admin_act'))")
_last = select(AdminActRow.seq, AdminActRow.hash).order_by(AdminActRow.seq.desc()).limit(at_most(1))
_count = select(func.count()).select_from(AdminActRow)
_insert = insert(AdminActRow).values(
    seq=bindparam("seq"),
    at=bindparam("at", type_=Instant()),
    person_id=bindparam("person"),
    action=bindparam("action"),
    body=bindparam("body"),
    hash=bindparam("hash"),
)
_columns = (
    AdminActRow.seq,
    AdminActRow.at,
    AdminActRow.person_id,
    AdminActRow.action,
    AdminActRow.body,
    AdminActRow.hash,
)
_all = select(*_columns).order_by(AdminActRow.seq)
_latest = (
    select(*_columns, Person.full_name)
    .outerjoin(Person, Person.id == AdminActRow.person_id)
    .where(AdminActRow.seq < bindparam("before"))
    .order_by(AdminActRow.seq.desc())
    .limit(most())
)
_hash_at = select(AdminActRow.hash).where(AdminActRow.seq == bindparam("seq"))


class ActRow(NamedTuple):
    """One act as it lies in the table."""

    seq: int
    at: datetime
    person_id: int | None
    action: str
    body: str
    hash: str


class NamedActRow(NamedTuple):
    """One act with the name of who did it."""

    seq: int
    at: datetime
    person_id: int | None
    action: str
    body: str
    hash: str
    full_name: str | None


def lock_head(tx: Tx) -> tuple[int, str]:
    """Return number and hash of the last act (0 and "" before the first), and lock the chain for this transaction."""
    if tx.dialect == "postgresql":
        tx.connection.execute(_ONE_AT_A_TIME)
    return head(tx)


def head(tx: Tx) -> tuple[int, str]:
    """Return number and hash of the last act, 0 and "" before the first."""
    row = tx.connection.execute(_last).one_or_none()
    return (row.seq, row.hash) if row is not None else (0, "")


def append(tx: Tx, row: ActRow) -> None:
    """Write one act."""
    tx.administers = True
    tx.connection.execute(
        _insert,
        {
            "seq": row.seq,
            "at": row.at,
            "person": row.person_id,
            "action": row.action,
            "body": row.body,
            "hash": row.hash,
        },
    )


def every(tx: Tx) -> Iterator[ActRow]:
    """Read all acts in order, a batch at a time."""
    for row in tx.connection.execute(_all.execution_options(yield_per=READ_AT_ONCE)):
        yield ActRow(*row)


def latest(tx: Tx, *, before: int, limit: int) -> list[NamedActRow]:
    """Read acts before a number, newest first."""
    return [NamedActRow(*row) for row in tx.connection.execute(_latest, {"before": before, "most": limit})]


def find_hash(tx: Tx, seq: int) -> str | None:
    """Return the hash of an act."""
    digest: str | None = tx.connection.execute(_hash_at, {"seq": seq}).scalar_one_or_none()
    return digest


def any_but(tx: Tx, actions: Collection[str]) -> bool:
    """Whether there is an act of another kind than these, or one that a person did."""
    other = exists().where(or_(AdminActRow.person_id.is_not(None), AdminActRow.action.not_in(actions)))
    is_there: bool = tx.connection.execute(select(other)).scalar_one()
    return is_there


def count(tx: Tx) -> int:
    """Count the acts."""
    return tx.connection.execute(_count).scalar_one()
