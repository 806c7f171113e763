"""The verifier: everything that can be known to be wrong with a definition before a case runs under it.

The same checks serve `trinh definitions verify`, the editor and the gate of publishing. Names come first: a graph
with unresolved names means nothing. Each check is a module of its own that takes the definition (and the
configurations a case can be in) and gives findings. Errors are proved, with the shortest path where there is one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    StepsSpentError,
    Way,
    bounded,
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
    findings: list[Finding] = []
    with bounded():
        try:
            _collect(definition, regimes, findings)
        except StepsSpentError:
            findings.append(_undecided(definition))
    return in_order(findings)


def _collect(definition: Definition, regimes: Mapping[str, Pins], findings: list[Finding]) -> None:
    """Collect findings as they are made, so that those made before the steps were spent are said."""
    findings.extend(_check(definition))
    if not definition.params or any(finding.severity == "error" for finding in findings):
        return
    own = {"definition": pinned(definition), **regimes}
    findings.extend(regime_findings(definition, own, _checked, without=tuple(findings)))


def _checked(definition: Definition) -> tuple[Finding, ...]:
    return in_order(_check(definition))


def _check(definition: Definition) -> Iterator[Finding]:
    names = name_findings(definition)
    yield from names
    yield from text_findings(definition)
    if any(finding.severity == "error" for finding in names):
        return
    never = impossible(definition) | uncountable(definition)
    yield from guard_findings(definition)
    yield from chain_findings(definition)
    yield from decision_findings(definition)
    yield from sight_findings(definition)
    yield from promise_findings(definition)
    yield from unattended_findings(definition)
    yield from count_findings(definition)
    yield from _after(definition, explored(definition, never), never)


def _undecided(definition: Definition) -> Finding:
    return finding_at(definition, "too_many_configurations", "states", severity="undecided")


def _after(definition: Definition, reached: Reached, never: frozenset[Way]) -> tuple[Finding, ...]:
    if not reached.complete:
        return (_undecided(definition),)
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
