"""The shortest way from a state to a good end, for telling people what comes next.

Reads the definition as a graph; what may really happen is said by the offers.
"""

from collections import deque
from collections.abc import Iterator
from functools import lru_cache

from workflow.machine.definition import Definition, State

_KEPT = 1_024


@lru_cache(maxsize=_KEPT)
def way_to_good_end(definition: Definition, present: str) -> tuple[str, ...]:
    """Find the fewest steps to a good outcome; none where the case has one already, or where none is certain."""
    if definition.states[present].outcome is not None:
        return ()
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
                return tuple(longer)
            queue.append((target, longer))
    return ()


@lru_cache(maxsize=_KEPT)
def reachable(definition: Definition, start: str) -> frozenset[str]:
    """Find every state that may follow a state, itself included."""
    names, queue = {start}, [start]
    while queue:
        state = definition.states[queue.pop()]
        ways = [way for action in state.actions.values() for way in action.alternatives]
        for target in {way.to for way in ways if way.to in definition.states} - names:
            if target is not None:
                names.add(target)
                queue.append(target)
    return frozenset(names)


def _targets(state: State) -> Iterator[str]:
    """The states that actions lead to; none for an action with several, for nobody should be told how it will end."""
    for action in state.actions.values():
        targets = {alternative.to for alternative in action.alternatives} - {None, "back"}
        if len(targets) == 1:
            yield from (target for target in targets if target is not None)
