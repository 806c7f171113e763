"""How much of a definition its walks tried: every transition once, every kind of refusal that it makes possible once.

A transition is one alternative of an action in a state, for `to: back` one for each state it may lead back to. A
refusal is named by what makes it possible: something to be given, a guard, acts that must stand apart, a turn.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workflow.machine.choosing import is_offered
from workflow.machine.definition import Action, Alternative, Definition, State
from workflow.machine.firing import ways_back
from workflow.values import Plan, Refusal


@dataclass(frozen=True, slots=True)
class Coverage:
    """What there is to try and what was tried, as names that a person finds in the file."""

    transitions: frozenset[str]
    tried: frozenset[str]
    refusals: frozenset[str]
    refused: frozenset[str]

    @property
    def untried(self) -> tuple[str, ...]:
        """List the transitions that no walk went through."""
        return tuple(sorted(self.transitions - self.tried))

    @property
    def unrefused(self) -> tuple[str, ...]:
        """List the refusals that no walk met."""
        return tuple(sorted(self.refusals - self.refused))


def coverage_of(
    definition: Definition, plans: Iterable[Plan], refusals: Iterable[tuple[str, str, Refusal]]
) -> Coverage:
    """Compare what the definition makes possible with what happened."""
    tried = frozenset(
        transition_name(plan.was, plan.action, plan.alternative, plan.case.state)
        for plan in plans
        if plan.alternative is not None
    )
    met = frozenset(
        refusal_name(state, action, reason.code) for state, action, refusal in refusals for reason in refusal.reasons
    )
    return Coverage(frozenset(transitions_of(definition)), tried, frozenset(refusals_of(definition)), met)


def transition_name(state: str, action: str, alternative: int, to: str) -> str:
    """Name a transition: `draft.send -> signing`, its alternative counted from 1 where there are more."""
    return f"{state}.{action}{f'[{alternative + 1}]' if alternative else ''} -> {to}"


def refusal_name(state: str, action: str, code: str) -> str:
    """Name a refusal: `draft.send: missing`; not having the turn is one, whoever lacks it."""
    return f"{state}.{action}: {code}"


def transitions_of(definition: Definition) -> Iterator[str]:
    """Go through all transitions of a definition."""
    for state, action in _actions(definition):
        for position, alternative in enumerate(action.alternatives):
            for target in _targets(definition, state, alternative):
                yield transition_name(state.name, action.name, position, target)


def refusals_of(definition: Definition) -> Iterator[str]:
    """Go through all refusals that people may meet, each with the action that refuses."""
    apart = {name for group in definition.apart for name in group}
    for state, action in _actions(definition):
        if not is_offered(action):
            continue
        codes = {"no_right"}
        codes |= {"missing" for alternative in action.alternatives if alternative.give}
        codes |= {"unmet" for alternative in action.alternatives if alternative.when}
        codes |= {"already_open" for alternative in action.alternatives if alternative.open}
        codes |= {"apart"} if action.name in apart else set()
        yield from (refusal_name(state.name, action.name, code) for code in codes)


def _actions(definition: Definition) -> Iterator[tuple[State, Action]]:
    for state in definition.states.values():
        for action in state.actions.values():
            yield state, action


def _targets(definition: Definition, state: State, alternative: Alternative) -> tuple[str, ...]:
    if alternative.to == "back":
        return ways_back(definition)[state.name]
    return (alternative.to or state.name,)
