"""What strands a case under the figures that regimes and the province set, though not under the definition's own.

Figures without keys are written into guards and dues, then everything is checked again. Only what strands a case is
reported: that a figure switches off a way may be intended.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from workflow.machine.definition import FINDINGS, Alternative, Ask, Budget, Definition, Due, DueDate, Finding, State
from workflow.machine.expressions import ExpressionFault, Guard, Name, Node, children, compile_expression
from workflow.values import Json

STRANDED = frozenset({"no_way_to_end", "may_get_stuck", "clock_stands_still", "silent_party", "automatic_loop"})
"""What no figure may bring about."""
Pins = Mapping[str, Json]


def regime_findings(
    definition: Definition,
    regimes: Mapping[str, Pins],
    check: Callable[[Definition], tuple[Finding, ...]],
    *,
    without: Iterable[Finding],
) -> Iterator[Finding]:
    """Find what strands a case under the figures of a regime, leaving out findings that there are `without` them.

    `regimes` map the name of a regime to the figures that a case pins; `check` are the checks of the definition alone.
    """
    known = {(finding.code, finding.path) for finding in without}
    for name, pins in regimes.items():
        for finding in check(under(definition, pins)):
            if finding.code in STRANDED and (finding.code, finding.path) not in known:
                known.add((finding.code, finding.path))
                yield replace(finding, said=FINDINGS.text("under_regime", regime=name, finding=finding.text()))


def under(definition: Definition, pins: Pins) -> Definition:
    """Return a definition with the figures of a case written into it, as far as they depend on no key."""
    written = {name: figure for name in definition.params if (figure := _written(pins.get(name))) is not None}
    figures = _Figures(definition, pins, written)
    return replace(
        definition,
        starts=tuple(replace(start, when=figures.guard(start.when)) for start in definition.starts),
        clocks={name: replace(clock, due=figures.due(clock.due)) for name, clock in definition.clocks.items()},
        states={name: figures.state(state) for name, state in definition.states.items()},
    )


def _written(value: Json) -> str | None:
    """Write a figure as an expression; None for words, which stay facts."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"({value})" if isinstance(value, int) else None


class _Figures:
    """Writes figures into the parts of one definition."""

    def __init__(self, definition: Definition, pins: Pins, written: Mapping[str, str]) -> None:
        self.definition, self.pins, self.written = definition, pins, written

    def guard(self, guard: Guard | None) -> Guard | None:
        return self.value(guard) if guard else None

    def value(self, guard: Guard) -> Guard:
        places = sorted(self._places(guard.tree), reverse=True)
        source = guard.source
        for start, end, figure in places:
            source = source[:start] + figure + source[end:]
        try:
            return compile_expression(source, guard.environment) if places else guard
        except ExpressionFault:
            return guard

    def _places(self, node: Node) -> Iterator[tuple[int, int, str]]:
        if isinstance(node, Name) and node.name in self.written:
            yield node.start, node.end, self.written[node.name]
        for part in children(node):
            yield from self._places(part)

    def due(self, due: Due) -> Due:
        if isinstance(due, DueDate):
            return replace(due, offset=self._budget(due.offset)) if due.offset else due
        return self._budget(due)

    def _budget(self, budget: Budget) -> Budget:
        count = self.pins.get(budget.count) if isinstance(budget.count, str) else None
        return replace(budget, count=count) if isinstance(count, int) else budget

    def state(self, state: State) -> State:
        turn, actions = state.turn, state.actions
        if turn and turn.due and not isinstance(turn.due, str):
            turn = replace(turn, due=self.due(turn.due))
        return replace(
            state,
            turn=turn,
            asks={name: self._ask(ask) for name, ask in state.asks.items()},
            actions={
                name: replace(action, alternatives=tuple(map(self._alternative, action.alternatives)))
                for name, action in actions.items()
            },
        )

    def _ask(self, ask: Ask) -> Ask:
        due = self.due(ask.due) if ask.due else None
        return replace(ask, due=due, result=tuple((name, self.guard(guard)) for name, guard in ask.result))

    def _alternative(self, way: Alternative) -> Alternative:
        sets = tuple((name, self.value(value)) for name, value in way.sets)
        return replace(way, when=self.guard(way.when), warn=self.guard(way.warn), sets=sets)
