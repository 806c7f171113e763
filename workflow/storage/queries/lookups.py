"""What looking a case up from outside needs: the case by its code, how often its PIN was renewed, who took it in.

Rows only; what a PIN is made of is known by `tracking.pins`.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from workflow.storage.models import AssignmentRow, CaseRow, LookupPin, Unit
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt


class LookupRow(NamedTuple):
    """A case that may be looked up, and how often it was given a new PIN."""

    case_id: int
    code: str
    renewals: int


_BY_CODE = Prebuilt(
    select(CaseRow.id, CaseRow.code, func.coalesce(LookupPin.renewals, 0).label("renewals"))
    .outerjoin(LookupPin, LookupPin.case_id == CaseRow.id)
    .where(CaseRow.code == bindparam("code"))
)
_TAKEN_BY = Prebuilt(
    select(Unit.name)
    .join(AssignmentRow, AssignmentRow.unit_id == Unit.id)
    .where(AssignmentRow.case_id == bindparam("case"), AssignmentRow.opened_at >= bindparam("since"))
    .order_by(AssignmentRow.id)
    .limit(1)
)


def find(tx: Tx, code: str) -> LookupRow | None:
    """Find a case by its code."""
    row = _BY_CODE.first(tx, {"code": code})
    return LookupRow._make(row) if row is not None else None


def taken_by(tx: Tx, case_id: int, *, since: datetime) -> str | None:
    """Return the unit at whose desk a case came to wait first from a moment on."""
    row = _TAKEN_BY.first(tx, {"case": case_id, "since": since})
    return row.name if row is not None else None


def renew(tx: Tx, case_id: int, *, person_id: int, at: datetime) -> None:
    """Count one more renewal of a case's PIN."""
    make = postgresql.insert if tx.dialect == "postgresql" else sqlite.insert
    row = {"case_id": case_id, "renewals": 1, "renewed_by": person_id, "renewed_at": at}
    again = {"renewals": LookupPin.renewals + 1, "renewed_by": person_id, "renewed_at": at}
    statement = make(LookupPin).values(**row)
    tx.connection.execute(statement.on_conflict_do_update(index_elements=["case_id"], set_=again))
