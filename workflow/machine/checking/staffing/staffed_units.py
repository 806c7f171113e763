"""The verifier against a real organisation: in every state of every unit somebody must be there who may act.

Units whose desks are filled alike are one class and are checked once. Somebody must hold the desk, be left over by
separation of duties, and not be the one a case is about; an ask must find members enough for its results. A state that
always gets stuck is an error, one that sometimes does a warning. Knows the organisation as plain values.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workflow.machine.case import chasers, is_preparing
from workflow.machine.checking.search import impossible
from workflow.machine.checking.staffing.ask_results import ask_problems
from workflow.machine.checking.staffing.duties import Duty, DutyGroup, Right
from workflow.machine.checking.staffing.organisations import Class, Organisation, classes_of, names_people
from workflow.machine.checking.staffing.prior_acts import Node, Paths, paths_of
from workflow.machine.definition import Definition, Finding, Severity, State, finding_at, in_order

SHOWN = 3
"""So many units are named in a sentence; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a class of units, before it is said of all classes that have it."""

    code: str
    severity: Severity
    path: str
    node: Node | None = None
    facts: Mapping[str, str | int] | None = None
    shared: Mapping[Duty, Right] | None = None


def check_units(definition: Definition, organisation: Organisation) -> tuple[Finding, ...]:
    """Find where a definition that has no errors of its own gets stuck for want of people."""
    paths = paths_of(definition, impossible(definition))
    problems: dict[tuple[str, str, str], list[tuple[Class, Problem]]] = {}
    for group in classes_of(definition, organisation):
        for problem in (*_turns(definition, paths, group), *ask_problems_of(definition, group)):
            key = (problem.code, problem.path, str(problem.facts))
            problems.setdefault(key, []).append((group, problem))
    return in_order(_said(definition, organisation, paths, cases) for cases in problems.values())


def ask_problems_of(definition: Definition, group: Class) -> Iterator[Problem]:
    """Say what the numbers of members of a class make impossible."""
    for code, severity, path, facts in ask_problems(definition, group):
        yield Problem(code, severity, path, facts=facts)


def _said(
    definition: Definition, organisation: Organisation, paths: Paths, cases: Sequence[tuple[Class, Problem]]
) -> Finding:
    units = [unit for group, _ in cases for unit in group.units]
    group, problem = cases[0]
    names = tuple(organisation.unit_name(unit) for unit in units[:SHOWN])
    steps = paths.steps_to(problem.node, group, problem.shared or {}, organisation) if problem.node else ()
    facts = {**(problem.facts or {}), "units": names, "count": len(units)}
    return finding_at(definition, problem.code, problem.path, severity=problem.severity, steps=steps, **facts)


def _turns(definition: Definition, paths: Paths, group: Class) -> Iterator[Problem]:
    """Check the turn of every state that a case of these units can reach."""
    sharing = DutyGroup(definition, group.rights)
    reached = paths.reached(sharing)
    for state in definition.states.values():
        nodes = [node for node in reached if node.state == state.name]
        acting = [name for name in chasers(definition, state.name) if name in definition.people]
        if not nodes or not acting or not all(map(group.is_known, acting)):
            continue
        path = f"states.{state.name}.turn"
        if not any(group.rights[name] for name in acting):
            facts = {"state": state.name, "who": acting[0], "role": definition.people[acting[0]].place.role}
            yield Problem("nobody_there", "error", path, nodes[0], facts, sharing.share(nodes[0].done))
            continue
        yield from _left_over(definition, sharing, state, nodes)
        yield from _interested(definition, group, state, nodes[0])


def _left_over(definition: Definition, sharing: DutyGroup, state: State, nodes: Sequence[Node]) -> Iterator[Problem]:
    """Check that separation of duties leaves somebody: never, or depending on who did what before."""
    duties = _next(definition, state)
    if not duties:
        return
    path = f"states.{state.name}.turn"
    facts = {"state": state.name, "who": duties[0].by}
    stuck = [node for node in nodes if not any(sharing.share(node.done | {duty}) is not None for duty in duties)]
    if stuck:
        always = len(stuck) == len(nodes)
        code = "separation_leaves_nobody" if always else "separation_may_leave_nobody"
        shared = sharing.share(stuck[0].done)
        yield Problem(code, "error" if always else "warning", path, stuck[0], facts, shared)
        return
    for node in nodes:
        shared = sharing.blocking(node.done, duties)
        if shared is not None:
            yield Problem("separation_may_leave_nobody", "warning", path, node, facts, shared)
            return


def _next(definition: Definition, state: State) -> tuple[Duty, ...]:
    acting = chasers(definition, state.name)
    ways = [(action.name, way.by) for action in state.actions.values() for way in action.alternatives]
    return tuple(dict.fromkeys(Duty(name, by) for name, by in ways if by in acting))


def _interested(definition: Definition, group: Class, state: State, node: Node) -> Iterator[Problem]:
    """Warn where a case about the only person at a desk finds nobody who may act on it."""
    who = state.turn.who if state.turn else ""
    if not names_people(definition) or who not in group.rights or is_preparing(definition, state, who):
        return
    everybody = frozenset.intersection(*group.rights[who])
    if everybody:
        facts = {"state": state.name, "who": who}
        yield Problem("own_interest_leaves_nobody", "warning", f"states.{state.name}.turn", node, facts)
