"""The line of steps above a case: states it has been in, the present one, and the shortest way to a good outcome.

Reads the definition as a graph for display only; the offers say what may really happen.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from workflow.machine.definition import Definition, State
from workflow.values import Text

LONGEST = 12
"""The most steps that are shown; the earliest are left out first."""


@dataclass(frozen=True, slots=True)
class Step:
    """One state on the line."""

    label: Text
    when: Literal["done", "now", "next"]


def steps(definition: Definition, passed: Iterable[str], present: str) -> tuple[Step, ...]:
    """Make the line from the states a case has been in, the one it is in, and the way to a good end."""
    behind = [state for state in dict.fromkeys(passed) if state != present and state in definition.states]
    ahead = _way_to_good_end(definition, present)
    labels = {name: definition.states[name].label for name in definition.states}
    # A case that was returned passes the same states again: such a state is shown both as done and as next.
    done = [Step(labels[name], "done") for name in behind]
    line = [*done, Step(labels[present], "now"), *(Step(labels[name], "next") for name in ahead)]
    return tuple(line[-LONGEST:])


def _way_to_good_end(definition: Definition, present: str) -> list[str]:
    """Find the fewest steps to a good outcome; none where the case has one already."""
    if definition.states[present].outcome is not None:
        return []
    queue: deque[tuple[str, list[str]]] = deque([(present, [])])
    seen = {present}
    while queue:
        name, way = queue.popleft()
        for target in _targets(definition.states[name]):
            if target in seen:
                continue
            seen.add(target)
            longer = [*way, target]
            if definition.states[target].outcome == "good":
                return longer
            queue.append((target, longer))
    return []


def _targets(state: State) -> Iterator[str]:
    """The states that actions lead to; none for an action with several, for nobody should be told how it will end."""
    for action in state.actions.values():
        targets = {alternative.to for alternative in action.alternatives} - {None, "back"}
        if len(targets) == 1:
            yield from (target for target in targets if target is not None)
