"""A definition played through without a record: people on their seats, a clock that is moved, deadlines that fire.

Everything goes through `needs` and `decide`, with facts of exactly the declared needs, so what holds here holds in the
record. Knows no file and no unit but the places people stand at.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from workflow.machine.calendar import Calendar
from workflow.machine.case import pinned, seen_by
from workflow.machine.deciding import (
    ActContext,
    Beginning,
    DecidedOpening,
    KnownFacts,
    Offer,
    ReplayEntry,
    copied,
    decide_cascade,
    decide_opening,
    identity_of,
    joined,
    last_act,
    linked_acts,
    needs,
    offer_needs,
    offers,
    opening_needs,
    recorded,
    sight_needs,
)
from workflow.machine.definition import Definition
from workflow.values import (
    DUE,
    EMPTY_MAPPING,
    SYSTEM,
    Act,
    Actor,
    Ballot,
    Capacity,
    Case,
    Deadline,
    Desk,
    Facts,
    Figure,
    Json,
    Limit,
    Linked,
    Needs,
    Notice,
    Opening,
    Place,
    Plan,
    Refusal,
    Reservation,
    Seat,
    Substitution,
    Undone,
)

UNIT = 1
"""The unit of a case in a scene, if it is not said to be of one below; other relations get units of their own."""
BELOW = 0
"""A unit below it: who stands at a unit stands there too."""
MOVEMENT = 1


@dataclass(frozen=True, slots=True)
class Cast:
    """Who stands where: people by name with the places they hold, and for whom they act."""

    places: Mapping[str, tuple[Place, ...]]
    substitutes: Mapping[str, tuple[tuple[str, Capacity], ...]] = field(default_factory=dict)

    def id_of(self, name: str) -> int:
        """Number people in the order in which they were introduced."""
        return list(self.places).index(name) + 1

    def name_of(self, person: int) -> str:
        """Return the person of that number."""
        return list(self.places)[person - 1]

    def actor(self, name: str) -> Actor:
        """Return a person with desks and substitutions."""
        others = self.substitutes.get(name, ())
        return Actor(
            self.id_of(name),
            frozenset(map(desk_at, self.places[name])),
            tuple(
                Substitution(self.id_of(principal), desk_at(place), capacity)
                for principal, capacity in others
                for place in self.places[principal]
            ),
        )

    def seats_by_desk(self, desk: Desk) -> tuple[Seat, ...]:
        """Return the seat behind a desk with whoever holds it."""
        holders = [self.id_of(name) for name, places in self.places.items() if desk in map(desk_at, places)]
        return (Seat(desk, tuple(holders)),)

    def seats(self, place: Place) -> tuple[Seat, ...]:
        """Return the seat at a place; a place where nobody stands is found only at the unit itself.

        Whatever unit a field names, the people of that field's places stand there.
        """
        kind, _, rest = place.relation.partition(":")
        if kind == "given":
            place = Place(place.role, f"field:{rest.rpartition(':')[0]}")
        holders = tuple(self.id_of(name) for name, places in self.places.items() if place in places)
        return (Seat(desk_at(place), holders),) if holders or place.relation == "unit" else ()


def desk_at(place: Place) -> Desk:
    """Give each relation a unit of its own, the same in every scene."""
    return Desk(place.role, UNIT if place.relation == "unit" else UNIT + 1 + sum(place.relation.encode()))


@dataclass(slots=True)
class Scene:
    """One stage with its cases; `letters` and `entries` keep everything that happened, with the case's id.

    `family` are the other definitions, by name, under which cases may be opened here. `ballots` are the boxes of secret
    asks: each with the case's id, and linked to nobody. `figures` are what layers set of the definition's params.
    """

    definition: Definition
    calendar: Calendar
    cast: Cast
    now: datetime
    movement: Mapping[str, str] | None = None
    cases: dict[int, Case] = field(default_factory=dict)
    links: list[tuple[int, str, int]] = field(default_factory=list)
    deadlines: dict[tuple[int, str], Deadline] = field(default_factory=dict)
    letters: list[tuple[int, Notice]] = field(default_factory=list)
    entries: list[tuple[ReplayEntry, Plan]] = field(default_factory=list)
    family: Mapping[str, Definition] = field(default_factory=dict)
    ballots: list[tuple[int, Ballot]] = field(default_factory=list)
    places: list[tuple[int, Reservation]] = field(default_factory=list)
    figures: tuple[Figure, ...] = ()

    def open(
        self,
        actor: Actor,
        fields: Mapping[str, Json] | None = None,
        *,
        definition: str | None = None,
        unit: int = UNIT,
    ) -> Plan | Refusal:
        """Open a case, by a person or by the movement."""
        beginning = self._begin(self._named(definition), fields or {}, at=None, unit=unit)
        opened = decide_opening(self, beginning, self._context(actor))
        if isinstance(opened, Refusal):
            return opened
        self._apply_opening(opened)
        return opened.plan

    def _named(self, name: str | None) -> Definition:
        return self.definition if name in (None, self.definition.name) else self.family[str(name)]

    def act(self, case_id: int, act: Act, actor: Actor) -> Plan | Refusal:
        """Ask for an act at the scene's time, and let what it does happen, all of it or nothing."""
        cascade = decide_cascade(self, self.cases[case_id], act, self._context(actor))
        if isinstance(cascade, Refusal):
            return cascade
        for opened in cascade.openings:
            self._apply_opening(opened)
        for decided in (cascade.act, *cascade.moves):
            self._apply(decided.plan, decided.act, decided.by.actor, decided.facts)
        return cascade.act.plan

    def offers(self, case_id: int, actor: Actor) -> tuple[Offer, ...]:
        """Show the actions of a case to somebody."""
        case = self.cases[case_id]
        definition = self.definition_of(case)
        facts = self._facts(case, offer_needs(definition, case), Act(""))
        definitions = self._definitions
        return offers(
            definition,
            case,
            actor=actor,
            facts=facts,
            now=self.now,
            calendar=self.calendar,
            definitions=definitions,
        )

    def sees(self, case_id: int, actor: Actor) -> tuple[str, ...]:
        """List the fields that hold something and that somebody sees who may know of the case."""
        case = self.cases[case_id]
        definition = self.definition_of(case)
        facts = self._facts(case, sight_needs(definition, case), Act(""))
        seen = seen_by(definition, case, actor=actor, facts=facts)
        return tuple(name for name in definition.fields if name in seen and name in case.fields)

    def advance(self, until: datetime) -> list[Plan]:
        """Move time forward; every deadline on the way fires at its own time, in order."""
        fired: list[Plan] = []
        while due := min((item for item in self.deadlines.items() if item[1].due_at <= until), key=_when, default=None):
            (case_id, name), deadline = due
            del self.deadlines[case_id, name]
            self.now = max(self.now, deadline.due_at)
            answer = self.act(case_id, Act(DUE + name), SYSTEM)
            if isinstance(answer, Plan):
                fired.append(answer)
        self.now = max(self.now, until)
        return fired

    def definition_of(self, case: Case) -> Definition:
        """Return the definition of a case."""
        return self._definitions.get(case.definition, self.definition)

    def facts_for(self, case: Case, act: Act, wanted: Needs) -> KnownFacts:
        """Return what is wanted for an act on a case of this scene."""
        return KnownFacts(self._facts(case, wanted, act), self._definitions)

    def facts_of(self, case: Case, wanted: Needs) -> KnownFacts:
        """Return declared facts of one case of this scene."""
        return KnownFacts(self._facts(case, wanted, Act("")), self._definitions)

    def objection_to(self, definition: Definition, case: Case, plan: Plan) -> None:
        """Take every document for one that exists: a scene has none."""

    def begin(self, wanted: Opening, origin: Case, *, waiting: int) -> Beginning:
        """Number a case that an act opens, and say what it begins with."""
        definition = self._named(wanted.definition)
        linked = {wanted.link: (Linked(origin, Facts()),)}
        return self._begin(
            definition, copied(definition, wanted), at=wanted.state, unit=origin.unit, linked=linked, waiting=waiting
        )

    def give_back(self, beginning: Beginning) -> None:
        """Do nothing: numbers of a scene are counted from the cases that are there."""

    @property
    def _definitions(self) -> dict[str, Definition]:
        return {definition.hash: definition for definition in (self.definition, *self.family.values())}

    def _context(self, actor: Actor) -> ActContext:
        return ActContext(actor, self.now, self.calendar)

    def _begin(
        self,
        definition: Definition,
        fields: Mapping[str, Json],
        *,
        at: str | None,
        unit: int,
        linked: Mapping[str, tuple[Linked, ...]] = EMPTY_MAPPING,
        waiting: int = 0,
    ) -> Beginning:
        case_id = len(self.cases) + 1 + waiting
        pins = pinned(definition, self.figures if definition is self.definition else ())
        wanted = opening_needs(definition, at=at, pins=pins)
        links = {link: linked.get(link, ()) for link in wanted.links}
        dates = self.movement if wanted.movement else None
        facts = Facts(self._seats(wanted.places), dates, links, loads=self._loads(wanted.loads))
        code = f"{definition.name}-{case_id}"
        movement = MOVEMENT if self.movement is not None else None
        known = KnownFacts(facts, self._definitions)
        return Beginning(definition, case_id, code, unit, movement, fields, pins, known, at)

    def _apply_opening(self, opened: DecidedOpening) -> None:
        beginning = opened.beginning
        self._apply(opened.plan, opened.act, opened.by.actor, beginning.known.facts, at=beginning.at)
        if opened.link is not None and opened.origin is not None:
            self.links.append((opened.plan.case.id, opened.link, opened.origin.id))

    def _apply(self, plan: Plan, act: Act, actor: Actor, facts: Facts, *, at: str | None = None) -> None:
        case = plan.case
        self.cases[case.id] = case
        self.deadlines = {
            key: deadline
            for key, deadline in self.deadlines.items()
            if not (key[0] == case.id and key[1] in plan.stops)
        }
        self.deadlines |= {(case.id, deadline.name): deadline for deadline in plan.deadlines}
        self.letters += [(case.id, notice) for notice in plan.notices]
        self.links = [link for link in self.links if (link[1], link[2]) not in plan.links_removed or link[0] != case.id]
        self.links += [(case.id, name, other) for name, other in plan.links_added]
        self.places = [
            (of, place) for of, place in self.places if of != case.id or place.limit.name not in plan.releases
        ]
        self.places += [(case.id, place) for place in plan.reserves]
        self.ballots += [(case.id, ballot) for ballot in plan.ballots]
        self.entries.append((ReplayEntry(recorded(act, plan), actor, facts, self.now, identity_of(case, at=at)), plan))

    def _facts(self, case: Case, wanted: Needs, act: Act) -> Facts:
        linked = {
            link: tuple(map(Linked, others, map(self._no_facts, others)))
            for link, others in self._linked(case, wanted.links)
        }
        cases = {other.code: Linked(other, Facts()) for other in self.cases.values() if self._is_wanted(other, wanted)}
        moved: dict[str, list[str]] = {}
        for link, action in linked_acts(self.definition_of(case), case, act):
            moved.setdefault(link, []).append(action)
        for link, actions in moved.items():
            linked[link] = tuple(self._moved(other, actions) for other in linked[link])
        all_actions = [action for actions in moved.values() for action in actions]
        cases = {code: self._moved(other, all_actions) for code, other in cases.items()}
        boxes = {name: self._box(case, name) for name in wanted.boxes}
        movement = self.movement if wanted.movement else None
        units = {linked.case.unit for linked in cases.values()} if case.unit == UNIT else set[int]()
        seats, loads = self._seats(wanted.places), self._loads(wanted.loads)
        known = Facts(seats, movement, linked, cases, boxes, loads, self._held(wanted), frozenset(units & {BELOW}))
        return known._replace(undone=self._last_act(case)) if wanted.undo else known

    def _last_act(self, case: Case) -> Undone:
        entries = [entry for entry, _ in self.entries if entry.identity.id == case.id]
        return last_act(self._definitions.__getitem__, entries, calendar=self.calendar)

    def _is_wanted(self, case: Case, wanted: Needs) -> bool:
        rules = ((rule.of, rule.state) for rule in wanted.gathers if not rule.below or case.unit == BELOW)
        return case.code in wanted.cases or (self.definition_of(case).name, case.state) in rules

    def _held(self, wanted: Needs) -> dict[Limit, dict[int, int]]:
        held: dict[Limit, dict[int, int]] = {limit: {} for limit in wanted.limits}
        for case, place in self.places:
            if place.limit in held:
                held[place.limit][place.number] = case
        return held

    def _loads(self, places: Iterable[Place]) -> dict[int, int]:
        """Count what is open with each holder of these places by name, from everything that happened here."""
        open_with: dict[tuple[int, str], int | None] = {}
        for entry, plan in self.entries:
            case = entry.identity.id
            for slot in plan.closes:
                open_with.pop((case, slot), None)
            open_with |= {(case, opened.slot): opened.person for opened in plan.opens}
        people = {person for place in places for seat in self.cast.seats(place) for person in seat.holders}
        return {person: list(open_with.values()).count(person) for person in people}

    def _moved(self, linked: Linked, actions: Iterable[str]) -> Linked:
        case = linked.case
        wanted = joined(needs(self.definition_of(case), case, Act(action)) for action in actions)
        return Linked(case, self._facts(case, wanted, Act("")))

    def _box(self, case: Case, ask: str) -> dict[str, dict[str, int]]:
        number = case.asks[ask].opened_version
        inside = [ballot for of, ballot in self.ballots if (of, ballot.ask, ballot.round) == (case.id, ask, number)]
        return {
            line: Counter(ballot.choice for ballot in inside if ballot.line == line)
            for line in {ballot.line for ballot in inside}
        }

    @staticmethod
    def _no_facts(_case: Case) -> Facts:
        return Facts()

    def _linked(self, case: Case, names: Iterable[str]) -> list[tuple[str, tuple[Case, ...]]]:
        cases_by_link = []
        for name in names:
            if name.startswith("~"):
                others = [source for source, link, target in self.links if link == name[1:] and target == case.id]
            else:
                others = [target for source, link, target in self.links if link == name and source == case.id]
            cases_by_link.append((name, tuple(self.cases[other] for other in sorted(others))))
        return cases_by_link

    def _seats(self, places: Iterable[Place]) -> dict[Place, tuple[Seat, ...]]:
        return {place: self.cast.seats(place) for place in places}


def _when(item: tuple[tuple[int, str], Deadline]) -> tuple[datetime, int, str]:
    (case_id, name), deadline = item
    return deadline.due_at, case_id, name
