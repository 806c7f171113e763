"""What a page shows of a case and around it: whose turn it is, what the case belongs to, which cases are linked to it.

Rows only. Every page of a case runs these queries, so they are prebuilt.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, BindParameter, Date, and_, bindparam, case, or_, select, true

from workflow.storage.case_columns import COLUMNS, read_case
from workflow.storage.models import (
    AssignmentRow,
    CaseRow,
    DefinitionRow,
    LinkRow,
    Movement,
    Person,
    Role,
    RoleGrant,
    Unit,
)
from workflow.storage.queries.organisation import grants
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt, among, listing
from workflow.values import Case


class Head(NamedTuple):
    """What a case belongs to."""

    title: str
    unit_id: int
    unit_code: str
    unit_name: str
    movement_code: str | None
    movement_vi: str | None
    movement_en: str | None
    definition_version: int | None


class CaseAt(NamedTuple):
    """A case with what it belongs to; `known`: whether the person who asks may know of it."""

    case: Case
    head: Head
    known: bool


class TurnAt(NamedTuple):
    """An open assignment and one of the people who hold its desk; nobody holds an empty desk."""

    slot: str
    opened_at: datetime
    due_at: datetime | None
    role: str
    role_vi: str
    role_en: str
    unit_id: int
    unit_name: str
    person_id: int | None
    full_name: str | None
    title_vi: str | None
    title_en: str | None


class LinkedCase(NamedTuple):
    """A case at the other end of a link; `is_reverse`: it links here."""

    name: str
    is_reverse: bool
    code: str
    title: str
    unit_name: str
    definition: str
    definition_vi: str
    definition_en: str
    state: str
    outcome: str | None


_CASE = Prebuilt(
    select(
        *COLUMNS, CaseRow.title, Unit.code.label("unit_code"), Unit.name.label("unit_name"),
        Movement.code.label("movement_code"), Movement.title_vi.label("movement_vi"),
        Movement.title_en.label("movement_en"), DefinitionRow.version.label("definition_version"),
        grants.knows(CaseRow.id, CaseRow.unit_id).label("known"),
    )
    .join(Unit, Unit.id == CaseRow.unit_id)
    .join(DefinitionRow, DefinitionRow.hash == CaseRow.definition)
    .outerjoin(Movement, Movement.id == CaseRow.movement_id)
    .where(CaseRow.code == bindparam("code"))
)  # fmt: skip
_today = bindparam("today", type_=Date)
_holds = and_(
    RoleGrant.role == AssignmentRow.role,
    RoleGrant.unit_id == AssignmentRow.unit_id,
    RoleGrant.valid_from <= _today,
    or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to > _today),
)
_TURNS = Prebuilt(
    select(
        AssignmentRow.slot, AssignmentRow.opened_at, AssignmentRow.due_at, AssignmentRow.role, Role.label_vi,
        Role.label_en, AssignmentRow.unit_id, Unit.name, Person.id, Person.full_name, Person.title_vi,
        Person.title_en,
    )
    .join(Unit, Unit.id == AssignmentRow.unit_id)
    .join(Role, Role.code == AssignmentRow.role)
    .outerjoin(RoleGrant, and_(AssignmentRow.person_id.is_(None), _holds))
    .outerjoin(
        Person,
        and_(
            Person.id == case((AssignmentRow.person_id.is_(None), RoleGrant.person_id), else_=AssignmentRow.person_id),
            Person.active == true(),
        ),
    )
    .where(AssignmentRow.case_id == bindparam("the_case"), AssignmentRow.closed_at.is_(None))
    .order_by(AssignmentRow.id, Person.sort_key)
)  # fmt: skip
_here: BindParameter[int] = bindparam("the_case", type_=BigInteger)
_LINKED = Prebuilt(
    select(
        LinkRow.name, (LinkRow.other_id == _here).label("is_reverse"), CaseRow.code, CaseRow.title,
        Unit.name.label("unit_name"), CaseRow.definition, DefinitionRow.title_vi, DefinitionRow.title_en,
        CaseRow.state, CaseRow.outcome,
    )
    .join(CaseRow, CaseRow.id == case((LinkRow.other_id == _here, LinkRow.case_id), else_=LinkRow.other_id))
    .join(DefinitionRow, DefinitionRow.hash == CaseRow.definition)
    .join(Unit, Unit.id == CaseRow.unit_id)
    .where(or_(LinkRow.case_id == _here, LinkRow.other_id == _here))
    .order_by(CaseRow.id)
)  # fmt: skip


_NAMES = Prebuilt(select(Person.id, Person.full_name).where(among(Person.id, listing("people"))))


def find(tx: Tx, code: str, *, person_id: int, on_date: date) -> CaseAt | None:
    """Find a case by the code people see, and say whether a person may know of it; None where there is none."""
    row = _CASE.first(tx, {"code": code, "person": person_id, "on_date": on_date, "year": on_date.year})
    if row is None:
        return None
    head = Head(
        row.title, row.unit_id, row.unit_code, row.unit_name, row.movement_code, row.movement_vi, row.movement_en,
        row.definition_version,
    )  # fmt: skip
    return CaseAt(read_case(row), head, bool(row.known))


def turns(tx: Tx, case_id: int, *, on_date: date) -> list[TurnAt]:
    """List the open assignments of a case, a row for each person at the desk."""
    return [TurnAt._make(row) for row in _TURNS.all(tx, {"the_case": case_id, "today": on_date})]


def linked(tx: Tx, case_id: int) -> list[LinkedCase]:
    """List the cases at either end of a case's links."""
    return [LinkedCase._make(row) for row in _LINKED.all(tx, {"the_case": case_id})]


def names(tx: Tx, people: Collection[int]) -> dict[int, str]:
    """Return the full names of people."""
    if not people:
        return {}
    return {row.id: row.full_name for row in _NAMES.all(tx, {"people": sorted(people)})}
