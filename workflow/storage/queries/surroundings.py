"""Who is around a case, brought by the statement that loads it: all whom an act on it may depend on, in one round trip.

Which day it is depends on the calendar that comes with the case, so rows of neighbouring days come along and are
sifted here. Knows the same walks as `seats`, which answers alike with queries of its own. Called by `queries.cases`,
read by `workflow.cases` and `workflow.facts`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    ScalarSelect,
    Text,
    and_,
    bindparam,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from workflow.storage.models import BlockMember, CaseRow, Person, RoleGrant, SubstitutionRow, Unit, UnitAbove
from workflow.storage.queries.seats import ABOVE, BLOCK, LINE, Found, seats_at
from workflow.values import Actor, Capacity, Desk, Place, Seat, Substitution

_MARGIN = timedelta(days=1)
"""No zone is a day away from UTC: the day of an instant is the UTC day, the one before or the one after."""


class Span(NamedTuple):
    """Half-open days in ISO form, as both databases write them into JSON; `until` None never ends."""

    since: str
    until: str | None

    def holds(self, day: str) -> bool:
        """Whether a day lies in the span."""
        return self.since <= day and (self.until is None or self.until > day)


class Held(NamedTuple):
    """A desk at a unit that a walk comes to, with somebody who holds it for a while; without, if nobody does."""

    walk: str
    unit: int
    distance: int
    year: int | None
    role: str | None
    person: int | None
    since: str | None
    until: str | None


class Standing(NamedTuple):
    """A desk that somebody may act at for a while: their own, or a principal's that is lent for a while."""

    principal: int | None
    role: str
    unit: int
    capacity: Capacity | None
    held: Span
    lent: Span | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What was loaded around a case and about one person; ask it for a day."""

    seating: tuple[Held, ...]
    standing: tuple[Standing, ...]

    def seats(self, places: Iterable[Place], *, on_date: date) -> Mapping[Place, tuple[Seat, ...]]:
        """Find the seats of places seen from the case's unit, as `seats.load_seats` does."""
        day = on_date.isoformat()
        found = [_found(it, day) for it in self.seating if it.year in (None, on_date.year)]
        return {place: seats_at(place, found) for place in places}

    def actor(self, person_id: int, *, on_date: date) -> Actor:
        """Return the person with the desks and substitutions of a day, as `seats.load_standing` does."""
        day = on_date.isoformat()
        now = [it for it in self.standing if it.held.holds(day) and (it.lent is None or it.lent.holds(day))]
        return Actor(
            person_id,
            desks=frozenset(Desk(it.role, it.unit) for it in now if it.principal is None),
            substitutions=tuple(
                dict.fromkeys(
                    Substitution(it.principal, Desk(it.role, it.unit), it.capacity)
                    for it in now
                    if it.principal is not None and it.capacity is not None
                )
            ),
        )


class rows_as_json(FunctionElement[str]):  # noqa: N801 - reads as a function in a statement, like SQLAlchemy's own
    """`rows_as_json(column, …)`: all rows of a sub-query as the text of one JSON array of arrays, in no order."""

    type = Text()
    inherit_cache = True


@compiles(rows_as_json, "postgresql")
def _postgresql_rows(element: rows_as_json, compiler: SQLCompiler, **words: Any) -> str:
    columns = ", ".join(compiler.process(column, **words) for column in element.clauses)
    return f"CAST(json_agg(json_build_array({columns})) AS text)"


@compiles(rows_as_json, "sqlite")
def _sqlite_rows(element: rows_as_json, compiler: SQLCompiler, **words: Any) -> str:
    columns = ", ".join(compiler.process(column, **words) for column in element.clauses)
    return f"json_group_array(json_array({columns}))"


_earliest, _latest = bindparam("earliest", type_=Date), bindparam("latest", type_=Date)


def _near(row: type[RoleGrant | SubstitutionRow]) -> ColumnElement[bool]:
    return and_(row.valid_from <= _latest, or_(row.valid_to.is_(None), row.valid_to > _earliest))


def _seating() -> ScalarSelect[str]:
    ministry, home = aliased(Unit), aliased(Unit)
    nowhere = literal_column("0", Integer)
    places = union_all(
        select(
            literal_column(f"'{ABOVE}'").label("walk"),
            UnitAbove.above_id.label("unit_id"),
            UnitAbove.distance.label("distance"),
            null().label("year"),
        )
        .where(UnitAbove.unit_id == CaseRow.unit_id)
        .correlate(CaseRow),
        select(literal_column(f"'{BLOCK}'"), BlockMember.block_id, nowhere, BlockMember.year)
        .where(BlockMember.unit_id == CaseRow.unit_id)
        .correlate(CaseRow),
        select(literal_column(f"'{LINE}'"), ministry.id, nowhere, null())
        .select_from(home)
        .join(ministry, ministry.code == home.line)
        .where(home.id == CaseRow.unit_id)
        .correlate(CaseRow),
    ).subquery()
    held = (
        select(RoleGrant.unit_id, RoleGrant.role, RoleGrant.person_id, RoleGrant.valid_from, RoleGrant.valid_to)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(_near(RoleGrant), Person.active)
        .subquery()
    )
    rows = rows_as_json(
        places.c.walk, places.c.unit_id, places.c.distance, places.c.year,
        held.c.role, held.c.person_id, held.c.valid_from, held.c.valid_to,
    )  # fmt: skip
    joined = places.outerjoin(held, held.c.unit_id == places.c.unit_id)
    return select(rows).select_from(joined).correlate(CaseRow).scalar_subquery()


def _standing() -> ScalarSelect[str]:
    principal = aliased(Person)
    me: BindParameter[int] = bindparam("person")
    held = (RoleGrant.role, RoleGrant.unit_id)
    since = (RoleGrant.valid_from, RoleGrant.valid_to)
    rows = union_all(
        select(null().label("principal"), *held, null().label("capacity"), *since, null().label("lent_from"),
            null().label("lent_to"),
        )
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.person_id == me, _near(RoleGrant), Person.active),
        select(
            SubstitutionRow.principal_id, *held, SubstitutionRow.capacity, *since,
            SubstitutionRow.valid_from, SubstitutionRow.valid_to,
        )
        .join(Person, Person.id == SubstitutionRow.substitute_id)
        .join(principal, principal.id == SubstitutionRow.principal_id)
        .join(RoleGrant, RoleGrant.person_id == SubstitutionRow.principal_id)
        .where(
            SubstitutionRow.substitute_id == me, _near(SubstitutionRow), _near(RoleGrant), Person.active,
            principal.active,
            or_(
                SubstitutionRow.role.is_(None),
                and_(SubstitutionRow.role == RoleGrant.role, SubstitutionRow.unit_id == RoleGrant.unit_id),
            ),
        ),
    ).subquery()  # fmt: skip
    return select(rows_as_json(*rows.c)).correlate(None).scalar_subquery()


COLUMNS = (_seating().label("seating"), _standing().label("standing"))
"""What `read_surroundings` wants, of a statement over cases; `words` are its parameters."""


def words(person_id: int, now: datetime) -> dict[str, Any]:
    """Return the parameters that the columns need."""
    return {"person": person_id, "earliest": now.date() - _MARGIN, "latest": now.date() + _MARGIN}


def read_surroundings(row: Any) -> Surroundings:
    """Return the surroundings that a row with the `COLUMNS` holds."""
    seating = (Held(*it) for it in json.loads(row.seating or "[]"))
    standing = json.loads(row.standing or "[]")
    return Surroundings(
        tuple(sorted(seating, key=lambda it: (it.walk, it.distance, it.unit, it.person or 0))),
        tuple(_standing_of(*it) for it in standing),
    )


def _standing_of(principal: int | None, role: str, unit: int, capacity: Capacity | None, *days: str | None) -> Standing:
    since, until, lent_since, lent_until = days
    lent = Span(lent_since, lent_until) if lent_since is not None else None
    return Standing(principal, role, unit, capacity, Span(since or "", until), lent)


def _found(it: Held, day: str) -> Found:
    if it.since is not None and it.since <= day and (it.until is None or it.until > day):
        return Found(it.walk, it.unit, it.distance, it.role, it.person)
    return Found(it.walk, it.unit, it.distance, None, None)
