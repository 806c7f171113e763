"""Which guards of a definition its walks saw hold, and which they saw fail: each must be seen to do both.

Gives the same definition with guards that write down their answers. Knows no walk.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Final

from workflow.machine.calendar import Calendar
from workflow.machine.definition import Action, Alternative, Ask, Definition, State
from workflow.machine.expressions import Facts, Guard, Value

_watches: Final = count(1)


@dataclass(slots=True)
class GuardWatch:
    """Every answer a guard may give, as `review.approve: days <= 12 (yes)`, and those that it gave."""

    possible: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """List the answers that no walk brought about."""
        return tuple(sorted(self.possible - self.seen))

    def watched(self, place: str, guard: Guard) -> Guard:
        """Return the guard so that each of its answers is noted; any value but true counts as no."""
        name = f"{place}: {guard.source}"
        self.possible |= {f"{name} (yes)", f"{name} (no)"}

        def run(facts: Facts, calendar: Calendar, row: Value) -> Value:
            value = guard.run(facts, calendar, row)
            self.seen.add(f"{name} ({'yes' if value is True else 'no'})")
            return value

        return replace(guard, run=run)


def watching(definition: Definition) -> tuple[Definition, GuardWatch]:
    """Return the definition with every condition under watch, and the watch."""
    watch = GuardWatch()
    # Caches know a definition by its hash: one watched definition must not be taken for another.
    watched = f"{definition.hash}:watched:{next(_watches)}"
    states = {name: _state(watch, state) for name, state in definition.states.items()}
    return replace(definition, states=states, hash=watched), watch


def _state(watch: GuardWatch, state: State) -> State:
    actions = {name: _action(watch, state, action) for name, action in state.actions.items()}
    asks = {name: replace(ask, result=tuple(_results(watch, state, ask))) for name, ask in state.asks.items()}
    return replace(state, actions=actions, asks=asks)


def _action(watch: GuardWatch, state: State, action: Action) -> Action:
    ways = tuple(_way(watch, f"{state.name}.{action.name}", way) for way in action.alternatives)
    return replace(action, alternatives=ways)


def _way(watch: GuardWatch, place: str, way: Alternative) -> Alternative:
    when = watch.watched(place, way.when) if way.when else None
    warn = watch.watched(f"{place}.warn", way.warn) if way.warn else None
    return replace(way, when=when, warn=warn)


def _results(watch: GuardWatch, state: State, ask: Ask) -> Iterator[tuple[str, Guard | None]]:
    for name, guard in ask.result:
        yield name, watch.watched(f"{state.name}.{ask.name}.{name}", guard) if guard else None
