"""Small facts of the installation, the calendar's days, and the vocabularies that ship with it.

Rows and values only; what a setting means is known by the verbs that own it (`calendars`, `business_time`, `shipping`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from workflow.storage.models import CalendarDay, CalendarText, Role, RoleKind, Setting, UnitKind
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt

_FIND = select(Setting.value).where(Setting.name == bindparam("name"))
_FIND_ONE = Prebuilt(_FIND)


class Day(NamedTuple):
    """A day that differs from its weekday."""

    on_date: date
    kind: str
    name_vi: str
    name_en: str
    source: str


class Word(NamedTuple):
    """A word of a vocabulary with its labels."""

    code: str
    label_vi: str
    label_en: str


class RoleWord(NamedTuple):
    """A role with its labels and what its holders see."""

    code: str
    label_vi: str
    label_en: str
    sees: str


def upsert(tx: Tx, model: type[Any], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, or replace all columns but the key of those that are there."""
    if not rows:
        return
    table: Table = model.__table__
    keys = [column.name for column in table.primary_key]
    make = postgresql.insert if tx.dialect == "postgresql" else sqlite.insert
    statement = make(table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    tx.connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), list(rows))


def find(tx: Tx, name: str) -> str | None:
    """The value of a setting, None where it was never set."""
    row = _FIND_ONE.first(tx, {"name": name})
    return None if row is None else str(row.value)


def prefixed(tx: Tx, prefix: str) -> dict[str, str]:
    """Every setting whose name begins so."""
    rows = tx.connection.execute(
        select(Setting.name, Setting.value).where(Setting.name.startswith(prefix, autoescape=True))
    )
    return {row.name: row.value for row in rows}


def put(tx: Tx, name: str, value: str) -> None:
    """Set a setting."""
    upsert(tx, Setting, [{"name": name, "value": value}])


def forget(tx: Tx, name: str) -> None:
    """Remove a setting."""
    tx.connection.execute(delete(Setting).where(Setting.name == name))


def swap(tx: Tx, name: str, *, old: str, new: str) -> bool:
    """Set a setting if it still has the value `old`; False when somebody has changed it meanwhile."""
    statement = update(Setting).where(Setting.name == name, Setting.value == old).values(value=new)
    return tx.connection.execute(statement).rowcount == 1


def calendar_days(tx: Tx, *, year: int | None = None) -> list[Day]:
    """The days of the calendar table in order, of one year or all."""
    columns = (CalendarDay.on_date, CalendarDay.kind, CalendarDay.name_vi, CalendarDay.name_en, CalendarDay.source)
    statement = select(*columns).order_by(CalendarDay.on_date)
    if year is not None:
        statement = statement.where(CalendarDay.on_date.between(date(year, 1, 1), date(year, 12, 31)))
    return [Day(*row) for row in tx.connection.execute(statement)]


def put_days(tx: Tx, days: Iterable[Day]) -> None:
    """Write days of the calendar table, replacing those that are there."""
    upsert(tx, CalendarDay, [day._asdict() for day in days])


def remove_day(tx: Tx, on_date: date) -> bool:
    """Let a day be an ordinary one again; False when it was."""
    return tx.connection.execute(delete(CalendarDay).where(CalendarDay.on_date == on_date)).rowcount == 1


def keep_calendar(tx: Tx, revision: str, document: str) -> None:
    """Keep the calendar of a revision; one that is kept already stays."""
    make = postgresql.insert if tx.dialect == "postgresql" else sqlite.insert
    statement = make(CalendarText).values(revision=revision, document=document).on_conflict_do_nothing()
    tx.connection.execute(statement)


def kept_calendar(tx: Tx, revision: str) -> str | None:
    """The calendar of a revision, None where there is none."""
    statement = select(CalendarText.document).where(CalendarText.revision == revision)
    document: str | None = tx.connection.execute(statement).scalar_one_or_none()
    return document


def kinds(tx: Tx) -> list[Word]:
    """The kinds of unit in their order."""
    rows = tx.connection.execute(
        select(UnitKind.code, UnitKind.label_vi, UnitKind.label_en).order_by(UnitKind.position)
    )
    return [Word(*row) for row in rows]


def roles(tx: Tx) -> list[RoleWord]:
    """The roles that may be granted, in their order."""
    columns = (Role.code, Role.label_vi, Role.label_en, Role.sees)
    return [RoleWord(*row) for row in tx.connection.execute(select(*columns).order_by(Role.position))]


def role_kinds(tx: Tx, role: str) -> frozenset[str]:
    """The kinds of unit where a role may be granted."""
    return frozenset(tx.connection.execute(select(RoleKind.kind).where(RoleKind.role == role)).scalars())


def put_kinds(tx: Tx, words: Sequence[Word]) -> None:
    """Write the vocabulary of kinds in the order given."""
    upsert(tx, UnitKind, [{**word._asdict(), "position": place} for place, word in enumerate(words)])


def put_roles(tx: Tx, words: Sequence[RoleWord], *, at: Mapping[str, Iterable[str]]) -> None:
    """Write the roles in the order given, each with the kinds of unit it may be granted at."""
    upsert(tx, Role, [{**word._asdict(), "position": place} for place, word in enumerate(words)])
    tx.connection.execute(delete(RoleKind))
    pairs = [{"role": word.code, "kind": kind} for word in words for kind in at[word.code]]
    if pairs:
        tx.connection.execute(insert(RoleKind), pairs)
