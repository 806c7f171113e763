"""What people and the law need to read: the paper a definition rests on, labels where none was given.

Warnings only; publishing asks for the paper itself. Knows texts, no rule.
"""

from collections.abc import Iterator

from workflow.machine.definition import Definition, Finding, finding_at
from workflow.values import Text


def text_findings(definition: Definition) -> Iterator[Finding]:
    """Find what is missing for people who read."""
    if not definition.basis:
        yield finding_at(definition, "no_basis", "definition", severity="warning")
    for path, name, label in _optional_labels(definition):
        if label == Text(name, name):
            yield finding_at(definition, "no_label", path, severity="warning", name=name)


def _optional_labels(definition: Definition) -> Iterator[tuple[str, str, Text]]:
    for field in definition.fields.values():
        for column in field.columns.values():
            yield f"fields.{field.name}.columns.{column.name}", column.name, column.label
    for state in definition.states.values():
        for ask in state.asks.values():
            yield f"states.{state.name}.ask.{ask.name}", ask.name, ask.label
        for action in state.actions.values():
            yield f"states.{state.name}.actions.{action.name}", action.name, action.label
