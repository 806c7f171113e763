"""How much of a definition its walks tried: every transition once, every kind of refusal that it makes possible once.

A transition is one alternative of an action in a state, for `to: back` one for each state it may lead back to. A
refusal is named by what makes it possible: a required field, a guard, acts that must be separate, a turn.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workflow.machine.deciding import is_offered, ways_back
from workflow.machine.definition import Action, Alternative, Definition, State
from workflow.values import OPEN, Plan, Refusal


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
    place = f"{state}.{action}" if state else action
    return f"{place}{f'[{alternative + 1}]' if alternative else ''} -> {to}"


def refusal_name(state: str, action: str, code: str) -> str:
    """Name a refusal: `draft.send: missing`; acting without a right is one refusal, whoever tries."""
    return f"{state}.{action}: {code}"


def transitions_of(definition: Definition) -> Iterator[str]:
    """Go through all transitions of a definition; where a case may be opened in several ways, each is one."""
    for position, start in enumerate(definition.starts if len(definition.starts) > 1 else ()):
        yield transition_name("", OPEN, position, start.to)
    for state, action in _actions(definition):
        for position, alternative in enumerate(action.alternatives):
            for target in _targets(definition, state, alternative):
                yield transition_name(state.name, action.name, position, target)


def refusals_of(definition: Definition) -> Iterator[str]:
    """Go through all refusals that people may meet, each with the action that refuses."""
    paths = _Paths(definition)
    for state, action in _actions(definition):
        if not is_offered(action):
            continue
        codes = {"no_right"}
        codes |= {"missing" for alternative in action.alternatives if alternative.requires}
        codes |= {
            "unmet" for alternative in action.alternatives if alternative.when and not _has_else(action, alternative)
        }
        opens = any(alternative.open for alternative in action.alternatives)
        codes |= {"already_open"} if opens and state.name in paths.states_after(action.name) else set()
        codes |= {"separate"} if _may_be_separate(action.name, state.name, paths) else set()
        yield from (refusal_name(state.name, action.name, code) for code in codes)


def _has_else(action: Action, guarded: Alternative) -> bool:
    """Whether those whose guard fails may always take another alternative: one without a guard."""
    return any(other.by == guarded.by and other.when is None for other in action.alternatives)


def _may_be_separate(action: str, state: str, paths: "_Paths") -> bool:
    """Whether an act that must be separate from this one can have come before it in the same case."""
    groups = [group for group in paths.definition.separate if action in group]
    others = {other for group in groups for other in group} - {action}
    return any(state in paths.states_after(earlier) for earlier in others)


class _Paths:
    """The states that a case can reach, each with the state it came from, for that is where `back` leads."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        openings = [alternative.open for _, _, alternative in _alternatives(definition) if alternative.open]
        opened = {opening.at for opening in openings if opening.definition in (None, definition.name)}
        self.all = self.reached({(name, None) for name in (*(start.to for start in definition.starts), *opened)})

    def reached(self, begin: Iterable[tuple[str, str | None]]) -> set[tuple[str, str | None]]:
        reached = set(begin)
        ahead = list(reached)
        while ahead:
            following = {after for _, after in self.steps(*ahead.pop())} - reached
            reached |= following
            ahead += following
        return reached

    def steps(self, name: str, back: str | None) -> Iterator[tuple[str, tuple[str, str | None]]]:
        for action in self.definition.states[name].actions.values():
            for alternative in action.alternatives:
                target = back if alternative.to == "back" else alternative.to or name
                if target is not None:
                    yield action.name, (target, back if target == name else name)

    def states_after(self, action: str) -> frozenset[str]:
        """Find the states in which a case may stand after an action was done."""
        done = {after for config in self.all for taken, after in self.steps(*config) if taken == action}
        return frozenset(name for name, _ in self.reached(done))


def _alternatives(definition: Definition) -> Iterator[tuple[State, Action, Alternative]]:
    for state, action in _actions(definition):
        for alternative in action.alternatives:
            yield state, action, alternative


def _actions(definition: Definition) -> Iterator[tuple[State, Action]]:
    for state in definition.states.values():
        for action in state.actions.values():
            yield state, action


def _targets(definition: Definition, state: State, alternative: Alternative) -> tuple[str, ...]:
    if alternative.to == "back":
        return ways_back(definition)[state.name]
    return (alternative.to or state.name,)
