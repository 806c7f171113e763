"""Choosing a password: knowing the old one or by a link; asking for a link; locking what somebody else has changed.

Knows that asking tells nothing about who has an account, and that hashing happens outside transactions.
"""

import secrets
import unicodedata
from datetime import datetime
from typing import Final

from workflow.accounts import account_letters, one_time_links, passwords, signing_in, throttles
from workflow.accounts.signing_in import NewSession
from workflow.audit import admin_acts
from workflow.errors import Invalid, NotFound
from workflow.storage.queries.accounts import OneTimeLinkView, one_time_link_rows, sessions
from workflow.storage.queries.organisation import people
from workflow.storage.session import Database, Tx
from workflow.values import Json

FREE_GUESSES: Final = 5
FREE_REQUESTS: Final = 3
FREE_REQUESTS_OF_ADDRESS: Final = 20
"""More than for an account, because a whole office shares one address."""
_LONGEST_USERNAME: Final = 64


def change_password(
    database: Database, person_id: int, old: str, new: str, *, address: str, agent: str, now: datetime
) -> NewSession:
    """Change one's own password, knowing the old one; every session ends, and a new one begins. Raises `Invalid`.

    Guesses at the old password are counted before it is compared, as at signing in: somebody else may sit there.
    """
    subject = f"old:{person_id}"
    with database.writing() as tx:
        person, known = people.find(tx, person_id), people.password_hash(tx, person_id)
        until = throttles.count(tx, subject, free=FREE_GUESSES)
    if until is not None:
        raise Invalid("password_guessed", field="old")
    if person is None or not passwords.matches(unicodedata.normalize("NFC", old), known):
        raise Invalid("password_wrong", field="old")
    password_hash = passwords.hashed(unicodedata.normalize("NFC", new), username=person.username)
    with database.writing() as tx:
        throttles.forget(tx, subject)
        people.change(tx, person_id, password_hash=password_hash)
        sessions.end_all(tx, person_id)
        act = admin_acts.record(tx, "own_password_changed", {"person": person_id}, person_id=person_id, at=now)
        account_letters.tell(tx, person_id, "password_chosen", by=person_id, at=now, act=act)
        return signing_in.begin(tx, person_id, address=address, agent=agent)


def ask_for_link(tx: Tx, username: str, *, address: str, at: datetime) -> datetime | None:
    """Let a link go to the mail address of an account, if there are both; the answer is the same either way.

    Return until when requests are refused unread, if this one is.
    """
    name = unicodedata.normalize("NFC", username.strip().lower())[:_LONGEST_USERNAME]
    for subject, free in ((f"reset:{address}", FREE_REQUESTS_OF_ADDRESS), (f"reset:{name}", FREE_REQUESTS)):
        until = throttles.count(tx, subject, free=free)
        if until is not None:
            return until
    recipient = one_time_link_rows.recipient_named(tx, name)
    if recipient is not None and recipient.active and recipient.email:
        key = secrets.token_hex(16)
        account_letters.send_link(tx, recipient.id, "reset", by=recipient.id, at=at, key=key)
    return None


def choose_password(database: Database, token: str, password: str, *, now: datetime) -> OneTimeLinkView:
    """Let whoever has a link choose the password of its account; all sessions end. Raises `Invalid` or `NotFound`."""
    with database.reading() as tx:
        link = _password_link(tx, token)
    password_hash = passwords.hashed(unicodedata.normalize("NFC", password), username=link.username)
    with database.writing() as tx:
        if not one_time_links.spend(tx, token):
            raise NotFound("link_over")
        people.change(tx, link.person_id, password_hash=password_hash)
        sessions.end_all(tx, link.person_id)
        facts: dict[str, Json] = {"person": link.person_id, "link": link.purpose, "made_by": link.made_by}
        act = admin_acts.record(tx, "password_chosen", facts, person_id=link.person_id, at=now)
        by = link.person_id
        account_letters.tell(tx, by, "password_chosen", by=by, at=now, act=act, facts={"link": link.purpose})
    return link


def lock(tx: Tx, token: str, *, now: datetime) -> None:
    """Lock the account of whoever says that it was not they who changed it; an administrator unlocks it."""
    link = one_time_links.find(tx, token)
    if link is None or link.purpose != one_time_links.LOCK or not one_time_links.spend(tx, token):
        raise NotFound("link_over")
    people.change(tx, link.person_id, active=False)
    sessions.end_all(tx, link.person_id)
    one_time_link_rows.drop(tx, link.person_id, one_time_links.CHOOSES_PASSWORD)
    admin_acts.record(tx, "account_locked", {"person": link.person_id}, person_id=link.person_id, at=now)


def _password_link(tx: Tx, token: str) -> OneTimeLinkView:
    link = one_time_links.find(tx, token)
    if link is None or link.purpose == one_time_links.LOCK:
        raise NotFound("link_over")
    return link
