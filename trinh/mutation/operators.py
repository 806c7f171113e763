"""Small wrongs done to a definition, one at a time, to see whether its walks notice: if not, nobody tried that rule.

One table of operators; each says where it was applied. Knows the shape of definitions and nothing of walks; changes to
actions stand in `action_operators`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

from trinh.mutation import action_operators
from trinh.mutation.action_operators import Change, varied, ways_of, with_state
from workflow.machine.definition import Budget, Clock, Definition, Due, DueDate
from workflow.values import Tone

BACK = "back"
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Mutant:
    """A definition with one thing changed: by which operator, at which path of the file, from what to what."""

    operator: str
    path: str
    change: str
    definition: Definition


def mutants(definition: Definition) -> Iterator[Mutant]:
    """Go through every change of every operator; each gets an identity of its own."""
    number = 0
    for operator, changes in OPERATORS.items():
        for path, change, changed in changes(definition):
            number += 1
            yield Mutant(operator, path, change, replace(changed, hash=f"{definition.hash}:{number}"))


def _may_be_one_person(definition: Definition) -> Iterator[Change]:
    """Take an act out of a group; what another group still forbids has not changed."""
    forbidden = _pairs(definition.separate)
    for position, group in enumerate(definition.separate):
        for name in group if len(group) > _PAIR else group[:1]:
            smaller = tuple(other for other in group if other != name)
            groups = (*definition.separate[:position], smaller, *definition.separate[position + 1 :])
            if _pairs(groups) != forbidden:
                changed = replace(definition, separate=tuple(acts for acts in groups if len(acts) > 1))
                yield f"separate.{position}", f"- {name}", changed


def _other_turn(definition: Definition) -> Iterator[Change]:
    people = list(definition.people)
    for state in definition.states.values():
        if state.turn and state.turn.who in people and len(people) > 1:
            other = people[(people.index(state.turn.who) + 1) % len(people)]
            turn = replace(state.turn, who=other)
            change = f"{state.turn.who} > {other}"
            yield f"states.{state.name}.turn", change, with_state(definition, replace(state, turn=turn))


def _other_due(definition: Definition) -> Iterator[Change]:
    for state in definition.states.values():
        if state.turn and isinstance(state.turn.due, Budget | DueDate):
            for due in _later(state.turn.due):
                turn = replace(state.turn, due=due)
                yield f"states.{state.name}.turn.due", "+ 1", with_state(definition, replace(state, turn=turn))


def _without_due(definition: Definition) -> Iterator[Change]:
    for state in definition.states.values():
        if state.turn and state.turn.due:
            turn = replace(state.turn, due=None)
            yield f"states.{state.name}.turn.due", "- due", with_state(definition, replace(state, turn=turn))


def _other_outcome(definition: Definition) -> Iterator[Change]:
    for state in definition.states.values():
        if state.outcome:
            other: Tone = "bad" if state.outcome != "bad" else "good"
            change = f"{state.outcome} > {other}"
            yield f"states.{state.name}.outcome", change, with_state(definition, replace(state, outcome=other))


def _edits_nothing(definition: Definition) -> Iterator[Change]:
    for state in definition.states.values():
        if state.edit:
            yield f"states.{state.name}.edit", "- edit", with_state(definition, replace(state, edit={}))


def _without_ask(definition: Definition) -> Iterator[Change]:
    for state in definition.states.values():
        for name in state.asks:
            rest = {other: ask for other, ask in state.asks.items() if other != name}
            yield f"states.{state.name}.ask.{name}", "- ask", with_state(definition, replace(state, asks=rest))


def _other_result(definition: Definition) -> Iterator[Change]:
    for state in definition.states.values():
        for name, ask in state.asks.items():
            for position, (result, guard) in enumerate(ask.result):
                for other in varied(guard):
                    results = (*ask.result[:position], (result, other), *ask.result[position + 1 :])
                    changed = replace(state, asks={**state.asks, name: replace(ask, result=results)})
                    yield f"states.{state.name}.ask.{name}", other.source, with_state(definition, changed)


def _silence_says_nothing(definition: Definition) -> Iterator[Change]:
    for state in definition.states.values():
        for name, ask in state.asks.items():
            if ask.silence:
                changed = replace(state, asks={**state.asks, name: replace(ask, silence=None)})
                yield f"states.{state.name}.ask.{name}", f"- {ask.silence}", with_state(definition, changed)


def _other_clock(definition: Definition) -> Iterator[Change]:
    for name, clock in definition.clocks.items():
        for change, other in _clock_changes(definition, clock):
            yield f"clocks.{name}", change, replace(definition, clocks={**definition.clocks, name: other})


def _other_escalation(definition: Definition) -> Iterator[Change]:
    for position, step in enumerate(definition.escalation):
        rest = (*definition.escalation[:position], *definition.escalation[position + 1 :])
        yield f"escalation.{position}", "- step", replace(definition, escalation=rest)
        moved = replace(step, after=step.after + 1)
        steps = (*definition.escalation[:position], moved, *definition.escalation[position + 1 :])
        yield f"escalation.{position}", "+ 1", replace(definition, escalation=steps)


def _smaller_minimum(definition: Definition) -> Iterator[Change]:
    for name, field in definition.fields.items():
        if field.min and not (field.type == "table" and field.min == 1):
            less = replace(field, min=None)
            yield f"fields.{name}.min", "- min", replace(definition, fields={**definition.fields, name: less})
        if field.numbered:
            plain = replace(field, numbered=False)
            yield f"fields.{name}", "- numbered", replace(definition, fields={**definition.fields, name: plain})
        if field.origin:
            ours = replace(field, origin=None)
            yield f"fields.{name}", "- from", replace(definition, fields={**definition.fields, name: ours})


def _opened_less(definition: Definition) -> Iterator[Change]:
    """Drop one of several ways to open a case."""
    for position, start in enumerate(definition.starts if len(definition.starts) > 1 else ()):
        rest = (*definition.starts[:position], *definition.starts[position + 1 :])
        yield f"start.{position}", f"- {start.by} to {start.to}", replace(definition, starts=rest)


OPERATORS: Mapping[str, Callable[[Definition], Iterator[Change]]] = {
    "action dropped": action_operators.without_action,
    "leads elsewhere": action_operators.other_target,
    "leads nowhere": action_operators.stays,
    "guard dropped": action_operators.without_guard,
    "comparison shifted": action_operators.neighbouring_comparison,
    "asks for less": action_operators.gives_less,
    "somebody else acts": action_operators.other_actor,
    "linked act dropped": action_operators.without_linked_act,
    "opening dropped": action_operators.without_opening,
    "value not set": action_operators.sets_nothing,
    "nobody notified": action_operators.notifies_nobody,
    "alternatives swapped": action_operators.swapped_alternatives,
    "separation loosened": _may_be_one_person,
    "somebody else's turn": _other_turn,
    "due a day later": _other_due,
    "due dropped": _without_due,
    "outcome changed": _other_outcome,
    "nothing editable": _edits_nothing,
    "question dropped": _without_ask,
    "result shifted": _other_result,
    "silence says nothing": _silence_says_nothing,
    "clock changed": _other_clock,
    "escalation changed": _other_escalation,
    "requirement dropped": _smaller_minimum,
    "way to open dropped": _opened_less,
}
"""Every operator by the name under which reports count it."""


def _later(due: Due) -> Iterator[Due]:
    """Make a due a day later, where it says how many days."""
    if isinstance(due, Budget) and isinstance(due.count, int):
        yield replace(due, count=due.count + 1)
    elif isinstance(due, DueDate):
        yield replace(due, edge="until" if due.edge == "before" else "before")


def _clock_changes(definition: Definition, clock: Clock) -> Iterator[tuple[str, Clock]]:
    for due in _later(clock.due):
        yield "due", replace(clock, due=due)
    for name in clock.starts:
        yield f"- starts {name}", replace(clock, starts=tuple(other for other in clock.starts if other != name))
    for name in filter(partial(_leads_to_a_turn, definition), clock.stops):
        yield f"- stops {name}", replace(clock, stops=tuple(other for other in clock.stops if other != name))
    for name in clock.extend:
        yield (
            f"- extend {name}",
            replace(clock, extend={other: to for other, to in clock.extend.items() if other != name}),
        )
    if isinstance(clock.due, Budget):
        yield "again", replace(clock, again="restart" if clock.again == "continue" else "continue")


def _leads_to_a_turn(definition: Definition, action: str) -> bool:
    """Whether somebody may have a turn after an action; if not, no walk can see whether a clock still runs."""
    ways = [way for _, candidate, _, way in ways_of(definition) if candidate.name == action]
    return any(way.to is None or way.to == BACK or definition.states[way.to].turn for way in ways)


def _pairs(groups: Iterable[tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
    return frozenset(pair for group in groups for pair in combinations(sorted(group), 2))
