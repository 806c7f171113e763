"""Sessions and throttles: rows that live in machine time only.

Knows no password and no token, only hashes and counts.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, case, delete, exists, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from workflow.storage.models import Person, SessionRow, Throttle
from workflow.storage.queries import present
from workflow.storage.queries.present import Present
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt, machine_now


class SessionView(NamedTuple):
    """A signed-in browser and its person; `present` are the clock and the revisions at the moment of the query."""

    token_hash: str
    csrf: str
    started_at: datetime
    seen_at: datetime
    person_id: int
    username: str
    full_name: str
    language: str
    unit_id: int | None
    present: Present


class SessionLine(NamedTuple):
    """A session as its person sees it in a list."""

    token_hash: str
    started_at: datetime
    seen_at: datetime
    address: str
    agent: str


class Account(NamedTuple):
    """What signing in needs to know about a user name."""

    person_id: int
    password_hash: str | None


_SESSION = Prebuilt(
    select(
        SessionRow.token_hash, SessionRow.csrf, SessionRow.started_at, SessionRow.seen_at, Person.id, Person.username,
        Person.full_name, Person.language, Person.unit_id, *present.COLUMNS,
    )
    .join(Person, Person.id == SessionRow.person_id)
    .where(SessionRow.token_hash == bindparam("token_hash"), SessionRow.ended_at.is_(None), Person.active)
)  # fmt: skip
_ACCOUNT = select(Person.id, Person.password_hash).where(Person.username == bindparam("username"), Person.active)


def find(tx: Tx, token_hash: str) -> SessionView | None:
    """The session of a token that has not ended, whatever its age, with the present clock and revisions."""
    row = _SESSION.first(tx, {"token_hash": token_hash})
    if row is None:
        return None
    *columns, machine_now, anchor, calendar_revision, organisation = row
    holds = present.keep(tx, Present(machine_now, anchor, calendar_revision, organisation))
    return SessionView._make((*columns, holds))


def find_account(tx: Tx, username: str) -> Account | None:
    """The active account of a user name."""
    row = tx.connection.execute(_ACCOUNT, {"username": username}).one_or_none()
    return None if row is None else Account(*row)


def was_here(tx: Tx, person_id: int, *, address: str) -> bool:
    """Whether the person has signed in from an address before."""
    known = exists().where(SessionRow.person_id == person_id, SessionRow.address == address)
    return bool(tx.connection.execute(select(known)).scalar_one())


def start(tx: Tx, *, token_hash: str, person_id: int, csrf: str, address: str, agent: str) -> None:
    """Write a new session that starts now."""
    now = tx.machine_now()
    row = {"token_hash": token_hash, "person_id": person_id, "csrf": csrf, "started_at": now, "seen_at": now}
    tx.connection.execute(insert(SessionRow), {**row, "address": address, "agent": agent})


def touch(tx: Tx, token_hash: str) -> None:
    """Note that a session is in use."""
    seen = update(SessionRow).where(SessionRow.token_hash == token_hash, SessionRow.ended_at.is_(None))
    tx.connection.execute(seen.values(seen_at=machine_now()))


def end(tx: Tx, token_hash: str) -> None:
    """End one session."""
    ending = update(SessionRow).where(SessionRow.token_hash == token_hash, SessionRow.ended_at.is_(None))
    tx.connection.execute(ending.values(ended_at=tx.machine_now()))


def of_person(tx: Tx, person_id: int) -> list[SessionLine]:
    """The sessions of a person that have not ended, whatever their age, the one used last first."""
    columns = (SessionRow.token_hash, SessionRow.started_at, SessionRow.seen_at, SessionRow.address, SessionRow.agent)
    statement = select(*columns).where(SessionRow.person_id == person_id, SessionRow.ended_at.is_(None))
    rows = tx.connection.execute(statement.order_by(SessionRow.seen_at.desc(), SessionRow.token_hash))
    return [SessionLine._make(row) for row in rows]


def end_of_person(tx: Tx, person_id: int, token_hash: str) -> bool:
    """End one session of a person by its hash; False when it is not theirs or has ended."""
    ending = update(SessionRow).where(
        SessionRow.token_hash == token_hash, SessionRow.person_id == person_id, SessionRow.ended_at.is_(None)
    )
    return tx.connection.execute(ending.values(ended_at=tx.machine_now())).rowcount == 1


def end_all(tx: Tx, person_id: int, *, but: str | None = None) -> int:
    """End all sessions of a person, except one, and say how many."""
    ending = update(SessionRow).where(SessionRow.person_id == person_id, SessionRow.ended_at.is_(None))
    if but is not None:
        ending = ending.where(SessionRow.token_hash != but)
    return tx.connection.execute(ending.values(ended_at=tx.machine_now())).rowcount


def forget_before(tx: Tx, instant: datetime) -> int:
    """Delete sessions that nobody has used since an instant, and throttles as old."""
    old = delete(SessionRow).where(SessionRow.seen_at < instant)
    tx.connection.execute(delete(Throttle).where(Throttle.last_at < instant))
    return tx.connection.execute(old).rowcount


def count_failure(tx: Tx, subject: str, *, now: datetime, forgiven: datetime) -> int | None:
    """Count a failed attempt and return how many there are; None while attempts of the subject are refused unread.

    One statement that locks the row, so that attempts at the same moment are counted one after the other. Failures
    before `forgiven` no longer count.
    """
    make = postgresql.insert if tx.dialect == "postgresql" else sqlite.insert
    statement = make(Throttle).values(subject=subject, failures=1, last_at=now)
    counted = case((Throttle.last_at < forgiven, 1), else_=Throttle.failures + 1)
    counting = statement.on_conflict_do_update(
        index_elements=["subject"],
        set_={"failures": counted, "last_at": now},
        where=or_(Throttle.until.is_(None), Throttle.until <= now),
    ).returning(Throttle.failures)
    failures: int | None = tx.connection.execute(counting).scalar_one_or_none()
    return failures


def silence(tx: Tx, subject: str, *, until: datetime | None) -> None:
    """Let attempts of a subject be refused unread until a moment."""
    tx.connection.execute(update(Throttle).where(Throttle.subject == subject).values(until=until))


def silent_until(tx: Tx, subject: str) -> datetime | None:
    """Until when attempts of a subject are refused unread."""
    statement = select(Throttle.until).where(Throttle.subject == subject)
    until: datetime | None = tx.connection.execute(statement).scalar_one_or_none()
    return until


def take_back(tx: Tx, subject: str) -> None:
    """Take one failed attempt back, and the waiting time that it caused."""
    one_less = update(Throttle).where(Throttle.subject == subject, Throttle.failures > 0)
    tx.connection.execute(one_less.values(failures=Throttle.failures - 1, until=None))


def forget_throttle(tx: Tx, subject: str) -> None:
    """Let a subject begin anew."""
    tx.connection.execute(delete(Throttle).where(Throttle.subject == subject))
