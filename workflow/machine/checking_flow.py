"""Which fields are surely filled where, and what would be read while it may still be empty.

A forward analysis over the configurations: an act fills what must be given with it, and whoever may edit a field may
also empty it. Guards are typed once more with the fields that may be empty at their place. Knows no guard's value.
Called by `checking`.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace

from workflow.machine.checking_graph import Configuration, Move, Reached, Way, path_of
from workflow.machine.definition import Alternative, Definition, DueDate, OpenCase, Turn
from workflow.machine.expressions import ExpressionFault, Guard, compile_expression, maybe, sentence
from workflow.machine.faults import Finding, Step, finding_at
from workflow.machine.giving import editable_by
from workflow.values import Text

Filled = Mapping[Configuration, frozenset[str]]


def flow_findings(definition: Definition, reached: Reached) -> Iterator[Finding]:
    """Check that nothing reads a field that may be empty."""
    filled = surely_filled(definition, reached)
    if definition.start.when:
        yield from _guard(definition, definition.start.when, "start.when", known=frozenset(), steps=())
    for configuration, moves in reached.moves.items():
        steps = reached.path_to(configuration)
        known = filled[configuration]
        yield from _turn(definition, configuration, known=known, steps=steps)
        yield from _asks(definition, configuration, known=known, steps=steps)
        for move in moves:
            yield from _alternative(definition, move.way, known=known, steps=steps)


def surely_filled(definition: Definition, reached: Reached) -> Filled:
    """Find for each configuration the fields that every way there has filled."""
    first = next(iter(reached.moves))
    filled: dict[Configuration, frozenset[str]] = {first: frozenset()}
    queue = deque([first])
    while queue:
        at = queue.popleft()
        for move in reached.moves[at]:
            for target, found in _leads(definition, move, filled[at]):
                now = filled[target] & found if target in filled else found
                if now != filled.get(target):
                    filled[target] = now
                    queue.append(target)
    return filled


def _leads(definition: Definition, move: Move, known: frozenset[str]) -> Iterator[tuple[Configuration, frozenset[str]]]:
    alternative = _alternative_of(definition, move.way)
    yield move.to, _with_act(definition, move.way, known).union(name for name, _ in alternative.sets)
    if move.opened and alternative.open:
        yield move.opened, _copied(alternative.open, known)


def _copied(opens: OpenCase, known: frozenset[str]) -> frozenset[str]:
    if opens.copy == "all":
        return known
    return known.intersection(() if opens.copy == "none" else opens.copy)


def _with_act(definition: Definition, way: Way, known: frozenset[str]) -> frozenset[str]:
    """Say what is filled once the act is handed in: not what its actor may have emptied, but all it must give."""
    alternative = _alternative_of(definition, way)
    editable = editable_by(definition, definition.states[way.state], alternative.by)
    return (known - set(editable)) | set(alternative.give)


def _alternative_of(definition: Definition, way: Way) -> Alternative:
    return definition.states[way.state].actions[way.action].alternatives[way.position]


def _alternative(
    definition: Definition, way: Way, *, known: frozenset[str], steps: tuple[Step, ...]
) -> Iterator[Finding]:
    alternative = _alternative_of(definition, way)
    given = _with_act(definition, way, known)
    for key, guard in (("when", alternative.when), ("warn", alternative.warn)):
        if guard:
            yield from _guard(definition, guard, path_of(definition, way, key), known=given, steps=steps)
    for name, guard in alternative.sets:
        yield from _guard(definition, guard, path_of(definition, way, f"set.{name}"), known=given, steps=steps)
    for clock in definition.clocks.values():
        due = clock.due
        if way.action in clock.starts and isinstance(due, DueDate) and due.source == "field" and due.name not in given:
            path = f"clocks.{clock.name}"
            yield finding_at(definition, "due_maybe_empty", path, steps=steps, field=due.name)


def _asks(
    definition: Definition, configuration: Configuration, *, known: frozenset[str], steps: tuple[Step, ...]
) -> Iterator[Finding]:
    state = definition.states[configuration.state]
    for ask in state.asks.values():
        for name, guard in ask.result:
            if guard:
                path = f"states.{state.name}.ask.{ask.name}.result.{name}"
                yield from _guard(definition, guard, path, known=known, steps=steps)


def _turn(
    definition: Definition, configuration: Configuration, *, known: frozenset[str], steps: tuple[Step, ...]
) -> Iterator[Finding]:
    """Check that a turn that is due until a field's date has the date, and that its people's unit is named."""
    turn = definition.states[configuration.state].turn
    if turn is None:
        return
    path = f"states.{configuration.state}.turn"
    due = turn.due
    if isinstance(due, DueDate) and due.source == "field" and due.name not in known:
        yield finding_at(definition, "due_maybe_empty", f"{path}.due", steps=steps, field=due.name)
    for name in _unit_fields(definition, turn):
        if name not in known:
            yield finding_at(definition, "place_maybe_empty", path, steps=steps, field=name)


def _unit_fields(definition: Definition, turn: Turn) -> Iterator[str]:
    for who in (turn.who, turn.late):
        party = definition.people.get(who) if who else None
        kind, _, name = party.place.relation.partition(":") if party else ("", "", "")
        if kind == "field" and party and party.fallback is None and not party.skip:
            yield name


def _guard(
    definition: Definition, guard: Guard, path: str, *, known: frozenset[str], steps: tuple[Step, ...]
) -> Iterator[Finding]:
    empty = {name for name in (*definition.fields, "comment") if name not in known}
    names = {name: maybe(type_) if name in empty else type_ for name, type_ in guard.environment.names.items()}
    try:
        compile_expression(guard.source, replace(guard.environment, names=names))
    except ExpressionFault as fault:
        found = finding_at(definition, fault.code, path, steps=steps)
        yield replace(found, said=Text(sentence(fault, "vi"), sentence(fault, "en")))
