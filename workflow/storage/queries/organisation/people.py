"""Reading and writing people and how to reach them. Rows only; passwords arrive hashed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, bindparam, exists, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from workflow.storage.models import CaseRow, Person, PersonContact, Role, RoleGrant, Unit
from workflow.storage.queries.settings import upsert
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt, at_most
from workflow.values import Text
from workflow.vietnamese import fold


class PersonView(NamedTuple):
    """Somebody with an account, as lists and forms show them."""

    id: int
    username: str
    full_name: str
    title_vi: str
    title_en: str
    unit_id: int | None
    unit_name: str | None
    active: bool
    language: str
    email: str | None
    phone: str | None
    has_password: bool


class MatchRow(NamedTuple):
    """Somebody who may be chosen."""

    id: int
    full_name: str
    title_vi: str
    title_en: str
    unit_name: str | None


class Office(NamedTuple):
    """An office that somebody holds: the role in words, and where."""

    role: Text
    unit_name: str


# The key ends with the user name, which nobody is to be found by here.
_name_key = func.substr(
    Person.search_key, 1, func.length(Person.search_key) - func.length(Person.username), type_=String
)
_office_unit = aliased(Unit)
_ROLES = select(Role.code, Role.label_vi, Role.label_en)
_MATCH = (
    select(Person.id, Person.full_name, Person.title_vi, Person.title_en, Unit.name)
    .outerjoin(Unit, Unit.id == Person.unit_id)
    .where(Person.active)
)
_VIEW = (
    select(
        Person.id, Person.username, Person.full_name, Person.title_vi, Person.title_en, Person.unit_id, Unit.name,
        Person.active, Person.language, PersonContact.email, PersonContact.phone, Person.password_hash.is_not(None),
    )
    .outerjoin(Unit, Unit.id == Person.unit_id)
    .outerjoin(PersonContact, PersonContact.person_id == Person.id)
)  # fmt: skip
_COLLEAGUES = 200
"""So many people of a unit are offered where one of them is named."""
_OF_UNIT = Prebuilt(
    select(Person.id, Person.full_name)
    .where(Person.unit_id == bindparam("unit"))
    .order_by(Person.sort_key, Person.id)
    .limit(at_most(_COLLEAGUES))
)
_BY_ID = _VIEW.where(Person.id == bindparam("id"))
_BY_NAME = _VIEW.where(Person.username == bindparam("username"))
_PASSWORD = select(Person.password_hash).where(Person.id == bindparam("id"))


def find(tx: Tx, person_id: int) -> PersonView | None:
    """A person by id."""
    return _one(tx, _BY_ID, id=person_id)


def find_username(tx: Tx, username: str) -> PersonView | None:
    """A person by user name."""
    return _one(tx, _BY_NAME, username=username)


def listing(tx: Tx, *, key: str, unit_id: int | None, after: tuple[bytes, int] | None, limit: int) -> list[PersonView]:
    """People by Vietnamese order of names, those whose folded name or user name contains the words."""
    statement: Select[*tuple[Any, ...]] = _VIEW.order_by(Person.sort_key, Person.id).limit(at_most(limit))
    if key:
        statement = statement.where(Person.search_key.contains(key, autoescape=True))
    if unit_id is not None:
        statement = statement.where(Person.unit_id == unit_id)
    if after is not None:
        sort_key, person_id = after
        later = (Person.sort_key > sort_key) | ((Person.sort_key == sort_key) & (Person.id > person_id))
        statement = statement.where(later)
    return [PersonView(*row) for row in tx.connection.execute(statement)]


def search(
    tx: Tx, words: Sequence[str], *, on_date: date, limit: int, among: Collection[int] | None = None
) -> list[MatchRow]:
    """People for whom each folded word stands in their name, in the name of their unit or in one of their offices."""
    held = (
        select(RoleGrant.person_id)
        .join(Role, Role.code == RoleGrant.role)
        .join(_office_unit, _office_unit.id == RoleGrant.unit_id)
        .where(RoleGrant.person_id == Person.id, RoleGrant.valid_from <= on_date, _is_open(on_date))
    )
    roles = {code: fold(f"{vi} {en}") for code, vi, en in tx.connection.execute(_ROLES)}
    statement = _MATCH.order_by(Person.sort_key, Person.id).limit(at_most(limit))
    if among is not None:
        statement = statement.where(Person.id.in_(among))
    for word in words:
        named = [code for code, labels in roles.items() if word in labels]
        office = held.where(or_(_office_unit.search_key.contains(word, autoescape=True), RoleGrant.role.in_(named)))
        statement = statement.where(
            or_(
                _name_key.contains(word, autoescape=True),
                Unit.search_key.contains(word, autoescape=True),
                exists(office),
            )
        )
    return [MatchRow(*row) for row in tx.connection.execute(statement)]


def offices(tx: Tx, people: Sequence[int], *, on_date: date) -> dict[int, list[Office]]:
    """The offices that people hold on a date, by person."""
    statement = (
        select(RoleGrant.person_id, Role.label_vi, Role.label_en, Unit.name)
        .join(Role, Role.code == RoleGrant.role)
        .join(Unit, Unit.id == RoleGrant.unit_id)
        .where(RoleGrant.person_id.in_(people), RoleGrant.valid_from <= on_date, _is_open(on_date))
        .order_by(Role.position, RoleGrant.id)
    )
    held: dict[int, list[Office]] = {}
    for person_id, label_vi, label_en, unit_name in tx.connection.execute(statement):
        held.setdefault(person_id, []).append(Office(Text(label_vi, label_en), unit_name))
    return held


def _is_open(on_date: date) -> ColumnElement[bool]:
    return or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to > on_date)


def of_unit(tx: Tx, unit_id: int) -> list[tuple[int, str]]:
    """The ids and names of the first people of a unit, in Vietnamese order of names."""
    return [(row.id, row.full_name) for row in _OF_UNIT.all(tx, {"unit": unit_id})]


def find_sort_key(tx: Tx, person_id: int) -> bytes | None:
    """Where a person stands in the order of names."""
    key: bytes | None = tx.connection.execute(
        select(Person.sort_key).where(Person.id == person_id)
    ).scalar_one_or_none()
    return key


def add(tx: Tx, row: Mapping[str, Any]) -> int:
    """Insert a person and answer the id."""
    person_id: int = tx.connection.execute(insert(Person).returning(Person.id), dict(row)).scalar_one()
    return person_id


def change(tx: Tx, person_id: int, **values: object) -> None:
    """Change columns of a person."""
    tx.connection.execute(update(Person).where(Person.id == person_id).values(**values))


def put_contact(tx: Tx, person_id: int, *, email: str | None, phone: str | None) -> None:
    """Write how to reach a person."""
    upsert(tx, PersonContact, [{"person_id": person_id, "email": email, "phone": phone}])


def password_hash(tx: Tx, person_id: int) -> str | None:
    """The hash of a person's password, None where none was set."""
    stored_hash: str | None = tx.connection.execute(_PASSWORD, {"id": person_id}).scalar_one()
    return stored_hash


def is_empty(tx: Tx) -> bool:
    """Whether the database holds neither people nor units nor cases: at most what ships."""
    somebody = select(exists().where(Person.id > 0), exists().where(Unit.id > 0), exists().where(CaseRow.id > 0))
    return not any(tx.connection.execute(somebody).one())


def _one(tx: Tx, statement: Select[*tuple[Any, ...]], **words: object) -> PersonView | None:
    row = tx.connection.execute(statement, words).one_or_none()
    return None if row is None else PersonView(*row)
