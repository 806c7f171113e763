"""The organisation as it stands, cached in memory: who holds which desk when, which units lie above and beside which.

Every change to units, people, grants and substitutions is an administrator's act, so the cache is up to date as long as
the hash of the last such act is the same; a case is loaded together with that hash. The answers are those of `seats`.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, and_, or_, select
from sqlalchemy.orm import aliased

from workflow.storage.models import AdminActRow, BlockMember, Person, RoleGrant, SubstitutionRow, Unit, UnitAbove
from workflow.storage.queries.organisation.seats import ABOVE, BLOCK, LINE, SeatRow, seats_at
from workflow.storage.session import Tx
from workflow.storage.statements import at_most
from workflow.values import Actor, Capacity, Desk, Place, Seat, Substitution

Value = TypeVar("Value")

SEATS_KEPT: Final = 8_192
ACTORS_KEPT: Final = 1_024
"""The answers that are cached for one organisation: enough for a day's work in a province."""


class Validity(NamedTuple):
    """Half-open days; `until` None never ends."""

    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        """Whether a day lies in the span."""
        return self.since <= day and (self.until is None or self.until > day)


class Held(NamedTuple):
    """A desk's role and who holds it for a while."""

    role: str
    person: int
    span: Validity


class Standing(NamedTuple):
    """A desk that somebody may act at for a while: their own, or a principal's that is lent for a while."""

    desk: Desk
    held: Validity
    principal: int | None = None
    capacity: Capacity | None = None
    lent: Validity | None = None


class UnitAboveStep(NamedTuple):
    """A unit that is reached from another one; `year` None: in every year."""

    walk: str
    unit: int
    distance: int
    year: int | None = None


class OrganisationSnapshot:
    """The whole organisation as of one act of an administrator."""

    def __init__(
        self,
        steps: Mapping[int, list[UnitAboveStep]],
        held: Mapping[int, list[Held]],
        standing: Mapping[int, list[Standing]],
    ) -> None:
        self._steps, self._held, self._standing = steps, held, standing
        self.seats: Final = lru_cache(SEATS_KEPT)(self._seats)
        self.actor: Final = lru_cache(ACTORS_KEPT)(self._actor)
        self._remembered: dict[Hashable, Any] = {}

    def once(self, key: Hashable, find: Callable[[], Value]) -> Value:
        """Find something that no act but an administrator's changes, once for this organisation."""
        if key not in self._remembered:
            if len(self._remembered) >= ACTORS_KEPT:
                self._remembered.clear()
            self._remembered[key] = find()
        return cast("Value", self._remembered[key])

    def roles_at_root(self, person_id: int, *, on_date: date) -> frozenset[str]:
        """Return the roles a person holds at the top of the tree on a day, in their own right."""
        return frozenset(desk.role for desk in self.actor(person_id, on_date).desks if self._is_root(desk.unit))

    def _is_root(self, unit: int) -> bool:
        return [step.unit for step in self._steps.get(unit, ()) if step.walk == ABOVE] == [unit]

    def _seats(self, unit: int, place: Place, on_date: date) -> tuple[Seat, ...]:
        rows = [
            SeatRow(step.walk, step.unit, step.distance, role, person)
            for step in self._steps.get(unit, ())
            if step.year in (None, on_date.year)
            for role, person in self._holders(step.unit, on_date)
        ]
        return seats_at(place, rows)

    def _holders(self, unit: int, on_date: date) -> list[tuple[str | None, int | None]]:
        holders: list[tuple[str | None, int | None]] = [
            (holding.role, holding.person) for holding in self._held.get(unit, ()) if holding.span.holds(on_date)
        ]
        return holders or [(None, None)]

    def _actor(self, person_id: int, on_date: date) -> Actor:
        standings = [
            standing
            for standing in self._standing.get(person_id, ())
            if standing.held.holds(on_date) and (standing.lent is None or standing.lent.holds(on_date))
        ]
        lent = (
            Substitution(standing.principal, standing.desk, standing.capacity)
            for standing in standings
            if standing.principal is not None and standing.capacity is not None
        )
        own = frozenset(standing.desk for standing in standings if standing.principal is None)
        return Actor(person_id, desks=own, substitutions=tuple(dict.fromkeys(lent)))


class Surroundings(NamedTuple):
    """The organisation seen from the unit of one case."""

    organisation: OrganisationSnapshot
    unit: int

    def seats(self, places: Iterable[Place], *, on_date: date) -> Mapping[Place, tuple[Seat, ...]]:
        """Find the seats of places on a day, as `seats.load_seats` does."""
        return {place: self.organisation.seats(self.unit, place, on_date) for place in places}

    def actor(self, person_id: int, *, on_date: date) -> Actor:
        """Return a person with the desks and substitutions of a day; of the inactive, none."""
        return self.organisation.actor(person_id, on_date)


REVISION = select(AdminActRow.hash).order_by(AdminActRow.seq.desc()).limit(at_most(1)).scalar_subquery()
"""The hash that names the present organisation, as a column to be loaded beside a case."""

_snapshots: WeakKeyDictionary[Pool | Tx, tuple[str, OrganisationSnapshot]] = WeakKeyDictionary()
_home, _ministry, _principal = aliased(Unit), aliased(Unit), aliased(Person)
_above = select(UnitAbove.unit_id, UnitAbove.above_id, UnitAbove.distance).order_by(
    UnitAbove.distance, UnitAbove.above_id
)
_blocks = select(BlockMember.unit_id, BlockMember.block_id, BlockMember.year)
_lines = select(_home.id, _ministry.id).join(_ministry, _ministry.code == _home.line)
_grants = (
    select(RoleGrant.unit_id, RoleGrant.role, RoleGrant.person_id, RoleGrant.valid_from, RoleGrant.valid_to)
    .join(Person, Person.id == RoleGrant.person_id)
    .where(Person.active)
    .order_by(RoleGrant.person_id)
)
_loans = (
    select(
        SubstitutionRow.substitute_id, SubstitutionRow.principal_id, SubstitutionRow.capacity, RoleGrant.role,
        RoleGrant.unit_id, RoleGrant.valid_from, RoleGrant.valid_to, SubstitutionRow.valid_from,
        SubstitutionRow.valid_to,
    )
    .join(Person, Person.id == SubstitutionRow.substitute_id)
    .join(_principal, _principal.id == SubstitutionRow.principal_id)
    .join(RoleGrant, RoleGrant.person_id == SubstitutionRow.principal_id)
    .where(
        Person.active,
        _principal.active,
        or_(
            SubstitutionRow.role.is_(None),
            and_(SubstitutionRow.role == RoleGrant.role, SubstitutionRow.unit_id == RoleGrant.unit_id),
        ),
    )
)  # fmt: skip


def at_revision(tx: Tx, revision: str | None) -> OrganisationSnapshot:
    """Return the organisation of a revision that was just read, from the cache or loaded."""
    pool = tx.engine.pool
    for cached in (_snapshots.get(tx) if tx.administers else None, _snapshots.get(pool)):
        if cached is not None and cached[0] == revision:
            return cached[1]
    # What is loaded now may be newer than the revision read a moment ago, never older. Then the next reader, who reads
    # the newer revision, loads it again.
    snapshot = _load(tx)
    if revision is not None:
        # What a transaction has changed itself must not be cached for others before it commits.
        _snapshots[tx if tx.administers else pool] = (revision, snapshot)
    return snapshot


def _load(tx: Tx) -> OrganisationSnapshot:
    steps: dict[int, list[UnitAboveStep]] = defaultdict(list)
    for unit, above, distance in _rows(tx, _above):
        steps[unit].append(UnitAboveStep(ABOVE, above, distance))
    for unit, block, year in _rows(tx, _blocks):
        steps[unit].append(UnitAboveStep(BLOCK, block, 0, year))
    for unit, ministry in _rows(tx, _lines):
        steps[unit].append(UnitAboveStep(LINE, ministry, 0))
    held: dict[int, list[Held]] = defaultdict(list)
    standing: dict[int, list[Standing]] = defaultdict(list)
    for unit, role, person, since, until in _rows(tx, _grants):
        held[unit].append(Held(role, person, Validity(since, until)))
        standing[person].append(Standing(Desk(role, unit), Validity(since, until)))
    for person, principal, capacity, role, unit, *days in _rows(tx, _loans):
        loan = Standing(Desk(role, unit), Validity(*days[:2]), principal, capacity, Validity(*days[2:]))
        standing[person].append(loan)
    return OrganisationSnapshot(steps, held, standing)


def _rows(tx: Tx, statement: Any) -> Iterable[Any]:
    return tx.connection.execute(statement)
