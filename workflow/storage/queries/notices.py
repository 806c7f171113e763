"""Notifications and letters: who is to be notified, of what, and which letters were sent.

Rows and values; which notice goes to whom is in the Plan, its wording in the letter templates.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, Date, String, and_, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from workflow.storage.models import (
    CaseRow,
    DefinitionRow,
    HistoryRow,
    Letter,
    Notification,
    Person,
    PersonContact,
    SubstitutionRow,
    Unit,
)
from workflow.storage.queries.organisation import load_desks
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt, among, at_most, listing, machine_now
from workflow.values import UNDO, Desk

MENTION: Final = "mention"
"""Somebody is named in a comment. The notice belongs to the entry after which that was said; it is not about that."""


class NoticeRow(NamedTuple):
    """One notification with everything that its wording needs. `at` is the business time of the entry it is about."""

    id: int
    notice: str
    facts: str
    made_at: datetime
    read_at: datetime | None
    at: datetime
    was: str
    person_id: int
    full_name: str
    title_vi: str
    title_en: str
    language: str
    email: str | None
    case_code: str
    case_title: str
    definition: str
    definition_vi: str
    definition_en: str
    unit_name: str
    actor_name: str | None


class LetterRow(NamedTuple):
    """A letter as it was or would have been sent."""

    id: int
    notification_id: int | None
    person_id: int
    full_name: str
    address: str
    subject: str
    body_text: str
    body_html: str
    message_id: str
    made_at: datetime
    transmissions: int
    sent_at: datetime | None


_ACTOR = Person.__table__.alias("actor")
_NOTICES = (
    select(
        Notification.id, Notification.notice, Notification.facts, Notification.made_at, Notification.read_at,
        HistoryRow.at, HistoryRow.was, Person.id, Person.full_name, Person.title_vi, Person.title_en, Person.language,
        PersonContact.email, CaseRow.code, CaseRow.title, CaseRow.definition, DefinitionRow.title_vi,
        DefinitionRow.title_en, Unit.name, _ACTOR.c.full_name,
    )
    .join(Person, Person.id == Notification.person_id)
    .outerjoin(PersonContact, PersonContact.person_id == Person.id)
    .join(HistoryRow, and_(HistoryRow.case_id == Notification.case_id, HistoryRow.seq == Notification.seq))
    .join(CaseRow, CaseRow.id == Notification.case_id)
    .join(DefinitionRow, DefinitionRow.hash == CaseRow.definition)
    .join(Unit, Unit.id == CaseRow.unit_id)
    .outerjoin(_ACTOR, _ACTOR.c.id == HistoryRow.person_id)
)  # fmt: skip
_ONE_NOTICE = _NOTICES.where(Notification.id == bindparam("id"))
_LETTERS = select(
    Letter.id, Letter.notification_id, Letter.person_id, Person.full_name, Letter.address, Letter.subject,
    Letter.body_text, Letter.body_html, Letter.message_id, Letter.made_at, Letter.transmissions, Letter.sent_at,
).join(Person, Person.id == Letter.person_id)  # fmt: skip
_LETTER_OF = _LETTERS.where(Letter.notification_id == bindparam("notification"))
_TRANSMITTED = update(Letter).where(Letter.id == bindparam("the_letter")).values(transmissions=Letter.transmissions + 1)
_SENT = update(Letter).where(Letter.id == bindparam("the_letter")).values(sent_at=machine_now())


_SUBSTITUTES = select(
    SubstitutionRow.substitute_id, SubstitutionRow.role, SubstitutionRow.unit_id
).where(
    among(SubstitutionRow.principal_id, listing("people")),
    SubstitutionRow.valid_from <= bindparam("today", type_=Date),
    SubstitutionRow.valid_to > bindparam("today", type_=Date),
)  # fmt: skip
_ACTIVE = select(Person.id).where(among(Person.id, listing("people")), Person.active)
_READ = (
    update(Notification)
    .where(
        Notification.person_id == bindparam("the_person"),
        Notification.id <= bindparam("up_to", type_=BigInteger),
        Notification.read_at.is_(None),
    )
    .values(read_at=machine_now())
)
_READ_OF_CASE = (
    update(Notification)
    .where(
        Notification.person_id == bindparam("the_person"),
        Notification.case_id.in_(select(CaseRow.id).where(CaseRow.code == bindparam("code"))),
        Notification.read_at.is_(None),
    )
    .values(read_at=machine_now())
)


_KEYS = select(Notification.key).where(among(Notification.key, listing("keys", String)))
_VERSION = select(CaseRow.version).where(CaseRow.id == bindparam("case")).with_for_update(read=True)
_ACTION = select(HistoryRow.action).where(
    HistoryRow.case_id == bindparam("case"), HistoryRow.seq == bindparam("next_seq")
)
_OF_ENTRY = and_(
    Notification.case_id == bindparam("case"), Notification.seq == bindparam("of_seq"), Notification.notice != MENTION
)
_NOTIFIED = select(Notification.person_id).where(_OF_ENTRY)
_READ_OF_ENTRY = update(Notification).where(_OF_ENTRY, Notification.read_at.is_(None)).values(read_at=machine_now())


def _adding(make: Any) -> Any:
    names = ("key", "person_id", "case_id", "seq", "notice", "facts")
    row: dict[str, Any] = {**{name: bindparam(name) for name in names}, "made_at": machine_now()}
    return make(Notification).values(row).on_conflict_do_nothing(index_elements=["key"]).returning(Notification.id)


def _writing(make: Any) -> Any:
    names = ("notification_id", "person_id", "address", "subject", "body_text", "body_html", "message_id")
    row: dict[str, Any] = {**{name: bindparam(name) for name in names}, "made_at": machine_now(), "transmissions": 0}
    return make(Letter).values(row).on_conflict_do_nothing(index_elements=["notification_id"])


_ADD = {"postgresql": _adding(postgresql.insert), "sqlite": _adding(sqlite.insert)}
_WRITE = {"postgresql": _writing(postgresql.insert), "sqlite": _writing(sqlite.insert)}


def at_desks(tx: Tx, desks: Collection[Desk], people: Collection[int], *, on_date: date) -> set[int]:
    """Find who sits at these desks that day, and who substitutes for them or for these people; active people only."""
    seats = load_desks(tx, desks, on_date=on_date) if desks else ()
    holders = set(people).union(*(seat.holders for seat in seats))
    rows = tx.connection.execute(_SUBSTITUTES, {"people": sorted(holders), "today": on_date})
    substitutes = {row.substitute_id for row in rows if row.role is None or Desk(row.role, row.unit_id) in desks}
    return set(tx.connection.execute(_ACTIVE, {"people": sorted(holders | substitutes)}).scalars())


def add(tx: Tx, rows: Iterable[Mapping[str, Any]]) -> list[int]:
    """Insert notifications that are not there yet by their key; returns the ids of the new ones."""
    added = (tx.connection.execute(_ADD[tx.dialect], dict(row)).scalar_one_or_none() for row in rows)
    return [notification_id for notification_id in added if notification_id is not None]


def keys_of(tx: Tx, keys: Collection[str]) -> set[str]:
    """Find which of these keys there are notifications of."""
    return set(tx.connection.execute(_KEYS, {"keys": sorted(keys)}).scalars())


def is_taken_back(tx: Tx, case_id: int, seq: int) -> bool:
    """Tell whether an entry is followed by its undoing; nobody acts on the case until the transaction ends."""
    version = tx.connection.execute(_VERSION, {"case": case_id}).scalar_one()
    if version == seq:
        return False
    return tx.connection.execute(_ACTION, {"case": case_id, "next_seq": seq + 1}).scalar_one() == UNDO


def take_back(tx: Tx, case_id: int, seq: int) -> set[int]:
    """Mark the notifications of an entry as read, for they hold no longer; return whose they are."""
    people = set(tx.connection.execute(_NOTIFIED, {"case": case_id, "of_seq": seq}).scalars())
    tx.connection.execute(_READ_OF_ENTRY, {"case": case_id, "of_seq": seq})
    return people


def find(tx: Tx, notification_id: int) -> NoticeRow:
    """Return one notification with the facts of its wording."""
    return NoticeRow._make(tx.connection.execute(_ONE_NOTICE, {"id": notification_id}).one())


def of_person(tx: Tx, person_id: int, *, before: int | None, limit: int) -> list[NoticeRow]:
    """List a person's notifications, newest first, older than the id `before`."""
    statement = (
        _NOTICES.where(Notification.person_id == person_id).order_by(Notification.id.desc()).limit(at_most(limit))
    )
    if before is not None:
        statement = statement.where(Notification.id < before)
    return [NoticeRow._make(row) for row in tx.connection.execute(statement)]


def count_unread(tx: Tx, person_id: int, *, cap: int) -> int:
    """Count a person's unread notifications, at most `cap`."""
    number: int = _unread(cap).first(tx, {"person": person_id}).unread
    return number


@cache
def _unread(cap: int) -> Prebuilt:
    unread = select(Notification.id).where(
        Notification.person_id == bindparam("person"), Notification.read_at.is_(None)
    )
    return Prebuilt(select(func.count().label("unread")).select_from(unread.limit(at_most(cap)).subquery()))


def mark_read(tx: Tx, person_id: int, *, up_to: int) -> None:
    """Mark a person's notifications as read, up to an id."""
    tx.connection.execute(_READ, {"the_person": person_id, "up_to": up_to})


def mark_case_read(tx: Tx, person_id: int, code: str) -> None:
    """Mark a person's notifications of one case as read."""
    tx.connection.execute(_READ_OF_CASE, {"the_person": person_id, "code": code})


def letter_of(tx: Tx, notification_id: int) -> LetterRow | None:
    """Return the letter of a notification, None before it is written."""
    row = tx.connection.execute(_LETTER_OF, {"notification": notification_id}).one_or_none()
    return None if row is None else LetterRow._make(row)


def letter_by_message_id(tx: Tx, message_id: str) -> LetterRow | None:
    """Return the letter under a Message-ID."""
    row = tx.connection.execute(_LETTERS.where(Letter.message_id == message_id)).one_or_none()
    return None if row is None else LetterRow._make(row)


def write_letter(tx: Tx, values: Mapping[str, Any]) -> None:
    """Write a letter once: a second one for the same notification changes nothing."""
    tx.connection.execute(_WRITE[tx.dialect], dict(values))


def count_transmission(tx: Tx, letter_id: int) -> None:
    """Count one hand-over to the mail server before it happens, so that none goes uncounted."""
    tx.connection.execute(_TRANSMITTED, {"the_letter": letter_id})


def mark_sent(tx: Tx, letter_id: int) -> None:
    """Note that the mail server took the letter."""
    tx.connection.execute(_SENT, {"the_letter": letter_id})


def letters(tx: Tx, *, before: int | None, limit: int, person_id: int | None = None) -> list[LetterRow]:
    """List letters, newest first, older than the id `before`."""
    statement = _LETTERS.order_by(Letter.id.desc()).limit(at_most(limit))
    if before is not None:
        statement = statement.where(Letter.id < before)
    if person_id is not None:
        statement = statement.where(Letter.person_id == person_id)
    return [LetterRow._make(row) for row in tx.connection.execute(statement)]


def letter(tx: Tx, letter_id: int) -> LetterRow | None:
    """Return one letter."""
    row = tx.connection.execute(_LETTERS.where(Letter.id == letter_id)).one_or_none()
    return None if row is None else LetterRow._make(row)
