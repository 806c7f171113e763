"""Which way an action goes: one transitions machine for each definition version, asked, never attached to a case.

The only module that imports `transitions`. It hands the library no text of a definition but names of states and
actions, and only conditions made here: a string callback would be imported by its dotted path. No callbacks either:
what a transition does is the Plan. Transitions are only asked for their conditions; to trigger one would make the
library search for callbacks. Alternatives are tried in the order of the file.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import NamedTuple, cast

from transitions import Machine

from workflow.machine.definition import Definition, State

_KEPT = 256
"""Machines kept; beyond that the one not used for longest goes. One weighs some 50 kB."""

Holds = Callable[[int], bool]
_Condition = Callable[["_Token"], bool]


class Fired(NamedTuple):
    """The alternative that fires, by its position in the action, and the state the case comes to."""

    alternative: int
    state: str


class _Token:
    """What conditions get in place of a model of `transitions`: where the case came from, and which guards hold."""

    __slots__ = ("back", "chosen", "holds")

    def __init__(self, back: str | None, holds: Holds) -> None:
        self.back = back
        self.holds = holds
        self.chosen = -1

    def may_go(self, alternative: int) -> bool:
        if not self.holds(alternative):
            return False
        self.chosen = alternative
        return True


def find_alternative(
    definition: Definition, state: str, action: str, *, back: str | None, holds: Holds
) -> Fired | None:
    """Find the first alternative of an action that holds, in the order of the file; None where none does."""
    token = _Token(back, holds)
    for way in machine_of(definition).events[action].transitions.get(state, ()):
        if all(cast("_Condition", condition.func)(token) for condition in way.conditions):
            return Fired(token.chosen, way.dest or state)
    return None


@lru_cache(maxsize=_KEPT)
def machine_of(definition: Definition) -> Machine:
    """Return the machine of a definition version, made once."""
    machine = Machine(
        model=None,
        states=list(definition.states),
        initial=None,
        auto_transitions=False,
        queued=False,
        send_event=False,
    )
    for state in definition.states.values():
        for action in state.actions.values():
            for position, alternative in enumerate(action.alternatives):
                goes = partial(_goes, position)
                if alternative.to != "back":
                    machine.add_transition(action.name, state.name, alternative.to, conditions=goes)
                    continue
                for source in ways_back(definition)[state.name]:
                    returns = partial(_returns, source)
                    machine.add_transition(action.name, state.name, source, conditions=[returns, goes])
    return machine


@lru_cache(maxsize=_KEPT)
def ways_back(definition: Definition) -> Mapping[str, tuple[str, ...]]:
    """Map each state to those it may have been entered from: where `to: back` may lead."""
    sources: dict[str, dict[str, None]] = {name: {} for name in definition.states}
    targets = {name: _targets(state) for name, state in definition.states.items()}
    for name, target_names in targets.items():
        for target in target_names - {name, "back"}:
            sources.setdefault(target, {})[name] = None
    # A way back is itself a way into the state it leads to, so go on until nothing is added.
    while added := [
        (source, name)
        for name, target_names in targets.items()
        if "back" in target_names
        for source in sources[name]
        if name not in sources[source]
    ]:
        for source, name in added:
            sources[source][name] = None
    return {name: tuple(source_names) for name, source_names in sources.items()}


def _targets(state: State) -> frozenset[str]:
    return frozenset(
        alternative.to for action in state.actions.values() for alternative in action.alternatives if alternative.to
    )


def _goes(position: int, token: _Token) -> bool:
    return token.may_go(position)


def _returns(source: str, token: _Token) -> bool:
    return token.back == source
