"""Which alternative of an action can fire for the same people, given what is settled; the rest may go either way.

Alternatives are tried in the order of the file on every cell of the facts that stay open. Knows guards and asks, no
search.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import NamedTuple

from workflow.machine.case import editable_by
from workflow.machine.checking.search.guard_cells import MOST_CELLS, arranged, holds_on, values_of
from workflow.machine.checking.search.steps import each
from workflow.machine.definition import Alternative, Definition
from workflow.machine.expressions import Guard

Known = Mapping[str, object]
Options = Sequence[Known]
"""Facts that are settled together: one result of an ask is true, then all its others are false."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """The alternatives of one action that are open to the same people, and what these may edit here."""

    state: str
    action: str
    by: str
    positions: tuple[int, ...]
    alternatives: tuple[Alternative, ...]
    editable: frozenset[str]
    reads: frozenset[str]

    @property
    def requires(self) -> frozenset[str]:
        """All that may be handed in with the action, whichever alternative fires."""
        return frozenset(name for alternative in self.alternatives for name in alternative.requires)


class Firing(NamedTuple):
    """An alternative that can fire; it is `sure` where that depends on nothing but what is settled."""

    place: int
    sure: bool


def groups_of(definition: Definition, state: str) -> Iterator[Group]:
    """Go through the actions of a state by those who may take them."""
    declared = definition.states[state]
    for action in declared.actions.values():
        for by in dict.fromkeys(alternative.by for alternative in action.alternatives):
            pairs = [(at, way) for at, way in enumerate(action.alternatives) if way.by == by]
            yield Group(
                state,
                action.name,
                by,
                tuple(at for at, _ in pairs),
                tuple(way for _, way in pairs),
                frozenset(editable_by(definition, declared, by)),
                frozenset(fact for _, way in pairs if way.when for fact in way.when.reads),
            )


def firing(group: Group, known: Known, options: Options) -> tuple[Firing, ...]:
    """Find the alternatives that can fire on some cell of what is not known."""
    guards = [alternative.when for alternative in group.alternatives]
    if not any(guards):
        return (Firing(0, sure=True),)
    settled = [guard for guard in guards if guard and values_of([guard]) is not None]
    cut = values_of(settled) or {}
    optional = options[0] if options else {}
    free = {fact: values for fact, values in cut.items() if fact not in known and fact not in optional}
    cells: Iterator[tuple[object, ...]] = each(product(*free.values()))
    if prod(map(len, free.values())) > MOST_CELLS:
        settled, cells = [], iter(((),))
    fires: dict[int, bool] = {}
    for chosen in cells:
        for option in options or ({},):
            cell = arranged({**known, **option, **dict(zip(free, chosen, strict=False))})
            for index in _first(guards, settled, cell):
                sure = all(_is_settled(guard, settled, free) for guard in guards[: index + 1])
                fires[index] = fires.get(index, False) or sure
    return tuple(Firing(index, sure) for index, sure in sorted(fires.items()))


def _first(guards: Sequence[Guard | None], settled: Sequence[Guard], cell: Mapping[str, object]) -> Iterator[int]:
    """Go through the alternatives that may be the first to hold; a guard that stays open may hold or not."""
    for index, guard in enumerate(guards):
        if guard is None:
            yield index
            return
        if guard not in settled:
            yield index
        elif holds_on(guard, cell):
            yield index
            return


def _is_settled(guard: Guard | None, settled: Sequence[Guard], free: Mapping[str, object]) -> bool:
    return guard is None or (guard in settled and not guard.reads.intersection(free))
