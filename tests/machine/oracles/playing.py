"""Brute force: play every act of everybody, with every value, through the real rules, until nothing new comes about.

Knows nothing of the verifier: what it finds is what `decide` lets happen. One person stands behind each name under
`people`, so no separation of duties gets in the way. Two situations are one when they differ in nothing that a guard
names; acts are counted up to two, beyond which no guard of the definitions played here looks.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product

from tests.machine.stage import MOVEMENT, at, calendar
from workflow.machine.deciding import decide, needs, opening, opening_needs
from workflow.machine.definition import Alternative, Definition, Start
from workflow.machine.giving import editable_by
from workflow.machine.loading import load
from workflow.values import SYSTEM, Act, Actor, Case, Desk, Facts, Json, Needs, Place, Plan, Refusal, Seat

NOW = at("2017-10-20 09:00")
LATER = NOW + timedelta(days=3_000)
COUNTED = 2
Values = Mapping[str, tuple[Json, ...]]


@dataclass(slots=True)
class Played:
    """Everything that can happen: situations with what follows them, which alternatives fired, turns without a due."""

    follows: dict[object, list[tuple[str, object]]] = field(default_factory=dict)
    cases: dict[object, Case] = field(default_factory=dict)
    fired: set[tuple[str, str, int]] = field(default_factory=set)
    timeless: set[str] = field(default_factory=set)
    ended_well: set[tuple[str, str]] = field(default_factory=set)
    named: frozenset[str] = frozenset()

    @property
    def states(self) -> set[str]:
        return {case.state for case in self.cases.values()}

    def traps(self, definition: Definition, *, without: tuple[str, ...] = ()) -> set[str]:
        """The states in which a case can be that can never end any more, or not unless these people act."""
        ending = {key for key, case in self.cases.items() if _is_settled(definition, case.state)}
        while True:
            more = {
                key
                for key, after in self.follows.items()
                if key not in ending and any(who not in without and to in ending for who, to in after)
            }
            if not more:
                return {case.state for key, case in self.cases.items() if key not in ending}
            ending |= more

    def dead(self, definition: Definition) -> set[tuple[str, str, int]]:
        """The alternatives that never fired, in states that were reached."""
        return {
            (state.name, action.name, position)
            for state in definition.states.values()
            for action in state.actions.values()
            for position in range(len(action.alternatives))
            if state.name in self.states
        } - self.fired


def _is_settled(definition: Definition, state: str) -> bool:
    return definition.states[state].outcome is not None and definition.states[state].turn is None


def play(text: str, values: Values) -> tuple[Definition, Played]:
    """Play a definition with the values that its fields may be given."""
    definition = load(text, path="played.yaml")
    played = Played(named=_named(definition))
    values = {name: found if name in played.named else found[-1:] for name, found in values.items()}
    queue: deque[Case] = deque()
    for case in _openings(definition, values):
        _note(played, queue, case)
    while queue:
        case = queue.popleft()
        key = _key(case, played.named)
        for who, plan in _plans(definition, case, values):
            ends = plan.case.outcome == "good" and case.outcome is None
            if ends and any(way.by == "system" for way in _alternatives(definition, case.state, plan.action)):
                played.ended_well.add((case.state, plan.action))
            if plan.action in definition.states[case.state].actions:
                played.fired.add((case.state, plan.action, plan.alternative))
            played.follows[key].append((who, _key(plan.case, played.named)))
            _note(played, queue, plan.case)
            for opened in _editions(definition, plan):
                _note(played, queue, opened)
    for case in played.cases.values():
        turn = definition.states[case.state].turn
        if turn and turn.due and case.due_at is None:
            played.timeless.add(case.state)
    return definition, played


def _alternatives(definition: Definition, state: str, name: str) -> tuple[Alternative, ...]:
    action = definition.states[state].actions.get(name)
    return action.alternatives if action else ()


def _note(played: Played, queue: deque[Case], case: Case) -> None:
    key = _key(case, played.named)
    if key not in played.cases:
        played.cases[key] = case
        played.follows[key] = []
        queue.append(case)


def _named(definition: Definition) -> frozenset[str]:
    """Everything that stands as a word in any guard."""
    ways = [way for state in definition.states.values() for act in state.actions.values() for way in act.alternatives]
    return frozenset(re.findall(r"[a-z_0-9]+", " ".join(way.when.source for way in ways if way.when)))


def _key(case: Case, named: frozenset[str]) -> object:
    done = tuple(sorted((name, min(found.times, COUNTED)) for name, found in case.done.items() if name in named))
    fields = tuple(sorted((name, repr(value)) for name, value in case.fields.items() if name in named))
    asks = tuple((name, tuple(sorted(ask.answers.items()))) for name, ask in sorted(case.asks.items()) if name in named)
    running = tuple(
        sorted((name, _runs(ledger)) for name, ledger in case.clocks.items() if not name.startswith("turn"))
    )
    return case.state, case.back, done, fields, asks, running


def _runs(ledger: Json) -> bool:
    spans = ledger["spans"] if isinstance(ledger, dict) else []
    return bool(spans) and isinstance(spans, list) and spans[-1][1] is None


def person_of(definition: Definition, who: str) -> int:
    return list(definition.people).index(who) + 1


def _seat(definition: Definition, place: Place) -> tuple[Seat, ...]:
    names = [name for name, party in definition.people.items() if party.place == place]
    holders = tuple(person_of(definition, name) for name in names)
    return (Seat(Desk(place.role, 1 + sum(place.relation.encode())), holders),) if holders else ()


def _facts(definition: Definition, wanted: Needs) -> Facts:
    seats = {place: _seat(definition, place) for place in wanted.places}
    free = {limit: dict[int, int]() for limit in wanted.limits}
    return Facts(seats, MOVEMENT if wanted.movement else None, dict.fromkeys(wanted.links, ()), held=free)


def _actor(definition: Definition, who: str) -> Actor:
    desks = [seat.desk for seat in _seat(definition, definition.people[who].place)]
    return Actor(person_of(definition, who), frozenset(desks))


def _openings(definition: Definition, values: Values) -> Iterator[Case]:
    for start in definition.starts:
        yield from _started(definition, start, values)


def _started(definition: Definition, start: Start, values: Values) -> Iterator[Case]:
    if start.by == "movement":
        yield from _opened(definition, SYSTEM, {}, at=None)
        return
    names = editable_by(definition, definition.states[start.to], start.by)
    for fields in _inputs(names, values):
        yield from _opened(definition, _actor(definition, start.by), fields, at=None)


def _editions(definition: Definition, plan: Plan) -> Iterator[Case]:
    # Cases of other definitions go their own ways.
    for wanted in (opened for opened in plan.openings if opened.definition == definition.name):
        mover = Actor(person_of(definition, next(iter(definition.people))), link="HS-1")
        yield from _opened(definition, mover, wanted.fields, at=wanted.state)


def _opened(definition: Definition, actor: Actor, fields: Mapping[str, Json], *, at: str | None) -> Iterator[Case]:
    facts = _facts(definition, opening_needs(definition, at=at))
    answer = opening(
        definition, case_id=1, code="HS-1", unit=1, movement=1, fields=fields, actor=actor, facts=facts, now=NOW,
        calendar=calendar(), at=at,
    )  # fmt: skip
    if isinstance(answer, Plan):
        yield answer.case


def _inputs(names: tuple[str, ...] | list[str], values: Values) -> Iterator[dict[str, Json]]:
    for chosen in product(*(values.get(name, ()) or (None,) for name in names)):
        yield {name: value for name, value in zip(names, chosen, strict=True) if value is not None or name in values}


def _plans(definition: Definition, case: Case, values: Values) -> Iterator[tuple[str, Plan]]:
    """Go through everything that anybody can do, with who does it."""
    state = definition.states[case.state]
    for action in state.actions.values():
        for who in dict.fromkeys(way.by for way in action.alternatives):
            if who in definition.people:
                gives = {name for way in action.alternatives if way.by == who for name in way.give}
                names = sorted({*editable_by(definition, state, who), *gives})
                for inputs in _inputs(names, values):
                    yield from _act(definition, case, Act(action.name, inputs), who)
            elif who == "link":
                yield from _act(definition, case, Act(action.name), who)
    if any(way.by == "system" for action in state.actions.values() for way in action.alternatives):
        for now in (NOW, LATER):
            yield from _act(definition, case, Act("due:wake"), "system", now=now)
    for ask in state.asks.values():
        for answer in ask.answers:
            yield from _act(definition, case, Act(f"answer:{ask.name}", {"answer": answer.name}), ask.of)


def _act(definition: Definition, case: Case, act: Act, who: str, *, now=NOW) -> Iterator[tuple[str, Plan]]:
    outsiders = {"system": SYSTEM, "link": Actor(1, link="HS-2")}
    actor = outsiders.get(who) or _actor(definition, who)
    facts = _facts(definition, needs(definition, case, act))
    answer = decide(definition, case, act, actor=actor, facts=facts, now=now, calendar=calendar())
    if not isinstance(answer, Refusal):
        yield who, answer
