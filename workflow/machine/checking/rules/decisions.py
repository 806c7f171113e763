"""A decision with a number and a date is not taken back by the case that made it.

After a numbered decision only a linked correction or revocation may follow: a case that is simply reopened leaves the
paper standing. Knows ends and papers, no situation.
"""

from collections.abc import Iterator

from workflow.machine.checking.search import path_of, ways_of
from workflow.machine.definition import LINK, Alternative, Definition, Finding, finding_at


def decision_findings(definition: Definition) -> Iterator[Finding]:
    """Warn of acts that reopen a case whose end came with a numbered paper of its own."""
    states = definition.states
    ends = {state.name for state in states.values() if state.is_settled}
    decided = {
        alternative.to
        for _, alternative in ways_of(definition)
        if alternative.to in ends and _papers(definition, alternative)
    }
    for way, alternative in ways_of(definition):
        target = states.get(alternative.to or "")
        if way.state in decided and alternative.by != LINK and target and target.outcome is None:
            path = path_of(definition, way, "to")
            yield finding_at(
                definition, "decision_reopened", path, severity="warning", action=way.action, state=way.state
            )


def _papers(definition: Definition, alternative: Alternative) -> bool:
    given = (definition.fields.get(name) for name in alternative.requires)
    return any(field is not None and field.numbered and field.origin is None for field in given)
