"""Who stands behind the names of a definition that is played alone, and the facts of exactly what an act needs."""

from collections.abc import Mapping
from functools import lru_cache

from tests.machine.oracles.standing_in import stand_ins
from tests.machine.oracles.wandering import DATES
from workflow.machine.definition import Definition
from workflow.values import Actor, Case, Desk, Facts, Limit, Needs, Place, Seat

VOTERS = 3
"""So many stand behind each name that is asked; they answer alike."""
LISTED = "on the lists"
"""Where a played case remembers which of its lists have somebody on them."""


def person_of(definition: Definition, who: str) -> int:
    """Return the first who stands behind a name."""
    return (list(definition.people).index(who) + 1) * VOTERS


@lru_cache(maxsize=256)
def people_of(definition: Definition, who: str) -> range:
    """Return who stands behind a name: one, or enough for a vote where they are asked."""
    asked = any(who in ask.parties for state in definition.states.values() for ask in state.asks.values())
    first = person_of(definition, who)
    return range(first, first + (VOTERS if asked else 1))


@lru_cache(maxsize=256)
def seat_of(definition: Definition, place: Place) -> tuple[Seat, ...]:
    """Return the seat at a place, with everybody who stands behind a name of that place."""
    kind, _, rest = place.relation.partition(":")
    if kind == "given":
        place = Place(place.role, f"field:{rest.rpartition(':')[0]}")
    names = [name for name, party in definition.people.items() if party.place == place]
    holders = tuple(person for name in names for person in people_of(definition, name))
    return (Seat(Desk(place.role, 1 + sum(place.relation.encode())), holders),) if holders else ()


def facts_of(definition: Definition, wanted: Needs, case: Case | None = None) -> Facts:
    """Find the facts; who stands in for a list's cases is on it once the case says so."""
    seats = {place: seat_of(definition, place) for place in wanted.places}
    others = stand_ins(definition)
    on = case.params.get(LISTED, []) if case else []
    links = {name: (others[name][1],) if isinstance(on, list) and name in on else () for name in wanted.links}
    cases = {linked.case.code: linked for _, linked in others.values() if linked.case.code in wanted.cases}
    boxes: dict[str, Mapping[str, Mapping[str, int]]] = {name: {} for name in wanted.boxes}
    free: dict[Limit, dict[int, int]] = {limit: {} for limit in wanted.limits}
    loads = dict.fromkeys(range(1, 99), 0)
    return Facts(seats, DATES if wanted.movement else None, links, cases, boxes, loads, free)


def actor_of(definition: Definition, who: str, person: int | None = None) -> Actor:
    """Return the one behind a name, or one of those."""
    desks = [seat.desk for seat in seat_of(definition, definition.people[who].place)]
    return Actor(person or person_of(definition, who), frozenset(desks))
