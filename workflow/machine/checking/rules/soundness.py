"""Whether a case can always still end, whatever was filled in, counted or voted; and what can never be done.

Knows the situations, not how they were found. What only an unsure step leads to is reported as undecided.
"""

from collections.abc import Collection, Iterator

from workflow.machine.checking.search import NOT_PUT, VOTING, Situation, Situations, Way, all_before, path_of, ways_of
from workflow.machine.definition import Definition, Finding, Severity, finding_at


def soundness_findings(
    definition: Definition, situations: Situations, *, known: Collection[Way], told: Collection[str] = ()
) -> Iterator[Finding]:
    """Check weak termination, lost states and dead ways.

    Other checks have reported on the ways that are `known` and on the states that are `told` of.
    """
    if not situations.complete:
        yield finding_at(definition, "too_many_configurations", "states", severity="undecided")
        return
    yield from _stuck(definition, situations, set(told))
    taken = {move.way for moves in situations.moves.values() for move in moves}
    reached = {situation.state for situation in situations.moves}
    for name in definition.states:
        if name not in reached:
            yield finding_at(definition, "unreachable", f"states.{name}", state=name)
    for way, _ in ways_of(definition):
        if way not in taken and way.state in reached and way not in known:
            path = path_of(definition, way)
            yield finding_at(definition, "dead_action", path, action=way.action, state=way.state)


def _stuck(definition: Definition, situations: Situations, told: set[str]) -> Iterator[Finding]:
    ending = ending_of(definition, situations)
    for situation in situations.moves:
        parent = situations.parents[situation][0]
        if situation in ending or (parent is not None and parent not in ending) or situation.state in told:
            continue
        told.add(situation.state)
        steps, sure = situations.path_to(situation)
        severity: Severity = "error" if sure else "undecided"
        yield finding_at(
            definition,
            "may_get_stuck",
            f"states.{situation.state}",
            severity=severity,
            steps=steps,
            state=situation.state,
            because=said_of(situation, situations),
        )


def ending_of(definition: Definition, situations: Situations) -> set[Situation]:
    """Find all situations from which an end can still be reached."""
    before: dict[Situation, list[Situation]] = {situation: [] for situation in situations.moves}
    for situation, moves in situations.moves.items():
        for move in moves:
            if not move.opened:
                before[move.to].append(situation)
    states = definition.states
    return all_before(before, (at for at in situations.moves if states[at.state].is_settled))


def said_of(situation: Situation, situations: Situations) -> tuple[str, ...]:
    """Write down what is settled in a situation, as guards would read it."""
    settled = [(name, result) for name, result in situation.asks if result != VOTING]
    asks = [f"{name}: –" if result == NOT_PUT else f"{name}.{result}" for name, result in settled]
    facts = [
        f"{name} = {'–' if value is None else value}"
        for name, value in zip(situations.memory.names, situation.remembered, strict=True)
    ]
    return (*asks, *facts)
