"""Places of limits: who holds which, and taking one so that no two cases hold the same.

A limit is locked before an act on it is decided, so that the next act sees what this one takes; the primary key is the
second guard against two cases with one place.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import bindparam, delete, exc, insert, select, text

from workflow.errors import Conflict
from workflow.storage.models import ReservationRow
from workflow.storage.session import Tx
from workflow.values import Limit, Plan

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:limit, 0))")
_HELD = (
    select(ReservationRow.number, ReservationRow.case_id)
    .where(
        ReservationRow.definition_name == bindparam("definition_name"),
        ReservationRow.name == bindparam("name"),
        ReservationRow.key == bindparam("key"),
    )
    .order_by(ReservationRow.number)
)
_TAKE = insert(ReservationRow)
_GIVE_BACK = delete(ReservationRow).where(
    ReservationRow.case_id == bindparam("of_case"), ReservationRow.name == bindparam("of_name")
)


def load(tx: Tx, limits: Iterable[Limit]) -> dict[Limit, Mapping[int, int]]:
    """Say for each limit which case holds which place; a writing transaction holds the limits locked until it ends."""
    wanted = sorted(limits)
    if tx.writes and tx.dialect == "postgresql":
        for limit in wanted:
            tx.connection.execute(_LOCK, {"limit": "/".join(limit)})
    return {limit: _held(tx, limit) for limit in wanted}


def _held(tx: Tx, limit: Limit) -> dict[int, int]:
    rows = tx.connection.execute(_HELD, {"definition_name": limit.definition, "name": limit.name, "key": limit.key})
    return {row.number: row.case_id for row in rows}


def change(tx: Tx, plan: Plan) -> None:
    """Give back and take the places that a Plan names; raises `Conflict` where another case now holds one."""
    case = plan.case.id
    if plan.releases:
        tx.connection.execute(_GIVE_BACK, [{"of_case": case, "of_name": name} for name in sorted(plan.releases)])
    rows = [
        {
            "definition_name": limit.definition,
            "name": limit.name,
            "key": limit.key,
            "number": number,
            "case_id": case,
        }
        for limit, number in plan.reserves
    ]
    try:
        if rows:
            tx.connection.execute(_TAKE, rows)
    except exc.IntegrityError as error:
        raise Conflict((case,)) from error
