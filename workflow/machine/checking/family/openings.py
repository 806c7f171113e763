"""What an act does beyond its own case: the cases that it opens under other definitions, and the linked ones it moves.

A case is opened where the other definition has a state for it, with fields that its form has and can take. An act
that came through a link moves no further cases: the definition that sends it says all that happens.
"""

from collections.abc import Iterable, Iterator

from workflow.machine.checking.family.relations import Family, Relation
from workflow.machine.checking.search import Way, path_of, ways_of
from workflow.machine.definition import LINK, Definition, Finding, OpenCase, finding_at


def chain_findings(definition: Definition) -> Iterator[Finding]:
    """Check that no act through a link moves further cases."""
    for way, alternative in ways_of(definition):
        for link, _ in alternative.each if alternative.by == LINK else ():
            path = path_of(definition, way, f"each.{link}")
            yield finding_at(definition, "link_moves_on", path, action=way.action, link=link)


def opened_findings(family: Family, definition: Definition) -> Iterator[Finding]:
    """Check what a definition opens against the definitions of those cases."""
    for way, alternative in ways_of(definition):
        opens = alternative.open
        if opens is None or opens.definition in (None, definition.name):
            continue
        other = family.get(opens.definition or "")
        path = path_of(definition, way, "open")
        if other is None:
            yield finding_at(definition, "family_incomplete", path, severity="undecided", name=str(opens.definition))
        elif opens.at not in other.states:
            allowed = tuple(other.states)
            yield finding_at(
                definition, "opened_state_unknown", f"{path}.at", name=opens.at, of=other.name, allowed=allowed
            )
        else:
            yield from _copies(definition, opens, other, way)


def back_findings(relations: Iterable[Relation], definition: Definition) -> Iterator[Finding]:
    """Check that the cases at the other end of a link know what is done to them."""
    for relation in relations:
        if relation.member is not definition:
            continue
        received = {way.action for way, alternative in ways_of(relation.holder) if alternative.by == LINK}
        for way, alternative in ways_of(definition):
            for action in relation.acts_back(alternative):
                if action not in received:
                    path = path_of(definition, way, "each")
                    yield finding_at(definition, "link_without_receiver", path, link=relation.link, action=action)


def _copies(definition: Definition, opens: OpenCase, other: Definition, way: Way) -> Iterator[Finding]:
    for name in opens.copy if not isinstance(opens.copy, str) else ():
        own, field = definition.fields.get(opens.source(name)), other.fields.get(name)
        if own is not None and (field is None or field.type != own.type):
            path = path_of(definition, way, "open.copy")
            yield finding_at(
                definition, "opened_field_unknown", path, name=name, of=other.name, wanted=own.type, source=own.name
            )
