"""All configurations a case can be in: its state, where `back` leads, which named clocks run, edition or not.

Guards count as free unless they are proved impossible, so every real run is among these. Breadth first: the parents
give the shortest path to anything. Knows no finding.
"""

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from workflow.machine.checking.search.steps import spend
from workflow.machine.definition import Alternative, Clock, Definition, DueDate, PathStep
from workflow.values import OPEN

MOST = 20_000
BACK = "back"
Node = TypeVar("Node", bound=Hashable)


class Way(NamedTuple):
    """One alternative of one action of one state."""

    state: str
    action: str
    position: int


class Configuration(NamedTuple):
    """What matters of a case; an edition, opened by a link, has no clocks of the movement."""

    state: str
    back: str | None
    running: frozenset[str]
    edition: bool


class ConfigurationMove(NamedTuple):
    """What taking a way leads to; `opened` is the edition it opens, if it opens one of this definition."""

    way: Way
    to: Configuration
    opened: Configuration | None


@dataclass(slots=True)
class Reached:
    """The configurations in the order of their distance, the moves from each, and how each was first reached."""

    moves: dict[Configuration, list[ConfigurationMove]] = field(default_factory=dict)
    parents: dict[Configuration, tuple[Configuration | None, PathStep]] = field(default_factory=dict)
    complete: bool = True

    def path_to(self, configuration: Configuration) -> tuple[PathStep, ...]:
        """Return the shortest way there, from the opening."""
        steps: list[PathStep] = []
        at: Configuration | None = configuration
        while at is not None:
            at, step = self.parents[at]
            steps.append(step)
        return tuple(reversed(steps))

    @property
    def states(self) -> frozenset[str]:
        return frozenset(configuration.state for configuration in self.moves)


def all_before(before: Mapping[Node, Iterable[Node]], ending: Iterable[Node]) -> set[Node]:
    """Find all nodes from which an ending can be reached, the endings included; `before` are those one step before."""
    reaching = set(ending)
    queue = deque(reaching)
    while queue:
        fresh = [node for node in before[queue.popleft()] if node not in reaching]
        reaching.update(fresh)
        queue.extend(fresh)
    return reaching


def ways_of(definition: Definition) -> Iterator[tuple[Way, Alternative]]:
    """Go through all alternatives in the order of the file."""
    for state in definition.states.values():
        for action in state.actions.values():
            for position, alternative in enumerate(action.alternatives):
                yield Way(state.name, action.name, position), alternative


def start_path(definition: Definition, position: int) -> str:
    """Return where a way to open a case stands in the file."""
    return f"start.{position}" if f"start.{position}" in definition.marks else "start"


def path_of(definition: Definition, way: Way, key: str = "") -> str:
    """Return where an alternative, or one key of it, stands in the file."""
    path = f"states.{way.state}.actions.{way.action}"
    if f"{path}.{way.position}" in definition.marks:
        path = f"{path}.{way.position}"
    return f"{path}.{key}" if key else path


def explored(definition: Definition, impossible: frozenset[Way]) -> Reached:
    """Search all configurations from the opening on."""
    reached = Reached()
    running = _ticked(definition, frozenset(), OPEN, edition=False)
    for start in definition.starts:
        first = Configuration(start.to, None, running, edition=False)
        reached.parents.setdefault(first, (None, PathStep(OPEN, start.by, start.to)))
    queue = deque(reached.parents)
    ways = _by_state(definition, impossible)
    while queue and len(reached.moves) < MOST:
        spend()
        at = queue.popleft()
        reached.moves[at] = [_move(definition, at, way, alternative) for way, alternative in _open(ways, at)]
        for move, alternative in zip(
            reached.moves[at], (alternative for _, alternative in _open(ways, at)), strict=True
        ):
            for target in (move.to, move.opened):
                if target and target not in reached.parents:
                    reached.parents[target] = (at, PathStep(move.way.action, alternative.by, target.state))
                    queue.append(target)
    reached.complete = not queue
    return reached


def _by_state(definition: Definition, impossible: frozenset[Way]) -> Mapping[str, list[tuple[Way, Alternative]]]:
    ways: dict[str, list[tuple[Way, Alternative]]] = {name: [] for name in definition.states}
    for way, alternative in ways_of(definition):
        if way not in impossible:
            ways[way.state].append((way, alternative))
    return ways


def _open(ways: Mapping[str, list[tuple[Way, Alternative]]], at: Configuration) -> Iterator[tuple[Way, Alternative]]:
    return ((way, alternative) for way, alternative in ways[at.state] if alternative.to != BACK or at.back is not None)


def _move(definition: Definition, at: Configuration, way: Way, alternative: Alternative) -> ConfigurationMove:
    running = _ticked(definition, at.running, way.action, edition=at.edition)
    target = at.back if alternative.to == BACK else alternative.to
    opens = alternative.open
    opened = None
    if opens and opens.definition in (None, definition.name):
        opened = Configuration(opens.at, None, _ticked(definition, frozenset(), OPEN, edition=True), edition=True)
    if target is None or target == at.state:
        return ConfigurationMove(way, at._replace(running=running), opened)
    return ConfigurationMove(way, Configuration(target, at.state, running, at.edition), opened)


def _ticked(definition: Definition, running: frozenset[str], action: str, *, edition: bool) -> frozenset[str]:
    """Stop what the action stops, then start what it starts, as the real clocks do."""
    stopped = frozenset(name for name in running if action not in definition.clocks[name].stops)
    started = (
        clock.name
        for clock in definition.clocks.values()
        if action in clock.starts and not (edition and is_obligation(clock))
    )
    return stopped.union(started)


def is_obligation(clock: Clock) -> bool:
    """Tell whether a clock counts towards a milestone of the movement."""
    return isinstance(clock.due, DueDate) and clock.due.source == "movement"
