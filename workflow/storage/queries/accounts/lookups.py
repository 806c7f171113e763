"""What asking from outside needs: cases by code, how often their PINs were renewed, calendars of deadlines.

Rows only; what PINs and addresses are made of is known by `tracking`.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select, true
from sqlalchemy.dialects import postgresql, sqlite

from workflow.storage.models import AssignmentRow, CalendarFeed, CaseRow, LookupPin, Unit
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt, at_most


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
    .limit(at_most(1))
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


def find_feed(tx: Tx, person_id: int) -> int | None:
    """Return how often the address of somebody's calendar was made anew; None where there is no calendar."""
    wanted = select(CalendarFeed.renewals).where(CalendarFeed.person_id == person_id, CalendarFeed.is_on == true())
    renewals: int | None = tx.connection.execute(wanted).scalar_one_or_none()
    return renewals


def renew_feed(tx: Tx, person_id: int, *, is_on: bool, at: datetime) -> None:
    """Switch somebody's calendar on or off; either way an address that they had is worth nothing any more."""
    make = postgresql.insert if tx.dialect == "postgresql" else sqlite.insert
    row = {"person_id": person_id, "renewals": 1, "is_on": is_on, "changed_at": at}
    again = {"renewals": CalendarFeed.renewals + 1, "is_on": is_on, "changed_at": at}
    statement = make(CalendarFeed).values(**row)
    tx.connection.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=again))
