"""Who sits where on a day: the desks a place leads to, their holders, and the desks one person may act at.

Knows how a relation leads from a unit through the tree, to its block and its line; the machine knows which places an
act needs.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    String,
    and_,
    bindparam,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from workflow.storage.models import BlockMember, Person, RoleGrant, SubstitutionRow, Unit, UnitAbove
from workflow.storage.session import Tx
from workflow.storage.statements import among, listing
from workflow.values import Desk, Place, Seat

ABOVE = "above"
BLOCK = "block"
LINE = "line"

_today = bindparam("today", type_=Date)


def _valid(row: type[RoleGrant | SubstitutionRow]) -> ColumnElement[bool]:
    return and_(row.valid_from <= _today, or_(row.valid_to.is_(None), row.valid_to > _today))


_ministry = aliased(Unit)
_places = union_all(
    select(literal(ABOVE).label("walk"), UnitAbove.above_id.label("unit_id"), UnitAbove.distance).where(
        UnitAbove.unit_id == bindparam("unit")
    ),
    select(literal(BLOCK), BlockMember.block_id, literal(0, Integer)).where(
        BlockMember.unit_id == bindparam("unit"), BlockMember.year == bindparam("year")
    ),
    select(literal(LINE), _ministry.id, literal(0, Integer))
    .select_from(Unit)
    .join(_ministry, _ministry.code == Unit.line)
    .where(Unit.id == bindparam("unit")),
).subquery()
_held = (
    select(RoleGrant.unit_id, RoleGrant.role, RoleGrant.person_id)
    .join(Person, Person.id == RoleGrant.person_id)
    .where(among(RoleGrant.role, listing("roles", String)), _valid(RoleGrant), Person.active)
    .subquery()
)
_seats_statement = (
    select(_places.c.walk, _places.c.unit_id, _places.c.distance, _held.c.role, _held.c.person_id)
    .outerjoin(_held, _held.c.unit_id == _places.c.unit_id)
    .order_by(_places.c.walk, _places.c.distance, _places.c.unit_id, _held.c.person_id)
)
_desks_statement = (
    select(RoleGrant.role, RoleGrant.unit_id, RoleGrant.person_id)
    .distinct()
    .join(Person, Person.id == RoleGrant.person_id)
    .where(
        among(RoleGrant.unit_id, listing("units")),
        among(RoleGrant.role, listing("roles", String)),
        _valid(RoleGrant),
        Person.active,
    )
    .order_by(RoleGrant.person_id)
)


class SeatRow(NamedTuple):
    """A desk at a unit that is reached from another, with one of its holders; without a person, if nobody holds it."""

    walk: str
    unit: int
    distance: int
    role: str | None
    person: int | None


def load_seats(tx: Tx, unit_id: int, places: Iterable[Place], *, on_date: date) -> Mapping[Place, tuple[Seat, ...]]:
    """Find the seats of all places seen from a unit, in one query.

    A desk that nobody holds is a seat without holders, except `above unit`, which looks for the nearest that has one.
    """
    wanted = tuple(places)
    rows = tx.connection.execute(
        _seats_statement,
        {
            "unit": unit_id,
            "year": on_date.year,
            "today": on_date,
            "roles": sorted({place.role for place in wanted}),
        },
    )
    seat_rows = [SeatRow(*row) for row in rows]
    return {place: seats_at(place, seat_rows) for place in wanted}


def load_desks(tx: Tx, desks: Iterable[Desk], *, on_date: date) -> tuple[Seat, ...]:
    """Find who holds each of the desks, in their order, in one query."""
    wanted = sorted(desks)
    rows = tx.connection.execute(
        _desks_statement,
        {
            "units": sorted({desk.unit for desk in wanted}),
            "roles": sorted({desk.role for desk in wanted}),
            "today": on_date,
        },
    ).all()
    return tuple(Seat(desk, tuple(row.person_id for row in rows if (row.role, row.unit_id) == desk)) for desk in wanted)


def seats_at(place: Place, rows: list[SeatRow]) -> tuple[Seat, ...]:
    """Choose the seats of one place from all rows, which are in order of walk, distance, unit and person."""
    candidates = [row for row in rows if row.walk == _walk(place)]
    if place.relation == "unit":
        candidates = [row for row in candidates if row.distance == 0]
    elif place.relation == "province":
        top = max((row.distance for row in candidates), default=0)
        candidates = [row for row in candidates if row.distance == top]
    elif place.relation == "above unit":
        candidates = _nearest_held(place, candidates)
    holders: dict[int, list[int]] = {row.unit: [] for row in candidates}
    for row in candidates:
        if row.role == place.role and row.person is not None and row.person not in holders[row.unit]:
            holders[row.unit].append(row.person)
    return tuple(Seat(Desk(place.role, unit), tuple(people)) for unit, people in holders.items())


def _walk(place: Place) -> str:
    return {"block": BLOCK, "line": LINE}.get(place.relation, ABOVE)


def _nearest_held(place: Place, candidates: list[SeatRow]) -> list[SeatRow]:
    held = [row for row in candidates if row.distance > 0 and row.role == place.role]
    nearest = min((row.distance for row in held), default=0)
    return [row for row in held if row.distance == nearest]
