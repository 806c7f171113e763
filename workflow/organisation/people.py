"""People with accounts: adding, editing, deactivating.

Knows that nobody has a default account outside a demonstration. Contacts lie in a table of their own and can be erased.
Every edit is an administrator's act in the record.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workflow import calendars
from workflow.accounts import account_letters, passwords
from workflow.audit import admin_acts
from workflow.errors import Invalid, NotAllowed, NotFound
from workflow.organisation import access, duties
from workflow.storage.queries.accounts import sessions
from workflow.storage.queries.organisation import Office, PersonView, units
from workflow.storage.queries.organisation import people as records
from workflow.storage.session import Tx
from workflow.values import Json, Text
from workflow.vietnamese import fold, name_sort_key

_MOST_WORDS: Final = 8
NO_TITLE: Final = Text("", "")
_USERNAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")
_LONGEST_NAME: Final = 200
_LONGEST_TITLE: Final = 200
_LONGEST_PHONE: Final = 32


@dataclass(frozen=True, slots=True)
class PersonForm:
    """What is written down about somebody. `unit_id` is where they work; what they may do is a matter of grants."""

    username: str
    full_name: str
    title: Text = NO_TITLE
    unit_id: int | None = None
    language: str = "vi"
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """Somebody who may be chosen, as others may know them."""

    id: int
    full_name: str
    title: Text
    unit_name: str | None
    offices: tuple[Office, ...]


def find(tx: Tx, person_id: int) -> PersonView:
    """A person by id."""
    person = records.find(tx, person_id)
    if person is None:
        raise NotFound("person_unknown", person=person_id)
    return person


def find_username(tx: Tx, username: str) -> PersonView:
    """A person by user name."""
    person = records.find_username(tx, username)
    if person is None:
        raise NotFound("person_unknown", person=username)
    return person


def listing(
    tx: Tx, *, words: str = "", unit_id: int | None = None, after: int | None = None, limit: int = 50
) -> list[PersonView]:
    """List people in the order of given names, filtered by words of their name, from the person after `after` on.

    Without `after` the list begins at the beginning.
    """
    key = None if after is None else records.find_sort_key(tx, after)
    start = None if after is None or key is None else (key, after)
    return records.listing(tx, key=fold(words), unit_id=unit_id, after=start, limit=limit)


def search(
    tx: Tx, words: str, *, now: datetime, limit: int = 12, among: Collection[int] | None = None
) -> list[PersonMatch]:
    """Find people with accounts by words of their name, their unit or their offices, with or without marks.

    `among` are those of whom one is to be found.
    Says what everybody at an office may know: names, positions, units and offices.
    """
    wanted = fold(words).split()[:_MOST_WORDS]
    if not wanted:
        return []
    on_date = calendars.local_date(tx, now)
    rows = records.search(tx, wanted, on_date=on_date, limit=limit, among=among)
    offices = records.offices(tx, [row.id for row in rows], on_date=on_date)
    return [
        PersonMatch(
            row.id, row.full_name, Text(row.title_vi, row.title_en), row.unit_name, tuple(offices.get(row.id, ()))
        )
        for row in rows
    ]


def named(tx: Tx, unit_id: int) -> Mapping[str, int]:
    """The people of a unit by a name that only one of them has."""
    colleagues = records.of_unit(tx, unit_id)
    names = Counter(name for _, name in colleagues)
    return {name: person_id for person_id, name in colleagues if names[name] == 1}


def add(tx: Tx, form: PersonForm, *, person_id: int | None, now: datetime, password_hash: str | None = None) -> int:
    """Add somebody; without a password hash (`passwords.hashed`) they cannot sign in until they have chosen one."""
    access.require_admin(tx, person_id, now)
    row = _row(tx, form)
    if records.find_username(tx, form.username) is not None:
        raise Invalid("username_taken", field="username", username=form.username)
    added = records.add(tx, {**row, "username": form.username, "password_hash": password_hash, "created_at": now})
    if form.email or form.phone:
        records.put_contact(tx, added, email=form.email, phone=form.phone)
    # Names and contacts stay where they can be corrected and erased; the chained record says whom by id.
    facts: dict[str, Json] = {"person": added, "username": form.username, "unit": form.unit_id}
    admin_acts.record(tx, "person_added", facts, person_id=person_id, at=now)
    return added


def edit(tx: Tx, edited_id: int, form: PersonForm, *, person_id: int | None, now: datetime) -> None:
    """Change what is written down about somebody; the user name stays."""
    access.require_admin(tx, person_id, now)
    before = find(tx, edited_id)
    if form.username != before.username:
        raise Invalid("username_stays", field="username", username=before.username)
    is_moved = (form.email or None) != (before.email or None)
    if is_moved and person_id is not None and duties.holds_duty(tx, edited_id, now=now):
        raise NotAllowed("email_of_duty", name=before.full_name)
    row = _row(tx, form)
    records.change(tx, edited_id, **row)
    records.put_contact(tx, edited_id, email=form.email, phone=form.phone)
    facts: dict[str, Json] = {"person": edited_id, "unit": form.unit_id}
    act = admin_acts.record(tx, "person_edited", facts, person_id=person_id, at=now)
    if is_moved:
        for address in filter(None, (before.email, form.email)):
            account_letters.tell(tx, edited_id, "email_changed", by=person_id, at=now, act=act, address=address)


def deactivate(tx: Tx, gone_id: int, *, person_id: int | None, now: datetime) -> None:
    """Take all rights and sessions from somebody from now on; their entries in history stay."""
    access.require_admin(tx, person_id, now)
    if gone_id == person_id:
        raise NotAllowed("not_oneself")
    find(tx, gone_id)
    records.change(tx, gone_id, active=False)
    sessions.end_all(tx, gone_id)
    act = admin_acts.record(tx, "person_deactivated", {"person": gone_id}, person_id=person_id, at=now)
    account_letters.tell(tx, gone_id, "deactivated", by=person_id, at=now, act=act)


def reactivate(tx: Tx, back_id: int, *, person_id: int | None, now: datetime) -> None:
    """Let somebody sign in again, with the grants that are still valid."""
    access.require_admin(tx, person_id, now)
    if back_id == person_id:
        raise NotAllowed("not_oneself")
    find(tx, back_id)
    records.change(tx, back_id, active=True)
    act = admin_acts.record(tx, "person_reactivated", {"person": back_id}, person_id=person_id, at=now)
    account_letters.tell(tx, back_id, "reactivated", by=person_id, at=now, act=act)


def set_password(tx: Tx, whose_id: int, password_hash: str, *, now: datetime) -> None:
    """Give an account of a demonstration the password that its operator has chosen; all its sessions end."""
    find(tx, whose_id)
    records.change(tx, whose_id, password_hash=password_hash)
    sessions.end_all(tx, whose_id)
    admin_acts.record(tx, "password_set", {"person": whose_id}, person_id=None, at=now)


def has_password(tx: Tx, person_id: int, password: str) -> bool:
    """Whether a password is a person's. Takes as long as signing in does; for reading transactions only."""
    return passwords.matches(unicodedata.normalize("NFC", password), records.password_hash(tx, person_id))


def choose_language(tx: Tx, person_id: int, language: str) -> None:
    """Remember the language somebody reads."""
    if language not in Text._fields:
        raise Invalid("language_unknown", field="language", language=language)
    records.change(tx, person_id, language=language)


def _row(tx: Tx, form: PersonForm) -> dict[str, object]:
    full_name = unicodedata.normalize("NFC", " ".join(form.full_name.split()))
    if not full_name or len(full_name) > _LONGEST_NAME or not full_name.isprintable():
        raise Invalid("full_name_needed", field="full_name", longest=_LONGEST_NAME)
    if not _USERNAME.fullmatch(form.username):
        raise Invalid("username_malformed", field="username")
    for field, text, most in (
        ("title_vi", form.title.vi, _LONGEST_TITLE),
        ("title_en", form.title.en, _LONGEST_TITLE),
        ("phone", form.phone or "", _LONGEST_PHONE),
    ):
        if len(text) > most:
            raise Invalid("text_too_long", field=field, most=most)
    if form.email and not _EMAIL.fullmatch(form.email):
        raise Invalid("email_malformed", field="email")
    if form.language not in Text._fields:
        raise Invalid("language_unknown", field="language", language=form.language)
    if form.unit_id is not None and units.find(tx, form.unit_id) is None:
        raise Invalid("unit_unknown", field="unit_id", unit=form.unit_id)
    return {
        "full_name": full_name,
        "title_vi": form.title.vi,
        "title_en": form.title.en,
        "unit_id": form.unit_id,
        "language": form.language,
        "search_key": fold(f"{full_name} {form.username}"),
        "sort_key": name_sort_key(full_name),
    }
