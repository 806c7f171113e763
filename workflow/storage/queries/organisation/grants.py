"""Grants and substitutions: who holds which desk on a day, and what a person may see because of it.

Spans are half-open (`valid_to` excluded). Inactive people hold nothing.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    true,
    union,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from workflow.storage.models import (
    AssignmentRow,
    BlockMember,
    CaseRow,
    Person,
    Role,
    RoleGrant,
    SubstitutionRow,
    Unit,
    UnitAbove,
)
from workflow.storage.session import Tx
from workflow.storage.statements import among, listing


class GrantView(NamedTuple):
    """A grant as lists show it."""

    id: int
    person_id: int
    full_name: str
    username: str
    role: str
    role_vi: str
    role_en: str
    unit_id: int
    unit_name: str
    valid_from: date
    valid_to: date | None
    granted_at: datetime


class SubstitutionView(NamedTuple):
    """A substitution as lists show it; `role` None: all desks of the principal."""

    id: int
    principal_id: int
    principal: str
    substitute_id: int
    substitute: str
    role: str | None
    role_vi: str | None
    role_en: str | None
    unit_id: int | None
    unit_name: str | None
    capacity: str
    paper: str
    valid_from: date
    valid_to: date


_on = bindparam("on_date", type_=Date())


def _valid(model: type[RoleGrant] | type[SubstitutionRow]) -> Any:
    return and_(model.valid_from <= _on, or_(model.valid_to.is_(None), model.valid_to > _on))


_own = (
    select(RoleGrant.role, RoleGrant.unit_id)
    .join(Person, Person.id == RoleGrant.person_id)
    .where(RoleGrant.person_id == bindparam("person"), Person.active, _valid(RoleGrant))
)
_principal, _substitute = aliased(Person), aliased(Person)
_lent = (
    select(RoleGrant.role, RoleGrant.unit_id)
    .join(SubstitutionRow, SubstitutionRow.principal_id == RoleGrant.person_id)
    .join(_principal, _principal.id == SubstitutionRow.principal_id)
    .join(_substitute, _substitute.id == SubstitutionRow.substitute_id)
    .where(
        SubstitutionRow.substitute_id == bindparam("person"),
        _principal.active, _substitute.active, _valid(SubstitutionRow), _valid(RoleGrant),
        or_(
            SubstitutionRow.role.is_(None),
            and_(SubstitutionRow.role == RoleGrant.role, SubstitutionRow.unit_id == RoleGrant.unit_id),
        ),
    )
)  # fmt: skip
_desk = union(_own, _lent).subquery("desk")

VISIBLE: Select[*tuple[Any, ...]] = select(UnitAbove.unit_id).where(
    exists().where(
        _desk.c.unit_id == UnitAbove.above_id,
        Role.code == _desk.c.role,
        or_(UnitAbove.distance == 0, Role.sees == "below"),
    )
)
"""The units whose cases a person sees, for the WHERE of lists; its parameters are `person` and `on_date`."""

DESK_UNITS: Select[*tuple[Any, ...]] = select(_desk.c.unit_id)
"""The units where a person holds a desk, own or lent; the same parameters."""


def knows(case_id: Any, unit_id: Any) -> ColumnElement[bool]:
    """Whether a person may know of a case at a unit; `person`, `on_date` and its `year` are parameters."""
    asked = exists().where(
        AssignmentRow.case_id == case_id,
        or_(
            AssignmentRow.person_id == bindparam("person"),
            exists().where(_desk.c.role == AssignmentRow.role, _desk.c.unit_id == AssignmentRow.unit_id),
        ),
    )
    in_block = exists().where(
        BlockMember.unit_id == unit_id,
        BlockMember.year == bindparam("year"),
        _desk.c.unit_id == BlockMember.block_id,
    )
    return or_(exists(VISIBLE.where(UnitAbove.unit_id == unit_id)), in_block, asked)


_MAY_SEE = select(knows(bindparam("case"), bindparam("unit")))
_KNOWN = select(CaseRow.id).where(
    among(CaseRow.id, listing("cases")), knows(CaseRow.id, CaseRow.unit_id)
)  # fmt: skip
_HOLDS_AT_ROOT = select(
    exists(
        _own.join(Unit, Unit.id == RoleGrant.unit_id).where(
            Unit.parent_id.is_(None), RoleGrant.role == bindparam("role")
        )
    )
)
_GRANTS = (
    select(
        RoleGrant.id, Person.id, Person.full_name, Person.username, Role.code, Role.label_vi, Role.label_en, Unit.id,
        Unit.name, RoleGrant.valid_from, RoleGrant.valid_to, RoleGrant.granted_at,
    )
    .join(Person, Person.id == RoleGrant.person_id)
    .join(Role, Role.code == RoleGrant.role)
    .join(Unit, Unit.id == RoleGrant.unit_id)
    .order_by(Role.position, Person.sort_key, RoleGrant.valid_from)
)  # fmt: skip
_SUBSTITUTIONS = (
    select(
        SubstitutionRow.id, _principal.id, _principal.full_name, _substitute.id, _substitute.full_name, Role.code,
        Role.label_vi, Role.label_en, Unit.id, Unit.name, SubstitutionRow.capacity, SubstitutionRow.paper,
        SubstitutionRow.valid_from, SubstitutionRow.valid_to,
    )
    .join(_principal, _principal.id == SubstitutionRow.principal_id)
    .join(_substitute, _substitute.id == SubstitutionRow.substitute_id)
    .outerjoin(Role, Role.code == SubstitutionRow.role)
    .outerjoin(Unit, Unit.id == SubstitutionRow.unit_id)
    .order_by(SubstitutionRow.valid_from.desc(), SubstitutionRow.id.desc())
)  # fmt: skip


def may_see(tx: Tx, person_id: int, *, case_id: int, unit_id: int, on_date: date) -> bool:
    """Whether a desk held on that day, own or lent, or a question asked of the person, lets them see a case."""
    words = {"person": person_id, "case": case_id, "unit": unit_id, "on_date": on_date, "year": on_date.year}
    return bool(tx.connection.execute(_MAY_SEE, words).scalar_one())


def known(tx: Tx, person_id: int, case_ids: Collection[int], *, on_date: date) -> set[int]:
    """Find which of these cases a person may know of, by the same rule."""
    words = {"person": person_id, "cases": sorted(case_ids), "on_date": on_date, "year": on_date.year}
    return set(tx.connection.execute(_KNOWN, words).scalars())


def holds_at_root(tx: Tx, person_id: int, *, role: str, on_date: date) -> bool:
    """Whether a person holds a role at the top of the tree, in their own right."""
    words = {"person": person_id, "role": role, "on_date": on_date}
    return bool(tx.connection.execute(_HOLDS_AT_ROOT, words).scalar_one())


def anybody_at_root(tx: Tx, role: str, *, on_date: date) -> bool:
    """Whether anybody active holds a role at the top of the tree."""
    statement = select(
        exists().where(
            RoleGrant.role == role, Unit.id == RoleGrant.unit_id, Unit.parent_id.is_(None),
            Person.id == RoleGrant.person_id, Person.active, _valid(RoleGrant),
        )
    )  # fmt: skip
    return bool(tx.connection.execute(statement, {"on_date": on_date}).scalar_one())


def of_person(tx: Tx, person_id: int) -> list[GrantView]:
    """Every grant a person has or had."""
    return _grants(tx, _GRANTS.where(Person.id == person_id))


def at_unit(tx: Tx, unit_id: int) -> list[GrantView]:
    """Every grant at a unit, ended ones too."""
    return _grants(tx, _GRANTS.where(Unit.id == unit_id))


def find(tx: Tx, grant_id: int) -> GrantView | None:
    """A grant by id."""
    return next(iter(_grants(tx, _GRANTS.where(RoleGrant.id == grant_id))), None)


def overlapping(tx: Tx, *, person_id: int, role: str, unit_id: int, valid_from: date, valid_to: date | None) -> bool:
    """Whether the person holds the desk already for part of a span."""
    before_end = true() if valid_to is None else RoleGrant.valid_from < valid_to
    statement = select(func.count()).where(
        RoleGrant.person_id == person_id, RoleGrant.role == role, RoleGrant.unit_id == unit_id, before_end,
        or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to > valid_from),
    )  # fmt: skip
    return tx.connection.execute(statement).scalar_one() > 0


def add(tx: Tx, row: Mapping[str, Any]) -> int:
    """Insert a grant and answer its id. One that ended on the day it began, and so never held, begins anew."""
    make = postgresql.insert if tx.dialect == "postgresql" else sqlite.insert
    statement = make(RoleGrant).values(**row)
    again = statement.on_conflict_do_update(
        index_elements=["person_id", "role", "unit_id", "valid_from"],
        set_={name: statement.excluded[name] for name in ("valid_to", "granted_by", "granted_at")},
    )
    grant_id: int = tx.connection.execute(again.returning(RoleGrant.id)).scalar_one()
    return grant_id


def end(tx: Tx, grant_id: int, *, on_date: date) -> None:
    """Let a grant be void from a day on."""
    tx.connection.execute(update(RoleGrant).where(RoleGrant.id == grant_id).values(valid_to=on_date))


def substitutions(tx: Tx, person_id: int | None = None) -> list[SubstitutionView]:
    """Substitutions given by or to a person, or all; the latest first."""
    statement: Select[*tuple[Any, ...]] = _SUBSTITUTIONS
    if person_id is not None:
        mine = or_(SubstitutionRow.principal_id == person_id, SubstitutionRow.substitute_id == person_id)
        statement = statement.where(mine)
    return [SubstitutionView(*row) for row in tx.connection.execute(statement)]


def find_substitution(tx: Tx, substitution_id: int) -> SubstitutionView | None:
    """A substitution by id."""
    statement: Select[*tuple[Any, ...]] = _SUBSTITUTIONS.where(SubstitutionRow.id == substitution_id)
    row = tx.connection.execute(statement).one_or_none()
    return None if row is None else SubstitutionView(*row)


def add_substitution(tx: Tx, row: Mapping[str, Any]) -> int:
    """Insert a substitution and answer its id."""
    statement = insert(SubstitutionRow).returning(SubstitutionRow.id)
    substitution_id: int = tx.connection.execute(statement, dict(row)).scalar_one()
    return substitution_id


def end_substitution(tx: Tx, substitution_id: int, *, on_date: date) -> None:
    """Let a substitution be void from a day on."""
    statement = update(SubstitutionRow).where(SubstitutionRow.id == substitution_id)
    tx.connection.execute(statement.values(valid_to=on_date))


def _grants(tx: Tx, statement: Select[*tuple[Any, ...]]) -> list[GrantView]:
    return [GrantView(*row) for row in tx.connection.execute(statement)]
