"""Signing in: a user name and a password for a session, without revealing who has an account.

Knows throttles (per account, and per account and address, in machine time, growing) and sessions (a random token; only
its hash is stored). An attempt is counted as failed before its password is checked, so that a hundred attempts at once
count as a hundred. Hashing takes 40 ms and happens between two short transactions; that is why `sign_in` takes the
database and not a transaction.
"""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from workflow.accounts import passwords, throttles
from workflow.errors import NotFound
from workflow.storage.queries.accounts import SessionLine, SessionView, kept_form_rows, one_time_link_rows, sessions
from workflow.storage.queries.organisation import people
from workflow.storage.session import Database, Tx

IDLE: Final = timedelta(minutes=30)
ABSOLUTE: Final = timedelta(hours=12)
TOUCH_AFTER: Final = timedelta(minutes=1)
"""The use of a session is written down at most this often, so that reading a page stays a read."""
FREE_FAILURES: Final = 5
"""From one address at one account: a guesser must not lock out the office that shares the address."""
FREE_FAILURES_OF_ACCOUNT: Final = 10
"""From all addresses at which the person has not been before."""
_TOKEN_BYTES: Final = 32
_LONGEST_USERNAME: Final = 64
_LONGEST_AGENT: Final = 300


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session that has just begun: the token for the cookie, known to nobody else, and the token for forms."""

    token: str
    csrf: str
    person_id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Not signed in. `until`: attempts are refused unread before that moment of machine time."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Attempt:
    person_id: int | None
    password_hash: str | None
    subjects: tuple[str, ...]


def sign_in(database: Database, username: str, password: str, *, address: str, agent: str = "") -> NewSession | Refused:
    """Sign somebody in, or refuse in the same time and words whether the name, the password or both are wrong."""
    with database.writing() as tx:
        attempt = _begin(tx, username, address=address)
    if isinstance(attempt, Refused):
        return attempt
    if not passwords.matches(unicodedata.normalize("NFC", password), attempt.password_hash):
        return Refused()
    with database.writing() as tx:
        return _start(tx, attempt, address=address, agent=agent)


def session(tx: Tx, token: str) -> SessionView | None:
    """Resolve a cookie's token in one query; None when it is unknown, ended, idle too long or too old."""
    view = sessions.find(tx, digest(token))
    if view is None:
        return None
    asked_at = view.present.machine_now
    return view if _is_live(view, asked_at) else None


def sessions_of(tx: Tx, person_id: int) -> list[SessionLine]:
    """List the sessions in which somebody is signed in now, the one used last first."""
    asked_at = tx.machine_now()
    return [line for line in sessions.of_person(tx, person_id) if _is_live(line, asked_at)]


def _is_live(session: SessionView | SessionLine, asked_at: datetime) -> bool:
    return asked_at - session.seen_at < IDLE and asked_at - session.started_at < ABSOLUTE


def needs_touch(view: SessionView) -> bool:
    """Whether it is time to note that a session is in use."""
    return view.present.machine_now - view.seen_at >= TOUCH_AFTER


def touch(tx: Tx, view: SessionView) -> None:
    """Note that a session is in use, so that it does not count as idle."""
    sessions.touch(tx, view.token_hash)


def sign_out(tx: Tx, token: str) -> None:
    """End the session of a token."""
    sessions.end(tx, digest(token))


def end_session(tx: Tx, person_id: int, token_hash: str) -> None:
    """End one of a person's sessions, which the list names by its hash. Raises `NotFound`."""
    if not sessions.end_of_person(tx, person_id, token_hash):
        raise NotFound("session_over")


def sign_out_everywhere(tx: Tx, person_id: int) -> int:
    """End every session of a person and say how many there were."""
    return sessions.end_all(tx, person_id)


def forget_old(tx: Tx) -> int:
    """Delete sessions, throttles, links and kept forms that are of no more use, and say how many sessions."""
    kept_form_rows.drop_before(tx, tx.machine_now())
    one_time_link_rows.drop_before(tx, tx.machine_now())
    return sessions.forget_before(tx, tx.machine_now() - max(ABSOLUTE, throttles.FORGIVEN_AFTER))


def digest(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _begin(tx: Tx, username: str, *, address: str) -> _Attempt | Refused:
    """Find the account and count the attempt as failed, or refuse it unread."""
    name = unicodedata.normalize("NFC", username.strip().lower())[:_LONGEST_USERNAME]
    account = sessions.find_account(tx, name)
    limits = {f"account:{name}@{address}": FREE_FAILURES}
    # Where the person has been before, guesses from elsewhere do not lock them out.
    if account is None or not sessions.was_here(tx, account.person_id, address=address):
        limits[f"account:{name}"] = FREE_FAILURES_OF_ACCOUNT
    for subject, free in limits.items():
        until = throttles.count(tx, subject, free=free)
        if until is not None:
            return Refused(until)
    if account is None:
        return _Attempt(None, None, tuple(limits))
    return _Attempt(account.person_id, account.password_hash, tuple(limits))


def _start(tx: Tx, attempt: _Attempt, *, address: str, agent: str) -> NewSession | Refused:
    assert attempt.person_id is not None  # noqa: S101 - `matches` is False without an account
    person = people.find(tx, attempt.person_id)
    if person is None or not person.active:
        return Refused()
    here, *everywhere = attempt.subjects
    throttles.forget(tx, here)
    # Success from a new place takes back only its own attempt: what others guessed elsewhere stays counted.
    for subject in everywhere:
        throttles.take_back(tx, subject)
    return begin(tx, attempt.person_id, address=address, agent=agent)


def begin(tx: Tx, person_id: int, *, address: str, agent: str) -> NewSession:
    """Begin a session of somebody who has just proved to be that person."""
    token, csrf = secrets.token_urlsafe(_TOKEN_BYTES), secrets.token_urlsafe(_TOKEN_BYTES)
    shown = agent[:_LONGEST_AGENT]
    sessions.start(tx, token_hash=digest(token), person_id=person_id, csrf=csrf, address=address[:64], agent=shown)
    return NewSession(token, csrf, person_id)
