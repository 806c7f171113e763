"""Links that work once, by the hash of their token, and whom an account's letter goes to."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, select, update

from workflow.storage.models import OneTimeLink, Person, PersonContact
from workflow.storage.session import Tx


class OneTimeLinkView(NamedTuple):
    """A link that has not been spent, with its person."""

    person_id: int
    username: str
    full_name: str
    active: bool
    purpose: str
    made_by: int | None
    expires_at: datetime


class Recipient(NamedTuple):
    """Somebody to whom a letter about the account goes."""

    id: int
    username: str
    full_name: str
    title_vi: str
    title_en: str
    language: str
    active: bool
    created_at: datetime
    email: str | None


_LINK = select(
    OneTimeLink.person_id,
    Person.username,
    Person.full_name,
    Person.active,
    OneTimeLink.purpose,
    OneTimeLink.made_by,
    OneTimeLink.expires_at,
).join(Person, Person.id == OneTimeLink.person_id)
_RECIPIENT = select(
    Person.id, Person.username, Person.full_name, Person.title_vi, Person.title_en, Person.language, Person.active,
    Person.created_at, PersonContact.email,
).outerjoin(PersonContact, PersonContact.person_id == Person.id)  # fmt: skip


def add(
    tx: Tx, token_hash: str, person_id: int, *, purpose: str, made_by: int | None, made_at: datetime, until: datetime
) -> None:
    """Write a link."""
    row = {"token_hash": token_hash, "person_id": person_id, "purpose": purpose, "made_by": made_by}
    tx.connection.execute(insert(OneTimeLink), {**row, "made_at": made_at, "expires_at": until})


def find(tx: Tx, token_hash: str) -> OneTimeLinkView | None:
    """Find a link by the hash of its token, whatever its age, unless it is spent."""
    statement = _LINK.where(OneTimeLink.token_hash == token_hash, OneTimeLink.spent_at.is_(None))
    row = tx.connection.execute(statement).one_or_none()
    return OneTimeLinkView._make(row) if row is not None else None


def spend(tx: Tx, token_hash: str, *, now: datetime) -> bool:
    """Spend a link; False when it was spent or its time was over."""
    unspent = update(OneTimeLink).where(
        OneTimeLink.token_hash == token_hash, OneTimeLink.spent_at.is_(None), OneTimeLink.expires_at > now
    )
    return tx.connection.execute(unspent.values(spent_at=now)).rowcount == 1


def drop(tx: Tx, person_id: int, purposes: Collection[str]) -> None:
    """Delete the unspent links of a person for some purposes."""
    unspent = delete(OneTimeLink).where(
        OneTimeLink.person_id == person_id, OneTimeLink.purpose.in_(purposes), OneTimeLink.spent_at.is_(None)
    )
    tx.connection.execute(unspent)


def drop_before(tx: Tx, instant: datetime) -> None:
    """Delete the links whose time is over."""
    tx.connection.execute(delete(OneTimeLink).where(OneTimeLink.expires_at < instant))


def recipient(tx: Tx, person_id: int) -> Recipient | None:
    """Find to whom a letter about an account goes."""
    row = tx.connection.execute(_RECIPIENT.where(Person.id == person_id)).one_or_none()
    return Recipient._make(row) if row is not None else None


def recipient_named(tx: Tx, username: str) -> Recipient | None:
    """Find the same by the user name."""
    row = tx.connection.execute(_RECIPIENT.where(Person.username == username)).one_or_none()
    return Recipient._make(row) if row is not None else None
