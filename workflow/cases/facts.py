"""Loads the facts that a decision depends on: exactly those that the machine declared.

Knows how a declared need is found in the record; knows no rule.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from workflow.definitions import publishing
from workflow.machine.deciding import KnownFacts, joined, linked_acts, needs, opening_needs
from workflow.machine.definition import Definition
from workflow.storage.queries import movements
from workflow.storage.queries.cases import inbox, listed_cases
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.queries.organisation import Surroundings
from workflow.storage.queries.organisation import seats as seating
from workflow.storage.session import Tx
from workflow.storage.writing import ballots, reservations
from workflow.values import OWN_MILESTONE, Act, Case, Desk, Facts, Json, Linked, Needs, Place, Seat

NO_FACTS = Facts()


def for_act(
    tx: Tx,
    definition: Definition,
    case: Case,
    act: Act,
    wanted: Needs,
    *,
    on_date: date,
    surroundings: Surroundings | None = None,
) -> KnownFacts:
    """Load what is wanted for one act, and what it needs of the cases that it moves; when writing these are locked.

    `surroundings` came with the case when it was loaded; with them its seats need no further query.
    """
    known = find(tx, case, wanted, on_date=on_date, surroundings=surroundings)
    actions_by_link: dict[str, list[str]] = defaultdict(list)
    for link, action in linked_acts(definition, case, act):
        actions_by_link[link].append(action)
    if not actions_by_link:
        return known

    definitions = dict(known.definitions)

    def with_facts(linked: Linked, actions: Iterable[str]) -> Linked:
        linked_definition = known.definitions[linked.case.definition]
        theirs = joined(needs(linked_definition, linked.case, Act(action)) for action in actions)
        seen_from_linked = surroundings._replace(unit=linked.case.unit) if surroundings is not None else None
        known_of_linked = find(tx, linked.case, theirs, on_date=on_date, surroundings=seen_from_linked)
        definitions.update(known_of_linked.definitions)
        return Linked(linked.case, known_of_linked.facts)

    links = dict(known.facts.links)
    for link, actions in actions_by_link.items():
        links[link] = tuple(with_facts(linked, actions) for linked in links[link])
    on_lists = [action for link, actions in actions_by_link.items() if link in definition.members for action in actions]
    cases = {code: with_facts(linked, on_lists) for code, linked in known.facts.cases.items()}
    return KnownFacts(known.facts._replace(links=links, cases=cases), definitions)


@dataclass(frozen=True, slots=True)
class CaseToOpen:
    """A case that is not there yet: its unit, its movement, its form, the milestone it will be owed for."""

    unit: int
    movement: int | None = None
    fields: Mapping[str, Json] = field(default_factory=dict)
    milestone: str | None = None


def for_opening(
    tx: Tx,
    definition: Definition,
    case: CaseToOpen,
    pins: Mapping[str, Json],
    *,
    at: str | None,
    on_date: date,
    linked: Mapping[str, tuple[Case, ...]],
) -> KnownFacts:
    """Load what deciding an opening needs. A new case is linked only to the case that opens it, which is in `linked`.

    `pins` are the figures that the case will keep.
    """
    wanted = opening_needs(definition, at=at, pins=pins)
    seats = _seats(tx, case.unit, case.fields, wanted.places, linked=linked, on_date=on_date)
    links = {link: tuple(Linked(other, Facts()) for other in linked.get(link, ())) for link in wanted.links}
    opening_facts = Facts(
        seats=seats,
        movement=_dates_to_be(_movement(tx, case.movement, None, wanted=wanted), case.milestone),
        links=links,
        loads=_loads(tx, wanted, seats),
    )
    hashes = {other.case.definition for others in links.values() for other in others}
    return KnownFacts(opening_facts, {text_hash: publishing.compiled(tx, text_hash) for text_hash in hashes})


def find(tx: Tx, case: Case, wanted: Needs, *, on_date: date, surroundings: Surroundings | None = None) -> KnownFacts:
    """Load declared needs: one query for the seats and, where declared, one for the movement's dates, one for links."""
    linked = records.load_links(tx, case.id, wanted.links) if wanted.links else {}
    named = _named(tx, case, wanted) if wanted.cases or wanted.gathers else ()
    rounds = {name: case.asks[name].opened_version for name in wanted.boxes}
    seats = _seats(tx, case.unit, case.fields, wanted.places, linked=linked, on_date=on_date, surroundings=surroundings)
    facts = Facts(
        seats=seats,
        movement=_movement(tx, case.movement, case.id, wanted=wanted),
        links={name: tuple(Linked(other, Facts()) for other in linked.get(name, ())) for name in wanted.links},
        cases={other.code: Linked(other, Facts()) for other in named},
        boxes={name: ballots.count(tx, case.id, name, round_=number) for name, number in rounds.items()},
        loads=_loads(tx, wanted, seats),
        held=reservations.load(tx, wanted.limits) if wanted.limits else {},
        below=_below(tx, case, named) if named else frozenset(),
    )
    hashes = {other.definition for others in (named, *linked.values()) for other in others}
    return KnownFacts(facts, {text_hash: publishing.compiled(tx, text_hash) for text_hash in hashes})


def _named(tx: Tx, case: Case, wanted: Needs) -> tuple[Case, ...]:
    """Load the cases that an act would put on lists, by code or by rule, each once, in id order."""
    cases = {other.id: other for other in (listed_cases.load(tx, wanted.cases) if wanted.cases else ())}
    for rule in sorted(wanted.gathers):
        cases |= {other.id: other for other in listed_cases.gather(tx, rule, unit_id=case.unit)}
    return tuple(cases[case_id] for case_id in sorted(cases))


def _below(tx: Tx, case: Case, named: Iterable[Case]) -> frozenset[int]:
    return listed_cases.units_below(tx, case.unit) & {other.unit for other in named}


def _loads(tx: Tx, wanted: Needs, seats: Mapping[Place, tuple[Seat, ...]]) -> Mapping[int, int]:
    people = {person for place in wanted.loads for seat in seats[place] for person in seat.holders}
    return inbox.loads(tx, people) if people else {}


def _movement(tx: Tx, movement_id: int | None, case_id: int | None, *, wanted: Needs) -> Mapping[str, str] | None:
    if not wanted.movement or movement_id is None:
        return None
    return movements.dates(tx, movement_id, case_id=case_id)


def _dates_to_be(dates: Mapping[str, str] | None, milestone: str | None) -> Mapping[str, str] | None:
    """Return the dates of a movement as the case will read them once it is owed for a milestone."""
    return dates if dates is None or milestone is None else {**dates, OWN_MILESTONE: dates[milestone]}


def _seats(
    tx: Tx,
    unit: int,
    fields: Mapping[str, Json],
    places: Iterable[Place],
    *,
    linked: Mapping[str, Iterable[Case]],
    on_date: date,
    surroundings: Surroundings | None = None,
) -> Mapping[Place, tuple[Seat, ...]]:
    """Find seats by relation to the unit in one query; those at a unit that a field or a link names in one each."""
    by_tree = frozenset(place for place in places if ":" not in place.relation)
    seats: dict[Place, tuple[Seat, ...]] = {}
    if surroundings is not None:
        seats |= surroundings.seats(by_tree, on_date=on_date)
    elif by_tree:
        seats |= seating.load_seats(tx, unit, by_tree, on_date=on_date)
    for place in frozenset(places) - by_tree:
        kind, _, name = place.relation.partition(":")
        named = [other.unit for other in linked.get(name, ())] if kind == "link" else [fields.get(name)]
        if kind == "given":
            named = [int(name.rpartition(":")[2])]
        desks = {Desk(place.role, unit_id) for unit_id in named if isinstance(unit_id, int)}
        seats[place] = seating.load_desks(tx, desks, on_date=on_date) if desks else ()
    return seats
