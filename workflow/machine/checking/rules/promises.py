"""What a definition promises to people: somebody is waited for, lateness reaches somebody, the system comes to rest.

Checks of single states, of the escalation, of links and of circles of the system; no search is needed for them.
"""

from collections.abc import Iterator

from workflow.machine.case import answers, awaited, chasers, may_be_nobody
from workflow.machine.checking.search import BACK, Way, hold_together, path_of, ways_of
from workflow.machine.definition import (
    ESCALATE_TO,
    LINK,
    SYSTEM,
    TURN,
    Alternative,
    Definition,
    Finding,
    Severity,
    State,
    Turn,
    finding_at,
)
from workflow.machine.expressions import Guard

LONGEST_CIRCLE = 6


def promise_findings(definition: Definition) -> Iterator[Finding]:
    """Check turns, escalation, links and the system's own acts."""
    for state in definition.states.values():
        yield from _waits(definition, state)
    yield from _escalation(definition)
    yield from _extensions(definition)
    yield from _receivers(definition)
    yield from _loops(definition)


def _waits(definition: Definition, state: State) -> Iterator[Finding]:
    path = f"states.{state.name}"
    if state.turn is None:
        if state.outcome is None:
            yield finding_at(definition, "neither_turn_nor_outcome", path, state=state.name)
        return
    if awaited(definition, state):
        yield from _answered(definition, state, who=state.turn.who)
        return
    theirs = {alternative.by for action in state.actions.values() for alternative in action.alternatives}
    if state.turn.who not in theirs:
        yield finding_at(definition, "waits_for_nobody", f"{path}.turn.who", state=state.name, who=state.turn.who)


def _answered(definition: Definition, state: State, *, who: str) -> Iterator[Finding]:
    """Check that an external party's answer can be recorded, and that people leave its turn with that answer only."""
    if not chasers(definition, state.name):
        path = f"states.{state.name}.turn.who"
        yield finding_at(definition, "answer_not_recorded", path, state=state.name, who=who)
        return
    for way, alternative in ways_of(definition):
        leaves = (
            way.state == state.name
            and alternative.to not in (None, state.name)
            and alternative.by not in (SYSTEM, LINK)
        )
        if leaves and not answers(definition, state, alternative):
            yield finding_at(definition, "left_without_answer", path_of(definition, way), action=way.action, who=who)


def _escalation(definition: Definition) -> Iterator[Finding]:
    """Check that a passed due moment always reaches somebody: the last step is never empty."""
    timed = [state for state in definition.states.values() if state.turn and state.turn.due]
    if not timed:
        return
    last = definition.escalation[-1] if definition.escalation else None
    if last is None or last.after < 0:
        yield finding_at(definition, "nothing_when_late", "escalation", state=timed[0].name)
        return
    for state in timed:
        if state.turn:
            yield from _last_step(definition, state, state.turn, who=last.who)


def _extensions(definition: Definition) -> Iterator[Finding]:
    """Check that whoever extends a clock hands in the new date and an apology."""
    for clock in definition.clocks.values():
        for way, alternative in ways_of(definition):
            if way.action not in clock.extend:
                continue
            action, name, path = way.action, clock.name, path_of(definition, way)
            field = clock.extend[action]
            if field not in alternative.requires:
                yield finding_at(definition, "extension_without_date", path, action=action, clock=name, field=field)
            given = [definition.fields[name] for name in alternative.requires if name in definition.fields]
            if not any(entry.type == "document" for entry in given):
                yield finding_at(definition, "extension_without_apology", path, action=action, clock=name)


def _last_step(definition: Definition, state: State, turn: Turn, *, who: str) -> Iterator[Finding]:
    turns = chasers(definition, state.name)
    reached = (turn.escalate_to,) if who == ESCALATE_TO else turns if who == TURN else (who,)
    path = f"states.{state.name}.turn"
    if all(name is None or (name in definition.people and may_be_nobody(definition, name)) for name in reached):
        yield finding_at(definition, "empty_last_step", path, state=state.name)
    elif who == ESCALATE_TO and reached == turns:
        yield finding_at(
            definition,
            "escalates_to_the_turn",
            f"{path}.escalate_to",
            severity="warning",
            state=state.name,
            who=turns[0],
        )


def _receivers(definition: Definition) -> Iterator[Finding]:
    """Check that what an act asks of linked cases of this definition is something they can receive."""
    own = {
        alternative.open.link
        for _, alternative in ways_of(definition)
        if alternative.open and _is_own(definition, alternative)
    }
    received = {way.action for way, alternative in ways_of(definition) if alternative.by == LINK}
    for way, alternative in ways_of(definition):
        for link, action in alternative.each:
            if link in own and action not in received:
                path = path_of(definition, way, f"each.{link}")
                yield finding_at(definition, "link_without_receiver", path, link=link, action=action)


def _is_own(definition: Definition, alternative: Alternative) -> bool:
    return alternative.open is not None and alternative.open.definition in (None, definition.name)


def _loops(definition: Definition) -> Iterator[Finding]:
    """Find circles that the system goes round by itself, because all their guards can hold at once."""
    edges = [
        (way, alternative.when, alternative.to or way.state)
        for way, alternative in ways_of(definition)
        if alternative.by == SYSTEM and alternative.to != BACK
    ]
    told: set[frozenset[str]] = set()
    for way, when, target in edges:
        for circle in _circles(edges, [(way, when, target)]):
            states = frozenset(step[0].state for step in circle)
            together = hold_together([guard for _, guard, _ in circle if guard])
            if states in told or together is False or _counts_itself(circle):
                continue
            told.add(states)
            severity: Severity = "error" if together else "undecided"
            names = tuple(step[0].action for step in circle)
            path = path_of(definition, way)
            yield finding_at(definition, "automatic_loop", path, severity=severity, actions=names)


Edge = tuple[Way, Guard | None, str]


def _circles(edges: list[Edge], path: list[Edge]) -> Iterator[list[Edge]]:
    """Follow the system's acts until they come back to where they began, each state once, so many acts at most."""
    if len(path) > LONGEST_CIRCLE:
        return
    if path[-1][2] == path[0][0].state:
        yield path
        return
    visited = {edge[0].state for edge in path}
    for edge in edges:
        if edge[0].state == path[-1][2] and edge[2] not in visited - {path[0][0].state}:
            yield from _circles(edges, [*path, edge])


def _counts_itself(circle: list[Edge]) -> bool:
    """Tell whether a guard on the way counts an action of the circle: that ends it after so many times."""
    counted = {f"times({edge[0].action})" for edge in circle}
    return any(guard is not None and counted & guard.reads for _, guard, _ in circle)
