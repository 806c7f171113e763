"""My turn: open assignments at the desks a person holds or is lent, and those put before them by name.

Each desk is read through its own partial index, most urgent first, and only as far as a page needs: a person with
thirty desks, or with a desk that thousands of cases wait at, costs thirty short index scans. No rule stands here: who
is kept out was written down with the assignment. Called by `workflow.assignments`.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, String, TextClause, bindparam, text

from workflow.storage.applying import END_OF_TIME
from workflow.storage.models import Instant
from workflow.storage.session import Tx
from workflow.values import Actor

_RIGHTS = {
    "postgresql": """
SELECT * FROM jsonb_to_recordset(CAST(:rights AS jsonb))
  AS r(role text, unit_id bigint, person_id bigint, principal_id bigint, capacity text, excluded text)
""",
    "sqlite": """
SELECT value ->> 'role' AS role, value ->> 'unit_id' AS unit_id, value ->> 'person_id' AS person_id,
  value ->> 'principal_id' AS principal_id, value ->> 'capacity' AS capacity, value ->> 'excluded' AS excluded
FROM json_each(:rights)
""",
}
_AT_DESK = """
  SELECT a.id FROM assignment a WHERE a.closed_at IS NULL AND (a.urgent_at, a.id) > (:after_at, :after_id)
    AND a.unit_id = r.unit_id AND a.role = r.role AND (a.person_id IS NULL OR a.person_id = r.person_id)
    AND a.excluded NOT LIKE :not_me AND (r.excluded IS NULL OR a.excluded NOT LIKE r.excluded)
  ORDER BY a.urgent_at, a.id LIMIT :most
"""
_BY_NAME = """
  SELECT a.id FROM assignment a WHERE a.closed_at IS NULL AND (a.urgent_at, a.id) > (:after_at, :after_id)
    AND a.person_id = :me AND a.excluded NOT LIKE :not_me
  ORDER BY a.urgent_at, a.id LIMIT :most
"""
_FOUND = {
    "postgresql": f"""
SELECT f.id, r.principal_id, r.capacity FROM rights r CROSS JOIN LATERAL ({_AT_DESK}) f
UNION ALL SELECT n.id, NULL, NULL FROM ({_BY_NAME}) n
""",  # noqa: S608 - constants of this module
    "sqlite": f"""
SELECT f.id, r.principal_id, r.capacity FROM rights r JOIN assignment f ON f.id IN ({_AT_DESK})
UNION ALL SELECT n.id, NULL, NULL FROM ({_BY_NAME}) n
""",  # noqa: S608 - constants of this module
}
_MINE = """
SELECT id, min(principal_id) AS principal_id, min(capacity) AS capacity, count(*) > count(principal_id) AS own
FROM found GROUP BY id
"""
_ROWS = """
SELECT m.id, c.code, c.title, c.definition, c.state, a.slot, u.name AS unit_name, ro.label_vi AS role_vi,
  ro.label_en AS role_en, du.name AS desk_unit, a.opened_at, a.due_at, a.urgent_at,
  CASE WHEN m.own THEN NULL ELSE m.capacity END AS capacity, p.full_name AS principal
FROM mine m JOIN assignment a ON a.id = m.id JOIN case_file c ON c.id = a.case_id JOIN unit u ON u.id = c.unit_id
JOIN role ro ON ro.code = a.role JOIN unit du ON du.id = a.unit_id
LEFT JOIN person p ON p.id = m.principal_id AND NOT m.own
ORDER BY a.urgent_at, a.id LIMIT :most
"""
_COUNT = "SELECT count(*) FROM (SELECT DISTINCT id FROM mine LIMIT :most) AS counted"


class TurnRow(NamedTuple):
    """One case that waits for a person; `slot` is `turn` or the ask's. `principal` is whom they would act for."""

    id: int
    code: str
    title: str
    definition: str
    state: str
    slot: str
    unit_name: str
    role_vi: str
    role_en: str
    desk_unit: str
    opened_at: datetime
    due_at: datetime | None
    urgent_at: datetime
    capacity: str | None
    principal: str | None


class Cursor(NamedTuple):
    """The last row of a page: the next one begins after it."""

    urgent_at: datetime
    id: int


def _statement(dialect: str, rest: str) -> TextClause:
    whole = text(f"WITH rights AS ({_RIGHTS[dialect]}), found AS ({_FOUND[dialect]}), mine AS ({_MINE}) {rest}")
    return whole.bindparams(
        bindparam("after_at", type_=Instant()),
        bindparam("after_id", type_=BigInteger),
        bindparam("rights", type_=String),
    )


_LIST = {
    dialect: _statement(dialect, _ROWS).columns(opened_at=Instant(), due_at=Instant(), urgent_at=Instant())
    for dialect in _RIGHTS
}
_COUNTING = {dialect: _statement(dialect, _COUNT) for dialect in _RIGHTS}
_BEGINNING = Cursor(END_OF_TIME.replace(year=1970, month=1, day=1), 0)


def my_turn(tx: Tx, actor: Actor, *, after: Cursor | None, limit: int) -> list[TurnRow]:
    """List what waits for an actor, the most urgent first, from behind the cursor."""
    found = tx.connection.execute(_LIST[tx.dialect], _words(actor, after or _BEGINNING, limit))
    return [TurnRow(*row) for row in found]


def count_my_turn(tx: Tx, actor: Actor, *, cap: int) -> int:
    """Count what waits for an actor, at most `cap`."""
    return int(tx.connection.execute(_COUNTING[tx.dialect], _words(actor, _BEGINNING, cap)).scalar_one())


def _words(actor: Actor, after: Cursor, most: int) -> dict[str, Any]:
    return {
        "rights": json.dumps(list(_rights(actor))),
        "me": actor.person,
        "not_me": f"%,{actor.person},%",
        "after_at": after.urgent_at,
        "after_id": after.id,
        "most": most,
    }


def _rights(actor: Actor) -> Iterator[dict[str, Any]]:
    """Go through the desks: one's own, and those of principals with what names the principal as kept out."""
    for desk in sorted(actor.desks):
        yield {"role": desk.role, "unit_id": desk.unit, "person_id": actor.person}
    for lent in actor.substitutions:
        yield {
            "role": lent.desk.role,
            "unit_id": lent.desk.unit,
            "person_id": lent.principal,
            "principal_id": lent.principal,
            "capacity": lent.capacity,
            "excluded": f"%,{lent.principal},%",
        }
