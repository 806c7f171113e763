"""What the configurations show: states nobody reaches, traps, turns whose clock stands still, ways back to nowhere.

Knows the search's result, not how it was made.
"""

from collections import deque
from collections.abc import Iterator

from workflow.machine.checking.search import BACK, Configuration, Reached, path_of, ways_of
from workflow.machine.definition import Definition, DueDate, Finding, State, finding_at


def path_findings(definition: Definition, reached: Reached) -> Iterator[Finding]:
    """Check what can and what cannot happen."""
    yield from _unreachable(definition, reached)
    yield from _traps(definition, reached)
    yield from _standing_clocks(definition, reached)
    yield from _back_to_nowhere(definition, reached)


def _unreachable(definition: Definition, reached: Reached) -> Iterator[Finding]:
    states = reached.states
    for name in definition.states:
        if name not in states:
            yield finding_at(definition, "unreachable", f"states.{name}", state=name)


def _traps(definition: Definition, reached: Reached) -> Iterator[Finding]:
    """Name where a case enters a region from which no end can be reached any more."""
    ending = can_end(definition, reached)
    told: set[str] = set()
    for configuration in reached.moves:
        parent, _ = reached.parents[configuration]
        enters = configuration not in ending and (parent is None or parent in ending)
        if enters and configuration.state not in told:
            told.add(configuration.state)
            steps = reached.path_to(configuration)
            path = f"states.{configuration.state}"
            yield finding_at(definition, "no_way_to_end", path, steps=steps, state=configuration.state)


def can_end(definition: Definition, reached: Reached) -> set[Configuration]:
    """Find all configurations from which an end can still be reached."""
    before: dict[Configuration, list[Configuration]] = {configuration: [] for configuration in reached.moves}
    for configuration, moves in reached.moves.items():
        for move in moves:
            before[move.to].append(configuration)
    queue = deque(
        configuration for configuration in reached.moves if is_settled(definition.states[configuration.state])
    )
    ending = set(queue)
    while queue:
        for configuration in before[queue.popleft()]:
            if configuration not in ending:
                ending.add(configuration)
                queue.append(configuration)
    return ending


def is_settled(state: State) -> bool:
    """Tell whether a case that stands here is finished."""
    return state.is_settled


def _standing_clocks(definition: Definition, reached: Reached) -> Iterator[Finding]:
    told: set[str] = set()
    for configuration in reached.moves:
        state = definition.states[configuration.state]
        clock = _clock_of(state)
        if clock and clock not in configuration.running and state.name not in told:
            told.add(state.name)
            steps = reached.path_to(configuration)
            path = f"states.{state.name}.turn.due"
            yield finding_at(definition, "clock_stands_still", path, steps=steps, state=state.name, clock=clock)


def _clock_of(state: State) -> str | None:
    due = state.turn.due if state.turn else None
    if isinstance(due, DueDate):
        return due.name if due.source == "clock" else None
    return due if isinstance(due, str) else None


def _back_to_nowhere(definition: Definition, reached: Reached) -> Iterator[Finding]:
    for way, alternative in ways_of(definition):
        if alternative.to != BACK:
            continue
        lost = [
            configuration
            for configuration in reached.moves
            if configuration.state == way.state and configuration.back is None
        ]
        if lost:
            steps = reached.path_to(lost[0])
            path = path_of(definition, way, "to")
            yield finding_at(definition, "back_to_nowhere", path, steps=steps, action=way.action, state=way.state)
