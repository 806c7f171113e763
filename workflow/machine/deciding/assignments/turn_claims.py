"""Who of a desk has its turn: claimed, released, assigned by others, or picked when the state is entered.

Once a person has the turn, others of the desk act in it only on that person's behalf; where others assign it, nobody
acts before that. The claim ends when its holder leaves the desk.
"""

from collections.abc import Iterable

from workflow.machine.case import (
    NOBODY,
    Question,
    Right,
    UndeclaredFact,
    barred_from_turn,
    case_clocks,
    desks_of,
    holders_of,
    rights_of,
    seats_of,
    without,
)
from workflow.machine.definition import State, Turn
from workflow.values import ASSIGN, CLAIM, RELEASE, Assignment, Case, Json, Notice, Plan, Reason, Refusal, Seat

CLAIMED, LEAST = "claim", "least"
PREFIX = "turn:"
_PERSON = "person"


def picked(question: Question, state: State, after: Case) -> int | None:
    """Find who gets the turn on entering a state: whoever has least to do, or is named; None: nobody yet."""
    turn = state.turn
    if turn is None or turn.pick == CLAIMED or turn.pick in question.definition.people:
        return None
    seats = seats_of(question.definition, question.facts, turn.who, after)
    people = holders_of(without(seats, barred_from_turn(question.definition, after)))
    if turn.pick == LEAST:
        return min(people, key=lambda person: (_load(question, person), person), default=None)
    person = _named(question, turn, after)
    return person if isinstance(person, int) and person in people else None


def _named(question: Question, turn: Turn, after: Case) -> Json:
    """Return who is named in a field, or who last did the act whose doer gets the turn."""
    if turn.pick in question.definition.fields:
        named = after.fields.get(turn.pick)
        return named.get(_PERSON) if isinstance(named, dict) else None
    return after.done[turn.pick].last if turn.pick in after.done else None


def _load(question: Question, person: int) -> int:
    try:
        return question.facts.loads[person]
    except KeyError:
        raise UndeclaredFact(f"load of {person}") from None


def turns(question: Question, state: State, after: Case, excluded: frozenset[int]) -> tuple[Assignment, ...]:
    """Return what waits in a turn: at its desks, with the person who has it, or with those who hand it out."""
    turn = state.turn
    if turn is None or turn.who in NOBODY:
        return ()
    seats = seats_of(question.definition, question.facts, turn.who, after)
    person = taken_by(after, seats)
    if person is not None:
        desk = next(seat.desk for seat in seats if person in seat.holders)
        return (Assignment(case_clocks.TURN, desk, person, after.due_at, excluded),)
    if turn.pick in question.definition.people:
        seats, excluded = seats_of(question.definition, question.facts, turn.pick, after), frozenset()
    return tuple(Assignment(case_clocks.TURN, desk, None, after.due_at, excluded) for desk in desks_of(seats))


def taken_by(case: Case, seats: Iterable[Seat]) -> int | None:
    """Say who has the turn; None also where they have left the desk since."""
    person = case.clocks.get(case_clocks.TAKEN)
    return person if isinstance(person, int) and person in holders_of(seats) else None


def open_to(question: Question, rights: tuple[Right, ...], by: str) -> tuple[Right, ...] | Reason:
    """Return the rights in which the actor may act in the turn, or why only somebody else may."""
    turn = question.state.turn
    if not rights or turn is None or by != turn.who or by in NOBODY:
        return rights
    person = taken_by(question.case, seats_of(question.definition, question.facts, by, question.case))
    if person is None:
        return Reason("not_handed_out") if turn.pick in question.definition.people else rights
    theirs = tuple(right for right in rights if person in (question.actor.person, right.on_behalf))
    return theirs or Reason("taken")


def share_turn(question: Question) -> Plan | Refusal:
    """Decide an act by which the people of a desk share its turn: claim, release or assign."""
    case, turn = question.case, question.state.turn
    if turn is None or turn.who in NOBODY or question.act.action not in (CLAIM, RELEASE, ASSIGN):
        facts: dict[str, Json] = {"action": question.act.action, "state": case.state}
        return Refusal("not_open", (Reason("not_open", facts),))
    seats = seats_of(question.definition, question.facts, turn.who, case)
    taken = _ASKED[question.act.action](question, turn, seats)
    if isinstance(taken, Reason):
        return Refusal("refused" if taken.code in _AT_FAULT else "not_your_turn", (taken,), seats)
    person, right = taken
    ledgers = {name: ledger for name, ledger in case.clocks.items() if name != case_clocks.TAKEN}
    after = case._replace(
        version=case.version + 1,
        clocks=ledgers if person is None else {**ledgers, case_clocks.TAKEN: person},
    )
    notices = _notices(question, after, person)
    return Plan(
        case=after,
        action=question.act.action,
        was=case.state,
        closes=frozenset({case_clocks.TURN}),
        opens=turns(question, question.state, after, barred_from_turn(question.definition, after)),
        notices=notices,
        inputs={_PERSON: person} if question.act.action == ASSIGN else {},
        on_behalf=right.on_behalf,
        capacity=right.capacity,
        desk=right.desk,
    )


_AT_FAULT = frozenset({"not_taken", "not_of_desk", "cannot_have_turn"})
Taken = tuple[int | None, Right]


def _claim(question: Question, turn: Turn, seats: tuple[Seat, ...]) -> Taken | Reason:
    person = question.actor.person
    rights = rights_of(question.definition, question.facts, question.actor, turn.who, question.case)
    if not rights or person is None:
        return _no_right(question)
    if taken_by(question.case, seats) is not None:
        return Reason("taken")
    if turn.pick in question.definition.people:
        return Reason("not_handed_out")
    barred = barred_from_turn(question.definition, question.case)
    free = [right for right in rights if not {person, right.on_behalf} & barred]
    if not free:
        return Reason("cannot_have_turn")
    return (free[0].on_behalf or person), free[0]


def _release(question: Question, turn: Turn, seats: tuple[Seat, ...]) -> Taken | Reason:
    holder = taken_by(question.case, seats)
    right = _may_hand_out(question, turn, holder)
    if right is None:
        return _no_right(question)
    return Reason("not_taken") if holder is None else (None, right)


def _assign(question: Question, turn: Turn, seats: tuple[Seat, ...]) -> Taken | Reason:
    right = _may_hand_out(question, turn, taken_by(question.case, seats))
    if right is None:
        return _no_right(question)
    person = question.act.inputs.get(_PERSON)
    if not isinstance(person, int) or isinstance(person, bool) or person not in holders_of(seats):
        return Reason("not_of_desk", {}, _PERSON)
    if person in barred_from_turn(question.definition, question.case):
        return Reason("cannot_have_turn", {}, _PERSON)
    return person, right


_ASKED = {CLAIM: _claim, RELEASE: _release, ASSIGN: _assign}


def _may_hand_out(question: Question, turn: Turn, holder: int | None) -> Right | None:
    """Return the right of whoever has the turn, of those who hand it out, or who hear when it is late."""
    own = rights_of(question.definition, question.facts, question.actor, turn.who, question.case)
    theirs = [right for right in own if holder is not None and holder in (question.actor.person, right.on_behalf)]
    above = [name for name in (turn.pick, turn.escalate_to) if name in question.definition.people]
    others = [
        right
        for name in above
        for right in rights_of(question.definition, question.facts, question.actor, str(name), question.case)
    ]
    return next(iter((*theirs, *others)), None)


def _no_right(question: Question) -> Reason:
    return Reason("no_right", {"action": question.act.action, "state": question.case.state})


def _notices(question: Question, after: Case, person: int | None) -> tuple[Notice, ...]:
    """Tell the person who was given a turn by somebody else."""
    if person is None or question.act.action == CLAIM or person == question.actor.person:
        return ()
    facts: dict[str, Json] = {"state": after.state, "action": question.act.action, "due_at": None}
    return (Notice("turn", people=(person,), facts=facts),)
