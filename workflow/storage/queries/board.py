"""Obligations as the movement's board and a unit's page show them, each in one query.

Knows which units a person sees (`grants.VISIBLE`); the labels of states stand in definitions.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from workflow.storage.models import (
    AssignmentRow,
    BlockMember,
    CaseRow,
    Milestone,
    Movement,
    Obligation,
    Role,
    Unit,
    UnitAbove,
)
from workflow.storage.queries.organisation import grants
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt


class OwedRow(NamedTuple):
    """One obligation with its case; `branch` is the unit right under the top that it belongs to."""

    movement_code: str
    movement_vi: str
    movement_en: str
    milestone: str
    milestone_vi: str
    milestone_en: str
    on_date: date
    exclusive: bool
    definition_name: str
    invited: bool
    unit_id: int
    unit_code: str
    unit_name: str
    unit_short_name: str
    unit_kind: str
    branch_id: int | None
    branch_name: str | None
    case_code: str | None
    definition: str | None
    state: str | None
    outcome: str | None
    due_at: datetime | None
    entered_at: datetime | None
    acted_version: int | None


class Block(NamedTuple):
    """The block of a unit in a year."""

    id: int
    name: str


class SeatAt(NamedTuple):
    """The desk that a case waits at."""

    role_vi: str
    role_en: str
    unit_id: int
    unit_name: str


_branch, _over, _top = aliased(Unit), aliased(UnitAbove), aliased(Unit)
_BRANCHES = (
    select(_over.unit_id, _branch.id.label("branch_id"), _branch.short_name)
    .join(_branch, _branch.id == _over.above_id)
    .join(_top, and_(_top.id == _branch.parent_id, _top.parent_id.is_(None)))
    .subquery()
)
_COLUMNS = (
    Movement.code, Movement.title_vi, Movement.title_en, Milestone.name, Milestone.title_vi, Milestone.title_en,
    Milestone.on_date, Milestone.exclusive, Obligation.definition, Obligation.invited, Unit.id, Unit.code, Unit.name,
    Unit.short_name, Unit.kind, _BRANCHES.c.branch_id, _BRANCHES.c.short_name, CaseRow.code, CaseRow.definition,
    CaseRow.state, CaseRow.outcome, CaseRow.due_at, CaseRow.entered_at, CaseRow.acted_version,
)  # fmt: skip
_OWED: Select[*tuple[Any, ...]] = (
    select(*(column.label(name) for name, column in zip(OwedRow._fields, _COLUMNS, strict=True)))
    .select_from(Obligation)
    .join(Movement, Movement.id == Obligation.movement_id)
    .join(Milestone, and_(Milestone.movement_id == Obligation.movement_id, Milestone.name == Obligation.milestone))
    .join(Unit, Unit.id == Obligation.unit_id)
    .outerjoin(_BRANCHES, _BRANCHES.c.unit_id == Unit.id)
    .outerjoin(CaseRow, CaseRow.id == Obligation.case_id)
    .where(
        Movement.published_at.is_not(None),
        or_(
            Obligation.case_id.is_not(None), Milestone.opens_on.is_(None),
            and_(Obligation.invited.is_(True), Milestone.opens_on <= bindparam("on_date")),
        ),
    )
)  # fmt: skip
_BOARD = Prebuilt(
    _OWED.where(Movement.code == bindparam("code"), Obligation.unit_id.in_(grants.VISIBLE)).order_by(
        Unit.sort_key, Unit.id, Milestone.on_date
    )
)
_MINE = Prebuilt(
    _OWED.where(Obligation.unit_id.in_(grants.DESK_UNITS)).order_by(
        Movement.begins_on.desc(), Milestone.on_date, Unit.sort_key
    )
)
_block = aliased(Unit)
_BLOCKS = Prebuilt(
    select(BlockMember.unit_id, _block.id, _block.name)
    .join(_block, _block.id == BlockMember.block_id)
    .where(BlockMember.year == bindparam("year"))
)
_SEATS = Prebuilt(
    select(CaseRow.code, Role.label_vi, Role.label_en, Unit.id, Unit.short_name)
    .select_from(Movement)
    .join(Obligation, Obligation.movement_id == Movement.id)
    .join(AssignmentRow, and_(AssignmentRow.case_id == Obligation.case_id, AssignmentRow.closed_at.is_(None)))
    .join(CaseRow, CaseRow.id == AssignmentRow.case_id)
    .join(Role, Role.code == AssignmentRow.role)
    .join(Unit, Unit.id == AssignmentRow.unit_id)
    .where(
        Movement.code == bindparam("code"), Obligation.milestone == bindparam("milestone"), AssignmentRow.slot == "turn"
    )
)


def blocks(tx: Tx, *, year: int) -> dict[int, Block]:
    """The block of each unit that is in one that year."""
    return {unit: Block(block, name) for unit, block, name in _BLOCKS.all(tx, {"year": year})}


def seats(tx: Tx, code: str, *, milestone: str) -> dict[str, SeatAt]:
    """The desk at which each case of a milestone waits, by the code of the case."""
    rows = _SEATS.all(tx, {"code": code, "milestone": milestone})
    return {case: SeatAt(vi, en, unit_id, unit_name) for case, vi, en, unit_id, unit_name in rows}


def board(tx: Tx, code: str, *, person_id: int, on_date: date) -> list[OwedRow]:
    """Everything owed in a movement by the units a person sees, in Vietnamese order of units."""
    return _rows(tx, _BOARD, code=code, person=person_id, on_date=on_date)


def owed(tx: Tx, person_id: int, *, on_date: date) -> list[OwedRow]:
    """Everything owed by the units where a person holds a desk, the latest movement first."""
    return _rows(tx, _MINE, person=person_id, on_date=on_date)


def _rows(tx: Tx, statement: Prebuilt, **words: object) -> list[OwedRow]:
    return [OwedRow._make(row) for row in statement.all(tx, words)]
