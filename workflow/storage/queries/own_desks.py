"""What a person put off, the views of the queue that they keep, the milestones that listed cases are owed by."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import String, and_, bindparam, delete, func, insert, select

from workflow.storage.models import AssignmentRow, CaseRow, Instant, Milestone, Obligation, SavedView, Snooze
from workflow.storage.queries.settings import upsert
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt, among, listing


class ViewRow(NamedTuple):
    """A view of the queue under its name; `filters` is a JSON object."""

    id: int
    name: str
    filters: str


class WaitingCase(NamedTuple):
    """A case that is to be put off: its version, and when the first of its open turns is due."""

    id: int
    version: int
    due_at: datetime | None


_SNOOZED = Prebuilt(
    select(CaseRow.code, Snooze.until_at)
    .join(CaseRow, and_(CaseRow.id == Snooze.case_id, CaseRow.version == Snooze.case_version))
    .where(Snooze.person_id == bindparam("person"), Snooze.until_at > bindparam("now", type_=Instant()))
)
_VIEWS = Prebuilt(
    select(SavedView.id, SavedView.name, SavedView.filters)
    .where(SavedView.person_id == bindparam("person"))
    .order_by(SavedView.id)
)
_WAITING = (
    select(CaseRow.id, CaseRow.version, func.min(AssignmentRow.due_at, type_=Instant()))
    .outerjoin(AssignmentRow, and_(AssignmentRow.case_id == CaseRow.id, AssignmentRow.closed_at.is_(None)))
    .where(CaseRow.code == bindparam("code"))
    .group_by(CaseRow.id, CaseRow.version)
)
_MILESTONES = (
    select(CaseRow.code, Milestone.title_vi, Milestone.title_en)
    .join(Obligation, Obligation.case_id == CaseRow.id)
    .join(Milestone, and_(Milestone.movement_id == Obligation.movement_id, Milestone.name == Obligation.milestone))
    .where(among(CaseRow.code, listing("codes", String)))
)
_AWAKE = delete(Snooze).where(
    Snooze.person_id == bindparam("person"),
    Snooze.case_id.in_(select(CaseRow.id).where(CaseRow.code == bindparam("code"))),
)


def snoozed(tx: Tx, person_id: int, *, now: datetime) -> dict[str, datetime]:
    """Until when the cases are put off that a person does not want to see now, by code."""
    return {row.code: row.until_at for row in _SNOOZED.all(tx, {"person": person_id, "now": now})}


def waiting(tx: Tx, code: str) -> WaitingCase | None:
    """A case with the nearest deadline among its open turns; None where there is no such case."""
    row = tx.connection.execute(_WAITING, {"code": code}).one_or_none()
    return WaitingCase(*row) if row else None


def put_off(tx: Tx, person_id: int, case: WaitingCase, *, until_at: datetime) -> None:
    """Note that a person puts off a case as it stands."""
    row = {"person_id": person_id, "case_id": case.id, "case_version": case.version, "until_at": until_at}
    upsert(tx, Snooze, [row])


def take_back(tx: Tx, person_id: int, code: str) -> None:
    """Forget that a person put off a case."""
    tx.connection.execute(_AWAKE, {"person": person_id, "code": code})


def views(tx: Tx, person_id: int) -> list[ViewRow]:
    """The views that a person keeps, the oldest first."""
    return [ViewRow(*row) for row in _VIEWS.all(tx, {"person": person_id})]


def add_view(tx: Tx, person_id: int, *, name: str, filters: str) -> int:
    """Keep a view, and answer its id."""
    row = {"person_id": person_id, "name": name, "filters": filters}
    view_id: int = tx.connection.execute(insert(SavedView).returning(SavedView.id), row).scalar_one()
    return view_id


def drop_view(tx: Tx, person_id: int, view_id: int) -> None:
    """Keep a person's view no longer."""
    tx.connection.execute(delete(SavedView).where(SavedView.person_id == person_id, SavedView.id == view_id))


def milestones(tx: Tx, codes: Collection[str]) -> Mapping[str, tuple[str, str]]:
    """The titles of the milestone by which each of these cases is owed; cases that nobody owes are left out."""
    rows = tx.connection.execute(_MILESTONES, {"codes": sorted(codes)})
    return {code: (title_vi, title_en) for code, title_vi, title_en in rows}
