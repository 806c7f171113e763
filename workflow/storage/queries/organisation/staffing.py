"""The whole organisation at once, as it stands on a day: units with what is above them, desks, substitutes, names.

Rows only, one query for each of these, however many units there are.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from workflow.storage.models import BlockMember, Obligation, Person, RoleGrant, SubstitutionRow, Unit, UnitAbove
from workflow.storage.session import Tx


class UnitFound(NamedTuple):
    """A unit with one of the units above it (None if there is none), its block and the unit of its line."""

    id: int
    name: str
    owes: str
    above: int | None
    block: int | None
    line: int | None


class DeskHolder(NamedTuple):
    """Somebody who holds a desk."""

    role: str
    unit: int
    person: int
    name: str


class Substitute(NamedTuple):
    """Somebody who acts for a principal, at one desk or (no role) at all of them."""

    principal: int
    person: int
    name: str
    role: str | None
    unit: int | None


def addressed(tx: Tx, definition: str) -> frozenset[int]:
    """Return the units that owe a case of a definition to any movement, or are invited to hand one in."""
    statement = select(Obligation.unit_id).where(Obligation.definition == definition).distinct()
    return frozenset(tx.connection.execute(statement).scalars())


def units(tx: Tx, *, on_date: date) -> Iterator[UnitFound]:
    """Go through the units of a day, each once for every unit above it, nearest first."""
    ministry = aliased(Unit)
    statement = (
        select(Unit.id, Unit.name, Unit.owes, UnitAbove.above_id, BlockMember.block_id, ministry.id)
        .outerjoin(UnitAbove, and_(UnitAbove.unit_id == Unit.id, UnitAbove.distance > 0))
        .outerjoin(BlockMember, and_(BlockMember.unit_id == Unit.id, BlockMember.year == on_date.year))
        .outerjoin(ministry, ministry.code == Unit.line)
        .where(Unit.valid_from <= on_date, or_(Unit.valid_to.is_(None), Unit.valid_to > on_date))
        .order_by(Unit.sort_key, Unit.id, UnitAbove.distance)
    )
    return (UnitFound(*row) for row in tx.connection.execute(statement))


def holders(tx: Tx, *, on_date: date) -> Iterator[DeskHolder]:
    """Go through everybody at every desk."""
    statement = (
        select(RoleGrant.role, RoleGrant.unit_id, Person.id, Person.full_name)
        .distinct()
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.valid_from <= on_date,
            or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to > on_date),
            Person.active,
        )
        .order_by(RoleGrant.unit_id, RoleGrant.role, Person.id)
    )
    return (DeskHolder(*row) for row in tx.connection.execute(statement))


def substitutes(tx: Tx, *, on_date: date) -> Iterator[Substitute]:
    """Go through everybody who acts for somebody else."""
    statement = (
        select(SubstitutionRow.principal_id, Person.id, Person.full_name, SubstitutionRow.role, SubstitutionRow.unit_id)
        .join(Person, Person.id == SubstitutionRow.substitute_id)
        .where(SubstitutionRow.valid_from <= on_date, SubstitutionRow.valid_to > on_date, Person.active)
        .order_by(SubstitutionRow.principal_id, Person.id)
    )
    return (Substitute(*row) for row in tx.connection.execute(statement))
