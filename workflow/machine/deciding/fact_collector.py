"""Gathering what an answer depends on, piece by piece: the places, links and dates behind names and guards.

Knows which facts each part of a definition reads, not which parts an act is about: that is for `required_facts`.
"""

from collections.abc import Iterable, Mapping

from workflow.machine.case import (
    ADMIN,
    NOBODY,
    accepted_inputs,
    case_clocks,
    chasers,
    limit_of,
    link_of,
    places_of,
    readers,
)
from workflow.machine.deciding.assignments import telling, turn_claims
from workflow.machine.deciding.case_lists import codes_in, without_lists
from workflow.machine.deciding.state_entry import by_system, preparers
from workflow.machine.definition import ESCALATE_TO, TURN, Action, Alternative, Clock, Definition, Due, DueDate, State
from workflow.machine.expressions import Guard
from workflow.values import CLAIM, Act, Case, Gathering, Json, Needs

NO_NEEDS = Needs()


class FactCollector:
    """The facts that are needed as far as gathered; it begins with those of `known`."""

    def __init__(self, definition: Definition, pins: Mapping[str, Json], known: Needs = NO_NEEDS) -> None:
        self.definition, self.pins = definition, pins
        self.places, self.links = set(known.places), set(known.links)
        self.loads, self.limits = set(known.loads), set(known.limits)
        self.movement = known.movement
        self.cases, self.boxes, self.gathers = known.cases, known.boxes, known.gathers
        self.undo = known.undo

    def needs(self, *, has_movement: bool) -> Needs:
        movement = self.movement and has_movement
        loads = frozenset(self.loads)
        links, limits = frozenset(self.links), frozenset(self.limits)
        places, gathers = frozenset(self.places), self.gathers
        return Needs(places, movement, links, self.cases, self.boxes, loads, limits, gathers, undo=self.undo)

    def lists(self, act: Act, action: Action) -> None:
        """Count in the lists that an act names, with the cases that it would put there, and those that it fills."""
        fills = {name for way in action.alternatives for name in way.fill} - act.inputs.keys()
        self.links.update(name for name in self.definition.members if name in act.inputs or name in fills)
        self.cases |= codes_in(self.definition, act)
        lists = (self.definition.members[name] for name in fills)
        kinds = ((members, kind) for members in lists for kind in members.of)
        self.gathers |= frozenset(Gathering(kind, members.at, members.within == "below") for members, kind in kinds)

    def counted(self, state: State, asks: frozenset[str], action: Action) -> None:
        """Count in the ballots that an act has counted; the system's acts have none counted."""
        ways = [way for way in action.alternatives if way.by != "system"]
        guards = [guard for way in ways for guard in (way.when, way.warn, *(value for _, value in way.sets))]
        bound = {verdict.ask for way in ways for verdict in way.verdicts if state.asks[verdict.ask].secret}
        self.boxes = frozenset(name for name in telling(state, guards) | bound if name in asks)

    def limited(self, case: Case, act: Act, action: Action) -> None:
        """Count in the limits of which the act would take a place, with the fields as it would have them."""
        names = {name for way in action.alternatives for name in way.reserve}
        if names:
            given = accepted_inputs(
                self.definition, without_lists(self.definition, act.inputs), allowed=self.definition.fields
            )
            fields = {**case.fields, **given.values}
            self.limits.update(
                limit_of(self.definition, self.definition.reserves[name], case, fields) for name in names
            )

    def people(self, names: Iterable[str]) -> None:
        for name in names:
            places = tuple(places_of(self.definition, name, self.pins)) if name not in NOBODY else ()
            self.places.update(places)
            self.links.update(link for place in places if (link := link_of(place)))

    def given(self, act: Act) -> None:
        """Count in the places at units that the act itself names in a field."""
        self.places |= {given_place for place in self.places if (given_place := place.given(act.inputs))}

    def guards(self, guards: Iterable[Guard | None]) -> None:
        for guard in guards:
            for path in guard.reads if guard else ():
                self.read(path)

    def read(self, path: str) -> None:
        name = path.partition(".")[0].partition("(")[0]
        if name == "movement":
            self.movement = True
        elif name in ("did", "actor"):
            inputs = path.partition("(")[2].removesuffix(")").split(",")
            self.people(given for given in inputs if given in self.definition.people)
        elif name in self.definition.links or name in self.definition.members:
            self.links.add(self.definition.link_of(name))

    def dues(self, dues: Iterable[Due | str | None]) -> None:
        for due in dues:
            self.movement |= isinstance(due, DueDate) and due.source == "movement"

    def clocks(self, actions: frozenset[str]) -> None:
        self.dues(clock.due for clock in self.definition.clocks.values() if _starts(clock, actions))

    def action(self, state: State, action: Action, alternatives: Iterable[Alternative], *, back: str | None) -> None:
        alternatives = tuple(alternatives)
        self.asking(state, alternatives)
        for alternative in alternatives:
            self.effects(state, alternative, back=back)
        if alternatives:
            self.clocks(frozenset({action.name}))

    def sight(self, state: State) -> None:
        """Count in the people who see the form in a state, and those who edit it."""
        self.people([*readers(state), *state.edit] if readers(state) else [])

    def asking(self, state: State, alternatives: Iterable[Alternative]) -> None:
        self.results(state)
        self.sight(state)
        for alternative in alternatives:
            self.people([alternative.by, *state.edit])
            self.guards([alternative.when, alternative.warn])
            if alternative.open:
                self.links.add("~" + alternative.open.link)

    def results(self, state: State) -> None:
        """Count in what the results of the state's asks read: guards reach them by the name of the ask."""
        for ask in state.asks.values():
            self.guards(guard for _, guard in ask.result)

    def effects(self, state: State, alternative: Alternative, *, back: str | None) -> None:
        self.people(alternative.notify)
        self.guards(guard for _, guard in alternative.sets)
        self.links.update(self.definition.link_of(link) for link, _ in alternative.each)
        target = back if alternative.to == "back" else alternative.to
        self.people([state.turn.who, *self._handing_out(state)] if state.turn else [])
        if target is None:
            self.dues([state.turn.due] if state.turn else [])
        else:
            self.entering(self.definition.states[target])

    def entering(self, state: State) -> None:
        if state.turn:
            self.people([state.turn.who, *self._handing_out(state)])
            self.dues([state.turn.due])
        if state.turn and state.turn.pick == turn_claims.LEAST:
            self.loads.update(places_of(self.definition, state.turn.who, self.pins))
        if state.outcome:
            self.people(preparers(self.definition))
        self.people(name for ask in state.asks.values() for name in ask.parties)
        self.links.update(ask.about for ask in state.asks.values() if ask.about)
        self.dues(ask.due for ask in state.asks.values())
        self.waking(state)

    def _handing_out(self, state: State) -> list[str]:
        return [state.turn.pick] if state.turn and state.turn.pick in self.definition.people else []

    def sharing(self, state: State, action: str) -> None:
        """Count in who shares the turn of a state and, but for a claim, who may hand it out."""
        names = (state.turn.who, state.turn.escalate_to if action != CLAIM else None) if state.turn else ()
        handing = self._handing_out(state) if action != CLAIM else []
        self.people([*(name for name in names if name), *handing])

    def waking(self, state: State) -> None:
        self.results(state)
        self.guards(alternative.when for action in state.actions.values() for alternative in by_system(action))

    def undoing(self, states: Iterable[State]) -> None:
        """Count in the last act, and whose turn it is in the states in which the case may stand again."""
        self.undo = True
        for state in states:
            self.entering(state)

    def escalation(self, state: State, case: Case) -> None:
        number = case.clocks.get(case_clocks.STEP)
        if state.turn is None or not isinstance(number, int):
            return
        who = case_clocks.step_of(self.definition, number).who
        named = {TURN: chasers(self.definition, state.name), ESCALATE_TO: (state.turn.escalate_to,)}.get(who, (who,))
        self.people(name for name in named if name)
        self.places.add(ADMIN)


def _starts(clock: Clock, actions: frozenset[str]) -> bool:
    return bool(actions.intersection(clock.starts))
