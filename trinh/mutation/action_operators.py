"""Small wrongs done to the actions of a definition: arrows, guards, what is asked for, who acts, what follows.

Each operator yields changed definitions, one change at a time; the table of operators stands in `operators`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from workflow.machine.definition import Action, Alternative, Definition, State
from workflow.machine.expressions import Compare, ExpressionFault, Guard, Node, children, compile_expression

Change = tuple[str, str, Definition]
"""The path in the file, the change in short, and the changed definition."""
_NEIGHBOURS: Mapping[str, str] = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}


def with_state(definition: Definition, state: State) -> Definition:
    """Put a changed state in the place of the old one."""
    return replace(definition, states={**definition.states, state.name: state})


def without_action(definition: Definition) -> Iterator[Change]:
    """Drop an action."""
    for state, action in _actions(definition):
        rest = {name: other for name, other in state.actions.items() if name != action.name}
        yield _path(state, action), f"- {action.name}", with_state(definition, replace(state, actions=rest))


def other_target(definition: Definition) -> Iterator[Change]:
    """Let an arrow lead to the next state of the file instead of its own."""
    names = list(definition.states)
    for state, action, position, way in ways_of(definition):
        if way.to is not None:
            start = names.index(way.to) if way.to in names else names.index(state.name)
            target = next(name for name in [*names[start + 1 :], *names] if name != way.to)
            yield _changed(definition, state, action, position, replace(way, to=target), f"{way.to} > {target}")


def stays(definition: Definition) -> Iterator[Change]:
    """Let an act no longer change the state."""
    for state, action, position, way in ways_of(definition):
        if way.to is not None:
            yield _changed(definition, state, action, position, replace(way, to=None), f"{way.to} > –")


def without_guard(definition: Definition) -> Iterator[Change]:
    """Drop a guard."""
    for state, action, position, way in ways_of(definition):
        if way.when:
            yield _changed(definition, state, action, position, replace(way, when=None), f"- {way.when.source}")


def neighbouring_comparison(definition: Definition) -> Iterator[Change]:
    """Shift a comparison to its neighbour."""
    for state, action, position, way in ways_of(definition):
        for guard in varied(way.when):
            yield _changed(definition, state, action, position, replace(way, when=guard), guard.source)


def gives_less(definition: Definition) -> Iterator[Change]:
    """Ask for one field less."""
    for state, action, position, way in ways_of(definition):
        for name in way.requires:
            rest = tuple(other for other in way.requires if other != name)
            yield _changed(definition, state, action, position, replace(way, requires=rest), f"- {name}")


def other_actor(definition: Definition) -> Iterator[Change]:
    """Let somebody else act."""
    people = list(definition.people)
    for state, action, position, way in ways_of(definition):
        if way.by in people and len(people) > 1:
            other = people[(people.index(way.by) + 1) % len(people)]
            yield _changed(definition, state, action, position, replace(way, by=other), f"{way.by} > {other}")


def without_linked_act(definition: Definition) -> Iterator[Change]:
    """Drop an act on linked cases."""
    for state, action, position, way in ways_of(definition):
        for link in way.each:
            rest = tuple(other for other in way.each if other != link)
            yield _changed(definition, state, action, position, replace(way, each=rest), f"- each {link[0]}")


def without_opening(definition: Definition) -> Iterator[Change]:
    """Open no linked case."""
    for state, action, position, way in ways_of(definition):
        if way.open:
            yield _changed(definition, state, action, position, replace(way, open=None), f"- open {way.open.link}")


def sets_nothing(definition: Definition) -> Iterator[Change]:
    """Leave a value unset."""
    for state, action, position, way in ways_of(definition):
        for pair in way.sets:
            rest = tuple(other for other in way.sets if other != pair)
            yield _changed(definition, state, action, position, replace(way, sets=rest), f"- set {pair[0]}")


def notifies_nobody(definition: Definition) -> Iterator[Change]:
    """Notify nobody."""
    for state, action, position, way in ways_of(definition):
        if way.notify:
            yield _changed(definition, state, action, position, replace(way, notify=()), "- notify")


def swapped_alternatives(definition: Definition) -> Iterator[Change]:
    """Reverse the order of alternatives."""
    for state, action in _actions(definition):
        if len(action.alternatives) > 1:
            swapped = replace(action, alternatives=action.alternatives[::-1])
            yield _path(state, action), "swapped", _with_action(definition, state, swapped)


def _actions(definition: Definition) -> Iterator[tuple[State, Action]]:
    for state in definition.states.values():
        for action in state.actions.values():
            yield state, action


def ways_of(definition: Definition) -> Iterator[tuple[State, Action, int, Alternative]]:
    """Go through every alternative with its state, action and position."""
    for state, action in _actions(definition):
        for position, way in enumerate(action.alternatives):
            yield state, action, position, way


def _path(state: State, action: Action) -> str:
    return f"states.{state.name}.actions.{action.name}"


def _with_action(definition: Definition, state: State, action: Action) -> Definition:
    return with_state(definition, replace(state, actions={**state.actions, action.name: action}))


def _changed(
    definition: Definition, state: State, action: Action, position: int, way: Alternative, change: str
) -> Change:
    ways = (*action.alternatives[:position], way, *action.alternatives[position + 1 :])
    return _path(state, action), change, _with_action(definition, state, replace(action, alternatives=ways))


def varied(guard: Guard | None) -> Iterator[Guard]:
    """Shift each comparison of a guard to its neighbour; what no longer compiles is no mutant."""
    if guard is None:
        return
    for node in _comparisons(guard.tree):
        between = guard.source[node.left.end : node.right.start].replace(node.sign, _NEIGHBOURS[node.sign])
        source = guard.source[: node.left.end] + between + guard.source[node.right.start :]
        try:
            yield compile_expression(source, guard.environment)
        except ExpressionFault:
            continue


def _comparisons(node: Node) -> Iterator[Compare]:
    if isinstance(node, Compare):
        yield node
    for part in children(node):
        yield from _comparisons(part)
