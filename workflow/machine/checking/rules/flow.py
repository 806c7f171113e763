"""Which fields are surely filled where, and what would be read while it may still be empty.

A forward analysis over the configurations: an act fills what must be given with it, and whoever may edit a field may
also empty it. Guards are typed once more with the fields that may be empty at their place. Knows no guard's value.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from workflow.machine.case import editable_by, link_of
from workflow.machine.checking.search import Configuration, Reached, Way, path_of, start_path, ways_of
from workflow.machine.definition import (
    Alternative,
    Definition,
    Due,
    DueDate,
    Finding,
    OpenCase,
    Param,
    Turn,
    finding_at,
)
from workflow.machine.expressions import ExpressionFault, Guard, compile_expression, maybe
from workflow.machine.loading import budget_name

Filled = Mapping[Configuration, frozenset[str]]


class Effect(NamedTuple):
    """What an act does to fields: its actor may have `emptied` some, must have `given` others, and it `sets` more."""

    emptied: frozenset[str]
    given: frozenset[str]
    sets: frozenset[str]

    def handed_in(self, known: frozenset[str]) -> frozenset[str]:
        """Say what is filled once the act is handed in, before it has any effect."""
        return (known - self.emptied) | self.given


def flow_findings(definition: Definition, reached: Reached) -> Iterator[Finding]:
    """Check that nothing reads a field that may be empty."""
    effects = _effects(definition)
    filled = surely_filled(definition, reached, effects)
    for position, start in enumerate(definition.starts):
        if start.when:
            path = f"{start_path(definition, position)}.when"
            yield from _guard(definition, start.when, path, known=frozenset())
    told: set[str] = set()
    for configuration, moves in reached.moves.items():
        known = filled[configuration]
        findings = [*_turn(definition, configuration, known=known), *_asks(definition, configuration, known=known)]
        for move in moves:
            findings += _alternative(definition, move.way, given=effects[move.way].handed_in(known))
            findings += _taker(definition, move.way, known=known)
        for finding in findings:
            if finding.path not in told:
                told.add(finding.path)
                yield replace(finding, steps=reached.path_to(configuration))


def _effects(definition: Definition) -> dict[Way, Effect]:
    return {
        way: Effect(
            frozenset(editable_by(definition, definition.states[way.state], alternative.by)),
            frozenset(alternative.requires),
            frozenset(name for name, _ in alternative.sets),
        )
        for way, alternative in ways_of(definition)
    }


def surely_filled(definition: Definition, reached: Reached, effects: Mapping[Way, Effect]) -> Filled:
    """Find for each configuration the fields that every way there has filled."""
    filled: dict[Configuration, frozenset[str]] = {
        configuration: frozenset() for configuration in reached.moves if reached.parents[configuration][0] is None
    }
    queue = deque(filled)
    while queue:
        at = queue.popleft()
        for move in reached.moves[at]:
            effect = effects[move.way]
            known = effect.handed_in(filled[at])
            leads = [(move.to, known | effect.sets)]
            if move.opened:
                leads.append((move.opened, _copied(_alternative_of(definition, move.way).open, known)))
            for target, arriving in leads:
                now = filled[target] & arriving if target in filled else arriving
                if now != filled.get(target):
                    filled[target] = now
                    queue.append(target)
    return filled


def _copied(opens: OpenCase | None, known: frozenset[str]) -> frozenset[str]:
    if opens is None or opens.copy == "none":
        return frozenset()
    return known if opens.copy == "all" else known.intersection(opens.copy)


def _alternative_of(definition: Definition, way: Way) -> Alternative:
    return definition.states[way.state].actions[way.action].alternatives[way.position]


def _alternative(definition: Definition, way: Way, *, given: frozenset[str]) -> Iterator[Finding]:
    alternative = _alternative_of(definition, way)
    for key, guard in (("when", alternative.when), ("warn", alternative.warn)):
        if guard:
            yield from _guard(definition, guard, path_of(definition, way, key), known=given)
    for name, guard in alternative.sets:
        yield from _guard(definition, guard, path_of(definition, way, f"set.{name}"), known=given)
    for reserve in (definition.reserves[name] for name in alternative.reserve):
        for name in reserve.by:
            if name in definition.fields and name not in given:
                yield finding_at(definition, "reserve_maybe_empty", path_of(definition, way, "reserve"), field=name)
    for clock in definition.clocks.values():
        if way.action in clock.starts:
            yield from _due(definition, clock.due, f"clocks.{clock.name}", known=given)


def _taker(definition: Definition, way: Way, *, known: frozenset[str]) -> Iterator[Finding]:
    """Check that whoever takes an alternative besides the turn can be found, or the guard asks for it first."""
    alternative, turn = _alternative_of(definition, way), definition.states[way.state].turn
    if turn and alternative.by == turn.who:
        return
    asked = alternative.when.cut_points() if alternative.when else {}
    for name in _unit_fields(definition, (alternative.by,)):
        if name not in known and f"has({name})" not in asked:
            yield finding_at(definition, "place_maybe_empty", path_of(definition, way), field=name)


def _due(definition: Definition, due: Due | str | None, path: str, *, known: frozenset[str]) -> Iterator[Finding]:
    """Check that a due has its date, and its number of days."""
    if isinstance(due, DueDate) and due.source == "field" and due.name not in known:
        yield finding_at(definition, "due_maybe_empty", path, field=due.name)
    param = definition.params.get(budget_name(due) or "")
    if param and param.otherwise is None and not _is_whole(definition, param, known=known):
        yield finding_at(definition, "due_without_figure", path, name=param.name)


def _is_whole(definition: Definition, param: Param, *, known: frozenset[str]) -> bool:
    """Tell whether a param has a figure for every option of the one field it is looked up by."""
    fields = [definition.fields.get(name) for name in param.by]
    (first, *others) = (*fields, None)
    covers = first is not None and first.name in known and bool(first.of)
    return len(others) == 1 and covers and first is not None and {(key,) for key in first.of} <= param.values.keys()


def _asks(definition: Definition, configuration: Configuration, *, known: frozenset[str]) -> Iterator[Finding]:
    state = definition.states[configuration.state]
    for ask in state.asks.values():
        path = f"states.{state.name}.ask.{ask.name}"
        yield from _due(definition, ask.due, f"{path}.due", known=known)
        for field in _unit_fields(definition, ask.parties):
            if field not in known:
                yield finding_at(definition, "place_maybe_empty", f"{path}.of", field=field)
        for name, guard in ask.result:
            if guard:
                yield from _guard(definition, guard, f"{path}.result.{name}", known=known)


def _turn(definition: Definition, configuration: Configuration, *, known: frozenset[str]) -> Iterator[Finding]:
    """Check that a turn that is due until a field's date has the date, and that its people's unit is named."""
    turn = definition.states[configuration.state].turn
    if turn is None:
        return
    path = f"states.{configuration.state}.turn"
    yield from _due(definition, turn.due, f"{path}.due", known=known)
    for who, link in _linked_people(definition, turn):
        yield finding_at(definition, "link_maybe_missing", path, severity="warning", who=who, link=link)
    for name in _unit_fields(definition, (turn.who, turn.escalate_to)):
        if name not in known:
            yield finding_at(definition, "place_maybe_empty", path, field=name)


def _unit_fields(definition: Definition, names: Iterable[str | None]) -> Iterator[str]:
    """Go through the fields that say at which unit these people are, where nobody stands in for them."""
    for who in names:
        party = definition.people.get(who) if who else None
        kind, _, name = party.place.relation.partition(":") if party else ("", "", "")
        if kind == "field" and party and party.fallback is None and not party.skip:
            yield name


def _linked_people(definition: Definition, turn: Turn) -> Iterator[tuple[str, str]]:
    """Go through the people of a linked case's unit whom nobody stands in for, where there may be no such case."""
    if all(start.by == "link" for start in definition.starts):
        return
    party = definition.people.get(turn.who)
    link = link_of(party.place) if party else None
    if party and link and party.fallback is None and not party.skip:
        yield party.name, link.removeprefix("~")


def _guard(definition: Definition, guard: Guard, path: str, *, known: frozenset[str]) -> Iterator[Finding]:
    empty = {name for name in (*definition.fields, "comment") if name not in known and _is_read(name, guard)}
    if not empty:
        return
    names = {name: maybe(type_) if name in empty else type_ for name, type_ in guard.environment.names.items()}
    try:
        compile_expression(guard.source, replace(guard.environment, names=names))
    except ExpressionFault as fault:
        finding = finding_at(definition, fault.code, path)
        yield replace(finding, said=fault.text())


def _is_read(name: str, guard: Guard) -> bool:
    return any(path.partition(".")[0] == name for path in guard.reads)
