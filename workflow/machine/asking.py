"""Questions put to several while a state lasts: whom they are put to, who answers, what silence means.

Members are those who hold the seats when the state is entered; nobody there means that the question is not put.
Leaving the state annuls it. Knows no turn. Called by `deciding` for `answer:` and `due:` acts and by `entering`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from workflow.machine import clocks
from workflow.machine.definition import Ask, State
from workflow.machine.parties import holders_of, seats_of
from workflow.machine.question import Question
from workflow.machine.rights import Right, interested_in, without
from workflow.machine.timing import limit_of
from workflow.values import ANSWER, Assignment, Case, Deadline, Json, OpenAsk, Reason, Refusal, Seat, Tell


@dataclass(frozen=True, slots=True)
class Put:
    """The asks that a state opens: who is asked, until when, with which notices."""

    asks: Mapping[str, OpenAsk]
    opens: tuple[Assignment, ...]
    deadlines: tuple[Deadline, ...]
    tells: tuple[Tell, ...]


def cannot_be_put(state: State) -> tuple[Reason, ...]:
    """Refuse to come into a state whose question is secret: history would hold who chose what.

    Choices need a ballot box that is linked to nobody; until there is one, no secret vote is held.
    """
    return tuple(Reason("secret_ask", {"ask": ask.name}) for ask in state.asks.values() if ask.secret)


def slot_of(ask: str, member: int) -> str:
    """Name the slot in which one member's answer waits."""
    return f"{ask}:{member}"


def put(question: Question, state: State, after: Case) -> Put:
    """Put the questions of a state that the case enters, as it stands after the act."""
    asks: dict[str, OpenAsk] = {}
    opens: list[Assignment] = []
    deadlines: list[Deadline] = []
    tells: list[Tell] = []
    for ask in state.asks.values():
        seats = seats_of(question.definition, question.facts, ask.of)
        members = holders_of(seats)
        if not members:
            continue
        asks[ask.name] = OpenAsk(members, {}, after.version)
        due_at = _due_at(question, ask, after)
        free = without(seats, interested_in(question.definition, after.fields))
        opens += _assignments(ask, free, due_at)
        deadlines += [Deadline(ask.name, due_at)] if due_at else []
        tells.append(_tell(question, ask, after, holders_of(free), due_at))
    return Put(asks, tuple(opens), tuple(deadlines), tuple(tells))


def _due_at(question: Question, ask: Ask, after: Case) -> datetime | None:
    limit = limit_of(ask.due, after, question.times) if ask.due else None
    if limit is None:
        return None
    return clocks.due_at(clocks.start(clocks.Clock(ask.name, limit), question.now), question.calendar)


def _assignments(ask: Ask, seats: tuple[Seat, ...], due_at: datetime | None) -> list[Assignment]:
    desks = {person: seat.desk for seat in reversed(seats) for person in seat.holders}
    return [Assignment(slot_of(ask.name, person), desk, person, due_at) for person, desk in sorted(desks.items())]


def _tell(question: Question, ask: Ask, after: Case, people: tuple[int, ...], due_at: datetime | None) -> Tell:
    facts: dict[str, Json] = {
        "state": after.state,
        "ask": ask.name,
        "action": question.act.action,
        "due_at": clocks.instant_text(due_at) if due_at else None,
    }
    return Tell("ask", people=people, facts=facts)


def may_answer(question: Question, ask: Ask) -> Right | Refusal:
    """Find the right in which the actor answers: as a member or for one, who has not answered yet."""
    standing = question.case.asks[ask.name]
    seats = seats_of(question.definition, question.facts, ask.of)
    interested = interested_in(question.definition, question.case.fields)
    found: list[Reason] = []
    for member, right in _memberships(question, seats):
        if member not in standing.members:
            continue
        if {member, question.actor.person} & interested:
            found.append(Reason("own_interest"))
        elif member in standing.answers:
            found.append(Reason("already_answered"))
        else:
            return right
    if found:
        return Refusal("refused" if found[0].code == "already_answered" else "not_your_turn", (found[0],))
    return Refusal("not_your_turn", (Reason("not_asked"),), _waiting(standing, seats, interested))


def _memberships(question: Question, seats: tuple[Seat, ...]) -> list[tuple[int, Right]]:
    """Pair each member that the actor may speak for with the right: oneself first, then principals."""
    actor = question.actor
    if actor.person is None or actor.link is not None:
        return []
    desks = {seat.desk for seat in seats}
    own = [(actor.person, Right(next((seat.desk for seat in seats if seat.desk in actor.desks), None)))]
    return own + [
        (substitution.principal, Right(substitution.desk, substitution.principal, substitution.capacity))
        for substitution in actor.substitutions
        if substitution.desk in desks
    ]


def _waiting(standing: OpenAsk, seats: tuple[Seat, ...], interested: frozenset[int]) -> tuple[Seat, ...]:
    return without(seats, interested.union(standing.answers))


def answered(question: Question, ask: Ask, answers: Mapping[int, str]) -> Case:
    """Return the case with these answers added to an ask."""
    standing = question.case.asks[ask.name]
    after = replace(standing, answers={**standing.answers, **answers})
    return replace(question.case, asks={**question.case.asks, ask.name: after})


def missing_members(question: Question, ask: Ask, case: Case) -> tuple[int, ...]:
    """List the members who have not answered and may."""
    standing = case.asks[ask.name]
    interested = interested_in(question.definition, case.fields)
    return tuple(member for member in standing.members if member not in standing.answers and member not in interested)


def ask_of(state: State, action: str, prefix: str = ANSWER) -> Ask | None:
    """Find the ask of a state that an act names behind its prefix."""
    return state.asks.get(action.removeprefix(prefix)) if action.startswith(prefix) else None
