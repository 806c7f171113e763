"""From the names under `people` to the seats behind them: fall-backs, skipped levels, undeclared reading.

Knows facts and the definition, no act. What a name may lead to is declared before anything is loaded (`places_of`),
and reading more than that raises `UndeclaredFact`.
"""

from collections.abc import Iterable, Iterator, Mapping

from workflow.errors import WorkflowError
from workflow.machine.case.parameters import key_of, looked_up, values_of
from workflow.machine.definition import Definition, Party
from workflow.values import EMPTY_MAPPING, Case, Desk, Facts, Json, Linked, Place, Seat

ADMIN = Place("admin", "province")
"""Who is notified when an escalation's step finds nobody: the last step is never empty."""
LOOKED_UP = "lookup"
"""The relation of a name that a param chooses for each case: no place of its own."""
NOBODY = frozenset({"system", "link", "movement"})
"""What may stand where people stand, without being a name under `people`."""
NO_PINS: Mapping[str, Json] = EMPTY_MAPPING
"""The figures of a case that is not known: those of its definition."""


class UndeclaredFact(WorkflowError):
    """The machine read a fact that it had not declared in its Needs: a fault of the machine or of the loader."""

    def __init__(self, fact: str) -> None:
        super().__init__(f"undeclared fact: {fact}")
        self.fact = fact


def link_of(place: Place) -> str | None:
    """Return the link whose cases' units a place is at; None for any other place."""
    return place.relation.removeprefix("link:") if place.relation.startswith("link:") else None


def places_of(definition: Definition, name: str, pins: Mapping[str, Json] = NO_PINS) -> Iterator[Place]:
    """Go through the place of a name and of all its fall-backs, nearest first.

    A name that a param chooses may lead to any of those that the figures of the case (`pins`) know: which one is known
    with its fields. None of them is chosen by a param itself.
    """
    party = definition.people.get(name)
    while party is not None:
        if party.lookup:
            others = (definition.people.get(other) for other in named_by(definition, party, pins))
            for other in others:
                if other is not None and not other.lookup:
                    yield from places_of(definition, other.name, pins)
        else:
            yield party.place
        party = definition.people.get(party.fallback) if party.fallback else None


def named_by(definition: Definition, party: Party, pins: Mapping[str, Json] = NO_PINS) -> tuple[str, ...]:
    """List the names that a param may choose for a name, by what a case pins or else the definition; else itself."""
    param = definition.params.get(party.lookup) if party.lookup else None
    if param is None:
        return (party.name,)
    return tuple(dict.fromkeys(str(value) for value in values_of(param, pins)))


def chosen(definition: Definition, name: str, case: Case | None) -> tuple[str, ...]:
    """Return the names to look for, nearest first: the one that a param chooses for the case, and its stand-in."""
    party = definition.people.get(name)
    if party is None or party.lookup is None:
        return (name,)
    param, fields = definition.params[party.lookup], case.fields if case else {}
    keys = tuple(key_of(fields.get(key)) for key in param.by)
    choice = looked_up(param, case.params if case else {}, keys)
    return (str(choice), *([party.fallback] if party.fallback else []))


def seats_at(facts: Facts, place: Place) -> tuple[Seat, ...]:
    """Return the seats that storage found at a declared place."""
    try:
        return facts.seats[place]
    except KeyError:
        raise UndeclaredFact(f"{place.role} at {place.relation}") from None


def linked_by(facts: Facts, link: str) -> tuple[Linked, ...]:
    """Return the cases that storage found at the other end of a declared link."""
    try:
        return facts.links[link]
    except KeyError:
        raise UndeclaredFact(f"link {link}") from None


def linked_definition(definitions: Mapping[str, Definition], linked: Linked) -> Definition:
    """Return the definition of a linked case, which must have come with it."""
    definition = definitions.get(linked.case.definition)
    if definition is None:
        raise UndeclaredFact(f"definition {linked.case.definition}")
    return definition


def seats_of(definition: Definition, facts: Facts, name: str, case: Case | None) -> tuple[Seat, ...]:
    """Find the seats of a name: of the first place with a holder, else empty desks that wait for one.

    `case` chooses whom a param names, by its fields as they stand there.
    """
    party = definition.people.get(name)
    if party is not None and party.lookup is None and party.fallback is None:
        # Nobody stands in: most names are such, and every decision asks for several.
        return seats_at(facts, _where_it_is(facts, party.place, case))
    empty: tuple[Seat, ...] = ()
    for place in (place for candidate in chosen(definition, name, case) for place in places_of(definition, candidate)):
        seats = seats_at(facts, _where_it_is(facts, place, case))
        if any(seat.holders for seat in seats):
            return seats
        empty = empty or seats
    return empty


def _where_it_is(facts: Facts, place: Place, case: Case | None) -> Place:
    """Return the place as the act leaves it: at the unit that the case names now, where the act named it."""
    given = place.given(case.fields) if case else None
    return given if given and given in facts.seats else place


def desks_of(seats: Iterable[Seat]) -> tuple[Desk, ...]:
    """List the desks of seats, each once, in order."""
    return tuple(dict.fromkeys(seat.desk for seat in seats))


def holders_of(seats: Iterable[Seat]) -> tuple[int, ...]:
    """List the people in seats, each once, in order."""
    return tuple(dict.fromkeys(person for seat in seats for person in seat.holders))


def may_be_nobody(definition: Definition, name: str) -> bool:
    """Tell whether a name may be skipped where a unit lacks the level."""
    seen: set[str] = set()
    party = definition.people[name]
    while party.fallback and party.fallback not in seen:
        seen.add(party.fallback)
        party = definition.people[party.fallback]
    others = [other for other in named_by(definition, party) if other in definition.people and other != party.name]
    return party.skip if not others else any(may_be_nobody(definition, other) for other in others)
