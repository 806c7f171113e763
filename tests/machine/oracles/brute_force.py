"""Brute force: play every act of everybody, with every value, through the real rules, until nothing new comes about.

Knows nothing of the verifier: what it finds is what `decide` lets happen. One person stands behind each name under
`people`, so no separation of duties gets in the way. Cases on lists are those that stand in, wherever they moved since.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product

from tests.machine.oracles.brute_force_facts import LISTED, facts_of
from tests.machine.oracles.filling import values_of
from tests.machine.oracles.people import actor_of, actors_of, people_of, person_of
from tests.machine.oracles.situations import key_of, named_in, overwritten
from tests.machine.oracles.standing_in import looks, stand_ins
from tests.support.scenes import at, calendar
from workflow.machine.case import editable_by, pinned
from workflow.machine.deciding import decide, needs, opening, opening_needs
from workflow.machine.definition import Action, Alternative, Ask, Definition, Start, State
from workflow.machine.loading.loader import load
from workflow.values import SYSTEM, Act, Actor, Case, Json, Plan, Refusal

NOW = at("2017-10-20 09:00")
LATER = NOW + timedelta(days=3_000)
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


def play(text: str, values: Values | None = None) -> tuple[Definition, Played]:
    """Play a definition with the values that its fields may be given."""
    definition = load(text, path="played.yaml")
    values = values_of(definition) if values is None else values
    played = Played(named=named_in(definition))
    values = {name: found if name in played.named else found[-1:] for name, found in values.items()}
    queue: deque[Case] = deque()
    for case in _openings(definition, values):
        _note(definition, played, queue, case)
    while queue:
        case = queue.popleft()
        key = key_of(definition, case, played.named)
        for doer, plan in _plans(definition, case, values):
            who = _speaker(definition, case, plan) or doer
            ends = plan.case.outcome == "good" and case.outcome is None and not _is_answered(case)
            if ends and any(way.by == "system" for way in _alternatives(definition, case.state, plan.action)):
                played.ended_well.add((case.state, plan.action))
            if plan.action in definition.states[case.state].actions:
                played.fired.add((case.state, plan.action, plan.alternative))
            played.follows[key].append((who, key_of(definition, plan.case, played.named)))
            _note(definition, played, queue, plan.case)
            for opened in _editions(definition, plan):
                _note(definition, played, queue, opened)
    for case in played.cases.values():
        turn = definition.states[case.state].turn
        if turn and turn.due and case.due_at is None:
            played.timeless.add(case.state)
    return definition, played


def _is_answered(case: Case) -> bool:
    """Tell whether people, and not silence, answered what is asked."""
    return any(f"{kind}:{name}" in case.done for name in case.asks for kind in ("answer", "count"))


def _speaker(definition: Definition, case: Case, plan: Plan) -> str | None:
    """Name the external party whose answer an act records: the act happens only once they have given it."""
    turn = definition.states[case.state].turn
    ways = _alternatives(definition, case.state, plan.action)
    given = ways[plan.alternative].requires if ways and plan.alternative is not None else ()
    origins = {definition.fields[name].origin for name in given if name in definition.fields}
    return turn.who if turn and turn.who in definition.external and turn.who in origins else None


def _alternatives(definition: Definition, state: str, name: str) -> tuple[Alternative, ...]:
    action = definition.states[state].actions.get(name)
    return action.alternatives if action else ()


def _note(definition: Definition, played: Played, queue: deque[Case], case: Case) -> None:
    key = key_of(definition, case, played.named)
    if key not in played.cases:
        played.cases[key] = case
        played.follows[key] = []
        queue.append(case)


def _openings(definition: Definition, values: Values) -> Iterator[Case]:
    for start in definition.starts:
        yield from _started(definition, start, values)


def _started(definition: Definition, start: Start, values: Values) -> Iterator[Case]:
    if start.by in ("movement", "link"):
        opener = SYSTEM if start.by == "movement" else Actor(1, link="HS-2")
        yield from _opened(definition, opener, {}, at=None if start.by == "movement" else start.to)
        return
    names = editable_by(definition, definition.states[start.to], start.by)
    if start.when is None:
        names = tuple(name for name in names if name not in overwritten(definition, start.to))
    for fields in _inputs(names, values):
        yield from _opened(definition, actor_of(definition, start.by), fields, at=None)


def _editions(definition: Definition, plan: Plan) -> Iterator[Case]:
    # Cases of other definitions go their own ways.
    for wanted in (opened for opened in plan.openings if opened.definition == definition.name):
        mover = Actor(person_of(definition, next(iter(definition.people))), link="HS-1")
        yield from _opened(definition, mover, wanted.fields, at=wanted.state)


def _opened(definition: Definition, actor: Actor, fields: Mapping[str, Json], *, at: str | None) -> Iterator[Case]:
    facts = facts_of(definition, opening_needs(definition, at=at))
    answer = opening(
        definition, case_id=1, code="HS-1", unit=1, movement=1, fields=fields, actor=actor, facts=facts, now=NOW,
        calendar=calendar(), at=at, params=pinned(definition),
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
                yield from _all_inputs(definition, case, action, who, values)
            elif who == "link":
                yield from _act(definition, case, Act(action.name), who)
    if any(way.by == "system" for action in state.actions.values() for way in action.alternatives):
        for now in (NOW, LATER):
            yield from _act(definition, case, Act("due:wake"), "system", now=now)
    for ask in state.asks.values():
        for answer in ask.answers:
            yield from _answered(definition, case, ask, answer.name)
        if ask.silence:
            yield from _act(definition, case, Act(f"due:{ask.name}"), "system", now=LATER)


def _all_inputs(
    definition: Definition, case: Case, action: Action, who: str, values: Values
) -> Iterator[tuple[str, Plan]]:
    """Try an act with everything that may be handed in, and late too where guards ask for the day."""
    state = definition.states[case.state]
    gives = {name for way in action.alternatives if way.by == who for name in way.requires}
    names = sorted({*editable_by(definition, state, who), *gives} - definition.members.keys())
    late = any(word in way.when.source for way in action.alternatives if way.when for word in ("overdue", "today"))
    for now in (NOW, LATER) if late else (NOW,):
        for inputs in _inputs(names, values | _wanted(action, who, values)):
            for lists in _lists(definition, state, who):
                yield from _act(definition, case, Act(action.name, inputs | lists), who, now=now)


def _wanted(action: Action, who: str, values: Values) -> Values:
    """List the values of what every alternative wants, without leaving it out: that is refused, whatever the rest."""
    wanted = set.intersection(*({*way.requires} for way in action.alternatives if way.by == who))
    return {name: tuple(value for value in values[name] if value is not None) for name in wanted if name in values}


def _answered(definition: Definition, case: Case, ask: Ask, answer: str) -> Iterator[tuple[str, Plan]]:
    """Let everybody who is asked answer alike, or on paper."""
    if ask.name not in case.asks:
        return
    lines = list(case.asks[ask.name].lines)
    if ask.paper:
        turn, all_ = definition.states[case.state].turn, len(case.asks[ask.name].members)
        counted = {each.name: all_ if each.name == answer else 0 for each in ask.answers}
        count: dict[str, Json] = {"issued": all_, "collected": all_, "valid": all_, "invalid": 0, **counted}
        said: Json = dict.fromkeys(lines, count) if ask.about else count
        yield from _act(definition, case, Act(f"count:{ask.name}", {"count": said}), turn.who if turn else ask.of)
    if not ask.secret:
        given: Json = dict.fromkeys(lines, answer) if ask.about else answer
        for who in ask.parties:
            after = _all_answer(definition, case, Act(f"answer:{ask.name}", {"answer": given}), who)
            if after:
                yield who, after


def _all_answer(definition: Definition, case: Case, act: Act, who: str) -> Plan | None:
    """Let those behind a name answer one after the other, as long as they are asked."""
    last: Plan | None = None
    for person in people_of(definition, who):
        actor = actor_of(definition, who, person)
        for _, plan in _decided(definition, last.case if last else case, act, actor, who):
            last = plan
    return last


def _lists(definition: Definition, state: State, who: str) -> Iterator[dict[str, Json]]:
    """Leave the lists as they are, or put on each one that stands in: of the first kind, of the second, and so on."""
    others = {name: found for name, found in stand_ins(definition).items() if name in state.edit.get(who, ())}
    yield {}
    for position in range(max(map(len, others.values()), default=0)):
        yield {name: [found[position % len(found)][1].case.code] for name, found in others.items()}


def _act(definition: Definition, case: Case, act: Act, who: str, *, now=NOW) -> Iterator[tuple[str, Plan]]:
    outsiders = {"system": SYSTEM, "link": Actor(1, link="HS-2")}
    for actor in (outsiders[who],) if who in outsiders else actors_of(definition, who):
        yield from _decided(definition, case, act, actor, who, now=now)


def _decided(
    definition: Definition, case: Case, act: Act, actor: Actor, who: str, *, now=NOW
) -> Iterator[tuple[str, Plan]]:
    laws = {law.hash: law for found in stand_ins(definition).values() for law, _ in found}
    for look in looks(definition):
        facts = facts_of(definition, needs(definition, case, act), case, look)
        answer = decide(definition, case, act, actor=actor, facts=facts, now=now, calendar=calendar(), definitions=laws)
        if isinstance(answer, Refusal):
            continue
        on = {*answer.links_added, *map(tuple, case.params.get(LISTED) or ())} - {*answer.links_removed}
        listed = {**answer.case.params, LISTED: [[*each] for each in sorted(on)]}
        listed = listed if definition.members else answer.case.params
        yield who, answer._replace(case=answer.case._replace(params=listed))
