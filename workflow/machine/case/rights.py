"""Whose move it is: in which right somebody may act, and who is kept out of an act.

A right is one's own desk or a principal's through a substitution. Whoever did an act that must be separate from this
one, or is the person a case is about, is kept out of it, and so is everybody who acts for or through them: the
actor and the principal together must be free. Knows no guard.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from workflow.machine.case.people import NOBODY, seats_of
from workflow.machine.definition import Definition, State
from workflow.values import Actor, Capacity, Case, Desk, Done, Facts, Json, Reason, Seat

_NOBODY: frozenset[int] = frozenset()
_KEPT = 1_024
"""Answers kept that follow from a definition alone."""


class Right(NamedTuple):
    """The desk at which somebody acts, and for whom: an own right has no principal."""

    desk: Desk | None = None
    on_behalf: int | None = None
    capacity: Capacity | None = None


class Bars(NamedTuple):
    """Who is kept out of one act: by an act of theirs that must be separate, or because it is about them."""

    separate: frozenset[int] = frozenset()
    interested: frozenset[int] = frozenset()

    @property
    def people(self) -> frozenset[int]:
        """All who are kept out, for whatever reason."""
        return self.separate | self.interested


def rights_of(definition: Definition, facts: Facts, actor: Actor, by: str, case: Case | None) -> tuple[Right, ...]:
    """List the rights in which the actor may do what is left to `by` in a case as it stands, the own one first."""
    if actor.person is None or actor.link is not None or by in NOBODY:
        stands = actor.link is not None if by == "link" else actor.person is None and by == "system"
        return (Right(),) if stands else ()
    seats = seats_of(definition, facts, by, case)
    own = [Right(seat.desk) for seat in seats if seat.desk in actor.desks]
    desks = {seat.desk for seat in seats}
    others = [
        Right(substitution.desk, substitution.principal, substitution.capacity)
        for substitution in actor.substitutions
        if substitution.desk in desks
    ]
    return (*own, *others)


def free_right(rights: Iterable[Right], actor: Actor, bars: Bars) -> Right | Reason:
    """Choose the first right in which neither the actor nor the principal is kept out, or say why there is none."""
    reason = Reason("no_right")
    for right in rights:
        people = acting(actor, right)
        if not people & bars.people:
            return right
        reason = Reason("own_interest" if people & bars.interested else "separate")
    return reason


def oneself(actor: Actor) -> frozenset[int]:
    """Return the actor as the set of people to whom a letter about the act is not sent."""
    return frozenset() if actor.person is None else frozenset({actor.person})


def acting(actor: Actor, right: Right) -> frozenset[int]:
    """Return everybody an act in this right is an act of: the actor and the principal, here or through a link."""
    return frozenset(person for person in (actor.person, actor.behalf, right.on_behalf) if person is not None)


def bars_of(definition: Definition, case: Case, action: str, *, by: str) -> Bars:
    """Say who is kept out of an action in the state in which the case is."""
    state = definition.states[case.state]
    interested = frozenset() if is_preparing(definition, state, by) else interested_in(definition, case.fields)
    return Bars(done_separately(definition, case.done, action), interested)


def done_separately(definition: Definition, done: Mapping[str, Done], action: str) -> frozenset[int]:
    """Return who did an act that must be separate from this action."""
    if not definition.separate or not done:
        return _NOBODY
    others = _separate_from(definition, action)
    return _NOBODY.union(*(done[other].people for other in others if other in done))


@lru_cache(maxsize=_KEPT)
def _separate_from(definition: Definition, action: str) -> frozenset[str]:
    return frozenset(other for group in definition.separate if action in group for other in group) - {action}


def interested_in(definition: Definition, fields: Mapping[str, Json]) -> frozenset[int]:
    """Return the people a case is about: those named as nominees, alone or in a table."""
    naming = _naming(definition)
    if not naming:
        return _NOBODY
    people: set[int] = set()
    for name, columns in naming:
        value = fields.get(name)
        people.update(_named(value))
        for row in value if isinstance(value, list) else ():
            people.update(person for column in columns if isinstance(row, dict) for person in _named(row[column]))
    return frozenset(people)


@lru_cache(maxsize=_KEPT)
def _naming(definition: Definition) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Pair each field that may name nominees with those of its columns that do."""
    columns = {
        name: tuple(column.name for column in field.columns.values() if column.type == "nominee")
        for name, field in definition.fields.items()
    }
    return tuple(
        (name, nominees) for name, nominees in columns.items() if nominees or definition.fields[name].type == "nominee"
    )


def _named(value: Json) -> tuple[int, ...]:
    person = value.get("person") if isinstance(value, dict) else None
    return (person,) if isinstance(person, int) else ()


def is_preparing(definition: Definition, state: State, by: str) -> bool:
    """Tell whether `by` prepares the form here: it has the turn, and opens such cases or edits them in this state."""
    turn = state.turn.who if state.turn else None
    return by == turn and (definition.opened_by(by) or by in state.edit)


def barred_from_turn(definition: Definition, case: Case) -> frozenset[int]:
    """Return who is kept out of every action in the turn of the case's state."""
    turn, actions = _of_turn(definition, case.state)
    barred: frozenset[int] | None = None
    for action in actions:
        kept_out = bars_of(definition, case, action, by=turn).people
        barred = kept_out if barred is None else barred & kept_out
        if not barred:
            return _NOBODY
    return barred or _NOBODY


@lru_cache(maxsize=_KEPT)
def _of_turn(definition: Definition, state: str) -> tuple[str, tuple[str, ...]]:
    """Say whose turn a state is, and list the actions that are theirs."""
    current = definition.states[state]
    turn = current.turn.who if current.turn else ""
    actions = current.actions.values()
    return turn, tuple(action.name for action in actions if any(way.by == turn for way in action.alternatives))


def without(seats: Iterable[Seat], people: frozenset[int]) -> tuple[Seat, ...]:
    """Return seats with only those holders who are not kept out."""
    if not people:
        return tuple(seats)
    return tuple(
        replace(seat, holders=tuple(person for person in seat.holders if person not in people)) for seat in seats
    )
