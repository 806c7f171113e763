"""My turn: open assignments at the desks a person holds or stands in for, and those put to the person by name.

Assignments are written with each Plan, so no rule is needed here. A page is read by keyset from a partial index,
however long the list is.
"""

import re
from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Boolean,
    ColumnClause,
    Integer,
    String,
    TextClause,
    bindparam,
    column,
    func,
    select,
    text,
)

from workflow.storage.models import END_OF_TIME, EPOCH, MICROSECOND, AssignmentRow, Instant
from workflow.storage.queries import present
from workflow.storage.session import Tx
from workflow.storage.statements import Listing, Prebuilt, among, listing
from workflow.values import Actor, Desk, Text


class TurnRow(NamedTuple):
    """One turn that waits: `why` is the role it waits for, `principal` the one it is taken for, if not for oneself."""

    id: int
    code: str
    kind: Text
    definition: str
    title: str
    unit_id: int
    unit_name: str
    state: str
    slot: str
    opened_at: datetime
    due_at: datetime | None
    urgent_at: datetime
    why: Text
    desk_name: str
    principal: str | None
    capacity: str | None


class InboxRight(NamedTuple):
    """A desk somebody may act at, for oneself or for a principal."""

    desk: Desk
    principal: int | None
    capacity: str | None


_BEGINNING: Final = (EPOCH, 0)
_NUMBER: Final = re.compile(r"[0-9]{1,17}|25[0-9]{16}")
"""A number of microseconds since 1970 up to the year 9999, or the id of a row."""
_WORDS = """
JOIN case_file c ON c.id = t.case_id
JOIN definition d ON d.hash = c.definition
JOIN unit u ON u.id = c.unit_id
JOIN unit du ON du.id = t.unit_id
JOIN role r ON r.code = t.role
"""
_DETAILS = f"""
SELECT t.id, c.code, d.title_vi, d.title_en, c.definition, c.title, c.unit_id, u.name AS unit_name,
  c.state, t.slot, t.opened_at, t.due_at, t.urgent_at, r.label_vi, r.label_en, du.name AS desk_name,
  p.full_name, t.capacity
FROM ({{turns}}) t
{_WORDS}
LEFT JOIN person p ON p.id = t.principal_id
ORDER BY t.urgent_at, t.id
"""  # noqa: S608 - constants of this module
_COLUMNS = "a.id, a.case_id, a.slot, a.role, a.unit_id, a.opened_at, a.due_at, a.urgent_at"
_BEHIND = "a.closed_at IS NULL AND (a.urgent_at, a.id) > (:after_at, :after_id)"
_NEXT = f"{_BEHIND} AND a.excluded NOT LIKE :me"
_BY_NAME = f"""
SELECT {_COLUMNS}, {{nobody}} AS principal_id, {{nothing}} AS capacity FROM assignment a
WHERE a.person_id = :person AND {_NEXT} ORDER BY a.urgent_at, a.id LIMIT {{most}}
"""  # noqa: S608 - constants of this module
_POSTGRESQL_NAMED = _BY_NAME.format(
    nobody="CAST(NULL AS bigint)", nothing="CAST(NULL AS varchar)", most="{most}"
)  # fmt: skip
# One index scan a desk, each no longer than the page: the rest of a long list is never read.
_POSTGRESQL_TURNS = f"""
SELECT * FROM (
  SELECT a.*, x.principal_id, x.capacity
  FROM unnest(CAST(:roles AS varchar[]), CAST(:units AS bigint[]), CAST(:principals AS bigint[]),
    CAST(:capacities AS varchar[])) AS x(role, unit_id, principal_id, capacity)
  CROSS JOIN LATERAL (
    SELECT {_COLUMNS} FROM assignment a
    WHERE a.unit_id = x.unit_id AND a.role = x.role AND {_NEXT}
      AND (a.person_id IS NULL OR a.person_id = x.principal_id)
      AND (x.principal_id IS NULL OR a.excluded NOT LIKE '%,' || x.principal_id || ',%')
    ORDER BY a.urgent_at, a.id LIMIT {{most}}
  ) a
  UNION ALL
  SELECT * FROM ({_POSTGRESQL_NAMED}) named
) every ORDER BY urgent_at, id LIMIT {{most}}
"""  # noqa: S608 - constants of this module
_SQLITE_DESK = f"""
SELECT * FROM (
  SELECT {_COLUMNS}, :principal{{place}} AS principal_id, :capacity{{place}} AS capacity FROM assignment a
  WHERE a.unit_id = :unit{{place}} AND a.role = :role{{place}} AND a.person_id IS NULL AND {_NEXT}
    AND (:principal{{place}} IS NULL OR a.excluded NOT LIKE '%,' || :principal{{place}} || ',%')
  ORDER BY a.urgent_at, a.id LIMIT {{most}}
)
"""  # noqa: S608 - constants of this module
_SQLITE_NAMED = f"SELECT * FROM ({_BY_NAME.format(nobody='NULL', nothing='NULL', most='{most}')})"  # noqa: S608 - the same
_DESKS_AT_ONCE: Final = 100
"""SQLite takes at most 500 parts of one UNION."""


def _typed(statement: str, *lists: BindParameter[Any]) -> TextClause:
    return text(statement).bindparams(bindparam("after_at", type_=Instant()), *lists)


def _detailed(statement: TextClause, *more: ColumnClause[Any]) -> Prebuilt:
    return Prebuilt(statement.columns(*_DETAIL_COLUMNS, *more))


_DETAIL_COLUMNS = (
    column("id", BigInteger), column("code", String), column("title_vi", String),
    column("title_en", String), column("definition", String), column("title", String), column("unit_id", BigInteger),
    column("unit_name", String), column("state", String), column("slot", String), column("opened_at", Instant()),
    column("due_at", Instant()), column("urgent_at", Instant()), column("label_vi", String),
    column("label_en", String), column("desk_name", String), column("full_name", String), column("capacity", String),
)  # fmt: skip


# The nearest turns are found in the indexes alone. Only those are read from the table, which says who is excluded.
_POSTGRESQL_PAGE = f"""
SELECT t.id, c.code, d.title_vi, d.title_en, c.definition, c.title, c.unit_id, u.name AS unit_name,
  c.state, t.slot, t.opened_at, t.due_at, t.urgent_at, r.label_vi, r.label_en, du.name AS desk_name,
  p.full_name, k.capacity,
  t.excluded NOT LIKE :me AND (k.principal_id IS NULL OR t.excluded NOT LIKE '%,' || k.principal_id || ',%') AS mine
FROM (
  SELECT * FROM (
    SELECT n.id, n.urgent_at, x.principal_id, x.capacity
    FROM unnest(CAST(:roles AS varchar[]), CAST(:units AS bigint[]), CAST(:principals AS bigint[]),
      CAST(:capacities AS varchar[])) AS x(role, unit_id, principal_id, capacity)
    CROSS JOIN LATERAL (
      SELECT a.id, a.urgent_at FROM assignment a
      WHERE a.unit_id = x.unit_id AND a.role = x.role AND {_BEHIND}
        AND (a.person_id IS NULL OR a.person_id = x.principal_id)
      ORDER BY a.urgent_at, a.id LIMIT {{most}}
    ) n
    UNION ALL
    (SELECT a.id, a.urgent_at, CAST(NULL AS bigint), CAST(NULL AS varchar) FROM assignment a
    WHERE a.person_id = :person AND {_BEHIND} ORDER BY a.urgent_at, a.id LIMIT {{most}})
  ) every ORDER BY urgent_at, id LIMIT {{most}}
) k
JOIN assignment t ON t.id = k.id
{_WORDS}
LEFT JOIN person p ON p.id = k.principal_id
ORDER BY t.urgent_at, t.id
"""  # noqa: S608 - constants of this module

_NOT_PUT_OFF = """
WHERE NOT EXISTS (
  SELECT 1 FROM snooze s JOIN case_file c ON c.id = s.case_id AND c.version = s.case_version
  WHERE s.person_id = :person AND s.case_id = t.case_id AND s.until_at > :now
)
"""
_lists = (
    bindparam("roles", type_=Listing(String)),
    bindparam("units", type_=Listing(BigInteger)),
    bindparam("principals", type_=Listing(BigInteger)),
    bindparam("capacities", type_=Listing(String)),
)
_now = bindparam("now", type_=Instant())


# With a parameter as LIMIT, PostgreSQL plans for a tenth of all turns, and so would read and sort them.
@lru_cache
def _postgresql_page(most: int) -> Prebuilt:
    return _detailed(_typed(_POSTGRESQL_PAGE.format(most=int(most)), *_lists), column("mine", Boolean))


@lru_cache
def _postgresql_count(most: int) -> Prebuilt:
    turns = _POSTGRESQL_TURNS.format(most=int(most))
    counting = _typed(f"SELECT count(*) AS number FROM ({turns}) t {_NOT_PUT_OFF}", _now, *_lists)  # noqa: S608 - constants of this module
    return Prebuilt(counting.columns(column("number", Integer)))


@lru_cache(maxsize=_DESKS_AT_ONCE + 1)
def _sqlite_page(desks: int, most: int) -> Prebuilt:
    return _detailed(_typed(_DETAILS.format(turns=_sqlite_turns(desks, most))))


@lru_cache(maxsize=_DESKS_AT_ONCE + 1)
def _sqlite_ids(desks: int, most: int) -> Prebuilt:
    turns = _sqlite_turns(desks, most)
    finding = _typed(f"SELECT id FROM ({turns}) t {_NOT_PUT_OFF}", _now)  # noqa: S608 - constants of this module
    return Prebuilt(finding.columns(column("id", BigInteger)))


def _sqlite_turns(desks: int, most: int) -> str:
    """Say the same as on PostgreSQL without LATERAL: one part of a UNION for each desk."""
    number = int(most)
    parts = [_SQLITE_NAMED.format(most=number)]
    parts += [_SQLITE_DESK.format(place=place, most=number) for place in range(desks)]
    return f"SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY urgent_at, id LIMIT {number}"  # noqa: S608 - constants


def my_turn(tx: Tx, person_id: int, *, on_date: date, after: str | None, limit: int) -> list[TurnRow]:
    """List what waits for a person, the nearest deadline first, from after a cursor on."""
    rights = rights_of(present.organisation_of(tx).actor(person_id, on_date))
    words = _words(person_id, after)
    if tx.dialect == "postgresql":
        rows = _postgresql_rows(tx, words | _arrays(rights), limit=limit)
    else:
        rows = [
            row
            for batch in _batches(rights)
            for row in _sqlite_page(len(batch), limit).all(tx, words | _scalars(batch))
        ]
    turns = sorted({row.id: _turn(row) for row in rows}.values(), key=lambda turn: (turn.urgent_at, turn.id))
    return turns[:limit]


def _postgresql_rows(tx: Tx, words: dict[str, Any], *, limit: int) -> list[Any]:
    """Read until the page is full, each time twice as many rows, leaving out turns that the person is excluded from."""
    shown: list[Any] = []
    most = limit
    while True:
        rows = _postgresql_page(most).all(tx, words)
        shown += [row for row in rows if row.mine]
        if len(shown) >= limit or len(rows) < most:
            return shown
        words |= {"after_at": rows[-1].urgent_at, "after_id": rows[-1].id}
        most *= 2


def count_my_turn(tx: Tx, person_id: int, *, on_date: date, now: datetime, cap: int) -> int:
    """Count what waits for a person and is not put off, among the first `cap`."""
    rights = rights_of(present.organisation_of(tx).actor(person_id, on_date))
    words = _words(person_id, None) | {"now": now}
    if tx.dialect == "postgresql":
        return int(_postgresql_count(cap).first(tx, words | _arrays(rights)).number)
    ids: set[int] = set()
    for batch in _batches(rights):
        ids.update(row.id for row in _sqlite_ids(len(batch), cap).all(tx, words | _scalars(batch)))
    return min(len(ids), cap)


def cursor(row: TurnRow) -> str:
    """Return the cursor of the place after a row."""
    return f"{(row.urgent_at - EPOCH) // MICROSECOND}.{row.id}"


def rights_of(actor: Actor) -> list[InboxRight]:
    """List the desks somebody may act at, each once: a right of one's own before one that is lent."""
    by_desk = {
        lent.desk: InboxRight(lent.desk, lent.principal, lent.capacity) for lent in reversed(actor.substitutions)
    }
    by_desk |= {desk: InboxRight(desk, None, None) for desk in actor.desks}
    return [by_desk[desk] for desk in sorted(by_desk)]


def _words(person_id: int, after: str | None) -> dict[str, Any]:
    after_at, after_id = _place(after)
    return {"person": person_id, "me": f"%,{person_id},%", "after_at": after_at, "after_id": after_id}


def _place(after: str | None) -> tuple[datetime, int]:
    at, _, row_id = (after or "").partition(".")
    # A cursor comes from an address that anybody may have edited: one that is malformed means the beginning.
    if not (_NUMBER.fullmatch(at) and _NUMBER.fullmatch(row_id)):
        return _BEGINNING
    return min(EPOCH + int(at) * MICROSECOND, END_OF_TIME), int(row_id)


def _arrays(rights: list[InboxRight]) -> dict[str, Any]:
    return {
        "roles": [right.desk.role for right in rights],
        "units": [right.desk.unit for right in rights],
        "principals": [right.principal for right in rights],
        "capacities": [right.capacity for right in rights],
    }


def _batches(rights: list[InboxRight]) -> list[list[InboxRight]]:
    """Split into the rights of one statement each; at least one statement, for what is asked of the person by name."""
    starts = range(0, len(rights), _DESKS_AT_ONCE) or (0,)
    return [rights[start : start + _DESKS_AT_ONCE] for start in starts]


def _scalars(rights: list[InboxRight]) -> dict[str, Any]:
    return {
        f"{name}{place}": value
        for place, right in enumerate(rights)
        for name, value in (
            ("role", right.desk.role),
            ("unit", right.desk.unit),
            ("principal", right.principal),
            ("capacity", right.capacity),
        )
    }


def _turn(row: Any) -> TurnRow:
    return TurnRow(
        id=row.id,
        code=row.code,
        kind=Text(row.title_vi, row.title_en),
        definition=row.definition,
        title=row.title,
        unit_id=row.unit_id,
        unit_name=row.unit_name,
        state=row.state,
        slot=row.slot,
        opened_at=row.opened_at,
        due_at=row.due_at,
        urgent_at=row.urgent_at,
        why=Text(row.label_vi, row.label_en),
        desk_name=row.desk_name,
        principal=row.full_name,
        capacity=row.capacity,
    )


_LOADS = (
    select(AssignmentRow.person_id, func.count())
    .where(AssignmentRow.closed_at.is_(None), among(AssignmentRow.person_id, listing("people", BigInteger)))
    .group_by(AssignmentRow.person_id)
)


def loads(tx: Tx, people: Collection[int]) -> dict[int, int]:
    """Count the open assignments that each of these people has by name; 0 for those who have none."""
    rows = tx.connection.execute(_LOADS, {"people": sorted(people)})
    return dict.fromkeys(people, 0) | {person: count for person, count in rows if person is not None}
