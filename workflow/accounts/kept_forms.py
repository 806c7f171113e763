"""Forms that came with a session that had ended: kept, sealed by the door, until their author has signed in again.

Only for somebody who had a session here and whose form carries its token, so that nobody else can leave anything. The
door seals and opens them: what was typed never lies here in plain text.
"""

import hmac
import secrets
from datetime import timedelta
from typing import Final, NamedTuple

from workflow.accounts.signing_in import digest
from workflow.storage.queries.accounts import KeptRow
from workflow.storage.queries.accounts import kept_form_rows as rows
from workflow.storage.session import Tx

KEPT_FOR: Final = timedelta(minutes=30)
MOST: Final = 20
"""The most forms that wait for one person."""


class Kept(NamedTuple):
    """A form that waited: where it was to be sent, and what was typed, sealed."""

    path: str
    sealed: str


def is_known(tx: Tx, session_token: str) -> bool:
    """Whether somebody had the session that a form came with."""
    return rows.find_session(tx, digest(session_token)) is not None


def author_of(tx: Tx, session_token: str, *, csrf: str) -> int | None:
    """Say who had the session that a form came with; None where there was none, or the form is not of its pages."""
    session = rows.find_session(tx, digest(session_token))
    if session is None or not hmac.compare_digest(session.csrf.encode(), csrf.encode()):
        return None
    return session.person_id


def keep(tx: Tx, person_id: int, *, path: str, sealed: str) -> str | None:
    """Keep a form and return the token that finds it again; None where too many wait for its author."""
    now = tx.machine_now()
    rows.drop_before(tx, now)
    if rows.count(tx, person_id) >= MOST:
        return None
    token = secrets.token_urlsafe(32)
    rows.keep(tx, digest(token), KeptRow(person_id, path, sealed, now + KEPT_FOR))
    return token


def claim(tx: Tx, token: str, *, person_id: int) -> str | None:
    """Say for which path a form waits for somebody who has just signed in; that of somebody else is dropped."""
    kept = rows.find(tx, digest(token))
    if kept is None or kept.until < tx.machine_now():
        return None
    if kept.person_id != person_id:
        rows.drop(tx, digest(token))
        return None
    return kept.path


def find(tx: Tx, token: str, *, person_id: int) -> Kept | None:
    """Find a form that waits for somebody."""
    kept = rows.find(tx, digest(token))
    if kept is None or kept.person_id != person_id or kept.until < tx.machine_now():
        return None
    return Kept(kept.path, kept.sealed)
