"""Guards taken apart at their constants: which can never hold, which always do, which are shadowed by earlier ones.

Each fact that guards only compare with constants has finitely many cells; on each cell every guard is simply asked.
A guard that compares facts with each other, or goes through rows, stays open: nothing is said about it. Knows guards,
no path of a case.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from math import prod
from typing import cast
from zoneinfo import ZoneInfo

from workflow.machine.calendar import Calendar
from workflow.machine.checking.search.configurations import Way, path_of, start_path, ways_of
from workflow.machine.checking.search.steps import each, spend
from workflow.machine.definition import Action, Alternative, Definition, Finding, Start, State, finding_at
from workflow.machine.expressions import Guard, Type

MOST_CELLS = 9_450
NOWHERE = Calendar(ZoneInfo("UTC"), date(2000, 1, 1), date(2000, 1, 1))
"""Stands in for a calendar: guards that count days stay open, so none of those that are asked here needs one."""
Cell = Mapping[str, object]


def guard_findings(definition: Definition) -> Iterator[Finding]:
    """Check the guards of all actions and asks."""
    for position, start in enumerate(definition.starts):
        yield from _never_or_always(definition, start.when, f"{start_path(definition, position)}.when")
    for position in shadowed(definition.starts):
        path = start_path(definition, position)
        yield finding_at(definition, "start_shadowed", path, state=definition.starts[position].to)
    for way, alternative in ways_of(definition):
        for key, guard in (("when", alternative.when), ("warn", alternative.warn)):
            yield from _never_or_always(definition, guard, path_of(definition, way, key))
    for state in definition.states.values():
        for action in state.actions.values():
            yield from _shadowed(definition, state, action)
            yield from _without_else(definition, state, action)
        for ask in state.asks.values():
            for name, guard in ask.result:
                yield from _never_or_always(definition, guard, f"states.{state.name}.ask.{ask.name}.result.{name}")


def impossible(definition: Definition) -> frozenset[Way]:
    """List the alternatives that can never fire, whatever the facts."""
    never = {way for way, alternative in ways_of(definition) if alternative.when and holds_never(alternative.when)}
    for state in definition.states.values():
        for action in state.actions.values():
            never |= {Way(state.name, action.name, position) for position in shadowed(action.alternatives)}
    return frozenset(never)


def _never_or_always(definition: Definition, guard: Guard | None, path: str) -> Iterator[Finding]:
    if guard is None:
        return
    if holds_never(guard):
        yield finding_at(definition, "guard_never", path, guard=guard.source)
    elif holds_always(guard):
        yield finding_at(definition, "guard_always", path, severity="warning", guard=guard.source)


def _shadowed(definition: Definition, state: State, action: Action) -> Iterator[Finding]:
    for position in shadowed(action.alternatives):
        way = Way(state.name, action.name, position)
        yield finding_at(definition, "shadowed", path_of(definition, way), action=action.name, state=state.name)


def _without_else(definition: Definition, state: State, action: Action) -> Iterator[Finding]:
    """Warn where an act that comes through a link, by nobody's choice, may find no alternative."""
    guards = [alternative.when for alternative in action.alternatives if alternative.by == "link"]
    if not guards or None in guards:
        return
    cells = cells_of([guard for guard in guards if guard])
    if cells is None or any(not any(holds_on(guard, cell) for guard in guards if guard) for cell in cells):
        path = f"states.{state.name}.actions.{action.name}"
        yield finding_at(definition, "no_else", path, severity="warning", action=action.name, state=state.name)


def shadowed(alternatives: Sequence[Alternative | Start]) -> Iterator[int]:
    """Go through the alternatives that never fire, because one before them, for the same people, always would."""
    for position, later in enumerate(alternatives):
        earlier = [alternative.when for alternative in alternatives[:position] if alternative.by == later.by]
        if earlier and (later.when is None or not holds_never(later.when)) and _covered(later.when, earlier):
            yield position


def _covered(later: Guard | None, earlier: Sequence[Guard | None]) -> bool:
    if None in earlier:
        return True
    guards = [guard for guard in earlier if guard]
    cells = cells_of([*guards, *([later] if later else [])])
    if cells is None:
        return later is not None and any(later.source == guard.source for guard in guards)
    return all(
        any(holds_on(guard, cell) for guard in guards) for cell in cells if later is None or holds_on(later, cell)
    )


def holds_never(guard: Guard) -> bool:
    """Tell whether a guard is proved false on every cell."""
    cells = cells_of([guard])
    return cells is not None and not any(holds_on(guard, cell) for cell in cells)


def holds_always(guard: Guard) -> bool:
    """Tell whether a guard is proved true on every cell."""
    cells = cells_of([guard])
    return cells is not None and all(holds_on(guard, cell) for cell in cells)


def hold_together(guards: Sequence[Guard]) -> bool | None:
    """Tell whether guards can hold at once; None where that stays open."""
    cells = cells_of(guards)
    return None if cells is None else any(all(holds_on(guard, cell) for guard in guards) for cell in cells)


def holds_on(guard: Guard, cell: Cell) -> bool:
    """Ask a guard on one cell."""
    spend()
    return guard.holds(cell, NOWHERE)


def cells_of(guards: Sequence[Guard]) -> list[Cell] | None:
    """Cut the facts that guards read into cells; None where a fact is more than compared, or cells are too many."""
    values = values_of(guards)
    if values is None or prod(map(len, values.values())) > MOST_CELLS:
        return None
    return [arranged(dict(zip(values, chosen, strict=True))) for chosen in each(product(*values.values()))]


def values_of(guards: Sequence[Guard]) -> dict[str, list[object]] | None:
    """List for each fact that guards read one value a cell; None where a fact is more than compared."""
    spend(len(guards))
    cuts: dict[str, set[object]] = {}
    types: dict[str, Type] = {}
    for guard in guards:
        constants = guard.cut_points()
        for fact in guard.reads:
            if fact not in constants and f"has({fact})" not in constants:
                return None
            cuts.setdefault(fact, set()).update(constants.get(fact, ()))
            types[fact] = _type_of(guard, fact)
    values = {fact: _values(types[fact], cuts[fact], maybe=_is_asked_for(fact, guards)) for fact in sorted(cuts)}
    values |= {
        fact: [n for n in values[fact] if n is None or cast("int", n) >= 0] for fact in cuts if _counts(fact, types)
    }
    return values if all(values.values()) else None


def _counts(fact: str, types: Mapping[str, Type]) -> bool:
    """Tell counts (`times(return)`, `ballot.voted`) from numbers that may be negative."""
    return types[fact].name == "int" and ("(" in fact or "." in fact)


def _is_asked_for(fact: str, guards: Iterable[Guard]) -> bool:
    return any(f"has({fact})" in guard.cut_points() for guard in guards)


def _type_of(guard: Guard, fact: str) -> Type:
    name, call, _ = fact.partition("(")
    if call:
        return guard.environment.functions[name].result
    first, *rest = fact.split(".")
    type_ = guard.environment.names[first]
    for member in rest:
        type_ = type_.members[member]
    return type_


def _values(type_: Type, cuts: set[object], *, maybe: bool) -> list[object]:
    """List one value for each cell; a cell too many (nothing lies between 1 and 2) only leaves a question open."""
    empty: list[object] = [None] if maybe else []
    match type_.name:
        case "bool":
            return [True, False, *empty]
        case "choice":
            return [*sorted(type_.options), *empty]
        case "text":
            return [*sorted(cast("set[str]", cuts)), "\N{REPLACEMENT CHARACTER}", *empty]
        case "int" | "decimal":
            numbers = cast("set[int | Fraction]", cuts) or {0}
            step = 1 if type_.name == "int" else Fraction(1, 1_000_000)
            return [*sorted({near for number in numbers for near in (number - step, number, number + step)}), *empty]
        case "date":
            days = cast("set[date]", cuts) or {NOWHERE.first}
            return [*sorted({day + timedelta(days=n) for day in days for n in (-1, 0, 1)}), *empty]
        case _:
            return [*empty, "\N{REPLACEMENT CHARACTER}"] if maybe and not cuts else []


def arranged(chosen: Mapping[str, object]) -> Cell:
    """Arrange `movement.ends` and `times(return)` as guards read them."""
    cell: dict[object, object] = {}
    for fact, value in chosen.items():
        name, call, inputs = fact.partition("(")
        if call:
            names = tuple(inputs.removesuffix(")").split(","))
            _inside(cell, name)[names[0] if len(names) == 1 else names] = value
            continue
        first, *rest = fact.split(".")
        inner = cell if not rest else _inside(cell, first)
        for member in rest[:-1]:
            inner = _inside(inner, member)
        inner[rest[-1] if rest else first] = value
    return cast("Cell", cell)


def _inside(cell: dict[object, object], name: str) -> dict[object, object]:
    return cast("dict[object, object]", cell.setdefault(name, {}))
