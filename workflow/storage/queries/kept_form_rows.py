"""Forms that wait, encrypted, until their author has signed in again, and the sessions they came with."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select

from workflow.storage.models import KeptForm, SessionRow
from workflow.storage.session import Tx


class KeptRow(NamedTuple):
    """A kept form as it lies in the record."""

    person_id: int
    path: str
    sealed: str
    until: datetime


class EndedSession(NamedTuple):
    """A session that existed, whatever became of it."""

    person_id: int
    csrf: str


def find_session(tx: Tx, token_hash: str) -> EndedSession | None:
    """Find a session by the hash of its token, also one that has ended."""
    statement = select(SessionRow.person_id, SessionRow.csrf).where(SessionRow.token_hash == token_hash)
    row = tx.connection.execute(statement).one_or_none()
    return EndedSession._make(row) if row is not None else None


def count(tx: Tx, person_id: int) -> int:
    """Count the forms that wait for a person."""
    return tx.connection.execute(
        select(func.count()).select_from(KeptForm).where(KeptForm.person_id == person_id)
    ).scalar_one()


def keep(tx: Tx, token_hash: str, row: KeptRow) -> None:
    """Write a form that waits."""
    tx.connection.execute(insert(KeptForm).values(token_hash=token_hash, **row._asdict()))


def find(tx: Tx, token_hash: str) -> KeptRow | None:
    """Find a form by the hash of its token."""
    columns = (KeptForm.person_id, KeptForm.path, KeptForm.sealed, KeptForm.until)
    row = tx.connection.execute(select(*columns).where(KeptForm.token_hash == token_hash)).one_or_none()
    return KeptRow._make(row) if row is not None else None


def drop(tx: Tx, token_hash: str) -> None:
    """Delete a form."""
    tx.connection.execute(delete(KeptForm).where(KeptForm.token_hash == token_hash))


def drop_before(tx: Tx, instant: datetime) -> int:
    """Delete the forms whose time is over, and say how many."""
    return tx.connection.execute(delete(KeptForm).where(KeptForm.until < instant)).rowcount
