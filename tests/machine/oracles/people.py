"""Who stands behind the names of a definition that is played alone: people of their own for each name."""

from collections.abc import Iterator
from functools import lru_cache

from workflow.machine.case import named_by
from workflow.machine.definition import Definition
from workflow.values import Actor, Desk, Place, Seat

VOTERS = 3
"""So many stand behind each name that is asked; they answer alike."""


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


def actors_of(definition: Definition, who: str) -> Iterator[Actor]:
    """Go through those who may act for a name: the one behind it, or behind each that a param may choose for it."""
    return (actor_of(definition, name) for name in named_by(definition, definition.people[who]))


def actor_of(definition: Definition, who: str, person: int | None = None) -> Actor:
    """Return the one behind a name, or one of those."""
    desks = [seat.desk for seat in seat_of(definition, definition.people[who].place)]
    return Actor(person or person_of(definition, who), frozenset(desks))
