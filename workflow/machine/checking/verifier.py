"""The verifier: everything that can be known to be wrong with a definition before a case runs under it.

The same checks serve `trinh definitions verify`, the editor and the gate of publishing. Names come first: a graph
with unresolved names means nothing. Each check is a module of its own that takes the definition (and the
configurations a case can be in) and gives findings. Errors are proved, with the shortest path where there is one.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from workflow.machine.case import pinned
from workflow.machine.checking.family import chain_findings
from workflow.machine.checking.rules import (
    Pins,
    count_findings,
    decision_findings,
    flow_findings,
    name_findings,
    path_findings,
    promise_findings,
    regime_findings,
    sight_findings,
    silence_findings,
    soundness_findings,
    sum_findings,
    text_findings,
    unattended_findings,
    uncountable,
)
from workflow.machine.checking.search import (
    Reached,
    Situations,
    Way,
    explored,
    guard_findings,
    impossible,
    situations_of,
)
from workflow.machine.definition import Definition, DefinitionFaults, Finding, finding_at, in_order
from workflow.machine.loading import loader
from workflow.values import EMPTY_MAPPING, Figure

RegimeFigures = Mapping[str, Sequence[tuple[str, Figure]]]
"""The figures that each regime sets, by what it is called: pairs of a definition's name and a figure."""
TRAP: Final = "no_way_to_end"


def check_text(text: str | bytes, *, figures: RegimeFigures = EMPTY_MAPPING) -> tuple[Finding, ...]:
    """Find what is wrong with a text: what keeps it from loading, else what `check` finds, under each regime too."""
    try:
        definition = loader.load(text, path="")
    except DefinitionFaults as faults:
        return faults.faults
    own = {regime: [figure for name, figure in pairs if name == definition.name] for regime, pairs in figures.items()}
    pins = {regime: pinned(definition, set_there) for regime, set_there in own.items() if set_there}
    return check(definition, regimes=pins)


def check(definition: Definition, *, regimes: Mapping[str, Pins] = EMPTY_MAPPING) -> tuple[Finding, ...]:
    """Find what is wrong with a loaded definition, in the order of its file; empty where all is proved sound.

    `regimes` map what a regime is called to the figures that a case would pin under it: whatever strands a case there
    is found too.
    """
    findings = _check(definition)
    if not definition.params or any(finding.severity == "error" for finding in findings):
        return findings
    own = {"definition": pinned(definition), **regimes}
    return in_order((*findings, *regime_findings(definition, own, _check, without=findings)))


def _check(definition: Definition) -> tuple[Finding, ...]:
    names = name_findings(definition)
    if any(finding.severity == "error" for finding in names):
        return in_order((*names, *text_findings(definition)))
    never = impossible(definition) | uncountable(definition)
    reached = explored(definition, never)
    return in_order(
        (
            *names,
            *text_findings(definition),
            *guard_findings(definition),
            *chain_findings(definition),
            *decision_findings(definition),
            *sight_findings(definition),
            *promise_findings(definition),
            *unattended_findings(definition),
            *count_findings(definition),
            *_after(definition, reached, never),
        )
    )


def _after(definition: Definition, reached: Reached, never: frozenset[Way]) -> tuple[Finding, ...]:
    if not reached.complete:
        return (finding_at(definition, "too_many_configurations", "states", severity="undecided"),)
    paths = tuple(path_findings(definition, reached))
    if any(finding.code == "back_to_nowhere" for finding in paths):
        return (*paths, *flow_findings(definition, reached), *silence_findings(definition, reached))
    situations = situations_of(definition)
    return (
        *(
            finding
            for finding in paths
            if finding.code != TRAP or not situations.complete or _is_trap(finding, situations)
        ),
        *flow_findings(definition, reached),
        *sum_findings(definition, reached),
        *silence_findings(definition, reached),
        *soundness_findings(definition, situations, known=never, told=_states(paths, TRAP)),
    )


def _is_trap(finding: Finding, situations: Situations) -> bool:
    """Tell whether a case can come into a trap at all; if not, the state is reported as unreachable instead."""
    return finding.facts["state"] in {situation.state for situation in situations.moves}


def _states(findings: Iterable[Finding], code: str) -> frozenset[str]:
    return frozenset(str(finding.facts["state"]) for finding in findings if finding.code == code)
