"""Whether the movements that open cases of a definition have the milestones that its dues count towards.

A due towards a milestone that a movement lacks would never come, and nobody would notice. Knows no movement but those
handed in.
"""

from collections.abc import Collection, Mapping
from typing import Final

from workflow.machine.checking.search import references_of
from workflow.machine.definition import MILESTONE, Definition, Finding, finding_at, in_order
from workflow.machine.loading import near
from workflow.values import OWN_MILESTONE

EDGES: Final = ("begins", "ends")
"""What every movement has besides its milestones."""


def milestones_of(definition: Definition) -> frozenset[str]:
    """Name the milestones that the dues of a definition count towards, among them the one a case is owed by."""
    named = {reference.name for reference in references_of(definition) if reference.kind == MILESTONE}
    return frozenset(named) - {*EDGES}


def movement_findings(definition: Definition, movements: Mapping[str, Collection[str]]) -> tuple[Finding, ...]:
    """Find dues towards milestones that one of the movements has not; `movements` name their milestones by code."""
    wanted = milestones_of(definition) - {OWN_MILESTONE}
    return in_order(
        finding_at(
            definition,
            "unknown_milestone_near" if (guess := near(reference.name, names)) else "unknown_milestone",
            reference.path,
            name=reference.name,
            movement=movement,
            allowed=tuple(sorted(names)),
            near=guess,
        )
        for reference in references_of(definition)
        if reference.kind == MILESTONE and reference.name in wanted
        for movement, names in movements.items()
        if reference.name not in names
    )
