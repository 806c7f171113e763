"""What of a case's data its guards can tell apart: fields by cells, actions by how often they happened.

Left free are the fields that some act computes or that a linked case may be opened with, and all that no act settles:
today, figures, who did what. Values that no guard can tell apart count as one. Knows guards and the form, no path.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from workflow.machine.checking.search.configurations import ways_of
from workflow.machine.checking.search.guard_cells import arranged, holds_on, values_of
from workflow.machine.checking.search.steps import each
from workflow.machine.definition import Definition, Field
from workflow.machine.expressions import Guard

Value = object
_NUMBERS = frozenset({"integer", "money", "decimal", "percent"})
_NOTHING: Mapping[str, Value] = {"times": 0, "stands": False}
_TELLING = 2_000
"""Cells tried at most to find the values of a fact that guards tell apart; beyond that each stays by itself."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The facts that are remembered, in order, with their values; counts run from 0 to the last that matters."""

    names: tuple[str, ...]
    values: Mapping[str, tuple[Value, ...]]

    @property
    def nothing(self) -> tuple[Value, ...]:
        """What is remembered of a case that was just opened, with nothing filled in."""
        return tuple(_NOTHING.get(name.partition("(")[0]) for name in self.names)

    def done(self, remembered: tuple[Value, ...], action: str) -> tuple[Value, ...]:
        """Remember an action that happened: it stands, and it counts as far as anybody counts."""
        return self._with(self.counted(remembered, action), f"stands({action})", value=True)

    def fallen(self, remembered: tuple[Value, ...], actions: Iterable[str]) -> tuple[Value, ...]:
        """Let the actions that can be done again stand no longer."""
        for action in actions:
            remembered = self._with(remembered, f"stands({action})", value=False)
        return remembered

    def _with(self, remembered: tuple[Value, ...], name: str, *, value: Value) -> tuple[Value, ...]:
        if name not in self.values:
            return remembered
        at = self.names.index(name)
        return (*remembered[:at], value, *remembered[at + 1 :])

    def counted(self, remembered: tuple[Value, ...], action: str) -> tuple[Value, ...]:
        """Count an action that happened, as far as anybody counts."""
        name = f"times({action})"
        if name not in self.values:
            return remembered
        at, last = self.names.index(name), self.values[name][-1]
        before = remembered[at]
        more = before + 1 if isinstance(before, int) and before != last else before
        return (*remembered[:at], more, *remembered[at + 1 :])


def memory_of(definition: Definition) -> Memory:
    """Find the facts that guards only compare with constants and that acts alone settle."""
    ways = [alternative for _, alternative in ways_of(definition)]
    computed = {name for alternative in ways for name, _ in alternative.sets}
    guards = [
        alternative.when for alternative in ways if alternative.when and values_of([alternative.when]) is not None
    ]
    cut = values_of(guards) or {}
    values: dict[str, tuple[Value, ...]] = {}
    settled = () if definition.opened_by("link") else definition.fields.keys() - computed
    for name, cell_values in sorted(cut.items()):
        if name.startswith("times("):
            values[name] = tuple(range(max(n for n in cell_values if isinstance(n, int)) + 1))
        elif name.startswith("stands("):
            values[name] = (False, True)
        elif name in settled:
            field = definition.fields[name]
            edges = [edge for edge in (field.min, field.max) if edge is not None and field.type in _NUMBERS]
            fitting = [value for value in (*cell_values, *edges) if value is not None and fits(field, value)]
            if fitting:
                values[name] = (None, *_told_apart(name, fitting, guards))
    return Memory(tuple(values), values)


def fits(field: Field, value: object) -> bool:
    """Tell whether the form takes such a value."""
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        return not isinstance(value, str) or field.type == "choice" or len(value) == 1 or len(value) >= (field.min or 0)
    least, most = (0, 100) if field.type == "percent" else (field.min, field.max)
    return (least is None or value >= least) and (most is None or value <= most)


def _told_apart(name: str, values: Sequence[Value], guards: Sequence[Guard]) -> list[Value]:
    """Keep one value of those that all guards answer alike."""
    representatives: dict[tuple[bool, ...], Value] = {}
    for value in values:
        answers: list[bool] = []
        for guard in guards:
            if name not in guard.reads:
                continue
            others = {fact: cell_values for fact, cell_values in (values_of([guard]) or {}).items() if fact != name}
            if prod(map(len, others.values())) > _TELLING:
                return list(values)
            answers += [
                holds_on(guard, arranged({name: value, **dict(zip(others, chosen, strict=True))}))
                for chosen in each(product(*others.values()))
            ]
        representatives.setdefault(tuple(answers), value)
    return list(representatives.values())
