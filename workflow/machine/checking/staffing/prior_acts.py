"""What must have been done before a case stands in a state: states with the sets of separated acts on the way there.

Searched once a definition, then walked for each class of units as far as its people can go. Knows ways and duties, no
unit.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from workflow.machine.case import NOBODY
from workflow.machine.checking.search import BACK, Way, ways_of
from workflow.machine.checking.staffing.duties import Duty, DutyGroup, Right
from workflow.machine.checking.staffing.organisations import Class, Organisation
from workflow.machine.definition import Alternative, Definition, PathStep
from workflow.values import OPEN

MOST = 20_000


class Node(NamedTuple):
    """A state, where `back` leads from it, and the duties done on the way that others must be separate from."""

    state: str
    back: str | None
    done: frozenset[Duty]


class Edge(NamedTuple):
    """An act that leads on, and the duty it is."""

    duty: Duty
    to: Node


@dataclass(slots=True)
class Paths:
    """All nodes with their edges, and how each was first reached; `first` are the openings, with their steps.

    `openers` are all who may open a case in a first node: a unit has the opening if it has one of these people.
    """

    first: dict[Node, PathStep]
    openers: Mapping[Node, frozenset[str]]
    edges: dict[Node, list[Edge]] = field(default_factory=dict)
    parents: dict[Node, tuple[Node, Edge]] = field(default_factory=dict)

    def reached(self, sharing: DutyGroup) -> dict[Node, None]:
        """List the nodes that the people of a unit can come to, nearest first."""
        begun = [node for node in self.first if any(by in NOBODY or sharing.rights[by] for by in self.openers[node])]
        seen = dict.fromkeys(begun)
        queue = deque(begun)
        while queue:
            for edge in self.edges.get(queue.popleft(), ()):
                by = edge.duty.by
                can = by in NOBODY or (bool(sharing.rights[by]) and sharing.share(edge.to.done) is not None)
                if can and edge.to not in seen:
                    seen[edge.to] = None
                    queue.append(edge.to)
        return seen

    def steps_to(
        self, node: Node, group: Class, shared: Mapping[Duty, Right], organisation: Organisation
    ) -> tuple[PathStep, ...]:
        """Return the shortest way to a node, as acts of the people of a unit."""
        steps: list[PathStep] = []
        at = node
        while at in self.parents:
            at, edge = self.parents[at]
            right = shared.get(edge.duty) or next(iter(group.rights.get(edge.duty.by, ())), frozenset[int]())
            names = " / ".join(organisation.person_name(person) for person in sorted(right))
            steps.append(PathStep(edge.duty.action, names or edge.duty.by, edge.to.state))
        return (self.first[at], *reversed(steps))


def paths_of(definition: Definition, never: frozenset[Way]) -> Paths:
    """Search all nodes from the opening on."""
    first: dict[Node, PathStep] = {}
    openers: dict[Node, frozenset[str]] = {}
    for start in definition.starts:
        node = Node(start.to, None, frozenset())
        first.setdefault(node, PathStep(OPEN, start.by, start.to))
        openers[node] = openers.get(node, frozenset()) | {start.by}
    paths = Paths(first, openers)
    ways: dict[str, list[tuple[Way, Alternative]]] = {name: [] for name in definition.states}
    for way, alternative in ways_of(definition):
        if way not in never:
            ways[way.state].append((way, alternative))
    telling = frozenset(name for group in definition.separate for name in group)
    queue = deque(first)
    while queue and len(paths.edges) < MOST:
        at = queue.popleft()
        paths.edges[at] = list(_edges(at, ways[at.state], telling))
        for edge in paths.edges[at]:
            if edge.to not in paths.parents and edge.to not in first:
                paths.parents[edge.to] = (at, edge)
                queue.append(edge.to)
    return paths


def _edges(at: Node, ways: list[tuple[Way, Alternative]], telling: frozenset[str]) -> Iterator[Edge]:
    for way, alternative in ways:
        target = at.back if alternative.to == BACK else alternative.to
        duty = Duty(way.action, alternative.by)
        tells = way.action in telling and alternative.by not in NOBODY
        done = at.done | {duty} if tells else at.done
        if target is None or target == at.state:
            yield Edge(duty, Node(at.state, at.back, done))
        else:
            yield Edge(duty, Node(target, at.state, done))
