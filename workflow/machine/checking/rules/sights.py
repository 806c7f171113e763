"""Who decides without seeing: people whose turn it is, or who are asked, where the form is closed to them.

Knows what people see and edit in a state, no right.
"""

from collections.abc import Iterator

from workflow.machine.case import public_fields, readers
from workflow.machine.definition import Definition, Finding, State, finding_at


def sight_findings(definition: Definition) -> Iterator[Finding]:
    """Warn of people who must act or answer in a state of which they see nothing."""
    for state in definition.states.values():
        if not readers(state) or public_fields(definition, state):
            continue
        for name in _waited_for(definition, state):
            if not state.view.get(name) and name not in state.edit:
                path = f"states.{state.name}.view"
                yield finding_at(definition, "sees_nothing", path, severity="warning", who=name, state=state.name)


def _waited_for(definition: Definition, state: State) -> tuple[str, ...]:
    turn = (state.turn.who,) if state.turn and state.turn.who in definition.people else ()
    return tuple(dict.fromkeys((*turn, *(name for ask in state.asks.values() for name in ask.parties))))
